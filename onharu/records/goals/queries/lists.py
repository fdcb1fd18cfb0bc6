"""Measurements and goals as lists, and where measurements go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Subquery

from onharu.records.goals.models import Goal, Measurement
from onharu.records.goals.queries.days import MeasurementEntry, entry_of
from onharu.records.goals.rules.measuring import MEASURES, Seen, Trend, trend


@dataclass(frozen=True, slots=True)
class Course:
    """Where the values of a kind went between two days; `second` follows the diastolic pressure."""

    kind: str
    context: str
    unit: str
    first: date
    last: date
    values: Trend
    second: Trend | None


def measurements_of(owner_id: int) -> QuerySet[Measurement]:
    """List living measurements, the latest first."""
    rows: QuerySet[Measurement] = Measurement.objects.of(owner_id).alive()
    return rows.order_by("-day", "-at", "-pk")


def latest_of(owner_id: int) -> dict[str, MeasurementEntry]:
    """Find the latest measurement of each kind. One statement."""
    rows = measurements_of(owner_id)
    newest = (Q(pk=Subquery(rows.filter(kind=kind).values("pk")[:1])) for kind in MEASURES)
    return {row.kind: entry_of(row) for row in Measurement.objects.of(owner_id).filter(reduce(or_, newest))}


def course(owner_id: int, kind: str, first: date, last: date, context: str = "") -> Course:
    """Follow a kind of measurement through days. One statement, one row a measurement: values are sealed."""
    rows = Measurement.objects.of(owner_id).alive().filter(kind=kind, day__range=(first, last))
    if context:
        rows = rows.filter(context=context)
    said = list(rows.order_by("day").values_list("day", "value", "value2"))
    values = trend(Seen(day, value) for day, value, _ in said)
    second = trend(Seen(day, value) for day, _, value in said) if MEASURES[kind].low2 is not None else None
    return Course(kind, context, MEASURES[kind].unit, first, last, values, second)


def goals_listed(owner_id: int) -> QuerySet[Goal]:
    """List living goals, the newest first."""
    rows: QuerySet[Goal] = Goal.objects.of(owner_id).alive()
    return rows.order_by("-pk")
