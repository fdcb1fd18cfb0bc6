"""Random schedules in normal form, for what a sentence can say. Everything that the grammar has but `Follows`."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from onharu.records.medication.rules.schedules.shapes import (
    MEALS,
    AsNeeded,
    At,
    AtBedtime,
    AtMeal,
    Cycle,
    Daily,
    EveryDays,
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
from onharu.records.medication.rules.sentences.normal import normal

UNITS = ("tablet", "capsule", "packet", "ml", "drop", "puff", "unit", "patch", "ampoule", "time")
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
amounts = st.one_of(
    st.integers(1, 40).map(Decimal),
    st.integers(1, 80).map(lambda quarters: Decimal(quarters) / 4),
    st.decimals(min_value=Decimal("0.001"), max_value=Decimal(9999), places=3),
)
meals = st.sampled_from(MEALS)
spans = st.one_of(st.integers(1, 240), st.sampled_from([15, 30, 60, 90, 120]))
anchors = st.one_of(
    st.builds(At, clocks),
    st.builds(AtMeal, meals, st.sampled_from(["before", "after", "between"]), spans),
    st.builds(AtMeal, meals, st.sampled_from(["right_before", "with", "right_after", "between"])),
    st.builds(AtBedtime, st.one_of(st.just(0), spans)),
    st.builds(OnWaking, st.one_of(st.just(0), spans)),
)
whens = st.one_of(
    st.lists(st.builds(Slot, anchors, st.none()), min_size=1, max_size=6).map(lambda slots: Slots(tuple(slots))),
    st.lists(st.builds(Slot, anchors, amounts), min_size=1, max_size=6).map(lambda slots: Slots(tuple(slots))),
    st.builds(Spaced, st.integers(1, 24)),
    st.builds(
        Interval,
        st.one_of(st.integers(1, 100).map(lambda hours: hours * 60), st.integers(1, 6000)),
        st.just("plan"),
        st.none() | clocks,
        st.none() | st.tuples(clocks, clocks),
    ),
    st.builds(Interval, st.integers(1, 6000), st.just("taken"), st.none(), st.none() | st.tuples(clocks, clocks)),
    st.just(AsNeeded()),
)
days = st.one_of(
    st.just(Daily()),
    st.builds(EveryDays, st.integers(2, 400)),
    st.builds(Weekdays, st.frozensets(st.integers(1, 7), min_size=1), st.integers(1, 12)),
    st.builds(Monthly, st.frozensets(st.sampled_from([-1, *range(1, 32)]), min_size=1, max_size=6), st.integers(1, 12)),
    st.builds(Cycle, st.integers(1, 90), st.integers(1, 90)),
)
limits = st.builds(
    Limit, st.none() | amounts, st.none() | st.integers(1, 2880).map(lambda minutes: timedelta(minutes=minutes))
)


@dataclass(frozen=True)
class Case:
    """What is said and must be read back."""

    schedule: Schedule
    amount: Decimal | None
    unit: str | None
    start: date | None
    end: date | None
    today: date

    @property
    def expected_end(self):
        """The end that is read: phases that all have a length say it."""
        lengths = [phase.length for phase in self.schedule.phases]
        if self.end is not None or self.start is None or None in lengths:
            return self.end
        return self.start + timedelta(days=sum(lengths) - 1)


@st.composite
def cases(draw):
    """Draw a schedule with its amount, unit and dates, in normal form."""
    amount, unit = draw(st.none() | amounts), draw(st.sampled_from(UNITS) | st.none())
    length = st.integers(1, 400)
    before = draw(st.lists(st.builds(Phase, whens, days, length, st.none() | amounts), max_size=3))
    phases = (*before, draw(st.builds(Phase, whens, days, st.none() | length, st.none() | amounts)))
    if amount is None:
        phases = tuple(without_amounts(phase) for phase in phases)
    clock = draw(st.sampled_from(["wall", "elapsed"]))
    schedule, amount = normal(Schedule(phases, clock, draw(limits)), amount)
    if amount is None and schedule.limit.most_in_24h is None:
        unit = None
    start = draw(st.none() | st.dates(date(2018, 1, 1), date(2040, 12, 31)))
    lasts = draw(st.none() | st.integers(0, 900))
    today = draw(st.dates(date(2020, 1, 1), date(2036, 12, 31)))
    end = None if lasts is None else (start or today) + timedelta(days=lasts)
    return Case(schedule, amount, unit, start, end, today)


def without_amounts(phase):
    """Take all amounts out of a phase."""
    when = phase.when
    if isinstance(when, Slots):
        when = Slots(tuple(Slot(slot.anchor) for slot in when.slots))
    return Phase(when, phase.days, phase.length)
