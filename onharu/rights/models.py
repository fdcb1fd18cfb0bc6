"""Archives that are made or waiting to be fetched, and erasures with their receipts."""

from __future__ import annotations

from django.core.files.storage import Storage
from django.db import models
from django.db.models import Q

from onharu.kernel import files
from onharu.kernel.owned import Owned

FOLDER = "exports"


def archives() -> Storage:
    """Where archives lie for a day: beside the media, readable by the house only."""
    return files.kept_apart(FOLDER)


class Export(Owned):
    """Everything of a person as one archive: asked for, made in the background, kept for a day."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=archives, max_length=120, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_export_a_person")]


class Erasure(models.Model):
    """That a person asked to be erased; once it is done, the receipt, which names nobody.

    `person` is the account's number until the work is done. `mark` tells the account apart in a restored backup: a
    salted digest of its number and the instant it joined.
    """

    class Asked(models.TextChoices):
        SELF = "self", "본인"
        STAFF = "staff", "운영자"
        BACKUP = "backup", "백업을 되살린 뒤"

    receipt = models.CharField(max_length=32, primary_key=True)
    person = models.BigIntegerField(null=True, blank=True, unique=True)
    mark = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=6, choices=Asked, default=Asked.SELF)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    removed = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(person__isnull=True), name="a_receipt_names_nobody"
            )
        ]
