"""The goals room as a Django app."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """Registers goals."""

    name = "onharu.records.goals"
    label = "goals"
