"""What achievements and cards ask of the logs: which days moved, and how long, each minute once."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.records.workouts.public import moved_days

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)


@pytest.fixture
def log(browser, noon):
    """Write a workout down over the API; answers its id."""

    def written(day="2026-11-22", at="09:00", minutes=30, **said):
        body = {"name": "걷기", "date": day, "started_at": f"{day}T{at}:00+09:00", "minutes": minutes, **said}
        answer = browser.post("/api/workoutlogs/", body, content_type="application/json")
        assert answer.status_code == 201, answer.content
        return answer.json()["id"]

    return written


def test_a_day_without_workouts_is_absent(owner):
    assert moved_days(owner.pk, FIRST, LAST) == {}


def test_the_minutes_of_a_day_add_up_and_name_the_first_log(owner, log):
    first = log(minutes=30)
    log(at="11:00", minutes=15)
    (day,) = moved_days(owner.pk, FIRST, LAST).values()
    assert (day.minutes, day.first_log) == (Decimal(45), first)


def test_a_workout_of_unknown_length_moved_all_the_same(owner, log):
    log(minutes=None)
    (day,) = moved_days(owner.pk, FIRST, LAST).values()
    assert day.minutes is None


def test_an_imported_workout_over_an_own_one_counts_once(owner, log):
    log(at="09:00", minutes=30)
    log(at="09:10", minutes=30, source="IMPORT", external_id="watch-1", ended_at="2026-11-22T09:40:00+09:00")
    (day,) = moved_days(owner.pk, FIRST, LAST).values()
    assert day.minutes == Decimal(40)


def test_days_outside_deleted_logs_and_strangers_do_not_count(owner, stranger, browser, log):
    log(day="2026-11-15")
    gone = log(day="2026-11-20")
    browser.delete(f"/api/workoutlogs/{gone}/")
    log(day="2026-11-16")
    assert list(moved_days(owner.pk, FIRST, LAST)) == [FIRST]
    assert moved_days(stranger.pk, FIRST, LAST) == {}


def test_a_week_costs_one_statement(owner, log, django_assert_num_queries):
    for number in range(7):
        log(day=f"2026-11-{16 + number}")
    with django_assert_num_queries(1):
        assert len(moved_days(owner.pk, FIRST, LAST)) == 7
