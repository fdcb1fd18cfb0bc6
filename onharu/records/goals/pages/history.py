"""Measurements of a kind: where they go, as a chart with its table, and every row."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.design.charts import Chart, Series, Slot, Target, line_chart
from onharu.kernel.days import version_of
from onharu.kernel.wording import amount
from onharu.records.goals.pages import door
from onharu.records.goals.pages.measuring import history_url, kind_said
from onharu.records.goals.pages.words import day_words, measurement_shown, trend_words
from onharu.records.goals.queries.days import entry_of, goals_of
from onharu.records.goals.queries.lists import Course, course, measurements_of
from onharu.records.goals.queries.wording import CONTEXT_WORDS, KIND_WORDS
from onharu.records.goals.rules.measuring import BLOOD_PRESSURE, CONTEXTS, MEASURES, WEIGHT

SPANS = (30, 90, 365)
ROWS = 30


def context_of(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """Read a kind's measurements: its course, its newest rows, and what else can be chosen."""
    kind = kind_said(request.GET.get("kind"))
    days = int(said) if (said := request.GET.get("days", "")) in map(str, SPANS) else 90
    when = request.GET.get("context", "")
    when = when if MEASURES[kind].in_context and when in CONTEXTS else ""
    found = course(visit.person.id, kind, visit.today - timedelta(days=days - 1), visit.today, when)
    rows = measurements_of(visit.person.id).filter(kind=kind, **({"context": when} if when else {}))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    hidden = visit.person.hide_numbers and kind == WEIGHT
    query = {"kind": kind, "days": days, **({"context": when} if when else {})}
    return {
        "version": version_of(visit.person.id, visit.today),
        "today": visit.today,
        "kind": kind,
        "name": KIND_WORDS[kind],
        "kinds": [(code, words, history_url(code)) for code, words in KIND_WORDS.items()],
        "spans": [(one, _url(query, days=one), _span_words(one), one == days) for one in SPANS],
        "contexts": _contexts(query, when) if MEASURES[kind].in_context else [],
        "hidden": hidden,
        "chart": None if hidden else chart_of(visit, found),
        "trends": [] if hidden else trends_of(found),
        "rows": [measurement_shown(entry_of(row)) for row in page],
        "page": page,
        "query": f"{urlencode(query)}&",
        "part": f"/goals/measurements/part/?{urlencode({**query, 'page': page.number})}",
    }


def _url(query: dict[str, Any], **change: Any) -> str:
    return f"/goals/measurements/?{urlencode({name: value for name, value in {**query, **change}.items() if value})}"


def _span_words(days: int) -> str:
    return _("1년") if days == 365 else ngettext("{n}일", "{n}일", days).format(n=days)


def _contexts(query: dict[str, Any], when: str) -> list[tuple[str, str, bool]]:
    every = (_url(query, context=""), _("모두"), not when)
    return [every, *((_url(query, context=code), str(CONTEXT_WORDS[code]), code == when) for code in CONTEXTS)]


def chart_of(visit: Visit, found: Course) -> Chart:
    """Draw a course: the values with their moving mean, or both pressures; a weight goal is a line."""
    days = found.values.days
    slots = [Slot(f"{one.day.month}.{one.day.day}", day_words(one.day), one.day.toordinal()) for one in days]
    values = [one.value for one in days]
    if found.kind == BLOOD_PRESSURE and found.second is not None:
        series = [Series(_("수축기"), values), Series(_("이완기"), [one.value for one in found.second.days])]
    else:
        means: list[Decimal | None] = [one.mean if one.of > 1 else None for one in days]
        series = [Series(_("잰 값"), values), Series(_("7일 평균"), means, marks=False)]
    aim = _aim(visit) if found.kind == WEIGHT else None
    return line_chart(
        title=str(KIND_WORDS[found.kind]),
        unit=found.unit,
        slots=slots,
        series=series,
        target=aim,
        decimals=MEASURES[found.kind].decimals,
    )


def _aim(visit: Visit) -> Target | None:
    aims = [goal for goal in goals_of(visit.person.id) if goal.kind == WEIGHT]
    if not aims:
        return None
    return Target(_("목표 {kg} kg").format(kg=amount(aims[-1].target)), low=aims[-1].target)


def trends_of(found: Course) -> list[str]:
    """Say where a course goes; both pressures have their own sentence."""
    if not found.values.n:
        return []
    if found.second is None or found.values.lack:
        return [trend_words(found.values, found.unit)]
    return [
        trend_words(found.values, found.unit, _("수축기")),
        trend_words(found.second, found.unit, _("이완기")),
    ]


@signed_in
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Show the measurements of a kind."""
    visit = visit_of(request)
    return door.shown(request, visit, "goals/history.html", context_of(request, visit))


@signed_in
@require_safe
def history_part(request: HttpRequest) -> HttpResponse:
    """Show the part of the history that changes; 204 when the screen has this version already."""
    visit = visit_of(request)
    if request.GET.get("seen") == str(version_of(visit.person.id, visit.today)):
        return HttpResponse(status=204)
    return door.shown(request, visit, "goals/history_part.html", context_of(request, visit))
