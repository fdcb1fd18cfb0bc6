"""The rights room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Registers export and erasure, and has the admin's deletion go the same way."""

    name = "onharu.rights"
    label = "rights"
    verbose_name = _("내려받기와 떠나기")

    def ready(self) -> None:
        """Let accounts ask for an erasure, as its admin deletes people, and name what this process remembers."""
        from onharu.accounts.public import use_erasing  # noqa: PLC0415 models may be imported only now
        from onharu.day.finished import drop_kept as drop_days  # noqa: PLC0415
        from onharu.kernel.kept import drop_kept as drop_answers  # noqa: PLC0415
        from onharu.rights.actions.leaving import erase_for_staff  # noqa: PLC0415
        from onharu.rights.rooms import use_memories  # noqa: PLC0415

        use_erasing(erase_for_staff)
        use_memories(drop_days, drop_answers)
