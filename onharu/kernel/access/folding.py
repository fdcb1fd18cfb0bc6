"""Letting go of what is two years old: a checkpoint keeps the digest that the rest follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from onharu.kernel.access import mark
from onharu.kernel.access.chain import Act, append, held_tail
from onharu.kernel.access.tables import HOUSE, AccessCheckpoint, AccessRow, Kind

KEPT = timedelta(days=731)  # two years, with a leap day


@transaction.atomic
def fold(*, at: datetime) -> int:
    """Let go of the oldest rows up to the first that is not two years old. Saying it twice changes nothing."""
    held_tail()
    first = AccessRow.objects.filter(at__gte=at - KEPT).order_by("sequence").first()
    old = AccessRow.objects.filter(at__lt=at - KEPT)
    if first is not None:
        old = old.filter(sequence__lt=first.sequence)
    last = old.order_by("-sequence").first()
    if last is None:
        return 0
    AccessCheckpoint.objects.create(sequence=last.sequence, digest=last.digest, rows=old.count(), at=at)
    gone = AccessRow.objects.filter(sequence__lte=last.sequence).delete()[0]
    append([Act(Kind.FOLD, f"fold {last.sequence} {last.digest[:16]}", HOUSE, None)], at=at)
    # Before the commit: a crash in between is put right by the next folding, with nobody having to trust the database.
    mark.keep_fold(last.sequence, last.digest)
    return gone
