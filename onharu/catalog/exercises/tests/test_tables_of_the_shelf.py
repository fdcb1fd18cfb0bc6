import pytest
from django.db import IntegrityError, transaction

from onharu.catalog.exercises.models import Exercise, ExerciseTag, Loaded
from onharu.kernel import clock

pytestmark = pytest.mark.django_db
FULL = {"pattern": "push", "measure": "reps", "level": 1, "met": 4, "met_source": "시험", "planned": True}


def an_exercise(**given):
    return Exercise(**{"code": "t-1", "name": "시험", "source": "시험", **given})


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"name": ""},
        {"source": ""},
        {"pattern": "fly"},
        {"measure": "miles"},
        {"level": 4},
        {"met": 83, "met_source": "시험"},
        {"met": 0, "met_source": "시험"},
        {"met": 4, "met_source": ""},
        {**FULL, "level": 0},
        {**FULL, "pattern": ""},
        {**FULL, "measure": ""},
        {**FULL, "met": None, "met_source": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        an_exercise(**wrong).save()


def test_a_row_that_says_little_is_kept_unplanned():
    an_exercise().save()
    an_exercise(code="t-2", **FULL).save()
    assert Exercise.objects.filter(planned=True).count() == 1


def test_a_code_stands_once():
    an_exercise().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        an_exercise(name="다른 것").save()


@pytest.mark.parametrize(
    ("kind", "value"),
    [("target", "knee"), ("load", "chest"), ("place", "moon"), ("colour", "red"), ("equipment", ""), ("caution", "x")],
)
def test_an_exercise_carries_only_codes_that_exist(kind, value):
    exercise = an_exercise()
    exercise.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseTag.objects.create(exercise=exercise, kind=kind, value=value)


def test_an_exercise_carries_a_code_once():
    exercise = an_exercise()
    exercise.save()
    ExerciseTag.objects.create(exercise=exercise, kind="load", value="knee")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseTag.objects.create(exercise=exercise, kind="load", value="knee", rank=1)


def test_rows_say_their_names():
    assert str(an_exercise()) == "시험"
    assert str(ExerciseTag(kind="load", value="knee")) == "load:knee"
    assert str(Loaded(table="exercises", edition="1", loaded_at=clock.now())) == "exercises 1"
