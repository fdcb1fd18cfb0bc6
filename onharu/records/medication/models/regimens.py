"""What somebody takes and how: regimens, each wording of their schedules, the person's routine, and stock."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.sealed import SealedTextField
from onharu.records.medication import rules


class RoutineOf(Owned):
    """When a person usually wakes, eats and goes to bed, by the clock of their zone. No row is the usual routine."""

    wake = models.TimeField()
    breakfast = models.TimeField()
    lunch = models.TimeField()
    dinner = models.TimeField()
    sleep = models.TimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_routine")]


class Regimen(Owned):
    """A medicine that somebody takes: a product of the shelf by `item_seq`, or a name of their own.

    The schedule is in the versions. `planned_until` is up to where due doses have rows, `next_at` when the next look is
    owed; both belong to the one who keeps time. Whoever changes what the plan hangs on only asks for a look now
    (`next_at`): `by_meals` and `by_takings` say what that is.
    """

    class Unit(models.TextChoices):
        TABLET = "tablet", "정"
        CAPSULE = "capsule", "캡슐"
        PACKET = "packet", "포"
        ML = "ml", "ml"
        DROP = "drop", "방울"
        PUFF = "puff", "흡입"
        UNIT = "unit", "단위"
        PATCH = "patch", "매"
        AMPOULE = "ampoule", "앰플"
        TIME = "time", "회"

    item_seq = SealedTextField(max_length=9, blank=True, default="", validators=[RegexValidator(rules.NINE_DIGITS)])
    name = SealedTextField(max_length=200)
    why = SealedTextField(max_length=200, blank=True, default="")
    note = SealedTextField(max_length=1000, blank=True, default="")
    unit = models.CharField(max_length=8, choices=Unit, default=Unit.TABLET)
    reminds = models.BooleanField(default=True)
    tracks_stock = models.BooleanField(default=False)
    refill_days = models.PositiveSmallIntegerField(default=7)
    position = models.PositiveSmallIntegerField(default=0)
    by_meals = models.BooleanField(default=False)
    by_takings = models.BooleanField(default=False)
    planned_until = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="regimen_has_a_name"),
            models.CheckConstraint(condition=Q(refill_days__range=(0, 60)), name="regimen_refill_days_sane"),
        ]
        indexes = [
            models.Index(fields=["owner", "position", "id"], name="regimens_of"),
            models.Index(
                fields=["next_at"], name="regimen_due", condition=Q(next_at__isnull=False, deleted_at__isnull=True)
            ),
            models.Index(fields=["deleted_at"], name="regimen_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class RegimenVersion(Owned):
    """One wording of a regimen's schedule, written once: what was planned yesterday stays as it was said.

    One that `stops` plans nothing from `since` on.
    """

    regimen = models.ForeignKey(Regimen, on_delete=models.CASCADE, related_name="versions")
    n = models.PositiveIntegerField()
    since = models.DateTimeField()
    schedule = models.JSONField()
    sentence = SealedTextField(max_length=300, blank=True, default="")
    amount = models.DecimalField(max_digits=9, decimal_places=3)
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    stops = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regimen", "n"], name="one_regimen_version_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=10000), name="regimen_amount_sane"),
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="regimen_ends_after"),
        ]


class StockEvent(Owned):
    """What happened to a stock: counted anew, or added to. What is left is this less what was taken since."""

    class Kind(models.TextChoices):
        COUNTED = "counted", "세어 봤어요"
        ADDED = "added", "채웠어요"

    regimen = models.ForeignKey(Regimen, on_delete=models.CASCADE, related_name="stock_events")
    kind = models.CharField(max_length=7, choices=Kind)
    amount = models.DecimalField(max_digits=9, decimal_places=3)
    at = models.DateTimeField()
    note = SealedTextField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["counted", "added"]), name="stock_event_known"),
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lte=100000), name="stock_amount_sane"),
        ]
        indexes = [models.Index(fields=["regimen", "at"], name="stock_of_regimen")]
