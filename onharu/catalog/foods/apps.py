"""The food shelf as a Django app."""

from django.apps import AppConfig


class FoodsConfig(AppConfig):
    """Registers the food shelf."""

    name = "onharu.catalog.foods"
    label = "foods"
