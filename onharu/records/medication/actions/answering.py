"""Answers that are pressed on a notification, with no page open and perhaps no session: the signed ticket is the proof.

A ticket is good for one delivery's doses, for a day, while its browser is still in the person's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from onharu.kernel import access, walls
from onharu.kernel.problems import Conflict, Refused
from onharu.records.medication.actions.doses import Said, skip, take
from onharu.records.medication.actions.reminding import DOSE, owe
from onharu.records.medication.models import Delivery, Dose, DoseEvent, Reminder
from onharu.records.medication.queries.doses import dose_id
from onharu.records.medication.queries.reminder_words import read_ticket
from onharu.records.medication.queries.reminders import Told, open_doses, told_of
from onharu.records.medication.rules.reminding import SNOOZE

What = Literal["shown", "taken", "later", "skipped"]


class TicketOver(Refused):
    """The notification is too old, or its browser was taken off the list."""

    code = "ticket_over"
    ko = "이 알림으로는 더 표시할 수 없어요. 앱을 열어 표시해 주세요."
    en = "This notification is over. Open the app to mark the dose."


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did: how many doses it marked, and how many must be looked at in the app (over their limit)."""

    what: What
    doses: int
    to_check: int = 0


@dataclass(frozen=True, slots=True)
class _Held:
    delivery: Delivery
    told: Told
    doses: list[Dose]
    at: datetime


@transaction.atomic
def answer(*, token: str, what: What, at: datetime) -> Answered:
    """Do what was pressed. Saying it twice changes nothing. Raises TicketOver."""
    with walls.for_house():
        held = _held(token, what, at)
    with walls.as_person(held.told.person.id):
        return _answered(held, what)


def _answered(held: _Held, what: What) -> Answered:
    if what == "shown":
        return _shown(held)
    first = Delivery.objects.filter(pk=held.delivery.pk, answer="").update(answer=what, answered_at=held.at)
    if what == "later":
        return _later(held) if first else Answered("later", 0)
    return _marked(held, what)


def _held(token: str, what: What, at: datetime) -> _Held:
    ticket = read_ticket(token)
    if ticket is None or not (ticket.may_answer or what == "shown"):
        raise TicketOver
    # Two answers to one notification stand in line here.
    row = Delivery.objects.select_for_update().filter(pk=ticket.delivery_id).first()
    told = None if row is None else told_of(row.owner_id)
    if row is None or told is None:
        raise TicketOver
    access.of(row.owner_id, by=row.owner_id)
    row.reminder = Reminder.objects.get(pk=row.reminder_id)
    return _Held(row, told, open_doses([row.reminder_id]).get(row.reminder_id, []), at)


def _shown(held: _Held) -> Answered:
    before = Delivery.objects.filter(reminder=held.delivery.reminder_id, shown_at__isnull=False).exists()
    Delivery.objects.filter(pk=held.delivery.pk, shown_at__isnull=True).update(shown_at=held.at)
    if held.delivery.reminder.kind != DOSE or before:
        return Answered("shown", 0)
    _write(held, DoseEvent.Kind.SHOWN)
    return Answered("shown", len(held.doses))


def _later(held: _Held) -> Answered:
    """Tell again in ten minutes, in place of whatever telling of these doses was to come."""
    if not held.doses:
        return Answered("later", 0)
    reminder, due = held.delivery.reminder, held.at + SNOOZE
    coming = Reminder.objects.of(reminder.owner_id).filter(
        kind=DOSE, state=Reminder.State.WAITING, doses__in=held.doses
    )
    numbers = list(coming.values_list("pk", flat=True).distinct())
    if not numbers:
        again = owe(reminder.owner_id, DOSE, reminder.due_at, due, after_step=reminder.step)
        again.doses.add(*held.doses)
        numbers = [again.pk]
    Reminder.objects.filter(pk__in=numbers, state=Reminder.State.WAITING).update(send_at=due)
    _write(held, DoseEvent.Kind.SNOOZED)
    return Answered("later", len(held.doses))


def _marked(held: _Held, what: What) -> Answered:
    done = to_check = 0
    for dose in held.doses:
        name = dose_id(dose.regimen_id, dose.key)
        try:
            if what == "taken":
                take(person=held.told.person, dose_id=name, at=held.at, said=Said(by=held.told.person.id))
            else:
                skip(person=held.told.person, dose_id=name, at=held.at)
            done += 1
        except Conflict:  # over its limit: that is asked, and a notification cannot ask
            to_check += 1
    return Answered(what, done, to_check)


def _write(held: _Held, kind: DoseEvent.Kind) -> None:
    DoseEvent.objects.bulk_create(
        DoseEvent(owner_id=dose.owner_id, dose=dose, kind=kind, at=held.at, recorded_at=held.at) for dose in held.doses
    )
