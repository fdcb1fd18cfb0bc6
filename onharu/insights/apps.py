"""The insights room as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Registers the insights."""

    name = "onharu.insights"
    label = "insights"
