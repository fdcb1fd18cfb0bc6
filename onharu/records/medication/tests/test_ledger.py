"""What entries of a ledger come to."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.medication.rules.anchors import anchor_of, code_of
from onharu.records.medication.rules.ledger import Event, Told, fold, state_of
from onharu.records.medication.rules.schedules.shapes import At, AtBedtime, AtMeal, OnWaking
from onharu.records.medication.tests.dosing import NOON, seoul

ONE, TWO = Decimal(1), Decimal(2)


def said(kind, minutes=0, **more):
    at = NOON + timedelta(minutes=minutes)
    return Event(kind, at, at, **more)


def test_nothing_said_is_open():
    assert fold([]) == Told()
    assert not fold([]).answered


def test_the_last_answer_stands_in_place_of_the_ones_before():
    told = fold([said("taken", amount=ONE, by=1), said("skipped", 5, reason="속이 안 좋아서", by=2)])
    assert (told.answer, told.taken_at, told.amount, told.reason, told.by) == (
        "skipped",
        None,
        None,
        "속이 안 좋아서",
        2,
    )
    again = fold([said("skipped", reason="왜"), said("taken", 5, amount=TWO)])
    assert (again.answer, again.reason, again.skipped_at, again.amount) == ("taken", "", None, TWO)


def test_what_is_taken_back_is_open_again_and_not_forgotten():
    events = [said("taken", amount=ONE, over_limit=True), said("undone", 5)]
    assert (fold(events).answer, fold(events).taken_at, fold(events).over_limit) == ("undone", None, False)
    assert state_of(fold(events), NOON, NOON) == "due"


def test_a_correction_changes_what_it_says_and_only_of_what_was_taken():
    told = fold([said("taken", amount=TWO), said("corrected", -30)])
    assert (told.taken_at, told.amount, told.corrected) == (NOON - timedelta(minutes=30), TWO, True)
    assert fold([said("taken", amount=TWO), said("corrected", 0, amount=ONE, over_limit=True)]).over_limit
    assert fold([said("corrected", amount=ONE)]) == Told()
    assert not fold([said("taken"), said("corrected"), said("undone"), said("taken")]).corrected


def test_what_was_sent_and_shown_is_kept_beside_the_answer():
    told = fold([said("sent"), said("shown", 1), said("snoozed", 2), said("late", 60), said("taken", 70, amount=ONE)])
    assert (told.sent_at, told.shown_at, told.snoozed_at, told.late) == (
        NOON, NOON + timedelta(minutes=1), NOON + timedelta(minutes=2), True,
    )  # fmt: skip
    assert told.answer == "taken"


@pytest.mark.parametrize(
    ("events", "minutes", "state"),
    [
        ([], -1, "planned"), ([], 0, "due"), ([], 59, "due"), ([], 60, "late"), ([("late", 5)], 10, "late"),
        ([("taken", -5)], -1, "taken"), ([("skipped", 0)], 300, "skipped"), ([("taken", 0), ("undone", 1)], 300, "late"),
    ],
)  # fmt: skip
def test_the_state_of_a_planned_dose_at_a_moment(events, minutes, state):
    told = fold([said(*event) for event in events])
    assert state_of(told, NOON, NOON + timedelta(minutes=minutes)) == state


def test_a_dose_without_a_plan_that_was_taken_back_is_undone():
    assert state_of(fold([said("taken"), said("undone")]), None, seoul(20)) == "undone"


KINDS = st.sampled_from(["sent", "shown", "snoozed", "taken", "skipped", "late", "undone", "corrected"])
EVENTS = st.lists(st.builds(said, KINDS, st.integers(-600, 600), amount=st.sampled_from([None, ONE, TWO])), max_size=12)


@given(EVENTS)
def test_the_answer_is_the_last_one_whatever_else_happened(events):
    answers = [event for event in events if event.kind in {"taken", "skipped", "undone"}]
    told = fold(events)
    assert told.answer == (answers[-1].kind if answers else "open")
    assert (told.taken_at is not None) == (told.answer == "taken")
    assert (told.skipped_at is not None) == (told.answer == "skipped")


@given(EVENTS, EVENTS)
def test_one_more_entry_is_all_that_is_needed_to_go_on(before, after):
    assert fold([*before, *after, said("undone")]).answer == "undone"
    assert fold([*before, said("taken", amount=ONE)]).amount == ONE


@given(
    st.one_of(
        st.builds(At, st.times().map(lambda at: at.replace(second=0, microsecond=0))),
        st.builds(
            AtMeal,
            st.sampled_from(["breakfast", "lunch", "dinner"]),
            st.sampled_from(["before", "right_before", "with", "right_after", "after", "between"]),
            st.integers(0, 720),
        ),
        st.builds(AtBedtime, st.integers(0, 720)),
        st.builds(OnWaking, st.integers(0, 720)),
    )
)
def test_what_a_dose_hangs_on_is_kept_in_a_short_code(anchor):
    assert anchor_of(code_of(anchor)) == anchor
    assert len(code_of(anchor)) <= 24


def test_no_anchor_is_no_code():
    assert (code_of(None), anchor_of(""), anchor_of("nothing")) == ("", None, None)
