"""Months of doses: each day says how many of how many were taken; a day of which nothing is known is blank."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.design.templatetags.design import WEEKDAYS
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.doses import day_url
from onharu.records.medication.pages.history import number_said
from onharu.records.medication.queries.adherence import Adherence, adherence_of
from onharu.records.medication.queries.regimens import regimens_of
from onharu.records.medication.rules.adherence import RULE_EN, RULE_KO, Counts

FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of a month; `count` is empty where nothing is known, `sentence` says it for ears."""

    day: date
    url: str
    inside: bool
    is_today: bool
    count: str
    percent: int
    counts: Counts | None
    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """How a medicine went in a month."""

    name: str
    url: str
    words: str
    percent: str


def month_said(said: str | None, today: date) -> date:
    """Read a month like 2026-11; anything else is this month. Answers its first day."""
    year, _dash, month = (said or "").partition("-")
    if all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in (year, month)):
        inside = FIRST_YEAR <= int(year) < LAST_YEAR and 1 <= int(month) <= 12
        return date(int(year), int(month), 1) if inside else today.replace(day=1)
    return today.replace(day=1)


def counted_words(counts: Counts) -> str:
    """Say counts: "32번 중 28번 먹음 · 건너뜀 1 · 기록 없음 3"."""
    planned = ngettext("{planned}번 중 {taken}번 먹음", "{planned}번 중 {taken}번 먹음", counts.planned)
    return words.joined(
        planned.format(planned=counts.planned, taken=counts.taken),
        _unbroken(_("건너뜀 {count}").format(count=counts.skipped)) if counts.skipped else "",
        _unbroken(_("기록 없음 {count}").format(count=counts.unanswered)) if counts.unanswered else "",
    )


def _unbroken(said: str) -> str:
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def day_shown(visit: Visit, day: date, month: date, counts: Counts | None) -> DayShown:
    """Show a day of a month; without planned doses it is blank, never zero."""
    said = words.long_day(day)
    known = counts is not None and counts.planned > 0
    about = counted_words(counts) if counts is not None and known else _("아는 것이 없어요")
    return DayShown(
        day=day,
        url=day_url(day),
        inside=day.month == month.month,
        is_today=day == visit.today,
        count=f"{counts.taken}/{counts.planned}" if counts is not None and known else "",
        percent=counts.taken * 100 // counts.planned if counts is not None and known else 0,
        counts=counts if known else None,
        sentence=f"{said}, {about}",
        words=said,
    )


def percent_words(counts: Counts) -> str:
    """Write a share: "87.5%"; of nothing there is none."""
    return "" if counts.percent is None else f"{words.plain(counts.percent)}%"


def month_context(visit: Visit, month: date, regimen_id: int | None) -> dict[str, Any]:
    """Read a month; at most five statements however many doses it holds."""
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    known = {one.id: one.name for one in regimens_of(visit.person, at=visit.at, ended=None)}
    only = regimen_id if regimen_id in known else None
    found = adherence_of(visit.person, month, last, at=visit.at, only=None if only is None else [only])
    shown = [
        [day_shown(visit, day, month, found.days.get(day) if day.month == month.month else None) for day in week]
        for week in weeks
    ]
    return {
        "month": month,
        "title": date_format(month, pgettext("date format", "Y년 n월")),
        "weekdays": [str(word) for word in WEEKDAYS],
        "weeks": shown,
        "known_days": [one for week in shown for one in week if one.inside and one.counts],
        "percent": percent_words(found.counts),
        "counted": counted_words(found.counts) if found.counts.planned else "",
        "parts": parts_of(found, month),
        "regimens": [(pk, name, pk == only) for pk, name in known.items()],
        "regimen": only,
        "name": known.get(only) if only is not None else "",
        "previous_url": month_url(month - ONE_DAY, only),
        "next_url": month_url(last + ONE_DAY, only) if last < visit.today else "",
        "rule": RULE_EN if words.english() else RULE_KO,
    }


def parts_of(found: Adherence, month: date) -> list[PartShown]:
    """Show how each medicine went."""
    return [
        PartShown(one.name, month_url(month, one.regimen_id), counted_words(one.counts), percent_words(one.counts))
        for one in found.regimens
        if one.counts.planned
    ]


def month_url(day: date, regimen_id: int | None, view: str = "") -> str:
    """Address a month."""
    said = {"month": f"{day:%Y-%m}"}
    said |= {} if regimen_id is None else {"regimen": str(regimen_id)}
    return f"/medicines/adherence/?{urlencode(said | ({'view': view} if view else {}))}"


@signed_in
@require_safe
def adherence(request: HttpRequest) -> HttpResponse:
    """Show a month as a grid or as a table."""
    visit = visit_of(request)
    month = month_said(request.GET.get("month"), visit.today)
    only = number_said(request.GET.get("regimen"))
    as_table = request.GET.get("view") == "table"
    context = month_context(visit, month, only) | {
        "as_table": as_table,
        "grid_url": month_url(month, only),
        "table_url": month_url(month, only, "table"),
    }
    return door.shown(request, visit, "medication/doses/adherence.html", context)
