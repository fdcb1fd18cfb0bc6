"""The forgiving streak, against a slow reading of the same rule."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel.streaks import NONE, longest, reached, streak

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
BITS = st.lists(st.booleans(), max_size=45)


def days(pattern, last=TODAY):
    """Read "x.x" as days, the last letter being `last`."""
    return {last - DAY * back for back, letter in enumerate(reversed(pattern)) if letter == "x"}


def slowly(written, today):
    """Try every first day: the longest stretch with at most one empty day in each seven, up to the last finished day."""
    last = today if today in written else today - DAY
    best = []
    for length in range(1, 60):
        stretch = [last - DAY * back for back in range(length)]
        windows = [stretch[at : at + 7] for at in range(length)]
        if all(sum(day not in written for day in window) <= 1 for window in windows):
            best = [day for day in stretch if day in written]
    return len(best)


def drawn(bits):
    return {TODAY - DAY * back for back, bit in enumerate(bits) if bit}


@given(BITS)
def test_it_is_the_longest_stretch_with_one_free_day_in_seven(bits):
    assert streak(drawn(bits), TODAY).days == slowly(drawn(bits), TODAY)


@given(BITS)
def test_a_free_day_protects_and_never_adds(bits):
    written = drawn(bits)
    run = streak(written, TODAY)
    assert not set(run.free_days) & written
    assert all((later - earlier).days >= 7 for earlier, later in zip(run.free_days, run.free_days[1:], strict=False))
    if run.first:
        assert run.days + len(run.free_days) == ((TODAY if TODAY in written else TODAY - DAY) - run.first).days + 1


@given(BITS)
def test_an_unfinished_day_breaks_nothing(bits):
    before = drawn(bits) - {TODAY}
    assert streak(before, TODAY).days == slowly(before, TODAY)
    assert streak(before | {TODAY}, TODAY).days == streak(before, TODAY).days + 1


@given(BITS)
def test_at_risk_says_what_tomorrow_would_show(bits):
    run = streak(drawn(bits), TODAY)
    tomorrow = streak(drawn(bits), TODAY + DAY)
    assert run.at_risk == (tomorrow.days < run.days)


@given(BITS)
def test_reaching_a_length_is_the_first_day_that_showed_it(bits):
    written = drawn(bits)
    shown = {day: slowly({one for one in written if one <= day}, day) for day in written}
    assert longest(written) == max(shown.values(), default=0)
    for length in (1, 2, 3, 7):
        assert reached(written, length) == min((day for day in shown if shown[day] >= length), default=None)


@given(BITS, st.integers(min_value=1, max_value=9))
def test_what_is_written_later_changes_nothing_today(bits, ahead):
    assert streak(drawn(bits) | {TODAY + DAY * ahead}, TODAY) == streak(drawn(bits), TODAY)


def test_the_rule_by_example():
    assert streak(days("xxxxxxx"), TODAY).days == 7
    assert streak(days("xxx.xxx"), TODAY).days == 6
    assert streak(days("xxx.xxx"), TODAY).free_days == (TODAY - DAY * 3,)
    assert streak(days("x.xxxxxx.xx"), TODAY).days == 9, "two free days, seven apart"
    assert streak(days("x.xxxxx.xx"), TODAY).days == 7, "two free days within seven: it begins after the first"
    assert streak(days("xxx..xx"), TODAY).days == 2, "two empty days in a row end it"
    assert streak(days("xxx."), TODAY).days == 3, "today is unfinished"
    assert streak(days("xxx.."), TODAY).days == 3, "yesterday was free, today is unfinished"
    assert streak(days("xxx..."), TODAY) == NONE


def test_risk_by_example():
    assert not streak(days("xxx."), TODAY).at_risk, "today may still be the free day"
    assert streak(days("xxx.."), TODAY).at_risk
    assert streak(days("xx.xx."), TODAY).at_risk, "the free day of this week is gone"
    assert not streak(days("xx.xxx"), TODAY).at_risk


def test_nothing_written_is_no_streak():
    assert streak([], TODAY) == NONE
    assert longest([]) == 0
    assert reached([], 1) is None
