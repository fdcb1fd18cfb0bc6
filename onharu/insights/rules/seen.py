"""What the rules look at: five weeks of one person's rows as plain values. None is unknown and never zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

WINDOW = 35
ADULT_FROM = 19


@dataclass(frozen=True, slots=True)
class Food:
    """One food that was eaten, with its amounts by nutrient key."""

    id: int
    name: str
    amounts: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meal; `at` is the time on the person's wall."""

    id: int
    slot: str
    at: time
    foods: tuple[Food, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """One workout; `sets` counts what was written of them."""

    id: int
    name: str
    minutes: Decimal | None
    rpe: Decimal | None
    sets: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """One exercise of the day's plan: `state` is planned, done or skipped."""

    id: int
    name: str
    state: str
    rpe_target: Decimal | None = None
    skip_reason: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """One measured weight."""

    id: int
    kg: Decimal


@dataclass(frozen=True, slots=True)
class SeenDay:
    """One day. `minutes` counts every minute of movement once; `report_id` is None where nothing was reported."""

    day: date
    sittings: tuple[Sitting, ...] = ()
    water_ml: int | None = None
    trained: tuple[Trained, ...] = ()
    minutes: Decimal | None = None
    planned: tuple[Planned, ...] = ()
    rest_day: bool = False
    report_id: int | None = None
    sleep_hours: Decimal | None = None
    mood: int | None = None
    condition: int | None = None
    said: tuple[str, ...] = ()
    weights: tuple[Weight, ...] = ()

    @property
    def written(self) -> bool:
        """Whether anything was written that counts for the days in a row."""
        return bool(self.sittings or self.trained or self.weights or self.report_id)

    @property
    def foods(self) -> tuple[Food, ...]:
        """Everything that was eaten, in clock order."""
        return tuple(food for sitting in self.sittings for food in sitting.foods)

    def known(self, nutrient: str) -> Decimal | None:
        """Add up what is known of a nutrient: at least this much was eaten. None when no food tells."""
        amounts = [amount for food in self.foods if (amount := food.amounts.get(nutrient)) is not None]
        return sum(amounts, Decimal(0)) if amounts else None

    def unknown(self, nutrient: str) -> int:
        """Count the foods that do not tell."""
        return sum(food.amounts.get(nutrient) is None for food in self.foods)


@dataclass(frozen=True, slots=True)
class Limit:
    """What an amount is held against, own or reference, with where that comes from."""

    key: str
    low: Decimal | None
    high: Decimal | None
    source: str
    edition: str
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Beaten:
    """A personal record of the day: what was lifted or held, and what it beat."""

    log_id: int
    name: str
    kind: str
    value: Decimal
    before: Decimal
    reps: int | None = None
    weight_kg: Decimal | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """One person's last five weeks up to `day`. `now` is the time on their wall when `day` is today, else None.

    `failed` names rooms that could not be read: a rule that needs one of them stays silent.
    """

    day: date
    days: Mapping[date, SeenDay] = field(default_factory=dict)
    now: time | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)
    age: int | None = None
    beaten: tuple[Beaten, ...] = ()
    failed: frozenset[str] = frozenset()

    def on(self, day: date) -> SeenDay:
        """The day, empty when nothing was written."""
        return self.days.get(day) or SeenDay(day)

    @property
    def today(self) -> SeenDay:
        """The day that is asked about."""
        return self.on(self.day)

    def last(self, days: int, *, today: bool = True) -> tuple[SeenDay, ...]:
        """The last days in a row, the oldest first, with or without the asked one."""
        end = self.day if today else self.day - timedelta(days=1)
        return tuple(self.on(end - timedelta(days=back)) for back in reversed(range(days)))

    def finished(self, days: int) -> tuple[SeenDay, ...]:
        """The last days that are over: without the asked one while it is today."""
        return self.last(days, today=self.now is None)


def mean(amounts: Iterable[Decimal]) -> Decimal:
    """The mean of at least one amount."""
    listed = list(amounts)
    return sum(listed, Decimal(0)) / len(listed)
