"""Who else may see what somebody takes: family by consent, and calendars by a secret address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onharu.kernel.owned import Owned
from onharu.kernel.sealed import SealedTextField
from onharu.records.medication.models.doses import Dose


class Share(Owned):
    """That the owner lets another person see their doses, perhaps mark them, until a day. Invited by a code, once.

    Whoever ends it, `revoked_at` says when; `left_at` that it was the viewer.
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    label = SealedTextField(max_length=40, blank=True, default="")
    code_hash = models.CharField(max_length=64, unique=True)
    may_mark = models.BooleanField(default=False)
    is_told = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(viewer__isnull=True) | ~Q(viewer=F("owner")), name="share_is_with_another"
            ),
            models.UniqueConstraint(
                fields=["owner", "viewer"],
                condition=Q(revoked_at__isnull=True, viewer__isnull=False),
                name="one_living_share_a_viewer",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(revoked_at__isnull=False), name="share_that_was_left_is_over"
            ),
        ]
        indexes = [models.Index(fields=["viewer"], name="shares_with")]


class ShareEvent(Owned):
    """What became of a share, kept for the owner to read: what the viewer looked at and marked, when they were told.

    `day` is the owner's day that it is about, `dose` what was marked.
    """

    class What(models.TextChoices):
        ACCEPTED = "accepted"
        LOOKED = "looked"
        TAKEN = "taken"
        UNDONE = "undone"
        TOLD = "told"
        CHANGED = "changed"
        LEFT = "left"
        REVOKED = "revoked"
        RESTORED = "restored"

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="log")
    what = models.CharField(max_length=12, choices=What)
    day = models.DateField()
    dose = models.ForeignKey(Dose, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    what__in=[
                        "accepted", "looked", "taken", "undone", "told", "changed", "left", "revoked", "restored",
                    ]
                ),
                name="share_event_known",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["owner", "-at"], name="share_log_of")]


class CalendarFeed(Owned):
    """The secret address of a person's calendar of doses; only a hash of the secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    names_shown = models.BooleanField(default=False)
    alarms = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(revoked_at__isnull=True), name="one_living_calendar_feed"
            )
        ]
