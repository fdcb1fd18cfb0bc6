"""What the insights answer, by example."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

ROW: dict[str, Any] = {
    "room": "meals",
    "row": "item",
    "id": 481,
    "date": "2026-11-20",
    "amount": 1980,
    "unit": "mg",
    "words": "김치찌개 · 1,980 mg",
    "url": "/meals/?date=2026-11-20",
}
CARD_VALUE: dict[str, Any] = {
    "rule": "sodium_week",
    "title": "최근 며칠의 나트륨",
    "seen": "기록한 7일의 평균이 3,120 mg 이상이고, 그중 6일이 2,300 mg을 넘었어요.",
    "known": "하루 나트륨의 기준은 2,300 mg 이하예요.",
    "todo": "국물을 조금 남기거나 소스를 따로 두고 찍어 먹어 볼 수 있어요.",
    "action": "식사 보기",
    "url": "/meals/?date=2026-11-22",
    "numbers": {"days": 7, "mean": "3120", "high": "2300", "over": 6, "unknown": 0},
    "source": {
        "title": "보건복지부·한국영양학회 한국인 영양소 섭취기준 만성질환위험감소섭취량",
        "edition": "KDRI 2020",
        "url": "",
        "assumed": False,
    },
    "evidence": [ROW],
}
AWAY_VALUE = {"rule": "water_today", "until": "2026-11-29"}
CARDS = OpenApiExample(
    "A salty week",
    response_only=True,
    value={"date": "2026-11-22", "count": 1, "results": [CARD_VALUE], "away": [AWAY_VALUE]},
)
AWAY_IN = OpenApiExample("For a week", request_only=True, value={"until": "2026-11-29"})
AWAY = OpenApiExample("Put away", response_only=True, value=AWAY_VALUE)
WORDS_VALUE: dict[str, Any] = {
    "text": "오늘은 지금까지 식사를 2번 적었고, 열량은 1,240 kcal예요. 운동(걷기)은 30분 했어요.",
    "language": "ko",
    "by_model": False,
    "source": "embedded",
    "model": "sentences",
    "coming": False,
}
INSIGHTS = OpenApiExample(
    "Today", response_only=True, value={"date": "2026-11-22", "words": WORDS_VALUE, "cards": [CARD_VALUE]}
)
ACHIEVEMENTS = OpenApiExample(
    "One earned, one on its way",
    response_only=True,
    value={
        "count": 2,
        "earned": 1,
        "results": [
            {
                "code": "workouts_10",
                "title": "열 번의 움직임",
                "rule": "10일 운동하기",
                "have": 10,
                "need": 10,
                "earned": True,
                "earned_on": "2026-11-20",
                "evidence": [
                    {**ROW, "room": "workouts", "row": "log", "id": 77, "amount": None, "unit": "", "words": "운동",
                     "url": "/workouts/?date=2026-11-20"}
                ],
            },
            {
                "code": "streak_30",
                "title": "이어 쓴 한 달",
                "rule": "30일 이어 쓰기(7일에 하루는 쉬어도 돼요)",
                "have": 12,
                "need": 30,
                "earned": False,
                "earned_on": None,
                "evidence": [],
            },
        ],
    },
)  # fmt: skip
