"""What is said is read back: random schedules through a Korean sentence and back; English with its plurals."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from onharu.records.medication.rules.schedules.as_json import from_json, to_json
from onharu.records.medication.rules.schedules.checks import faults
from onharu.records.medication.rules.schedules.planning import plan
from onharu.records.medication.rules.schedules.shapes import (
    AsNeeded,
    At,
    AtBedtime,
    AtMeal,
    Cycle,
    Daily,
    EveryDays,
    Facts,
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
    Version,
    Weekdays,
)
from onharu.records.medication.rules.sentences.normal import normal, usual_clock
from onharu.records.medication.rules.sentences.parsing import parse
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.tests.sentence_shapes import cases

D = Decimal
TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)


def slots(*anchors):
    return Slots(tuple(Slot(anchor) for anchor in anchors))


def after(*meals):
    return slots(*(AtMeal(meal, "after", 30) for meal in meals))


MORNING = after("breakfast")
TWICE = after("breakfast", "dinner")


def both(when, days=None, amount=1, unit="tablet", limit=None, clock=None, **dates):
    """Say one phase in Korean and English."""
    phases = (Phase(when, days or Daily()),)
    schedule = Schedule(phases, clock or usual_clock(phases), limit or Limit())
    return both_of(schedule, amount, unit, **dates)


def both_of(schedule, amount, unit, start=None, end=None, names=None):
    own = None if amount is None else D(amount)
    return tuple(
        say(schedule, own, unit, start, end, language=language, today=TODAY, names=names) for language in ("ko", "en")
    )


@pytest.mark.timeout(900)
@settings(max_examples=3000)
@given(cases())
def test_what_is_said_is_read_back_as_it_was(case):
    said = say(case.schedule, case.amount, case.unit, case.start, case.end, today=case.today)
    parsed = parse(said, today=case.today)
    assert parsed.schedule == case.schedule, said
    assert (parsed.amount, parsed.unit) == (case.amount, case.unit), said
    assert (parsed.start, parsed.end) == (case.start, case.expected_end), said
    assert (parsed.name, parsed.rest, parsed.doubts) == ("", "", ()), said


@settings(max_examples=300)
@given(cases())
def test_what_is_read_can_be_kept_as_json(case):
    parsed = parse(say(case.schedule, case.amount, case.unit, None, None), today=case.today)
    assert from_json(to_json(parsed.schedule)) == parsed.schedule


@settings(max_examples=300)
@given(cases())
def test_everything_can_be_said_in_english(case):
    said = say(case.schedule, case.amount, case.unit, case.start, case.end, language="en", today=case.today)
    assert not re.search("[가-힣]", said)
    assert "  " not in said
    assert "None" not in said
    assert not re.search(r"(?<![.\d])1 (tablets|capsules|hours|minutes|days|months|times)\b", said)
    assert not re.search(r"(?<![.\d])(?:[2-9]|\d\d+) (tablet|capsule|hour|minute|day|month)\b", said)


@settings(max_examples=300)
@given(cases())
def test_the_normal_form_has_the_same_doses(case):
    spelt = Schedule(
        tuple(
            Phase(phase.when, phase.days, phase.length, phase.amount or case.amount) for phase in case.schedule.phases
        ),
        case.schedule.clock,
        case.schedule.limit,
    )
    assert (
        normal(spelt, D(99) if case.amount is None else case.amount)[0].phases
        == normal(case.schedule, D(99) if case.amount is None else case.amount)[0].phases
    )
    assert normal(*normal(spelt, case.amount)) == normal(spelt, case.amount)


def test_the_normal_form_plans_the_same_doses():
    written = Schedule((Phase(Slots((Slot(At(time(8)), D(2)), Slot(At(time(20)), D(1)))), amount=D(5)),))
    plain, amount = normal(written, D(7))
    assert (amount, plain.phases[0].amount) == (D(2), None)
    seoul = ZoneInfo("Asia/Seoul")
    since = datetime(2026, 11, 22, tzinfo=seoul)
    doses = [
        [
            (dose.at, dose.amount)
            for dose in plan((Version(1, since, schedule, own, TODAY),), Facts("Asia/Seoul"), since, since + 72 * HOUR)
        ]
        for schedule, own in ((written, D(7)), (plain, amount))
    ]
    assert doses[0] == doses[1]
    assert len(doses[0]) == 6


@pytest.mark.parametrize(
    ("when", "ko", "en"),
    [
        (TWICE, "매일 아침·저녁 식후 30분에 1정씩", "1 tablet 30 minutes after breakfast and dinner every day"),
        (slots(AtMeal("breakfast", "before", 60)), "매일 아침 식전 1시간에 1정씩", "1 tablet 1 hour before breakfast every day"),
        (slots(AtMeal("lunch", "right_after")), "매일 점심 식사 직후에 1정씩", "1 tablet right after lunch every day"),
        (slots(AtMeal("lunch", "right_before")), "매일 점심 식사 직전에 1정씩", "1 tablet right before lunch every day"),
        (slots(AtMeal("dinner", "with")), "매일 저녁 식사와 함께 1정씩", "1 tablet with dinner every day"),
        (slots(AtMeal("dinner", "between")), "매일 저녁 식간에 1정씩", "1 tablet on an empty stomach 2 hours after dinner every day"),
        (slots(AtBedtime()), "매일 취침 30분 전에 1정씩", "1 tablet 30 minutes before bedtime every day"),
        (slots(AtBedtime(0)), "매일 취침 직전에 1정씩", "1 tablet right before bedtime every day"),
        (slots(OnWaking()), "매일 기상 직후 공복에 1정씩", "1 tablet right after waking on an empty stomach every day"),
        (slots(At(time(8)), At(time(20))), "매일 08:00, 20:00에 1정씩", "1 tablet at 08:00, and at 20:00 every day"),
        (Spaced(3), "하루 3번 1정씩", "1 tablet 3 times a day"),
        (Spaced(1), "하루 1번 1정씩", "1 tablet once a day"),
        (Interval(480), "8시간마다 1정씩 (시계 시각 기준)", "1 tablet every 8 hours (by the clock on the wall)"),
        (Interval(2160), "36시간마다 1정씩 (경과 시간 기준)", "1 tablet every 36 hours (by elapsed time)"),
        (Interval(480, "taken"), "지난 복용에서 8시간 뒤 1정씩", "1 tablet 8 hours after the last dose"),
        (Interval(60, first=time(8), window=(time(8), time(22))), "08:00부터 08:00~22:00 사이에 1시간마다 1정씩 (시계 시각 기준)",
         "1 tablet every hour from 08:00 between 08:00 and 22:00 (by the clock on the wall)"),
        (AsNeeded(), "필요할 때 1정씩", "1 tablet when needed"),
        (Follows(3, 30), "다른 약을 먹고 30분 뒤에 1정씩", "1 tablet 30 minutes after another medicine"),
        (Follows(3, -60), "다른 약 먹기 1시간 전에 1정씩", "1 tablet 1 hour before another medicine"),
        (Follows(3, 0), "다른 약을 먹고 바로 1정씩", "1 tablet right after another medicine"),
    ],
)  # fmt: skip
def test_moments_are_said_naturally(when, ko, en):
    said = both(when)
    assert said == (ko, en[:1].upper() + en[1:])


@pytest.mark.parametrize(
    ("days", "ko", "en"),
    [
        (EveryDays(2), "격일로", "every other day"),
        (EveryDays(3), "3일마다", "every 3 days"),
        (Weekdays(frozenset({1, 3, 5})), "매주 월·수·금요일", "every Monday, Wednesday and Friday"),
        (Weekdays(frozenset({4}), 2), "2주마다 목요일", "every 2 weeks on Thursday"),
        (Monthly(frozenset({1, 22, -1})), "매월 1일·22일·말일", "on the 1st, the 22nd and the last day of every month"),
        (Monthly(frozenset({13}), 3), "3개월마다 13일", "on the 13th of every 3 months"),
        (Cycle(21, 7), "21일 복용 7일 휴약 주기로", "21 days on and 7 days off"),
        (Cycle(1, 1), "1일 복용 1일 휴약 주기로", "1 day on and 1 day off"),
    ],
)
def test_days_are_said_naturally(days, ko, en):
    said = both(MORNING, days)
    assert said == (f"{ko} 아침 식후 30분에 1정씩", f"1 tablet 30 minutes after breakfast {en}")


@pytest.mark.parametrize(
    ("amount", "unit", "ko", "en"),
    [
        ("0.5", "tablet", "0.5정씩", "0.5 tablet"), ("2.50", "tablet", "2.5정씩", "2.5 tablets"), ("2", "capsule", "2캡슐씩", "2 capsules"),
        ("5", "ml", "5ml씩", "5 ml"), ("2", "puff", "2번 흡입", "2 puffs"), ("20", "unit", "20단위씩", "20 units"),
        ("1", "patch", "1매씩", "1 patch"), ("2", "patch", "2매씩", "2 patches"), ("1", "time", "1회분씩", "1 dose"),
        ("3", None, "3개씩", "3"),
    ],
)  # fmt: skip
def test_amounts_are_said_with_their_plurals(amount, unit, ko, en):
    assert both(Spaced(2), amount=amount, unit=unit) == (f"하루 2번 {ko}", f"{en} twice a day")


@pytest.mark.parametrize(
    ("start", "end", "ko", "en"),
    [
        (TODAY, date(2026, 11, 28), "11월 22일부터 7일간, ", "From 22 Nov for 7 days: "),
        (TODAY, TODAY, "11월 22일부터 1일간, ", "From 22 Nov for 1 day: "),
        (TODAY, None, "11월 22일부터, ", "From 22 Nov: "),
        (None, date(2026, 12, 1), "12월 1일까지, ", "Until 1 Dec: "),
        (TODAY, date(2027, 3, 1), "11월 22일부터 3월 1일까지, ", "From 22 Nov until 1 Mar: "),
        (TODAY, date(2028, 3, 1), "11월 22일부터 2028년 3월 1일까지, ", "From 22 Nov until 1 Mar 2028: "),
        (date(2024, 11, 22), None, "2024년 11월 22일부터, ", "From 22 Nov 2024: "),
    ],
)
def test_a_period_is_said_with_a_year_only_where_it_is_needed(start, end, ko, en):
    korean, english = both(TWICE, start=start, end=end)
    assert korean == f"{ko}매일 아침·저녁 식후 30분에 1정씩"
    assert english == f"{en}1 tablet 30 minutes after breakfast and dinner every day"


def test_without_a_today_the_start_stands_without_its_year():
    schedule = Schedule((Phase(TWICE),))
    said = say(schedule, D(1), "tablet", date(2019, 11, 22), date(2019, 11, 28))
    assert said == "11월 22일부터 7일간, 매일 아침·저녁 식후 30분에 1정씩"


def test_limits_are_said():
    said = both(AsNeeded(), limit=Limit(D(4), 6 * HOUR))
    assert said == (
        "필요할 때 1정씩, 24시간에 최대 4정, 6시간 이상 간격",
        "1 tablet when needed, at most 4 tablets in 24 hours, at least 6 hours apart",
    )


def test_a_taper_is_said_phase_by_phase():
    schedule = Schedule(
        (Phase(MORNING, length=3), Phase(MORNING, amount=D(1), length=1), Phase(TWICE, amount=D("0.5")))
    )
    korean, english = both_of(schedule, 2, "tablet")
    assert korean.split(", ") == [
        "처음 3일 동안 매일 아침 식후 30분에 2정씩",
        "그다음 1일 동안 매일 아침 식후 30분에 1정씩",
        "그다음부터 매일 아침·저녁 식후 30분에 0.5정씩",
    ]
    assert english.split(", ") == [
        "For the first 3 days 2 tablets 30 minutes after breakfast every day",
        "then for the next day 1 tablet 30 minutes after breakfast every day",
        "from then on 0.5 tablet 30 minutes after breakfast and dinner every day",
    ]


def test_each_moment_with_its_own_amount_is_said():
    when = Slots((Slot(AtMeal("breakfast", "before", 30)), Slot(AtMeal("dinner", "after", 30), D(2))))
    assert both(when) == (
        "매일 아침 식전 30분에 1정, 저녁 식후 30분에 2정",
        "1 tablet 30 minutes before breakfast, 2 tablets 30 minutes after dinner every day",
    )


def test_another_medicine_is_said_by_its_name_with_its_particle():
    schedule = Schedule((Phase(Follows(3, 30)),))
    assert both_of(schedule, 1, "tablet", names={3: "혈압약"})[0] == "혈압약을 먹고 30분 뒤에 1정씩"
    assert both_of(schedule, 1, "tablet", names={3: "아스피린제제"})[0] == "아스피린제제를 먹고 30분 뒤에 1정씩"


def test_what_stays_when_clocks_change_is_said_where_it_is_not_the_usual():
    assert both(TWICE, clock="elapsed")[0].endswith("(경과 시간 기준)")
    assert both(Interval(480), clock="elapsed")[0] == "8시간마다 1정씩 (경과 시간 기준)"
    assert "기준" not in both(TWICE)[0]


def test_an_amount_that_is_not_known_is_left_out():
    assert both(TWICE, amount=None) == ("매일 아침·저녁 식후 30분에", "30 minutes after breakfast and dinner every day")


def test_the_same_moment_twice_stays_twice():
    when = slots(At(time(8)), At(time(8)))
    assert both(when)[0] == "매일 08:00, 08:00에 1정씩"
    assert faults(Schedule((Phase(when),)), D(1), TODAY, None)
