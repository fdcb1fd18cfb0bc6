"""The medication room as a Django app."""

from django.apps import AppConfig


class MedicationConfig(AppConfig):
    """Registers a person's medicines."""

    name = "onharu.records.medication"
    label = "medication"
