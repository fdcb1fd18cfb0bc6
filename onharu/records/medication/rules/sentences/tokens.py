"""The words of a dosing sentence once they are recognised, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Final

from onharu.records.medication.rules.schedules.shapes import AtBedtime, Clock, Days, Meal, OnWaking, Relation


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not said clearly: its code, what stood there, what was assumed."""

    code: str
    said: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount: 1정. Zero is a dose that is left out (1-0-1)."""

    amount: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class DailyTotal:
    """An amount for the whole day: 하루 2정."""

    amount: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """So many times a day; not `sure` where only "3번" stood. `upto` is the other end of "3~4회"."""

    times: int
    sure: bool = True
    upto: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """The amount before it is a day's, split so many times (#3, 3회 분복)."""

    times: int


@dataclass(frozen=True, slots=True)
class Most:
    """No more than that in a day: an amount (하루 최대 4정) or times (하루 5회까지)."""

    amount: Decimal | None
    unit: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Every:
    """8시간마다; `gap` where it was said as 간격, which is a rhythm or, when needed, a least gap."""

    minutes: int
    gap: bool = False


@dataclass(frozen=True, slots=True)
class LeastGap:
    """6시간 이상 간격."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SinceTaken:
    """지난 복용에서 8시간 뒤."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Begins:
    """08:00부터: when the first dose of an interval falls."""

    at: time
    hour: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """07:00~23:00 사이."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class AtClock:
    """At a time of the clock."""

    at: time
    hour: Doubt | None = None


@dataclass(frozen=True, slots=True)
class AtMeals:
    """By these meals, the relation to be told before or after."""

    meals: tuple[Meal, ...]


@dataclass(frozen=True, slots=True)
class ByMeal:
    """식후 30분; `minutes` None where none stood."""

    relation: Relation
    minutes: int | None


@dataclass(frozen=True, slots=True)
class AtMoment:
    """At bedtime or on waking."""

    anchor: AtBedtime | OnWaking
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Fasting:
    """공복, without saying when."""


@dataclass(frozen=True, slots=True)
class OnDays:
    """On which days; a `Monthly` without a day waits for the start."""

    days: Days
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Lasts:
    """So many days; `rough` where months were counted as 30."""

    days: int
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Starts:
    """From a date, as it was said."""

    said: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Ends:
    """Up to and with a date, as it was said."""

    said: str


@dataclass(frozen=True, slots=True)
class Needed:
    """When needed; `why` as it was said ("열날 때")."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """A new phase begins; `first` for 처음."""

    first: bool = False


@dataclass(frozen=True, slots=True)
class ByClock:
    """시계 시각 기준, 경과 시간 기준."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class OtherDose:
    """After another medicine: which one, a sentence cannot say."""


@dataclass(frozen=True, slots=True)
class Strength:
    """500mg: part of a name, never an amount."""


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that adds nothing: 복용하세요, 씩, 에."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not understood."""


Token = (
    Dose | DailyTotal | Count | Split | Most | Every | LeastGap | SinceTaken | Begins | Within | AtClock | AtMeals
    | ByMeal | AtMoment | Fasting | OnDays | Lasts | Starts | Ends | Needed | Then | ByClock | OtherDose | Strength
    | Filler | Unknown
)  # fmt: skip
SILENT: Final = (Filler, Unknown, Strength)


@dataclass(frozen=True, slots=True)
class Placed:
    """A token and where it stood."""

    token: Token
    start: int
    end: int
