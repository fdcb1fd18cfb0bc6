"""The goals room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    """Registers goals."""

    name = "onharu.records.goals"
    label = "goals"
    verbose_name = _("목표와 몸")
