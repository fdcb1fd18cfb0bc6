"""Examples for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_ANSWERS: dict[str, Any] = {
    "mood": 4,
    "condition": 3,
    "sleep_hours": 7.25,
    "highlights": "점심시간에 공원을 한 바퀴 걸었다.",
    "challenges": "회의가 길어져서 저녁이 늦었다.",
    "tags": ["산책", "야근"],
}
_REPORT: dict[str, Any] = {
    "id": 9,
    "date": "2026-11-22",
    **_ANSWERS,
    "changed_at": "2026-11-22T21:40:00+09:00",
}
_NOTE: dict[str, Any] = {
    "id": 4,
    "date": "2026-11-22",
    "plan": None,
    "body": "마지막 세트는 조금 힘들었다.",
    "rating": 4,
    "created_at": "2026-11-22T20:10:00+09:00",
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


REPORT = _answered("A day", _REPORT)
REPORT_IN = _sent("A whole day", {"date": "2026-11-22", **_ANSWERS})
REPORT_PUT = _sent("Only a mood: the other answers are taken back", {"mood": 5})
REPORT_PATCH = _sent("Slept longer; the other answers stay", {"sleep_hours": 8})
FEEDBACK = _answered("A note", _NOTE)
FEEDBACK_IN = _sent("On a plan", {"plan": 31, "rating": 4, "body": "마지막 세트는 조금 힘들었다."})
FEEDBACK_PATCH = _sent("Without a rating", {"rating": None})
TAG = _answered("A tag", {"id": 2, "name": "산책", "uses": 12})
TAG_IN = _sent("By name", {"name": "산책"})
