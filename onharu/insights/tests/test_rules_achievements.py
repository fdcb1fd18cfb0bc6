"""Achievements: earned by rows, on the day that earned them, and taken back with them."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onharu.insights.queries.wording import ACHIEVEMENTS
from onharu.insights.rules.achievements import Broken, Closed, Life, Moved, achievements_of
from onharu.insights.tests.days import DAY

DAYS = st.frozensets(st.integers(0, 200).map(lambda ago: DAY - timedelta(days=ago)), max_size=120)
MINUTES = st.none() | st.decimals(0, 200, places=0)
LIVES = st.builds(
    Life,
    meals=DAYS,
    moved=st.dictionaries(
        st.integers(0, 200).map(lambda ago: DAY - timedelta(days=ago)), st.builds(Moved, MINUTES, st.integers(1, 9))
    ),
    records=st.lists(st.builds(Broken, st.just(DAY), st.integers(1, 9)), max_size=2),
    reports=DAYS,
    measured=DAYS,
    goals=st.lists(st.builds(Closed, st.integers(1, 9), st.just(DAY), st.just("5 km")), max_size=2),
)


def days(number, last=DAY):
    return frozenset(last - timedelta(days=back) for back in range(number))


def of(life):
    return {one.code: one for one in achievements_of(life)}


@given(LIVES)
def test_what_is_earned_has_rows_behind_it(life):
    for one in achievements_of(life):
        assert 0 <= one.have <= one.need
        assert one.earned == bool(one.evidence)
        assert one.earned == (one.have == one.need)
        assert one.earned_on is None or one.earned_on <= DAY


@given(LIVES)
def test_writing_more_takes_nothing_away(life):
    more = Life(
        meals=life.meals | days(3), moved=life.moved, records=life.records, reports=life.reports,
        measured=life.measured, goals=life.goals,
    )  # fmt: skip
    before, after = of(life), of(more)
    assert all(after[code].earned for code in before if before[code].earned)


def test_a_new_person_has_everything_ahead():
    assert not any(one.earned for one in achievements_of(Life()))
    assert set(of(Life())) == set(ACHIEVEMENTS)
    assert len(ACHIEVEMENTS) >= 12


def test_the_nth_day_is_the_day_that_counts():
    found = of(Life(meals=days(10)))
    assert found["meals_7"].earned_on == DAY - timedelta(days=3)
    assert (found["meals_30"].have, found["meals_30"].earned_on) == (10, None)


def test_workouts_name_the_row_that_made_the_day():
    life = Life(moved={day: Moved(Decimal(20), day.toordinal()) for day in days(10)})
    tenth = of(life)["workouts_10"]
    assert (tenth.earned_on, tenth.evidence[0].id) == (DAY, DAY.toordinal())


def test_150_minutes_within_any_seven_days():
    moved = {DAY - timedelta(days=back): Moved(Decimal(50), back + 1) for back in (1, 4, 7)}
    found = of(Life(moved=moved))["week_150"]
    assert found.earned_on == DAY - timedelta(days=1)
    assert [row.amount for row in found.evidence] == [50, 50, 50]
    apart = {DAY - timedelta(days=back): Moved(Decimal(50), 1) for back in (1, 4, 8)}
    assert (of(Life(moved=apart))["week_150"].have, of(Life(moved=apart))["week_150"].earned) == (100, False)


def test_unknown_minutes_are_not_counted_as_any():
    assert of(Life(moved=dict.fromkeys(days(9), Moved(None, 1))))["week_150"].have == 0


def test_a_streak_is_made_of_everything_written():
    life = Life(
        meals=days(3), moved={DAY - timedelta(days=3): Moved(None, 1)}, reports=days(2, DAY - timedelta(days=5)),
        measured=frozenset({DAY - timedelta(days=7)}),
    )  # fmt: skip
    found = of(life)["streak_7"]
    assert (found.have, found.earned_on) == (7, DAY), "the free day in between protects and does not add"
    assert found.evidence[0].day == DAY - timedelta(days=7)


def test_a_goal_tells_its_row_and_no_invented_day():
    found = of(Life(goals=[Closed(4, DAY, "5 km")]))["goal_reached"]
    assert (found.earned, found.earned_on, found.evidence[0].id) == (True, None, 4)


def test_a_room_that_failed_hides_what_it_would_have_told():
    found = of(Life(failed=frozenset({"goals"})))
    assert "goal_reached" not in found
    assert "streak_7" not in found
    assert "meals_1" in found
