"""The shelf of pharmacies as a Django app."""

from django.apps import AppConfig


class PharmaciesConfig(AppConfig):
    """Registers the shelf of pharmacies."""

    name = "onharu.catalog.pharmacies"
    label = "pharmacies"
