"""The journal room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Registers the journal."""

    name = "onharu.records.journal"
    label = "journal"
    verbose_name = _("일지")
