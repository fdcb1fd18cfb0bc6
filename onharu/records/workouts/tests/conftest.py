"""A small shelf of exercises, a plan of today, and people who never said how they want to train."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.models import Exercise, ExerciseTag
from onharu.records.workouts import ports
from onharu.records.workouts.actions import plans
from onharu.records.workouts.actions.plans import PlanDraft
from onharu.records.workouts.actions.tasks import TaskDraft
from onharu.records.workouts.models import Task

DAY = date(2026, 11, 22)
SHELF = (
    ("squat", "맨몸 스쿼트", "squat", "reps", 1, "5.0", ("quads", "glutes"), ("none",), ("knee",)),
    ("goblet", "덤벨 고블릿 스쿼트", "squat", "reps", 1, "5.0", ("quads", "glutes"), ("dumbbell",), ("knee",)),
    ("wall-sit", "벽 앉기", "squat", "seconds", 1, "3.8", ("quads",), ("none",), ("knee",)),
    ("push-up", "팔굽혀펴기", "push", "reps", 1, "3.8", ("chest", "triceps"), ("none",), ("wrist",)),
    ("press", "덤벨 프레스", "push", "reps", 1, "3.5", ("chest", "triceps"), ("dumbbell",), ("shoulder",)),
    ("row", "덤벨 로우", "pull", "reps", 1, "3.5", ("back", "biceps"), ("dumbbell",), ()),
    ("towel-row", "수건 로우", "pull", "reps", 1, "3.5", ("back", "biceps"), ("none",), ()),
    ("bridge", "글루트 브리지", "hinge", "reps", 1, "3.5", ("glutes", "hamstrings"), ("none",), ()),
    ("plank", "플랭크", "core", "seconds", 1, "3.0", ("core",), ("none",), ()),
    ("walk", "빠르게 걷기", "cardio", "minutes", 1, "4.8", ("heart",), ("none",), ()),
    ("run", "달리기", "cardio", "minutes", 2, "8.3", ("heart",), ("none",), ("knee",)),
    ("stretch", "전신 스트레칭", "mobility", "seconds", 1, "2.3", ("full_body",), ("none",), ()),
)


@pytest.fixture(autouse=True)
def _forget():
    """No pool and no wired weights are left from another test."""
    exercises.let_go()
    wired = list(ports._answers)
    ports.use(None)
    yield
    exercises.let_go()
    ports._answers[:] = wired


@pytest.fixture
def shelf(db):
    """Twelve exercises by code."""
    found = {}
    for code, name, pattern, measure, level, met, targets, equipment, loads in SHELF:
        row = Exercise.objects.create(
            code=code, name=name, name_en=code, pattern=pattern, measure=measure, level=level, met=Decimal(met),
            met_source="시험표", edition="1", source="시험표", planned=True,
        )  # fmt: skip
        tags = [("target", targets), ("equipment", equipment), ("load", loads), ("place", ("gym", "home", "outdoor"))]
        ExerciseTag.objects.bulk_create(
            ExerciseTag(exercise=row, kind=kind, value=value, rank=rank)
            for kind, values in tags
            for rank, value in enumerate(values)
        )
        found[code] = row.pk
    return found


@pytest.fixture
def plan(owner, shelf, noon):
    """Today's plan by hand: squats with a weight, a plank, a walk."""
    draft = PlanDraft(
        day=DAY,
        title="가볍게",
        tasks=[
            TaskDraft(
                exercise=shelf["goblet"], sets=3, reps_low=8, reps_high=12, weight_kg=Decimal(10), rest_seconds=90
            ),
            TaskDraft(exercise=shelf["plank"], sets=2, seconds=30, rest_seconds=60),
            TaskDraft(exercise=shelf["walk"], sets=1, minutes=20),
        ],
    )
    return plans.make_plan(owner_id=owner.pk, draft=draft)


@pytest.fixture
def squat(plan):
    """The first task of the plan."""
    return Task.objects.get(plan=plan, order=0).pk


@pytest.fixture
def walk(plan):
    """The last task of the plan."""
    return Task.objects.get(plan=plan, order=2).pk
