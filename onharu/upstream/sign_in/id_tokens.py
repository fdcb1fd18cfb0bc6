"""Reads an OpenID id_token: one algorithm, RS256, with keys that we fetched ourselves, and every claim that counts.

The token chooses nothing. Its header may name which of our keys signed it; what else it says of keys (`jku`, `x5u`,
`jwk`) is not looked at, and another algorithm is no algorithm here, so none can be confused with another.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from onharu.kernel import clock

LEEWAY = 60
LONGEST = 8000
MOST_KEYS = 20
LEAST_BITS, MOST_BITS = 2048, 8192
Keys = Mapping[str, RSAPublicKey]


class Untrue(Exception):
    """The token does not hold; the reason is a word for logs."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be meant for us, now and for this very sign-in."""

    issuer: str
    audience: str
    nonce: str


class KeyRing:
    """Keys by their id, fetched when first needed, once a day, and for an unknown id at most once a minute."""

    def __init__(self, fetch: Callable[[], Keys], *, kept: float = 86_400.0, pause: float = 60.0) -> None:
        self._fetch, self._kept, self._pause = fetch, kept, pause
        self._keys: Keys = {}
        self._fetched_at: float | None = None
        self._lock = Lock()

    def key(self, kid: str) -> RSAPublicKey | None:
        """Find a key; None when its id is unknown. Raises what `fetch` raises."""
        with self._lock:
            age = None if self._fetched_at is None else clock.monotonic() - self._fetched_at
            stale = age is None or age > self._kept
            if stale or (kid not in self._keys and age is not None and age >= self._pause):
                self._keys = self._fetch()
                self._fetched_at = clock.monotonic()
            return self._keys.get(kid)


def subject_of(token: str, ring: KeyRing, expected: Expected) -> str:
    """Tell for whom a token was signed. Raises Untrue, or what fetching the keys raises."""
    if len(token) > LONGEST or token.count(".") != 2:
        raise Untrue("id_token_malformed")
    signed, _, mark = token.rpartition(".")
    head, body = (_json(part) for part in signed.split("."))
    if head.get("alg") != "RS256" or "crit" in head:
        raise Untrue("id_token_algorithm")
    kid = head.get("kid")
    key = ring.key(kid) if isinstance(kid, str) and kid else None
    if key is None:
        raise Untrue("id_token_key_unknown")
    try:
        key.verify(_bytes(mark), signed.encode("ascii"), PKCS1v15(), SHA256())
    except InvalidSignature:
        raise Untrue("id_token_signature") from None
    return _claimed(body, expected)


def public_keys(said: Any) -> dict[str, RSAPublicKey]:
    """Read a key set (RFC 7517): keys for RS256 signatures of a decent length, at most `MOST_KEYS`; others are left."""
    listed = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(listed, list):
        return {}
    found = (_public_key(one) for one in listed[:MOST_KEYS] if isinstance(one, dict))
    return dict(one for one in found if one is not None)


def _public_key(said: dict[str, Any]) -> tuple[str, RSAPublicKey] | None:
    kid, n, e = said.get("kid"), said.get("n"), said.get("e")
    if said.get("kty") != "RSA" or said.get("use", "sig") != "sig" or said.get("alg", "RS256") != "RS256":
        return None
    if not (isinstance(kid, str) and kid and isinstance(n, str) and isinstance(e, str)):
        return None
    try:
        modulus, exponent = int.from_bytes(_bytes(n)), int.from_bytes(_bytes(e))
        if not (LEAST_BITS <= modulus.bit_length() <= MOST_BITS and exponent.bit_length() <= 32):
            return None
        return kid, RSAPublicNumbers(exponent, modulus).public_key()
    except (Untrue, ValueError):
        return None


def _claimed(claims: dict[str, Any], expected: Expected) -> str:
    now = clock.now().timestamp()
    if claims.get("iss") != expected.issuer:
        raise Untrue("id_token_issuer")
    if claims.get("aud") != expected.audience:
        raise Untrue("id_token_audience")
    if not expected.nonce or claims.get("nonce") != expected.nonce:
        raise Untrue("id_token_nonce")
    if _seconds(claims, "exp") <= now - LEEWAY:
        raise Untrue("id_token_expired")
    if _seconds(claims, "iat") > now + LEEWAY:
        raise Untrue("id_token_future")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise Untrue("id_token_subject")
    return subject


def _seconds(claims: dict[str, Any], name: str) -> int:
    value = claims.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Untrue(f"id_token_{name}")
    return value


def _json(part: str) -> dict[str, Any]:
    try:
        said = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise Untrue("id_token_malformed") from None
    if not isinstance(said, dict):
        raise Untrue("id_token_malformed")
    return said


def _bytes(part: str) -> bytes:
    """Decode base64url without padding, in its one canonical spelling: two spellings would be two tokens."""
    try:
        decoded = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Untrue("id_token_malformed") from None
    if base64.urlsafe_b64encode(decoded).rstrip(b"=").decode() != part:
        raise Untrue("id_token_malformed")
    return decoded
