"""The 오늘 page and its part that changes. The summary is computed in one call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.day.pages.meters import lines, meters
from onharu.day.pages.next_thing import next_thing, week_before
from onharu.day.summary import DaySummary, day_summary
from onharu.kernel.days import version_of

ADULT_FROM = 19


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the strip."""

    day: date
    url: str
    selected: bool
    is_today: bool
    marked: bool
    future: bool


@signed_in
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show a day: what to do next, how it stands, what was written down."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    return render(request, "day/today.html", day_context(visit, day, version_of(visit.person.id, day)))


@signed_in
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Show the part of the page that changes; 204 when the screen has this version already."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    version = version_of(visit.person.id, day)
    if request.GET.get("seen") == str(version):
        return HttpResponse(status=204)
    return render(request, "day/now.html", day_context(visit, day, version))


def day_context(visit: Visit, day: date, version: int) -> dict[str, Any]:
    """Read a day and its week: two statements after the version."""
    summary = day_summary(visit.person, day, version)
    week = week_before(visit, day) if summary.meals else None
    is_today = day == visit.today
    age = visit.person.age_on(day)
    return {
        "day": day,
        "version": version,
        "is_today": is_today,
        "summary": summary,
        "meters": meters(summary),
        "lines": lines(summary),
        "next": next_thing(visit, summary.meals, week or {}) if is_today and summary.meals else None,
        "failed": not summary.meals,
        "targets": _targets_told(summary),
        "under_age": age is not None and age < ADULT_FROM,
        "week": week_of(visit, day, [one for one, found in (week or {}).items() if found.meals]),
        "previous_url": _url(day - timedelta(days=1)),
        "next_url": _url(day + timedelta(days=1)) if day < visit.today else "",
        "today_url": "/today/",
    }


def _targets_told(summary: DaySummary) -> str:
    """Tell which targets there are: all, only those of any adult, or none."""
    known = {one.nutrient for one in summary.progress}
    if "kcal" in known:
        return "all"
    return "some" if known else "none"


def week_of(visit: Visit, day: date, entered: Iterable[date]) -> list[WeekDay]:
    """Lay out the week of a day, Monday first."""
    marked = set(entered)
    monday = day - timedelta(days=day.weekday())
    return [
        WeekDay(one, _url(one), one == day, one == visit.today, one in marked, one > visit.today)
        for one in (monday + timedelta(days=ahead) for ahead in range(7))
    ]


def _url(day: date) -> str:
    return f"/today/?{urlencode({'date': day.isoformat()})}"
