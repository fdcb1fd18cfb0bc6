"""Signing in by name or e-mail; sessions load the user with profile in one statement."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from onharu.accounts.models import User
from onharu.accounts.principal import user_of_id


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend with our way of loading the user."""

    def get_user(self, user_id: int) -> User | None:
        """Load the user of a session."""
        return user_of_id(user_id)
