from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.intakes.public import Body, Target, targets
from onharu.day.rules import progress, progress_of, room_left, score
from onharu.kernel.quantities import Nutrients, total
from onharu.kernel.streaks import streak

AT_LEAST = Target("protein_g", "at_least", Decimal(50), None, "시험", "1")
AT_MOST = Target("sodium_mg", "at_most", None, Decimal(2300), "시험", "1")
WITHIN = Target("kcal", "within", Decimal(1800), Decimal(2200), "시험", "1")


def of(target, **amounts):
    known = {key: Decimal(value) for key, value in amounts.items()}
    return progress(total([Nutrients(**known)]), [target])[0]


@pytest.mark.parametrize(
    ("target", "amounts", "state", "percent"),
    [
        (AT_LEAST, {"protein_g": 49}, "below", 98),
        (AT_LEAST, {"protein_g": 50}, "within", 100),
        (AT_LEAST, {"protein_g": 100}, "within", 200),
        (AT_MOST, {"sodium_mg": 2300}, "within", 100),
        (AT_MOST, {"sodium_mg": 2301}, "over", 100),
        (AT_MOST, {"sodium_mg": 4600}, "over", 200),
        (AT_MOST, {"sodium_mg": 0}, "within", 0),
        (WITHIN, {"kcal": 1799}, "below", 82),
        (WITHIN, {"kcal": 2200}, "within", 100),
        (WITHIN, {"kcal": 2201}, "over", 100),
    ],
)
def test_a_target_has_a_direction(target, amounts, state, percent):
    found = of(target, **amounts)
    assert (found.state, found.percent) == (state, percent)


def test_eating_twice_a_limit_is_over_and_never_a_score():
    assert of(AT_MOST, sodium_mg=4600).state == "over"


def test_what_no_row_knows_is_unknown_and_not_zero():
    found = of(AT_MOST, kcal=100)
    assert (found.amount, found.percent, found.state, found.unknown_rows) == (None, None, "unknown", 1)


def test_an_empty_day_has_eaten_nothing():
    (found,) = progress(total([]), [AT_LEAST])
    assert (found.amount, found.state) == (0, "below")


def test_every_target_of_a_body_gets_its_progress():
    wanted = targets(Body("FEMALE", 40, Decimal(160), Decimal(55)))
    assert [one.nutrient for one in progress(total([]), wanted)] == [target.nutrient for target in wanted]


def test_an_own_key_that_is_no_nutrient_is_held_by_its_amount():
    water = Target("water_ml", "at_least", Decimal(1500), None, "시험", "1")
    (found,) = progress(total([]), [water], {"water_ml": Decimal(600)})
    assert (found.amount, found.percent, found.score, found.state) == (600, 40, 40, "below")
    (found,) = progress(total([]), [water])
    assert (found.amount, found.score, found.state) == (None, None, "unknown")


@pytest.mark.parametrize(
    ("target", "amount", "rated"),
    [
        (AT_LEAST, 0, 0), (AT_LEAST, 25, 50), (AT_LEAST, "49.9", 99), (AT_LEAST, 50, 100), (AT_LEAST, 500, 100),
        (AT_MOST, 0, 100), (AT_MOST, 2300, 100), (AT_MOST, 2301, 99), (AT_MOST, 3450, 50), (AT_MOST, 4600, 0),
        (AT_MOST, 9999, 0), (WITHIN, 900, 50), (WITHIN, 1800, 100), (WITHIN, 2200, 100), (WITHIN, 3300, 50),
    ],
)  # fmt: skip
def test_a_score_has_the_direction_of_its_target(target, amount, rated):
    assert score(Decimal(amount), target) == rated


AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=1)


@given(
    amount=AMOUNTS,
    ends=st.tuples(AMOUNTS, AMOUNTS),
    direction=st.sampled_from(["at_least", "at_most", "within"]),
)
def test_a_score_is_always_from_0_to_100_and_100_exactly_while_the_target_holds(amount, ends, direction):
    low = min(ends) if direction != "at_most" else None
    high = max(ends) if direction != "at_least" else None
    found = progress_of(Target("kcal", direction, low, high, "시험", "1"), amount)
    assert 0 <= found.score <= 100
    assert (found.score == 100) == (found.state == "within")


@given(better=AMOUNTS, worse=AMOUNTS, goal=st.decimals(min_value=1, max_value=100_000, places=1))
def test_more_towards_a_goal_never_scores_less_and_more_over_a_limit_never_more(better, worse, goal):
    least, most = sorted([better, worse])
    at_least = Target("protein_g", "at_least", goal, None, "시험", "1")
    at_most = Target("sodium_mg", "at_most", None, goal, "시험", "1")
    assert score(least, at_least) <= score(most, at_least)
    assert score(least, at_most) >= score(most, at_most)


def test_room_is_the_upper_end_less_what_was_eaten_and_net_movement_more():
    found = room_left(target=WITHIN, total=total([Nutrients(kcal=Decimal(1500))]), moved_net=Decimal(130))
    assert (found.kcal, found.target_high, found.eaten, found.workout_net) == (830, 2200, 1500, 130)
    assert found.unknown == ()


def test_room_may_be_below_zero_and_is_then_how_much_is_over():
    assert room_left(target=WITHIN, total=total([Nutrients(kcal=Decimal(2500))]), moved_net=Decimal(0)).kcal == -300


@pytest.mark.parametrize(
    ("target", "eaten", "moved", "unknown"),
    [
        (None, [Nutrients(kcal=Decimal(1))], Decimal(0), ("target_high",)),
        (AT_LEAST, [Nutrients(kcal=Decimal(1))], Decimal(0), ("target_high",)),
        (WITHIN, [Nutrients(), Nutrients(kcal=Decimal(1))], Decimal(0), ("eaten",)),
        (WITHIN, [Nutrients(kcal=Decimal(1))], None, ("workout_net",)),
        (None, [Nutrients()], None, ("target_high", "eaten", "workout_net")),
    ],
)
def test_room_is_unknown_while_one_of_its_terms_is(target, eaten, moved, unknown):
    found = room_left(target=target, total=total(eaten), moved_net=moved)
    assert (found.kcal, found.unknown) == (None, unknown)


def test_nothing_eaten_leaves_the_whole_room():
    assert room_left(target=WITHIN, total=total([]), moved_net=Decimal(0)).kcal == 2200


WRITTEN = st.sets(st.integers(0, 24), max_size=25)


def by_force(written, today):
    """Try every beginning: the longest run that ends today or waits for it, each free day alone in its seven days."""
    best = 0
    for last in (today, today - 1, today - 2):
        for first in sorted(one for one in written if one <= last):
            free = [one for one in range(first, last + 1) if one not in written]
            ends_free = [one for one in range(last + 1, today) if one not in written]
            gaps = free + ends_free
            if last in written and all(later - one >= 7 for one, later in pairwise(gaps)):
                best = max(best, len([one for one in written if first <= one <= last]))
    return best


@given(written=WRITTEN, today=st.integers(0, 24))
def test_days_in_a_row_are_what_trying_everything_finds(written, today):
    day = date(2026, 11, 1)
    said = streak({day + timedelta(days=one) for one in written}, day + timedelta(days=today))
    assert said.days == by_force({one for one in written if one <= today}, today)


@given(written=WRITTEN, today=st.integers(0, 24))
def test_today_never_breaks_a_row_and_writing_never_shortens_it(written, today):
    start = date(2026, 11, 1)
    days, now = {start + timedelta(days=one) for one in written}, start + timedelta(days=today)
    without = streak(days - {now}, now).days
    assert streak(days | {now}, now).days == without + 1
    assert streak(days, now).days <= len(days)
