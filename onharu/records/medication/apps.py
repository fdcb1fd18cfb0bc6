"""The medication room as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What others than its owner may ask for.
OF_DOSES = (
    "family-day", "family-day-part", "family-take", "family-undo",
    "api/shared/<int:pk>/schedules/", "api/shared/<int:pk>/schedules/<str:dose_id>/taken/",
)  # fmt: skip
OF_SHARING = ("family-join", "family-leave", "api/shares/accept/", "api/shared/<int:pk>/")


class MedicationConfig(AppConfig):
    """Registers a person's medicines."""

    name = "onharu.records.medication"
    label = "medication"
    verbose_name = _("약")

    def ready(self) -> None:
        """Say which consents stand here, and what people call what others may see here."""
        from onharu.accounts.public import use_elsewhere  # noqa: PLC0415 Django loads apps before models may be imported
        from onharu.kernel import access  # noqa: PLC0415 as above
        from onharu.records.medication.actions import agreeing  # noqa: PLC0415 as above

        use_elsewhere(agreeing.CAREGIVER, agreeing.Shares())
        use_elsewhere(agreeing.PUSH, agreeing.Devices())
        access.call(_("먹을 약과 먹은 표시"), *OF_DOSES)
        access.call(_("가족 공유"), *OF_SHARING)
        access.call(_("약 달력"), "calendar-feed")
