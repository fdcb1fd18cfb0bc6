"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers users, profiles and sessions."""

    name = "onharu.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the room's jobs."""
        from onharu.accounts import jobs  # noqa: F401, PLC0415 Django loads apps before models may be imported
