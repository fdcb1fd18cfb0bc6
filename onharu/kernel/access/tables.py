"""The tables of the access record. Triggers on both engines keep them append-only (migration 0005).

A migration that rebuilds one of these tables on SQLite drops its triggers and must make them again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

GENESIS = "0" * 64
HOUSE = "house"
TAIL = 1


class Kind(models.TextChoices):
    """What sort of thing happened."""

    CHANGE = "change"
    LOOK = "look"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SECURE = "secure"
    EXPORT = "export"
    ERASE = "erase"
    FOLD = "fold"


class AccessRow(models.Model):
    """One access. People are numbers without a foreign key, as the record outlives an account.

    `who` is a person's number, "house" for a job, "" for somebody who did not sign in. `own` says that a person
    changed what is theirs, which need not be told to them. `before` is the digest of the row before.
    """

    # Whom a row is about: where the database keeps people apart, anybody adds and only that person reads (`walls`).
    ADDED_TO_ABOUT = "whose"

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=45, blank=True)
    whose = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=16)
    what = models.CharField(max_length=120)
    own = models.BooleanField()
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["whose", "-sequence"], name="access_told", condition=Q(own=False))]


class AccessTail(models.Model):
    """The newest row's number and digest: the one row where all writers stand in line. A trigger moves it."""

    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "kernel"


class AccessCheckpoint(models.Model):
    """That the rows up to `sequence` were let go of after two years; its digest is what the next row follows."""

    sequence = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
