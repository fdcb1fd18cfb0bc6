"""The tables refuse what cannot be, whoever writes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from onharu.catalog.exercises import public as exercises
from onharu.records.workouts.models import MovementProfile, Task, WorkoutLog, WorkoutPlan, WorkoutSet

DAY = date(2026, 11, 22)


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days_a_week", 0),
        ("days_a_week", 8),
        ("minutes", 9),
        ("minutes", 121),
        ("level", 0),
        ("level", 4),
        ("week_start", 7),
    ],
)
def test_a_profile_of_movement_is_possible(owner, noon, field, value):
    refused(lambda: MovementProfile.objects.create(owner=owner, updated_at=noon, **{field: value}))
    assert MovementProfile.objects.count() == 0


def test_a_person_has_one_profile_of_movement(owner, relative, noon):
    MovementProfile.objects.create(owner=owner, updated_at=noon)
    MovementProfile.objects.create(owner=relative, updated_at=noon)
    refused(lambda: MovementProfile.objects.create(owner=owner, updated_at=noon))


def test_a_day_has_one_living_plan_for_each_person(owner, relative, noon):
    gone = WorkoutPlan.objects.create(owner=owner, day=DAY, created_at=noon, deleted_at=noon)
    WorkoutPlan.objects.create(owner=owner, day=DAY, created_at=noon, deleted_at=noon)
    WorkoutPlan.objects.create(owner=owner, day=DAY, created_at=noon)
    WorkoutPlan.objects.create(owner=relative, day=DAY, created_at=noon)
    refused(lambda: WorkoutPlan.objects.filter(pk=gone.pk).update(deleted_at=None))


@pytest.mark.parametrize(
    "wrong",
    [
        {"sets": 51}, {"reps_high": 1001}, {"reps_low": 9, "reps_high": 8}, {"weight_kg": Decimal("1000.5")}, {"seconds": 86401},
        {"rpe_target": Decimal("0.5")}, {"rpe_target": Decimal("10.5")}, {"state": "done"}, {"skip_reason": "pain"},
    ],
)  # fmt: skip
def test_a_task_is_possible(owner, plan, noon, wrong):
    refused(lambda: Task.objects.create(owner=owner, plan_id=plan, name="걷기", created_at=noon, **wrong))
    assert Task.objects.count() == 3


def test_a_task_that_is_not_done_has_no_time_of_being_done(owner, squat, noon):
    refused(lambda: Task.objects.filter(pk=squat).update(done_at=noon))
    Task.objects.filter(pk=squat).update(done_at=noon, state="done")
    refused(lambda: Task.objects.filter(pk=squat).update(state="skipped"))


def log(owner, noon, **more):
    return WorkoutLog.objects.create(
        **{"owner": owner, "day": DAY, "started_at": noon, "name": "걷기", "created_at": noon, **more}
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": Decimal(10)}, {"minutes_source": "SAID"}, {"minutes": Decimal("1440.5"), "minutes_source": "SAID"},
        {"body_kg": Decimal(60)}, {"body_kg_source": "PROFILE"},
        {"met": Decimal("30.5")}, {"rpe": Decimal("0.9")}, {"source": "IMPORT"}, {"source": "IMPORT", "external_id": "w"},
    ],
)  # fmt: skip
def test_a_log_says_where_its_numbers_are_from(owner, noon, wrong):
    refused(lambda: log(owner, noon, **wrong))
    assert WorkoutLog.objects.count() == 0


def test_a_log_ends_after_it_begins(owner, noon):
    refused(lambda: log(owner, noon, ended_at=noon - timedelta(seconds=1)))
    assert log(owner, noon, ended_at=noon).ended_at == noon


def test_an_external_id_is_once_a_person_even_among_the_deleted(owner, relative, noon):
    imported = {"source": "IMPORT", "external_id": "w-1", "ended_at": noon}
    log(owner, noon, **imported, deleted_at=noon)
    log(relative, noon, **imported)
    refused(lambda: log(owner, noon, **imported))
    log(owner, noon)
    log(owner, noon)


def test_a_place_in_a_log_has_one_set(owner, noon):
    written = log(owner, noon)
    WorkoutSet.objects.create(owner=owner, log=written, order=0, reps=5)
    refused(lambda: WorkoutSet.objects.create(owner=owner, log=written, order=0, reps=6))


def test_deleting_the_person_deletes_everything_of_theirs(owner, relative, plan, squat, noon):
    written = log(owner, noon, task_id=squat)
    WorkoutSet.objects.create(owner=owner, log=written, order=0)
    MovementProfile.objects.create(owner=owner, updated_at=noon)
    log(relative, noon)
    owner.delete()
    left = [model.objects.count() for model in (MovementProfile, WorkoutPlan, Task, WorkoutLog, WorkoutSet)]
    assert left == [0, 0, 0, 1, 0]


def test_an_exercise_that_somebody_planned_stays_on_the_shelf(plan, shelf):
    row = Task.objects.select_related("exercise").get(order=0).exercise
    with pytest.raises(ProtectedError):
        row.delete()
    assert shelf["goblet"] in exercises.facts_of([shelf["goblet"]])
