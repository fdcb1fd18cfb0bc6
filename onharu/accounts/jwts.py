"""Tokens as they are written and read: one algorithm, one issuer, one audience, and one spelling of each.

A reader that knows a single algorithm has nothing to confuse: the header must be, letter by letter, the one that is
written here for the key it names, and the signature the one spelling of the right bytes. Nothing of a token is looked
at before that. Keys are rows, remembered for under a second, so a rotation reaches every worker by itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import transaction

from onharu.accounts.ways_in import SigningKey
from onharu.kernel import clock

ISSUER, AUDIENCE = "onharu", "onharu.api"
ACCESS, REFRESH = "access", "refresh"
TYPES = {ACCESS: "at+jwt", REFRESH: "rt+jwt"}
REMEMBERED = 0.9
# Clocks of several machines differ, and a worker may sign with the key before for as long as it remembers it.
LEEWAY = 2
LONGEST = 4000
KID = re.compile(r"\A[a-z0-9]{8,16}\Z")
SID = re.compile(r"\A[A-Za-z0-9+/]{24,200}={0,2}\Z")
SUB = re.compile(r"\A[1-9][0-9]{0,18}\Z")
JTI = re.compile(r"\A[0-9a-f-]{36}\Z")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is used: its name, its bytes, and when it was retired (seconds), if it was."""

    kid: str
    secret: bytes
    retired_at: float | None


@dataclass(frozen=True, slots=True)
class _Ring:
    keys: Mapping[str, Key]
    signs: Key
    read_at: float


_lock = Lock()
_held: list[_Ring] = []


def lifetime(use: str) -> int:
    """Tell for how many seconds a token of this use holds."""
    if use == ACCESS:
        return int(settings.HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN)
    return int(settings.HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN)


def write(use: str, *, sub: str, sid: str) -> tuple[str, dict[str, Any]]:
    """Write a token and tell its claims."""
    at = int(clock.now().timestamp())
    said = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": sub,
        "sid": sid,
        "jti": str(uuid.uuid4()),
        "token_use": use,
        "iat": at,
        "exp": at + lifetime(use),
    }
    key = _ring().signs
    signed = f"{_head(use, key.kid)}.{_text(json.dumps(said, separators=(',', ':')).encode())}"
    return f"{signed}.{_signature(key, signed)}", said


def read(token: str, use: str) -> dict[str, Any] | None:
    """Read a token of one use; None when anything about it is not as it was written here, or its time is over."""
    signed, key = _signed(token, use)
    if key is None:
        return None
    try:
        said = json.loads(_bytes(signed.partition(".")[2]))
    except ValueError:
        return None
    return said if isinstance(said, dict) and _holds(said, use, key) else None


def rotate() -> str:
    """Sign with a new key from now on. The old one checks what it signed until that runs out. Returns the new name."""
    at = clock.now()
    with transaction.atomic():
        SigningKey.objects.select_for_update().filter(signs=True).update(signs=None, retired_at=at)
        SigningKey.objects.filter(retired_at__lt=at - timedelta(seconds=lifetime(REFRESH))).delete()
        row = _made(at)
    forget()
    return row.kid


def forget() -> None:
    """Forget the keys, as a new process would."""
    with _lock:
        _held.clear()


def _signed(token: str, use: str) -> tuple[str, Key | None]:
    """Take a token apart as far as its signature holds."""
    if not token.isascii() or len(token) > LONGEST or token.count(".") != 2:
        return "", None
    signed, _, signature = token.rpartition(".")
    head = signed.partition(".")[0]
    key = _ring().keys.get(_named(head))
    if key is None or head != _head(use, key.kid) or not hmac.compare_digest(signature, _signature(key, signed)):
        return "", None
    return signed, key


def _named(head: str) -> str:
    try:
        said = json.loads(_bytes(head))
    except (ValueError, RecursionError):
        return ""
    kid = said.get("kid") if isinstance(said, dict) else None
    return kid if isinstance(kid, str) and KID.match(kid) else ""


def _holds(said: dict[str, Any], use: str, key: Key) -> bool:
    named = said.get("iss") == ISSUER and said.get("aud") == AUDIENCE and said.get("token_use") == use
    about = all(
        isinstance(said.get(name), str) and form.match(said[name])
        for name, form in (("sub", SUB), ("sid", SID), ("jti", JTI))
    )
    return named and about and _in_time(said, lifetime(use), key)


def _in_time(said: dict[str, Any], lives: int, key: Key) -> bool:
    begun, ends, not_before = said.get("iat"), said.get("exp"), said.get("nbf", 0)
    if type(begun) is not int or type(ends) is not int or type(not_before) is not int:
        return False
    now = clock.now().timestamp()
    if key.retired_at is not None and (begun > key.retired_at + LEEWAY or now >= key.retired_at + lives):
        return False
    return begun <= now + LEEWAY and not_before <= now + LEEWAY and now < ends <= begun + lives


def _ring() -> _Ring:
    with _lock:
        ring = _held[0] if _held else None
    if ring is None or not 0 <= clock.monotonic() - ring.read_at < REMEMBERED:
        ring = _read_ring()
        with _lock:
            _held[:] = [ring]
    return ring


def _read_ring() -> _Ring:
    read_at = clock.monotonic()
    rows = list(SigningKey.objects.all())
    if not any(row.signs for row in rows):
        rows.append(_first())
    keys = {row.kid: _ready(row) for row in rows}
    return _Ring(keys, next(keys[row.kid] for row in rows if row.signs), read_at)


def _first() -> SigningKey:
    """Make the first key of the house; of several workers that do at once, one wins and all use it."""
    at = clock.now()
    values = {"kid": _new_name(), "secret": secrets.token_urlsafe(32), "made_at": at}
    return SigningKey.objects.get_or_create(signs=True, defaults=values)[0]


def _made(at: datetime) -> SigningKey:
    return SigningKey.objects.create(kid=_new_name(), secret=secrets.token_urlsafe(32), signs=True, made_at=at)


def _new_name() -> str:
    return f"t{secrets.token_hex(5)}"


def _ready(row: SigningKey) -> Key:
    return Key(row.kid, row.secret.encode(), row.retired_at.timestamp() if row.retired_at else None)


def _head(use: str, kid: str) -> str:
    return _text(json.dumps({"alg": "HS256", "typ": TYPES[use], "kid": kid}, separators=(",", ":")).encode())


def _signature(key: Key, signed: str) -> str:
    return _text(hmac.new(key.secret, signed.encode(), hashlib.sha256).digest())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.translate({45: "+", 95: "/"}) + "=" * (-len(text) % 4))
    except binascii.Error:
        return b""
