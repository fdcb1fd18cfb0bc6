"""The names room as a Django app."""

from django.apps import AppConfig


class NamesConfig(AppConfig):
    """Registers the name index."""

    name = "onharu.names"
    label = "names"
