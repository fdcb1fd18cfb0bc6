"""Housekeeping: session rows that ended by themselves."""

from __future__ import annotations

from datetime import timedelta

from onharu.accounts.families import Family
from onharu.kernel.jobs import periodic


@periodic("accounts.clear_expired_sessions", timedelta(days=1))
def clear_expired_sessions() -> None:
    """Delete the rows of sessions that have expired. Saying it twice changes nothing."""
    Family.clear_expired()
