"""The fourteen nutrient columns, for every table that knows what is in 100 g or 100 ml of something."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onharu.kernel.quantities import NUTRIENTS, Nutrients


def amount() -> models.DecimalField[None, None]:
    """Make a column for one nutrient; NULL means unknown."""
    return models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)


class PerHundred(models.Model):
    """Nutrients in 100 g, or in 100 ml when `basis` says so."""

    class Basis(models.TextChoices):
        GRAMS = "100g", "100 g"
        MILLILITRES = "100ml", "100 ml"

    basis = models.CharField(max_length=5, choices=Basis, default=Basis.GRAMS)
    kcal = amount()
    carbohydrate_g = amount()
    sugars_g = amount()
    fiber_g = amount()
    protein_g = amount()
    fat_g = amount()
    saturated_fat_g = amount()
    cholesterol_mg = amount()
    sodium_mg = amount()
    potassium_mg = amount()
    calcium_mg = amount()
    iron_mg = amount()
    caffeine_mg = amount()
    alcohol_g = amount()

    class Meta:
        abstract = True

    @property
    def per_100(self) -> Nutrients:
        """The columns as one value."""
        return Nutrients.of({key: getattr(self, key) for key in NUTRIENTS})

    @property
    def basis_unit(self) -> str:
        """What amounts of it are counted in: `g` or `ml`."""
        return "ml" if self.basis == self.Basis.MILLILITRES else "g"


def never_negative(name: str) -> models.CheckConstraint:
    """Make the constraint that no nutrient column is below zero."""
    rule = Q()
    for key in NUTRIENTS:
        rule &= Q(**{f"{key}__isnull": True}) | Q(**{f"{key}__gte": 0})
    return models.CheckConstraint(condition=rule, name=name)
