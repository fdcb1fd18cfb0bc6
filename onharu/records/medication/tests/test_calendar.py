"""Doses as events of a calendar, read back by an independent library."""

# ruff: noqa: ARG005 the patterns below are all asked the same way

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from onharu.kernel import clock
from onharu.records.medication.queries import ics
from onharu.records.medication.rules import calendar
from onharu.records.medication.rules.calendar import Told

SEOUL, NEW_YORK = "Asia/Seoul", "America/New_York"
FIRST = date(2026, 11, 16)
STAMP = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def cover(**said):
    values = {"name": "온하루 복용", "title": "복용 시간", "stamp": STAMP, "names_shown": True, "alarms": True}
    return ics.Cover(**{**values, **said})


def doses(days, at=time(8, 30), zone=SEOUL, *, regimen=12, elapsed=False, label="혈압약 1정"):
    local = UTC if elapsed else clock.zone(zone)
    return [
        Told(
            id=f"{regimen}.v1.{day:%Y%m%d}.0",
            series=f"{regimen}.v1.0x1",
            at=datetime.combine(day, at, tzinfo=local).astimezone(UTC),
            elapsed=elapsed,
            label=label,
        )
        for day in days
    ]


def every(step, count, first=FIRST):
    return [first + timedelta(days=step * n) for n in range(count)]


def read_back(body):
    """Every instant with what is said at it, as a calendar program shows it."""
    expanded = recurring_ical_events.of(icalendar.Calendar.from_ical(body)).between(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    )
    return sorted((one["DTSTART"].dt.astimezone(UTC), str(one["SUMMARY"])) for one in expanded)


def planned(told):
    said = {}
    for dose in sorted(told, key=lambda one: (one.at, one.elapsed, one.series, one.id)):
        said.setdefault((dose.at, dose.elapsed), []).append(dose.label)
    return sorted((at, ", ".join(labels)) for (at, _), labels in said.items())


def test_a_daily_dose_is_one_event_with_a_rule():
    (event,) = calendar.events_of(doses(every(1, 730)), SEOUL)
    assert (event.rule.frequency, event.rule.interval, event.without) == ("DAILY", 1, ())
    assert event.uid == "12.v1.0x1.083000@onharu"
    assert event.at.tzinfo == clock.zone(SEOUL)


def test_weekdays_every_other_week_are_a_rule_without_exceptions():
    days = [day for day in every(1, 700) if day.weekday() in (0, 3) and (day - FIRST).days // 7 % 2 == 0]
    (event,) = calendar.events_of(doses(days), SEOUL)
    assert (event.rule.frequency, event.rule.interval, event.rule.weekdays) == ("WEEKLY", 2, (1, 4))
    assert event.without == ()


def test_the_last_day_of_each_month_is_a_rule():
    days = [day for day in every(1, 730) if (day + timedelta(days=1)).day == 1]
    (event,) = calendar.events_of(doses(days), SEOUL)
    assert (event.rule.frequency, event.rule.month_days, event.without) == ("MONTHLY", (-1,), ())


def test_the_thirtieth_that_february_lacks_is_an_event_of_its_own():
    days = [day for day in every(1, 730) if day.day == 30 or (day.month == 2 and (day + timedelta(days=1)).day == 1)]
    events = calendar.events_of(doses(days), SEOUL)
    assert [event.rule and event.rule.month_days for event in events].count((30,)) == 1
    assert [event.at.date().month for event in events if event.rule is None] == [2, 2]


def test_a_cycle_is_a_rule_with_its_pauses_as_exceptions():
    days = [day for n, day in enumerate(every(1, 280)) if n % 28 < 21]
    (event,) = calendar.events_of(doses(days), SEOUL)
    assert len(event.without) == 9 * 7
    assert read_back(ics.written([event], cover())) == planned(doses(days))


def test_doses_at_one_time_are_one_event():
    both = doses(every(1, 30)) + doses(every(1, 30), regimen=13, label="비타민 1정")
    (event,) = calendar.events_of(both, SEOUL)
    assert event.labels == ("혈압약 1정", "비타민 1정")


def test_the_same_doses_have_the_same_uids_a_week_later():
    early, late = doses(every(2, 300)), doses(every(2, 300, FIRST + timedelta(days=14)))
    assert [one.uid for one in calendar.events_of(early, SEOUL)] == [one.uid for one in calendar.events_of(late, SEOUL)]


def test_two_doses_alone_are_two_events_named_by_the_doses():
    events = calendar.events_of(doses(every(5, 2)), SEOUL)
    assert [event.uid for event in events] == ["12.v1.20261116.0@onharu", "12.v1.20261121.0@onharu"]


def test_many_doses_at_once_have_a_uid_of_bearable_length():
    many = [dose for n in range(40) for dose in doses(every(1, 9), regimen=n)]
    (event,) = calendar.events_of(many, SEOUL)
    assert len(event.uid) < 80


def test_a_time_that_clocks_skip_is_written_out_in_utc():
    days = every(1, 40, date(2027, 3, 1))  # clocks go forward on 14 March 2027 at 02:00
    events = calendar.events_of(doses(days, time(2, 30), NEW_YORK), NEW_YORK)
    assert {event.rule for event in events} == {None}
    assert len(read_back(ics.written(events, cover()))) == 40


def test_a_wall_clock_dose_keeps_its_hour_over_a_change_of_clocks():
    told = doses(every(1, 40, date(2027, 3, 1)), zone=NEW_YORK)
    back = read_back(ics.written(calendar.events_of(told, NEW_YORK), cover()))
    assert {at.astimezone(clock.zone(NEW_YORK)).time() for at, _ in back} == {time(8, 30)}
    assert {at.hour for at, _ in back} == {13, 12}


def test_an_elapsed_dose_keeps_its_distance_over_a_change_of_clocks():
    told = doses(every(1, 40, date(2027, 3, 1)), zone=NEW_YORK, elapsed=True)
    (event,) = calendar.events_of(told, NEW_YORK)
    assert event.at.tzinfo is UTC
    body = ics.written([event], cover())
    assert b"DTSTART:20270301T083000Z" in body
    assert {at.time() for at, _ in read_back(body)} == {time(8, 30)}


def test_the_repeated_hour_loses_no_dose():
    zone = clock.zone(NEW_YORK)
    at = datetime(2027, 11, 7, 1, 30, tzinfo=zone).astimezone(UTC)
    twice = [Told(f"12.v1.t{n}", "12.v1.tx1", at + timedelta(hours=n), False, "약") for n in (0, 1)]
    assert [event.at for event in calendar.events_of(twice, NEW_YORK)] == [at, at + timedelta(hours=1)]


def test_no_doses_are_an_empty_calendar_that_can_be_read():
    body = ics.written(calendar.events_of([], SEOUL), cover())
    assert icalendar.Calendar.from_ical(body).walk("VEVENT") == []


def test_names_are_left_out_unless_shown():
    events = calendar.events_of(doses(every(1, 9)), SEOUL)
    hidden = ics.written(events, cover(names_shown=False))
    assert "혈압약" not in hidden.decode()
    assert {said for _, said in read_back(hidden)} == {"복용 시간"}


def test_alarms_ring_at_the_dose_only_where_wanted():
    events = calendar.events_of(doses(every(1, 9)), SEOUL)
    (alarm,) = icalendar.Calendar.from_ical(ics.written(events, cover())).walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(0))
    assert icalendar.Calendar.from_ical(ics.written(events, cover(alarms=False))).walk("VALARM") == []


def test_a_calendar_carries_its_zone_and_is_the_same_bytes_again():
    events = calendar.events_of(doses(every(1, 9)), SEOUL)
    body = ics.written(events, cover())
    assert body == ics.written(events, cover())
    (zone,) = icalendar.Calendar.from_ical(body).walk("VTIMEZONE")
    assert zone["TZID"] == SEOUL
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


patterns = st.one_of(
    st.integers(1, 40).map(lambda step: lambda n, day: n % step == 0),
    st.frozensets(st.integers(0, 6), min_size=1).map(lambda on: lambda n, day: day.weekday() in on),
    st.tuples(st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 4)).map(
        lambda said: lambda n, day: day.weekday() in said[0] and n // 7 % said[1] == 0
    ),
    st.frozensets(st.integers(1, 31), min_size=1, max_size=4).map(
        lambda on: lambda n, day: day.day in on or ((day + timedelta(days=1)).day == 1 and max(on) > day.day)
    ),
    st.tuples(st.integers(1, 30), st.integers(1, 30)).map(
        lambda said: lambda n, day: n % (said[0] + said[1]) < said[0]
    ),
    st.frozensets(st.integers(0, 400), max_size=30).map(lambda on: lambda n, day: n in on),
)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
one_regimen = st.tuples(patterns, times, st.booleans(), st.integers(0, 200), st.integers(0, 400))


@settings(max_examples=150, deadline=None)
@given(
    regimens=st.lists(one_regimen, max_size=4),
    zone=st.sampled_from([SEOUL, NEW_YORK, "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Nuuk"]),
    shared=times,
)
def test_whatever_the_days_a_calendar_shows_exactly_the_doses(regimens, zone, shared):
    told = []
    for number, (fits, at, elapsed, start, length) in enumerate(regimens):
        days = [day for n, day in enumerate(every(1, length, FIRST + timedelta(days=start))) if fits(n, day)]
        told += doses(days, shared if number % 2 else at, zone, regimen=number, elapsed=elapsed, label=f"약{number}")
    events = calendar.events_of(told, zone)
    assert len({event.uid for event in events}) == len(events)
    assert read_back(ics.written(events, cover())) == planned(told)
