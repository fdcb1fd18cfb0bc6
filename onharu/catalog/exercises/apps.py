"""The exercise shelf as a Django app."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """Registers the exercise shelf."""

    name = "onharu.catalog.exercises"
    label = "exercises"
