"""What the pages show: targets, goals and measurements as written words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST
from onharu.kernel.wording import amount
from onharu.records.goals.queries.days import GoalEntry, MeasurementEntry
from onharu.records.goals.queries.progress import GoalProgress
from onharu.records.goals.queries.targets import REFERENCE, TargetEntry
from onharu.records.goals.queries.wording import (
    CONTEXT_WORDS,
    HABIT_WORDS,
    KIND_WORDS,
    TARGET_WORDS,
    bound,
    unit_of,
    value_words,
)
from onharu.records.goals.rules.measuring import Trend
from onharu.records.goals.rules.progress import DOWN

BOOK = "보건복지부·한국영양학회 한국인 영양소 섭취기준"
ENERGY = frozenset({"kcal"})
LESS = re.compile(r"에너지필요추정량 − ([\d,]+) kcal, 안정 시 대사량")


@dataclass(frozen=True, slots=True)
class TargetShown:
    """One target in force, or one that could be."""

    key: str
    name: str
    amount: str
    word: str
    unit: str
    why: str
    own: bool
    guidance: bool


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One long goal with its bar."""

    id: int
    title: str
    value: str | None
    target: str
    unit: str
    direction: str
    percent: int | None
    state: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class MeasurementShown:
    """One measurement as a row."""

    entry: MeasurementEntry
    name: str
    value: str
    unit: str
    context: str


def day_words(day: date) -> str:
    """Write a day: "11월 22일"."""
    return date_format(day, pgettext("date format", "n월 j일"))


def reference_words(text: str, *, short: bool = False) -> str:
    """Say where a number comes from in the reader's language; short leaves out the book, which the page names once."""
    text = text.removeprefix(f"{BOOK} ") if short else text
    if (less := LESS.match(text)) is not None:
        return _("에너지필요추정량 − {kcal} kcal, 안정 시 대사량(Mifflin–St Jeor) 이상").format(kcal=less[1])
    return _(text)


def target_shown(entry: TargetEntry, *, short: bool = True) -> TargetShown:
    """Show a target with why it holds."""
    written = bound(entry.direction, entry.low, entry.high)
    return TargetShown(
        key=entry.key,
        name=str(TARGET_WORDS[entry.key].name),
        amount=written.amount,
        word=written.word,
        unit=unit_of(entry.key),
        why=_why(entry, short=short),
        own=entry.source != REFERENCE,
        guidance=entry.guidance,
    )


def _why(entry: TargetEntry, *, short: bool) -> str:
    words = reference_words(entry.reference, short=short)
    if entry.source == REFERENCE:
        assumed = _("나이를 몰라 어른 기준으로 보여 드려요") if entry.assumed else ""
        return " · ".join(part for part in (words, entry.edition, assumed) if part)
    since = _("{day}부터").format(day=day_words(entry.from_day)) if entry.from_day else ""
    own = entry.edition if entry.source != "OWN" else ""
    return " · ".join(part for part in (words, own, since) if part)


def goal_title(goal: GoalEntry) -> str:
    """Name a goal: its title, or what it says by itself."""
    number = amount(goal.target)
    said = {
        "WEIGHT": _("체중 {n} kg"),
        "STRENGTH": _("{name} {n} kg"),
        "HABIT": _("한 주 {n}일 {name}"),
        "MINUTES": _("한 주 {n}분 움직이기"),
    }
    name = str(HABIT_WORDS[goal.habit]) if goal.habit else goal.exercise_name
    return goal.title or said[goal.kind].format(n=number, name=name)


def goal_shown(found: GoalProgress, today: date) -> GoalShown:
    """Show a goal with how far it has come."""
    goal, progress = found.goal, found.progress
    units = {"WEIGHT": "kg", "STRENGTH": "kg", "HABIT": pgettext("unit", "일"), "MINUTES": pgettext("unit", "분")}
    unit, title = units[goal.kind], goal_title(goal)
    value = None if progress.now is None else amount(progress.now)
    told = _("{title}, 아직 알 수 없어요").format(title=title)
    if value is not None and progress.percent is not None:
        told = _("{title}, 지금 {value}{unit}, 목표 {target}{unit}, {percent}퍼센트").format(
            title=title, value=value, target=amount(goal.target), unit=unit, percent=progress.percent
        )
    return GoalShown(
        id=goal.id,
        title=title,
        value=value,
        target=amount(goal.target),
        unit=unit,
        direction=AT_MOST if goal.direction == DOWN else AT_LEAST,
        percent=progress.percent,
        state="none" if progress.percent is None else "within" if progress.reached else "under",
        sentence=told,
        note=_goal_note(found, today),
    )


def _goal_note(found: GoalProgress, today: date) -> str:
    goal = found.goal
    parts = []
    if goal.kind in ("HABIT", "MINUTES"):
        parts.append(_("이번 주"))
    elif goal.start_value:
        parts.append(_("{day} {kg} kg에서 시작").format(day=day_words(goal.start_day), kg=amount(goal.start_value)))
    if goal.due is not None:
        left = (goal.due - today).days
        parts.append(
            _("{day}까지").format(day=day_words(goal.due))
            if left < 0
            else ngettext("{day}까지 {n}일", "{day}까지 {n}일", left).format(day=day_words(goal.due), n=left)
        )
    return " · ".join(parts)


def measurement_shown(entry: MeasurementEntry) -> MeasurementShown:
    """Show a measurement."""
    return MeasurementShown(
        entry=entry,
        name=str(KIND_WORDS[entry.kind]),
        value=value_words(entry.value, entry.value2),
        unit=entry.unit,
        context=str(CONTEXT_WORDS[entry.context]) if entry.context else "",
    )


def trend_words(trend: Trend, unit: str, name: str = "") -> str:
    """Say where values go, with n and the days they span; or what is missing to tell."""
    if trend.lack:
        return _("추세는 일주일에 걸쳐 5일 이상 재면 알려 드려요. 지금은 {n}일이에요.").format(n=trend.n)
    slope = trend.per_week or Decimal(0)
    sign = "＋" if slope > 0 else "−" if slope < 0 else "±"
    return _("{name}{n}일 잰 값({span}일 동안)의 추세: 한 주에 {sign}{slope} {unit}").format(
        name=f"{name} " if name else "", n=trend.n, span=trend.span, sign=sign, slope=f"{abs(slope):.2f}", unit=unit
    )


def visible(targets: Iterable[TargetShown], *, hide_numbers: bool) -> list[TargetShown]:
    """Leave energy out where numbers are to stay out of sight."""
    return [one for one in targets if not (hide_numbers and one.key in ENERGY)]
