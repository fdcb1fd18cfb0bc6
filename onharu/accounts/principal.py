"""Who asks: the user with profile, in at most one statement, remembered for under a second.

A remembered answer is how a signed-in request costs no statement. It is forgotten at once in this process
when the person signs out or changes, and after `REMEMBERED` seconds in any other.
"""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import Any

from allauth.headless.tokens.strategies.jwt import internal as jwt
from cachetools import LRUCache, TTLCache
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Subquery
from django.utils.crypto import constant_time_compare

from onharu.accounts.models import User
from onharu.kernel import clock

REMEMBERED = 0.9

_lock = Lock()
_people: TTLCache[Any, User] = TTLCache(maxsize=4096, ttl=REMEMBERED, timer=clock.monotonic)
_claims: LRUCache[bytes, dict[str, Any]] = LRUCache(maxsize=8192)


def user_of_token(token: str) -> User | None:
    """Find who holds an access token; None when it is false, expired or its session has ended."""
    digest = hashlib.sha256(token.encode()).digest()
    claims = _claims_of(token, digest)
    if claims is None:
        return None
    with _lock:
        user = _people.get(digest)
    return user or _remember(digest, _load(claims))


def user_of_id(user_id: int) -> User | None:
    """Find an active user with profile by id."""
    with _lock:
        user = _people.get(user_id)
    if user is not None:
        return user
    found = User.objects.select_related("profile").filter(pk=user_id, is_active=True).first()
    return _remember(user_id, found)


def forget(user_id: int) -> None:
    """Drop what is remembered of a person in this process."""
    with _lock:
        for key in [key for key, user in _people.items() if user.pk == user_id]:
            del _people[key]


def _remember(key: bytes | int, user: User | None) -> User | None:
    if user is not None:
        with _lock:
            _people[key] = user
    return user


def _claims_of(token: str, digest: bytes) -> dict[str, Any] | None:
    with _lock:
        claims = _claims.get(digest)
    if claims is None:
        claims = jwt.decode_token(token, "access")
        if claims is None:
            return None
        with _lock:
            _claims[digest] = claims
    return claims if claims["exp"] > clock.now().timestamp() else None


def _load(claims: dict[str, Any]) -> User | None:
    """Load the user together with the session the token stands on: one statement."""
    session_key = jwt.session_key_from_sid(claims["sid"])
    if not session_key or not claims["sub"].isdecimal():
        return None
    alive = Session.objects.filter(session_key=session_key, expire_date__gt=clock.now())
    user = (
        User.objects.select_related("profile")
        .filter(pk=int(claims["sub"]), is_active=True)
        .annotate(session_text=Subquery(alive.values("session_data")[:1]))
        .first()
    )
    if user is None or not _holds(user, user.session_text):
        return None
    return user


def _holds(user: User, session_text: str | None) -> bool:
    if not session_text:
        return False
    session = SessionStore().decode(session_text)
    mark = session.get(HASH_SESSION_KEY, "")
    return session.get(SESSION_KEY) == str(user.pk) and constant_time_compare(mark, user.get_session_auth_hash())


def reset() -> None:
    """Forget everybody, as a new process would."""
    with _lock:
        _people.clear()
        _claims.clear()
