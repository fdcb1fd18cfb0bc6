"""Adherence by medicine, by period and by day; counted where the rows are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Subquery

from onharu.accounts.public import Person
from onharu.records.medication.models import Dose, DoseEvent
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.entries import DoseEntry
from onharu.records.medication.rules.adherence import Counts, counted, total
from onharu.records.medication.rules.ledger import ANSWERS, LATE_AFTER, State

TAIL = timedelta(days=2)
ONE_DAY = timedelta(days=1)
_STATES: dict[str | None, State] = {"taken": "taken", "skipped": "skipped"}
Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class OfRegimen:
    """The adherence of one medicine."""

    regimen_id: int
    name: str
    item_seq: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Adherence:
    """How much was taken of what was planned from `first` to `last`, in all, by medicine and by day.

    A day or a medicine without planned doses is not there.
    """

    first: date
    last: date
    counts: Counts
    regimens: tuple[OfRegimen, ...]
    days: dict[date, Counts]


def adherence_of(
    person: Person, first: date, last: date, *, at: datetime, only: Collection[int] | None = None
) -> Adherence:
    """Count the doses of some days, of some medicines alone with `only`; at most four statements.

    Days that are long over are counted in the database; the last two also by the plan, as it may be ahead of the rows.
    """
    tail = min(max(first, person.day_at(at - LATE_AFTER) - TAIL), last + ONE_DAY)
    found: dict[Key, Counts] = {}
    names: dict[int, tuple[str, str]] = {}
    if first < tail:
        _count_rows(person.id, first, tail - ONE_DAY, found, names)
    if tail <= last:
        _count_doses(doses_between(person, tail, min(last, person.day_at(at) + ONE_DAY), at=at), found, names)
    if only is not None:
        found = {key: counts for key, counts in found.items() if key[0] in only}
    return _added_up(first, last, found, names)


def _count_rows(
    owner_id: int, first: date, last: date, found: dict[Key, Counts], names: dict[int, tuple[str, str]]
) -> None:
    said = DoseEvent.objects.filter(dose=OuterRef("pk"), kind__in=ANSWERS).order_by("-pk").values("kind")
    doses = Dose.objects.of(owner_id).filter(
        day__range=(first, last), planned_at__isnull=False, regimen__deleted_at__isnull=True
    )
    rows = doses.annotate(said=Subquery(said[:1])).order_by()
    columns = ("regimen", "regimen__name", "regimen__item_seq", "day", "said")
    for regimen, name, item_seq, day, answer, number in rows.values_list(*columns).annotate(Count("pk")):
        names[regimen] = name, item_seq
        found[regimen, day] = found.get((regimen, day), Counts()) + counted(_STATES.get(answer, "late"), number)


def _count_doses(doses: Iterable[DoseEntry], found: dict[Key, Counts], names: dict[int, tuple[str, str]]) -> None:
    for dose in doses:
        one = counted(dose.state) if dose.counts else Counts()
        if one.planned:
            key = dose.regimen_id, dose.day
            names[dose.regimen_id] = dose.name, dose.item_seq
            found[key] = found.get(key, Counts()) + one


def _added_up(first: date, last: date, found: dict[Key, Counts], names: dict[int, tuple[str, str]]) -> Adherence:
    regimens = tuple(
        OfRegimen(regimen, *said, total(counts for (one, _), counts in found.items() if one == regimen))
        for regimen, said in sorted(names.items())
    )
    days: dict[date, Counts] = {}
    for (_, day), counts in sorted(found.items(), key=lambda pair: pair[0][1]):
        days[day] = days.get(day, Counts()) + counts
    return Adherence(first, last, total(days.values()), regimens, days)
