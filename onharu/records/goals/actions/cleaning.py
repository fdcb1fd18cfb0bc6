"""Letting go for good of what was deleted a while ago."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel import clock
from onharu.records.goals.models import Goal, Measurement

UNDO_FOR = timedelta(days=1)


def forget_deleted() -> int:
    """Remove goals and measurements that were deleted more than a day ago; returns how many."""
    before = clock.now() - UNDO_FOR
    gone = Goal.objects.filter(deleted_at__lt=before).delete()[0]
    return gone + Measurement.objects.filter(deleted_at__lt=before).delete()[0]
