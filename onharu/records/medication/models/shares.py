"""Who else may see what somebody takes: family by consent, and calendars by a secret address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onharu.kernel.owned import Owned


class Share(Owned):
    """That the owner lets another person see their doses, perhaps mark them, until a day. Invited by a code, once."""

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    label = models.CharField(max_length=40, blank=True, default="")
    code_hash = models.CharField(max_length=64, unique=True)
    may_mark = models.BooleanField(default=False)
    is_told = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

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
        ]
        indexes = [models.Index(fields=["viewer"], name="shares_with")]


class ShareEvent(Owned):
    """What a viewer did, kept for the owner to read: looked, marked, was told."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="log")
    what = models.CharField(max_length=12)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
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
