"""What several serializers share: amounts, slots, days and times."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from onharu.kernel.quantities import NUTRIENTS
from onharu.records.meals.models import Slot


class AmountField(serializers.DecimalField):
    """A positive amount with at most three decimals; written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("decimal_places", 3)
        kwargs.setdefault("min_value", Decimal("0.001"))
        super().__init__(coerce_to_string=False, **kwargs)


class NutrientField(AmountField):
    """An amount of a nutrient; null means unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), required=False, allow_null=True, **kwargs)


class SlotField(serializers.ChoiceField):
    """BREAKFAST, LUNCH, DINNER or SNACK."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Slot.choices, **kwargs)


class SignedFoodField(serializers.IntegerField):
    """A food by signed number: a catalogue id, or minus the id of one's own food."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=-(2**63) + 1,
            max_value=2**63 - 1,
            help_text="Catalogue food id; a negative number is one of your own foods.",
            **kwargs,
        )


class NutrientsOut(serializers.Serializer[Any]):
    """Amounts by nutrient; null is unknown."""

    def get_fields(self) -> dict[str, Any]:
        """List the fourteen nutrients."""
        return {key: NutrientField(read_only=True) for key in NUTRIENTS}


class TotalOut(NutrientsOut):
    """A sum with the number of rows that do not know a nutrient."""

    def get_fields(self) -> dict[str, Any]:
        """List the nutrients, then what is unknown in how many rows."""
        return {
            **super().get_fields(),
            "unknown": serializers.DictField(child=serializers.IntegerField(), read_only=True),
            "items": serializers.IntegerField(read_only=True),
        }
