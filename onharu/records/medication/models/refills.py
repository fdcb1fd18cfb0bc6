"""That somebody was warned of a medicine running out: once for each stock."""

from __future__ import annotations

from django.db import models

from onharu.kernel.owned import Owned
from onharu.records.medication.models.regimens import Regimen
from onharu.records.medication.models.reminders import Reminder


class RefillWarning(Owned):
    """A warning that a medicine lasts until `runs_out`, owed at `warned_at`; the telling may be forgotten earlier."""

    regimen = models.ForeignKey(Regimen, on_delete=models.CASCADE, related_name="refill_warnings")
    reminder = models.ForeignKey(Reminder, on_delete=models.SET_NULL, null=True, related_name="refills")
    runs_out = models.DateField()
    warned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regimen", "warned_at"], name="one_refill_warning_a_time"),
        ]
        indexes = [models.Index(fields=["regimen", "-warned_at"], name="refill_warnings_of")]
