"""Meals and what is in them, own foods, favourites, water, photographs and what was seen in them."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.columns import PerHundred, never_negative
from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.quantities import Nutrients
from onharu.kernel.sealed import SealedJSONField, SealedTextField

FOOD = "foods.Food"


class Slot(models.TextChoices):
    """When in the day something was eaten."""

    BREAKFAST = "BREAKFAST", "아침"
    LUNCH = "LUNCH", "점심"
    DINNER = "DINNER", "저녁"
    SNACK = "SNACK", "간식"


class Meal(Owned):
    """One sitting on one local day."""

    day = models.DateField()
    slot = models.CharField(max_length=9, choices=Slot)
    eaten_at = models.DateTimeField()
    note = SealedTextField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        indexes = [
            models.Index(fields=["owner", "day"], name="meal_of_day"),
            models.Index(fields=["deleted_at"], name="meal_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class OwnFood(Owned, PerHundred):
    """A food or a recipe that a person wrote down. A recipe's nutrients are computed from its ingredients."""

    name = SealedTextField(max_length=100)
    maker = SealedTextField(max_length=60, blank=True)
    is_recipe = models.BooleanField(default=False)
    cooked_grams = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    serving_name = SealedTextField(max_length=20, default="인분")
    serving_grams = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            never_negative("own_food_amounts"),
            models.CheckConstraint(
                condition=Q(serving_grams__isnull=True) | Q(serving_grams__gt=0), name="own_serving_positive"
            ),
            models.CheckConstraint(
                condition=Q(cooked_grams__isnull=True) | Q(cooked_grams__gt=0), name="own_cooked_positive"
            ),
        ]


class Eaten(PerHundred):
    """An amount of something, with its nutrients per 100 as they were when it was written down."""

    class GramsSource(models.TextChoices):
        WEIGHED = "WEIGHED", "직접 입력"
        UNIT = "UNIT", "단위 무게"
        GUESS = "GUESS", "추정"

    food = models.ForeignKey(FOOD, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    own_food = models.ForeignKey(OwnFood, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = SealedTextField(max_length=200)
    quantity = models.DecimalField(max_digits=8, decimal_places=3)
    unit = SealedTextField(max_length=20)
    grams = models.DecimalField(max_digits=8, decimal_places=2)
    grams_source = models.CharField(max_length=7, choices=GramsSource)
    source = models.CharField(max_length=120, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    food_code = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    @property
    def nutrients(self) -> Nutrients:
        """What this amount holds."""
        return self.per_100.scaled(self.grams / Decimal(100))


class MealItem(Owned, Eaten):
    """One food of a meal. `grams` counts in the food's basis unit, ml where that is 100 ml."""

    class Origin(models.TextChoices):
        SEARCH = "SEARCH", "검색"
        PHOTO = "PHOTO", "사진"
        TEXT = "TEXT", "글"
        COPY = "COPY", "지난 기록"

    meal = models.ForeignKey(Meal, on_delete=models.CASCADE, related_name="items")
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.SEARCH)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grams__gt=0, grams__lte=10000), name="item_grams_sane"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="item_quantity_positive"),
            never_negative("item_amounts"),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="item_recent"),
            models.Index(fields=["meal"], name="item_of_meal"),
        ]


class Ingredient(Eaten):
    """One food of a recipe."""

    recipe = models.ForeignKey(OwnFood, on_delete=models.CASCADE, related_name="ingredients")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(grams__gt=0), name="ingredient_grams_positive"),
            models.CheckConstraint(
                condition=Q(own_food__isnull=True) | ~Q(own_food=F("recipe")), name="recipe_not_in_itself"
            ),
        ]
        ordering = ["position", "pk"]


class Favourite(Owned):
    """A food a person wants at hand."""

    food = models.ForeignKey(FOOD, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    own_food = models.ForeignKey(OwnFood, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "food"], name="favourite_food_once"),
            models.UniqueConstraint(fields=["owner", "own_food"], name="favourite_own_food_once"),
            models.CheckConstraint(
                condition=Q(food__isnull=False, own_food__isnull=True) | Q(food__isnull=True, own_food__isnull=False),
                name="favourite_is_one_thing",
            ),
        ]


class Water(Owned):
    """How much water a person drank on a day; said as a state, not as sips."""

    day = models.DateField()
    ml = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "day"], name="one_water_a_day"),
            models.CheckConstraint(condition=Q(ml__lte=20000), name="water_sane"),
        ]


class Analysis(Owned):
    """What was seen in photographs or read in a sentence, waiting to be confirmed."""

    class Kind(models.TextChoices):
        PHOTO = "PHOTO", "사진"
        TEXT = "TEXT", "글"

    class State(models.TextChoices):
        WAITING = "WAITING"
        DONE = "DONE"
        FAILED = "FAILED"

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=5, choices=Kind)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    digest = models.CharField(max_length=64)
    text = SealedTextField(max_length=500, blank=True)
    day = models.DateField()
    slot = models.CharField(max_length=9, choices=Slot)
    answer = SealedJSONField(default=dict)
    meal = models.OneToOneField(Meal, on_delete=models.SET_NULL, null=True, blank=True, related_name="analysis")
    committed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    known: dict[int, FoodFacts] | None = None  # what was read to suggest its rows, as long as the request lasts

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "digest"], condition=Q(committed_at__isnull=True), name="one_open_analysis"
            )
        ]


class Photo(Owned):
    """A photograph, re-encoded without its metadata; served to its owner only."""

    file = models.FileField(upload_to="photos/", max_length=200)
    thumb = models.FileField(upload_to="photos/", max_length=200)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    analysis = models.ForeignKey(Analysis, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    meal = models.ForeignKey(Meal, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sight = models.JSONField(null=True, blank=True)
    feature = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "digest"], name="photo_digest")]
