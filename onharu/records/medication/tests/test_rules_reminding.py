"""When somebody is told of a dose: sums without a database."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel import clock
from onharu.records.medication.rules import reminding
from onharu.records.medication.rules.reminding import Due, Rule

SEOUL = "Asia/Seoul"
NIGHT = Rule(quiet_from=time(22), quiet_to=time(7))
NOON = Rule(quiet_from=time(12), quiet_to=time(13))
EIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from([SEOUL, "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
hours = st.times().map(lambda one: one.replace(second=0, microsecond=0))


def local(hour, minute=0, day=22):
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.zone(SEOUL)).astimezone(UTC)


def due(number=1, *, ago=timedelta(0), step=0, doses=1, older=None):
    at = EIGHT - ago
    return Due(number, at, at, step, at - (older or timedelta(0)), doses)


@pytest.mark.parametrize(
    ("rule", "at", "quiet"),
    [(NIGHT, local(22), True), (NIGHT, local(6, 59), True), (NIGHT, local(7), False), (NIGHT, local(21, 59), False),
     (NOON, local(12), True), (NOON, local(13), False), (Rule(), local(3), False),
     (Rule(quiet_from=time(9), quiet_to=time(9)), local(9), False)],
)  # fmt: skip
def test_quiet_hours_begin_and_end_on_the_minute(rule, at, quiet):
    assert reminding.is_quiet(at, rule, SEOUL) == quiet


@given(instants, zones, hours, hours)
def test_the_end_of_quiet_hours_is_never_quiet_and_never_before(at, zone, begin, end):
    rule = Rule(quiet_from=begin, quiet_to=end)
    after = reminding.after_quiet(at, rule, zone)
    assert after >= at
    assert after - at <= timedelta(hours=26)
    if after != at:
        assert after.astimezone(clock.zone(zone)).time() >= end or not reminding.is_quiet(after, rule, zone)


def test_quiet_hours_past_midnight_end_in_the_morning():
    assert reminding.after_quiet(local(23), NIGHT, SEOUL) == local(7, day=23)
    assert reminding.after_quiet(local(3), NIGHT, SEOUL) == local(7)


def test_a_dose_planned_in_quiet_hours_rings_unless_it_may_not():
    silent = Rule(quiet_from=time(22), quiet_to=time(7), rings_in_quiet=False)
    assert reminding.first_at(local(3), NIGHT, SEOUL) == local(3)
    assert reminding.first_at(local(3), silent, SEOUL) == local(7)


def test_repeats_come_at_their_pause_and_end():
    rule = Rule(repeat_minutes=10, repeats=2)
    assert reminding.again_at(EIGHT, 0, EIGHT, rule, SEOUL) == EIGHT + timedelta(minutes=10)
    assert reminding.again_at(EIGHT, 1, EIGHT, rule, SEOUL) is not None
    assert reminding.again_at(EIGHT, 2, EIGHT, rule, SEOUL) is None


def test_what_is_hours_old_is_not_repeated():
    old = EIGHT - reminding.MISSED_AFTER - timedelta(seconds=1)
    assert reminding.again_at(EIGHT, 0, old, Rule(), SEOUL) is None


def test_a_repeat_waits_for_the_end_of_quiet_hours():
    assert reminding.again_at(local(21, 55), 0, local(21, 55), NIGHT, SEOUL) == local(7, day=23)


@pytest.mark.parametrize(
    ("minutes", "group", "together"),
    [(0, 15, True), (14, 15, True), (15, 15, False), (0, 0, True), (1, 0, False), (-5, 15, False)],
)
def test_doses_go_together_within_the_group(minutes, group, together):
    assert reminding.go_together(EIGHT, EIGHT + timedelta(minutes=minutes), Rule(group_minutes=group)) == together


def test_escalation_is_off_until_somebody_wants_it():
    assert reminding.escalated_at(EIGHT, Rule()) is None
    assert reminding.escalated_at(EIGHT, Rule(escalate_minutes=30)) == EIGHT + timedelta(minutes=30)


def test_nothing_due_is_no_telling():
    assert reminding.fold([], EIGHT, Rule()) is None


def test_what_is_overdue_by_more_than_a_repeat_is_missed():
    assert not reminding.is_missed(due(ago=timedelta(minutes=10)), EIGHT, Rule())
    assert reminding.is_missed(due(ago=timedelta(minutes=10, seconds=1)), EIGHT, Rule())
    assert reminding.is_missed(due(older=timedelta(hours=4)), EIGHT, Rule())


def test_what_is_now_leads_what_was_missed():
    folded = reminding.fold(
        [due(1, ago=timedelta(hours=20), doses=3), due(2), due(3, ago=timedelta(hours=9))], EIGHT, Rule()
    )
    assert folded.leader.id == 2
    assert {one.id for one in folded.others} == {1, 3}
    assert folded.missed == 4


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=40))
def test_whatever_was_due_becomes_one_telling_that_forgets_no_dose(rows):
    all_due = [due(n, ago=timedelta(minutes=ago), step=step, doses=doses) for n, (ago, step, doses) in enumerate(rows)]
    folded = reminding.fold(all_due, EIGHT, Rule())
    assert {folded.leader.id, *(one.id for one in folded.others)} == {one.id for one in all_due}
    assert len(folded.others) == len(all_due) - 1
    assert folded.missed <= sum(one.doses for one in all_due)


def test_pauses_grow_up_to_an_hour_and_end():
    seconds = [reminding.pause(n, None).total_seconds() for n in range(1, 7)]
    assert seconds == [5, 20, 80, 320, 1280, 3600]
    assert reminding.pause(7, None) is None


def test_what_a_server_asks_for_is_waited_for_up_to_an_hour():
    assert reminding.pause(1, 77) == timedelta(seconds=77)
    assert reminding.pause(1, 999_999) == timedelta(hours=1)
    assert reminding.pause(5, 3) == timedelta(seconds=1280)


def test_a_message_is_kept_until_the_next_one_or_as_long_as_it_is_true():
    assert reminding.kept_for(0, Rule()) == timedelta(minutes=10)
    assert reminding.kept_for(3, Rule()) == reminding.MISSED_AFTER
