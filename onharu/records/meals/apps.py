"""The meals room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MealsConfig(AppConfig):
    """Registers meals."""

    name = "onharu.records.meals"
    label = "meals"
    verbose_name = _("식사")
