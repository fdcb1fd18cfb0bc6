"""Examples of regimens and doses for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from onharu.records.medication.rules.adherence import RULE_EN, RULE_KO

_AT_MEAL = {"kind": "meal", "meal": "breakfast", "relation": "after", "minutes": 30}
_SCHEDULE: dict[str, Any] = {
    "clock": "wall",
    "limit": {"most_in_24h": None, "gap_minutes": None},
    "phases": [
        {
            "length": None,
            "amount": None,
            "days": {"kind": "daily"},
            "when": {
                "kind": "slots",
                "slots": [
                    {"anchor": _AT_MEAL, "amount": None},
                    {"anchor": {**_AT_MEAL, "meal": "dinner"}, "amount": None},
                ],
            },
        }
    ],
}
_REGIMEN: dict[str, Any] = {
    "id": 12,
    "item_seq": "202106092",
    "name": "타이레놀정500밀리그람(아세트아미노펜)",
    "why": "두통",
    "note": "",
    "unit": "tablet",
    "amount": 1,
    "schedule": _SCHEDULE,
    "sentence": "11월 22일부터 7일간, 매일 아침·저녁 식후 30분에 1정씩",
    "clock_said": "벽시계 시각을 지켜요. 다른 시간대로 가거나 시계가 바뀌면 그곳 시계의 같은 시각이에요.",
    "start": "2026-11-22",
    "end": "2026-11-28",
    "stopped_at": None,
    "ended": False,
    "as_needed": False,
    "reminds": True,
    "tracks_stock": True,
    "refill_days": 7,
    "position": 1,
    "version": 1,
    "created_at": "2026-11-22T07:40:00+09:00",
    "changed_at": "2026-11-22T07:40:00+09:00",
}
_WORDING = {
    "n": 1,
    "since": "2026-11-22T07:40:00+09:00",
    "sentence": _REGIMEN["sentence"],
    "schedule": _SCHEDULE,
    "amount": 1,
    "start": "2026-11-22",
    "end": "2026-11-28",
    "stops": False,
}
_DOSE: dict[str, Any] = {
    "id": "12.v1.20261122.0",
    "regimen": 12,
    "item_seq": "202106092",
    "name": "타이레놀정500밀리그람(아세트아미노펜)",
    "unit": "tablet",
    "planned_at": "2026-11-22T08:30:00+09:00",
    "date": "2026-11-22",
    "amount": 1,
    "anchor": _AT_MEAL,
    "state": "taken",
    "completed": True,
    "taken_at": "2026-11-22T08:42:00+09:00",
    "taken_amount": 1,
    "reason": "",
    "over_limit": False,
    "by_other": False,
    "projected": False,
}
_EVENT: dict[str, Any] = {
    "id": 51,
    "kind": "taken",
    "at": "2026-11-22T08:42:00+09:00",
    "amount": 1,
    "reason": "",
    "over_limit": False,
    "by_other": False,
    "recorded_at": "2026-11-22T08:42:03+09:00",
}
_NOT_TAKEN = {"taken_at": None, "taken_amount": None, "completed": False}
_COUNTS = {"planned": 14, "taken": 12, "skipped": 1, "unanswered": 1, "percent": 85.7}
_STOCK = {
    "regimen": 12,
    "name": "타이레놀정500밀리그람(아세트아미노펜)",
    "unit": "tablet",
    "tracked": True,
    "left": 24,
    "counted": 30,
    "counted_at": "2026-11-19T21:00:00+09:00",
    "added_since": 0,
    "taken_since": 6,
    "short": 0,
    "days_left": 12,
    "lasts_until": "2026-12-04",
    "short_at": "2026-12-05T08:30:00+09:00",
    "refill_days": 7,
    "moves": [{"id": 3, "kind": "counted", "amount": 30, "at": "2026-11-19T21:00:00+09:00", "note": ""}],
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


REGIMEN = _answered("Twice a day for a week", _REGIMEN)
REGIMEN_IN = _sent(
    "A product of the shelf by a schedule",
    {"item_seq": "202106092", "why": "두통", "schedule": _SCHEDULE, "start": "2026-11-22", "end": "2026-11-28"},
)
SENTENCE_REGIMEN_IN = _sent(
    "A name and a sentence", {"name": "감기약", "sentence": "아침저녁 식후 30분 1정씩 7일", "stock": 14}
)
REGIMEN_PATCH = _sent("Two from now on", {"amount": 2})
END_IN = _sent("Stop right now", {"on": None})
WORDINGS = _answered("One wording", {"versions": [_WORDING]})
SENTENCE_IN = _sent("A sentence", {"sentence": "아침저녁 식후 30분 1정씩 7일"})
UNDERSTOOD = _answered(
    "Understood",
    {
        "sentence": _REGIMEN["sentence"],
        "schedule": _SCHEDULE,
        "amount": 1,
        "unit": "tablet",
        "start": "2026-11-22",
        "end": "2026-11-28",
        "name": "",
        "why": "",
        "not_understood": "",
        "doubts": [],
    },
)
DOSE = _answered("A dose", _DOSE)
TAKEN = _answered("Taken", {**_DOSE, "events": [_EVENT]})
CORRECTED = _answered(
    "Put right",
    {
        **_DOSE,
        "taken_at": "2026-11-22T08:35:00+09:00",
        "events": [_EVENT, {**_EVENT, "id": 52, "kind": "corrected", "at": "2026-11-22T08:35:00+09:00"}],
    },
)
SKIPPED = _answered(
    "Skipped",
    {
        **_DOSE,
        **_NOT_TAKEN,
        "state": "skipped",
        "reason": "속이 안 좋아서",
        "events": [{**_EVENT, "kind": "skipped", "amount": None, "reason": "속이 안 좋아서"}],
    },
)
UNPLANNED = _answered(
    "Taken when needed",
    {**_DOSE, "id": "12.p.9f1c2d3e4b5a6978", "planned_at": None, "anchor": None, "events": [_EVENT]},
)
DOSE_IN = _sent("One now, asked before and wanted anyway", {"regimen": 12, "amount": 1, "anyway": True})
TAKEN_IN = _sent("Taken yesterday evening", {"taken_at": "2026-11-21T21:10:00+09:00"})
COMPLETE_IN = _sent("Taken", {"completed": True})
SKIPPED_IN = _sent("Skipped, and why", {"reason": "속이 안 좋아서"})
CORRECTION_IN = _sent("Another time", {"taken_at": "2026-11-22T08:35:00+09:00"})
ADHERENCE = _answered(
    "A week",
    {
        "from": "2026-11-16",
        "to": "2026-11-22",
        **_COUNTS,
        "rule": {"ko": RULE_KO, "en": RULE_EN},
        "regimens": [{"regimen": 12, "name": "감기약", "item_seq": None, **_COUNTS}],
        "days": [{"date": "2026-11-22", "planned": 2, "taken": 1, "skipped": 1, "unanswered": 0, "percent": 50}],
    },
)
STOCK = _answered("A stock", _STOCK)
STOCK_IN = _sent("Thirty", {"amount": 30})
ROUTINE = OpenApiExample(
    "The usual routine",
    value={"wake": "07:00", "breakfast": "08:00", "lunch": "12:30", "dinner": "18:30", "sleep": "23:00"},
)
