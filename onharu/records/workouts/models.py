"""How a person wants to move, plans of a day with their tasks, and logs of what was done with their sets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q

from onharu.kernel import sealed
from onharu.kernel.owned import AliveQuerySet, Owned, OwnedQuerySet
from onharu.kernel.sealed import SealedDecimalField, SealedTextField

EXERCISE = "exercises.Exercise"
MOST_MINUTES = 1440
MOST_SETS = 50
MOST_REPS = 1000
MOST_KG = 1000
MOST_SECONDS = 86400


def within(name: str, low: int, high: int, *fields: str) -> models.CheckConstraint:
    """Make the constraint that each of these columns is unknown or between two bounds."""
    rule = Q()
    for field in fields:
        rule &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": Decimal(low), f"{field}__lte": Decimal(high)})
    return models.CheckConstraint(condition=rule, name=name)


def small() -> models.PositiveSmallIntegerField[Any, Any]:
    """Make a column for a count that may be unsaid."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


def number(digits: int, places: int) -> models.DecimalField[Any, Any]:
    """Make a column for an amount that may be unknown."""
    return models.DecimalField(max_digits=digits, decimal_places=places, null=True, blank=True)


class MovementProfile(Owned):
    """How somebody wants to train: what for, how often, how long, where, with what, and what to spare."""

    class Goal(models.TextChoices):
        HEALTH = "health", "건강 유지"
        STRENGTH = "strength", "근력"
        MUSCLE = "muscle", "근육량"
        WEIGHT = "weight", "체중 관리"
        STAMINA = "stamina", "체력"

    goal = models.CharField(max_length=8, choices=Goal, default=Goal.HEALTH)
    days_a_week = models.PositiveSmallIntegerField(default=3)
    minutes = models.PositiveSmallIntegerField(default=30)
    places = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(default=1)
    spare = models.JSONField(default=list)
    avoid = models.JSONField(default=list)
    week_start = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_movement_profile"),
            within("movement_days_a_week", 1, 7, "days_a_week"),
            within("movement_minutes", 10, 120, "minutes"),
            within("movement_level", 1, 3, "level"),
            within("movement_week_start", 0, 6, "week_start"),
        ]


class WorkoutPlan(Owned):
    """What to do on one local day; a rest day is a plan too. At most one living plan a day."""

    class Source(models.TextChoices):
        RULES = "RULES", "자동"
        MODEL = "MODEL", "AI 제안"
        OWN = "OWN", "직접 작성"
        COPY = "COPY", "지난 계획"

    day = models.DateField()
    focus = SealedTextField(max_length=40, blank=True)
    title = SealedTextField(max_length=80, blank=True)
    note = SealedTextField(max_length=300, blank=True)
    source = models.CharField(max_length=5, choices=Source, default=Source.OWN)
    deload = models.BooleanField(default=False)
    rest_day = models.BooleanField(default=False)
    minutes = small()
    reasons = models.JSONField(default=list)
    edition = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day"], condition=Q(deleted_at__isnull=True), name="one_living_plan_a_day"
            ),
            within("plan_minutes", 0, MOST_MINUTES, "minutes"),
        ]
        indexes = [
            models.Index(fields=["deleted_at"], name="plan_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class Task(Owned):
    """One exercise of a plan. Its name, pattern and measure stay as they were when it was planned."""

    class State(models.TextChoices):
        PLANNED = "planned", "할 일"
        DONE = "done", "완료"
        SKIPPED = "skipped", "건너뜀"

    class SkipReason(models.TextChoices):
        PAIN = "pain", "아파요"
        TIRED = "tired", "피곤해요"
        NO_TIME = "no_time", "시간이 없어요"
        NO_EQUIPMENT = "no_equipment", "기구가 없어요"
        DISLIKE = "dislike", "하기 싫어요"
        OTHER = "other", "다른 이유"

    plan = models.ForeignKey(WorkoutPlan, on_delete=models.CASCADE, related_name="tasks")
    order = models.PositiveSmallIntegerField(default=0)
    exercise = models.ForeignKey(EXERCISE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = SealedTextField(max_length=200)
    pattern = models.CharField(max_length=12, blank=True)
    measure = models.CharField(max_length=8, blank=True)
    sets = small()
    reps_low = small()
    reps_high = small()
    weight_kg = number(6, 2)
    minutes = small()
    seconds = models.PositiveIntegerField(null=True, blank=True)
    rpe_target = number(3, 1)
    rest_seconds = small()
    reason = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    done_at = models.DateTimeField(null=True, blank=True)
    skip_reason = models.CharField(max_length=12, choices=SkipReason, blank=True)
    swapped_from = models.ForeignKey(EXERCISE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            within("task_sets", 1, MOST_SETS, "sets"),
            within("task_reps", 0, MOST_REPS, "reps_low", "reps_high"),
            within("task_weight", 0, MOST_KG, "weight_kg"),
            within("task_minutes", 0, MOST_MINUTES, "minutes"),
            within("task_seconds", 0, MOST_SECONDS, "seconds"),
            within("task_rpe", 1, 10, "rpe_target"),
            models.CheckConstraint(
                condition=Q(reps_low__isnull=True) | Q(reps_high__isnull=True) | Q(reps_low__lte=F("reps_high")),
                name="task_reps_low_to_high",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="task_done_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="skipped") | Q(skip_reason=""), name="task_reason_only_when_skipped"
            ),
        ]
        indexes = [
            models.Index(fields=["deleted_at"], name="task_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class WorkoutLog(Owned):
    """One thing that was done on a local day, with the energy rate and the body weight as they were then.

    `as_planned` marks a log whose values are still the plan's; `by_hand` one that the person corrected.
    """

    class MinutesSource(models.TextChoices):
        SAID = "SAID", "직접 입력"
        ESTIMATED = "ESTIMATED", "추정"
        IMPORTED = "IMPORTED", "가져옴"

    class Source(models.TextChoices):
        SELF = "SELF", "직접 기록"
        TASK = "TASK", "계획에서"
        IMPORT = "IMPORT", "가져옴"

    class BodySource(models.TextChoices):
        MEASURED = "MEASURED", "측정"
        PROFILE = "PROFILE", "프로필"

    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, blank=True, related_name="logs")
    exercise = models.ForeignKey(EXERCISE, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = SealedTextField(max_length=200)
    pattern = models.CharField(max_length=12, blank=True)
    measure = models.CharField(max_length=8, blank=True)
    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = number(6, 2)
    minutes_source = models.CharField(max_length=9, choices=MinutesSource, blank=True)
    rpe = number(3, 1)
    met = number(4, 2)
    met_source = models.CharField(max_length=120, blank=True)
    body_kg = SealedDecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=sealed.within(2, 400)
    )
    body_kg_source = models.CharField(max_length=8, choices=BodySource, blank=True)
    body_kg_day = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=6, choices=Source, default=Source.SELF)
    external_id = models.CharField(max_length=120, blank=True)
    as_planned = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    note = SealedTextField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(deleted_at__isnull=True), name="one_living_log_a_task"
            ),
            models.UniqueConstraint(
                fields=["owner", "external_id"], condition=~Q(external_id=""), name="one_log_an_external_id"
            ),
            within("log_minutes", 0, MOST_MINUTES, "minutes"),
            within("log_rpe", 1, 10, "rpe"),
            within("log_met", 0, 30, "met"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="log_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True, minutes_source="")
                | (Q(minutes__isnull=False) & ~Q(minutes_source="")),
                name="log_minutes_say_their_source",
            ),
            models.CheckConstraint(
                condition=Q(body_kg__isnull=True, body_kg_source="")
                | (Q(body_kg__isnull=False) & ~Q(body_kg_source="")),
                name="log_body_says_its_source",
            ),
            models.CheckConstraint(
                condition=~Q(source="IMPORT") | (~Q(external_id="") & Q(ended_at__isnull=False)),
                name="log_import_is_named_and_timed",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "day"], name="log_of_day"),
            models.Index(fields=["deleted_at"], name="log_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class SetQuerySet(OwnedQuerySet):
    """Sets, which live and go with their log."""


class WorkoutSet(Owned):
    """One set of a log."""

    log = models.ForeignKey(WorkoutLog, on_delete=models.CASCADE, related_name="sets")
    order = models.PositiveSmallIntegerField(default=0)
    reps = small()
    weight_kg = number(6, 2)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    rpe = number(3, 1)

    objects = SetQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "order"], name="one_set_a_place"),
            within("set_reps", 0, MOST_REPS, "reps"),
            within("set_weight", 0, MOST_KG, "weight_kg"),
            within("set_seconds", 0, MOST_SECONDS, "seconds"),
            within("set_rpe", 1, 10, "rpe"),
        ]
        ordering = ["order", "pk"]
