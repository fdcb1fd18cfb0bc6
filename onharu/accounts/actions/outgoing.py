"""Keeping for a year what left the house for a person: when, to whom, what for, how much. Never what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from onharu.accounts.consented import Outgoing
from onharu.kernel import walls
from onharu.kernel.leaving import Left

KEPT = timedelta(days=365)


def note_left(owner_id: int, purpose: str, calls: Sequence[Left]) -> None:
    """Keep calls that went out for a person. One statement."""
    with walls.as_person(owner_id):
        Outgoing.objects.bulk_create(
            Outgoing(owner_id=owner_id, purpose=purpose, at=one.at, upstream=one.upstream, sent=one.sent, ok=one.ok)
            for one in calls
        )


def forget_left(*, at: datetime) -> int:
    """Remove what left more than a year ago; returns how many rows."""
    return int(Outgoing.objects.filter(at__lt=at - KEPT).delete()[0])
