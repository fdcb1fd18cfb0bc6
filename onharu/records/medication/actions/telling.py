"""Turning what is due into messages: claimed by a conditional UPDATE, folded into one, written with its deliveries.

Nothing is sent here. The claim, the deliveries and the next telling of the same doses are one transaction, so a worker
that dies leaves either all of them or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onharu.records.medication.actions.reminding import CAREGIVER, DOSE, owe
from onharu.records.medication.models import Delivery, Dose, Reminder, ShareEvent
from onharu.records.medication.queries.reminders import (
    Told,
    looking_after,
    open_doses,
    owners_due,
    planned_for,
    subscriptions_of,
    told_of,
)
from onharu.records.medication.rules import reminding
from onharu.records.medication.rules.reminding import Due, Folded
from onharu.upstream import mail, web_push

TEST, REFILL = "test", "refill"
OF_DOSES = (DOSE, CAREGIVER)


def tell_due(at: datetime) -> int:
    """Make messages of everything that is due, one telling a person and kind; returns how many tellings."""
    return sum(tell(owner_id=owner_id, kind=kind, at=at) for owner_id, kind in owners_due(at))


@transaction.atomic
def tell(*, owner_id: int, kind: str, at: datetime) -> bool:
    """Make one telling of all that is due for a person; false when another worker has it or nothing is unanswered."""
    rows = _claimed(owner_id, kind, at)
    told = told_of(owner_id) if rows else None
    if told is None:
        _set(rows, Reminder.State.FAILED)
        return False
    doses = open_doses([row.pk for row in rows]) if kind in OF_DOSES else {}
    answered = [row for row in rows if kind in OF_DOSES and row.pk not in doses]
    _set(answered, Reminder.State.ANSWERED)
    standing = [row for row in rows if row not in answered]
    folded = reminding.fold([_due(row, doses.get(row.pk, [])) for row in standing], at, told.rule)
    if folded is None:
        return False
    leader = _led(standing, folded, doses)
    _write_deliveries(leader, told, at)
    if kind == DOSE:
        _owe_again(leader, told, [dose for row in standing for dose in doses[row.pk]], at)
    return True


def _claimed(owner_id: int, kind: str, at: datetime) -> list[Reminder]:
    """Claim what is due, row by row in one order; a row that another worker took meanwhile is not ours."""
    due = Reminder.objects.of(owner_id).filter(kind=kind, state=Reminder.State.WAITING, send_at__lte=at)
    mine = []
    for row in due.order_by("due_at", "step", "pk"):
        if due.filter(pk=row.pk).update(state=Reminder.State.CLAIMED, claimed_at=at):
            row.state, row.claimed_at = Reminder.State.CLAIMED, at
            mine.append(row)
    return mine


def _due(row: Reminder, doses: Sequence[Dose]) -> Due:
    newest = max(map(planned_for, doses), default=row.due_at)
    return Due(row.pk, row.due_at, row.send_at, row.step, newest, len(doses))


def _led(rows: Sequence[Reminder], folded: Folded, doses: dict[int, list[Dose]]) -> Reminder:
    """Let the leader speak for the doses of all."""
    leader = next(row for row in rows if row.pk == folded.leader.id)
    others = [row for row in rows if row is not leader]
    _set(others, Reminder.State.FOLDED)
    leader.doses.add(*(dose for row in others for dose in doses.get(row.pk, [])))
    leader.missed = folded.missed
    leader.save(update_fields=["missed"])
    return leader


def _set(rows: Sequence[Reminder], state: Reminder.State) -> None:
    if rows:
        Reminder.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)


def _owe_again(leader: Reminder, told: Told, doses: Sequence[Dose], at: datetime) -> None:
    newest = max(map(planned_for, doses))
    again = reminding.again_at(at, leader.step, newest, told.rule, told.person.zone)
    if again is not None:
        owe(leader.owner_id, DOSE, leader.due_at, again, after_step=leader.step).doses.add(*doses)


def _write_deliveries(leader: Reminder, told: Told, at: datetime) -> None:
    """Write a message for each way that leads to whoever is told; none at all is a telling that failed."""
    if leader.kind == CAREGIVER:
        rows = [row for other in _viewers(leader, at) for row in deliveries_to(leader, other, at)]
    else:
        rows = deliveries_to(leader, told, at)
    if rows:
        Delivery.objects.bulk_create(rows)
    else:
        _set([leader], Reminder.State.FAILED)


def deliveries_to(leader: Reminder, told: Told, at: datetime) -> list[Delivery]:
    """Spell out the messages of a telling to one person: each browser, and the mailbox the first time only."""
    person, rule = told.person, told.rule
    try_at = at if leader.kind in {DOSE, TEST} else reminding.after_quiet(at, rule, person.zone)
    rows = []
    if rule.by_push and web_push.is_offered():
        rows += [
            Delivery(owner_id=person.id, reminder=leader, way="push", subscription=one, try_at=try_at)
            for one in subscriptions_of(person.id)
        ]
    if rule.by_email and told.email and mail.is_offered() and leader.step == 0:
        rows.append(Delivery(owner_id=person.id, reminder=leader, way="email", try_at=try_at))
    return rows


def _viewers(leader: Reminder, at: datetime) -> list[Told]:
    """Find who looks after the person, and write down for the person that they are told."""
    shares = looking_after(leader.owner_id, at)
    found = [(share, other) for share in shares if (other := told_of(share.viewer_id or 0)) is not None]
    ShareEvent.objects.bulk_create(
        ShareEvent(owner_id=leader.owner_id, share=share, what="told", day=_day_of(leader), at=at) for share, _ in found
    )
    return [other for _, other in found]


def _day_of(leader: Reminder) -> date:
    day = leader.doses.order_by("-planned_at").values_list("day", flat=True).first()
    return day or leader.due_at.date()
