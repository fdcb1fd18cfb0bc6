"""Asks: how somebody wants to be reminded, what is due, what is unanswered, who else is to be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from onharu.accounts.public import Person, User, person_of, today_of
from onharu.records.medication.models import Delivery, Dose, DoseEvent, PushSubscription, Reminder, ReminderRule, Share
from onharu.records.medication.rules.reminding import Rule

# A claim older than this is of a worker that died; the sender gives up well before.
LEASE = timedelta(seconds=60)
ANSWERS = (DoseEvent.Kind.TAKEN, DoseEvent.Kind.SKIPPED)
_RULE_FIELDS = tuple(field.name for field in fields(Rule))


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told: who, at which address, by which rule."""

    person: Person
    email: str
    rule: Rule


def rule_of(owner_id: int) -> Rule:
    """Tell how a person wants to be reminded; the usual rule when they never said. One statement."""
    row = ReminderRule.objects.of(owner_id).first()
    return Rule() if row is None else Rule(**{name: getattr(row, name) for name in _RULE_FIELDS})


def told_of(user_id: int) -> Told | None:
    """Find somebody to tell; None for one who is gone, may not sign in, or withdrew from it all. Two statements."""
    user = User.objects.select_related("profile").filter(pk=user_id, is_active=True).first()
    if user is None or user.profile.health_data == "withheld":
        return None
    return Told(person_of(user), user.email or "", rule_of(user_id))


def owners_due(at: datetime) -> list[tuple[int, str]]:
    """List whose tellings are due, and of which kind. One statement."""
    due = Reminder.objects.filter(state=Reminder.State.WAITING, send_at__lte=at)
    return list(due.order_by("owner_id", "kind").values_list("owner_id", "kind").distinct()[:500])


def planned_for(dose: Dose) -> datetime:
    """Tell when a dose was planned; one without a plan is of when it was written."""
    return dose.planned_at or dose.created_at


def unanswered(dose_ids: Collection[int]) -> set[int]:
    """Keep the doses that were neither taken nor skipped, or whose answer was taken back. One statement."""
    said = DoseEvent.objects.filter(dose_id__in=dose_ids, kind__in=[*ANSWERS, DoseEvent.Kind.UNDONE])
    answers = dict(said.order_by("pk").values_list("dose_id", "kind"))  # the last word counts
    return {dose_id for dose_id in dose_ids if answers.get(dose_id) not in ANSWERS}


def open_doses(reminder_ids: Collection[int]) -> dict[int, list[Dose]]:
    """List the doses of tellings that are unanswered and of medicines that remind. Two statements."""
    links = Reminder.doses.through.objects.filter(
        reminder_id__in=reminder_ids, dose__regimen__reminds=True, dose__regimen__deleted_at__isnull=True
    ).select_related("dose__regimen")
    pairs = [(link.reminder_id, link.dose) for link in links.order_by("dose__planned_at", "dose_id")]
    waiting = unanswered({dose.pk for _, dose in pairs})
    found: dict[int, list[Dose]] = {}
    for reminder_id, dose in pairs:
        if dose.pk in waiting:
            found.setdefault(reminder_id, []).append(dose)
    return found


def looking_after(owner_id: int, at: datetime) -> list[Share]:
    """List the shares of a person whose viewers asked to be told, agreed, not ended. Two statements."""
    owner = User.objects.select_related("profile").get(pk=owner_id)
    shares = Share.objects.of(owner_id).filter(
        Q(until__isnull=True) | Q(until__gte=today_of(owner, at)),
        viewer__isnull=False,
        is_told=True,
        accepted_at__isnull=False,
        revoked_at__isnull=True,
    )
    return list(shares.order_by("pk"))


def due_deliveries(at: datetime) -> QuerySet[Delivery]:
    """Messages that may be sent now, and claims whose worker died. A clock that was put back frees what it held."""
    longest = timedelta(hours=1)
    waiting = Q(state=Delivery.State.WAITING) & (Q(try_at__lte=at) | Q(try_at__gt=at + 2 * longest, attempts__gt=0))
    held = Q(state=Delivery.State.CLAIMED) & (Q(claimed_at__lte=at - LEASE) | Q(claimed_at__gt=at + LEASE))
    return Delivery.objects.filter(waiting | held).order_by("try_at", "pk")


def subscriptions_of(owner_id: int) -> QuerySet[PushSubscription]:
    """List the browsers that somebody lets ring, the newest first."""
    return PushSubscription.objects.of(owner_id).order_by("-pk")


def last_test(owner_id: int) -> tuple[Reminder, Sequence[Delivery]] | None:
    """Find the last test of a person with its messages. Two statements."""
    row = Reminder.objects.of(owner_id).filter(kind="test").order_by("-due_at").first()
    return None if row is None else (row, list(row.deliveries.select_related("subscription").order_by("pk")))


def last_delivery(owner_id: int) -> Delivery | None:
    """Find the last message about doses that went out to a person. One statement."""
    sent = Delivery.objects.of(owner_id).filter(state=Delivery.State.SENT).exclude(reminder__kind="test")
    return sent.select_related("reminder").order_by("-sent_at").first()
