"""Where allauth asks how accounts are made here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from onharu.accounts import rules
from onharu.accounts.limits import TooManyTries, seconds_left


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's limits stay in force, counted by name and said as problems; its own flash messages are not shown."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before the password is looked at; raises TooManyTries."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise TooManyTries(retry_after=seconds_left(request, "login_failed", key)) from error

    def _get_login_attempts_cache_key(self, _request: HttpRequest, **credentials: Any) -> str:
        """Name the account that is tried. allauth adds the Host header, whose port anybody can vary."""
        return rules.username_spelling(credentials.get("email") or credentials.get("username") or "")

    def add_message(self, *_: Any, **__: Any) -> None:
        """Stay silent: pages say their own words."""
