"""Distances on a sphere."""

from math import isclose, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onharu.catalog.pharmacies.public import Place, haversine_m, in_korea, walk_minutes
from onharu.catalog.pharmacies.rules.geo import box, chord_squared, metres_of, on_sphere

SEOUL_STATION, BUSAN_STATION = Place(37.5547, 126.9707), Place(35.1151, 129.0410)
korean = st.builds(Place, st.floats(32.8, 38.9), st.floats(124.3, 132.1))


def test_two_stations_are_as_far_apart_as_maps_say():
    assert haversine_m(SEOUL_STATION, BUSAN_STATION) == pytest.approx(328_000, rel=0.005)
    assert haversine_m(SEOUL_STATION, SEOUL_STATION) == 0


def test_a_degree_to_the_north_is_a_360th_of_a_meridian():
    assert haversine_m(Place(37, 127), Place(38, 127)) == pytest.approx(111_195, abs=1)


def test_half_way_round_the_earth_is_no_error():
    assert haversine_m(Place(0, 0), Place(0, 180)) == pytest.approx(20_015_115, abs=1)


@given(korean, korean)
def test_the_line_through_the_earth_orders_as_distance_does(here, there):
    one, other = on_sphere(here), on_sphere(there)
    chord2 = sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
    assert isclose(metres_of(chord2), haversine_m(here, there), rel_tol=1e-6, abs_tol=0.01)
    assert isclose(chord_squared(haversine_m(here, there)), chord2, rel_tol=1e-6, abs_tol=1e-15)


@given(korean, korean, st.floats(1, 50_000))
def test_whoever_is_within_so_many_metres_is_in_the_box(here, there, metres):
    near = Place(
        here.latitude + (there.latitude - here.latitude) / 20, here.longitude + (there.longitude - here.longitude) / 20
    )
    assume(haversine_m(here, near) <= metres)
    south, north, west, east = box(here, metres)
    assert south <= near.latitude <= north
    assert west <= near.longitude <= east


@given(st.floats(0, 20_000_000), st.floats(-90, 90))
def test_a_box_can_be_drawn_anywhere(metres, latitude):
    south, north, west, east = box(Place(latitude, 127), metres)
    assert south < north
    assert west < east


@pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (51, 1), (52, 2), (500, 10), (2000, 39)])
def test_minutes_on_foot_are_rounded_up(metres, minutes):
    assert walk_minutes(metres) == minutes


def test_only_korea_is_korea():
    assert in_korea(SEOUL_STATION)
    assert in_korea(Place(33.1, 126.27))
    assert in_korea(Place(37.24, 131.86))
    for place in (Place(0, 0), Place(35.68, 139.69), Place(nan, 127), Place(37, nan), Place(37, float("inf"))):
        assert not in_korea(place)
