"""How a day's progress is drawn and said. The judging is done in `day.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST, Target
from onharu.day.rules import BELOW, INSIDE, OVER, Progress, eaten_of
from onharu.day.summary import DaySummary
from onharu.kernel.quantities import NUTRIENTS, Total
from onharu.kernel.wording import NUTRIENT_WORDS, amount

MAIN = ("kcal", "protein_g", "sodium_mg")
STATES = {BELOW: "under", INSIDE: "within", OVER: "over"}


@dataclass(frozen=True, slots=True)
class Meter:
    """What `design/meter.html` draws."""

    id: str
    label: str
    value: str | None
    unit: str
    target: str
    direction: str
    percent: int | None
    floor_percent: int | None
    state: str
    sentence: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Line:
    """One nutrient in the table of all: amount, target and where that comes from."""

    label: str
    value: str
    unit: str
    known: bool
    target: str
    state: str
    source: str
    unknown: int


def meters(summary: DaySummary, *, hide_energy: bool = False) -> list[Meter]:
    """Draw the measures of eating everybody sees; without a target only the amount."""
    if summary.parts.meals is None:
        return []
    known = {one.nutrient: one for one in summary.progress}
    total = summary.parts.meals.total
    return [_meter(key, known.get(key), total) for key in MAIN if not (hide_energy and key == "kcal")]


def _meter(key: str, progress: Progress | None, total: Total) -> Meter:
    label, unit = str(NUTRIENT_WORDS[key].name), NUTRIENT_WORDS[key].unit
    value, unknown_rows = eaten_of(total, key), total.unknown.get(key, 0)
    target = progress.target if progress else None
    return Meter(
        id=f"meter-{key}",
        label=label,
        value=None if value is None else amount(value),
        unit=unit,
        target=target_words(target),
        direction=target.direction if target else "",
        percent=progress.percent if progress else None,
        floor_percent=_floor(target),
        state=STATES.get(progress.state, "none") if progress else "none",
        sentence=sentence(key, value, progress),
        unknown=unknown_words(label, unknown_rows) if value is not None else "",
    )


def target_words(target: Target | None) -> str:
    """Write a target: "50", "2,300" or "1,884~2,303"."""
    if target is None:
        return ""
    return "~".join(amount(end) for end in (target.low, target.high) if end is not None)


def _floor(target: Target | None) -> int | None:
    if target is None or target.low is None or not target.high:
        return None
    return int(target.low * 100 / target.high)


def unknown_words(label: str, count: int) -> str:
    """Say that a sum may be too low; nothing when every food is known."""
    if not count:
        return ""
    return ngettext(
        "{count}개 음식은 {nutrient} 정보가 없어 합계가 적게 나올 수 있어요",
        "{count}개 음식은 {nutrient} 정보가 없어 합계가 적게 나올 수 있어요",
        count,
    ).format(count=count, nutrient=label, nutrient_small=label.lower())


def sentence(key: str, value: Decimal | None, progress: Progress | None) -> str:
    """Say a measure whole, for ears: "나트륨 1,850밀리그램, 기준 2,300 이하, 80퍼센트, 기준 이내"."""
    name, spoken = NUTRIENT_WORDS[key].name, NUTRIENT_WORDS[key].spoken_unit
    if value is None:
        return _("{nutrient} 정보 없음").format(nutrient=name)
    said = _("{nutrient} {value}{unit}").format(nutrient=name, value=amount(value), unit=spoken)
    if progress is None:
        return _("{said}, 기준 없음").format(said=said)
    words = {
        AT_LEAST: _("기준 {target} 이상"),
        AT_MOST: _("기준 {target} 이하"),
    }.get(progress.target.direction, _("기준 {target}"))
    parts = [
        said,
        words.format(target=target_words(progress.target)),
        _("{percent}퍼센트").format(percent=progress.percent),
    ]
    return ", ".join([*parts, _standing(progress)])


def _standing(progress: Progress) -> str:
    if progress.state == OVER:
        return _("기준 초과")
    if progress.state == BELOW:
        return _("기준에 못 미침")
    return _("기준을 채움") if progress.target.direction == AT_LEAST else _("기준 이내")


def lines(summary: DaySummary, *, hide_energy: bool = False) -> list[Line]:
    """List all nutrients with their targets and the sources of those."""
    if summary.parts.meals is None:
        return []
    known: Mapping[str, Progress] = {one.nutrient: one for one in summary.progress}
    total = summary.parts.meals.total
    return [_line(key, known.get(key), total) for key in NUTRIENTS if not (hide_energy and key == "kcal")]


def _line(key: str, progress: Progress | None, total: Total) -> Line:
    target, eaten = progress.target if progress else None, eaten_of(total, key)
    directions = {AT_LEAST: _("{target} 이상"), AT_MOST: _("{target} 이하")}
    written = directions.get(target.direction, "{target}").format(target=target_words(target)) if target else ""
    return Line(
        label=str(NUTRIENT_WORDS[key].name),
        value=amount(eaten),
        unit=NUTRIENT_WORDS[key].unit,
        known=eaten is not None,
        target=written,
        state=STATES.get(progress.state, "none") if progress else "none",
        source=f"{target.source} ({target.edition})" if target else "",
        unknown=total.unknown.get(key, 0),
    )
