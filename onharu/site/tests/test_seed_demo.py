"""The demo person: everything an installation can show, the same for the same seed, and quick."""

import time
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from onharu.accounts import public as accounts
from onharu.records.goals import public as goals
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.workouts import public as workouts

TODAY = date(2026, 11, 22)
FIRST = TODAY - timedelta(days=59)


@pytest.fixture
def starter(db, noon):
    call_command("load_starter", verbosity=0)


def seed(username, capsys, **options):
    call_command("seed_demo", username=username, **{"days": 60, **options})
    return accounts.User.objects.get(username=username).pk, capsys.readouterr().out


def past_of(owner_id):
    """What a person did, without the numbers of the rows."""
    eaten = meals.days_of(owner_id, FIRST, TODAY)
    moved = workouts.days_of(owner_id, FIRST, TODAY)
    told = journal.days_of(owner_id, FIRST, TODAY)
    return (
        {day: [(meal.slot, meal.total.nutrients.kcal) for meal in found.meals] for day, found in eaten.items()},
        {day: [(log.name, log.minutes, len(log.sets)) for log in found.logs] for day, found in moved.items()},
        {day: (found.report.mood, found.report.highlights) for day, found in told.items() if found.report},
        {
            day: [(one.kind, one.value) for one in found.measurements]
            for day, found in goals.days_of(owner_id, FIRST, TODAY).items()
        },
    )


def test_sixty_days_have_something_in_every_room_quickly(starter, capsys):
    began = time.process_time()  # of this process: the machine may be busy with other tests
    owner_id, said = seed("demo", capsys)
    assert time.process_time() - began < 6
    eaten, moved, told, measured = past_of(owner_id)
    assert len(eaten) > 50
    assert len(journal.days_written(owner_id, FIRST, TODAY)) == len(told) > 40
    assert len([logs for logs in moved.values() if logs]) > 10
    assert len([rows for rows in measured.values() if rows]) > 10
    assert workouts.day_of(owner_id, TODAY).plan is not None
    assert goals.goals_of(owner_id)
    for words in ("meals", "workouts", "doses", "reports", "over 60 days"):
        assert words in said


def test_the_same_seed_lives_the_same_days_and_another_seed_others(starter, capsys):
    first, again, other = (
        past_of(seed(name, capsys, days=30, seed=number)[0]) for name, number in (("one", 3), ("two", 3), ("three", 4))
    )
    assert first == again
    assert all(mine != theirs for mine, theirs in zip(first, other, strict=True))


def test_seeding_again_adds_nothing(starter, capsys):
    owner_id, _ = seed("demo", capsys)
    before = past_of(owner_id)
    _, said = seed("demo", capsys)
    assert past_of(owner_id) == before
    assert "0 meals, 0 workouts, 0 goals and measurements, 0 doses, 0 reports" in said


def test_somebody_who_is_there_is_left_alone_when_asked_to(starter, capsys):
    owner_id, _ = seed("demo", capsys, days=2)
    assert seed("demo", capsys, if_missing=True) == (owner_id, "")


@pytest.mark.parametrize("days", [0, 3651])
def test_a_past_is_one_day_to_ten_years_long(db, days):
    with pytest.raises(CommandError):
        call_command("seed_demo", username="demo", days=days)
