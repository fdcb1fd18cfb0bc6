"""The meals room as a Django app."""

from django.apps import AppConfig


class MealsConfig(AppConfig):
    """Registers meals."""

    name = "onharu.records.meals"
    label = "meals"
