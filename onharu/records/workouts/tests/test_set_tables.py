"""How a set table is laid out: which set is next, which numbers it begins with, and what there is to lift."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from onharu.catalog.exercises.public import ExerciseFacts
from onharu.records.workouts.pages.shown import by_minutes, sets_shown, tasks_shown
from onharu.records.workouts.queries.entries import LogEntry, SetEntry, TaskEntry, empty_day

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NB = "\N{NO-BREAK SPACE}"

TASK = TaskEntry(
    id=1, plan_id=1, day=DAY, order=0, exercise=7, name="바벨 스쿼트", pattern="squat", measure="reps", state="planned",
    sets=3, reps_low=8, reps_high=12, weight_kg=Decimal(40), minutes=None, seconds=None, rpe_target=Decimal(7),
    rest_seconds=120, reason=None, skip_reason="", done_at=None, swapped_from=None, log_id=None,
)  # fmt: skip
SQUAT = ExerciseFacts(
    id=7, code="squat", name="바벨 스쿼트", name_en="Barbell squat", pattern="squat", measure="reps", level=2,
    targets=("quads",), equipment=("barbell",), places=("gym",), loads=(), cautions=("heavy_lower",),
    met=Decimal(6), met_source="시험표", edition="1", instructions=("앉았다 일어나요.",), source="시험표", planned=True,
)  # fmt: skip
LOG = LogEntry(
    id=9, task_id=1, exercise=7, name="바벨 스쿼트", pattern="squat", measure="reps", day=DAY, started_at=NOON,
    ended_at=None, minutes=Decimal("4.1"), minutes_source="ESTIMATED", source="TASK", external_id="", rpe=None, note="",
    met=None, met_source="", body_kg=None, body_kg_source="", body_kg_day=None, kcal_gross=None, kcal_net=None,
    counted_minutes=Decimal("4.1"), as_planned=False, by_hand=False, sets=(),
)  # fmt: skip


def done(order, reps=8, kg="40", rpe=None):
    return SetEntry(id=100 + order, order=order, reps=reps, weight_kg=Decimal(kg), seconds=None, rpe=rpe)


def numbers(one):
    return {amount.name: amount.value for amount in one.amounts}


def test_before_the_first_set_the_table_says_the_plan():
    table = sets_shown(TASK, (), SQUAT)
    assert [(one.order, one.done, one.now) for one in table] == [(1, False, True), (2, False, False), (3, False, False)]
    assert numbers(table[0]) == {"reps": "8", "weight_kg": "40"}
    assert table[2].words == f"8회 · 40{NB}kg"


def test_what_was_lifted_is_what_the_next_set_begins_with():
    table = sets_shown(TASK, (done(0, reps=10, kg="42.5", rpe=Decimal(8)),), SQUAT)
    assert [one.now for one in table] == [False, True, False]
    assert numbers(table[1]) == {"reps": "10", "weight_kg": "42.5"}
    assert table[1].rpe == "", "how hard it was is said anew each time"
    assert table[0].rpe == "8"


def test_the_gap_is_next_when_sets_were_done_out_of_order():
    table = sets_shown(TASK, (done(1),), SQUAT)
    assert [one.done for one in table] == [False, True, False]
    assert [one.now for one in table] == [True, False, False]


def test_more_sets_than_planned_all_stand_there():
    table = sets_shown(TASK, tuple(done(order) for order in range(5)), SQUAT)
    assert len(table) == 5
    assert not any(one.now for one in table)


def test_of_a_finished_task_no_set_is_next():
    table = sets_shown(replace(TASK, state="done"), (done(0),), SQUAT)
    assert not any(one.now for one in table)


def test_a_set_that_was_a_best_says_so():
    table = sets_shown(TASK, (done(0), done(1)), SQUAT, records={101})
    assert [one.record for one in table] == [False, True, False]


@pytest.mark.parametrize(
    ("equipment", "step"),
    [(("barbell",), "2.5"), (("machine",), "2.5"), (("dumbbell", "bench"), "1"), (("kettlebell",), "1")],
)
def test_a_weight_goes_in_steps_of_what_there_is_to_put_on(equipment, step):
    table = sets_shown(TASK, (), replace(SQUAT, equipment=equipment))
    assert next(one.step for one in table[0].amounts if one.name == "weight_kg") == step


@pytest.mark.parametrize("equipment", [("none",), ("mat",), ("band",), ("pullup_bar",)])
def test_where_there_is_nothing_to_lift_no_weight_is_asked(equipment):
    bodyweight = replace(TASK, weight_kg=None)
    table = sets_shown(bodyweight, (), replace(SQUAT, equipment=equipment))
    assert [one.name for one in table[0].amounts] == ["reps"]


def test_a_weight_that_was_hung_on_anyway_stays_in_the_table():
    table = sets_shown(replace(TASK, weight_kg=None), (done(0, kg="5"),), replace(SQUAT, equipment=("pullup_bar",)))
    assert all("weight_kg" in numbers(one) for one in table)


def test_a_persons_own_exercise_may_have_a_weight():
    table = sets_shown(replace(TASK, exercise=None, weight_kg=None), (), None)
    assert numbers(table[0]) == {"reps": "8", "weight_kg": ""}


def test_what_is_held_is_counted_in_seconds():
    plank = replace(TASK, measure="seconds", seconds=40, reps_low=None, reps_high=None, weight_kg=None)
    table = sets_shown(plank, (), replace(SQUAT, equipment=("mat",)))
    assert numbers(table[0]) == {"seconds": "40"}
    assert table[0].words == "40초"


def test_what_goes_by_the_clock_has_no_table():
    walk = replace(TASK, measure="minutes", minutes=20, sets=None)
    assert by_minutes(walk)
    assert sets_shown(walk, (), None) == ()


def test_every_number_of_a_page_has_a_name_of_its_own():
    second = replace(TASK, id=2)
    ids = [amount.id for task in (TASK, second) for one in sets_shown(task, (), SQUAT) for amount in one.amounts]
    assert len(ids) == len(set(ids)) == 12


def test_the_first_task_to_do_is_now_and_what_was_done_is_told():
    first, second = replace(TASK, state="done", log_id=9), replace(TASK, id=2, order=1)
    day = replace(empty_day(DAY), tasks=(first, second), logs=(replace(LOG, sets=(done(0), done(1))),))
    shown = tasks_shown(day, {7: SQUAT})
    assert [task.now for task in shown] == [False, True]
    assert [(task.first, task.last) for task in shown] == [(True, False), (False, True)]
    assert shown[0].dose == f"약 4분 · 2세트 × 8회 · 40{NB}kg"
    assert shown[1].dose == f"3세트 × 8~12회 · 40{NB}kg · RPE{NB}7"
    assert shown[1].cautions == "무거운 하체 운동"
    assert shown[0].sets_done == 2
