"""Writes regimens, doses, adherence and stock as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language

from onharu.records.medication.queries.adherence import Adherence
from onharu.records.medication.queries.entries import DoseEntry, EventEntry, RegimenEntry, VersionEntry
from onharu.records.medication.queries.stock import MoveEntry, StockEntry
from onharu.records.medication.queries.wording import Said
from onharu.records.medication.rules.adherence import RULE_EN, RULE_KO, Counts
from onharu.records.medication.rules.schedules.as_json import anchor_to_json, to_json
from onharu.records.medication.rules.schedules.shapes import Routine, Schedule
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.rules.sentences.shapes import Parsed

Json = dict[str, Any]
CLOCK_SAID = {
    "wall": Said(
        "벽시계 시각을 지켜요. 다른 시간대로 가거나 시계가 바뀌면 그곳 시계의 같은 시각이에요.",
        "Keeps the time on the wall: in another zone, or when clocks change, it is the same time by the clock there.",
    ),
    "elapsed": Said(
        "복용 사이의 시간을 지켜요. 다른 시간대로 가거나 시계가 바뀌어도 앞선 복용에서 지난 시간으로 세요.",
        "Keeps the time between doses: in another zone, or when clocks change, it counts from the dose before.",
    ),
}


def english() -> bool:
    """Whether the answer is asked for in English."""
    return (get_language() or "ko").startswith("en")


def regimen(entry: RegimenEntry, today: date, names: Mapping[int, str] | None = None) -> Json:
    """Write a regimen (`RegimenOut`)."""
    return {
        "id": entry.id,
        "item_seq": entry.item_seq or None,
        "name": entry.name,
        "why": entry.why,
        "note": entry.note,
        "unit": entry.unit,
        "amount": entry.amount,
        "schedule": to_json(entry.schedule),
        "sentence": sentence(entry, entry.unit, today, names),
        "clock_said": clock_said(entry.schedule),
        "start": entry.start,
        "end": entry.end,
        "stopped_at": _local(entry.stopped_at),
        "ended": entry.ended,
        "as_needed": entry.as_needed,
        "reminds": entry.reminds,
        "tracks_stock": entry.tracks_stock,
        "refill_days": entry.refill_days,
        "position": entry.position,
        "version": entry.version,
        "created_at": _local(entry.created_at),
        "changed_at": _local(entry.changed_at),
    }


def sentence(entry: RegimenEntry | VersionEntry, unit: str, today: date, names: Mapping[int, str] | None = None) -> str:
    """Say a schedule in the language that is asked for."""
    language = "en" if english() else "ko"
    said = entry.amount, unit, entry.start, entry.end
    return say(entry.schedule, *said, language=language, today=today, names=names)  # type: ignore[arg-type]


def clock_said(schedule: Schedule) -> str:
    """Say what stays when clocks are changed or a person travels."""
    return CLOCK_SAID[schedule.clock].words("en" if english() else "ko")


def wording(one: VersionEntry, unit: str, today: date) -> Json:
    """Write a wording (`WordingOut`)."""
    return {
        "n": one.n,
        "since": _local(one.since),
        "sentence": sentence(one, unit, today),
        "schedule": to_json(one.schedule),
        "amount": one.amount,
        "start": one.start,
        "end": one.end,
        "stops": one.stops,
    }


def understood(parsed: Parsed, said: str, start: date | None, end: date | None) -> Json:
    """Write how a sentence is understood (`UnderstoodOut`)."""
    return {
        "sentence": said,
        "schedule": to_json(parsed.schedule),
        "amount": parsed.amount,
        "unit": parsed.unit,
        "start": start,
        "end": end,
        "name": parsed.name,
        "why": parsed.why,
        "not_understood": parsed.rest,
        "doubts": parsed.doubts,
    }


def dose(entry: DoseEntry) -> Json:
    """Write a dose (`DoseOut`)."""
    return {
        "id": entry.id,
        "regimen": entry.regimen_id,
        "item_seq": entry.item_seq or None,
        "name": entry.name,
        "unit": entry.unit,
        "planned_at": _local(entry.planned_at),
        "date": entry.day,
        "amount": entry.amount,
        "anchor": None if entry.anchor is None else anchor_to_json(entry.anchor),
        "state": entry.state,
        "completed": entry.state == "taken",
        "taken_at": _local(entry.taken_at),
        "taken_amount": entry.taken_amount,
        "reason": entry.reason,
        "over_limit": entry.over_limit,
        "by_other": entry.by_other,
        "projected": entry.projected,
    }


def dose_with_events(entry: DoseEntry) -> Json:
    """Write a dose with its ledger (`DoseWithEventsOut`)."""
    return {**dose(entry), "events": [event(one) for one in entry.events]}


def event(one: EventEntry) -> Json:
    """Write an entry of the ledger (`EventOut`)."""
    return {
        "id": one.id,
        "kind": one.kind,
        "at": _local(one.at),
        "amount": one.amount,
        "reason": one.reason,
        "over_limit": one.over_limit,
        "by_other": one.by_other,
        "recorded_at": _local(one.recorded_at),
    }


def adherence(found: Adherence) -> Json:
    """Write adherence (`AdherenceOut`)."""
    return {
        "from": found.first,
        "to": found.last,
        **counts(found.counts),
        "rule": {"ko": RULE_KO, "en": RULE_EN},
        "regimens": [
            {"regimen": one.regimen_id, "name": one.name, "item_seq": one.item_seq or None, **counts(one.counts)}
            for one in found.regimens
        ],
        "days": [{"date": day, **counts(many)} for day, many in found.days.items()],
    }


def counts(many: Counts) -> Json:
    """Write counts (`CountsOut`)."""
    return {
        "planned": many.planned,
        "taken": many.taken,
        "skipped": many.skipped,
        "unanswered": many.unanswered,
        "percent": many.percent,
    }


def stock(entry: StockEntry) -> Json:
    """Write a stock (`StockOut`)."""
    return {
        "regimen": entry.regimen_id,
        "name": entry.name,
        "unit": entry.unit,
        "tracked": entry.tracked,
        "left": entry.left,
        "counted": entry.counted,
        "counted_at": _local(entry.counted_at),
        "added_since": entry.added_since,
        "taken_since": entry.taken_since,
        "short": entry.short,
        "days_left": entry.days_left,
        "lasts_until": entry.lasts_until,
        "short_at": _local(entry.short_at),
        "refill_days": entry.refill_days,
    }


def move(one: MoveEntry) -> Json:
    """Write a count or a refill (`MoveOut`)."""
    return {"id": one.id, "kind": one.kind, "amount": one.amount, "at": _local(one.at), "note": one.note}


def routine(one: Routine) -> Json:
    """Write a routine (`RoutineIn`)."""
    names = ("wake", "breakfast", "lunch", "dinner", "sleep")
    return {name: f"{getattr(one, name):%H:%M}" for name in names}


def _local(at: datetime | None) -> datetime | None:
    return None if at is None else localtime(at)
