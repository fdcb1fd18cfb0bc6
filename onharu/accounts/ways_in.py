"""The rows behind ways in: sign-ins that wait for their code, passkeys, and the keys that tokens are signed with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from onharu.kernel.sealed import SealedTextField


class SecondStep(models.Model):
    """A sign-in whose first proof held and whose code is still to come: good once, for minutes.

    Its ticket is kept as a hash. It stays for a while after its end, so that wrong codes of a person can be counted
    over all their tickets.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=20)
    for_app = models.BooleanField()
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    wrong_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong=0, wrong_at__isnull=True) | Q(wrong__gt=0, wrong_at__isnull=False),
                name="a_wrong_code_has_its_time",
            )
        ]
        indexes = [models.Index(fields=["user", "wrong_at"], name="second_step_of_user")]


class Passkey(models.Model):
    """A key of a person's device or password keeper that signs them in: its public half, and how often it has signed.

    `credential` is its number, which nobody else's has. A key that does not count says 0 for good.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.CharField(max_length=2000)
    counter = models.PositiveBigIntegerField()
    name = SealedTextField(max_length=40)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "added_at"], name="passkey_of_user")]


class PasskeyStart(models.Model):
    """A question to a passkey: good once, for minutes. Its ticket is kept as a hash.

    One that adds a key begins in a session (a hash of its key); a second step hangs on the one that waits; a sign-in
    of somebody unknown has neither.
    """

    class Purpose(models.TextChoices):
        ADD = "add"
        ENTER = "enter"
        SECOND = "second"

    digest = models.CharField(max_length=64, primary_key=True)
    challenge = models.CharField(max_length=43)
    purpose = models.CharField(max_length=6, choices=Purpose)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    session = models.CharField(max_length=64, blank=True)
    step = models.CharField(max_length=64, blank=True)
    for_app = models.BooleanField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(purpose="add", user__isnull=False, step="") & ~Q(session=""))
                | Q(purpose="enter", user__isnull=True, step="", session="")
                | (Q(purpose="second", user__isnull=False, session="") & ~Q(step="")),
                name="a_passkey_is_asked_for_something",
            )
        ]


class SigningKey(models.Model):
    """A key that tokens are signed with, sealed. One signs; the others were retired and only check what they signed."""

    kid = models.CharField(max_length=16, unique=True)
    secret = SealedTextField(max_length=64)
    signs = models.BooleanField(null=True, unique=True)  # true for one row, null for all others
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signs=True, retired_at__isnull=True) | Q(signs__isnull=True, retired_at__isnull=False),
                name="a_key_signs_or_is_retired",
            )
        ]
