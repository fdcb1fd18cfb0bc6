"""Minutes are counted once, whoever wrote them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onharu.records.workouts.rules.overlap import IMPORTED, OVERLAP, OWN, Term, Timed, counted

SIX = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
D = Decimal


def timed(number, after, minutes, *, imported=False):
    start = None if after is None else SIX + timedelta(minutes=after)
    return Timed(number, start, None if minutes is None else D(minutes), imported)


def test_a_watch_and_a_hand_are_counted_once():
    once = counted([timed(1, 0, 45), timed(2, 25, 30, imported=True)])
    assert once.total == 55
    assert once.overlap_minutes == 20
    assert once.minutes_by_log == {1: D(45), 2: D(10)}
    assert once.equation == (Term(OWN, D(45)), Term(IMPORTED, D(30)), Term(OVERLAP, D(20)))


def test_an_import_inside_of_an_own_workout_counts_nothing_more():
    once = counted([timed(1, 0, 60), timed(2, 10, 20, imported=True)])
    assert once.minutes_by_log == {1: D(60), 2: D(0)}
    assert once.total == 60


def test_two_watches_are_counted_once_too():
    once = counted([timed(1, 0, 40, imported=True), timed(2, 20, 40, imported=True)])
    assert once.total == 60
    assert once.equation == (Term(IMPORTED, D(80)), Term(OVERLAP, D(20)))


def test_an_import_across_two_own_workouts_is_shortened_by_both():
    once = counted([timed(1, 0, 20), timed(2, 30, 20), timed(3, 10, 30, imported=True)])
    assert once.minutes_by_log[3] == 10
    assert once.total == 50


def test_own_exercises_ticked_at_one_moment_stay_whole():
    once = counted([timed(1, 0, 10), timed(2, 1, 10), timed(3, 1, 10)])
    assert once.total == 30
    assert once.equation == ()


def test_without_a_beginning_nothing_overlaps():
    assert counted([timed(1, None, 45), timed(2, 0, 30, imported=True)]).total == 75


def test_unknown_minutes_count_nothing_and_are_no_zero():
    assert counted([timed(1, 0, None)]).total is None
    once = counted([timed(1, 0, None), timed(2, 0, 30, imported=True)])
    assert once.minutes_by_log == {2: D(30)}
    assert counted([]).total is None


logs = st.lists(
    st.tuples(st.none() | st.integers(0, 300), st.none() | st.integers(0, 120), st.booleans()), max_size=8
).map(lambda rows: [timed(n, after, minutes, imported=far) for n, (after, minutes, far) in enumerate(rows)])


@given(logs, st.randoms(use_true_random=False))
def test_no_minute_is_lost_or_counted_twice(found, chance):
    once = counted(found)
    known = [log for log in found if log.minutes is not None]
    assert set(once.minutes_by_log) == {log.id for log in known}
    assert all(0 <= once.minutes_by_log[log.id] <= log.minutes for log in known)
    assert (once.total or 0) + once.overlap_minutes == sum(log.minutes for log in known)
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert counted(shuffled).minutes_by_log == once.minutes_by_log


@given(logs)
def test_imports_alone_last_as_long_as_their_union(found):
    spans = [log for log in found if log.imported and log.minutes and log.started_at]
    minutes = {
        m
        for log in spans
        for m in range(
            int((log.started_at - SIX).seconds // 60), int((log.started_at - SIX).seconds // 60 + log.minutes)
        )
    }
    assert (counted(spans).total or 0) == len(minutes)
