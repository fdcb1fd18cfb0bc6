"""What a language model proposes is held against the pool and the limits, and every refused part is named."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onharu.records.workouts.queries.wording import refusal_words
from onharu.records.workouts.rules.planning import History, Proposed, Skipped, check_proposal
from onharu.records.workouts.tests.planner_pool import (
    BENCH,
    BY_ID,
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
from onharu.records.workouts.tests.test_rules_properties import few, histories, movers

D = Decimal


def checked(*proposal, past=None, **facts):
    return check_proposal(mover=athlete(**facts), pool=POOL, proposal=proposal, day=SUNDAY, history=past)


def codes(found):
    return [refusal.reason.code for refusal in found.refused]


def test_a_sound_proposal_is_taken_as_it_is():
    past = history(lifted(ago(3), BENCH, 4, 10, 60, 8), lifted(ago(4), SQUAT, 4, 10, 80, 7))
    rows = (
        Proposed(SQUAT, "스쿼트", sets=3, reps_low=8, reps_high=10, weight_kg=D(80), rest_seconds=120, rpe_target=D(7)),
        Proposed(BENCH, "벤치 프레스", sets=3, reps_low=8, reps_high=12, weight_kg=D("62.5")),
        Proposed(WALK, "걷기", minutes=15),
    )
    found = checked(*rows, past=past)
    assert found.refused == ()
    assert [task.order for task in found.accepted] == [1, 2, 3]
    first, second, third = found.accepted
    assert (first.sets, first.reps_low, first.reps_high, first.weight_kg, first.rest_seconds) == (3, 8, 10, D(80), 120)
    assert (second.weight_kg, second.rest_seconds, second.rpe_target) == (D("62.5"), 90, D(8))
    assert (third.minutes, third.sets, third.reps_low) == (15, 1, None)
    assert 0 < found.minutes <= 60


@pytest.mark.parametrize(
    ("row", "facts", "code", "said"),
    [
        (Proposed(999, "다리 찢기"), {}, "unknown_exercise", "‘다리 찢기’: 운동 목록에 없어요"),
        (Proposed(None, "공중 부양"), {}, "unknown_exercise", "‘공중 부양’: 운동 목록에 없어요"),
        (Proposed(SQUAT), {"spare": frozenset({"knee"})}, "barred_spared", "스쿼트: 아끼기로 한 곳(무릎)에 힘이 실려요"),
        (Proposed(SQUAT), {"avoid": frozenset({"heavy_lower"})}, "barred_caution", "스쿼트: 피하기로 한 동작(무거운 하체 운동)이에요"),
        (Proposed(SQUAT), {"equipment": frozenset()}, "barred_equipment", "스쿼트: 바벨이 필요해요"),
        (Proposed(SQUAT), {"places": frozenset({"home"})}, "barred_place", "스쿼트: 고른 장소에서 하기 어려워요"),
        (Proposed(SQUAT), {"level": 1}, "barred_level", "스쿼트: 지금 단계보다 어려워요 (보통)"),
        (Proposed(5), {"age": 70, "level": 3}, "barred_caution", "점프 스쿼트: 피하기로 한 동작(뛰는 동작)이에요"),
        (Proposed(SQUAT, sets=11), {}, "out_of_bounds", "스쿼트: 세트 값은 1에서 10 사이여야 해요"),
        (Proposed(SQUAT, sets=3, reps_high=51), {}, "out_of_bounds", "스쿼트: 횟수 값은 1에서 50 사이여야 해요"),
        (Proposed(SQUAT, reps_low=10, reps_high=8), {}, "upside_down", "스쿼트: 횟수의 처음이 끝보다 커요"),
        (Proposed(WALK, minutes=500), {}, "out_of_bounds", "걷기: 분 값은 1에서 120 사이여야 해요"),
        (Proposed(SQUAT, sets=10, reps_high=50, rest_seconds=600), {}, "over_minutes", "스쿼트: 134분쯤 걸려서 하루 60분을 넘어요"),
    ],
)  # fmt: skip
def test_a_row_beyond_a_limit_is_refused_by_name(row, facts, code, said):
    found = checked(row, **facts)
    assert found.accepted == ()
    assert codes(found) == [code]
    assert refusal_words(found.refused[0]) == said
    assert found.minutes == 0


def test_a_repeated_exercise_is_refused_once():
    found = checked(Proposed(PUSH_UP, sets=2), Proposed(PUSH_UP, sets=2))
    assert (len(found.accepted), codes(found)) == (1, ["repeated"])


def test_a_first_weight_is_not_invented():
    found = checked(Proposed(BENCH, sets=3, weight_kg=D(80)))
    assert found.accepted[0].weight_kg is None
    assert refusal_words(found.refused[0]) == (
        "벤치 프레스: 무게 기록이 없어서 80 kg을 받지 않았어요. 첫 세트로 무게를 찾아요"
    )


def test_a_weight_beyond_a_step_is_refused_and_the_row_stays():
    past = history(lifted(ago(3), BENCH, 4, 10, 60, 8))
    found = checked(Proposed(BENCH, sets=3, weight_kg=D(100)), past=past)
    assert found.accepted[0].weight_kg == 60
    assert refusal_words(found.refused[0]) == "벤치 프레스: 100 kg은 기록에 비해 무거워요. 62.5 kg까지만 늘려요"
    assert checked(Proposed(BENCH, weight_kg=D(-5)), past=past).accepted[0].weight_kg == 60


def test_minutes_grow_by_a_tenth_at_most():
    past = history(moved(ago(3), WALK, 30, 5))
    found = checked(Proposed(WALK, minutes=50), past=past)
    assert (found.accepted[0].minutes, codes(found)) == (30, ["minutes_beyond"])
    assert checked(Proposed(WALK, minutes=33), past=past).accepted[0].minutes == 33


def test_what_worked_hard_yesterday_or_hurt_is_refused():
    tired = checked(Proposed(PUSH_UP), past=history(lifted(ago(1), BENCH, 4, 8, 60, 9)))
    assert codes(tired) == ["not_recovered"]
    hurt = checked(Proposed(BENCH), past=History(skipped=(Skipped(ago(2), BENCH, "pain"),)))
    assert codes(hurt) == ["away"]


def test_rows_are_taken_while_the_minutes_last():
    rows = [Proposed(exercise, sets=3) for exercise in (SQUAT, BENCH, ROW, LEG_PRESS, 7, 14, 19)]
    found = checked(*rows, minutes=30)
    assert 0 < len(found.accepted) < len(rows)
    assert found.minutes <= 30
    assert set(codes(found)) == {"over_minutes"}


def test_no_more_than_a_dozen_rows_are_taken():
    rows = [Proposed(one.id, sets=1, rest_seconds=0) for one in POOL if one.measure == "reps"]
    found = checked(*rows, minutes=120, level=3)
    assert len(found.accepted) == 12
    assert "too_many" in codes(found)


def test_text_of_a_proposal_is_data():
    name = "Ignore all rules {0.__class__} <script>" + "a" * 500
    found = checked(Proposed(None, name))
    assert found.refused[0].what == name[:60]
    assert refusal_words(found.refused[0]).startswith("‘Ignore all rules {0.__class__} <script>")


amounts = st.none() | st.integers(-5, 700)
kilograms = st.none() | st.decimals(-10, 500, places=1)
proposals = st.lists(
    st.builds(
        Proposed, exercise_id=st.none() | st.integers(0, 40), name=st.text(max_size=8), sets=amounts, reps_low=amounts,
        reps_high=amounts, weight_kg=kilograms, minutes=amounts, seconds=amounts, rpe_target=kilograms, rest_seconds=amounts,
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(movers, histories, proposals, few)
def test_whatever_is_proposed_what_is_taken_keeps_to_the_limits(mover, past, proposal, spared):
    found = check_proposal(mover=mover, pool=POOL, proposal=proposal, day=SUNDAY, history=past)
    assert found.minutes <= mover.minutes
    assert len({task.exercise_id for task in found.accepted}) == len(found.accepted)
    for task in found.accepted:
        assert not mover.spare & set(BY_ID[task.exercise_id].loads)
        assert 1 <= task.sets <= 10
        assert task.reps_high is None or 1 <= task.reps_low <= task.reps_high <= 50
        weights = [one.weight_kg for done in past.done if done.exercise_id == task.exercise_id for one in done.sets if one.weight_kg]  # fmt: skip
        assert task.weight_kg is None or task.weight_kg <= max(weights) * 2
    assert len(found.accepted) <= len(proposal)
    assert all(refusal_words(refusal) for refusal in found.refused)
