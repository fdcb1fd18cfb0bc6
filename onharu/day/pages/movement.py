"""The meter of movement: today's minutes against one's own target, else the week's against the WHO's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.day.pages.meters import STATES, Meter
from onharu.day.rules import Progress
from onharu.day.standing import Standing, kept, tried
from onharu.day.summary import DaySummary
from onharu.kernel.wording import amount
from onharu.records.workouts import public as workouts
from onharu.records.workouts.public import WeekProgress

MINUTES = "workout_minutes"
WHOLE = 100


def week_of(standing: Standing) -> WeekProgress | None:
    """Read how the week of a day goes, kept until a workout changes anywhere; None when that fails."""
    owner_id, day = standing.owner_id, standing.day
    stamp = standing.by_part.get("workouts", 0)
    return tried("week", lambda: kept(standing, "week", day, stamp, lambda: workouts.weekly_progress(owner_id, day)))


def movement_meter(summary: DaySummary, week: WeekProgress | None, *, today: date, adult: bool) -> Meter | None:
    """Draw the minutes moved; None when the workouts could not be read. The WHO's minutes are an adult's."""
    own = next((one for one in summary.progress if one.nutrient == MINUTES), None)
    if summary.parts.workouts is None:
        return None
    if own is not None:
        unknown = sum(log.minutes is None for log in summary.parts.workouts.logs)
        return _of_day(own, unknown, is_today=summary.date == today)
    return _of_week(week, today=today, adult=adult) if week else None


def _of_day(own: Progress, unknown: int, *, is_today: bool) -> Meter:
    target = amount(own.target.low if own.target.low is not None else own.target.high)
    return Meter(
        id="meter-movement",
        label=_("움직임"),
        value=None if own.amount is None else amount(own.amount),
        unit=pgettext("unit", "분"),
        target=target,
        direction=own.target.direction,
        percent=own.percent,
        floor_percent=None,
        state=STATES.get(own.state, "none"),
        sentence=_sentence(_("오늘 움직임") if is_today else _("움직임"), own.amount, target, own.percent),
        unknown=_unknown(unknown),
    )


def _of_week(week: WeekProgress, *, today: date, adult: bool) -> Meter:
    label = _("이번 주 움직임") if is_this(week, today) else _("그 주 움직임")
    logs = sum(day.logs for day in week.days)
    moved = week.minutes if logs else Decimal(0)
    percent = None if moved is None or not adult else week.minutes_percent or 0
    target = amount(Decimal(week.minutes_target)) if adult else ""
    return Meter(
        id="meter-movement",
        label=label,
        value=None if moved is None else amount(moved),
        unit=pgettext("unit", "분"),
        target=target,
        direction="at_least" if adult else "",
        percent=percent,
        floor_percent=None,
        state="none" if percent is None else "within" if percent >= WHOLE else "under",
        sentence=_sentence(label, moved, target, percent),
        unknown="",
    )


def _sentence(what: str, moved: Decimal | None, target: str, percent: int | None) -> str:
    if moved is None:
        return _("{what} 정보 없음").format(what=what)
    if percent is None:
        return _("{what} {minutes}분, 기준 없음").format(what=what, minutes=amount(moved))
    return _("{what} {minutes}분, 기준 {target}분 이상, {percent}퍼센트").format(
        what=what, minutes=amount(moved), target=target, percent=percent
    )


def _unknown(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{count}개 운동은 시간을 몰라 합계가 적게 나올 수 있어요",
        "{count}개 운동은 시간을 몰라 합계가 적게 나올 수 있어요",
        count,
    ).format(count=count)


def is_this(week: WeekProgress, today: date) -> bool:
    """Whether a week is the one that goes on."""
    return week.week.first <= today <= week.week.last


def week_words(week: WeekProgress | None, written: frozenset[date] | None, *, day: date, today: date) -> str:
    """Say how the week goes: "이번 주 5일 기록 · 운동 3일, 95분"."""
    if written is None or week is None:
        return ""
    days = sum(week.week.first <= one <= min(day, week.week.last) for one in written)
    said = [_days_words(days, this=is_this(week, today))]
    if week.active_days:
        moved = ngettext("운동 {count}일", "운동 {count}일", week.active_days).format(count=week.active_days)
        minutes = _("{minutes}분").format(minutes=amount(week.minutes)) if week.minutes is not None else ""
        said.append(", ".join(part for part in (moved, minutes) if part))
    return " · ".join(said)


def _days_words(count: int, *, this: bool) -> str:
    if this:
        return ngettext("이번 주 {count}일 기록", "이번 주 {count}일 기록", count).format(count=count)
    return ngettext("그 주 {count}일 기록", "그 주 {count}일 기록", count).format(count=count)
