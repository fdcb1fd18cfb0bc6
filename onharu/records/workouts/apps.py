"""The workouts room as a Django app."""

from django.apps import AppConfig


class WorkoutsConfig(AppConfig):
    """Registers workouts."""

    name = "onharu.records.workouts"
    label = "workouts"
