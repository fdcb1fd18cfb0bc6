"""The tables of the food shelf: a food per code, the named units an official file gave it, what was loaded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onharu.kernel.columns import PerHundred, never_negative


class Food(PerHundred):
    """What 100 g or 100 ml of one food holds, by whose table and edition. The code is the key, never the name."""

    class Kind(models.TextChoices):
        DISH = "dish", "음식"
        PRODUCT = "product", "제품"
        INGREDIENT = "ingredient", "재료"

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    aliases = models.CharField(max_length=400, blank=True, help_text="other names, split by |")
    category = models.CharField(max_length=40, blank=True)
    maker = models.CharField(max_length=80, blank=True, help_text="empty for a food that anybody makes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DISH)
    representative = models.BooleanField(default=False, help_text="stands for every food of its name")
    starter = models.BooleanField(default=False, help_text="shipped with the product, not imported")
    serving_grams = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=120)
    source_code = models.CharField(max_length=80, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="foods_by_name")]
        constraints = [
            never_negative("food_never_negative"),
            models.CheckConstraint(condition=~Q(code=""), name="food_has_a_code"),
            models.CheckConstraint(condition=~Q(name=""), name="food_has_a_name"),
            models.CheckConstraint(condition=Q(basis__in=PerHundred.Basis.values), name="food_basis_known"),
            models.CheckConstraint(condition=Q(kind__in=["dish", "product", "ingredient"]), name="food_kind_known"),
            models.CheckConstraint(
                condition=Q(serving_grams__isnull=True) | Q(serving_grams__gt=0), name="food_serving_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FoodUnit(models.Model):
    """How much one named unit of one food is, in the food's basis unit (g, or ml of a 100 ml food)."""

    food = models.ForeignKey(Food, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=20)
    grams = models.DecimalField(max_digits=8, decimal_places=2)
    source = models.CharField(max_length=120)
    guess = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(default=0, help_text="the smallest is offered first")

    class Meta:
        ordering = ["food_id", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["food", "name"], name="unit_once_a_food"),
            models.CheckConstraint(condition=Q(grams__gt=0), name="unit_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.name


class Loaded(models.Model):
    """Which edition of a shipped table stands in the database: lets `onharu up` start in seconds."""

    table = models.CharField(max_length=40, primary_key=True)
    edition = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.table} {self.edition}"
