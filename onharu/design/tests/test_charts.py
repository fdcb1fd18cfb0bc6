"""The arithmetic of charts, and what their drawing says."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from onharu.design.charts import Series, Slot, Target, bar_chart, line_chart
from onharu.design.scales import scale_of

WEEK = [Slot(f"11.{day}", f"11월 {day}일", day) for day in range(16, 23)]


def line(values, **more):
    return line_chart(title="체중", unit="kg", slots=WEEK[: len(values)], series=[Series("체중", values)], **more)


def bars(values, **more):
    return bar_chart(title="나트륨", unit="mg", slots=WEEK[: len(values)], series=[Series("나트륨", values)], **more)


def drawn(chart, **context):
    return render_to_string("design/chart.html", {"chart": chart, **context})


def percent(length):
    return float(length.rstrip("%"))


def test_a_line_does_not_pass_over_what_is_unknown():
    (drawing,) = line([60, 61, None, 62, 63]).lines
    assert drawing.path.count("M") == 2
    assert len(drawing.marks) == 4


def test_a_value_between_two_gaps_keeps_its_mark_where_marks_are_left_out():
    chart = line_chart(title="", unit="", slots=WEEK[:3], series=[Series("평균", [None, 61, None], marks=False)])
    assert chart.lines[0].path == ""
    assert len(chart.lines[0].marks) == 1


def test_slots_stand_by_their_distance():
    slots = [Slot("a", at=0), Slot("b", at=1), Slot("c", at=10)]
    chart = line_chart(title="", unit="", slots=slots, series=[Series("", [1, 2, 3])])
    first, second, third = (percent(mark.x) for mark in chart.lines[0].marks)
    assert second - first == pytest.approx((third - first) / 10, abs=0.1)


def test_the_highest_value_is_highest_on_the_screen():
    chart = line([60, 65, 62])
    assert min(chart.lines[0].marks, key=lambda mark: percent(mark.y)) == chart.lines[0].marks[1]


def test_bars_begin_at_zero_and_an_unknown_has_none():
    chart = bars([2000, None, 1000])
    assert chart.heights[0].words == "0"
    assert len(chart.bars) == 2
    tall, short = (percent(bar.height) for bar in chart.bars)
    assert tall == pytest.approx(2 * short, abs=0.1)


def test_a_bar_of_zero_is_seen_and_so_differs_from_an_unknown():
    (bar, _) = bars([0, 500, None]).bars
    assert 0 < percent(bar.height) < 3


def test_two_rows_of_bars_stand_side_by_side():
    chart = bar_chart(title="", unit="", slots=WEEK[:1], series=[Series("a", [1]), Series("b", [1])])
    first, second = chart.bars
    assert percent(first.x) + percent(first.width) == pytest.approx(percent(second.x), abs=0.02)


def test_a_target_is_within_the_drawing_even_when_no_value_is_near():
    chart = line([60, 61], target=Target("목표 55 kg", low=55))
    assert chart.target is not None
    assert chart.target.height is None
    assert percent(chart.target.y) > percent(chart.lines[0].marks[0].y)


def test_a_range_is_a_band_from_its_upper_to_its_lower_end():
    band = line([60, 63], target=Target("목표", low=60, high=62)).target
    assert band is not None
    assert band.height is not None
    assert percent(band.height) > 10


def test_what_is_known_is_counted_and_gaps_too():
    chart = line([60, None, 62.5], decimals=1)
    assert (chart.n, chart.gaps) == (2, 1)
    assert (chart.lowest, chart.highest, chart.last, chart.last_where) == ("60.0", "62.5", "62.5", "11월 18일")


def test_a_long_axis_keeps_five_words_and_its_two_ends():
    slots = [Slot(str(index)) for index in range(90)]
    chart = line_chart(title="", unit="", slots=slots, series=[Series("", [1] * 90)])
    assert [word.words for word in chart.places][:: len(chart.places) - 1] == ["0", "89"]
    assert len(chart.places) == 5
    assert [word.spare for word in chart.places] == [False, True, False, True, False]
    assert chart.lines[0].marks == ()


def test_a_week_names_all_its_days():
    chart = bars([1, 2, 3, 4, 5, 6, 7])
    assert len(chart.places) == 7
    assert [word.spare for word in chart.places] == [False, True, False, True, False, True, False]


def test_labels_of_days_that_lie_close_do_not_run_into_each_other():
    slots = [Slot(str(at), at=at) for at in (0, 1, 2, 3, 50, 99, 100)]
    chart = line_chart(title="", unit="", slots=slots, series=[Series("", [1] * 7)])
    assert [word.words for word in chart.places] == ["0", "50", "100"]


def test_a_single_value_stands_in_the_middle_with_its_word():
    chart = line_chart(title="", unit="", slots=[Slot("11.22", at=5)], series=[Series("", [60])])
    assert [(word.at, word.words, word.anchor) for word in chart.places] == [("50%", "11.22", "middle")]


def test_the_table_has_every_slot_newest_first_and_says_unknown():
    chart = line([Decimal("60.25"), None], decimals=1)
    assert [row.words for row in chart.rows] == ["11월 17일", "11월 16일"]
    assert [row.values for row in chart.rows] == [("",), ("60.2",)]
    page = drawn(chart)
    assert "정보 없음" in page
    assert page.count('<th scope="row">') == 2


def test_a_chart_reads_as_one_sentence():
    page = drawn(line([60, 62], target=Target("목표 61 kg", low=61)))
    (sentence,) = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert "기록 2개" in sentence
    assert "가장 낮은 값 60 kg" in sentence
    assert "11월 17일 62 kg" in sentence
    assert "목표 61 kg" in sentence
    assert 'aria-label="내 문장"' in drawn(line([60]), sentence="내 문장")


def test_a_second_line_is_told_apart_by_dash_and_mark():
    chart = line_chart(title="", unit="", slots=WEEK[:2], series=[Series("a", [1, 2]), Series("b", [2, 1])])
    page = drawn(chart)
    assert "chart-line-2" in page
    assert 'class="chart-mark chart-mark-2" d="M-4 -4' in page
    assert page.count("<li>") == 2


def test_a_second_row_of_bars_is_hatched():
    chart = bar_chart(title="", unit="", slots=WEEK[:2], series=[Series("a", [1, 2]), Series("b", [2, 1])])
    assert drawn(chart).count('fill="url(#hatch-second)"') == 3  # two bars and the key


def test_nothing_to_draw_is_said_and_not_drawn():
    page = drawn(line([None, None]))
    assert "아직 그릴 기록이 없어요" in page
    assert "<svg" not in page


def test_gaps_are_said():
    assert "빈 곳 1개는 기록이 없어요." in drawn(line([60, None, 61]))
    assert "빈 곳" not in drawn(line([60, 61]))


def test_a_chart_speaks_english_and_keeps_its_dots():
    with translation.override("en"):
        page = drawn(line([60.5, None], decimals=1))
    assert "1 reading" in page
    assert "Show as a table" in page
    assert not re.search("[가-힣]", page.replace("체중", "").replace("11월 16일", "").replace("11월 17일", ""))
    with translation.override("de"):
        assert not re.search(r'(?:x|y|cx|cy|width|height|d)="[^"]*,', drawn(line([60.5, 61.2], decimals=1)))


def test_words_of_people_cannot_leave_their_attribute():
    chart = line_chart(title='"><b>', unit="", slots=WEEK[:1], series=[Series("<i>", [1])])
    assert "<b>" not in drawn(chart)
    assert "<i>" not in drawn(chart)


KNOWN = st.one_of(st.none(), st.floats(0, 1e6, allow_nan=False), st.integers(0, 10_000))


@given(values=st.lists(KNOWN, min_size=1, max_size=7))
def test_whatever_is_drawn_stays_within_the_plot(values):
    for bar in bars(values).bars:
        assert percent(bar.x) >= 0
        assert percent(bar.x) + percent(bar.width) <= 100.1
        assert percent(bar.y) >= -0.01
        assert percent(bar.y) + percent(bar.height) == pytest.approx(100, abs=0.02)
    for mark in line(values).lines[0].marks:
        assert 0 <= percent(mark.x) <= 100
        assert 0 <= percent(mark.y) <= 100


@given(values=st.lists(st.floats(-1e5, 1e6, allow_nan=False), max_size=20), from_zero=st.booleans())
def test_the_axis_is_short_round_and_holds_every_value(values, from_zero):
    scale = scale_of(values, from_zero=from_zero)
    assert 2 <= len(scale.words()) <= 7
    assert len({words for _, words in scale.words()}) == len(scale.words())
    for value in values:
        assert scale.low - 1e-6 * scale.step <= value <= scale.high + 1e-6 * scale.step


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([62.4, 63.8], ["62.0", "62.5", "63.0", "63.5", "64.0"]),
        ([0, 3120], ["0", "1,000", "2,000", "3,000", "4,000"]),
        ([118, 131], ["115", "120", "125", "130", "135"]),
        ([0.3], ["0.0", "0.5", "1.0", "1.5"]),
    ],
)
def test_the_axis_says_round_numbers(values, words):
    assert [word for _, word in scale_of(values, from_zero=False).words()] == words
