"""The kernel as a Django app: its tables are the job queue, saved replies and day versions."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    """Registers the kernel's own tables."""

    name = "onharu.kernel"
    label = "kernel"
    verbose_name = _("온하루의 일")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's jobs; loading registers them."""
        import_module("onharu.kernel.nightly")
        autodiscover_modules("jobs")
        if settings.JOBS == "celery":
            import_module("onharu.kernel.jobs.broker").begin()
