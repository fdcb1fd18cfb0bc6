"""Reminders: when somebody is to be told of due doses, by which ways, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onharu.kernel.owned import Owned
from onharu.kernel.sealed import SealedTextField


class ReminderRule(Owned):
    """How a person wants to be reminded. No row is the usual rule. Times are of the clock in the person's zone.

    A dose that is planned within the quiet hours rings once at its time, unless `rings_in_quiet` is off; nothing else
    does.
    """

    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    rings_in_quiet = models.BooleanField(default=True)
    repeat_minutes = models.PositiveSmallIntegerField(default=10)
    repeats = models.PositiveSmallIntegerField(default=3)
    group_minutes = models.PositiveSmallIntegerField(default=15)
    names_shown = models.BooleanField(default=False)
    by_push = models.BooleanField(default=True)
    by_email = models.BooleanField(default=False)
    escalate_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_reminder_rule"),
            models.CheckConstraint(
                condition=Q(repeat_minutes__range=(5, 120), repeats__lte=12, group_minutes__lte=60),
                name="reminder_rule_sane",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(escalate_minutes__isnull=True) | Q(escalate_minutes__range=(10, 720)),
                name="escalation_sane",
            ),
        ]


class PushSubscription(Owned):
    """A browser that may be sent messages: where, and the keys that only it can read them with."""

    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    label = SealedTextField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField()
    tested_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True, default="")
    failures = models.PositiveSmallIntegerField(default=0)


class Reminder(Owned):
    """One telling of one person at one time about the doses that are due then. `step` counts repeats from 0.

    `missed` of its doses are told as missed: their own time was over when they could be told.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        ANSWERED = "answered"
        FOLDED = "folded"
        FAILED = "failed"

    due_at = models.DateTimeField()
    send_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=9, default="dose")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    missed = models.PositiveSmallIntegerField(default=0)
    doses = models.ManyToManyField("medication.Dose", related_name="reminders")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "kind", "due_at", "step"], name="one_reminder_a_time"),
            models.CheckConstraint(
                condition=Q(kind__in=["dose", "refill", "caregiver", "test"]), name="reminder_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["send_at"], name="reminder_due", condition=Q(state__in=["waiting", "claimed"])),
            models.Index(fields=["owner", "-due_at"], name="reminders_of"),
        ]


class Delivery(Owned):
    """One message on one way: to a browser, or by e-mail. Claimed before it is sent, so that it is sent once.

    `owner` is whom it goes to: the reminder's owner, or who looks after them. `shown_at` is when the browser said that
    it showed it, `answer` the first thing that was pressed on it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        FAILED = "failed"

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=5)
    subscription = models.ForeignKey(PushSubscription, on_delete=models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=7, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["", "taken", "later", "skipped"]), name="delivery_answer_known"
            ),
            models.CheckConstraint(condition=Q(way__in=["push", "email"]), name="delivery_way_known"),
            models.UniqueConstraint(
                fields=["reminder", "subscription"],
                condition=Q(subscription__isnull=False),
                name="one_delivery_a_browser",
            ),
            models.UniqueConstraint(
                fields=["reminder", "owner", "way"], condition=Q(subscription__isnull=True), name="one_delivery_a_way"
            ),
        ]
        indexes = [models.Index(fields=["try_at"], name="delivery_due", condition=Q(state__in=["waiting", "claimed"]))]
