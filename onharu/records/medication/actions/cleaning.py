"""Letting go for good of what was deleted a while ago."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel import clock
from onharu.records.medication.models import CalendarFeed, Regimen, Scrap, Tag, Viewed

UNDO_FOR = timedelta(days=1)


def forget_deleted() -> int:
    """Remove what was deleted more than a day ago, a medicine with all its doses; returns how many rows."""
    before = clock.now() - UNDO_FOR
    gone = CalendarFeed.objects.filter(revoked_at__lt=before).delete()[0]
    return gone + sum(
        model.objects.filter(deleted_at__lt=before).delete()[0] for model in (Scrap, Tag, Viewed, Regimen)
    )
