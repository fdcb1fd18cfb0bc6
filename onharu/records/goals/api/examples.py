"""Examples for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_TARGET: dict[str, Any] = {
    "id": 4,
    "key": "sodium_mg",
    "unit": "mg",
    "direction": "at_most",
    "low": None,
    "high": 2000,
    "from_day": "2026-11-22",
    "source": "OWN",
    "reference": "직접 정한 목표",
    "edition": "2026-11-22",
    "medical_guidance": False,
    "assumed": False,
}
_REFERENCE: dict[str, Any] = {
    **_TARGET,
    "id": None,
    "key": "kcal",
    "unit": "kcal",
    "direction": "within",
    "low": 1760,
    "high": 2151,
    "from_day": None,
    "source": "REFERENCE",
    "reference": "보건복지부·한국영양학회 한국인 영양소 섭취기준 에너지필요추정량 ±10 %",
    "edition": "KDRI 2020",
}
_GOAL: dict[str, Any] = {
    "id": 2,
    "kind": "HABIT",
    "title": "주 3회 운동",
    "target": 3,
    "unit": "일/주",
    "direction": "UP",
    "start_value": None,
    "start_day": "2026-11-22",
    "due": None,
    "habit": "WORKOUT",
    "exercise": None,
    "exercise_name": "",
    "state": "ACTIVE",
}
_MEASUREMENT: dict[str, Any] = {
    "id": 9,
    "kind": "BLOOD_PRESSURE",
    "date": "2026-11-22",
    "measured_at": "2026-11-22T07:30:00+09:00",
    "value": 118,
    "value2": 76,
    "unit": "mmHg",
    "context": "",
    "note": "",
}
_COURSE: dict[str, Any] = {
    "kind": "WEIGHT",
    "context": "",
    "unit": "kg",
    "from_day": "2026-08-25",
    "to_day": "2026-11-22",
    "n": 2,
    "span_days": 8,
    "per_week": None,
    "lack": "few",
    "days": [
        {"date": "2026-11-15", "value": 62.8, "mean": 62.8, "of": 1},
        {"date": "2026-11-22", "value": 62.4, "mean": 62.4, "of": 1},
    ],
    "second": None,
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


TARGET = _answered("Less salt, from today", _TARGET)
TARGET_IN = _sent("Less salt, from today", {"key": "sodium_mg", "direction": "at_most", "high": 2000})
TARGET_PATCH = _sent("A little more", {"high": 2100})
GOAL = _answered("Three days a week", _GOAL)
GOAL_IN = _sent("Three days a week", {"kind": "HABIT", "habit": "WORKOUT", "target": 3, "title": "주 3회 운동"})
GOAL_PATCH = _sent("Reached", {"state": "DONE"})
MEASUREMENT = _answered("A blood pressure", _MEASUREMENT)
MEASUREMENT_IN = _sent("A blood pressure", {"kind": "BLOOD_PRESSURE", "value": 118, "value2": 76})
MEASUREMENT_PATCH = _sent("It was 116", {"value": 116})
COURSE = _answered("Two weights are too few for a slope", _COURSE)
SUGGESTION = _answered(
    "By profile",
    {
        "targets": [_REFERENCE],
        "resting_kcal": 1189,
        "resting_source": "Mifflin–St Jeor (Am J Clin Nutr 1990;51:241-247)",
        "required_kcal": 1955,
        "floor_kcal": 1200,
        "deficit_kcal": 0,
        "missing": [],
        "notes": [],
    },
)
ACCEPT_IN = _sent("Only two of them", {"keys": ["kcal", "protein_g"]})
ACCEPTED = _answered("Taken over", {"count": 1, "results": [{**_TARGET, "source": "SUGGESTION"}]})
