"""The form of a regimen says every schedule there is, and says where it was filled in wrongly."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from onharu.records.medication.pages import regimen_fields as fields
from onharu.records.medication.pages import regimen_reading as reading
from onharu.records.medication.pages import regimen_shown as shown
from onharu.records.medication.rules.schedules.shapes import (
    MEALS,
    AsNeeded,
    At,
    AtBedtime,
    AtMeal,
    Cycle,
    Daily,
    EveryDays,
    Follows,
    Interval,
    Limit,
    Monthly,
    OnWaking,
    Phase,
    Schedule,
    Slot,
    Slots,
    Spaced,
    Weekdays,
)

TODAY = date(2026, 11, 22)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
amounts = st.decimals("0.001", "999.999", places=3)
minutes = st.integers(0, 1440)
anchors = st.one_of(
    st.builds(At, times),
    st.builds(AtMeal, st.sampled_from(MEALS), st.sampled_from(["before", "after", "between"]), minutes),
    st.builds(AtMeal, st.sampled_from(MEALS), st.sampled_from(["with", "right_before", "right_after"])),
    st.builds(AtBedtime, minutes),
    st.builds(OnWaking, minutes),
)
whens = st.one_of(
    st.builds(
        Slots,
        st.lists(st.builds(Slot, anchors, st.none() | amounts), min_size=1, max_size=24).map(tuple),
    ),
    st.builds(Spaced, st.integers(1, 24)),
    st.builds(
        Interval, st.integers(1, 44639), st.sampled_from(["plan", "taken"]), st.none() | times,
        st.none() | st.tuples(times, times),
    ),
    st.builds(Follows, st.integers(1, 10**9), st.integers(-1440, 1440)),
    st.just(AsNeeded()),
)  # fmt: skip
every = st.integers(1, 52)
days = st.one_of(
    st.just(Daily()),
    st.builds(EveryDays, st.integers(1, 366)),
    st.builds(Weekdays, st.frozensets(st.integers(1, 7), min_size=1), every),
    st.builds(Monthly, st.frozensets(st.sampled_from([-1, *range(1, 32)]), min_size=1), every),
    st.builds(Cycle, st.integers(1, 366), st.integers(1, 366)),
)
phases = st.builds(Phase, whens, days, st.none() | st.integers(1, 3660), st.none() | amounts)
limits = st.builds(Limit, st.none() | amounts, st.none() | st.integers(1, 44639).map(lambda n: timedelta(minutes=n)))
schedules = st.builds(
    Schedule, st.lists(phases, min_size=1, max_size=12).map(tuple), st.sampled_from(["wall", "elapsed"]), limits
)


def sent(form):
    """Send a form the way a browser does."""
    said = QueryDict(mutable=True)
    said["form"] = "1"
    for name in fields.TEXTS:
        said[name] = getattr(form, name)
    for place, phase in enumerate(form.phases):
        for name in fields.PHASE_TEXTS:
            said[f"p{place}-{name}"] = getattr(phase, name)
        said.setlist(f"p{place}-weekdays", sorted(phase.weekdays))
        for number, slot in enumerate(phase.slots):
            for name in fields.SLOT_TEXTS:
                said[f"p{place}-s{number}-{name}"] = getattr(slot, name)
    for name in ("reminds", "tracks"):
        if getattr(form, name):
            said[name] = "1"
    return said


def filled(schedule, **more):
    return fields.Fields(
        **{"clock": schedule.clock, "amount": "1", "start": "2026-11-22", **fields.limit_of(schedule.limit), **more},
        phases=fields.phases_of(schedule),
    )


@given(schedules)
def test_every_schedule_goes_into_the_form_and_comes_out_the_same(schedule):
    form = filled(schedule)
    assert fields.fields_said(sent(form)) == form
    told = reading.told(form, TODAY)
    assert not isinstance(told, dict), told
    assert told.schedule == schedule


@given(schedules)
def test_every_schedule_is_shown_field_by_field(schedule):
    context = shown.form_shown(filled(schedule), {}, [(7, "하루정")])
    assert [phase["number"] for phase in context["phases"]] == list(range(1, len(schedule.phases) + 1))
    for phase in context["phases"]:
        for choices in (phase["kinds"], phase["days"], phase["origins"], phase["sides"]):
            assert sum(chosen for _, _, chosen in choices) == 1
        for slot in phase["slots"]:
            assert sum(chosen for _, _, chosen in slot["whens"]) == 1


def form_of(**more):
    return fields.Fields(**{"start": "2026-11-22", **more})


def one_phase(**more):
    return form_of(phases=(fields.PhaseFields(**more),))


AT_EIGHT = (fields.SlotFields("at", "08:00"),)


@pytest.mark.parametrize(
    ("form", "where"),
    [
        (form_of(amount=""), "amount"),
        (form_of(amount="0"), "amount"),
        (form_of(amount="한 알"), "amount"),
        (form_of(start="내일"), "start"),
        (form_of(until="days", days="0"), "days"),
        (form_of(until="days"), "days"),
        (form_of(until="date"), "end"),
        (form_of(until="date", end="2026-11-21"), "end"),
        (form_of(most="-1"), "most"),
        (form_of(gap_hours="많이"), "gap_hours"),
        (form_of(gap_minutes="60"), "gap_minutes"),
        (form_of(count="모름"), "count"),
        (form_of(refill_days="99"), "refill_days"),
        (form_of(), "p0-s0-at"),
        (one_phase(), "p0-s0-when"),
        (one_phase(slots=(fields.SlotFields("at", "25:00"),)), "p0-s0-at"),
        (one_phase(slots=(*AT_EIGHT, fields.SlotFields("lunch", minutes="9999"))), "p0-s1-minutes"),
        (one_phase(slots=(fields.SlotFields("at", "08:00", amount="x"),)), "p0-s0-amount"),
        (one_phase(kind="spaced"), "p0-times"),
        (one_phase(kind="spaced", times="25"), "p0-times"),
        (one_phase(kind="interval"), "p0-hours"),
        (one_phase(kind="interval", hours="8", opens="07:00"), "p0-closes"),
        (one_phase(kind="interval", hours="8", closes="23:00"), "p0-opens"),
        (one_phase(kind="follows", apart="30"), "p0-regimen"),
        (one_phase(kind="follows", apart="30", regimen="x"), "p0-regimen"),
        (one_phase(slots=AT_EIGHT, days="every_days", n="0"), "p0-n"),
        (one_phase(slots=AT_EIGHT, days="weekdays"), "p0-weekdays"),
        (one_phase(slots=AT_EIGHT, days="weekdays", weekdays=frozenset({"8"})), "p0-weekdays"),
        (one_phase(slots=AT_EIGHT, days="monthly", monthdays="32"), "p0-monthdays"),
        (one_phase(slots=AT_EIGHT, days="monthly", monthdays="초순"), "p0-monthdays"),
        (one_phase(slots=AT_EIGHT, days="cycle", on="21"), "p0-off"),
        (one_phase(slots=AT_EIGHT, length="0"), "p0-length"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(form, where):
    wrong = reading.told(form, TODAY)
    assert isinstance(wrong, dict) and wrong[where]
    context = shown.form_shown(form, wrong, [])
    assert (where, wrong[where]) in context["problems"]


@pytest.mark.parametrize(
    ("said", "much"), [("½", "0.5"), ("1/2", "0.5"), ("0,5", "0.5"), ("2", "2"), ("1.25", "1.25"), ("¼", "0.25")]
)
def test_amounts_are_read_the_way_people_write_them(said, much):
    form = form_of(amount=said, phases=(fields.PhaseFields(slots=AT_EIGHT),))
    assert reading.told(form, TODAY).amount == Decimal(much)


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({}, None),
        ({"until": "days", "days": "7"}, date(2026, 11, 28)),
        ({"until": "date", "end": "2026-12-01"}, date(2026, 12, 1)),
        ({"days": "7", "end": "2026-12-01"}, None),
    ],
)
def test_a_course_lasts_as_long_as_it_says(more, end):
    assert reading.told(form_of(**more, phases=(fields.PhaseFields(slots=AT_EIGHT),)), TODAY).end == end


def test_a_start_that_is_not_said_is_today():
    form = form_of(start="", phases=(fields.PhaseFields(slots=AT_EIGHT),))
    assert reading.told(form, TODAY).start == TODAY


@pytest.mark.parametrize("said", ["1, 15, 말일", "1일 15일 말일", "말일·15·1"])
def test_days_of_the_month_are_read_the_way_people_write_them(said):
    form = one_phase(slots=AT_EIGHT, days="monthly", monthdays=said)
    assert reading.told(form, TODAY).schedule.phases[0].days == Monthly(frozenset({1, 15, -1}))


def test_an_empty_stock_is_a_count_and_nothing_said_is_none():
    slots = (fields.PhaseFields(slots=AT_EIGHT),)
    assert reading.told(form_of(count="0", phases=slots), TODAY).count == 0
    assert reading.told(form_of(count="", phases=slots), TODAY).count is None


def test_a_row_that_is_not_taken_goes():
    said = sent(form_of(phases=(fields.PhaseFields(slots=(fields.SlotFields(""), *AT_EIGHT)),)))
    assert fields.fields_said(said).phases[0].slots == AT_EIGHT
