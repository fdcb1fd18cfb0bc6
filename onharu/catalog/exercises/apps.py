"""The exercise shelf as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExercisesConfig(AppConfig):
    """Registers the exercise shelf."""

    name = "onharu.catalog.exercises"
    label = "exercises"
    verbose_name = _("운동 목록")
