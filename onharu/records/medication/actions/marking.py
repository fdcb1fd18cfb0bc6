"""What a viewer who may mark says of the owner's doses: taken, and their own word taken back. Never over a limit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onharu.kernel import access, walls
from onharu.kernel.problems import Conflict, Missing
from onharu.records.medication.actions import doses
from onharu.records.medication.actions.doses import Said
from onharu.records.medication.actions.limits import DoseLimit
from onharu.records.medication.actions.shares import held, note_mark
from onharu.records.medication.models import Dose, ShareEvent
from onharu.records.medication.queries.doses import dose_of, parts_of
from onharu.records.medication.queries.entries import DoseEntry
from onharu.records.medication.queries.shares import Shared, marked_by


class OverTheLimit(Conflict):
    """A dose over the limit that the owner set. Only the owner is asked, and is told what was taken."""

    code = "dose_limit_of_owner"
    ko = "정해 둔 한도를 넘어서 본인만 적을 수 있어요. 궁금한 점은 약사와 상의해 주세요."
    en = "This is over the limit that was set, so only its owner can write it. Ask your pharmacist about it."


@transaction.atomic
def take_for(*, viewer_id: int, share_id: int, dose_id: str, at: datetime) -> DoseEntry:
    """Have a planned dose of the owner's taken now, written with the viewer's name. Twice changes nothing.

    Raises Missing for whoever may not mark, and for anything but a planned dose of today or yesterday; OverTheLimit.
    """
    shared = held(viewer_id, share_id, at)
    with walls.as_person(shared.owner.id):
        return _take(shared, dose_id, at)


@transaction.atomic
def untake_for(*, viewer_id: int, share_id: int, dose_id: str, at: datetime) -> DoseEntry:
    """Take back what this viewer marked; the owner's own word is left alone. Raises Missing."""
    shared = held(viewer_id, share_id, at)
    with walls.as_person(shared.owner.id):
        return _untake(shared, dose_id, at)


def _take(shared: Shared, dose_id: str, at: datetime) -> DoseEntry:
    dose = _to_mark(shared, dose_id, at)
    if dose.state == "taken":
        return dose
    if dose.state == "skipped":  # the owner's own word
        raise Missing
    try:
        doses.take(person=shared.owner, dose_id=dose_id, at=at, said=Said(by=shared.viewer_id))
    except DoseLimit:
        raise OverTheLimit from None
    return _noted(shared, dose, ShareEvent.What.TAKEN, at)


def _untake(shared: Shared, dose_id: str, at: datetime) -> DoseEntry:
    dose = _to_mark(shared, dose_id, at)
    if dose.state != "taken":
        return dose
    if dose_id not in marked_by(shared, dose.day):
        raise Missing
    doses.untake(person=shared.owner, dose_id=dose_id, at=at, by=shared.viewer_id)
    return _noted(shared, dose, ShareEvent.What.UNDONE, at)


def _to_mark(shared: Shared, dose_id: str, at: datetime) -> DoseEntry:
    if not shared.may_mark:
        raise Missing
    access.of(shared.owner.id)
    dose = dose_of(shared.owner, dose_id, at=at)
    if dose.planned_at is None or not shared.shows(dose.day, at) or dose.day > shared.today(at):
        raise Missing
    return dose


def _noted(shared: Shared, dose: DoseEntry, what: str, at: datetime) -> DoseEntry:
    regimen_id, key = parts_of(dose.id)
    row = Dose.objects.of(shared.owner.id).only("pk", "day").get(regimen=regimen_id, key=key)
    note_mark(shared=shared, what=what, day=row.day, dose_pk=row.pk, at=at)
    return dose_of(shared.owner, dose.id, at=at)
