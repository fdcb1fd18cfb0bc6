"""How regimens stand: what of them the planner is told, read in one statement, and what it plans from that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from onharu.accounts.public import Person
from onharu.records.medication.models import Regimen, RegimenVersion, RoutineOf
from onharu.records.medication.ports import Eaten, meals_between
from onharu.records.medication.queries.entries import RegimenEntry, VersionEntry, by_taking
from onharu.records.medication.queries.rows import DoseRow
from onharu.records.medication.rules.schedules.as_json import from_json
from onharu.records.medication.rules.schedules.planning import knows, plan
from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    Facts,
    Follows,
    Interval,
    Planned,
    Routine,
    Schedule,
    Version,
)

LOOK_BACK = timedelta(hours=26)
ROUTINE = ("wake", "breakfast", "lunch", "dinner", "sleep")
_OWN = ("id", "item_seq", "name", "why", "note", "unit", "reminds", "tracks_stock", "refill_days", "position",
        "created_at", "changed_at", "planned_until", "by_meals")  # fmt: skip
_VERSION = ("id", "n", "since", "schedule", "sentence", "amount", "start", "end", "stops")


@dataclass(frozen=True, slots=True)
class Standing:
    """A regimen with all its wordings, oldest first, and up to where its due doses have rows."""

    entry: RegimenEntry
    versions: tuple[VersionEntry, ...]
    planned_until: datetime
    by_meals: bool
    routine: Routine

    @property
    def id(self) -> int:
        """The regimen."""
        return self.entry.id

    @property
    def follows(self) -> Follows | None:
        """Which regimen the newest wording follows, if it does."""
        found = (phase.when for phase in self.entry.schedule.phases)
        return next((when for when in found if isinstance(when, Follows)), None)

    @property
    def wordings(self) -> tuple[Version, ...]:
        """The wordings as the planner reads them; one that stops lies before its own beginning, so it plans nothing."""
        return tuple(_wording(one) for one in self.versions)

    @property
    def looks_from(self) -> datetime:
        """From when doses may still turn up that have no row: a meal or a taking told late makes some."""
        return self.planned_until - LOOK_BACK

    def turns_up(self, planned: Planned) -> bool:
        """Whether a planned dose without a row is owed: one that is yet to come, or one that lies in the past by now.

        The latter are of the present wording: what a meal or a taking that was told late puts there, and what a flight
        jumped over. In the first day of a wording a flight jumps over nothing: the dose of that date may be another's.
        """
        if planned.at >= self.planned_until:
            return True
        version, _, place = planned.key.partition(".")
        if planned.at < self.looks_from or version != f"v{self.entry.version}" or place.startswith("k"):
            return False
        return self._hangs or planned.at >= self.versions[-1].since + LOOK_BACK

    @property
    def _hangs(self) -> bool:
        return self.by_meals or self.follows is not None or by_taking(self.entry.schedule)


def _wording(one: VersionEntry) -> Version:
    start, end = one.start, one.end
    if one.stops:
        start = end = one.since.date() - timedelta(days=3)
    return Version(one.n, one.since, one.schedule, one.amount, start, end)


def routine_of(owner_id: int) -> Routine:
    """Tell when a person usually wakes, eats and sleeps; the usual routine where nothing was said. One statement."""
    row = RoutineOf.objects.of(owner_id).values_list(*ROUTINE).first()
    return Routine() if row is None else Routine(*row)


def standings(person: Person, regimens: QuerySet[Regimen], at: datetime) -> list[Standing]:
    """Read regimens with their wordings and the person's routine, in their order; one statement."""
    said = RoutineOf.objects.filter(owner=OuterRef("owner")).values(said=JSONObject(**{one: one for one in ROUTINE}))
    columns = (*(f"regimen__{name}" for name in _OWN), *_VERSION, "routine_")
    rows = RegimenVersion.objects.of(person.id).filter(regimen__in=regimens).annotate(routine_=Subquery(said[:1]))
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows.order_by("regimen__position", "regimen_id", "n").values_list(*columns):
        found.setdefault(row[0], []).append(row)
    return [_standing(many, person.day_at(at)) for many in found.values()]


def _standing(rows: Sequence[tuple[Any, ...]], today: date) -> Standing:
    own, width = dict(zip(_OWN, rows[-1], strict=False)), len(_OWN)
    versions = tuple(_version(row[width:-1]) for row in rows)
    planned_until, by_meals = own.pop("planned_until"), own.pop("by_meals")
    routine = Routine() if rows[-1][-1] is None else _routine(rows[-1][-1])
    return Standing(_entry(own, versions[-1], today), versions, planned_until, by_meals, routine)


def _routine(said: Mapping[str, str]) -> Routine:
    return Routine(**{name: time.fromisoformat(said[name]) for name in ROUTINE})


def _version(row: Sequence[Any]) -> VersionEntry:
    pk, n, since, schedule, sentence, amount, start, end, stops = row
    return VersionEntry(pk, n, since, sentence, from_json(schedule), amount, start, end, stops)


def _entry(own: dict[str, Any], newest: VersionEntry, today: date) -> RegimenEntry:
    return RegimenEntry(
        **own,
        amount=newest.amount,
        schedule=newest.schedule,
        sentence=newest.sentence,
        start=newest.start,
        end=newest.end,
        stopped_at=newest.since if newest.stops else None,
        version=newest.n,
        ended=newest.stops or (newest.end is not None and newest.end < today),
        as_needed=is_as_needed(newest.schedule),
    )


def is_as_needed(schedule: Schedule) -> bool:
    """Whether nothing of a schedule is planned."""
    return all(isinstance(phase.when, AsNeeded) for phase in schedule.phases)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is planned for whom: regimens, rows of theirs that were read, and a stretch of time.

    With `only` just these are planned; the others are there to be followed.
    """

    person: Person
    standings: Sequence[Standing]
    rows: Sequence[DoseRow]
    since: datetime
    until: datetime
    only: Collection[int] | None = None


def eaten_for(asked: Asked) -> Eaten:
    """Find the meals that doses of this stretch may hang on; nothing is asked where none does."""
    if not any(one.by_meals for one in asked.standings):
        return {}
    first, last = asked.person.day_at(asked.since), asked.person.day_at(asked.until)
    return meals_between(asked.person.id, first, last)


def planned_by(asked: Asked) -> dict[int, tuple[Planned, ...]]:
    """Plan regimens over a stretch of time, doses that have rows included."""
    eaten, found = eaten_for(asked), dict[int, tuple[Planned, ...]]()
    for one in asked.standings:
        if asked.only is None or one.id in asked.only:
            found[one.id] = plan(one.wordings, facts_of(asked, one, eaten), asked.since, asked.until)
    return found


def facts_of(asked: Asked, one: Standing, eaten: Eaten) -> Facts:
    """Tell the planner what a regimen hangs on."""
    answered = tuple(row.answer() for row in asked.rows if row.regimen_id == one.id)
    facts = Facts(asked.person.zone, one.routine, eaten, answered)
    if (follows := one.follows) is None:
        return facts
    return replace(facts, followed=_followed(asked, follows, eaten), followed_taken=_taken(asked, follows))


def _leader(asked: Asked, follows: Follows) -> Standing | None:
    """Find the regimen that is followed; one that follows another itself leads nobody."""
    found = (one for one in asked.standings if one.id == follows.regimen and one.follows is None)
    return next(found, None)


def _followed(asked: Asked, follows: Follows, eaten: Eaten) -> tuple[Planned, ...]:
    if (leader := _leader(asked, follows)) is None:
        return ()
    around = timedelta(minutes=abs(follows.minutes)) + timedelta(days=1)
    return plan(leader.wordings, facts_of(asked, leader, eaten), asked.since - around, asked.until + around)


def _taken(asked: Asked, follows: Follows) -> dict[str, datetime]:
    told = ((row.key, row.told.taken_at) for row in asked.rows if row.regimen_id == follows.regimen)
    return {key: taken_at for key, taken_at in told if taken_at is not None}


def known_by(asked: Asked, one: Standing, key: str) -> Planned | None:
    """Find the planned dose of a key, whenever it is; None where the planner knows none."""
    facts, follows = facts_of(asked, one, eaten_for(asked)), one.follows
    if follows is not None and (inner := key.partition(".f.")[2]):
        leader = _leader(asked, follows)
        dose = known_by(asked, leader, inner) if leader is not None else None
        facts = replace(facts, followed=() if dose is None else (dose,))
    return knows(one.wordings, facts, key)


def leaders_of(found: Iterable[Standing]) -> set[int]:
    """Name the regimens that any of these follow."""
    return {one.follows.regimen for one in found if one.follows is not None}


def hangs_on_the_last(one: Standing) -> bool:
    """Whether the planner must know the newest rows of a regimen: its doses stand apart from one another."""
    schedule = one.entry.schedule
    return schedule.limit.gap is not None or any(isinstance(phase.when, Interval) for phase in schedule.phases)
