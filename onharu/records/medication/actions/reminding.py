"""Owing tellings: a dose that came due is armed in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from onharu.records.medication.models import Dose, Regimen, Reminder
from onharu.records.medication.queries.reminders import Told, planned_for, told_of
from onharu.records.medication.rules import reminding

DOSE, CAREGIVER = "dose", "caregiver"


@transaction.atomic
def arm(doses: Iterable[Dose]) -> None:
    """Owe a telling of doses that came due; a dose that was armed before changes nothing.

    Call it in the transaction that writes the doses, with every dose that came due, also one that had its row before
    (taken early and taken back): whether it still has to be told of is asked when it is told.
    """
    for owner_id, own in groupby(
        sorted(_to_arm(doses), key=attrgetter("owner_id", "planned_at")), attrgetter("owner_id")
    ):
        told = told_of(owner_id)
        if told is not None:
            _arm_all(told, list(own))


def _to_arm(doses: Iterable[Dose]) -> list[Dose]:
    planned = [dose for dose in doses if dose.planned_at is not None]
    if not planned:
        return []
    ringing = set(
        Regimen.objects.filter(
            pk__in={dose.regimen_id for dose in planned}, reminds=True, deleted_at__isnull=True
        ).values_list("pk", flat=True)
    )
    armed = set(
        Reminder.doses.through.objects.filter(dose_id__in=[dose.pk for dose in planned]).values_list(
            "dose_id", flat=True
        )
    )
    return [dose for dose in planned if dose.regimen_id in ringing and dose.pk not in armed]


def _arm_all(told: Told, doses: Sequence[Dose]) -> None:
    for dose in doses:
        at = planned_for(dose)
        _arm_one(told, dose, DOSE, at, reminding.first_at(at, told.rule, told.person.zone))
        if (escalated := reminding.escalated_at(at, told.rule)) is not None:
            _arm_one(told, dose, CAREGIVER, at, escalated)


def _arm_one(told: Told, dose: Dose, kind: str, planned_at: datetime, send_at: datetime) -> None:
    """Add a dose to the telling it goes together with, which then comes as early as this dose wants; else owe one."""
    waiting = (
        Reminder.objects.select_for_update()
        .of(told.person.id)
        .filter(
            kind=kind,
            state=Reminder.State.WAITING,
            due_at__gte=planned_at - told.rule.group,
            due_at__lte=planned_at,
        )
        .order_by("-due_at", "-step")
    )
    row = next((one for one in waiting if reminding.go_together(one.due_at, planned_at, told.rule)), None)
    if row is None:
        row = owe(told.person.id, kind, planned_at, send_at)
    elif row.send_at > send_at:
        Reminder.objects.filter(pk=row.pk).update(send_at=send_at)
    row.doses.add(dose)


def owe(owner_id: int, kind: str, due_at: datetime, send_at: datetime, *, after_step: int = -1) -> Reminder:
    """Owe a telling: the one that waits at this time and a later step, else a new one with the next free step."""
    step = after_step + 1
    while True:
        row, made = Reminder.objects.get_or_create(
            owner_id=owner_id, kind=kind, due_at=due_at, step=step, defaults={"send_at": send_at}
        )
        if made or row.state == Reminder.State.WAITING:
            return row
        step += 1
