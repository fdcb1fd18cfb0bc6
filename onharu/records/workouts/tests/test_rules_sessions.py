"""Which exercises fill a session, how each is dosed, and how a session fits its minutes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.records.workouts.rules.fit import Person, gentle_day, session, warm_up_minutes
from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.pick import (
    away,
    barred,
    cardio_of,
    covers,
    gentle_cardio,
    intervals_of,
    may_do,
    mesocycle_start,
    picks_of,
    week_number,
)
from onharu.records.workouts.rules.planning import GOALS, History, Skipped
from onharu.records.workouts.rules.scheme import (
    DOSES,
    SPLITS,
    dose_of,
    interval_days,
    is_older,
    loading,
    split_of,
)
from onharu.records.workouts.rules.split import slot_of
from onharu.records.workouts.rules.tasks import deloaded_sets, is_balance, task_of, whole_minutes, work_seconds
from onharu.records.workouts.tests.planner_pool import (
    BENCH,
    BY_ID,
    JOG,
    LEG_PRESS,
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


def past(*done, mover=None, day=SUNDAY):
    return Past.of(mover or athlete(), POOL, history(*done), day)


def allowed(mover):
    return [move for move in POOL if may_do(mover, move)]


@pytest.mark.parametrize(
    ("exercise", "facts", "code"),
    [
        (SQUAT, {}, None),
        (SQUAT, {"spare": frozenset({"knee"})}, "barred_spared"),
        (SQUAT, {"avoid": frozenset({"heavy_lower"})}, "barred_caution"),
        (BENCH, {"equipment": frozenset({"barbell"})}, "barred_equipment"),  # the bench is needed as well
        (SQUAT, {"places": frozenset({"home", "outdoor"})}, "barred_place"),
        (21, {"level": 2}, "barred_level"),
        (21, {"level": 3}, None),
        (21, {"level": 3, "age": 65}, "barred_level"),
        (33, {"age": 64}, None),
        (33, {"age": 65}, "barred_caution"),
        (PUSH_UP, {"equipment": frozenset()}, None),
    ],
)
def test_an_exercise_is_barred_for_one_named_reason(exercise, facts, code):
    reason = barred(athlete(**facts), BY_ID[exercise])
    assert (reason.code if reason else None) == code
    assert may_do(athlete(**facts), BY_ID[exercise]) == (code is None)


def test_an_exercise_that_nobody_levelled_is_never_planned():
    assert barred(athlete(), replace(BY_ID[SQUAT], level=0)).code == "barred_level"


def test_the_longer_absence_counts():
    skipped = [Skipped(ago(10), BENCH, "pain"), Skipped(ago(12), BENCH, "dislike"), Skipped(ago(1), ROW, "other")]
    found = away(History(skipped=tuple(skipped)), SUNDAY)
    assert found == {BENCH: ("dislike", ago(12) + timedelta(days=42))}
    assert away(History(skipped=tuple(skipped)), SUNDAY + timedelta(days=60)) == {}


def test_weeks_are_numbered_from_monday_across_years():
    assert week_number(date(2026, 11, 16)) == week_number(SUNDAY)
    assert week_number(date(2027, 1, 4)) == week_number(date(2026, 12, 28)) + 1
    begun = mesocycle_start(SUNDAY)
    assert begun.weekday() == 0
    assert begun <= SUNDAY < begun + timedelta(weeks=6)
    assert mesocycle_start(begun - timedelta(days=1)) == begun - timedelta(weeks=6)


def test_the_whole_body_begins_with_what_moves_most():
    mover = athlete(goal="strength", days_a_week=3)
    picks = picks_of("full", mover, allowed(mover), past(mover=mover))
    assert [pick.move.pattern for pick in picks[:4]] == ["squat", "push", "pull", "hinge"]
    assert [pick.main for pick in picks[:4]] == [True] * 4
    assert len({pick.move.id for pick in picks}) == len(picks)


def test_weights_lead_where_strength_is_the_goal():
    mover = athlete(goal="strength")
    picks = picks_of("upper", mover, allowed(mover), past(mover=mover))
    assert [pick.move.id for pick in picks[:2]] == [BENCH, ROW]


def test_what_led_this_mesocycle_stays_although_another_would_have_its_turn():
    mover = athlete(goal="muscle")
    led = past(lifted(ago(3), LEG_PRESS, 4, 10, 100, 7), mover=mover, day=SUNDAY)
    picks = picks_of("lower", mover, allowed(mover), led)
    assert LEG_PRESS in [pick.move.id for pick in picks if pick.main]


def test_a_session_needs_its_prime_movers_fresh():
    mover = athlete()
    tired = past(lifted(ago(1), ROW, 3, 8, 50, 9), mover=mover)
    assert covers("pull", allowed(mover), past(mover=mover))
    assert not covers("pull", allowed(mover), tired)  # curls alone are no session of pulling
    assert covers("pull", allowed(mover), tired, somehow=True)
    assert covers("full", allowed(mover), tired)


def test_cardio_is_counted_in_minutes_and_intervals_stand_in():
    mover = athlete(goal="stamina")
    assert {move.measure for move in cardio_of(mover, allowed(mover), past(mover=mover))} == {"minutes"}
    assert [move.id for move in intervals_of(mover, allowed(mover), past(mover=mover))] == [33]
    only = [BY_ID[33]]
    fitted = session("cardio", Person(mover, only, past(mover=mover)))
    assert [task.exercise_id for task in fitted.tasks] == [33]


def test_the_gentlest_is_a_walk():
    assert gentle_cardio(POOL)[0].id == WALK
    assert gentle_cardio([move for move in POOL if move.id != WALK])[0].code == "march"


@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_has_a_split_for_every_number_of_days(goal):
    assert len(SPLITS[goal]) == 7
    for days in range(1, 8):
        mover = athlete(goal=goal, days_a_week=days)
        assert split_of(mover)
        assert slot_of(mover, allowed(mover), past(mover=mover), anyway=False).focus == split_of(mover)[0]


def test_a_region_comes_round_as_often_as_its_slots():
    assert interval_days(athlete(days_a_week=4), "push") == D("3.5")
    assert interval_days(athlete(days_a_week=3), "legs") == D(7) / 3
    assert interval_days(athlete(goal="health", days_a_week=3), "cardio") == 7
    assert interval_days(athlete(days_a_week=3), "cardio") == 0


@pytest.mark.parametrize(
    ("facts", "exercise", "main", "dose"),
    [
        ({"goal": "strength"}, BENCH, True, (4, 4, 6, 8, 180)),
        ({"goal": "strength", "level": 1}, BENCH, True, (3, 6, 8, 7, 180)),
        ({"goal": "strength", "minutes": 30}, BENCH, True, (4, 4, 6, 8, 120)),
        ({"goal": "strength", "minutes": 15}, BENCH, True, (4, 4, 6, 8, 60)),
        ({"goal": "strength"}, PUSH_UP, True, (4, 8, 15, 8, 90)),
        ({"goal": "muscle"}, BENCH, False, (3, 10, 15, 8, 60)),
        ({"goal": "health"}, BENCH, True, (3, 8, 12, 7, 75)),
        ({"goal": "stamina"}, BENCH, True, (2, 12, 20, 7, 45)),
        ({"goal": "muscle", "age": 65}, BENCH, True, (2, 10, 15, 6, 60)),
    ],
)
def test_the_dose_follows_goal_level_age_and_time(facts, exercise, main, dose):
    found = dose_of(athlete(**facts), BY_ID[exercise], main=main)
    assert (found.sets, found.low, found.high, found.rpe, found.rest) == dose


def test_doses_keep_to_sensible_bounds():
    for leading, supporting in DOSES.values():
        for dose in (leading, supporting):
            assert 1 <= dose.sets <= 5
            assert dose.low < dose.high
            assert 5 <= dose.rpe <= 9
        assert leading.sets >= supporting.sets


def test_age_matters_from_sixty_five_and_only_when_it_is_known():
    assert [is_older(athlete(age=age)) for age in (None, 64, 65)] == [False, False, True]


def test_an_exercise_is_loaded_with_its_heaviest_equipment():
    assert loading(BY_ID[BENCH]) == "barbell"
    assert loading(BY_ID[PUSH_UP]) == ""
    assert loading(BY_ID[24]) == ""  # an assisted pull-up: its weight helps


def test_balance_is_known_by_its_code():
    assert [move.code for move in POOL if is_balance(move)] == ["one-leg-stand", "tai-chi"]


def test_the_time_of_a_row_is_its_work_and_its_rests():
    task = task_of(BY_ID[BENCH], athlete(), past(), main=True, deload=False)
    assert work_seconds(task) == 4 * (12 * 4 + 90)
    assert work_seconds(task_of(BY_ID[JOG], athlete(), past(), main=True, deload=False)) == 20 * 60
    assert whole_minutes([task], 5) == 5 + 10  # 552 s are ten minutes begun
    assert whole_minutes([], 0) == 0


def test_a_light_day_keeps_six_tenths_of_the_sets_and_at_least_one():
    assert [deloaded_sets(sets) for sets in range(1, 6)] == [1, 1, 2, 2, 3]


def test_the_warm_up_grows_with_the_day():
    assert [warm_up_minutes(minutes) for minutes in (10, 15, 20, 29, 30, 90)] == [2, 2, 3, 3, 5, 5]


def test_a_day_of_cardio_leaves_room_for_core_and_stretching():
    mover = athlete(goal="stamina", minutes=60)
    done = [moved(ago(8), WALK, 40, 5), moved(ago(4), WALK, 40, 5)]
    fitted = session("cardio", Person(mover, allowed(mover), past(*done, mover=mover)))
    patterns = [BY_ID[task.exercise_id].pattern for task in fitted.tasks]
    assert patterns[0] == "cardio"
    assert "mobility" in patterns or "core" in patterns
    assert fitted.minutes() <= 60


def test_cardio_that_does_not_fit_is_shortened_and_says_so():
    mover = athlete(goal="stamina", minutes=30)
    done = [moved(ago(8), JOG, 55, 5), moved(ago(4), JOG, 55, 5)]
    fitted = session("cardio", Person(mover, [BY_ID[JOG]], past(*done, mover=mover)))
    assert (fitted.tasks[0].minutes, fitted.tasks[0].reason.code) == (30, "minutes_cut")


@pytest.mark.parametrize(("minutes", "walk"), [(10, 4), (20, 9), (30, 10), (120, 10)])
def test_a_gentle_day_is_short(minutes, walk):
    mover = athlete(minutes=minutes)
    fitted = gentle_day(Person(mover, allowed(mover), past(mover=mover)))
    assert fitted.tasks[0].minutes == walk
    assert fitted.tasks[0].reason.code == "gentle"
    assert fitted.minutes() <= minutes
    assert not past(moved(ago(1), WALK, walk), mover=mover).trained_on
