"""The ledger as rows of a table that a spreadsheet opens: every dose, and everything that was said of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.kernel.cells import guarded
from onharu.records.medication.models import Dose
from onharu.records.medication.queries.amounts import REASON_WORDS
from onharu.records.medication.queries.rows import DoseRow, dose_rows
from onharu.records.medication.rules.ledger import Event

AT_ONCE = timedelta(days=31)
ONE_DAY = timedelta(days=1)
MARK = "\ufeff"  # by which Excel knows UTF-8


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the table, looked up while the request's language holds."""

    heads: tuple[str, ...]
    kinds: dict[str, str]
    units: dict[str, str]
    reasons: dict[str, str]
    own: str
    other: str
    over: str


def _words() -> _Words:
    return _Words(
        heads=(
            _("날짜"), pgettext("one medicine", "약"), _("품목기준코드"), _("예정 시각"), _("예정한 양"),
            _("단위"), _("무엇"), _("언제"),
            _("양"), _("까닭"), _("한도를 넘김"), _("누가"), _("적은 때"), _("기록 번호"),
        ),
        kinds={
            "planned": _("예정"), "sent": _("알림 보냄"), "shown": _("알림을 봄"), "snoozed": _("알림을 미룸"),
            "taken": _("먹음"), "skipped": _("건너뜀"), "late": _("시간이 지남"), "undone": _("되돌림"),
            "corrected": _("고침"),
        },
        units={
            "tablet": _("정"), "capsule": _("캡슐"), "packet": _("포"), "ml": "ml", "drop": _("방울"),
            "puff": _("흡입"), "unit": pgettext("of insulin", "단위"), "patch": _("매"), "ampoule": _("앰플"),
            "time": _("회"),
        },
        reasons={code: str(words) for code, words in REASON_WORDS.items()},
        own=_("본인"),
        other=_("가족"),
        over=_("예"),
    )  # fmt: skip


def ledger_lines(person: Person, first: date, last: date) -> Iterator[str]:
    """Write the ledger of some days as CSV, a month at a time: one statement a month, and never all of it in memory."""
    return _lines(person, first, last, _words())  # the words are looked up before the first line is asked for


def _lines(person: Person, first: date, last: date, words: _Words) -> Iterator[str]:
    yield MARK + _line(words.heads)
    while first <= last:
        until = min(first + AT_ONCE, last)
        doses = Dose.objects.of(person.id).filter(day__range=(first, until), regimen__deleted_at__isnull=True)
        rows = sorted(dose_rows(doses), key=_place)
        yield "".join(_line(cells) for row in rows for cells in _of_dose(person, row, words))
        first = until + ONE_DAY


def _place(row: DoseRow) -> tuple[date, float, int]:
    at = row.planned_at or row.told.taken_at or (row.events[0].at if row.events else None)
    return row.day, at.timestamp() if at else 0.0, row.id


def _of_dose(person: Person, row: DoseRow, words: _Words) -> Iterator[Sequence[str]]:
    said = (row.day.isoformat(), row.name, row.item_seq, _at(person, row.planned_at), _number(row.amount))
    unit = words.units.get(row.unit, row.unit)
    number = f"{row.regimen_id}.{row.key}"
    if row.planned_at is not None:
        yield (*said, unit, words.kinds["planned"], _at(person, row.planned_at), "", "", "", "", "", number)
    for event in row.events:
        yield (*said, unit, *_of_event(person, event, words), number)


def _of_event(person: Person, event: Event, words: _Words) -> Sequence[str]:
    who = "" if event.by is None else words.own if event.by == person.id else words.other
    return (
        words.kinds.get(event.kind, event.kind),
        _at(person, event.at),
        "" if event.amount is None else _number(event.amount),
        words.reasons.get(event.reason, event.reason),
        words.over if event.over_limit else "",
        who,
        _at(person, event.recorded_at),
    )


def _at(person: Person, at: datetime | None) -> str:
    """Write an instant by the person's clock with its offset: "2026-11-22 08:30+09:00"."""
    return "" if at is None else at.astimezone(clock.zone(person.zone)).isoformat(sep=" ", timespec="minutes")


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()
