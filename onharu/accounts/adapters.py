"""Where allauth asks how accounts are made here."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are open by default; allauth's own limits on signing in stay in force."""
