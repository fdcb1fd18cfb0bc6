"""The workouts room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkoutsConfig(AppConfig):
    """Registers workouts."""

    name = "onharu.records.workouts"
    label = "workouts"
    verbose_name = _("운동")
