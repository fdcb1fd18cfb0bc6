"""The accounts room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Registers users, profiles and sessions."""

    name = "onharu.accounts"
    label = "accounts"
    verbose_name = _("사람과 계정")

    def ready(self) -> None:
        """Register the room's jobs, hear what leaves the house, and say what people call what staff see here."""
        from onharu.accounts import jobs, unconsented  # noqa: F401, PLC0415 Django loads apps before models may be imported
        from onharu.accounts.actions.outgoing import note_left  # noqa: PLC0415 as above
        from onharu.kernel import access, leaving  # noqa: PLC0415 as above

        access.call(self.verbose_name, "users", "user")
        leaving.listen(note_left)
        unconsented.listen()
