"""A small shelf of exercises, a plan of today, and people who never said how they want to train."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from onharu.catalog.exercises import public as exercises
from onharu.records.workouts import ports
from onharu.records.workouts.actions import plans
from onharu.records.workouts.actions.plans import PlanDraft
from onharu.records.workouts.actions.tasks import TaskDraft
from onharu.records.workouts.models import Task
from tests.exercise_shelf import small_shelf

DAY = date(2026, 11, 22)


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
    return small_shelf()


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
