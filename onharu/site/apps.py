"""The composition root as a Django app: it brings the commands and the start-up checks."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registers the checks."""

    name = "onharu.site"
    label = "onharu_site"

    def ready(self) -> None:
        """Load the checks; importing them registers them."""
        from onharu.site import checks  # noqa: F401, PLC0415 Django loads apps before models may be imported
