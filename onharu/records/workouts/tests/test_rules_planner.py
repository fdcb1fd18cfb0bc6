"""A day's plan: split, rest, recovery, deload, variety, time, and what a person asked to spare."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.records.workouts.queries.wording import reason_words
from onharu.records.workouts.rules.planning import History, Mover, Skipped, equivalents, plan_day, usual_equipment
from onharu.records.workouts.rules.split import most_in_a_row
from onharu.records.workouts.tests.planner_pool import (
    BENCH,
    BY_ID,
    DUMBBELL_ROW,
    GYM,
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
UPPER = [(BENCH, 60), (ROW, 50), (DUMBBELL_ROW, 16)]
LOWER = [(SQUAT, 80), (7, 90), (LEG_PRESS, 100)]


def session(days_ago, exercises, rpe=7, reps=10):
    return [lifted(ago(days_ago), exercise, 3, reps, kg, rpe) for exercise, kg in exercises]


def planned(*done, day=SUNDAY, anyway=False, skipped=(), **facts):
    past = History(tuple(done), tuple(skipped))
    return plan_day(mover=athlete(**facts), pool=POOL, history=past, day=day, anyway=anyway)


def codes(plan):
    return [reason.code for reason in plan.reasons]


def said(plan):
    return [reason_words(reason) for reason in plan.reasons]


def patterns(plan):
    return {BY_ID[task.exercise_id].pattern for task in plan.tasks}


@pytest.mark.parametrize(
    ("goal", "days", "focus"),
    [
        ("health", 2, "full"), ("health", 3, "full"), ("muscle", 4, "upper"), ("muscle", 5, "push"),
        ("strength", 6, "push"), ("stamina", 3, "cardio"), ("weight", 4, "full"), ("strength", 3, "full"),
    ],
)  # fmt: skip
def test_the_first_slot_follows_goal_and_days(goal, days, focus):
    plan = planned(goal=goal, days_a_week=days)
    assert plan.focus == focus
    assert codes(plan)[0] == "focus_first"


def test_what_was_not_trained_for_longest_comes_next():
    plan = planned(*session(3, UPPER), *session(6, LOWER))
    assert plan.focus == "lower"
    assert said(plan)[0] == "마지막 하체 운동이 6일 전이라 오늘 차례예요"


def test_what_was_done_out_of_turn_is_counted():
    assert planned(*session(4, LOWER), *session(2, LOWER)).focus == "upper"


def test_a_missed_week_moves_on_and_is_not_made_up_for():
    plan = planned(*session(9, UPPER), *session(8, LOWER))
    assert plan.focus == "upper"
    assert len(plan.tasks) <= 10


def test_a_week_has_its_days_of_rest():
    done = [*session(6, UPPER), *session(5, LOWER), *session(3, UPPER), *session(2, LOWER)]
    plan = planned(*done)
    assert plan.rest_day
    assert plan.focus == "rest"
    assert said(plan)[0] == "지난 6일 동안 4일 운동했어요. 한 주 4일에 맞춰 오늘은 쉬어요"
    assert patterns(plan) <= {"cardio", "mobility"}


def test_days_are_spread_over_the_week():
    assert [most_in_a_row(days) for days in range(1, 8)] == [1, 1, 1, 2, 3, 6, 6]
    assert said(planned(*session(1, UPPER), days_a_week=3))[0] == (
        "어제 운동해서 오늘은 쉬어요. 한 주 3일이면 하루 걸러 하기 좋아요"
    )
    assert codes(planned(*session(2, UPPER), *session(1, LOWER)))[0] == "rest_spread"


def test_who_asks_anyway_gets_training_that_has_recovered():
    done = [*session(6, UPPER), *session(5, LOWER), *session(3, LOWER), *session(1, UPPER)]
    plan = planned(*done, anyway=True)
    assert not plan.rest_day
    assert plan.focus == "lower"


def test_a_muscle_trained_hard_yesterday_is_left_alone_today():
    plan = planned(*session(1, [(BENCH, 60), (PUSH_UP, None)], rpe=9), days_a_week=5)
    assert not {BY_ID[task.exercise_id].targets[0] for task in plan.tasks} & {"chest"}
    assert plan.focus in ("pull", "legs")


def test_when_nothing_has_recovered_it_is_a_day_of_rest():
    plan = planned(*session(1, [*UPPER, *LOWER], rpe=8), days_a_week=3, goal="strength", anyway=True)
    assert plan.rest_day or plan.focus == "cardio"


def test_an_easy_day_tires_nothing():
    easy = [lifted(ago(1), BENCH, 3, 8, 30, 4)]
    plan = planned(*session(4, LOWER), *easy, days_a_week=6)
    assert "focus_recovers" not in codes(plan)


@pytest.mark.parametrize(("rpe", "rests"), [(None, True), (7, True), (4, False)])
def test_sets_that_nobody_rated_are_taken_for_hard(rpe, rests):
    plan = planned(*session(1, [(BENCH, 60)], rpe=rpe), days_a_week=3, goal="strength", anyway=True)
    assert plan.focus == "full"
    assert ("chest" not in {BY_ID[task.exercise_id].targets[0] for task in plan.tasks}) == rests


def test_a_gentle_walk_is_no_training():
    plan = planned(*session(2, UPPER), moved(ago(1), WALK, 10), days_a_week=3, goal="muscle")
    assert not plan.rest_day


def test_who_trained_today_already_gets_a_gentle_day():
    plan = planned(*session(0, UPPER))
    assert plan.rest_day
    assert codes(plan)[0] == "rest_done_today"


def test_ten_missed_days_make_a_light_day():
    usual, light = planned(*session(10, LOWER)), planned(*session(11, LOWER))
    assert not usual.deload
    assert light.deload
    assert "10일 쉬었으니 오늘은 세트와 무게를 줄여 다시 시작해요" in said(light)
    assert max(task.sets for task in light.tasks) <= 2


def test_two_very_hard_sessions_make_a_light_day():
    hard = [*session(5, UPPER, rpe=9), *session(3, LOWER, rpe=9)]
    assert "지난 두 번이 평균 RPE 9로 힘들어서 오늘은 세트와 무게를 줄여요" in said(planned(*hard))
    assert not planned(*session(5, UPPER, rpe=9), *session(3, LOWER, rpe=8)).deload
    assert not planned(*session(3, LOWER, rpe=10)).deload


def weeks_of_training(weeks, light=()):
    done = []
    for week in weeks:
        for offset, exercises in ((6, UPPER), (5, LOWER), (3, UPPER), (2, LOWER)):
            sets = 1 if week in light else 3
            done += [lifted(ago(7 * week + offset), exercise, sets, 10, kg, 7) for exercise, kg in exercises]
    return sorted(done, key=lambda one: one.day)


def test_every_sixth_hard_week_is_light():
    monday = SUNDAY + timedelta(days=1)
    five = planned(*weeks_of_training(range(5)), day=monday)
    assert five.deload
    assert "5주를 이어서 했으니 이번 주는 세트와 무게를 줄여요" in said(five)
    assert not planned(*weeks_of_training(range(4)), day=monday).deload


def test_a_light_week_begins_the_count_anew():
    monday = SUNDAY + timedelta(days=1)
    assert not planned(*weeks_of_training(range(8), light=(2,)), day=monday).deload
    assert planned(*weeks_of_training(range(9), light=(6,)), day=monday).deload


def test_accessories_take_turns_by_week_and_leading_lifts_stay():
    first = planned(day=date(2026, 10, 27), goal="strength", days_a_week=3)
    days = [date(2026, 10, 27) + timedelta(days=7 * week) for week in range(4)]
    cores = [
        next(task.exercise_id for task in planned(day=day, goal="strength", minutes=90).tasks if BY_ID[task.exercise_id].pattern == "core" or BY_ID[task.exercise_id].pattern == "carry")
        for day in days
    ]  # fmt: skip
    leads = {planned(day=day, goal="strength", days_a_week=3).tasks[0].exercise_id for day in days}
    assert len(set(cores)) > 1
    assert leads == {first.tasks[0].exercise_id}


def test_squat_and_hinge_take_turns_in_leading():
    plan = planned(lifted(ago(3), SQUAT, 3, 10, 80, 7), lifted(ago(5), 7, 3, 10, 90, 7), *session(2, UPPER))
    assert plan.focus == "lower"
    assert BY_ID[plan.tasks[0].exercise_id].pattern == "hinge"


@pytest.mark.parametrize(("why", "days"), [("pain", 14), ("equipment", 28), ("dislike", 42)])
def test_a_skipped_exercise_stays_away_for_a_stated_time(why, days):
    skipped = [Skipped(ago(days), BENCH, why)]
    plan = planned(skipped=skipped)
    assert BENCH not in {task.exercise_id for task in plan.tasks}
    words = {"pain": "아파서", "equipment": "기구가 없어서", "dislike": "하기 싫어서"}[why]
    assert f"벤치 프레스는 {words} 건너뛰었어요. 11월 22일까지 빼요" in said(plan)
    assert BENCH in {task.exercise_id for task in planned(skipped=[Skipped(ago(days + 1), BENCH, why)]).tasks}


def test_who_was_only_tired_meets_the_exercise_again():
    assert BENCH in {task.exercise_id for task in planned(skipped=[Skipped(ago(1), BENCH, "tired")]).tasks}
    thrice = [Skipped(ago(days), BENCH, "time") for days in (3, 8, 12)]
    assert BENCH not in {task.exercise_id for task in planned(skipped=thrice).tasks}


def test_what_is_skipped_later_keeps_nothing_away_today():
    assert BENCH in {task.exercise_id for task in planned(skipped=[Skipped(ago(-3), BENCH, "pain")]).tasks}


def test_spared_regions_are_named():
    plan = planned(spare=frozenset({"knee", "lower_back"}))
    assert "무릎, 허리를 아끼려고 그곳에 힘이 실리는 동작은 뺐어요" in said(plan)
    assert not any({"knee", "lower_back"} & set(BY_ID[task.exercise_id].loads) for task in plan.tasks)


def test_older_people_get_balance_and_nothing_that_jumps():
    plan = planned(goal="health", age=70, days_a_week=3, level=3)
    assert plan.tasks[0].reason.code == "balance"
    assert not any("jump" in BY_ID[task.exercise_id].cautions for task in plan.tasks)
    assert all(BY_ID[task.exercise_id].level <= 2 for task in plan.tasks)
    assert "older" in codes(plan)


def test_an_unknown_age_is_planned_like_an_adults():
    assert planned(age=None).tasks == planned(age=40).tasks


@pytest.mark.parametrize("minutes", [10, 15, 20, 30, 45, 60, 90, 120])
@pytest.mark.parametrize("goal", ["health", "strength", "muscle", "weight", "stamina"])
def test_a_plan_fits_its_minutes(goal, minutes):
    plan = planned(goal=goal, minutes=minutes)
    assert plan.tasks
    assert 0 < plan.minutes <= minutes


def test_a_short_day_says_what_it_left_out():
    plan = planned(goal="strength", minutes=10)
    assert "10분에 맞춰 2가지로 줄였어요" in said(plan) or "10분에 맞춰 1가지로 줄였어요" in said(plan)


def test_with_nothing_to_choose_from_the_plan_is_empty_and_says_so():
    plan = plan_day(mover=athlete(), pool=(), history=history(), day=SUNDAY)
    assert (plan.tasks, plan.minutes) == ((), 0)
    assert said(plan) == ["조건에 맞는 운동이 없어요. 장소, 기구, 아낄 곳을 다시 골라 보세요"]


def test_with_no_legs_to_train_the_rest_is_trained():
    pool = [one for one in POOL if one.pattern not in ("squat", "hinge")]
    plan = plan_day(mover=athlete(days_a_week=3), pool=pool, history=history(), day=SUNDAY)
    assert plan.focus == "full"
    only_cardio = [one for one in POOL if one.pattern == "cardio"]
    plan = plan_day(mover=athlete(), pool=only_cardio, history=history(), day=SUNDAY)
    assert (plan.focus, codes(plan)[0]) == ("cardio", "focus_instead")
    only_stretches = [one for one in POOL if one.pattern == "mobility"]
    plan = plan_day(mover=athlete(), pool=only_stretches, history=history(), day=SUNDAY)
    assert (plan.focus, codes(plan)[0]) == ("rest", "only_gentle")
    assert plan.tasks


def test_one_part_of_a_pool_that_fits_no_session_is_a_day_of_rest_with_a_reason():
    pool = [one for one in POOL if one.pattern == "core"]
    plan = plan_day(mover=athlete(), pool=pool, history=history(), day=SUNDAY)
    assert plan.tasks == ()
    assert "가볍게 할 만한 운동이 없어서 오늘은 푹 쉬어요" in said(plan)


def test_bounds_are_kept_whatever_is_asked():
    mover = Mover(goal="fame", days_a_week=99, minutes=1, level=0)
    assert (mover.goal, mover.days_a_week, mover.minutes, mover.level) == ("health", 7, 10, 1)
    assert plan_day(mover=mover, pool=POOL, history=history(), day=SUNDAY).minutes <= 10


def test_an_exercise_is_swapped_for_its_like():
    found = [one.id for one in equivalents(mover=athlete(), move=BY_ID[BENCH], pool=POOL)]
    assert found[0] == PUSH_UP
    assert BENCH not in found
    assert all(BY_ID[one].pattern == "push" for one in found)
    spared = equivalents(mover=athlete(spare=frozenset({"shoulder"})), move=BY_ID[BENCH], pool=POOL)
    assert not any("shoulder" in one.loads for one in spared)


def test_a_gym_has_its_usual_equipment():
    assert usual_equipment(["gym"]) >= GYM
    assert usual_equipment(["home"]) == {"mat"}
    assert usual_equipment([]) == frozenset()
