"""Examples for the OpenAPI document: real shapes with starter-catalogue foods."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_NUTRIENTS: dict[str, Any] = {
    "kcal": 341.0,
    "carbohydrate_g": 74.8,
    "sugars_g": 0.0,
    "fiber_g": None,
    "protein_g": 6.3,
    "fat_g": 0.7,
    "saturated_fat_g": None,
    "cholesterol_mg": None,
    "sodium_mg": None,
    "potassium_mg": None,
    "calcium_mg": None,
    "iron_mg": None,
    "caffeine_mg": None,
    "alcohol_g": None,
}
_ITEM: dict[str, Any] = {
    "id": 12,
    "meal": 5,
    "food": 31,
    "name": "쌀밥",
    "quantity": 1,
    "unit": "공기",
    "grams": 210,
    "basis_unit": "g",
    "grams_source": "UNIT",
    "origin": "SEARCH",
    "source": "농촌진흥청 국가표준식품성분표",
    "edition": "2025-04-26",
    "nutrients": _NUTRIENTS,
}
_TOTAL = {**_NUTRIENTS, "unknown": {"sodium_mg": 1}, "items": 1}
_MEAL: dict[str, Any] = {
    "id": 5,
    "log_date": "2026-11-22",
    "meal_type": "LUNCH",
    "eaten_at": "2026-11-22T12:30:00+09:00",
    "note": "",
    "photo": None,
    "items": [_ITEM],
    "total": _TOTAL,
}
_FOOD: dict[str, Any] = {
    "id": 31,
    "name": "쌀밥",
    "maker": "",
    "category": "밥",
    "basis": "100g",
    "basis_unit": "g",
    "per_100": _NUTRIENTS,
    "units": [{"name": "공기", "grams": 210, "source": "송파구보건소 식품구성탑", "guess": False}],
    "source": "농촌진흥청 국가표준식품성분표",
    "edition": "2025-04-26",
    "own": False,
    "kind": "exact",
    "score": 100.0,
    "favourite": False,
    "last_quantity": None,
    "last_unit": None,
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any, *codes: str) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=list(codes) or ["200", "201"])


MEAL = _answered("A bowl of rice for lunch", _MEAL)
MEAL_IN = _sent(
    "Rice for lunch", {"meal_type": "LUNCH", "items": [{"food": 31, "quantity": 1, "unit": "공기"}], "note": ""}
)
MEAL_PATCH = _sent("It was dinner", {"meal_type": "DINNER"})
ITEM = _answered("A bowl of rice", _ITEM)
ITEM_IN = _sent("Half a bowl", {"meal": 5, "food": 31, "quantity": 0.5, "unit": "공기"})
ITEM_PATCH = _sent("It was 150 g", {"grams": 150})
DAY = _answered("A day", {"log_date": "2026-11-22", "meals": [_MEAL], "nutrition": _TOTAL, "water_ml": 600})
COPY = _sent("Yesterday's lunch", {"from_date": "2026-11-21", "meal_type": "LUNCH"})
COPIED = _answered("One food", {"created": 1, "items": [_ITEM]})
FOUND = _answered("A typo", {"count": 1, "corrected": "쌀밥", "results": [_FOOD]})
FOOD = _answered("One's own food", {**_FOOD, "id": -3, "own": True, "source": "직접 입력", "edition": ""})
OWN_FOOD_IN = _sent(
    "A home-made bar", {"name": "수제 견과바", "kcal": 480, "protein_g": 12, "serving_name": "개", "serving_grams": 35}
)
FAVOURITE_IN = _sent("Keep it at hand", {"favourite": True})
WATER_IN = _sent("Three glasses", {"ml": 600})
WATER = _answered("Three glasses", {"log_date": "2026-11-22", "ml": 600})
TOTALS = _answered(
    "Two days",
    {"count": 1, "results": [{"log_date": "2026-11-22", "nutrition": _TOTAL, "water_ml": 600, "meals": 1}]},
)
_ROW: dict[str, Any] = {
    "row": 0,
    "photo": 8,
    "label": "hot pot",
    "label_ko": "찌개·전골",
    "confidence": 0.61,
    "origin": "model",
    "why": "사진",
    "food": _FOOD,
    "alternatives": [_FOOD],
    "quantity": 1,
    "unit": "공기",
    "grams": 210,
    "grams_source": "UNIT",
    "per_100": _NUTRIENTS,
    "macros": _NUTRIENTS,
}
ANALYSIS = _answered(
    "One dish",
    {
        "analysis_id": "9b2f3f52-7d2a-4b34-9a59-0c3e40c1a1de",
        "state": "DONE",
        "items": [_ROW],
        "macros_total": _TOTAL,
        "source": "embedded",
        "model": "efficientnet-lite2",
        "leaves_home": False,
        "meal_type": "LUNCH",
        "date": "2026-11-22",
    },
)
ANALYSIS_IN = _sent("A sentence", {"text": "김치찌개 한 그릇이랑 밥 반 공기, 계란 2개"})
COMMIT_IN = _sent(
    "Confirm",
    {
        "analysis_id": "9b2f3f52-7d2a-4b34-9a59-0c3e40c1a1de",
        "items": [{"food": 31, "quantity": 1, "unit": "공기"}],
        "meal_type": "LUNCH",
        "date": "2026-11-22",
    },
)
COMMITTED = _answered("Written down", {"created": 1, "meal_id": 5, "item_ids": [12]})
