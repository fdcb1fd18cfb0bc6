"""The schedule as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """Registers the seeds of the schedule and its pages in the admin."""

    name = "onharu.kernel.schedule"
    label = "schedule"
    verbose_name = _("정해진 일")
