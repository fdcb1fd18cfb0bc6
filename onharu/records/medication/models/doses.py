"""Doses and the ledger of what happened to them. The ledger only grows; the state of a dose is a view of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onharu.kernel.owned import Owned, OwnedQuerySet
from onharu.kernel.sealed import SealedTextField
from onharu.records.medication.models.regimens import Regimen, RegimenVersion


class Dose(Owned):
    """A dose that came due, or that somebody took without a plan (`planned_at` None).

    `key` names it within its regimen. `day` is the person's day it counts to: that of `planned_at`, or that of the
    taking for one without a plan.
    """

    regimen = models.ForeignKey(Regimen, on_delete=models.CASCADE, related_name="doses")
    version = models.ForeignKey(RegimenVersion, on_delete=models.CASCADE, related_name="doses")
    key = models.CharField(max_length=60)
    planned_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField()
    amount = models.DecimalField(max_digits=9, decimal_places=3)
    anchor = models.CharField(max_length=24, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regimen", "key"], name="one_dose_a_key"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=10000), name="dose_amount_sane"),
        ]
        indexes = [
            models.Index(fields=["owner", "day"], name="doses_of_day"),
            models.Index(fields=["regimen", "planned_at"], name="doses_of_regimen"),
        ]


class LedgerQuerySet(OwnedQuerySet):
    """Rows that are written once: they go only with the person."""

    def update(self, **kwargs: object) -> int:
        """Refuse: what happened is put right by a further entry."""
        raise TypeError("The ledger only grows; write a further entry.")


class DoseEvent(Owned):
    """Something that happened to a dose: at `at` as it is told, written down at `recorded_at` by `by`."""

    class Kind(models.TextChoices):
        SENT = "sent", "알림 보냄"
        SHOWN = "shown", "알림 봄"
        SNOOZED = "snoozed", "미룸"
        TAKEN = "taken", "먹음"
        SKIPPED = "skipped", "건너뜀"
        LATE = "late", "늦음"
        UNDONE = "undone", "되돌림"
        CORRECTED = "corrected", "고침"

    dose = models.ForeignKey(Dose, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind)
    at = models.DateTimeField()
    amount = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    reason = SealedTextField(max_length=200, blank=True, default="")
    over_limit = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["sent", "shown", "snoozed", "taken", "skipped", "late", "undone", "corrected"]),
                name="dose_event_known",
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="dose_event_amount_sane"),
        ]
        indexes = [
            models.Index(fields=["dose", "id"], name="events_of_dose"),
            models.Index(
                fields=["owner", "at"],
                name="takings_of",
                condition=Q(kind__in=["taken", "skipped", "undone", "corrected"]),
            ),
        ]
