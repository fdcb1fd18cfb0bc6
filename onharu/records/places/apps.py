"""The room of one's places as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers a person's places."""

    name = "onharu.records.places"
    label = "places"
