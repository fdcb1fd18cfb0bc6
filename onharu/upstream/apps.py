"""The upstream room as a Django app."""

from django.apps import AppConfig
from django.core.checks import register

from onharu.upstream.checks import chosen_backends, speaking_unasked


class UpstreamConfig(AppConfig):
    """Registers the checks of the backends."""

    name = "onharu.upstream"
    label = "upstream"

    def ready(self) -> None:
        """Let `onharu check` and every start look at the chosen backends."""
        register(chosen_backends)
        register(speaking_unasked)
