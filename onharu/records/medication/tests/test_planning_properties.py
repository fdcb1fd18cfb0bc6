"""The planner against the long way, and what holds for every schedule anywhere.

In full (52,000 examples, some twenty minutes):
    ONHARU_EXAMPLES=52000 .venv/bin/pytest onharu/records/medication/tests/test_planning_properties.py -p no:randomly
"""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onharu.records.medication.rules.schedules import shapes as s
from onharu.records.medication.rules.schedules.as_json import from_json, to_json
from onharu.records.medication.rules.schedules.limits import asked
from onharu.records.medication.rules.schedules.planning import knows, next_at, plan
from onharu.records.medication.tests import plain_plan
from onharu.records.medication.tests import schedule_makers as make

EXAMPLES = int(os.environ.get("ONHARU_EXAMPLES", "700"))
DAY = timedelta(hours=24)
pytestmark = pytest.mark.timeout(60 + EXAMPLES // 4)


def share(of_thousand):
    return settings(
        max_examples=max(EXAMPLES * of_thousand // 1000, 5),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


def said(doses):
    return [(dose.at, dose.key, dose.date, dose.amount) for dose in doses]


@share(400)
@given(make.courses())
def test_no_dose_is_lost_or_doubled(course):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    assert said(plan(versions, facts, since, until)) == plain_plan.plan(versions, facts, first, since, until)


@share(150)
@given(make.courses(), st.lists(st.integers(0, 32 * 1440), max_size=4))
def test_planned_in_pieces_it_is_the_same_as_planned_at_once(course, cuts):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    edges = [since, *sorted(since + timedelta(minutes=cut) for cut in cuts), until]
    pieces = [dose for low, high in pairwise(edges) for dose in plan(versions, facts, low, high)]
    assert pieces == list(plan(versions, facts, since, until))


tight_gaps = st.sampled_from([timedelta(minutes=minutes) for minutes in (30, 60, 90, 240, 480)])
tight = st.one_of(
    make.slots,
    st.builds(s.Spaced, st.integers(2, 8)),
    st.builds(s.Interval, st.sampled_from((60, 90, 240, 480)), st.just("plan"), st.none() | make.times, make.windows),
)


@share(100)
@given(make.courses(gap=tight_gaps, when=tight), st.integers(0, 30 * 1440))
def test_doses_keep_their_gap_whatever_the_clocks_do(course, cut):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    doses = plan(versions, facts, since, until)
    gaps = {f"v{version.n}": version.schedule.limit.gap or timedelta(0) for version in versions}
    for earlier, later in pairwise(doses):
        assert later.at - earlier.at >= gaps[later.key.split(".")[0]]
    middle = since + timedelta(minutes=cut)
    assert [dose for dose in doses if dose.at >= middle] == list(plan(versions, facts, middle, until))


@share(80)
@given(make.courses(), make.schedules(), st.integers(0, 20 * 1440))
def test_editing_a_schedule_never_rewrites_the_past(course, schedule, minutes):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    now = versions[-1].since + timedelta(minutes=minutes)
    edited = (*versions, s.Version(len(versions) + 1, now, schedule, Decimal(1), first))
    before, after = plan(versions, facts, since, until), plan(edited, facts, since, until)
    assert [dose for dose in before if dose.at < now] == [dose for dose in after if dose.at < now]
    assert {dose.key.split(".")[0] for dose in after if dose.at >= now} <= {f"v{len(edited)}"}


@share(60)
@given(make.courses(), st.data())
def test_a_key_names_one_dose_for_good(course, data):
    first, versions, facts = course
    doses = plan(versions, facts, *make.stretch_of(first))
    assert len({dose.key for dose in doses}) == len(doses)
    for dose in doses[:: max(len(doses) // 4, 1)]:
        assert knows(versions, facts, dose.key) == dose
    made_up = data.draw(st.from_regex(r"v[1-4]\.(2026|2028)(0[2-4]|1[0-2])(0[1-9]|[12]\d|3[01])\.\d", fullmatch=True))
    known = knows(versions, facts, made_up)
    near = plan(versions, facts, known.at, known.at + timedelta(minutes=1)) if known else doses
    assert (known in near) if known else made_up not in {dose.key for dose in near}


@share(30)
@given(make.courses(), st.integers(0, 30 * 1440))
def test_the_next_dose_is_the_first_of_the_plan(course, minutes):
    first, versions, facts = course
    after = make.stretch_of(first)[0] + timedelta(minutes=minutes)
    doses = plan(versions, facts, after, after + timedelta(days=400))
    assert next_at(versions, facts, after) == (doses[0].at if doses else None)


@share(40)
@given(make.courses(), st.sampled_from(make.PLACES), make.routines, st.integers(0, 25 * 1440))
def test_doses_with_rows_stay_when_the_person_flies_elsewhere(course, place, routine, minutes):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    now = since + timedelta(minutes=minutes)
    rows = tuple(s.Answered(dose.key, dose.at, dose.at, None) for dose in plan(versions, facts, since, now))
    flown = replace(facts, zone=place[0], routine=routine, answered=rows)
    doses = plan(versions, flown, since, until)
    keys = [dose.key for dose in doses]
    assert len(set(keys)) == len(keys)
    stand = {row.key: row.planned_at for row in rows}
    assert all(dose.at == stand[dose.key] for dose in doses if dose.key in stand)
    if len(versions) == 1:  # by another clock, other doses lie on this side of an edit, and counted ones on other dates
        dated = [dose for dose in doses if ".k" not in dose.key]
        assert not [dose for dose in dated if dose.at < now - timedelta(days=2) and dose.key not in stand]


# ---- after takings, by living it


@st.composite
def lives(draw):
    zone, first = draw(st.sampled_from(make.PLACES))
    interval = s.Interval(draw(make.interval_minutes), "taken", draw(st.none() | make.times), draw(make.windows))
    phase = s.Phase(interval, draw(make.days), draw(st.sampled_from((None, 20))))
    answers = st.sampled_from(("take", "take", "skip", "take_early", "leave", "take_extra"))
    does = draw(st.lists(st.tuples(answers, st.integers(0, 900)), min_size=1, max_size=12))
    since = datetime(first.year, first.month, first.day, 10, 17, 33, tzinfo=UTC)
    return s.Version(1, since, s.Schedule((phase,)), Decimal(1), first), s.Facts(zone), does


@share(60)
@given(lives())
def test_after_takings_one_dose_is_open_at_a_time(life):
    version, facts, does = life
    now, rows, closed = version.since, {}, None
    for what, minutes in does:
        facts = replace(facts, answered=tuple(rows.values()))
        doses = plan([version], facts, version.since, now + timedelta(days=40))
        open_doses = [dose for dose in doses if dose.key not in rows and not dose.projected]
        waiting = [row for row in rows.values() if row.planned_at and not row.taken_at and not row.closed_at]
        assert len({dose.key for dose in doses}) == len(doses)
        assert {row.key for row in rows.values() if row.planned_at} <= {dose.key for dose in doses}
        assert len(open_doses) + len([row for row in waiting if closed is None or row.planned_at > closed]) <= 1
        if not open_doses:
            continue
        due = open_doses[0]
        if closed is not None:
            assert due.at - closed >= timedelta(minutes=version.schedule.phases[0].when.minutes)
        assert knows([version], facts, due.key) == due
        later = due.at + timedelta(minutes=minutes)
        if what == "leave":
            rows[due.key] = s.Answered(due.key, due.at, None, None)
            continue
        if what == "take_extra":
            closed = max(due.at - timedelta(minutes=minutes), closed or version.since)
            rows[f"own.{len(rows)}"] = s.Answered(f"own.{len(rows)}", None, closed, None)
        else:
            closed = (
                max(due.at - timedelta(minutes=minutes), closed or version.since) if what == "take_early" else later
            )
            taken, skipped = (None, closed) if what == "skip" else (closed, None)
            rows[due.key] = s.Answered(due.key, due.at, taken, skipped)
        now = max(now, closed)


@share(20)
@given(lives(), st.lists(st.integers(0, 40 * 1440), max_size=3))
def test_after_takings_pieces_are_the_whole(life, cuts):
    version, facts, does = life
    row = s.Answered("own.1", None, version.since + timedelta(minutes=does[0][1]), None)
    facts = replace(facts, answered=(row,) if len(does) % 2 else ())
    until = version.since + timedelta(days=40)
    edges = [version.since, *sorted(version.since + timedelta(minutes=cut) for cut in cuts), until]
    pieces = [dose for low, high in pairwise(edges) for dose in plan([version], facts, low, high)]
    assert pieces == list(plan([version], facts, version.since, until))


# ---- following another regimen


@share(20)
@given(make.courses(most_versions=1), st.integers(-300, 300), st.integers(0, 200))
def test_a_dose_follows_each_dose_of_the_other_regimen(course, minutes, late):
    first, versions, facts = course
    since, until = make.stretch_of(first)
    led = plan(versions, facts, since, until)
    taken = {dose.key: dose.at + timedelta(minutes=late) for dose in led[::2]}
    facts = replace(facts, followed=led, followed_taken=taken)
    follows = s.Schedule((s.Phase(s.Follows(7, minutes)),))
    version = s.Version(1, since, follows, Decimal(1), first - timedelta(days=3))
    doses = plan([version], facts, since, until)
    assert said(doses) == plain_plan.plan([version], facts, first, since, until)
    assert len(doses) >= len(
        [dose for dose in led if dose.at + timedelta(minutes=500) < until and dose.at > since + DAY]
    )


# ---- limits


@st.composite
def takings(draw):
    noon = datetime(2026, 11, 22, 3, tzinfo=UTC)
    minutes = st.one_of(st.integers(-2000, 2000), st.sampled_from((-1440, -240, 240, 1440, 0)))
    found = draw(st.lists(st.tuples(minutes, st.integers(1, 4)), max_size=8))
    return noon, [(noon + timedelta(minutes=at), Decimal(much)) for at, much in found]


def over_by_sliding(limit, had, at, amount):
    """Slide a window of 24 hours minute by minute over everything, the asked dose included."""
    doses = sorted([*had, (at, amount)])
    if limit.gap is not None and any(abs(when - at) < limit.gap for when, _ in had):
        return True
    if limit.most_in_24h is None:
        return False
    for ahead in range(1440):
        start = at - timedelta(minutes=ahead)
        if sum(much for when, much in doses if start <= when < start + DAY) > limit.most_in_24h:
            return True
    return False


@share(40)
@given(
    takings(), st.none() | st.integers(1, 10), st.none() | st.sampled_from((1, 60, 240, 480, 2000)), st.integers(1, 4)
)
def test_a_limit_is_never_passed_silently(had, most, gap, amount):
    at, had = had
    limit = s.Limit(None if most is None else Decimal(most), None if gap is None else timedelta(minutes=gap))
    answer = asked(limit, had, at, Decimal(amount))
    assert (answer is not None) == over_by_sliding(limit, had, at, Decimal(amount))
    if answer is None:
        return
    if answer.free_at is None:
        assert most is not None and amount > most
        return
    assert not over_by_sliding(limit, had, answer.free_at, Decimal(amount))
    for earlier in (answer.free_at - timedelta(minutes=1), at + (answer.free_at - at) / 2):
        assert earlier < at or asked(limit, had, earlier, Decimal(amount)) is not None or earlier == answer.free_at


@share(40)
@given(make.schedules(when=st.one_of(make.whens, st.builds(s.Follows, st.integers(1, 99), st.integers(-99, 99)))))
def test_a_schedule_is_read_back_as_it_was_written(schedule):
    assert from_json(to_json(schedule)) == schedule
