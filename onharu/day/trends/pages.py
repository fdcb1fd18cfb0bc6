"""The 흐름 page: a week or a month of everything that was written, and one measure against another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.intakes.public import Target
from onharu.day.parts import GOALS, JOURNAL, MEALS, WORKOUTS, parts_between
from onharu.day.summary import targets_of
from onharu.day.trends.figures import Days, Figure, day_words, figure_of, values_of, written
from onharu.day.trends.measures import BY_KEY, Measure, shown_to
from onharu.day.trends.rules import LENGTHS, MONTH, WEEK, Span, known_on_both
from onharu.kernel import clock
from onharu.kernel.problems import Invalid

SPAN_WORDS = {WEEK: _("일주일"), MONTH: _("한 달")}


@dataclass(frozen=True, slots=True)
class Room:
    """One room's charts; without any, what to write down so that there are some."""

    key: str
    title: str | Promise
    icon: str
    empty: str | Promise
    url: str
    action: str | Promise


ROOMS = (
    Room(
        MEALS, _("식사"), "meals", _("이 기간에는 적은 식사가 없어요"), "/meals/", pgettext_lazy("button", "식사 적기")
    ),
    Room(JOURNAL, _("잠과 기분"), "journal", _("이 기간에는 하루 기록이 없어요"), "/journal/", _("하루 기록 쓰기")),
    Room(
        WORKOUTS,
        _("운동"),
        "move-body",
        _("이 기간에는 적은 운동이 없어요"),
        "/workouts/",
        pgettext_lazy("button", "운동 적기"),
    ),
    Room(GOALS, _("몸"), "scale", _("이 기간에는 잰 값이 없어요"), "/goals/", _("체중·혈압 적기")),
)


@dataclass(frozen=True, slots=True)
class Group:
    """A room's charts as they are shown; `failed` when the room did not answer."""

    room: Room
    figures: tuple[Figure, ...]
    failed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two measures side by side: their charts, and a row for each day on which both are known."""

    figures: tuple[Figure, Figure]
    rows: tuple[tuple[str, str, str], ...]


@signed_in
@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """Show a week or a month, everything that was written and nothing else."""
    visit = visit_of(request)
    span = _asked_span(request, visit)
    measures = shown_to(hide_energy=visit.person.hide_numbers)
    one, other = (_asked_measure(request, name, measures) for name in ("one", "other"))
    days = parts_between(visit.person.id, span.before.first, span.last)
    view = _View(visit, span, days)
    context = {
        **_period(visit, span, one, other),
        "groups": [view.group(room, measures) for room in ROOMS],
        "measures": measures,
        "one": one.key if one else "",
        "other": other.key if other else "",
        "same": one is not None and one is other,
        "pair": view.pair(one, other) if one and other and one is not other else None,
    }
    with timezone.override(clock.zone(visit.person.zone)):
        return render(request, "day/trends.html", context)


def _asked_span(request: HttpRequest, visit: Visit) -> Span:
    kind = request.GET.get("span") or WEEK
    if kind not in LENGTHS:
        raise Invalid("span_unknown", "기간은 week나 month예요.", "A span is week or month.")
    return Span(kind, min(visit.day(request.GET.get("date")), visit.today))


def _asked_measure(request: HttpRequest, name: str, measures: tuple[Measure, ...]) -> Measure | None:
    said = request.GET.get(name, "")
    if not said:
        return None
    measure = BY_KEY.get(said)
    if measure not in measures:
        raise Invalid("measure_unknown", "모르는 값이에요.", "There is no such measure.")
    return measure


def _period(visit: Visit, span: Span, one: Measure | None, other: Measure | None) -> dict[str, Any]:
    after = span.after(visit.today)
    compared = {name: measure.key for name, measure in (("one", one), ("other", other)) if measure}
    return {
        "span": span,
        "first": span.first,
        "last": span.last,
        "is_now": span.last == visit.today,
        "one_month": (span.first.year, span.first.month) == (span.last.year, span.last.month),
        "kinds": [
            (words, _url(Span(kind, span.last), compared), kind == span.kind) for kind, words in SPAN_WORDS.items()
        ],
        "previous_url": _url(span.before, compared),
        "next_url": _url(after, compared) if after else "",
        "today_url": _url(Span(span.kind, visit.today), compared),
    }


def _url(span: Span, more: Mapping[str, str]) -> str:
    return f"/trends/?{urlencode({'span': span.kind, 'date': span.last.isoformat(), **more})}"


class _View:
    """One span of one person, made ready to be drawn."""

    def __init__(self, visit: Visit, span: Span, days: Days) -> None:
        self.span = span
        self.days = days
        self.today = visit.today
        last = days[span.last]
        self.failed = last.failed
        self.aims: dict[str, Target] = {aim.nutrient: aim for aim in targets_of(visit.person, span.last, last)}

    def figure(self, measure: Measure, *, every_day: bool = False) -> Figure:
        """Draw one measure."""
        aim = self.aims.get(measure.key)
        return figure_of(measure, self.span, self.days, today=self.today, aim=aim, every_day=every_day)

    def group(self, room: Room, measures: tuple[Measure, ...]) -> Group:
        """Draw what a room knows; what nobody wrote in this span has no chart."""
        figures = (self.figure(measure) for measure in measures if measure.part == room.key)
        return Group(room, tuple(figure for figure in figures if figure.chart.n), room.key in self.failed)

    def pair(self, one: Measure, other: Measure) -> Pair:
        """Set two measures side by side."""
        first, second = (values_of(measure, self.span.days, self.days)[0] for measure in (one, other))
        rows = tuple(
            (day_words(day), written(one, value), written(other, beside))
            for day, value, beside in known_on_both(self.span.days, first, second)
        )
        return Pair((self.figure(one, every_day=True), self.figure(other, every_day=True)), rows)
