"""Letting go of reminders that are over, and of browsers that have not answered for long."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from onharu.kernel import clock
from onharu.records.medication.actions.agreeing import ENDED, agreed_to_ring
from onharu.records.medication.models import PushSubscription, Reminder

KEPT = timedelta(days=60)
SILENT_FOR = timedelta(days=30)
SILENT_TRIES = 20
AT_ONCE = 5000


def forget_reminders() -> int:
    """Remove tellings older than two months with their messages; the ledger keeps what was taken. Returns how many."""
    before = clock.now() - KEPT
    old = Reminder.objects.filter(send_at__lt=before).exclude(state=Reminder.State.WAITING)
    numbers = list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Reminder.objects.filter(pk__in=numbers).delete()
    return len(numbers)


def forget_silent_browsers() -> int:
    """Remove browsers that took nothing for a month although they were tried often; returns how many."""
    before = clock.now() - SILENT_FOR
    silent = PushSubscription.objects.filter(failures__gte=SILENT_TRIES, failed_at__isnull=False)
    silent = silent.filter(Q(delivered_at__isnull=True, created_at__lt=before) | Q(delivered_at__lt=before))
    for device in silent:
        agreed_to_ring(device.owner_id, device.pk, given=False, how=ENDED, at=clock.now())
        device.delete()
    return len(silent)
