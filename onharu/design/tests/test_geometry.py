"""The arithmetic of a meter's drawing."""

import pytest

from onharu.design.geometry import meter_geometry


def test_a_value_below_its_target_fills_its_share():
    drawn = meter_geometry(percent=62, over=False)
    assert (drawn.fill, drawn.over, drawn.target_mark) == ("62", None, None)
    assert drawn.fill_dash == "62 100"


def test_a_target_that_was_reached_fills_the_bar_and_marks_nothing_as_over():
    drawn = meter_geometry(percent=124, over=False)
    assert (drawn.fill, drawn.over) == ("100", None)


def test_what_lies_over_the_target_stays_visible_behind_a_mark():
    drawn = meter_geometry(percent=125, over=True)
    assert (drawn.fill, drawn.target_mark, drawn.over) == ("80", "80", "20")
    assert (drawn.fill_dash, drawn.over_dash) == ("100 100", "25 100")


@pytest.mark.parametrize("percent", [101, 136.4, 200, 999])
def test_the_two_parts_never_leave_the_bar(percent):
    drawn = meter_geometry(percent=percent, over=True)
    assert drawn.over is not None
    assert float(drawn.fill) + float(drawn.over) == pytest.approx(100, abs=0.1)


def test_beyond_twice_the_target_the_drawing_stops_and_the_number_goes_on():
    twice, more = meter_geometry(percent=200, over=True), meter_geometry(percent=700, over=True)
    assert (twice.fill, twice.over) == (more.fill, more.over) == ("50", "50")
    assert more.now == more.highest == 700


def test_nothing_known_draws_an_empty_track():
    drawn = meter_geometry(percent=None, over=False)
    assert (drawn.fill, drawn.now, drawn.highest) == ("0", 0, 100)


def test_a_negative_value_draws_nothing():
    assert meter_geometry(percent=-5, over=True).fill == "0"


def test_the_lower_end_of_a_range_moves_with_the_scale():
    assert meter_geometry(percent=62, over=False, floor_percent=76).floor_mark == "76"
    assert meter_geometry(percent=200, over=True, floor_percent=76).floor_mark == "38"


def test_lengths_have_a_dot_and_no_trailing_zeros():
    assert meter_geometry(percent=33.333, over=False).fill == "33.3"
    assert meter_geometry(percent=50.0, over=False).fill == "50"
