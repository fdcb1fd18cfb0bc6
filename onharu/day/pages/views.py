"""The 오늘 page and its part that changes. The summary is computed in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.day.doses import DOSES, mark_of
from onharu.day.pages.doses import dose_meter
from onharu.day.pages.lines import free_words, room_shown, streak_words
from onharu.day.pages.meters import lines, meters
from onharu.day.pages.movement import movement_meter, week_of, week_words
from onharu.day.pages.next_thing import NextThing, next_dose, next_thing, week_before
from onharu.day.pages.timeline import moments
from onharu.day.parts import MEALS, WORKOUTS, Parts, parts_of
from onharu.day.standing import Standing, standing_of
from onharu.day.summary import DaySummary, day_summary
from onharu.kernel import clock
from onharu.records.meals import public as meals

ADULT_FROM = 19
TIMELINE = (MEALS, WORKOUTS, DOSES)


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
    visit, now = _looked(request)
    return _shown(request, visit, "day/today.html", {**day_context(visit, now), **line_context(visit, now)})


@signed_in
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Show how the day stands; 204 when the screen has this state already."""
    visit, now = _looked(request)
    return _unless_seen(request, visit, now, "day/now.html", day_context)


@signed_in
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """Show the day's line by the clock; 204 when the screen has this state already."""
    visit, now = _looked(request)
    return _unless_seen(request, visit, now, "day/timeline.html", line_context)


@signed_in
@require_safe
def streak(request: HttpRequest) -> HttpResponse:
    """Show the days in a row and how they are counted; a page of its own without a script."""
    visit, now = _looked(request)
    template = "day/streak.html" if "HX-Request" in request.headers else "day/streak_page.html"
    return _shown(request, visit, template, run_context(visit, now, day_summary(visit.person, now.day, now, visit.at)))


def _unless_seen(
    request: HttpRequest,
    visit: Visit,
    now: Standing,
    template: str,
    context: Callable[[Visit, Standing], dict[str, Any]],
) -> HttpResponse:
    """Show a part, unless the screen has this state already: what was written, and what is due by the clock."""
    seen = request.GET.get("seen", "")
    if seen.partition("-")[0] == str(now.latest) and seen == state_of(
        now, parts_of(visit.person, now, visit.at), visit
    ):
        return HttpResponse(status=204)
    return _shown(request, visit, template, context(visit, now))


def state_of(now: Standing, parts: Parts, visit: Visit) -> str:
    """Name the state of a day on a screen."""
    return "-".join(part for part in (str(now.latest), mark_of(parts.doses, visit.at)) if part)


def _looked(request: HttpRequest) -> tuple[Visit, Standing]:
    visit = visit_of(request)
    return visit, standing_of(visit.person.id, visit.day(request.GET.get("date")))


def _shown(request: HttpRequest, visit: Visit, template: str, context: dict[str, Any]) -> HttpResponse:
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, template, context)


def day_context(visit: Visit, now: Standing) -> dict[str, Any]:
    """Read a day, and what the next thing is told by: nothing is asked whose version did not change."""
    person, day = visit.person, now.day
    summary = day_summary(person, day, now, visit.at)
    is_today, age = day == visit.today, person.age_on(day)
    under_age = age is not None and age < ADULT_FROM
    movement = movement_meter(summary, week_of(now), today=visit.today, adult=not under_age)
    return {
        "day": day,
        "version": state_of(now, summary.parts, visit),
        "is_today": is_today,
        "meters": [
            *meters(summary, hide_energy=person.hide_numbers),
            *(one for one in (movement, dose_meter(summary.parts.doses)) if one),
        ],
        "lines": lines(summary, hide_energy=person.hide_numbers),
        "next": _next(visit, now, summary) if is_today else None,
        "unavailable": summary.unavailable,
        "targets": _targets_told(summary),
        "under_age": under_age,
        "maternity": bool(person.maternity),
        "room": room_shown(summary.room) if is_today and not person.hide_numbers else None,
        **run_context(visit, now, summary),
        "week": week_strip(visit, day, summary.written or ()),
        "previous_url": _url(day - timedelta(days=1)),
        "next_url": _url(day + timedelta(days=1)) if day < visit.today else "",
        "today_url": "/today/",
    }


def run_context(visit: Visit, now: Standing, summary: DaySummary) -> dict[str, str]:
    """Tell the days in a row and how the week goes."""
    return {
        "streak": streak_words(summary.streak),
        "streak_free": free_words(summary.streak),
        "week_words": week_words(week_of(now), summary.written, day=now.day, today=visit.today),
    }


def _next(visit: Visit, now: Standing, summary: DaySummary) -> NextThing | None:
    parts = summary.parts
    if (dose := next_dose(parts.doses, visit.at)) is not None:
        return dose
    if parts.meals is None:
        return None
    hidden = visit.person.hide_numbers
    return next_thing(visit, parts.meals, parts.workouts, week_before(now), hide_energy=hidden)


def line_context(visit: Visit, now: Standing) -> dict[str, Any]:
    """Read the day's meals, doses and workouts in clock order."""
    parts, slot = parts_of(visit.person, now, visit.at), meals.slot_at(visit.clock_time)
    return {
        "day": now.day,
        "version": state_of(now, parts, visit),
        "is_today": now.day == visit.today,
        "is_ahead": now.day > visit.today,
        "moments": moments(parts, hide_energy=visit.person.hide_numbers),
        "failed": [part for part in parts.failed if part in TIMELINE],
        "add_slot": slot,
        "add_word": meals.SLOT_WORDS[slot],
        "add_more": bool(parts.meals and parts.meals.in_slot(slot)),
    }


def _targets_told(summary: DaySummary) -> str:
    """Tell which targets there are: all, only those of any adult, or none."""
    known = {one.nutrient for one in summary.progress}
    if "kcal" in known:
        return "all"
    return "some" if known else "none"


def week_strip(visit: Visit, day: date, entered: Iterable[date]) -> list[WeekDay]:
    """Lay out the week of a day, Monday first."""
    marked = set(entered)
    monday = day - timedelta(days=day.weekday())
    return [
        WeekDay(one, _url(one), one == day, one == visit.today, one in marked, one > visit.today)
        for one in (monday + timedelta(days=ahead) for ahead in range(7))
    ]


def _url(day: date) -> str:
    return f"/today/?{urlencode({'date': day.isoformat()})}"
