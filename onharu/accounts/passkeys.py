"""What is asked of a passkey, and whether what it says holds (WebAuthn level 2, 7.1 and 7.2). Asks no database.

What arrives is read by fido2; every check stands here. Whatever is wrong with it is one and the same NotProven.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.webauthn import AttestationObject, AuthenticatorData, CollectedClientData

from onharu.kernel.sealing import keyed

HOUSE = "온하루"
# ES256, EdDSA, RS256: what phones, keys and Windows make.
ALGORITHMS = (-7, -8, -257)
LIVES_MS = 5 * 60 * 1000
LONGEST = 12_000
LONGEST_ID, LONGEST_KEY = 1400, 2000
MADE, SHOWN = "webauthn.create", "webauthn.get"

Said = Mapping[str, Any]


class NotProven(Exception):
    """What was sent proves nothing."""


class CounterBack(NotProven):
    """The signature holds, and the key has signed less often than it said before: there are two of it."""


@dataclass(frozen=True, slots=True)
class Party:
    """For whom keys are made: the host of the house, and the one origin of its pages."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made, as it is kept."""

    credential: str
    public_key: str
    counter: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What a key said, read and not yet believed."""

    credential: str
    handle: str
    client: bytes
    data: bytes
    signature: bytes


def party_of(request: HttpRequest) -> Party:
    """Tell for which host and origin a request asks."""
    host = request.get_host().lower()
    return Party(host=split_domain_port(host)[0], origin=f"{request.scheme}://{host}")


def handle_of(user_id: int) -> str:
    """Name a person to their keys by what says nothing of them."""
    return _text(bytes.fromhex(keyed(f"onharu.accounts.passkeys:{user_id}".encode())))


def to_make(*, party: Party, challenge: str, handle: str, name: str, held: Sequence[str]) -> Said:
    """Ask for a new key that knows its person, of a device that does not hold one yet."""
    return {
        "rp": {"id": party.host, "name": HOUSE},
        "user": {"id": handle, "name": name, "displayName": name},
        "challenge": challenge,
        "pubKeyCredParams": [{"type": "public-key", "alg": one} for one in ALGORITHMS],
        "timeout": LIVES_MS,
        "excludeCredentials": _listed(held),
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }


def to_show(*, party: Party, challenge: str, held: Sequence[str] = ()) -> Said:
    """Ask for a signature of one of these keys, or of any that the person chooses."""
    return {
        "rpId": party.host,
        "challenge": challenge,
        "timeout": LIVES_MS,
        "userVerification": "required",
        "allowCredentials": _listed(held),
    }


def said_in(text: str) -> Said:
    """Read what a form carries. Raises NotProven."""
    with _proving():
        said = json.loads(text[: 3 * LONGEST])
        if not isinstance(said, dict):
            raise NotProven
        return said


def made(said: Said, *, party: Party, challenge: str) -> NewKey:
    """Read a key that was just made. Raises NotProven."""
    with _proving():
        response = said["response"]
        client, whole = _bytes(response["clientDataJSON"]), _bytes(response["attestationObject"])
        data = AttestationObject(whole).auth_data
        _check(client, data, kind=MADE, party=party, challenge=challenge)
        held = data.credential_data
        if held is None or held.public_key.ALGORITHM not in ALGORITHMS:
            raise NotProven
        key = NewKey(_text(held.credential_id), _text(cbor.encode(dict(held.public_key))), data.counter)
        if not 0 < len(key.credential) <= LONGEST_ID or len(key.public_key) > LONGEST_KEY:
            raise NotProven
        _try(held.public_key)
        return key


def shown(said: Said) -> Proof:
    """Read what a key says, and which key it wants to be. Raises NotProven."""
    with _proving():
        response = said["response"]
        return Proof(
            credential=_text(_bytes(said["rawId"])),
            handle=_text(_bytes(response["userHandle"])) if response.get("userHandle") else "",
            client=_bytes(response["clientDataJSON"]),
            data=_bytes(response["authenticatorData"]),
            signature=_bytes(response["signature"]),
        )


def check(proof: Proof, *, party: Party, challenge: str, public_key: str, counter: int) -> int:
    """Check that a key answered this very question here; how often it has signed. Raises NotProven, CounterBack."""
    with _proving():
        data = AuthenticatorData(proof.data)
        _check(proof.client, data, kind=SHOWN, party=party, challenge=challenge)
        key = CoseKey.parse(cbor.decode(_bytes(public_key)))  # type: ignore[arg-type]
        key.verify(proof.data + hashlib.sha256(proof.client).digest(), proof.signature)
        if (data.counter or counter) and data.counter <= counter:
            raise CounterBack
        return data.counter


def _check(raw: bytes, data: AuthenticatorData, *, kind: str, party: Party, challenge: str) -> None:
    """Check what a making and a showing have in common."""
    client = CollectedClientData(raw)
    holds = (
        client.type == kind,
        constant_time_compare(_text(client.challenge), challenge),
        client.origin == party.origin,
        client.cross_origin is False,
        data.rp_id_hash == hashlib.sha256(party.host.encode()).digest(),
        data.is_user_present(),
        data.is_user_verified(),
    )
    if not all(holds):
        raise NotProven


def _try(key: CoseKey) -> None:
    """Check that a signature could ever hold under a key: one that is no point of its curve is refused now."""
    try:
        key.verify(b"", b"")
    except InvalidSignature:
        return
    raise NotProven


@contextmanager
def _proving() -> Iterator[None]:
    """Take whatever goes wrong inside for a proof that failed: the bytes are anybody's, and readers trip over them."""
    try:
        yield
    except NotProven:
        raise
    except Exception as error:
        raise NotProven from error


def _listed(held: Sequence[str]) -> list[Said]:
    return [{"type": "public-key", "id": one} for one in held]


def _bytes(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > LONGEST:
        raise NotProven
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
