"""Where allauth asks how accounts are made here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from onharu.accounts import limits, rules, secrets_box


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Tries are counted by address and by name and said as problems; its own flash messages are not shown."""

    _counted: tuple[str, ...] = ()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is looked at, by address and by the name that is tried.

        Raises TooManyTries.
        """
        name = rules.username_spelling(credentials.get("email") or credentials.get("username") or "")
        self._counted = limits.spend(request, "login_failed", name)

    def _rollback_login_failed_rl_usage(self) -> None:
        """Count nothing against somebody whose password is right."""
        limits.give_back(self._counted)

    def get_login_stages(self) -> list[str]:
        """Ask for no steps of allauth's: the second one is `accounts.second`, before a session is opened at all."""
        return []

    def add_message(self, *_: Any, **__: Any) -> None:
        """Stay silent: pages say their own words."""


class SecondAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals what allauth.mfa keeps, and names the house and the person on their authenticator."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return secrets_box.shut(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return secrets_box.opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name the house."""
        return "Onharu"

    def _get_user_identifier(self, user: Any) -> str:
        """Name the person by their sign-in name; an address does not go into a QR code."""
        return str(user.username)

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Send nothing of allauth's: letters here are sent by jobs, in our words."""
