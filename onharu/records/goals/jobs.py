"""Background entries of the goals room."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import periodic
from onharu.records.goals.actions import cleaning


@periodic("goals.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted."""
    cleaning.forget_deleted()
