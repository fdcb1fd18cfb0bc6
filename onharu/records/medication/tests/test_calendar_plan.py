"""A calendar, expanded by an independent library, is the plan: over schedules, zones and changes of a schedule."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import icalendar
import pytest
import recurring_ical_events
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onharu.kernel import clock
from onharu.records.medication.queries import ics
from onharu.records.medication.queries.calendar import is_elapsed, series_of
from onharu.records.medication.rules.calendar import Told, events_of
from onharu.records.medication.rules.schedules.checks import faults
from onharu.records.medication.rules.schedules.planning import plan
from onharu.records.medication.rules.schedules.shapes import (
    At,
    AtBedtime,
    AtMeal,
    Cycle,
    Daily,
    EveryDays,
    Facts,
    Interval,
    Monthly,
    OnWaking,
    Phase,
    Schedule,
    Slot,
    Slots,
    Spaced,
    Version,
    Weekdays,
)

ZONES = [
    "Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago",
    "Africa/Casablanca", "Pacific/Apia",
]  # fmt: skip
SINCE = datetime(2026, 11, 15, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=2 * 366)
COVER = ics.Cover("온하루 복용", "복용 시간", SINCE, names_shown=True, alarms=True)

times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
slots = st.lists(
    st.builds(
        Slot,
        st.one_of(
            st.builds(At, times),
            st.builds(
                AtMeal, st.sampled_from(["breakfast", "lunch", "dinner"]), st.sampled_from(["before", "after"]),
                st.integers(5, 90),
            ),
            st.builds(AtBedtime, st.integers(0, 60)),
            st.builds(OnWaking, st.integers(0, 30)),
        ),
        st.none() | st.sampled_from([Decimal(1), Decimal("0.5")]),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
days = st.one_of(
    st.just(Daily()),
    st.builds(EveryDays, st.integers(2, 30)),
    st.builds(Weekdays, st.frozensets(st.integers(1, 7), min_size=1), st.integers(1, 4)),
    st.builds(Monthly, st.frozensets(st.integers(1, 31) | st.just(-1), min_size=1, max_size=3), st.integers(1, 3)),
    st.builds(Cycle, st.integers(1, 28), st.integers(1, 28)),
)
whens = st.one_of(
    slots.map(lambda said: Slots(tuple(said))),
    st.builds(Spaced, st.integers(1, 5)),
    st.builds(Interval, st.sampled_from([240, 300, 480, 720, 1440, 2160, 4320]), first=st.none() | times),
)


@st.composite
def schedules(draw):
    phases = [draw(st.builds(Phase, whens, days, st.integers(3, 60))) for _ in range(draw(st.integers(0, 2)))]
    return Schedule((*phases, draw(st.builds(Phase, whens, days))), clock=draw(st.sampled_from(["wall", "elapsed"])))


@st.composite
def regimens(draw):
    start = draw(st.dates(date(2026, 6, 1), date(2027, 3, 1)))
    end = draw(st.none() | st.integers(0, 500).map(lambda n: start + timedelta(days=n)))
    first = Version(1, SINCE - timedelta(days=200), draw(schedules()), Decimal(1), start, end)
    versions = [first]
    if draw(st.booleans()):
        changed = SINCE + draw(st.timedeltas(timedelta(days=-30), timedelta(days=200)))
        versions.append(Version(2, changed, draw(schedules()), Decimal(2), start, end))
    for one in versions:
        assume(not faults(one.schedule, one.amount, one.start, one.end))
    return tuple(versions)


def told(number, versions, zone):
    elapsed = is_elapsed(versions[-1].schedule)
    return [
        Told(f"{number}.{dose.key}", series_of(f"{number}.{dose.key}", dose.amount), dose.at, elapsed, f"약{number} {dose.amount.normalize():f}")
        for dose in plan(versions, Facts(zone), SINCE, UNTIL)
    ]  # fmt: skip


def shown(body):
    """Each dose that a calendar program shows, as (instant, what)."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(
        SINCE - timedelta(days=3), UNTIL + timedelta(days=3)
    )
    return sorted(
        (one["DTSTART"].dt.astimezone(UTC), part) for one in found for part in str(one["SUMMARY"]).split(", ")
    )


@settings(max_examples=60, deadline=None)
@given(said=st.lists(regimens(), min_size=1, max_size=3), zone=st.sampled_from(ZONES))
def test_a_calendar_read_back_is_the_plan_for_two_years(said, zone):
    doses = [dose for number, versions in enumerate(said, 1) for dose in told(number, versions, zone)]
    assume(len(doses) < 6000)
    events = events_of(doses, zone)
    assert len({event.uid for event in events}) == len(events)
    assert shown(ics.written(events, COVER)) == sorted((dose.at, dose.label) for dose in doses)


@pytest.mark.parametrize("zone", ZONES)
def test_three_times_a_day_for_two_years_are_three_events(zone):
    schedule = Schedule((Phase(Slots(tuple(Slot(At(time(hour))) for hour in (8, 13, 19)))),))
    version = Version(1, SINCE - timedelta(days=9), schedule, Decimal(1), date(2026, 11, 1))
    doses = told(1, (version,), zone)
    events = events_of(doses, zone)
    assert [event.rule and event.rule.frequency for event in events if event.rule] == ["DAILY"] * 3
    assert len(events) <= 3 + 2  # the ends of the stretch lie within a day
    back = shown(ics.written(events, COVER))
    assert len(back) == len(doses)
    assert {at.astimezone(clock.zone(zone)).hour for at, _ in back} == {8, 13, 19}


def test_every_eight_hours_elapsed_are_three_daily_events_in_utc():
    schedule = Schedule((Phase(Interval(480, first=time(8))),), clock="elapsed")
    version = Version(1, SINCE - timedelta(days=9), schedule, Decimal(1), date(2026, 11, 1))
    events = events_of(told(1, (version,), "America/New_York"), "America/New_York")
    assert {event.at.tzinfo for event in events} == {UTC}
    assert sum(event.rule is not None for event in events) == 3


def test_a_changed_schedule_ends_its_old_events_and_begins_new_ones():
    morning, evening = (Schedule((Phase(Slots((Slot(At(time(hour))),))),)) for hour in (8, 20))
    changed = datetime(2026, 12, 1, 3, tzinfo=UTC)
    versions = (
        Version(1, SINCE - timedelta(days=9), morning, Decimal(1), date(2026, 11, 1)),
        Version(2, changed, evening, Decimal(1), date(2026, 11, 1)),
    )
    old, new = events_of(told(1, versions, "Asia/Seoul"), "Asia/Seoul")
    assert (old.uid, new.uid) == ("1.v1.0x1.080000@onharu", "1.v2.0x1.200000@onharu")
    assert old.rule.until == date(2026, 12, 1)
    assert new.at.date() == date(2026, 12, 1)
