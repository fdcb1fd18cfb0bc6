"""What can be drawn over days, and where each value is read from a day's parts. None is unknown, never zero."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onharu.day.parts import GOALS, JOURNAL, MEALS, WORKOUTS, Parts
from onharu.kernel.wording import NUTRIENT_WORDS

Values = tuple[Decimal | None, ...]
UNKNOWN: Values = (None,)
BAR, LINE = "bar", "line"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is drawn over days.

    `part` is the room that tells it. `names` are its series, one or two. `grows` says that a day's value is a sum
    which is not complete before the day is over; `adds_up` that a sum over days means something too; `seldom` that
    it is measured now and then, so that a line may join what was measured. `partial` tells whether the value of a day
    may be too low because something in it is unknown. `energy` may be kept out of sight.
    """

    key: str
    part: str
    name: str | Promise
    unit: str | Promise
    read: Callable[[Parts], Values]
    kind: str = BAR
    decimals: int = 0
    names: tuple[str | Promise, ...] = ()
    grows: bool = False
    adds_up: bool = False
    seldom: bool = False
    partial: Callable[[Parts], bool] = lambda _parts: False
    energy: bool = False


def _nutrient(key: str, *, energy: bool = False) -> Measure:
    words = NUTRIENT_WORDS[key]

    def read(parts: Parts) -> Values:
        eaten = parts.meals
        return (getattr(eaten.total.nutrients, key),) if eaten and eaten.total.count else UNKNOWN

    def partial(parts: Parts) -> bool:
        return bool(parts.meals and parts.meals.total.unknown.get(key))

    return Measure(key, MEALS, words.name, words.unit, read, grows=True, partial=partial, energy=energy)


def _water(parts: Parts) -> Values:
    ml = parts.meals.water_ml if parts.meals else None
    return UNKNOWN if ml is None else (Decimal(ml),)


def _minutes(parts: Parts) -> Values:
    return (parts.workouts.minutes,) if parts.workouts and parts.workouts.logs else UNKNOWN


def _burnt(parts: Parts) -> Values:
    return (parts.workouts.kcal_gross,) if parts.workouts and parts.workouts.logs else UNKNOWN


def _burnt_partly(parts: Parts) -> bool:
    return bool(parts.workouts and parts.workouts.unknown_kcal)


def _measured(kind: str, *, second: bool = False) -> Callable[[Parts], Values]:
    def read(parts: Parts) -> Values:
        rows = [one for one in parts.goals.measurements if one.kind == kind] if parts.goals else []
        if not rows:
            return (None, None) if second else UNKNOWN
        # Measured twice on a day: the later one is that day's.
        return (rows[-1].value, rows[-1].value2) if second else (rows[-1].value,)

    return read


def _sleep(parts: Parts) -> Values:
    report = parts.journal.report if parts.journal else None
    return (report.sleep_hours,) if report else UNKNOWN


def _told(answer: str) -> Callable[[Parts], Values]:
    def read(parts: Parts) -> Values:
        report = parts.journal.report if parts.journal else None
        said = getattr(report, answer) if report else None
        return UNKNOWN if said is None else (Decimal(said),)

    return read


MEASURES: tuple[Measure, ...] = (
    _nutrient("kcal", energy=True),
    _nutrient("protein_g"),
    _nutrient("sodium_mg"),
    Measure("water_ml", MEALS, _("물"), "ml", _water, grows=True),
    Measure(
        "workout_minutes", WORKOUTS, _("운동한 시간"), pgettext_lazy("unit", "분"), _minutes, adds_up=True
    ),
    Measure(
        "workout_kcal", WORKOUTS, _("운동으로 쓴 열량"), "kcal", _burnt, adds_up=True,
        partial=_burnt_partly, energy=True,
    ),
    Measure("weight", GOALS, _("체중"), "kg", _measured("WEIGHT"), LINE, 1, seldom=True),
    Measure("waist", GOALS, _("허리둘레"), "cm", _measured("WAIST"), LINE, 1, seldom=True),
    Measure(
        "blood_pressure", GOALS, _("혈압"), "mmHg", _measured("BLOOD_PRESSURE", second=True), LINE,
        seldom=True,
        names=(_("수축기"), _("이완기")),
    ),
    Measure("sleep_hours", JOURNAL, _("잠"), pgettext_lazy("unit", "시간"), _sleep, decimals=1),
    Measure("mood", JOURNAL, _("기분"), pgettext_lazy("of five", "점"), _told("mood"), LINE),
    Measure("condition", JOURNAL, _("컨디션"), pgettext_lazy("of five", "점"), _told("condition"), LINE),
)  # fmt: skip
BY_KEY = {measure.key: measure for measure in MEASURES}


def shown_to(*, hide_energy: bool) -> tuple[Measure, ...]:
    """List what somebody sees: who keeps energy out of sight sees none of it."""
    return tuple(measure for measure in MEASURES if not (hide_energy and measure.energy))
