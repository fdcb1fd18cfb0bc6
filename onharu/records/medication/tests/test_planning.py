"""Plans worked out by hand, one of each kind. Times are the clock's on the wall of the zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.planning import knows, next_at, plan

SEOUL, NEW_YORK = "Asia/Seoul", "America/New_York"


def wall(zone, text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def at(*clock_times):
    return s.Slots(tuple(s.Slot(s.At(time.fromisoformat(text))) for text in clock_times))


def by(*anchors):
    return s.Slots(tuple(s.Slot(anchor) for anchor in anchors))


def course(*phases, start, since=None, end=None, n=1, zone=SEOUL, clock="wall", gap=None, amount="1"):
    limit = s.Limit(None, None if gap is None else timedelta(minutes=gap))
    made = tuple(phase if isinstance(phase, s.Phase) else s.Phase(phase) for phase in phases)
    first = date.fromisoformat(start)
    begins = wall(zone, since or start)
    return s.Version(
        n, begins, s.Schedule(made, clock, limit), Decimal(amount), first, date.fromisoformat(end) if end else None
    )


def shown(versions, first, last, facts=None):
    """Plan from midnight to midnight and say each dose by the clock on the wall."""
    facts = facts or s.Facts(SEOUL)
    versions = [versions] if isinstance(versions, s.Version) else versions
    doses = plan(versions, facts, wall(facts.zone, first), wall(facts.zone, last))
    assert all(knows(versions, facts, dose.key) == dose for dose in doses)
    return [f"{dose.at.astimezone(ZoneInfo(facts.zone)):%m-%d %H:%M}" for dose in doses]


def test_three_meals_thirty_minutes_after():
    version = course(by(*(s.AtMeal(meal, "after", 30) for meal in s.MEALS)), start="2026-11-22", end="2026-11-23")
    assert shown(version, "2026-11-22", "2026-11-30") == [
        "11-22 08:30", "11-22 13:00", "11-22 19:00", "11-23 08:30", "11-23 13:00", "11-23 19:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("anchor", "when"),
    [
        (s.AtMeal("breakfast", "before", 30), "07:30"),
        (s.AtMeal("breakfast", "right_before"), "08:00"),
        (s.AtMeal("lunch", "with"), "12:30"),
        (s.AtMeal("dinner", "right_after"), "18:30"),
        (s.AtMeal("breakfast", "between"), "10:00"),
        (s.AtMeal("breakfast", "between", 90), "09:30"),
        (s.AtBedtime(), "22:30"),
        (s.OnWaking(), "07:00"),
        (s.OnWaking(20), "07:20"),
    ],
)
def test_by_the_routine(anchor, when):
    version = course(by(anchor), start="2026-11-22", end="2026-11-22")
    assert shown(version, "2026-11-22", "2026-11-24") == [f"11-22 {when}"]


def test_a_dose_before_a_bed_past_midnight_belongs_to_the_evening():
    version = course(by(s.AtBedtime(30)), start="2026-11-22", end="2026-11-22")
    facts = s.Facts(SEOUL, s.Routine(sleep=time(1)))
    (dose,) = plan([version], facts, wall(SEOUL, "2026-11-22"), wall(SEOUL, "2026-11-25"))
    assert (dose.at, dose.date, dose.key) == (wall(SEOUL, "2026-11-23T00:30"), date(2026, 11, 22), "v1.20261122.0")
    assert plan([version], facts, wall(SEOUL, "2026-11-23"), wall(SEOUL, "2026-11-23T01:00")) == (dose,)


def test_who_works_at_night_has_dinner_of_the_same_waking_day():
    facts = s.Facts(SEOUL, s.Routine(time(16), time(17), time(22), time(2, 30), time(8)))
    version = course(by(*(s.AtMeal(meal, "with") for meal in s.MEALS)), start="2026-11-22", end="2026-11-22")
    assert shown(version, "2026-11-22", "2026-11-24", facts) == ["11-22 17:00", "11-22 22:00", "11-23 02:30"]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (1, ["07:00"]),
        (2, ["07:00", "19:00"]),
        (3, ["07:00", "15:00", "23:00"]),
        (4, ["07:00", "12:20", "17:40", "23:00"]),
        (6, ["07:00", "10:10", "13:20", "16:35", "19:45", "23:00"]),
    ],
)
def test_spaced_over_the_waking_hours(times, said):
    version = course(s.Spaced(times), start="2026-11-22", end="2026-11-22")
    assert shown(version, "2026-11-22", "2026-11-23") == [f"11-22 {clock}" for clock in said]


# ---- days


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (s.EveryDays(2), [22, 24, 26, 28, 30]),
        (s.Weekdays(frozenset({1, 5})), [23, 27, 30]),
        (s.Weekdays(frozenset({7}), 2), [22]),
        (s.Weekdays(frozenset({1, 7}), 2), [22, 30]),
        (s.Cycle(3, 2), [22, 23, 24, 27, 28, 29]),
        (s.Monthly(frozenset({24, 31})), [24, 30]),
        (s.Monthly(frozenset({-1, 30, 31})), [30]),
    ],
)
def test_days_of_november_from_sunday_22(days, said):
    version = course(s.Phase(at("09:00"), days), start="2026-11-22")
    assert shown(version, "2026-11-22", "2026-12-01") == [f"11-{day} 09:00" for day in said]


def test_the_31st_falls_on_the_last_day_of_shorter_months():
    version = course(s.Phase(at("09:00"), s.Monthly(frozenset({31}))), start="2027-12-01")
    doses = [text[:5] for text in shown(version, "2027-12-01", "2028-06-01")]
    assert doses == ["12-31", "01-31", "02-29", "03-31", "04-30", "05-31"]


def test_every_third_month_counts_from_the_month_of_the_start():
    version = course(s.Phase(at("09:00"), s.Monthly(frozenset({-1}), 3)), start="2026-11-22")
    assert [text[:5] for text in shown(version, "2026-11-22", "2027-09-01")] == ["11-30", "02-28", "05-31", "08-31"]


def test_twenty_one_days_on_and_seven_off():
    version = course(s.Phase(at("21:00"), s.Cycle(21, 7)), start="2026-11-01")
    doses = [text[:5] for text in shown(version, "2026-11-01", "2026-12-27")]
    assert (len(doses), doses[20], doses[21], doses[-1]) == (42, "11-21", "11-29", "12-19")


def test_a_leap_day_is_a_day():
    version = course(s.Phase(at("09:00"), s.EveryDays(2)), start="2028-02-27")
    assert [text[:5] for text in shown(version, "2028-02-27", "2028-03-05")] == ["02-27", "02-29", "03-02", "03-04"]


def test_a_taper_steps_down_the_day_after_each_phase():
    phases = [s.Phase(at("08:00"), length=2, amount=Decimal(amount)) for amount in (6, 4)]
    last = s.Phase(s.Slots((s.Slot(s.At(time(8)), Decimal("0.5")),)), s.EveryDays(2), 4)
    version = course(*phases, last, start="2026-11-22", amount="9")
    doses = plan([version], s.Facts(SEOUL), wall(SEOUL, "2026-11-22"), wall(SEOUL, "2026-12-22"))
    assert [(dose.date.day, dose.amount) for dose in doses] == [
        (22, 6), (23, 6), (24, 4), (25, 4), (26, Decimal("0.5")), (28, Decimal("0.5")),
    ]  # fmt: skip


def test_the_last_day_is_included_and_cuts_a_phase_short():
    version = course(s.Phase(at("08:00"), length=5), start="2026-11-22", end="2026-11-24")
    assert [text[:5] for text in shown(version, "2026-11-20", "2026-12-01")] == ["11-22", "11-23", "11-24"]


def test_when_needed_and_stopped_plan_nothing():
    for version in (course(s.AsNeeded(), start="2026-11-22"), course(start="2026-11-22")):
        assert shown(version, "2026-11-22", "2026-12-22") == []
        assert next_at([version], s.Facts(SEOUL), wall(SEOUL, "2026-11-22")) is None
        assert knows([version], s.Facts(SEOUL), "v1.20261122.0") is None
    assert plan([], s.Facts(SEOUL), wall(SEOUL, "2026-11-22"), wall(SEOUL, "2026-12-22")) == ()


# ---- intervals


def test_every_eight_hours_is_at_the_same_clock_times():
    version = course(s.Interval(480, first=time(8)), start="2026-11-22", end="2026-11-23")
    assert shown(version, "2026-11-22", "2026-11-30") == [
        "11-22 08:00", "11-22 16:00", "11-23 00:00", "11-23 08:00", "11-23 16:00",
    ]  # fmt: skip


def test_every_seven_hours_goes_round_the_clock():
    version = course(s.Interval(420, first=time(8)), start="2026-11-22", end="2026-11-23")
    doses = plan([version], s.Facts(SEOUL), wall(SEOUL, "2026-11-22"), wall(SEOUL, "2026-11-30"))
    assert [dose.key for dose in doses] == ["v1.k0", "v1.k1", "v1.k2", "v1.k3", "v1.k4", "v1.k5"]
    assert shown(version, "2026-11-23", "2026-11-30") == ["11-23 05:00", "11-23 12:00", "11-23 19:00"]


def test_an_interval_waits_for_its_window_and_counts_from_there():
    version = course(s.Interval(240, first=time(9), window=(time(7), time(22))), start="2026-11-22", end="2026-11-23")
    assert shown(version, "2026-11-22", "2026-11-30") == [
        "11-22 09:00", "11-22 13:00", "11-22 17:00", "11-22 21:00", "11-23 07:00", "11-23 11:00", "11-23 15:00",
        "11-23 19:00",
    ]  # fmt: skip


def test_without_a_first_time_an_interval_begins_on_waking():
    version = course(s.Interval(720), start="2026-11-22", end="2026-11-22")
    assert shown(version, "2026-11-22", "2026-11-24") == ["11-22 07:00", "11-22 19:00"]


# ---- clocks that are changed


def test_a_time_that_is_left_out_is_as_long_after_the_change():
    facts = s.Facts(NEW_YORK)
    version = course(at("01:30", "02:30", "08:00"), start="2026-03-07", zone=NEW_YORK)
    assert shown(version, "2026-03-08", "2026-03-09", facts) == ["03-08 01:30", "03-08 03:30", "03-08 08:00"]


def test_a_time_that_comes_twice_is_its_first():
    version = course(at("01:30"), start="2026-10-31", zone=NEW_YORK)
    doses = plan([version], s.Facts(NEW_YORK), wall(NEW_YORK, "2026-11-01"), wall(NEW_YORK, "2026-11-02"))
    assert [dose.at for dose in doses] == [datetime(2026, 11, 1, 5, 30, tzinfo=UTC)]


def test_half_an_hour_at_lord_howe():
    facts = s.Facts("Australia/Lord_Howe")
    version = course(at("02:15"), start="2026-10-03", zone=facts.zone)
    assert shown(version, "2026-10-03", "2026-10-06", facts) == ["10-03 02:15", "10-04 02:45", "10-05 02:15"]


def test_midnight_that_was_left_out_in_sao_paulo():
    facts = s.Facts("America/Sao_Paulo")
    version = course(at("00:00", "12:00"), start="2018-11-03", zone=facts.zone)
    assert shown(version, "2018-11-03T12:00", "2018-11-05", facts) == ["11-03 12:00", "11-04 01:00", "11-04 12:00"]


def test_the_day_that_samoa_never_had_has_no_doses():
    facts = s.Facts("Pacific/Apia")
    version = course(at("08:00"), start="2011-12-28", zone=facts.zone)
    assert shown(version, "2011-12-28", "2012-01-02", facts) == [
        "12-28 08:00", "12-29 08:00", "12-31 08:00", "01-01 08:00",
    ]  # fmt: skip


def test_a_day_of_twenty_three_hours_has_twenty_three_hourly_doses():
    version = course(s.Interval(60, first=time(0)), start="2026-03-07", zone=NEW_YORK)
    doses = shown(version, "2026-03-08", "2026-03-09", s.Facts(NEW_YORK))
    assert (len(doses), doses[1:4]) == (23, ["03-08 01:00", "03-08 03:00", "03-08 04:00"])


@pytest.mark.parametrize(("clock", "said"), [("wall", "08:00"), ("elapsed", "09:00")])
def test_the_wall_or_the_time_between_stays(clock, said):
    facts = s.Facts(NEW_YORK)
    slots = course(at("08:00"), start="2026-03-06", zone=NEW_YORK, clock=clock)
    interval = course(s.Interval(720, first=time(8)), start="2026-03-06", zone=NEW_YORK, clock=clock)
    assert shown(slots, "2026-03-07", "2026-03-09", facts) == ["03-07 08:00", f"03-08 {said}"]
    assert shown(interval, "2026-03-07T12:00", "2026-03-08T12:00", facts) == ["03-07 20:00", f"03-08 {said}"]


def test_a_gap_puts_doses_off_when_clocks_go_forward():
    version = course(at("00:00", "08:00", "16:00"), start="2026-03-07", zone=NEW_YORK, gap=480)
    facts = s.Facts(NEW_YORK)
    assert shown(version, "2026-03-08", "2026-03-09", facts) == ["03-08 00:00", "03-08 09:00", "03-08 17:00"]
    assert shown(version, "2026-03-09", "2026-03-09T12:00", facts) == ["03-09 01:00", "03-09 09:00"]
    assert shown(version, "2026-11-02", "2026-11-03", facts) == ["11-02 00:00", "11-02 08:00", "11-02 16:00"]


def test_a_dose_put_off_frees_those_that_have_room():
    version = course(at("00:00", "07:00", "16:00"), start="2026-03-07", zone=NEW_YORK, gap=420)
    assert shown(version, "2026-03-08", "2026-03-09", s.Facts(NEW_YORK)) == [
        "03-08 00:00",
        "03-08 08:00",
        "03-08 16:00",
    ]


# ---- another zone


def test_elapsed_doses_keep_their_distance_after_a_flight():
    slots = course(at("08:00"), start="2026-11-20", clock="elapsed")
    interval = course(s.Interval(420, first=time(8)), start="2026-11-20")
    for version, key, apart in ((slots, "v1.20261121.0", 24), (interval, "v1.k4", 7)):
        row = knows([version], s.Facts(SEOUL), key)
        facts = s.Facts(NEW_YORK, answered=(s.Answered(key, row.at, row.at, None),))
        assert next_at([version], facts, row.at + timedelta(seconds=1)) == row.at + timedelta(hours=apart)


def test_a_dose_taken_before_a_flight_is_not_planned_twice():
    version = course(at("20:00"), start="2026-11-20")
    row = knows([version], s.Facts(SEOUL), "v1.20261122.0")
    facts = s.Facts(NEW_YORK, answered=(s.Answered(row.key, row.at, row.at, None),))
    assert shown(version, "2026-11-22", "2026-11-25", facts) == ["11-22 06:00", "11-23 20:00", "11-24 20:00"]


# ---- meals


@pytest.mark.parametrize(
    ("eaten", "relation", "said"),
    [
        ("2026-11-22T07:10", "after", "07:40"),
        ("2026-11-22T08:20", "after", "08:50"),
        ("2026-11-22T08:30", "after", "08:30"),
        ("2026-11-22T09:10", "after", "08:30"),
        ("2026-11-21T19:00", "after", "08:30"),
        ("2026-11-22T07:10", "before", "07:30"),
        ("2026-11-22T07:45", "with", "08:00"),
        ("2026-11-22T07:45", "right_after", "07:45"),
        ("2026-11-22T07:45", "between", "09:45"),
    ],
)
def test_a_meal_logged_before_the_clock_arms_what_comes_after_it(eaten, relation, said):
    minutes = 30 if relation in ("after", "before") else 0
    version = course(by(s.AtMeal("breakfast", relation, minutes)), start="2026-11-22", end="2026-11-22")
    facts = s.Facts(SEOUL, eaten={(date(2026, 11, 22), "breakfast"): wall(SEOUL, eaten)})
    assert shown(version, "2026-11-22", "2026-11-23", facts) == [f"11-22 {said}"]


def test_a_dose_that_came_due_by_the_clock_stays_when_the_meal_is_told_late():
    version = course(by(s.AtMeal("breakfast", "after", 30)), start="2026-11-22", end="2026-11-22")
    row = s.Answered("v1.20261122.0", wall(SEOUL, "2026-11-22T08:30"), None, None)
    facts = s.Facts(SEOUL, eaten={(date(2026, 11, 22), "breakfast"): wall(SEOUL, "2026-11-22T07:00")}, answered=(row,))
    assert shown(version, "2026-11-22", "2026-11-23", facts) == ["11-22 08:30"]


# ---- versions


def test_a_new_wording_is_in_force_from_its_instant():
    old = course(at("08:00", "20:00"), start="2026-11-20")
    new = course(at("09:00", "14:00"), start="2026-11-22", since="2026-11-22T10:00", n=2)
    assert shown([old, new], "2026-11-21T12:00", "2026-11-23") == ["11-21 20:00", "11-22 08:00", "11-22 14:00"]
    assert knows([old, new], s.Facts(SEOUL), "v1.20261122.1") is None
    assert knows([old, new], s.Facts(SEOUL), "v2.20261122.0") is None


def test_a_dose_answered_early_stands_for_the_new_wording_s_dose():
    old = course(at("20:00"), start="2026-11-20")
    new = course(at("20:00"), start="2026-11-20", since="2026-11-22T19:00", n=2, amount="2")
    early = s.Answered("v1.20261122.0", wall(SEOUL, "2026-11-22T20:00"), wall(SEOUL, "2026-11-22T18:30"), None)
    facts = s.Facts(SEOUL, answered=(early,))
    assert shown([old, new], "2026-11-22", "2026-11-24", facts) == ["11-23 20:00"]
    undone = s.Facts(SEOUL, answered=(replace(early, taken_at=None),))
    assert shown([old, new], "2026-11-22", "2026-11-24", undone) == ["11-22 20:00", "11-23 20:00"]


def test_one_early_dose_stands_for_one():
    old = course(by(s.AtBedtime(30)), start="2026-11-20")
    new = course(by(s.AtBedtime(30), s.At(time(22, 30))), start="2026-11-20", since="2026-11-22T19:00", n=2)
    at_bed = wall(SEOUL, "2026-11-22T22:30")
    facts = s.Facts(SEOUL, answered=(s.Answered("v1.20261122.0", at_bed, None, wall(SEOUL, "2026-11-22T18:00")),))
    assert shown([old, new], "2026-11-22", "2026-11-23", facts) == ["11-22 22:30"]


def test_a_dose_put_off_past_a_new_wording_is_not_planned():
    facts = s.Facts(SEOUL, eaten={(date(2026, 11, 22), "lunch"): wall(SEOUL, "2026-11-22T09:00")})
    anchors = (s.AtMeal("breakfast", "after", 30), s.AtMeal("lunch", "after", 30))
    old = course(by(*anchors), start="2026-11-22", gap=240)
    assert shown(old, "2026-11-22", "2026-11-23", facts) == ["11-22 08:30", "11-22 12:30"]
    new = course(at("20:00"), start="2026-11-22", since="2026-11-22T12:00", n=2)
    assert shown([old, new], "2026-11-22", "2026-11-23", facts) == ["11-22 08:30", "11-22 20:00"]


# ---- after takings


AFTER_TAKING = s.Interval(360, "taken", first=time(8))


def told(version, first, last, *answered):
    facts = s.Facts(SEOUL, answered=answered)
    doses = plan([version], facts, wall(SEOUL, first), wall(SEOUL, last))
    return [(f"{dose.at.astimezone(ZoneInfo(SEOUL)):%d %H:%M}", dose.projected) for dose in doses]


def row(version, key, taken=None, skipped=None):
    planned = knows([version], s.Facts(SEOUL), key)
    moment = [None if text is None else wall(SEOUL, text) for text in (taken, skipped)]
    return s.Answered(key, planned.at if planned else None, *moment)


def test_the_first_is_open_and_the_others_are_projected():
    version = course(AFTER_TAKING, start="2026-11-22")
    expected = [("22 08:00", False), ("22 14:00", True), ("22 20:00", True)]
    assert told(version, "2026-11-22", "2026-11-23") == expected
    open_row = row(version, "v1.start")
    assert told(version, "2026-11-22", "2026-11-23", open_row) == expected


def test_the_next_dose_counts_from_the_taking_or_the_skip():
    version = course(AFTER_TAKING, start="2026-11-22")
    taken = row(version, "v1.start", taken="2026-11-22T09:10")
    assert told(version, "2026-11-22", "2026-11-23", taken)[:2] == [("22 08:00", False), ("22 15:10", False)]
    skipped = row(version, "v1.start", skipped="2026-11-22T10:00")
    assert told(version, "2026-11-22", "2026-11-23", skipped)[1] == ("22 16:00", False)
    extra = s.Answered("own.5", None, wall(SEOUL, "2026-11-22T12:00"), None)
    assert told(version, "2026-11-22", "2026-11-23", taken, extra)[1] == ("22 18:00", False)


def test_an_open_row_left_behind_by_a_later_taking_is_not_waited_for():
    version = course(AFTER_TAKING, start="2026-11-22")
    extra = s.Answered("own.5", None, wall(SEOUL, "2026-11-22T08:30"), None)
    assert told(version, "2026-11-22", "2026-11-22T15:00", row(version, "v1.start"), extra) == [
        ("22 08:00", False),
        ("22 14:30", False),
    ]


def test_two_takings_in_one_minute_are_followed_by_a_dose_of_its_own_key():
    version = course(AFTER_TAKING, start="2026-11-22")
    first = row(version, "v1.start", taken="2026-11-22T09:00:05")
    (after,) = plan(
        [version], s.Facts(SEOUL, answered=(first,)), wall(SEOUL, "2026-11-22T09:00"), wall(SEOUL, "2026-11-22T16:00")
    )
    twice = s.Answered(after.key, after.at, wall(SEOUL, "2026-11-22T09:00:40"), None)
    doses = plan([version], s.Facts(SEOUL, answered=(first, twice)), after.at, after.at + timedelta(hours=1))
    assert len({dose.key for dose in doses}) == 2
    assert [dose.at for dose in doses] == [after.at, after.at + timedelta(seconds=35)]


def test_after_a_taking_at_night_the_next_dose_waits_for_the_window_and_the_day():
    interval = replace(AFTER_TAKING, window=(time(7), time(22)))
    version = course(s.Phase(interval, s.EveryDays(2)), start="2026-11-22")
    taken = row(version, "v1.start", taken="2026-11-22T18:00")
    assert told(version, "2026-11-22T12:00", "2026-11-24T12:00", taken) == [("24 07:00", False)]


def test_a_taking_older_than_a_new_wording_is_counted_on_from():
    old = course(AFTER_TAKING, start="2026-11-20")
    new = course(replace(AFTER_TAKING, minutes=600), start="2026-11-20", since="2026-11-22T10:00:20", n=2)
    taken = s.Answered("v1.start", wall(SEOUL, "2026-11-20T08:00"), wall(SEOUL, "2026-11-22T09:00"), None)
    facts = s.Facts(SEOUL, answered=(taken,))
    assert shown([old, new], "2026-11-21", "2026-11-22T20:00", facts) == ["11-22 19:00"]
    long_ago = s.Facts(SEOUL, answered=(replace(taken, taken_at=wall(SEOUL, "2026-11-20T08:00")),))
    assert shown([old, new], "2026-11-22", "2026-11-22T20:00", long_ago)[-1] == "11-22 10:01"


# ---- following another regimen


def test_half_an_hour_after_the_other_was_taken_or_planned():
    led = course(at("08:00", "20:00"), start="2026-11-22", end="2026-11-22")
    followed = plan([led], s.Facts(SEOUL), wall(SEOUL, "2026-11-22"), wall(SEOUL, "2026-11-23"))
    facts = s.Facts(SEOUL, followed=followed, followed_taken={"v1.20261122.0": wall(SEOUL, "2026-11-22T09:15")})
    after = course(s.Follows(3, 30), start="2026-11-22")
    before = course(s.Follows(3, -30), start="2026-11-22")
    assert shown(after, "2026-11-22", "2026-11-23", facts) == ["11-22 09:45", "11-22 20:30"]
    assert shown(before, "2026-11-22", "2026-11-23", facts) == ["11-22 07:30", "11-22 19:30"]
    assert knows([after], facts, "v1.f.v1.20261122.1").at == wall(SEOUL, "2026-11-22T20:30")


# ---- keys


@pytest.mark.parametrize(
    "key",
    ["", "v1", "v2.20261122.0", "v1.20261122.2", "v1.20261399.0", "v1.20261121.0", "v1.k0", "v1.k9999999", "v1.start",
     "v1.t1", "v1.t999999999", "v1.f.v1.20261122.0", "own.1", "v1.20261122.0 ", "v1.００００1122.0"],
)  # fmt: skip
def test_keys_that_nobody_planned_are_not_known(key):
    version = course(at("08:00"), start="2026-11-22")
    assert knows([version], s.Facts(SEOUL), key) is None


def test_no_dose_within_four_hundred_days_is_none():
    version = course(at("08:00"), start="2028-02-01")
    assert next_at([version], s.Facts(SEOUL), wall(SEOUL, "2026-11-22")) is None
    assert next_at([version], s.Facts(SEOUL), wall(SEOUL, "2027-01-01")) == wall(SEOUL, "2028-02-01T08:00")
