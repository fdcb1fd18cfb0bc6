"""Background entries of this room."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import periodic
from onharu.records.medication.actions import cleaning


@periodic("medication.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted."""
    cleaning.forget_deleted()
