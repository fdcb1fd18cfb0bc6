"""Asking for what is taken to the doctor: of which days, and the answers as files. Pages and API say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import TypeVar

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from onharu.accounts.public import Visit
from onharu.kernel import rates
from onharu.kernel.problems import Invalid
from onharu.records.medication.queries.report import Period, report_of
from onharu.records.medication.queries.sheet import ledger_lines

USUAL_DAYS = 30
MOST_DAYS = 366
MOST_DAYS_OF_LEDGER = 3660
MOST_A_MINUTE = 20
Answer = TypeVar("Answer", bound=HttpResponseBase)
PAPER = "onharu.records.medication.queries.paper"


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are asked for, both included."""

    first: date
    last: date


def usual_days(visit: Visit) -> Days:
    """The last thirty days."""
    return Days(visit.today - timedelta(days=USUAL_DAYS - 1), visit.today)


def days_said(visit: Visit, said: Mapping[str, str], *, most: int) -> Days:
    """Read `from` and `to`; the last thirty days where nothing is said. Raises Invalid."""
    last = visit.day(said.get("to"))
    first = visit.day(said["from"]) if said.get("from") else last - timedelta(days=USUAL_DAYS - 1)
    if not 0 <= (last - first).days < most:
        raise Invalid("range_invalid", f"1~{most}일을 골라 주세요.", f"Choose 1 to {most} days.")
    return Days(first, last)


def paper(visit: Visit, said: Mapping[str, str]) -> HttpResponse:
    """Answer with the page of the days that are asked for, as a PDF. Raises Invalid, TooMany."""
    days = days_said(visit, said, most=MOST_DAYS)
    rates.spend(f"report:{visit.person.id}", most=MOST_A_MINUTE)
    period = Period(visit.person, days.first, days.last, visit.at, named=said.get("name", "") in {"1", "true", "on"})
    drawn: bytes = import_module(PAPER).drawn(report_of(period))
    return _file(HttpResponse(drawn, content_type="application/pdf"), f"onharu-{days.first}-{days.last}.pdf")


def sheet(visit: Visit, said: Mapping[str, str]) -> StreamingHttpResponse:
    """Answer with the ledger of the days that are asked for, as CSV, written as it is read. Raises Invalid, TooMany."""
    days = days_said(visit, said, most=MOST_DAYS_OF_LEDGER)
    rates.spend(f"ledger:{visit.person.id}", most=MOST_A_MINUTE)
    lines = ledger_lines(visit.person, days.first, days.last)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _file(response, f"onharu-{days.first}-{days.last}.csv")


def _file(response: Answer, name: str) -> Answer:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
