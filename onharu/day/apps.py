"""The day room as a Django app: no tables, it listens to the one signal."""

from django.apps import AppConfig


class DayConfig(AppConfig):
    """Registers the read model."""

    name = "onharu.day"
    label = "day"
