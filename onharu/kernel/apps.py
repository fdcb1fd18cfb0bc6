"""The kernel as a Django app: its tables are the job queue, saved replies and day versions."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's own tables."""

    name = "onharu.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
