"""The kernel as a Django app: its tables are the job queue, saved replies and day versions."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Registers the kernel's own tables."""

    name = "onharu.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's jobs; loading registers them."""
        autodiscover_modules("jobs")
