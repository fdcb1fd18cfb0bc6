"""Regimens and doses as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from onharu.records.medication.rules.ledger import State, Told, state_of
from onharu.records.medication.rules.schedules.shapes import Anchor, Interval, Limit, Schedule


@dataclass(frozen=True, slots=True)
class RegimenEntry:
    """A medicine that somebody takes, as the newest wording says it.

    `sentence` says the schedule in Korean. `ended` is on the day after `end`, or once it was stopped (`stopped_at`).
    """

    id: int
    item_seq: str
    name: str
    why: str
    note: str
    unit: str
    amount: Decimal
    schedule: Schedule
    sentence: str
    start: date
    end: date | None
    stopped_at: datetime | None
    reminds: bool
    tracks_stock: bool
    refill_days: int
    position: int
    version: int
    ended: bool
    as_needed: bool
    created_at: datetime
    changed_at: datetime

    @property
    def limit(self) -> Limit:
        """What is not passed without asking."""
        return self.schedule.limit


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One wording of a regimen: what held from `since` on."""

    id: int
    n: int
    since: datetime
    sentence: str
    schedule: Schedule
    amount: Decimal
    start: date
    end: date | None
    stops: bool


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Something that happened to a dose. `by_other`: somebody else than its owner said it."""

    id: int
    kind: str
    at: datetime
    amount: Decimal | None
    reason: str
    over_limit: bool
    by_other: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DoseEntry:
    """A dose: planned, or taken without a plan (`planned_at` None). `id` is the same before and after it has a row.

    `amount` is what is planned, `taken_amount` what was taken. `projected`: when depends on a dose that is still open.
    """

    id: str
    regimen_id: int
    name: str
    item_seq: str
    unit: str
    planned_at: datetime | None
    day: date
    amount: Decimal
    anchor: Anchor | None
    state: State
    taken_at: datetime | None
    taken_amount: Decimal | None
    reason: str
    over_limit: bool
    by_other: bool
    projected: bool
    events: tuple[EventEntry, ...]

    @property
    def counts(self) -> bool:
        """Whether it was planned; one without a plan is no part of "n of m"."""
        return self.planned_at is not None

    @property
    def at(self) -> datetime | None:
        """When it stands in a day: its planned time, or when it was taken."""
        return self.planned_at or self.taken_at


@dataclass(frozen=True, slots=True)
class DoseDay:
    """The doses of a day, in the order of their times. `by_meals`: their times may move when a meal is written down."""

    day: date
    doses: tuple[DoseEntry, ...]
    by_meals: bool = field(default=False, compare=False)

    def seen_at(self, at: datetime) -> DoseDay:
        """See the same doses at a later moment: what was planned is due by then, or late; what was said stays."""
        return replace(self, doses=tuple(_seen_at(dose, at) for dose in self.doses))

    @property
    def planned(self) -> int:
        """Count what was to be taken."""
        return sum(dose.counts for dose in self.doses)

    @property
    def taken(self) -> int:
        """Count what was taken of what was planned."""
        return sum(dose.counts and dose.state == "taken" for dose in self.doses)

    @property
    def unplanned(self) -> int:
        """Count what was taken without a plan."""
        return sum(not dose.counts and dose.state == "taken" for dose in self.doses)

    def next(self, at: datetime) -> DoseEntry | None:
        """Find the first dose that is still to be taken at or after a moment."""
        ahead = (dose for dose in self.doses if dose.planned_at is not None and dose.planned_at >= at)
        return next((dose for dose in ahead if dose.state == "planned"), None)

    def open(self) -> tuple[DoseEntry, ...]:
        """List what came due and was not answered."""
        return tuple(dose for dose in self.doses if dose.state in {"due", "late"})


def _seen_at(dose: DoseEntry, at: datetime) -> DoseEntry:
    if dose.planned_at is None or dose.state in {"taken", "skipped"}:
        return dose
    state = state_of(Told(late=dose.state == "late"), dose.planned_at, at)
    return dose if state == dose.state else replace(dose, state=state)


def empty_day(day: date) -> DoseDay:
    """A day without doses."""
    return DoseDay(day, ())


def by_taking(schedule: Schedule) -> bool:
    """Whether the next dose hangs on when the last one was taken."""
    return any(isinstance(phase.when, Interval) and phase.when.origin == "taken" for phase in schedule.phases)
