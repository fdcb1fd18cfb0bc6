"""The journal room as a Django app."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Registers the journal."""

    name = "onharu.records.journal"
    label = "journal"
