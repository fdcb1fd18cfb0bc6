"""Long goals, daily targets by version, and measurements."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Q

from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.sealed import SealedDecimalField, SealedTextField, within
from onharu.records.goals.rules import measuring, progress, targets

EXERCISE = "exercises.Exercise"


def _kinds() -> Q:
    """A known kind, with a second value exactly where the kind has one."""
    known = measuring.MEASURES.values()
    return reduce(or_, (Q(kind=one.kind, value2__isnull=one.low2 is None) for one in known))


class Goal(Owned):
    """Something to come to over weeks: a weight, a lift, days a week, minutes a week."""

    class Kind(models.TextChoices):
        WEIGHT = progress.WEIGHT, "체중"
        STRENGTH = progress.STRENGTH, "근력"
        HABIT = progress.HABIT, "습관"
        MINUTES = progress.MINUTES, "운동 시간"

    class Direction(models.TextChoices):
        UP = progress.UP, "늘리기"
        DOWN = progress.DOWN, "줄이기"

    class Habit(models.TextChoices):
        """What a day is counted by."""

        WORKOUT = "WORKOUT", "운동한 날"
        MEALS = "MEALS", "식사를 적은 날"
        JOURNAL = "JOURNAL", "하루를 적은 날"
        MEASURE = "MEASURE", "몸을 잰 날"

    class State(models.TextChoices):
        ACTIVE = "ACTIVE", "하는 중"
        DONE = "DONE", "이룸"
        DROPPED = "DROPPED", "그만둠"

    kind = models.CharField(max_length=8, choices=Kind)
    title = SealedTextField(max_length=60, blank=True)
    target = models.DecimalField(max_digits=7, decimal_places=1)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    start_value = SealedDecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    start_day = models.DateField()
    due = models.DateField(null=True, blank=True)
    habit = models.CharField(max_length=7, choices=Habit, blank=True)
    exercise = models.ForeignKey(EXERCISE, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    exercise_name = SealedTextField(max_length=100, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.ACTIVE)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(target__gt=0), name="goal_target_positive"),
            models.CheckConstraint(
                condition=~Q(kind=progress.WEIGHT) | Q(target__gte=2, target__lte=400), name="goal_weight_sane"
            ),
            models.CheckConstraint(
                condition=(Q(kind=progress.HABIT) & ~Q(habit="") & Q(target__gte=1, target__lte=7))
                | (~Q(kind=progress.HABIT) & Q(habit="")),
                name="goal_habit_of_a_week",
            ),
            models.CheckConstraint(
                condition=~Q(kind=progress.MINUTES) | Q(target__lte=10080), name="goal_minutes_of_a_week"
            ),
            models.CheckConstraint(
                condition=~Q(kind=progress.STRENGTH) | (~Q(exercise_name="") & Q(target__lte=1000)),
                name="goal_strength_names_its_lift",
            ),
            models.CheckConstraint(condition=Q(due__isnull=True) | Q(due__gte=F("start_day")), name="goal_due_later"),
        ]
        indexes = [
            models.Index(fields=["owner", "state"], name="goal_of_owner"),
            models.Index(fields=["deleted_at"], name="goal_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class DailyTarget(Owned):
    """One version of a daily target: the newest that began by a day holds; `removed` goes back to the reference."""

    class Source(models.TextChoices):
        OWN = "OWN", "직접 정함"
        SUGGESTION = "SUGGESTION", "제안"

    key = models.CharField(max_length=20)
    direction = models.CharField(max_length=8, blank=True)
    low = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    from_day = models.DateField()
    removed = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source, default=Source.OWN)
    reference = models.CharField(max_length=160, blank=True)
    edition = models.CharField(max_length=40, blank=True)
    guidance = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "from_day"], name="one_target_version_a_day"),
            models.CheckConstraint(condition=Q(key__in=targets.KEYS), name="target_key_known"),
            models.CheckConstraint(
                condition=Q(removed=True, direction="", low__isnull=True, high__isnull=True)
                | Q(removed=False, direction="at_least", low__isnull=False, high__isnull=True)
                | Q(removed=False, direction="at_most", low__isnull=True, high__isnull=False)
                | Q(removed=False, direction="within", low__isnull=False, high__isnull=False),
                name="target_has_its_ends",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(low__gte=0, low__lte=targets.LARGEST), name="target_low_sane"
            ),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(high__gte=0, high__lte=targets.LARGEST), name="target_high_sane"
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")), name="target_low_to_high"
            ),
        ]


class Measurement(Owned):
    """One measurement at one moment; `value2` is the diastolic pressure.

    What was measured is sealed, so its bounds are held by `rules.measuring` alone.
    `weight_before` is what the profile said before the first weight came, so that taking it back leaves no trace.
    """

    class Kind(models.TextChoices):
        WEIGHT = measuring.WEIGHT, "체중"
        WAIST = measuring.WAIST, "허리둘레"
        BLOOD_PRESSURE = measuring.BLOOD_PRESSURE, "혈압"
        GLUCOSE = measuring.GLUCOSE, "혈당"

    class Context(models.TextChoices):
        FASTING = measuring.FASTING, "공복"
        BEFORE_MEAL = measuring.BEFORE_MEAL, "식전"
        AFTER_MEAL = measuring.AFTER_MEAL, "식후"
        BEDTIME = measuring.BEDTIME, "자기 전"

    kind = models.CharField(max_length=14, choices=Kind)
    day = models.DateField()
    at = models.DateTimeField()
    value = SealedDecimalField(max_digits=5, decimal_places=1, validators=within(2, 1000))
    value2 = SealedDecimalField(max_digits=5, decimal_places=1, null=True, blank=True, validators=within(20, 200))
    context = models.CharField(max_length=11, choices=Context, blank=True)
    note = SealedTextField(max_length=200, blank=True)
    weight_before = SealedDecimalField(max_digits=4, decimal_places=1, null=True, blank=True, validators=within(2, 400))
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_kinds(), name="measurement_of_known_kind"),
            models.CheckConstraint(
                condition=Q(context="") | Q(kind=measuring.GLUCOSE, context__in=measuring.CONTEXTS),
                name="measurement_context_of_glucose",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "kind", "day", "at"], name="measurement_of_kind"),
            models.Index(fields=["owner", "day"], name="measurement_of_day"),
            models.Index(fields=["deleted_at"], name="measurement_deleted", condition=Q(deleted_at__isnull=False)),
        ]
