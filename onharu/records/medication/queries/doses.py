"""Doses of some days: those that have rows, and those the planner knows of, as one list. Asking writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from onharu.accounts.public import Person
from onharu.kernel.problems import Missing
from onharu.records.medication.models import Dose, DoseEvent, Regimen
from onharu.records.medication.queries.entries import DoseDay, DoseEntry, EventEntry
from onharu.records.medication.queries.rows import DoseRow, dose_rows
from onharu.records.medication.queries.standing import (
    Asked,
    Standing,
    hangs_on_the_last,
    known_by,
    leaders_of,
    planned_by,
    standings,
)
from onharu.records.medication.rules.anchors import anchor_of
from onharu.records.medication.rules.ledger import Event, Told, state_of
from onharu.records.medication.rules.schedules.shapes import Planned

LAST_FEW = 4
LONGEST_KEY = 60
ONE_DAY = timedelta(days=1)


def day_begins(person: Person, day: date) -> datetime:
    """Tell the instant at which a day of this person begins."""
    return person.instant_of(day, time(person.day_start_hour))


def day_of(person: Person, day: date, *, at: datetime) -> DoseDay:
    """Read the doses of a day as they stand at a moment; at most three statements."""
    found = _found_between(person, day, day, at)
    return DoseDay(day, found.doses, found.by_meals)


def days_of(person: Person, first: date, last: date, *, at: datetime) -> dict[date, DoseDay]:
    """Read the days from `first` to `last` that have doses; at most three statements."""
    read = _found_between(person, first, last, at)
    found: dict[date, list[DoseEntry]] = {}
    for dose in read.doses:
        found.setdefault(dose.day, []).append(dose)
    return {day: DoseDay(day, tuple(doses), read.by_meals) for day, doses in sorted(found.items())}


def doses_between(
    person: Person, first: date, last: date, *, at: datetime, regimen_ids: Collection[int] | None = None
) -> tuple[DoseEntry, ...]:
    """List the doses of some days in the order of their times; two statements, a third where doses hang on meals.

    With `regimen_ids` only those of these regimens. Deleted regimens have no doses; ended ones have.
    """
    doses = _found_between(person, first, last, at).doses
    return doses if regimen_ids is None else tuple(dose for dose in doses if dose.regimen_id in regimen_ids)


@dataclass(frozen=True, slots=True)
class _Found:
    """Doses in the order of their times, and whether any regimen of this person goes by meals."""

    doses: tuple[DoseEntry, ...]
    by_meals: bool


def _found_between(person: Person, first: date, last: date, at: datetime) -> _Found:
    living: QuerySet[Regimen] = Regimen.objects.of(person.id).alive()
    found = standings(person, living, at)
    rows = dose_rows(rows_wanted(person, found, first, last))
    since, until = day_begins(person, first), day_begins(person, last + ONE_DAY)
    known = {(row.regimen_id, row.key) for row in rows}
    projected = _projected(Asked(person, found, rows, since, until))
    keys = {(one.id, dose.key) for one, dose in projected}
    seen = Seen(person, at)
    kept = (row for row in rows if first <= row.day <= last and _shown(row, at, keys))
    doses = [seen.kept(row) for row in kept]
    doses += [seen.planned(one, dose) for one, dose in projected if (one.id, dose.key) not in known]
    return _Found(tuple(sorted(doses, key=_order)), any(one.by_meals for one in found))


def days_answered(owner_id: int, first: date, last: date) -> frozenset[date]:
    """List the days on which something was said of a dose, taken or skipped; one statement."""
    said = DoseEvent.objects.of(owner_id).filter(kind__in=("taken", "skipped"), dose__day__range=(first, last))
    living = said.filter(dose__regimen__deleted_at__isnull=True)
    return frozenset(living.order_by().values_list("dose__day", flat=True).distinct())


def rows_wanted(person: Person, found: Iterable[Standing], first: date, last: date) -> QuerySet[Dose]:
    """Choose the rows of some days, and the newest of regimens whose doses stand apart from one another."""
    own = Dose.objects.of(person.id)
    around = ONE_DAY if leaders_of(found) else timedelta()
    wanted = Q(day__range=(first - around, last + around))
    for one in found:
        if hangs_on_the_last(one) and not one.entry.ended:
            newest = own.filter(regimen=one.id).order_by("-day", "-pk").values("pk")[:LAST_FEW]
            wanted |= Q(pk__in=newest)
    living: QuerySet[Dose] = own.filter(wanted, regimen__deleted_at__isnull=True)
    return living


def _projected(asked: Asked) -> list[tuple[Standing, Planned]]:
    """Plan what has no rows yet."""
    looks_from = min((one.looks_from for one in asked.standings), default=asked.until)
    if looks_from >= asked.until:
        return []
    since = max(asked.since, looks_from)
    doses = planned_by(Asked(asked.person, asked.standings, asked.rows, since, asked.until))
    return [(one, dose) for one in asked.standings for dose in doses[one.id] if one.turns_up(dose)]


def _shown(row: DoseRow, at: datetime, planned: Collection[tuple[int, str]]) -> bool:
    """Leave out what was taken without a plan and taken back, and rows of a plan that is not any more."""
    if row.told.answered:
        return True
    if row.planned_at is None:
        return False
    return row.planned_at <= at or (row.regimen_id, row.key) in planned


def _order(dose: DoseEntry) -> tuple[datetime, int, str]:
    return dose.at or datetime.max.replace(tzinfo=UTC), dose.regimen_id, dose.id


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose doses are looked at, and when."""

    person: Person
    at: datetime

    def kept(self, row: DoseRow) -> DoseEntry:
        """Freeze a dose that has a row."""
        told = row.told
        return DoseEntry(
            id=dose_id(row.regimen_id, row.key),
            regimen_id=row.regimen_id,
            name=row.name,
            item_seq=row.item_seq,
            unit=row.unit,
            planned_at=row.planned_at,
            day=row.day,
            amount=row.amount,
            anchor=anchor_of(row.anchor),
            state=state_of(told, row.planned_at, self.at),
            taken_at=told.taken_at,
            taken_amount=told.amount,
            reason=told.reason,
            over_limit=told.over_limit,
            by_other=self._other(told.by),
            projected=False,
            events=tuple(self._event(event) for event in row.events),
        )

    def planned(self, one: Standing, dose: Planned) -> DoseEntry:
        """Freeze a dose that only the planner knows."""
        entry = one.entry
        return DoseEntry(
            id=dose_id(one.id, dose.key),
            regimen_id=one.id,
            name=entry.name,
            item_seq=entry.item_seq,
            unit=entry.unit,
            planned_at=dose.at,
            day=self.person.day_at(dose.at),
            amount=dose.amount,
            anchor=dose.anchor,
            state=state_of(Told(), dose.at, self.at),
            taken_at=None,
            taken_amount=None,
            reason="",
            over_limit=False,
            by_other=False,
            projected=dose.projected,
            events=(),
        )

    def _event(self, event: Event) -> EventEntry:
        return EventEntry(
            event.id, event.kind, event.at, event.amount, event.reason, event.over_limit,
            self._other(event.by), event.recorded_at,
        )  # fmt: skip

    def _other(self, by: int | None) -> bool:
        return by is not None and by != self.person.id


def dose_id(regimen_id: int, key: str) -> str:
    """Name a dose at every door, with a row or without."""
    return f"{regimen_id}.{key}"


def parts_of(said: str) -> tuple[int, str]:
    """Read the name of a dose: its regimen, its key. Raises Missing for what names none."""
    regimen, _, key = said.partition(".")
    if not (regimen.isascii() and regimen.isdecimal() and len(regimen) <= 18 and 0 < len(key) <= LONGEST_KEY):
        raise Missing
    return int(regimen), key


def dose_of(person: Person, said: str, *, at: datetime) -> DoseEntry:
    """Find a dose by its name, with a row or without; at most four statements. Raises Missing."""
    regimen_id, key = parts_of(said)
    rows = dose_rows(Dose.objects.of(person.id).filter(regimen=regimen_id, key=key, regimen__deleted_at__isnull=True))
    if rows:
        return Seen(person, at).kept(rows[0])
    one, dose = planned_of(person, regimen_id, key, at)
    return Seen(person, at).planned(one, dose)


def planned_of(person: Person, regimen_id: int, key: str, at: datetime) -> tuple[Standing, Planned]:
    """Find a dose that only the planner knows; at most three statements. Raises Missing."""
    found = standings(person, Regimen.objects.of(person.id).alive(), at)
    one = next((standing for standing in found if standing.id == regimen_id), None)
    if one is None:
        raise Missing
    today = person.day_at(at)
    rows = dose_rows(rows_wanted(person, [one], today, today + ONE_DAY))
    dose = known_by(Asked(person, found, rows, at - ONE_DAY, at + ONE_DAY), one, key)
    if dose is None or not one.turns_up(dose):
        raise Missing
    return one, dose
