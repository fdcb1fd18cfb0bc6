"""The food shelf as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoodsConfig(AppConfig):
    """Registers the food shelf."""

    name = "onharu.catalog.foods"
    label = "foods"
    verbose_name = _("음식 목록")
