from collections import Counter
from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.records.workouts import public
from onharu.records.workouts.actions.demo import Trainee, seed_workouts
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog, WorkoutPlan
from onharu.records.workouts.queries.days import days_of
from onharu.records.workouts.rules.planning import EDITION
from tests.exercise_shelf import load_starter


@pytest.fixture
def trainee(owner, noon):
    load_starter()
    return Trainee(owner_id=owner.pk, today=noon.date(), zone="Asia/Seoul", day_start_hour=0)


def test_sixty_believable_days_are_written_in_three_seconds(trainee, owner):
    began = clock.monotonic()
    written = seed_workouts(trainee=trainee, days=60, seed=7)
    took = clock.monotonic() - began
    assert took < 3
    days = days_of(owner.pk, trainee.today - timedelta(days=59), trainee.today)
    assert len(days) == 60
    assert WorkoutLog.objects.count() == written > 60
    states = Counter(task.state for day in days.values() for task in day.tasks)
    assert states["done"] > states["planned"] > 0
    assert states["skipped"] > 0
    assert {day.plan.edition for day in days.values()} == {EDITION}
    assert all(day.kcal_net is not None for day in days.values() if day.logs)
    assert days[trainee.today].logs == ()
    assert MovementProfile.objects.count() == 1


def test_weights_grow_within_the_demo(trainee, owner):
    seed_workouts(trainee=trainee, days=60, seed=7)
    reasons = Counter((task.reason or {})["code"] for task in Task.objects.all())
    assert reasons["load_up"] > 0
    assert public.records_of(owner.pk)


def test_a_second_seeding_adds_nothing(trainee):
    seed_workouts(trainee=trainee, days=20, seed=7)
    before = (WorkoutPlan.objects.count(), WorkoutLog.objects.count())
    assert seed_workouts(trainee=trainee, days=20, seed=8) == 0
    assert (WorkoutPlan.objects.count(), WorkoutLog.objects.count()) == before


def test_the_same_seed_is_the_same_person(trainee, relative):
    other = Trainee(owner_id=relative.pk, today=trainee.today, zone="Asia/Seoul", day_start_hour=0)
    for one in (trainee, other):
        seed_workouts(trainee=one, days=20, seed=3)
    mine, theirs = (
        list(
            WorkoutLog.objects.filter(owner_id=one.owner_id).order_by("id").values_list("day", "exercise_id", "minutes")
        )
        for one in (trainee, other)
    )
    assert mine == theirs


def test_the_door_is_exactly_what_it_says():
    assert all(getattr(public, name) for name in public.__all__)
    assert sorted(public.__all__) == public.__all__ or len(set(public.__all__)) == len(public.__all__)
