"""Examples for the OpenAPI document: real shapes with starter-catalogue exercises."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_REASON: dict[str, Any] = {
    "code": "weight_up",
    "params": {"day": "2026-11-19", "name": "덤벨 고블릿 스쿼트", "sets": 3, "reps": 8, "rpe": "7", "up": "2.5"},
    "text": "지난 목요일 덤벨 고블릿 스쿼트 3×8을 RPE 7로 마쳐서 +2.5 kg",
}
_TASK: dict[str, Any] = {
    "id": 31,
    "plan": 7,
    "date": "2026-11-22",
    "order": 0,
    "exercise": 12,
    "name": "덤벨 고블릿 스쿼트",
    "pattern": "squat",
    "measure": "reps",
    "state": "planned",
    "sets": 3,
    "reps_low": 8,
    "reps_high": 12,
    "weight_kg": 12.5,
    "minutes": None,
    "seconds": None,
    "rpe_target": 7,
    "rest_seconds": 120,
    "reason": _REASON,
    "skip_reason": "",
    "done_at": None,
    "swapped_from": None,
    "log": None,
    "completed": False,
    "title": "덤벨 고블릿 스쿼트",
    "duration_min": None,
}
_DONE: dict[str, Any] = {
    **_TASK,
    "state": "done",
    "completed": True,
    "done_at": "2026-11-22T19:42:00+09:00",
    "log": 90,
}
_PLAN: dict[str, Any] = {
    "id": 7,
    "date": "2026-11-22",
    "title": "",
    "focus": "full",
    "note": "",
    "source": "RULES",
    "deload": False,
    "rest_day": False,
    "minutes": 34,
    "edition": "onharu-planner-1",
    "reasons": [],
    "tasks": [_TASK],
    "progress": {"done": 0, "planned": 1, "percent": 0, "skipped": 0},
}
_SET: dict[str, Any] = {"order": 0, "reps": 8, "weight_kg": 12.5, "seconds": None, "rpe": None}
_LOG: dict[str, Any] = {
    "id": 90,
    "task": 31,
    "exercise": 12,
    "name": "덤벨 고블릿 스쿼트",
    "pattern": "squat",
    "measure": "reps",
    "date": "2026-11-22",
    "started_at": "2026-11-22T19:36:24+09:00",
    "ended_at": None,
    "minutes": 5.6,
    "minutes_source": "ESTIMATED",
    "counted_minutes": 5.6,
    "source": "TASK",
    "external_id": "",
    "rpe": None,
    "note": "",
    "met": 5,
    "met_source": "2024 Compendium of Physical Activities",
    "body_kg": 55,
    "body_kg_source": "PROFILE",
    "body_kg_day": None,
    "kcal_gross": 25.7,
    "kcal_net": 20.5,
    "as_planned": True,
    "by_hand": False,
    "sets": [_SET],
}
_SHARE = {"done": 4, "planned": 6, "percent": 66, "skipped": 1}
_FACTS: dict[str, Any] = {
    "id": 15,
    "code": "bodyweight-squat",
    "name": "맨몸 스쿼트",
    "name_en": "Bodyweight squat",
    "pattern": "squat",
    "measure": "reps",
    "level": 1,
    "targets": ["quads", "glutes"],
    "equipment": ["none"],
    "places": ["gym", "home", "outdoor"],
    "met": 5,
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


PLAN = _answered("One exercise today", _PLAN)
PLAN_IN = _sent(
    "By hand",
    {
        "date": "2026-11-23",
        "title": "가볍게",
        "tasks": [{"exercise": 12, "sets": 3, "reps": 10}, {"name": "계단 오르기"}],
    },
)
PLAN_PATCH = _sent("A day later", {"date": "2026-11-24"})
ENSURE_IN = _sent("Train on a day of rest", {"anyway": True})
ORDER_IN = _sent("The second first", {"tasks": [32, 31]})
TASK = _answered("To do", _TASK)
TASK_IN = _sent("Three sets of ten", {"date": "2026-11-22", "exercise": 12, "sets": 3, "reps": 10, "weight_kg": 12.5})
TASK_PATCH = _sent("A little more", {"weight_kg": 15})
COMPLETION_IN = _sent(
    "Done, the last set shorter", {"completed": True, "sets": [{"reps": 8, "weight_kg": 12.5, "rpe": 8}]}
)
COMPLETION = _answered(
    "Done", {"id": 31, "completed": True, "task": _DONE, "log": _LOG, "kept_log": None, "message": ""}
)
SKIP_IN = _sent("It hurts", {"skipped": True, "reason": "pain"})
SWAP_IN = _sent("Without dumbbells", {"exercise": 15})
ALTERNATIVES = _answered("One", {"task": 31, "results": [_FACTS]})
SUMMARY = _answered(
    "A walk that the watch saw too",
    {
        "date": "2026-11-22",
        "plan": 7,
        "tasks_total": 6,
        "tasks_completed": 4,
        "tasks_skipped": 1,
        "percent": 66,
        "logs": 5,
        "total_minutes": 55,
        "total_kcal": 212.3,
        "kcal_net": 168.1,
        "unknown_kcal": 0,
        "overlap_minutes": 20,
        "equation": "45 + 30 − 20(겹침) = 55분",
    },
)
COPY_WEEK_IN = _sent("Last week into this one", {"from_date": "2026-11-16", "overwrite": False})
COPIED_WEEK = _answered(
    "Two days",
    {
        "copied": [{"from": "2026-11-16", "date": "2026-11-23", "plan": 9, "tasks": 6, "replaced": None}],
        "kept": [{"date": "2026-11-25", "plan": 8, "why": "planned"}],
    },
)
WISH_IN = _sent("A wish", {"wish": "오늘은 어깨를 쉬고 싶어요"})
GENERATED = _answered(
    "One taken, one refused",
    {
        "plan": {**_PLAN, "source": "MODEL"},
        "accepted": 1,
        "refused": [
            {
                "what": "바벨 백스쿼트",
                "reason": {"code": "no_equipment", "params": {}, "text": "가지고 있지 않은 기구가 필요해요."},
            }
        ],
        "source": "openai_compatible",
        "model": "local-model",
        "leaves_home": False,
    },
)
WEEK = _answered(
    "A week",
    {
        "week": "2026-W47",
        "from": "2026-11-16",
        "to": "2026-11-22",
        **_SHARE,
        "minutes": 96.5,
        "minutes_target": 150,
        "minutes_percent": 64,
        "active_days": 3,
        "days": [{"date": "2026-11-22", **_SHARE, "minutes": 33.2, "logs": 4}],
    },
)
LOG = _answered("From a task", _LOG)
LOG_IN = _sent("A walk", {"exercise": 3, "minutes": 40, "rpe": 4, "started_at": "2026-11-22T08:10:00+09:00"})
IMPORT_IN = _sent(
    "From a watch",
    {
        "source": "import",
        "external_id": "watch-2026-11-22-1",
        "name": "달리기",
        "started_at": "2026-11-22T08:00:00+09:00",
        "ended_at": "2026-11-22T08:30:00+09:00",
    },
)
LOG_PATCH = _sent("The last set was seven", {"sets": [{"reps": 8, "weight_kg": 12.5}, {"reps": 7, "weight_kg": 12.5}]})
RECORDS = _answered(
    "One exercise",
    {
        "results": [
            {
                "exercise": 12,
                "name": "덤벨 고블릿 스쿼트",
                "records": [
                    {
                        "kind": "one_rep_max",
                        "value": 15.8,
                        "weight_kg": 12.5,
                        "reps": 8,
                        "date": "2026-11-19",
                        "estimated": True,
                        "before": 14.1,
                    }
                ],
            }
        ]
    },
)
_MOVEMENT: dict[str, Any] = {
    "goal": "strength",
    "days_a_week": 3,
    "minutes": 40,
    "places": ["home", "outdoor"],
    "equipment": ["dumbbell", "mat"],
    "level": 2,
    "spare": ["knee"],
    "avoid": ["jump"],
    "week_start": 0,
}
MOVEMENT_IN = _sent("Three times a week at home", _MOVEMENT)
MOVEMENT = _answered("Three times a week at home", {**_MOVEMENT, "set_up": True})
