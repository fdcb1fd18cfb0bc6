"""What was written down of doses, the newest first: who said what and when, corrections with both values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_sheet as sheet
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.dose_sheet import LogLine
from onharu.records.medication.pages.dose_shown import DoseShown
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.entries import DoseEntry
from onharu.records.medication.queries.history import first_day_of
from onharu.records.medication.queries.regimens import regimens_of

A_PAGE = timedelta(days=13)
ONE_DAY = timedelta(days=1)
TOLD = frozenset({"taken", "skipped", "late"})


@dataclass(frozen=True, slots=True)
class Line:
    """A dose of the past with all that was said of it."""

    at: str
    spoken: str
    dose: DoseShown
    log: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the past."""

    day: date
    words: str
    lines: tuple[Line, ...]


def number_said(said: str | None) -> int | None:
    """Read the number of a regimen; what is none is not asked for."""
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) <= 18 else None


def days_of(visit: Visit, doses: Sequence[DoseEntry]) -> list[Day]:
    """Lay doses out by day, the newest first; what is still to come is left out."""
    past = [one for one in doses if one.state in TOLD or one.events]
    past.sort(key=lambda one: (one.day, one.at or visit.at, one.id), reverse=True)
    return [
        Day(day, shown.near_day(day, visit.today), tuple(_line(visit, one) for one in same))
        for day, same in groupby(past, key=lambda one: one.day)
    ]


def _line(visit: Visit, dose: DoseEntry) -> Line:
    at = shown.local(visit, dose.at or visit.at)
    return Line(
        at=words.hm(at),
        spoken=words.clock_words(at),
        dose=shown.dose_shown(visit, dose),
        log=tuple(sheet.log_of(visit, dose)),
    )


def history_context(visit: Visit, until: date, regimen_id: int | None) -> dict[str, Any]:
    """Read two weeks of doses up to a day; at most five statements however many doses they hold."""
    taking = regimens_of(visit.person, at=visit.at, ended=None)
    known = {one.id: one.name for one in taking}
    only = regimen_id if regimen_id in known else None
    first = until - A_PAGE
    doses = doses_between(visit.person, first, until, at=visit.at, regimen_ids=None if only is None else [only])
    oldest = first_day_of(visit.person.id, only)
    return {
        "days": days_of(visit, doses),
        "any_regimen": bool(taking),
        "name": known.get(only) if only is not None else "",
        "regimens": [(pk, name, pk == only) for pk, name in known.items()],
        "first": first,
        "until": until,
        "period": _("{first}부터 {last}까지").format(first=words.long_day(first), last=words.long_day(until)),
        "older_url": _url(first - ONE_DAY, only) if oldest is not None and oldest < first else "",
        "newer_url": _url(min(until + A_PAGE + ONE_DAY, visit.today), only) if until < visit.today else "",
        "refresh_url": _url(until, only),
    }


def _url(until: date, regimen_id: int | None) -> str:
    said = {"until": until.isoformat()} | ({} if regimen_id is None else {"regimen": str(regimen_id)})
    return f"/medicines/history/?{urlencode(said)}"


@signed_in
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Show what was written down, two weeks at a time; htmx gets the list alone."""
    visit = visit_of(request)
    until = min(visit.day(request.GET.get("until")), visit.today)
    context = history_context(visit, until, number_said(request.GET.get("regimen")))
    template = "history_part" if door.is_fragment(request) else "history"
    return door.shown(request, visit, f"medication/doses/{template}.html", context)
