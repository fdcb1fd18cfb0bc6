"""The medicine shelf as a Django app."""

from django.apps import AppConfig


class MedicinesConfig(AppConfig):
    """Registers the medicine shelf."""

    name = "onharu.catalog.medicines"
    label = "medicines"
