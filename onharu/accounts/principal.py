"""Who asks: the session's row with user and profile, in one statement, remembered for under a second.

A remembered answer is how a signed-in request costs no statement. It is forgotten at once in this process
when the person signs out or changes, and after `REMEMBERED` seconds in any other.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import Any

from allauth.headless.tokens.strategies.jwt import internal as allauth_jwt
from cachetools import LRUCache, TTLCache
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from onharu.accounts import jwts
from onharu.accounts.families import Family
from onharu.accounts.models import SignIn, User
from onharu.kernel import clock

REMEMBERED = 0.9


@dataclass(frozen=True, slots=True)
class Session:
    """A living session as it was read: its signed data, and its user unless nobody is signed in on it."""

    text: str
    user: User | None


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says, once its signature was found true."""

    user_id: str
    session_key: str
    expires_at: int


_lock = Lock()
_sessions: TTLCache[str, Session] = TTLCache(maxsize=4096, ttl=REMEMBERED, timer=clock.monotonic)
_people: TTLCache[int, User] = TTLCache(maxsize=4096, ttl=REMEMBERED, timer=clock.monotonic)
_claims: LRUCache[bytes, Claims] = LRUCache(maxsize=8192)


def user_of_token(token: str) -> User | None:
    """Find who holds an access token; None when it is false, expired or its session has ended."""
    claims = claims_of(token)
    session = claims and session_of(claims.session_key)
    if not claims or not session or session.user is None or str(session.user.pk) != claims.user_id:
        return None
    return session.user


def user_of_request(request: HttpRequest) -> User | None:
    """Find out anew who a request is from, by bearer token or session cookie; for answers that outlive a check."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return user_of_token(token.strip())
    session = session_of(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    return session.user if session else None


def session_key_of(request: HttpRequest) -> str:
    """Name the session that a request stands on, by bearer token or cookie; "" where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        claims = claims_of(token.strip())
        return claims.session_key if claims else ""
    return request.session.session_key or ""


def user_of_id(user_id: int) -> User | None:
    """Find an active user with profile by id."""
    with _lock:
        user = _people.get(user_id)
    if user is None:
        user = User.objects.select_related("profile").filter(pk=user_id, is_active=True).first()
        if user is not None:
            with _lock:
                _people[user_id] = user
    return user


def remembered(user_id: int) -> User | None:
    """Return who was just read, without asking for anybody."""
    with _lock:
        return _people.get(user_id)


def session_of(session_key: str) -> Session | None:
    """Find a living session by key, with who is signed in on it: one statement, or none when just asked or keyless."""
    if not session_key:
        return None
    with _lock:
        session = _sessions.get(session_key)
    if session is None:
        session = _load(session_key)
        if session is not None:
            with _lock:
                _sessions[session_key] = session
                if session.user is not None:
                    _people[session.user.pk] = session.user
    return session


def _load(session_key: str) -> Session | None:
    row = (
        SignIn.objects.select_related("user__profile")
        .filter(session_key=session_key, expire_date__gt=clock.now())
        .first()
    )
    if row is None:
        return None
    return Session(text=row.session_data, user=row.user if _holds(row) else None)


def _holds(row: SignIn) -> bool:
    """Whether the row signs its user in: active, and the password is the one it was opened with."""
    if row.user is None or not row.user.is_active:
        return False
    data = Family().decode(row.session_data)
    mark = data.get(HASH_SESSION_KEY, "")
    return data.get(SESSION_KEY) == str(row.user.pk) and constant_time_compare(mark, row.user.get_session_auth_hash())


def claims_of(token: str) -> Claims | None:
    """Read an access token; None when it is false or expired. Says nothing about its session."""
    digest = hashlib.sha256(token.encode(errors="replace")).digest()
    with _lock:
        claims = _claims.get(digest)
    if claims is None:
        claims = _read(jwts.read(token, jwts.ACCESS))
        if claims is None:
            return None
        with _lock:
            _claims[digest] = claims
    return claims if claims.expires_at > clock.now().timestamp() else None


def _read(payload: dict[str, Any] | None) -> Claims | None:
    session_key = payload and allauth_jwt.session_key_from_sid(payload["sid"])
    if not payload or not session_key:
        return None
    return Claims(user_id=payload["sub"], session_key=session_key, expires_at=int(payload["exp"]))


def forget(user_id: int) -> None:
    """Drop what is remembered of a person in this process."""
    with _lock:
        _people.pop(user_id, None)
        for key in [key for key, one in _sessions.items() if one.user is not None and one.user.pk == user_id]:
            del _sessions[key]


def forget_session(session_key: str | None) -> None:
    """Drop what is remembered of one session in this process."""
    with _lock:
        _sessions.pop(session_key or "", None)


def reset() -> None:
    """Forget everybody, as a new process would."""
    with _lock:
        _people.clear()
        _sessions.clear()
        _claims.clear()
    jwts.forget()
