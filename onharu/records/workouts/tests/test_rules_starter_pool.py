"""The planner over the exercises that the project ships: everybody gets a plan that makes sense, or is told why not."""

import itertools

import pytest

from onharu.catalog.exercises import public as exercises
from onharu.catalog.exercises.public import LOADS, load_starter
from onharu.records.workouts.queries.moving import move
from onharu.records.workouts.queries.wording import reason_words
from onharu.records.workouts.rules.planning import GOALS, History, Mover, plan_day, usual_equipment
from onharu.records.workouts.rules.scheme import REGION_OF, REGIONS_OF
from onharu.records.workouts.tests.planner_pool import SUNDAY

pytestmark = pytest.mark.django_db
SETTINGS = (
    (frozenset({"gym"}), usual_equipment({"gym"})),
    (frozenset({"home"}), frozenset()),
    (frozenset({"home"}), frozenset({"dumbbell", "mat", "band"})),
    (frozenset({"outdoor"}), frozenset()),
    (frozenset(), frozenset()),
)
MINUTES = (10, 20, 30, 45, 60, 90)


@pytest.fixture
def pool():
    load_starter()
    return tuple(move(facts) for facts in exercises.planning_pool())


def combinations():
    """Take turns through spared regions and levels, so that every pair of facts is met without trying each of all."""
    spares = itertools.cycle([frozenset(), *(frozenset({one}) for one in LOADS)])
    for (places, equipment), level, days, minutes, goal in itertools.product(
        SETTINGS, (1, 2, 3), range(1, 8), MINUTES, GOALS
    ):
        yield Mover(goal, days, minutes, places, equipment, level, next(spares))


def test_everybody_gets_a_plan_that_makes_sense(pool):
    by_id = {one.id: one for one in pool}
    asked = list(combinations())
    plans = [plan_day(mover=mover, pool=pool, history=History(), day=SUNDAY) for mover in asked]
    for mover, plan in zip(asked, plans, strict=True):
        moves = [by_id[task.exercise_id] for task in plan.tasks]
        assert moves, mover
        assert 0 < plan.minutes <= mover.minutes
        assert not plan.rest_day, mover
        assert {REGION_OF.get(one.pattern) for one in moves} & set(REGIONS_OF[plan.focus]), mover
        assert not any(mover.spare & set(one.loads) for one in moves)
    assert len(plans) > 3000


def test_a_day_with_time_uses_most_of_it(pool):
    for (places, equipment), goal, minutes in itertools.product(SETTINGS, GOALS, (30, 45, 60, 90)):
        mover = Mover(goal, 4, minutes, places, equipment, 2)
        plan = plan_day(mover=mover, pool=pool, history=History(), day=SUNDAY)
        assert len(plan.tasks) >= 3, mover
        assert plan.minutes >= minutes * 0.5, mover


def test_a_session_of_the_whole_body_trains_the_whole_body(pool):
    by_id = {one.id: one for one in pool}
    for places, equipment in SETTINGS:
        plan = plan_day(mover=Mover("health", 2, 45, places, equipment, 1), pool=pool, history=History(), day=SUNDAY)
        patterns = {by_id[task.exercise_id].pattern for task in plan.tasks}
        assert patterns >= {"push", "pull"}
        assert patterns & {"squat", "hinge"}


def test_sparing_everything_leaves_what_is_gentle_and_says_so(pool):
    mover = Mover("strength", 3, 30, frozenset({"home"}), frozenset(), 1, frozenset(LOADS))
    plan = plan_day(mover=mover, pool=pool, history=History(), day=SUNDAY)
    assert plan.tasks or plan.reasons[-1].code in ("nothing_fits", "nothing_gentle")
    assert all(reason_words(reason) for reason in plan.reasons)


def test_older_people_get_a_balance_exercise_from_the_shelf(pool):
    for minutes in MINUTES:
        mover = Mover("health", 3, minutes, frozenset({"home"}), frozenset(), 2, age=72)
        plan = plan_day(mover=mover, pool=pool, history=History(), day=SUNDAY)
        assert "balance" in {task.reason.code for task in plan.tasks}
