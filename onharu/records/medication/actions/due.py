"""Writing down doses that come due: each once, however many keep time, and however long nobody did."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from onharu.accounts.public import Person, User, person_of
from onharu.kernel.days import touch
from onharu.records.medication.actions.reminding import arm
from onharu.records.medication.models import Dose, Regimen
from onharu.records.medication.queries.doses import rows_wanted
from onharu.records.medication.queries.rows import DoseRow, dose_rows
from onharu.records.medication.queries.standing import (
    Asked,
    Standing,
    eaten_for,
    facts_of,
    leaders_of,
    planned_by,
    standings,
)
from onharu.records.medication.rules.anchors import code_of
from onharu.records.medication.rules.schedules.planning import next_at
from onharu.records.medication.rules.schedules.shapes import Planned

PART = "doses"
LOOK_WITHIN = timedelta(hours=1)  # a person may travel; their zone is looked at again this often
Claims = dict[int, datetime]


@transaction.atomic
def write_due(regimen_ids: Collection[int], until: datetime) -> list[Dose]:
    """Write the doses that are due before `until`, arm their reminders, and say when to look again.

    Each regimen is claimed by a conditional update, so of two who keep time one writes. Answers every dose that came
    due, those with an earlier row too.
    """
    claimed: dict[int, Claims] = {}
    wanted = Regimen.objects.alive().filter(pk__in=regimen_ids, planned_until__lt=until).order_by("pk")
    for pk, owner_id, planned_until in wanted.values_list("pk", "owner_id", "planned_until"):
        free = Regimen.objects.alive().filter(pk=pk, planned_until=planned_until)
        if free.update(planned_until=until):
            claimed.setdefault(owner_id, {})[pk] = planned_until
    users = User.objects.select_related("profile").filter(pk__in=claimed)
    return [dose for user in users for dose in _write_of(person_of(user), claimed[user.pk], until)]


def _write_of(person: Person, claims: Claims, until: datetime) -> list[Dose]:
    found = standings(person, Regimen.objects.of(person.id).alive(), until)
    found = [replace(one, planned_until=claims.get(one.id, one.planned_until)) for one in found]
    mine = [one for one in found if one.id in claims]
    since = min(one.looks_from for one in mine)
    first, last = person.day_at(since), person.day_at(until)
    about = {*claims, *leaders_of(mine)}
    rows = dose_rows(rows_wanted(person, mine, first, last).filter(regimen__in=about))
    asked = Asked(person, found, rows, since, until, only=claims)
    fresh, before = _sorted_out(asked, mine, rows)
    Dose.objects.bulk_create(fresh)
    came_due = [*fresh, *Dose.objects.of(person.id).filter(pk__in=before)] if before else fresh
    arm(came_due)
    _look_again(replace(asked, rows=[*rows, *map(_row, fresh)], until=until + timedelta(days=3)), mine, until)
    touch(person.id, *sorted({dose.day for dose in fresh}), part=PART)
    return came_due


def _sorted_out(asked: Asked, mine: Iterable[Standing], rows: Iterable[DoseRow]) -> tuple[list[Dose], list[int]]:
    """Make rows for the doses that have none yet, and name the rows that were there before they were due."""
    known = {(row.regimen_id, row.key): row for row in rows}
    planned, fresh, before = planned_by(asked), list[Dose](), list[int]()
    for one in mine:
        for dose in planned[one.id]:
            row = known.get((one.id, dose.key))
            if row is not None:
                before += [row.id] if dose.at >= one.planned_until else []
            elif one.turns_up(dose) and not dose.projected:
                fresh.append(new_dose(asked.person, one, dose, asked.until))
    return fresh, before


def new_dose(person: Person, one: Standing, dose: Planned, at: datetime) -> Dose:
    """Make the row of a planned dose; it is not saved."""
    n = int(dose.key.partition(".")[0].removeprefix("v"))
    return Dose(
        owner_id=person.id,
        regimen_id=one.id,
        version_id=next(version.id for version in one.versions if version.n == n),
        key=dose.key,
        planned_at=dose.at,
        day=person.day_at(dose.at),
        amount=dose.amount,
        anchor=code_of(dose.anchor),
        created_at=at,
    )


def _row(dose: Dose) -> DoseRow:
    return DoseRow(
        dose.pk,
        dose.owner_id,
        dose.regimen_id,
        dose.key,
        dose.planned_at,
        dose.day,
        dose.amount,
        dose.anchor,
        "",
        "",
        "",
    )


def _look_again(asked: Asked, mine: Iterable[Standing], at: datetime) -> None:
    """Say when each regimen is to be looked at again: at its next dose, and every hour; never once it has ended."""
    eaten = eaten_for(asked)
    for one in mine:
        owed: datetime | None = None
        if not (one.entry.ended or one.entry.as_needed):
            owed = next_at(one.wordings, facts_of(asked, one, eaten), at)
            owed = at + LOOK_WITHIN if owed is None else min(owed, at + LOOK_WITHIN)
        Regimen.objects.filter(pk=one.id).update(next_at=owed)


@transaction.atomic
def look_at(regimens: QuerySet[Regimen], at: datetime) -> None:
    """Have regimens looked at now; they are locked in the order in which they are claimed."""
    held = list(regimens.select_for_update().order_by("pk").values_list("pk", flat=True))
    if held:
        Regimen.objects.filter(pk__in=held).update(next_at=at)
