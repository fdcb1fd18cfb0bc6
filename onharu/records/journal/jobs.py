"""Background entries of the journal."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import periodic
from onharu.records.journal.actions import cleaning


@periodic("journal.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted."""
    cleaning.forget_deleted()
