"""JWTs over allauth's sessions, with one rule added: a refresh token used twice ends its family.

A family is a session: ending it ends every access and refresh token that grew from it.
"""

from __future__ import annotations

from allauth.headless.tokens.strategies.jwt import JWTTokenStrategy, internal
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction

from onharu.accounts.principal import forget


class FamilyTokenStrategy(JWTTokenStrategy):
    """allauth's JWT strategy with theft detection."""

    def refresh_token(self, refresh_token: str) -> tuple[str, str] | None:
        """Exchange a refresh token for a new pair; a token that was already exchanged ends its session."""
        payload = internal.decode_token(refresh_token, "refresh")
        if payload is None:
            return None
        session_key = internal.session_key_from_sid(payload["sid"])
        with transaction.atomic():
            list(Session.objects.select_for_update().filter(session_key=session_key).values_list("pk"))
            pair = super().refresh_token(refresh_token)
            if pair is None:
                end_family(internal.get_token_session(payload), int(payload["sub"]))
            return pair


def end_family(session: SessionBase | None, user_id: int) -> None:
    """End a session and with it every token that stands on it."""
    if session is not None:
        session.flush()
    forget(user_id)
