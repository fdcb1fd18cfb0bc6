"""The shelf of pharmacies as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PharmaciesConfig(AppConfig):
    """Registers the shelf of pharmacies."""

    name = "onharu.catalog.pharmacies"
    label = "pharmacies"
    verbose_name = _("약국 목록")
