"""How punctual reminders were, as numbers that a monitor can read: no person, no medicine.

Counted from rows, so that all processes and a restart are one; a monitor asks for the last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q

from onharu.records.medication.models import Delivery, Reminder

# Seconds; the last bucket is everything later.
BUCKETS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, float("inf"))


@dataclass(frozen=True, slots=True)
class Lateness:
    """Messages of a while: how many went out within each number of seconds, and what is still owed."""

    buckets: tuple[tuple[float, int], ...]
    count: int
    sum_seconds: float
    most_seconds: float
    failed: int
    shown: int
    waiting: int
    oldest_waiting_seconds: float


def lateness_of(send_at: datetime, claimed_at: datetime | None, try_at: datetime, sent_at: datetime) -> float:
    """Tell how many seconds late a message went out; one that had to wait (quiet hours) counts from its own time."""
    owed_at = send_at if claimed_at is None or try_at <= claimed_at else try_at
    return round(max(0.0, (sent_at - owed_at).total_seconds()), 3)


def lateness(at: datetime, *, hours: int = 24) -> Lateness:
    """Tell how late the first messages of tellings were within the last hours. Three statements."""
    since = at - timedelta(hours=hours)
    sent = Delivery.objects.filter(sent_at__gt=since, sent_at__lte=at)
    rows = sent.filter(attempts=1).values_list("reminder__send_at", "reminder__claimed_at", "try_at", "sent_at")
    seconds = [lateness_of(*row) for row in rows]
    counted = Delivery.objects.filter(Q(sent_at__gt=since) | Q(try_at__gt=since)).aggregate(
        failed=Count("pk", filter=Q(state=Delivery.State.FAILED)),
        shown=Count("pk", filter=Q(shown_at__isnull=False)),
    )
    owed = Reminder.objects.filter(state=Reminder.State.WAITING, send_at__lte=at).aggregate(
        waiting=Count("pk"), oldest=Min(F("send_at"))
    )
    return Lateness(
        buckets=tuple((edge, sum(one <= edge for one in seconds)) for edge in BUCKETS),
        count=len(seconds),
        sum_seconds=round(sum(seconds), 3),
        most_seconds=round(max(seconds, default=0.0), 3),
        failed=counted["failed"],
        shown=counted["shown"],
        waiting=owed["waiting"],
        oldest_waiting_seconds=0.0 if owed["oldest"] is None else (at - owed["oldest"]).total_seconds(),
    )
