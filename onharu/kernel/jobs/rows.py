"""The queue's tables: what is owed, what died, and when somebody last looked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onharu.kernel.jobs.registry import MARGIN, SECONDS

LEASE = timedelta(seconds=SECONDS) + MARGIN
MOST_ATTEMPTS = 6
# A claim from further ahead than this was made by a clock that was wrong.
AHEAD = timedelta(hours=1)


class Job(models.Model):
    """A piece of work that is owed. `key`, where given, keeps the same work from being owed twice."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 null keeps unkeyed rows apart
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=64, blank=True, default="", db_default="")
    leased_until = models.DateTimeField(null=True)
    # When its number last went to a broker; without a broker never.
    sent_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["state", "run_at"], name="job_due")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class DeadLetter(Job):
    """A job that failed as often as it may. It waits for somebody who owes it again or drops it."""

    class Meta:
        app_label = "kernel"
        proxy = True
        verbose_name = _("끝내 못 한 작업")
        verbose_name_plural = _("끝내 못 한 작업")


class Pulse(models.Model):
    """When something that should happen all the time last happened."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "kernel"


def owed(at: datetime) -> Q:
    """Choose what somebody should run now: what waits and is due, and what nobody runs any more."""
    running = Q(state=Job.State.RUNNING)
    # Rows claimed by an edition that wrote no lease have that of every job then.
    lost = Q(leased_until__lte=at) | Q(leased_until=None, claimed_at__lte=at - LEASE) | Q(claimed_at__gt=at + AHEAD)
    return Q(state=Job.State.WAITING, run_at__lte=at) | (running & lost)
