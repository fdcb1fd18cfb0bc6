"""How a history is read: what was training, what it trained, how hard it was, and when weeks were hard."""

from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.records.workouts.rules.deload import deload_of, hard_weeks
from onharu.records.workouts.rules.past import Past, effort
from onharu.records.workouts.rules.planning import Done, DoneSet
from onharu.records.workouts.rules.told import ago as told_ago
from onharu.records.workouts.rules.told import plain, told, work_of
from onharu.records.workouts.tests.planner_pool import (
    BENCH,
    BY_ID,
    JOG,
    PLANK,
    POOL,
    PUSH_UP,
    ROW,
    SQUAT,
    SUNDAY,
    WALK,
    ago,
    athlete,
    history,
    lifted,
    moved,
)

D = Decimal
CAT_COW, UNKNOWN = 35, 999


def past(*done, **facts):
    return Past.of(athlete(**facts), POOL, history(*done), SUNDAY)


@pytest.mark.parametrize(
    ("done", "is_training"),
    [
        ([lifted(ago(2), BENCH, 2, 8, 60)], True),
        ([lifted(ago(2), BENCH, 1, 8, 60)], False),
        ([lifted(ago(2), BENCH, 1, 8, 60), lifted(ago(2), SQUAT, 1, 8, 60)], True),
        ([moved(ago(2), WALK, 11)], True),
        ([moved(ago(2), WALK, 10)], False),
        ([moved(ago(2), WALK, 6), moved(ago(2), JOG, 6)], True),
        ([moved(ago(2), UNKNOWN, 40)], True),
        ([moved(ago(2), 38, 40)], False),  # tai chi is mobility
        ([lifted(ago(2), CAT_COW, 5, 10)], False),
        ([Done(ago(2), PLANK, (DoneSet(seconds=60),) * 5)], False),
        ([Done(ago(2), BENCH)], False),
        ([], False),
    ],
)
def test_training_is_sets_of_strength_or_enough_minutes(done, is_training):
    assert bool(past(*done).trained_on) == is_training


def test_on_a_day_of_ten_minutes_half_of_it_is_training():
    assert past(moved(ago(2), WALK, 5), minutes=10).trained_on
    assert not past(moved(ago(2), WALK, 4), minutes=10).trained_on


def test_a_session_names_the_regions_it_trained():
    seen = past(
        lifted(ago(5), BENCH, 3, 8, 60),
        lifted(ago(4), ROW, 3, 8, 50),
        lifted(ago(3), SQUAT, 3, 8, 80),
        moved(ago(2), JOG, 30),
    )
    assert seen.last_by_region == {"push": ago(5), "pull": ago(4), "legs": ago(3), "cardio": ago(2)}


def test_a_little_cardio_after_weights_is_no_session_of_cardio():
    assert "cardio" not in past(lifted(ago(2), BENCH, 3, 8, 60), moved(ago(2), WALK, 15)).last_by_region
    assert "cardio" in past(lifted(ago(2), BENCH, 3, 8, 60), moved(ago(2), WALK, 30)).last_by_region


@pytest.mark.parametrize(
    ("done", "tired"),
    [
        (lifted(ago(1), BENCH, 3, 8, 60, 8), {"chest"}),
        (lifted(ago(0), BENCH, 3, 8, 60, 8), {"chest"}),
        (lifted(ago(1), BENCH, 3, 8, 60), {"chest"}),
        (lifted(ago(2), BENCH, 3, 8, 60, 10), set()),
        (lifted(ago(1), BENCH, 3, 8, 60, "5.5"), set()),
        (lifted(ago(1), BENCH, 1, 8, 60, 10), set()),
        (lifted(ago(1), PLANK, 3, 8, None, 10), set()),
        (moved(ago(1), JOG, 60, 10), set()),
        (moved(ago(1), UNKNOWN, 60, 10), set()),
    ],
)
def test_a_prime_mover_is_tired_after_hard_sets_yesterday(done, tired):
    assert past(done).tired == tired


def test_how_hard_it_was_is_the_hardest_set_or_what_was_said_of_all():
    assert effort(Done(SUNDAY, BENCH, (DoneSet(rpe=D(7)), DoneSet(rpe=D(9))), rpe=D(6))) == 9
    assert effort(Done(SUNDAY, BENCH, (DoneSet(reps=8),), rpe=D(6))) == 6
    assert effort(Done(SUNDAY, BENCH)) is None


def test_a_session_is_as_hard_as_its_exercises_on_average():
    seen = past(lifted(ago(2), BENCH, 3, 8, 60, 9), lifted(ago(2), ROW, 3, 8, 50, 8), lifted(ago(2), SQUAT, 3, 8, 80))
    assert seen.session_effort(ago(2)) == D("8.5")
    assert seen.session_effort(ago(3)) is None


def test_days_in_a_row_end_yesterday():
    three = [lifted(ago(days), BENCH, 3, 8, 60) for days in (6, 3, 2, 1)]
    assert past(*three).days_in_a_row() == 3
    assert past(*three[:-1]).days_in_a_row() == 0
    assert past(lifted(ago(0), BENCH, 3, 8, 60)).days_in_a_row() == 0
    assert past(*three).trained_within(6) == (ago(6), ago(3), ago(2), ago(1))


def week(number, *, sets=3, days=(6, 5, 3, 2)):
    return [
        lifted(ago(7 * number + offset - 1), exercise, sets, 10, 60, 7)
        for offset in days
        for exercise in (BENCH, SQUAT)
    ]


def weeks(*found):
    return sorted((one for ones in found for one in ones), key=lambda one: one.day)


MONDAY = SUNDAY + timedelta(days=1)


def hard(*found, days_a_week=4):
    mover = athlete(days_a_week=days_a_week)
    return hard_weeks(mover, Past.of(mover, POOL, history(*weeks(*found)), MONDAY))


def test_hard_weeks_are_counted_up_to_the_last():
    assert hard(week(0), week(1), week(2)) == 3
    assert hard(week(1), week(2)) == 0
    assert hard(week(0), week(2)) == 1


def test_a_week_with_too_few_days_or_too_few_sets_is_not_hard():
    assert hard(week(0, days=(6, 2)), week(1)) == 0
    assert hard(week(0, days=(6, 5, 2))) == 1
    assert hard(week(0, days=(6, 5, 2)), week(1)) == 0
    assert hard(week(0, sets=2), week(1), week(2)) == 0
    assert hard(week(0, sets=4), week(1), week(2)) == 3


def test_training_once_a_week_is_never_a_hard_week():
    assert hard(*(week(number, days=(6,)) for number in range(8)), days_a_week=1) == 0


def test_the_day_itself_makes_no_day_light():
    mover = athlete()
    today = Past.of(mover, POOL, history(lifted(SUNDAY, BENCH, 3, 8, 60, 10)), SUNDAY)
    assert deload_of(mover, today) is None
    assert deload_of(mover, past()) is None


def test_hard_sessions_of_long_ago_are_forgotten():
    two = [lifted(ago(20), BENCH, 3, 8, 60, 10), lifted(ago(3), SQUAT, 3, 8, 80, 10)]
    assert deload_of(athlete(), past(*two)) is None
    assert deload_of(athlete(), past(*(lifted(ago(days), BENCH, 3, 8, 60, 9) for days in (5, 3)))).code == "deload_hard"


def test_the_work_is_the_weight_of_most_sets():
    sets = (DoneSet(10, D(40)), DoneSet(8, D(60)), DoneSet(8, D(60)), DoneSet(3, D(70)))
    work = work_of(Done(SUNDAY, BENCH, sets, rpe=D(8)))
    assert (work.weight_kg, work.reps, work.rpe) == (D(60), (8, 8), D(8))
    assert work_of(Done(SUNDAY, BENCH, (DoneSet(8, D(60)), DoneSet(5, D(70))))).weight_kg == 70
    assert work_of(Done(SUNDAY, BENCH)) is None


def test_a_set_that_says_nothing_leaves_the_repetitions_unknown():
    work = work_of(Done(SUNDAY, PUSH_UP, (DoneSet(10), DoneSet())))
    assert work.reps == ()
    assert work.least_reps() is None
    assert work.least_seconds() is None


def test_a_reason_tells_of_the_last_time_in_plain_numbers():
    work = work_of(Done(ago(3), BENCH, (DoneSet(8, D("60.00"), None, D("7.0")),) * 3))
    reason = told("load_up", BY_ID[BENCH], SUNDAY, work, step="2.5")
    assert reason.params == {
        "name": "벤치 프레스", "name_en": "bench press", "day": "2026-11-19", "ago": 3, "sets": 3, "reps": "8·8·8",
        "weight": "60", "rpe": "7", "step": "2.5",
    }  # fmt: skip
    assert told_ago(ago(1), SUNDAY) == {"day": "2026-11-21", "ago": 1}
    assert [plain(D(text)) for text in ("2.50", "100", "1E+2", "0.5")] == ["2.5", "100", "100", "0.5"]
