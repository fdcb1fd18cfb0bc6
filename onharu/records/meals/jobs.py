"""Background entries of the meals room."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel.jobs import job, periodic
from onharu.records.meals.actions import cleaning, photos


@job(photos.RECOGNISE)
def recognise(analysis_id: int) -> None:
    """Look at the photographs of an analysis."""
    photos.recognise(analysis_id=analysis_id)


@periodic("meals.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted or never confirmed."""
    photos.forget_unconfirmed()
    cleaning.forget_deleted()
