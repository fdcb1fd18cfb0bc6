"""Examples of the day for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

KDRI = "보건복지부·한국영양학회 한국인 영양소 섭취기준"
PROTEIN: dict[str, Any] = {
    "direction": "at_least",
    "low": 50,
    "high": None,
    "source": f"{KDRI} 권장섭취량",
    "edition": "KDRI 2020",
    "assumed": False,
}
MINUTES: dict[str, Any] = {
    "direction": "at_least",
    "low": 40,
    "high": None,
    "source": "직접 정한 목표",
    "edition": "2026-11-01",
    "assumed": False,
}
_PROGRESS = {
    "protein_g": {"amount": 6.3, "percent": 13, "state": "below", "score": 12, "unknown_rows": 0},
    "workout_minutes": {"amount": 30, "percent": 75, "state": "below", "score": 75, "unknown_rows": 0},
}
_DAY: dict[str, Any] = {
    "date": "2026-11-22",
    "version": 1795317420696529,
    "nutrition": {"kcal": 341.0, "protein_g": 6.3, "sodium_mg": None, "unknown": {"sodium_mg": 1}, "items": 1},
    "targets": {"protein_g": PROTEIN, "workout_minutes": MINUTES},
    "progress": _PROGRESS,
    "may_still_eat": {"kcal": 1844.6, "target_high": 2113, "eaten": 341, "workout_net": 72.6, "unknown": []},
    "meals": [],
    "water_ml": None,
    "plan": {
        "id": 31,
        "focus": "upper",
        "title": "",
        "source": "RULES",
        "deload": False,
        "rest_day": False,
        "minutes": 35,
    },
    "tasks": [
        {
            "id": 210,
            "plan": 31,
            "order": 1,
            "exercise": 12,
            "name": "팔굽혀펴기",
            "state": "planned",
            "completed": False,
            "sets": 3,
            "reps_low": 8,
            "reps_high": 12,
            "weight_kg": None,
            "minutes": None,
            "seconds": None,
            "log": None,
        }
    ],
    "workouts": 1,
    "workout_minutes": 30,
    "workout_kcal": 101.6,
    "workout_kcal_net": 72.6,
    "workout_kcal_unknown": 0,
    "workout_equation": "",
    "doses": {
        "planned": 3,
        "taken": 1,
        "open": 1,
        "next": {
            "id": "12.v1.20261122.1",
            "regimen": 12,
            "name": "혈압약",
            "planned_at": "2026-11-22T11:30:00+00:00",
            "amount": 1,
            "unit": "tablet",
        },
    },
    "measurements": {
        "weight": {
            "id": 8,
            "kind": "WEIGHT",
            "date": "2026-11-20",
            "value": 58.1,
            "value2": None,
            "unit": "kg",
            "context": "",
        },
        "entries": [],
    },
    "report": {"id": 9, "mood": 4, "condition": 3, "sleep_hours": 7.25},
    "streak_days": 12,
    "streak": {"days": 12, "first": "2026-11-10", "free_days": ["2026-11-15"], "at_risk": False},
    "tips": [],
    "unavailable": [],
}
_AIMS: dict[str, Any] = {
    "from": "2026-11-22",
    "to": "2026-11-22",
    "days": [
        {
            "date": "2026-11-22",
            "targets": [{"key": "workout_minutes", **MINUTES, **_PROGRESS["workout_minutes"]}],
            "rows": [{"room": "workouts", "id": 77, "date": "2026-11-22"}],
            "unavailable": [],
        }
    ],
    "goals": [
        {
            "id": 3,
            "kind": "WEIGHT",
            "title": "",
            "target": 56,
            "unit": "kg",
            "start_value": 60,
            "start_day": "2026-10-01",
            "due": None,
            "now": 58.1,
            "percent": 47,
            "reached": False,
            "rows": [{"room": "goals", "id": 8, "date": "2026-11-20"}],
        }
    ],
}


def _answered(name: str, value: Any, *statuses: str) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=list(statuses or ("200",)))


SUMMARY = _answered("A day with one bowl of rice and a walk", _DAY)
DAYS = _answered("One day", {"count": 1, "results": [_DAY]})
AIMS = _answered("A day and a goal", _AIMS)
SELF_FEEDBACK_IN = OpenApiExample(
    "How the plan went", value={"rating": 4, "body": "마지막 세트는 조금 힘들었다."}, request_only=True
)
SELF_FEEDBACK = _answered(
    "A note on the plan",
    {
        "id": 4,
        "date": "2026-11-22",
        "plan": 31,
        "body": "마지막 세트는 조금 힘들었다.",
        "rating": 4,
        "created_at": "2026-11-22T20:10:00+09:00",
    },
    "201",
)
