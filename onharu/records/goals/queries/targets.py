"""Targets in force on a day: one's own, and references where nothing of one's own holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from onharu.accounts.public import Person
from onharu.catalog.intakes.public import Target
from onharu.catalog.intakes.public import targets as references
from onharu.records.goals.models import DailyTarget, Goal
from onharu.records.goals.queries.days import target_of
from onharu.records.goals.queries.people import body_of, someone_of
from onharu.records.goals.rules.progress import WEIGHT
from onharu.records.goals.rules.suggestion import Aim, Suggestion, suggestion
from onharu.records.goals.rules.targets import KEYS

REFERENCE = "REFERENCE"


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target in force, why and since when; `source` is OWN, SUGGESTION or REFERENCE, which has no `id`."""

    id: int | None
    key: str
    direction: str
    low: Decimal | None
    high: Decimal | None
    source: str
    reference: str
    edition: str
    from_day: date | None
    guidance: bool
    assumed: bool


def versions_of(owner_id: int) -> QuerySet[DailyTarget]:
    """List every version, the newest first."""
    rows: QuerySet[DailyTarget] = DailyTarget.objects.of(owner_id).order_by("-from_day", "key")
    return rows


def version_on(owner_id: int, key: str, day: date) -> DailyTarget | None:
    """Find the version of a target that holds on a day; None where the reference does."""
    row = DailyTarget.objects.of(owner_id).filter(key=key, from_day__lte=day).order_by("-from_day").first()
    return None if row is None or row.removed else row


def version_with(owner_id: int, pk: int) -> DailyTarget:
    """Find one version of a target by id. Raises Missing, also for one that says "the reference again"."""
    row: DailyTarget = DailyTarget.objects.filter(removed=False).one_of(owner_id, pk)
    return row


def targets_on(person: Person, day: date, *, only_own: bool = False) -> list[TargetEntry]:
    """List the targets in force on a day, in the order of their keys. One statement."""
    rows = DailyTarget.objects.of(person.id).filter(from_day__lte=day).order_by("from_day")
    newest = {row.key: row for row in rows}
    own = {key: entry_of(row) for key, row in newest.items() if not row.removed}
    reference = {} if only_own else {one.nutrient: reference_entry(one) for one in references(body_of(person, day))}
    found = {**reference, **own}
    return [found[key] for key in KEYS if key in found]


def entry_of(row: DailyTarget) -> TargetEntry:
    """Take one's own target out of its row."""
    target = target_of(row)
    return TargetEntry(
        id=row.pk,
        key=row.key,
        direction=row.direction,
        low=row.low,
        high=row.high,
        source=row.source,
        reference=target.source,
        edition=target.edition,
        from_day=row.from_day,
        guidance=row.guidance,
        assumed=False,
    )


def reference_entry(target: Target) -> TargetEntry:
    """Show a reference as a target that nobody set."""
    return TargetEntry(
        id=None,
        key=target.nutrient,
        direction=target.direction,
        low=target.low,
        high=target.high,
        source=REFERENCE,
        reference=target.source,
        edition=target.edition,
        from_day=None,
        guidance=False,
        assumed=target.assumed,
    )


def suggested(person: Person, day: date) -> Suggestion:
    """Suggest targets by profile and the weight goal being pursued. One statement."""
    goal = Goal.objects.of(person.id).alive().filter(kind=WEIGHT, state=Goal.State.ACTIVE).order_by("-pk").first()
    aim = None if goal is None else Aim(target=goal.target, due=goal.due)
    return suggestion(someone_of(person, day), day=day, aim=aim)
