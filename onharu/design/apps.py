"""Tells Django where the shared templates and static files are."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Register the room; it has no tables."""

    name = "onharu.design"
    label = "design"
    verbose_name = "온하루 디자인"
