"""How dosing sentences are read: words one by one, what is doubted, what is left over, and text that is no sentence."""

import time as clock
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onharu.records.medication.rules.schedules.shapes import (
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
    Slot,
    Slots,
    Spaced,
    Weekdays,
)
from onharu.records.medication.rules.sentences.dates import resolve
from onharu.records.medication.rules.sentences.numerals import amount_of, minutes_of, whole
from onharu.records.medication.rules.sentences.parsing import LONGEST, parse
from onharu.records.medication.rules.sentences.shapes import NotUnderstood, Parsed
from onharu.records.medication.tests.prescriptions import PRESCRIPTIONS

TODAY = date(2026, 11, 22)  # a Sunday
D = Decimal
HOUR = timedelta(hours=1)
AFTER = [AtMeal(meal, "after", 30) for meal in ("breakfast", "lunch", "dinner")]


def read(sentence):
    parsed = parse(sentence, today=TODAY)
    assert isinstance(parsed, Parsed), parsed
    return parsed


def phase(sentence):
    (only,) = read(sentence).schedule.phases
    return only


def anchors(sentence):
    return [slot.anchor for slot in phase(sentence).when.slots]


# ---- numbers


@pytest.mark.parametrize(
    ("said", "amount"),
    [("1", 1), ("1.5", "1.5"), ("반", "0.5"), ("1/2", "0.5"), ("1 1/2", "1.5"), ("1과 1/2", "1.5"), ("두", 2),
     ("세", 3), ("넷", 4), ("삼", 3), ("십이", 12), ("이십", 20), ("1/3", "0.333"), ("열두", 12)],
)  # fmt: skip
def test_amounts_are_read_as_people_say_them(said, amount):
    assert amount_of(said) == D(amount)


@pytest.mark.parametrize("said", ["0", "0/2", "1/0", "0.0"])
def test_no_amount_is_none(said):
    assert amount_of(said) is None


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("30분", 30),
        ("8시간", 480),
        ("한 시간 반", 90),
        ("1시간 30분", 90),
        ("반 시간", 30),
        ("삼십분", 30),
        ("두시간", 120),
    ],
)
def test_spans_are_read_as_minutes(said, minutes):
    assert minutes_of(said) == minutes


def test_whole_numbers_stop_where_numbers_stop():
    assert [whole(said) for said in ("구십구", "십", "스무", "없음")] == [99, 10, 20, 0]


@pytest.mark.parametrize(
    ("said", "amount", "unit"),
    [
        ("아침 한 알씩", 1, "tablet"), ("아침 두 알", 2, "tablet"), ("아침 반정", "0.5", "tablet"),
        ("아침 1정 반", "1.5", "tablet"), ("아침 ½정", "0.5", "tablet"), ("아침 1.5정", "1.5", "tablet"),
        ("아침 한 포", 1, "packet"), ("아침 2봉지", 2, "packet"), ("아침 10방울", 10, "drop"), ("아침 5 mL", 5, "ml"),
        ("아침 7.5cc", "7.5", "ml"), ("아침 2번 흡입", 2, "puff"), ("아침 20단위", 20, "unit"), ("아침 1매", 1, "patch"),
        ("아침 1앰플", 1, "ampoule"), ("아침 1회분", 1, "time"), ("아침 1개", 1, None), ("아침 2캡슐씩", 2, "capsule"),
        ("아침 ３정", 3, "tablet"), ("아침 5㎖", 5, "ml"), ("아침 반쪽", "0.5", "tablet"), ("아침 2T", 2, "tablet"),
    ],
)  # fmt: skip
def test_amounts_have_the_units_people_count_in(said, amount, unit):
    assert (read(said).amount, read(said).unit) == (D(amount), unit)


# ---- when on a day


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("식후 30분 하루 3번", AFTER),
        ("tid pc", AFTER),
        ("매 식후 30분", AFTER),
        ("아침 식전 1시간", [AtMeal("breakfast", "before", 60)]),
        ("점심 먹고 바로", [AtMeal("lunch", "right_after")]),
        ("저녁 식사 도중에", [AtMeal("dinner", "with")]),
        ("아침 먹기 30분 전", [AtMeal("breakfast", "before", 30)]),
        ("아침 식사 직전", [AtMeal("breakfast", "right_before")]),
        ("식후 2시간 아침 저녁", [AtMeal("breakfast", "after", 120), AtMeal("dinner", "after", 120)]),
        ("자기 직전", [AtBedtime(0)]),
        ("취침 1시간 전", [AtBedtime(60)]),
        ("일어나자마자", [OnWaking()]),
        ("아침 공복에", [OnWaking()]),
        ("매일 아침 공복에 1정 (식사 30분 전)", [AtMeal("breakfast", "before", 30)]),
        ("오후 8시 반", [At(time(20, 30))]),
        ("낮 12시, 밤 12시", [At(time(12)), At(time(0))]),
        ("새벽 2시", [At(time(2))]),
        ("아침저녁 8시", [At(time(8)), At(time(20))]),
        ("8pm", [At(time(20))]),
        ("24:00", [At(time(0))]),
        ("1-1-1 식후 30분", AFTER),
        ("0-0-1 식후 30분", [AtMeal("dinner", "after", 30)]),
    ],
)
def test_moments_of_a_day(said, expected):
    assert anchors(said) == expected


def test_each_moment_has_the_amount_said_after_it():
    parsed = read("아침 식전 30분 1정 저녁 식후 30분 2정")
    assert parsed.amount == 1
    assert parsed.schedule.phases[0].when == Slots(
        (Slot(AtMeal("breakfast", "before", 30)), Slot(AtMeal("dinner", "after", 30), D(2)))
    )


def test_amounts_said_first_go_with_what_follows():
    assert [slot.amount for slot in phase("1정 아침 식후 30분 2정 저녁 식후 30분").when.slots] == [None, D(2)]


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("하루 3번", Spaced(3)), ("bid", Spaced(2)), ("1일 4회", Spaced(4)), ("2회/일", Spaced(2)),
        ("8시간마다", Interval(480)), ("q12h", Interval(720)), ("매 6시간", Interval(360)), ("90분마다", Interval(90)),
        ("12시간 간격으로", Interval(720)), ("오전 6시부터 8시간마다", Interval(480, first=time(6))),
        ("8시간마다 첫 복용 07:30", Interval(480, first=time(7, 30))),
        ("08:00~22:00 사이 4시간마다", Interval(240, window=(time(8), time(22)))),
        ("지난 복용에서 8시간 뒤", Interval(480, "taken")), ("마지막 복용 후 6시간 뒤", Interval(360, "taken")),
        ("prn", AsNeeded()), ("필요할 때만", AsNeeded()), ("머리 아플 때", AsNeeded()), ("통증시", AsNeeded()),
    ],
)  # fmt: skip
def test_rhythms(said, when):
    assert phase(said).when == when


@pytest.mark.parametrize(
    ("said", "kept"),
    [("8시간마다", "wall"), ("36시간마다", "elapsed"), ("5시간마다", "elapsed"), ("지난 복용에서 8시간 뒤", "elapsed"),
     ("8시간마다 (경과 시간 기준)", "elapsed"), ("36시간마다 (시계 시각 기준)", "wall"), ("하루 3번", "wall")],
)  # fmt: skip
def test_hours_that_fill_a_day_go_by_the_wall_unless_it_is_said(said, kept):
    assert read(said).schedule.clock == kept


# ---- days


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("매일 08:00", Daily()), ("격일로", EveryDays(2)), ("이틀에 한 번", EveryDays(2)), ("하루 걸러", EveryDays(2)),
        ("사흘마다", EveryDays(3)), ("10일 간격으로", EveryDays(10)), ("2주마다", EveryDays(14)),
        ("월수금", Weekdays(frozenset({1, 3, 5}))), ("화, 목, 토", Weekdays(frozenset({2, 4, 6}))),
        ("월~금", Weekdays(frozenset(range(1, 6)))), ("토요일부터 월요일까지 매주 수요일", Weekdays(frozenset({3}))),
        ("주말", Weekdays(frozenset({6, 7}))), ("2주마다 목요일", Weekdays(frozenset({4}), 2)),
        ("격주 금요일", Weekdays(frozenset({5}), 2)), ("매월 1일", Monthly(frozenset({1}))),
        ("매월 말일", Monthly(frozenset({-1}))), ("매달 1일, 15일", Monthly(frozenset({1, 15}))),
        ("3개월마다 1일", Monthly(frozenset({1}), 3)), ("21일 복용 7일 휴약", Cycle(21, 7)),
        ("3주 먹고 1주 쉬기", Cycle(21, 7)), ("5일 복용, 2일 복용 안 하는 날", Cycle(5, 2)),
        ("매주 월요일은 복용 안 하는 날", Weekdays(frozenset(range(2, 8)))),
    ],
)  # fmt: skip
def test_days(said, days):
    assert phase(said).days == days


@pytest.mark.parametrize(
    ("said", "start", "end", "days"),
    [
        ("11/22부터 12/1까지", "2026-11-22", "2026-12-01", 10), ("1월 5일부터", "2027-01-05", None, None),
        ("10월 1일부터", "2026-10-01", None, None), ("내일부터 5일간", "2026-11-23", "2026-11-27", 5),
        ("다음 주 월요일부터 2주간", "2026-11-23", "2026-12-06", 14), ("다음 주 금요일까지", None, "2026-11-27", None),
        ("12월 20일부터 1월 5일까지", "2026-12-20", "2027-01-05", 17), ("2027.3.1부터", "2027-03-01", None, None),
        ("다음 달 3일부터 열흘", "2026-12-03", "2026-12-12", 10), ("오늘부터 수요일까지", "2026-11-22", "2026-11-25", 4),
        ("7일분", None, None, 7), ("2주", None, None, 14), ("일주일치", None, None, 7), ("x 5d", None, None, 5),
    ],
)  # fmt: skip
def test_courses(said, start, end, days):
    parsed = read(f"{said} 아침 식후 30분")
    assert (parsed.start and parsed.start.isoformat(), parsed.end and parsed.end.isoformat()) == (start, end)
    assert parsed.days == days


def test_a_date_that_no_year_has_is_no_date():
    assert resolve("2월 30일", TODAY) is None
    assert resolve("2월 29일", TODAY) == date(2028, 2, 29)
    assert resolve("내일", date.max) is None
    assert read("2/30부터 아침 1정").start is None


# ---- limits


@pytest.mark.parametrize(
    ("said", "most", "hours"),
    [
        ("필요시 1정 하루 최대 4정 6시간 간격", 4, 6), ("열날 때 5ml 4시간 이상 간격 하루 5회까지", 25, 4),
        ("필요시 2번 흡입, 하루 최대 8번 흡입", 8, None), ("q6h prn 1T max 4T/day", 4, 6),
        ("아플 때 1알 24시간에 4알까지", 4, None), ("필요시 1정 최소 8시간 간격", None, 8), ("필요시 0.5정 하루 3회 이내", "1.5", None),
    ],
)  # fmt: skip
def test_limits_are_read(said, most, hours):
    expected = Limit(None if most is None else D(most), None if hours is None else hours * HOUR)
    assert read(said).schedule.limit == expected
    assert read(said).doubts == ()


def test_why_it_is_needed_is_kept():
    assert read("열날 때 5ml").why == "열날 때"
    assert read("필요시 1정").why == ""


# ---- names and what is left


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("타이레놀 1정씩 하루 3번", "타이레놀"), ("타이레놀정500mg 1정씩 하루 3번", "타이레놀정500mg"), ("우루사를 아침 1정", "우루사"),
        ("하루날디정0.2mg 1일 1회 저녁식후 30분", "하루날디정0.2mg"), ("이레사정 1정 하루 한번", "이레사정"),
        ("크릴 오일 1캡슐 아침", "크릴 오일"), ("가스모틴 1정 하루 3번", "가스모틴"), ("이부프로펜 200mg 1정 필요시", "이부프로펜 200mg"),
        ("비타민D3 1000IU 1캡슐 매일 아침", "비타민D3 1000IU"), ("비타민B12 1정 아침", "비타민B12"), ("요오드 1정 아침", "요오드"),
        ("은행잎정 1정 하루 2번", "은행잎정"), ("오메가3 2캡슐 아침", "오메가3"), ("Tylenol ER 1정 하루 3번", "Tylenol ER"),
        ("아침 1정", ""), ("혈압약아침1정", "혈압약"),
    ],
)  # fmt: skip
def test_a_medicine_at_the_front_is_a_name(said, name):
    assert (read(said).name, read(said).rest) == (name, "")


def test_what_is_not_understood_is_said():
    assert read("하루 한번 1정 2주 후부터").rest == "2주 후부터"
    assert read("하루 한번 1정 2주 후부터").days is None
    assert read("아침 식후 30분 1정 충분한 물과 함께").rest == "충분한 물과 함께"
    assert read("혈압약 아침 1알 콜레스테롤약 저녁 1알").rest == "콜레스테롤약"


@pytest.mark.parametrize(
    ("said", "missing"),
    [("", ("when", "amount")), ("안녕하세요", ("when", "amount")), ("두 알", ("when",)), ("복용 안 하는 날", ("when", "amount")),
     ("다른 약 먹고 30분 뒤 1정", ("which",))],
)  # fmt: skip
def test_nothing_understood_says_what_was_missing(said, missing):
    answer = parse(said, today=TODAY)
    assert isinstance(answer, NotUnderstood)
    assert answer.missing == missing
    assert answer.told != parse(said, today=TODAY, language="en").told


# ---- doubts


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("1일 3회 아침저녁 식후 30분", "적힌 때로"), ("6시간 간격으로 하루 3번", "맞지 않아"), ("12시간마다 하루 3번", "맞지 않아"),
        ("아침 1정", "식사 때로"), ("아침 식후 1정", "30분으로"), ("식후 30분 1정", "아침·점심·저녁"), ("8시 1정", "08:00"),
        ("3번 1정", "하루 3번"), ("하루 3~4회", "하루 3번"), ("하루 2정", "한 번에"), ("주 3회 1정", "월·수·금"), ("격일로 1정", "한 번"),
        ("한달 동안 아침 식후 30분", "30일"), ("매일 밤 1정", "취침 30분 전"), ("필요시 하루 3번 1정", "최대"), ("아참 식후 30분", "아침"),
        ("12/1부터 11/1까지 2일간 아침 식후 30분", "맞지 않아"), ("1정 2정 아침 식후 30분", "두 가지"), ("5일간 7일간 아침 식후 30분", "두 가지"),
        ("이번 주 금요일까지 하루 2번", "앞서"), ("매월 아침 식후 30분", "시작일"), ("하루 3번 공복에", "식후 2시간"),
        ("자기 전 필요시 1정", "정해 두지"), ("8시간마다 아침 저녁 식후 30분", "맞지 않아"), ("1정 #3", "나누어지지"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_is_doubted_with_what_was_assumed(said, word):
    doubts = read(said).doubts
    assert any(word in doubt for doubt in doubts), doubts
    english = parse(said, today=TODAY, language="en").doubts
    assert len(english) == len(doubts)
    assert not set(english) & set(doubts)


def test_of_two_rhythms_the_one_with_fewer_doses_is_assumed():
    fewer = read("6시간 간격으로 하루 3번 1정").schedule
    assert fewer.phases[0].when == Spaced(3)
    assert fewer.limit.gap == 6 * HOUR
    assert phase("12시간마다 하루 3번 1정").when == Interval(720)


@pytest.mark.parametrize(
    "said",
    [
        "아침저녁 식후 30분 1정씩 7일",
        "1일 3회 매 식후 30분",
        "하루 두 번 12시간마다 1캡슐",
        "매일 하루 한 번 1정",
        "08:00, 20:00 1정",
    ],
)
def test_what_is_clear_is_not_doubted(said):
    assert read(said).doubts == ()


# ---- text that is no sentence

pieces = st.sampled_from([*"1230/.~-:월일한두세반정시분간부터까지 \n\0💊\ud800½", "처음", "그다음", "식후", "하루", "아침", "마다", "2/30부터", "9999년 12월 31일부터", "99:99", "#0", "0정", "q0h"])  # fmt: skip


@settings(max_examples=1500)
@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=25).map("".join)))
def test_no_text_breaks_the_reader(text):
    answer = parse(text, today=TODAY)
    assert isinstance(answer, (Parsed, NotUnderstood))
    assert "\0" not in answer.name + answer.rest
    (answer.name + answer.rest).encode()


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from([sentence for sentence, _, _ in PRESCRIPTIONS]), min_size=1, max_size=4).map(" ".join),
    st.data(),
)
def test_prescriptions_cut_and_joined_anywhere_do_not_break_the_reader(text, data):
    low = data.draw(st.integers(0, len(text)))
    assert isinstance(parse(text[low:], today=TODAY), (Parsed, NotUnderstood))
    assert isinstance(parse(text[:low], today=date.max), (Parsed, NotUnderstood))


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1/", "한", "월", "월,", "아침", "1정", "2정 3일 ", "처음", "그다음", "11/22 ", "1일", "½", "ﷺ", "08:00 ", "1-0-1", " ", "\0",
     "💊", "\ud800", "q ", "a", "십", "하루", "열날 때 ", "8시간마다 ", "매", "(", "~", "아침저녁 식후 30분 1정씩 7일 "],
)  # fmt: skip
def test_ten_thousand_bytes_are_read_at_once(piece):
    text = (piece * 10_000)[: 10_000 // len(piece.encode(errors="surrogatepass")) * len(piece)]
    spent = []
    for _ in range(5):
        begun = clock.process_time()
        answer = parse(text, today=TODAY)
        spent.append(clock.process_time() - begun)
    assert isinstance(answer, (Parsed, NotUnderstood))
    assert min(spent) <= 0.05


def test_what_is_too_long_to_be_a_sentence_is_left_over():
    parsed = read("아침 식후 30분 1정" + " " * LONGEST + "저녁")
    assert anchors("아침 식후 30분 1정" + " " * LONGEST + "저녁") == [AtMeal("breakfast", "after", 30)]
    assert parsed.rest == "저녁"
