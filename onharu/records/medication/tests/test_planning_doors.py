"""Around the planner: limits that ask, schedules that cannot be planned, schedules as JSON."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.as_json import anchor_from_json, anchor_to_json, from_json, to_json
from onharu.records.medication.rules.schedules.checks import Fault, faults
from onharu.records.medication.rules.schedules.limits import Asked, asked

START = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)
ONE = Decimal(1)


def before(hours):
    return NOON - timedelta(hours=hours)


def took(*hours):
    return [(before(ago), ONE) for ago in hours]


FOUR_A_DAY = s.Limit(Decimal(4), timedelta(hours=4))


# ---- limits


def test_within_the_limit_nothing_is_asked():
    assert asked(FOUR_A_DAY, took(4, 8, 23.9), NOON, ONE) is None
    assert asked(s.Limit(), took(0, 0, 0), NOON, Decimal(99)) is None


def test_the_fifth_in_a_day_is_asked_about_until_the_first_is_a_day_old():
    assert asked(FOUR_A_DAY, took(4, 8, 12, 20), NOON, ONE) == Asked(Decimal(4), Decimal(4), before(4), before(-4))


def test_too_soon_is_asked_about_until_the_gap_is_over():
    assert asked(FOUR_A_DAY, took(1), NOON, ONE) == Asked(ONE, Decimal(4), before(1), before(-3))


def test_a_taking_a_whole_day_ago_no_longer_counts():
    limit = s.Limit(ONE)
    assert asked(limit, took(24), NOON, ONE) is None
    assert asked(limit, took(23.99), NOON, ONE) is not None
    assert asked(s.Limit(Decimal(2)), took(10, -14), NOON, ONE) is None
    assert asked(s.Limit(Decimal(2)), took(9.9, -14), NOON, ONE) is not None


def test_a_dose_told_for_yesterday_counts_with_what_was_taken_since():
    limit = s.Limit(Decimal(2))
    assert asked(limit, took(1, 2), before(20), ONE) == Asked(Decimal(2), Decimal(2), before(2), before(-22))
    assert asked(limit, took(1, 2), before(26), ONE) is None
    assert asked(s.Limit(None, timedelta(hours=4)), took(1), before(3), ONE).last_at == before(1)


def test_a_dose_that_is_over_the_limit_alone_is_never_free():
    assert asked(s.Limit(Decimal(2)), [], NOON, Decimal(3)) == Asked(Decimal(0), Decimal(2), None, None)


def test_half_doses_add_up_exactly():
    limit = s.Limit(Decimal("0.3"))
    had = [(before(hours), Decimal("0.1")) for hours in (1, 2)]
    assert asked(limit, had, NOON, Decimal("0.1")) is None
    assert asked(limit, had, NOON, Decimal("0.101")) is not None


# ---- what cannot be planned


def schedule(*phases, clock="wall", most=None, gap=None):
    limit = s.Limit(None if most is None else Decimal(most), None if gap is None else timedelta(minutes=gap))
    return s.Schedule(tuple(p if isinstance(p, s.Phase) else s.Phase(p) for p in phases), clock, limit)


def at(*hours):
    return s.Slots(tuple(s.Slot(s.At(time(hour))) for hour in hours))


MEALS = s.Slots(tuple(s.Slot(s.AtMeal(meal, "after", 30)) for meal in s.MEALS))
SOUND = (
    schedule(MEALS, gap=240, most=3),
    schedule(s.AsNeeded(), gap=240, most=4),
    schedule(s.Interval(480, first=time(7)), gap=480, most=3),
    schedule(s.Interval(240, "taken", window=(time(22), time(6)))),
    schedule(s.Phase(at(8), s.Cycle(1, 1)), gap=2880),
    schedule(s.Phase(at(8), s.Weekdays(frozenset({1, 4}))), gap=3 * 1440),
    schedule(s.Phase(at(8), length=3, amount=Decimal(6)), s.Phase(at(8), s.EveryDays(2))),
    schedule(s.Phase(at(8), s.Monthly(frozenset({-1, 15})))),
    schedule(s.Follows(3, -30)),
    schedule(s.Spaced(24)),
)


@pytest.mark.parametrize("sound", SOUND)
def test_sound_schedules_have_no_fault(sound):
    assert faults(sound, ONE, START, None) == ()


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        (schedule(), "empty", "phases"),
        (schedule(*[s.Phase(at(8), length=1)] * 31), "too_many_phases", "phases"),
        (schedule(at(8), at(9)), "phase_without_end", "phases[0].length"),
        (schedule(s.Phase(at(8), length=0)), "out_of_range", "phases[0].length"),
        (schedule(s.Phase(at(8), amount=Decimal(0))), "out_of_range", "phases[0].amount"),
        (schedule(s.Slots(())), "empty", "phases[0].when.slots"),
        (schedule(at(8, 8)), "twice", "phases[0].when.slots[1].anchor"),
        (schedule(s.Slots(at(*range(24)).slots + MEALS.slots)), "too_many", "phases[0].when.slots"),
        (schedule(s.Slots((s.Slot(s.At(time(8)), Decimal(-1)),))), "out_of_range", "phases[0].when.slots[0].amount"),
        (
            schedule(s.Slots((s.Slot(s.AtMeal("lunch", "after", 721)),))),
            "out_of_range",
            "phases[0].when.slots[0].anchor.minutes",
        ),
        (schedule(s.Slots((s.Slot(s.AtBedtime(-5)),))), "out_of_range", "phases[0].when.slots[0].anchor.minutes"),
        (schedule(s.Spaced(0)), "out_of_range", "phases[0].when.times"),
        (schedule(s.Spaced(25)), "out_of_range", "phases[0].when.times"),
        (schedule(s.Interval(59)), "out_of_range", "phases[0].when.minutes"),
        (schedule(s.Interval(600, window=(time(8), time(12)))), "window_under_interval", "phases[0].when.window"),
        (schedule(s.Interval(60, window=(time(8), time(8)))), "empty", "phases[0].when.window"),
        (
            schedule(s.Interval(60, first=time(6), window=(time(7), time(23)))),
            "first_outside_window",
            "phases[0].when.first",
        ),
        (schedule(s.Follows(0, 5)), "out_of_range", "phases[0].when.regimen"),
        (schedule(s.Follows(1, 721)), "out_of_range", "phases[0].when.minutes"),
        (schedule(s.Phase(at(8), s.EveryDays(0))), "out_of_range", "phases[0].days.n"),
        (schedule(s.Phase(at(8), s.Weekdays(frozenset()))), "empty", "phases[0].days.on"),
        (schedule(s.Phase(at(8), s.Weekdays(frozenset({8})))), "out_of_range", "phases[0].days.on"),
        (schedule(s.Phase(at(8), s.Weekdays(frozenset({1}), 0))), "out_of_range", "phases[0].days.every"),
        (schedule(s.Phase(at(8), s.Monthly(frozenset({0})))), "out_of_range", "phases[0].days.on"),
        (schedule(s.Phase(at(8), s.Monthly(frozenset({1}), 37))), "out_of_range", "phases[0].days.every"),
        (schedule(s.Phase(at(8), s.Cycle(0, 7))), "out_of_range", "phases[0].days.on"),
        (schedule(s.Phase(at(8), s.Cycle(21, 0))), "out_of_range", "phases[0].days.off"),
        (schedule(at(8), most="0"), "out_of_range", "limit.most_in_24h"),
        (schedule(at(8), most="0.5"), "limit_under_dose", "limit.most_in_24h"),
        (schedule(at(8), gap=0), "out_of_range", "limit.gap_minutes"),
        (schedule(MEALS, most=2), "more_than_limit", "phases[0].when"),
        (schedule(s.Interval(240), most=4), "more_than_limit", "phases[0].when.minutes"),
        (schedule(at(8, 11), gap=240), "gap_broken", "phases[0].when"),
        (schedule(at(1, 23), gap=240), "gap_broken", "phases[0].when"),
        (schedule(s.Interval(240), gap=241), "gap_broken", "phases[0].when.minutes"),
        (schedule(s.Phase(at(8), s.EveryDays(2)), gap=2881), "gap_broken", "phases[0].when"),
    ],
)
def test_what_cannot_be_planned_is_said_with_its_field(wrong, code, field):
    assert [(fault.code, fault.field) for fault in faults(wrong, ONE, START, None)] == [(code, field)]


def test_the_amount_and_the_dates_are_looked_at():
    sound = schedule(at(8))
    assert faults(sound, Decimal(0), START, None) == (Fault("out_of_range", "amount", 10000),)
    assert faults(sound, ONE, START, date(2026, 11, 21)) == (Fault("ends_before_start", "end"),)
    mondays = schedule(s.Phase(at(8), s.Weekdays(frozenset({1}))))
    assert faults(mondays, ONE, START, START) == (Fault("never", "phases"),)
    assert faults(mondays, ONE, START, date(2026, 11, 23)) == ()


# ---- as JSON


WHOLE = {
    "clock": "wall",
    "limit": {"most_in_24h": "4", "gap_minutes": 240},
    "phases": [
        {
            "length": 7,
            "amount": "2",
            "days": {"kind": "weekdays", "on": [1, 3], "every": 2},
            "when": {
                "kind": "slots",
                "slots": [
                    {"anchor": {"kind": "at", "at": "08:00"}, "amount": "1.5"},
                    {
                        "anchor": {"kind": "meal", "meal": "breakfast", "relation": "after", "minutes": 30},
                        "amount": None,
                    },
                    {"anchor": {"kind": "bedtime", "minutes": 30}, "amount": None},
                    {"anchor": {"kind": "waking", "minutes": 0}, "amount": None},
                ],
            },
        },
        {
            "length": None,
            "amount": None,
            "days": {"kind": "cycle", "on": 21, "off": 7},
            "when": {
                "kind": "interval",
                "minutes": 480,
                "origin": "plan",
                "first": "08:00",
                "window": ["07:00", "23:00"],
            },
        },
    ],
}


def test_the_agreed_json_is_read_and_written_the_same():
    assert to_json(from_json(WHOLE)) == WHOLE
    assert from_json(json.loads(json.dumps(to_json(from_json(WHOLE))))) == from_json(WHOLE)


def test_what_is_left_out_has_its_usual_value():
    short = {"phases": [{"when": {"kind": "interval", "minutes": 480}}]}
    assert from_json(short) == schedule(s.Interval(480))
    days = {"kind": "monthly", "on": [-1]}
    assert from_json({"phases": [{"days": days, "when": {"kind": "as_needed"}}]}).phases[0].days == s.Monthly(
        frozenset({-1})
    )


@pytest.mark.parametrize("anchor", [s.At(time(8, 5)), s.AtMeal("dinner", "between"), s.AtBedtime(), s.OnWaking(5)])
def test_an_anchor_is_read_back(anchor):
    assert anchor_from_json(anchor_to_json(anchor)) == anchor


SLOT = ("phases", 0, "when", "slots", 0)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("clock",), "sun", "clock: must be one of wall, elapsed"),
        (("colour",), 1, "colour: is unknown"),
        (("limit",), 3, "limit: must be an object"),
        (("limit", "gap_minutes"), True, "limit.gap_minutes: must be a whole number"),
        (("limit", "gap_minutes"), 10**12, "limit.gap_minutes: must be a whole number"),
        (("limit", "most_in_24h"), 4, "limit.most_in_24h: must be a decimal"),
        (("limit", "most_in_24h"), "NaN", "limit.most_in_24h: must be a decimal"),
        (("limit", "most_in_24h"), "1e9", "limit.most_in_24h: must be a decimal"),
        (("limit", "most_in_24h"), "0.0001", "limit.most_in_24h: must be a decimal"),
        (("limit", "most_in_24h"), "한 알", "limit.most_in_24h: must be a decimal"),
        (("phases",), {}, "phases: must be a list"),
        (("phases", 0), "x", "phases[0]: must be an object"),
        (("phases", 0, "when"), None, "phases[0].when: is missing"),
        (("phases", 0, "length"), "7", "phases[0].length: must be a whole number"),
        (("phases", 0, "days", "kind"), "lunar", "phases[0].days.kind: must be one of daily"),
        (("phases", 0, "days", "on"), [1, "2"], "phases[0].days.on: must be a list of whole numbers"),
        (("phases", 0, "days", "n"), 1, "phases[0].days.n: is unknown"),
        ((*SLOT, "anchor"), None, "phases[0].when.slots[0].anchor: is missing"),
        ((*SLOT, "anchor", "at"), "8:00", "phases[0].when.slots[0].anchor.at: must be a time such as 08:00"),
        ((*SLOT, "anchor", "at"), "24:00", "phases[0].when.slots[0].anchor.at: must be a time such as 08:00"),
        ((*SLOT, "anchor", "at"), "०८:००", "phases[0].when.slots[0].anchor.at: must be a time such as 08:00"),
        (("phases", 0, "when", "slots", 1, "anchor", "meal"), "brunch", "phases[0].when.slots[1].anchor.meal: must be"),
        (("phases", 1, "when", "window"), ["07:00"], "phases[1].when.window: must be two times of the day"),
        (("phases", 1, "when", "window"), ["07:00", 23], "phases[1].when.window[1]: must be a time such as 08:00"),
        (("phases", 1, "when", "origin"), "moon", "phases[1].when.origin: must be one of plan, taken"),
        (("phases", 1, "when", "times"), 3, "phases[1].when.times: is unknown"),
    ],
)
def test_what_is_not_understood_is_said_with_its_path(path, value, said):
    told = json.loads(json.dumps(WHOLE))
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValueError) as wrong:
        from_json(told)
    assert str(wrong.value).startswith(said)


@pytest.mark.parametrize("value", [None, [], "매일 아침", 3])
def test_only_an_object_is_a_schedule(value):
    with pytest.raises(ValueError, match="schedule: must be an object"):
        from_json(value)
