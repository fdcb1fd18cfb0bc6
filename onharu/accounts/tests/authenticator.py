"""A passkey in software: makes keys, signs with them, and lies in every way that a test asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://testserver"
FLAG = AuthenticatorData.FLAG
PRESENT, VERIFIED = FLAG.UP, FLAG.UV


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(said: str) -> bytes:
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


@dataclass
class Authenticator:
    """One device with one key. `counts` says whether it counts its signatures."""

    origin: str = ORIGIN
    counts: bool = True
    counter: int = 0
    rp_id: str = ""
    handle: str = ""
    credential: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: Any, *, flags: int = PRESENT | VERIFIED, cose: Any = None, **lies: Any) -> dict[str, Any]:
        """Answer a question for a new key."""
        self.rp_id, self.handle = options["rp"]["id"], options["user"]["id"]
        public = cose or ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(b"\0" * 16, self.credential, public)
        data = AuthenticatorData.create(self._rp(lies), flags | FLAG.AT, self._counted(lies), held)
        whole = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", options["challenge"], lies)
        return self._said({"clientDataJSON": text(client), "attestationObject": text(bytes(whole))})

    def show(self, options: Any, *, flags: int = PRESENT | VERIFIED, **lies: Any) -> dict[str, Any]:
        """Answer a question to a key that is known."""
        data = AuthenticatorData.create(self._rp(lies), flags, self._counted(lies))
        client = self._client("webauthn.get", options["challenge"], lies)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._said(
            {
                "clientDataJSON": text(client),
                "authenticatorData": text(bytes(data)),
                "signature": text(lies.get("signature", signature)),
                "userHandle": lies.get("handle", self.handle),
            }
        )

    def copy(self) -> Authenticator:
        """Clone the device, with its key and its counter."""
        return replace(self)

    def _rp(self, lies: dict[str, Any]) -> bytes:
        return hashlib.sha256(lies.get("rp_id", self.rp_id).encode()).digest()

    def _counted(self, lies: dict[str, Any]) -> int:
        self.counter += 1 if self.counts else 0
        return int(lies.get("counter", self.counter))

    def _client(self, kind: str, challenge: str, lies: dict[str, Any]) -> bytes:
        said = {
            "type": lies.get("kind", kind),
            "challenge": lies.get("challenge", challenge),
            "origin": lies.get("origin", self.origin),
            "crossOrigin": lies.get("cross_origin", False),
        }
        return json.dumps(said, separators=(",", ":")).encode()

    def _said(self, response: dict[str, str]) -> dict[str, Any]:
        number = text(self.credential)
        return {"id": number, "rawId": number, "type": "public-key", "response": response}


def broken_point() -> Any:
    """A public key that is no point of its curve."""
    return ES256({1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32})


def other_algorithm() -> Any:
    """A key of an algorithm that this house does not take."""
    return cbor.decode(cbor.encode({1: 1, 3: -36, -1: 3, -2: b"\1" * 66, -3: b"\1" * 66}))
