"""What goes in and out: serializers without logic. Values come from frozen entries, never from models."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from onharu.kernel.quantities import NUTRIENTS
from onharu.records.meals.actions.diary import MOST_ITEMS, Wanted
from onharu.records.meals.actions.own_foods import OwnFoodDraft
from onharu.records.meals.api.fields import (
    AmountField,
    NutrientField,
    NutrientsOut,
    SignedFoodField,
    SlotField,
    TotalOut,
)
from onharu.records.meals.models import OwnFood


class WantedIn(serializers.Serializer[Any]):
    """A food and an amount: quantity and unit, or grams. Nutrients are never taken from a client."""

    food = SignedFoodField()
    quantity = AmountField(default=Decimal(1))
    unit = serializers.CharField(max_length=20, default="", allow_blank=True)
    grams = AmountField(required=False, allow_null=True)

    @staticmethod
    def wanted(values: dict[str, Any]) -> Wanted:
        """Make the value the actions take."""
        return Wanted(food=values["food"], quantity=values["quantity"], unit=values["unit"], grams=values.get("grams"))


class MealIn(serializers.Serializer[Any]):
    """A meal to write down. `log_date` defaults to today, `eaten_at` to now or the slot's usual time."""

    log_date = serializers.DateField(required=False)
    meal_type = SlotField(required=False)
    eaten_at = serializers.DateTimeField(required=False)
    note = serializers.CharField(max_length=300, default="", allow_blank=True)
    items = WantedIn(many=True, required=False, max_length=MOST_ITEMS)  # type: ignore[call-arg]


class MealPatchIn(serializers.Serializer[Any]):
    """What of a meal changes."""

    log_date = serializers.DateField(required=False)
    meal_type = SlotField(required=False)
    eaten_at = serializers.DateTimeField(required=False)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class ItemIn(WantedIn):
    """A food to add to a meal."""

    meal = serializers.IntegerField(min_value=1)


class ItemPatchIn(serializers.Serializer[Any]):
    """What of an eaten food changes."""

    food = SignedFoodField(required=False)
    quantity = AmountField(required=False)
    unit = serializers.CharField(max_length=20, required=False)
    grams = AmountField(required=False)


class CopyIn(serializers.Serializer[Any]):
    """What to copy, and to which day: one meal, or a day (of one slot, where given)."""

    meal = serializers.IntegerField(min_value=1, required=False)
    from_date = serializers.DateField(required=False)
    meal_type = SlotField(required=False)
    to_date = serializers.DateField(required=False)
    to_meal_type = SlotField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for exactly one source."""
        if ("meal" in attrs) == ("from_date" in attrs):
            raise serializers.ValidationError(
                "meal 또는 from_date 중 하나만 보내 주세요. / Send either meal or from_date."
            )
        return attrs


class WaterIn(serializers.Serializer[Any]):
    """How much was drunk on the day, in ml."""

    ml = serializers.IntegerField(min_value=0, max_value=20000)


class ItemOut(serializers.Serializer[Any]):
    """An eaten food; `grams` counts in `basis_unit`."""

    id = serializers.IntegerField()
    meal = serializers.IntegerField(source="meal_id")
    food = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    quantity = AmountField()
    unit = serializers.CharField()
    grams = AmountField()
    basis_unit = serializers.ChoiceField(["g", "ml"])
    grams_source = serializers.CharField()
    origin = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    edition = serializers.CharField()
    nutrients = NutrientsOut()


class MealOut(serializers.Serializer[Any]):
    """A meal with its foods and their sum."""

    id = serializers.IntegerField()
    log_date = serializers.DateField(source="day")
    meal_type = serializers.CharField(source="slot")
    eaten_at = serializers.DateTimeField()
    note = serializers.CharField()
    photo = serializers.IntegerField(source="photo_id", allow_null=True)
    items = ItemOut(many=True)
    total = TotalOut()


class UnitOut(serializers.Serializer[Any]):
    """A named unit and what it weighs."""

    name = serializers.CharField()
    grams = AmountField()
    source = serializers.CharField()  # type: ignore[assignment]
    guess = serializers.BooleanField()


class FoodOut(serializers.Serializer[Any]):
    """A food as a person sees it."""

    id = serializers.IntegerField(source="facts.id")
    name = serializers.CharField(source="facts.name")
    maker = serializers.CharField(source="facts.maker")
    category = serializers.CharField(source="facts.category")
    basis = serializers.CharField(source="facts.basis")
    basis_unit = serializers.CharField(source="facts.basis_unit")
    per_100 = NutrientsOut(source="facts.per_100")
    units = UnitOut(source="facts.units", many=True)
    source = serializers.CharField(source="facts.source")  # type: ignore[assignment]
    edition = serializers.CharField(source="facts.edition")
    own = serializers.SerializerMethodField()
    kind = serializers.CharField()
    score = serializers.FloatField()
    favourite = serializers.BooleanField()
    last_quantity = AmountField(allow_null=True)
    last_unit = serializers.CharField(allow_null=True)

    def get_own(self, found: Any) -> bool:
        """Tell whether the food is the person's own."""
        return bool(found.facts.id < 0)


class FoundOut(serializers.Serializer[Any]):
    """An answer to a search."""

    count = serializers.IntegerField()
    corrected = serializers.CharField(allow_null=True)
    results = FoodOut(many=True)


class OwnFoodIn(serializers.Serializer[Any]):
    """One's own food per 100 g or ml, or a recipe with ingredients."""

    name = serializers.CharField(max_length=100)
    maker = serializers.CharField(max_length=60, default="", allow_blank=True)
    basis = serializers.ChoiceField(OwnFood.Basis.choices, default=OwnFood.Basis.GRAMS)
    serving_name = serializers.CharField(max_length=20, default="인분")
    serving_grams = AmountField(required=False, allow_null=True, max_value=10000)
    cooked_grams = AmountField(required=False, allow_null=True, max_value=100000)
    ingredients = WantedIn(many=True, required=False, max_length=MOST_ITEMS)  # type: ignore[call-arg]

    def get_fields(self) -> dict[str, Any]:
        """Add the nutrients, per 100."""
        return {**super().get_fields(), **{key: NutrientField(max_value=100000) for key in NUTRIENTS}}

    @staticmethod
    def draft(values: dict[str, Any]) -> OwnFoodDraft:
        """Make the value the actions take."""
        return OwnFoodDraft(
            name=values["name"],
            maker=values["maker"],
            basis=values["basis"],
            amounts={key: values.get(key) for key in NUTRIENTS},
            serving_name=values["serving_name"],
            serving_grams=values.get("serving_grams"),
            cooked_grams=values.get("cooked_grams"),
            ingredients=[WantedIn.wanted(one) for one in values.get("ingredients", ())],
        )


class DayTotalOut(serializers.Serializer[Any]):
    """One day's sums."""

    log_date = serializers.DateField()
    nutrition = TotalOut()
    water_ml = serializers.IntegerField(allow_null=True)
    meals = serializers.IntegerField()


class DayTotalsOut(serializers.Serializer[Any]):
    """The sums of several days, the latest first."""

    count = serializers.IntegerField()
    results = DayTotalOut(many=True)


class MealDayOut(serializers.Serializer[Any]):
    """A day's meals and their sum."""

    log_date = serializers.DateField()
    meals = MealOut(many=True)
    nutrition = TotalOut()
    water_ml = serializers.IntegerField(allow_null=True)


class CopiedOut(serializers.Serializer[Any]):
    """What was copied."""

    created = serializers.IntegerField()
    items = ItemOut(many=True)
