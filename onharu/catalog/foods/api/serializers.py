"""The shape of a food over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.kernel.quantities import NUTRIENTS


class AmountOut(serializers.DecimalField):
    """An amount, written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=3, coerce_to_string=False, read_only=True, **kwargs)


class Per100Out(serializers.Serializer[Any]):
    """The fourteen nutrients in 100 g or 100 ml (`basis`); null means that nobody has measured it."""

    def get_fields(self) -> dict[str, Any]:
        """Make one field for each nutrient."""
        return {key: AmountOut(allow_null=True) for key in NUTRIENTS}


class FoodUnitOut(serializers.Serializer[Any]):
    """A named unit; `grams` counts in the food's `basis_unit`; `guess` marks what no source says."""

    name = serializers.CharField(read_only=True)
    grams = AmountOut()
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # our word, not the field's option
    guess = serializers.BooleanField(read_only=True)


class PortionOut(serializers.Serializer[Any]):
    """The amount most people mean by the food's bare name."""

    quantity = AmountOut()
    unit = serializers.CharField(read_only=True)
    grams = AmountOut()
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # our word, not the field's option
    guess = serializers.BooleanField(read_only=True)


class FoodDetailOut(serializers.Serializer[Any]):
    """A food with its nutrients, its units and where each figure comes from."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=["dish", "product", "ingredient"], read_only=True)
    category = serializers.CharField(read_only=True)
    maker = serializers.CharField(read_only=True)
    basis = serializers.ChoiceField(choices=["100g", "100ml"], read_only=True)
    basis_unit = serializers.ChoiceField(choices=["g", "ml"], read_only=True)
    per_100 = Per100Out(read_only=True)
    units = FoodUnitOut(many=True, read_only=True)
    portion = PortionOut(read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]  # our word, not the field's option
    source_code = serializers.CharField(read_only=True)
    edition = serializers.CharField(read_only=True)


RICE = OpenApiExample(
    "A bowl of rice",
    response_only=True,
    value={
        "id": 1,
        "code": "ST-0001",
        "name": "쌀밥",
        "name_en": "Steamed white rice",
        "kind": "dish",
        "category": "밥",
        "maker": "",
        "basis": "100g",
        "basis_unit": "g",
        "per_100": {
            **dict.fromkeys(NUTRIENTS),
            "kcal": 166,
            "carbohydrate_g": 37.33,
            "protein_g": 3.36,
            "sodium_mg": 0,
        },
        "units": [{"name": "공기", "grams": 210, "source": "송파구보건소 식품구성탑 밥 1공기 210 g", "guess": False}],
        "portion": {
            "quantity": 1,
            "unit": "공기",
            "grams": 210,
            "source": "송파구보건소 식품구성탑 밥 1공기 210 g",
            "guess": False,
        },
        "source": "식약처 식품영양성분DB 음식",
        "source_code": "D301-022000000-0001",
        "edition": "2025-04-08",
    },
)
