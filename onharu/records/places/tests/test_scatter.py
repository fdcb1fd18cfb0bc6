"""The drawn map: true where it can be, readable always, the same every time."""

from dataclasses import dataclass, fields, is_dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onharu.catalog.pharmacies.public import Place, haversine_m
from onharu.records.places.rules import scatter as rules
from onharu.records.places.rules.scatter import GAP, MOST_DOTS, ROUND_M, bearing_of, distance_words, scatter

ME = Place(37.4979, 127.0276)


def at(metres, bearing, me=ME):
    """The place so many metres away in a direction (degrees)."""
    north, east = metres * cos(radians(bearing)), metres * sin(radians(bearing))
    return Place(
        me.latitude + degrees(north / rules.EARTH_M),
        me.longitude + degrees(east / rules.EARTH_M / cos(radians(me.latitude))),
    )


def gaps(drawing):
    dots = [*drawing.dots, drawing.middle]
    return [hypot(a.x - b.x, a.y - b.y) for n, a in enumerate(dots) for b in dots[:n]]


def off(dot, drawing):
    """How far a dot's direction is from the true one, in radians."""
    drawn = bearing_in(dot, drawing)
    return abs((drawn - dot.bearing + pi) % (2 * pi) - pi)


def bearing_in(dot, drawing):
    return atan2(dot.x - drawing.middle.x, drawing.middle.y - dot.y) % (2 * pi)


near_me = st.builds(at, st.floats(0, 21_000), st.floats(0, 360))
crowd = st.builds(at, st.floats(0, 60), st.floats(0, 360))
crowds = st.lists(st.one_of(near_me, crowd), max_size=MOST_DOTS)
sizes = st.sampled_from([320, 400, 1000])


@given(crowds, sizes)
@settings(max_examples=150, deadline=None)
def test_no_two_dots_cover_each_other_nor_the_middle(points, size):
    drawing = scatter(ME, points, size=size)
    assert len(drawing.dots) == len(points)
    assert all(gap >= GAP * size / 320 for gap in gaps(drawing))


@given(crowds, sizes)
@settings(max_examples=150, deadline=None)
def test_every_dot_lies_wholly_inside_the_picture(points, size):
    drawing = scatter(ME, points, size=size)
    edge = drawing.dot_radius
    for dot in drawing.dots:
        assert edge <= dot.x <= size - edge
        assert edge <= dot.y <= size - edge
        assert hypot(dot.x - drawing.middle.x, dot.y - drawing.middle.y) <= drawing.rim + 0.15


@given(crowds)
@settings(max_examples=150, deadline=None)
def test_a_dot_that_need_not_move_lies_at_its_true_bearing_and_distance(points):
    drawing = scatter(ME, points)
    rim_m = max(ring.metres for ring in drawing.rings)
    for dot in drawing.dots:
        if dot.moved:
            continue
        length = hypot(dot.x - drawing.middle.x, dot.y - drawing.middle.y)
        assert length == pytest.approx(drawing.rim * min(1, dot.metres / rim_m), abs=0.3)
        assert off(dot, drawing) <= 0.1 / length + 0.005


@given(crowds)
@settings(max_examples=60, deadline=None)
def test_numbers_keep_the_order_given_and_the_same_places_give_the_same_picture(points):
    drawing = scatter(ME, points)
    assert [dot.number for dot in drawing.dots] == list(range(1, len(points) + 1))
    assert [dot.metres for dot in drawing.dots] == pytest.approx([haversine_m(ME, one) for one in points], abs=0.01)
    assert scatter(ME, list(points)) == drawing


@given(st.lists(near_me, max_size=3))
@settings(max_examples=60, deadline=None)
def test_the_first_moves_only_off_the_middle(points):
    for dot in scatter(ME, points).dots[:1]:
        drawn = dot.metres / next(one for one in (*ROUND_M, 30_000) if one >= max(distances(points))) * 148
        assert dot.moved == (drawn < GAP + rules.HAIR)


def distances(points):
    return [haversine_m(ME, one) for one in points]


def test_twenty_five_at_one_door_all_find_a_spot_near_it():
    drawing = scatter(ME, [at(400, 90)] * MOST_DOTS)
    assert len(drawing.dots) == MOST_DOTS
    assert min(gaps(drawing)) >= GAP
    assert [dot.moved for dot in drawing.dots] == [False] + [True] * (MOST_DOTS - 1)
    first = drawing.dots[0]
    assert max(hypot(dot.x - first.x, dot.y - first.y) for dot in drawing.dots) < 160


def test_twenty_five_where_somebody_stands_are_drawn_around_them():
    drawing = scatter(ME, [ME] * MOST_DOTS)
    assert min(gaps(drawing)) >= GAP
    assert all(dot.moved for dot in drawing.dots)


def test_more_than_can_be_told_apart_are_left_to_the_list():
    drawing = scatter(ME, [at(100 + n, n * 7) for n in range(60)])
    assert (len(drawing.dots), drawing.left_out) == (MOST_DOTS, 35)


@pytest.mark.parametrize(
    ("bearing", "x", "y"), [(0, 160, -1), (90, 1, 160), (180, 160, 1), (270, -1, 160)], ids=["north", "east", "south", "west"]
)  # fmt: skip
def test_north_is_up_and_east_is_right(bearing, x, y):
    (dot,) = scatter(ME, [at(400, bearing)]).dots
    assert (dot.x, dot.y) == (pytest.approx(x if x == 160 else 160 + x * 118.4, abs=0.3), pytest.approx(y if y == 160 else 160 + y * 118.4, abs=0.3))  # fmt: skip


@given(crowds, sizes)
@settings(max_examples=60, deadline=None)
def test_the_letter_for_north_stands_in_a_corner_that_no_dot_reaches(points, size):
    drawing = scatter(ME, points, size=size)
    north = drawing.north
    assert (north.x, north.y) == (
        pytest.approx(size - 18 * size / 320, abs=0.1),
        pytest.approx(18 * size / 320, abs=0.1),
    )
    room = drawing.dot_radius + 8 * size / 320
    assert all(hypot(dot.x - north.x, dot.y - north.y) > room for dot in drawing.dots)


@pytest.mark.parametrize(
    ("farthest", "labels"),
    [
        (30, ["50 m"]),
        (80, ["50 m", "100 m"]),
        (190, ["50 m", "100 m", "200 m"]),
        (300, ["100 m", "200 m", "300 m"]),
        (450, ["100 m", "300 m", "500 m"]),
        (730, ["200 m", "500 m", "1 km"]),
        (1_800, ["500 m", "1 km", "2 km"]),
        (2_500, ["1 km", "2 km", "3 km"]),
        (4_900, ["1 km", "3 km", "5 km"]),
        (9_000, ["2 km", "5 km", "10 km"]),
        (19_000, ["5 km", "10 km", "20 km"]),
        (27_000, ["10 km", "20 km", "30 km"]),
    ],
)
def test_rings_are_round_distances_up_to_the_farthest(farthest, labels):
    drawing = scatter(ME, [at(farthest, 40), at(farthest / 3, 200)])
    assert [ring.label for ring in drawing.rings] == labels
    assert drawing.rings[-1].radius == drawing.rim
    assert not any(dot.beyond for dot in drawing.dots)


def test_what_lies_beyond_the_reach_is_drawn_on_the_rim_in_its_direction():
    drawing = scatter(ME, [at(150, 45), at(3_000, 200)], reach_m=500)
    assert [ring.label for ring in drawing.rings][-1] == "500 m"
    close, far = drawing.dots
    assert (close.beyond, far.beyond) == (False, True)
    assert hypot(far.x - 160, far.y - 160) == pytest.approx(drawing.rim, abs=0.1)
    assert off(far, drawing) < 0.01


def test_nothing_near_is_an_empty_picture_with_rings():
    drawing = scatter(ME, [])
    assert drawing.dots == ()
    assert [ring.label for ring in drawing.rings] == ["50 m"]


@given(crowds)
@settings(max_examples=60, deadline=None)
def test_words_of_rings_stand_inside_the_picture_and_apart(points):
    drawing = scatter(ME, points)
    for ring in drawing.rings:
        assert 20 <= ring.at.x <= 300
        assert 10 <= ring.at.y <= 310
    spots = [ring.at for ring in drawing.rings]
    assert all(hypot(a.x - b.x, a.y - b.y) > 15 for n, a in enumerate(spots) for b in spots[:n])


def test_bearings_are_those_of_published_tables():
    # Seoul station to Busan station: about 325 km, towards the south-east.
    seoul, busan = Place(37.5547, 126.9707), Place(35.1151, 129.0415)
    assert rules.distance_m(seoul, busan) == pytest.approx(haversine_m(seoul, busan))
    assert degrees(bearing_of(seoul, busan)) == pytest.approx(145.1, abs=0.5)
    assert bearing_of(seoul, seoul) == 0


@pytest.mark.parametrize(
    ("metres", "words"), [(50, "50 m"), (500, "500 m"), (1000, "1 km"), (1500, "1500 m"), (20_000, "20 km")]
)
def test_distances_are_written_as_people_write_them(metres, words):
    assert distance_words(metres) == words


def test_places_may_be_anything_that_lies_somewhere():
    @dataclass
    class Elsewhere:
        latitude: float
        longitude: float

    assert len(scatter(Elsewhere(37.5, 127.0), [Elsewhere(37.501, 127.0)]).dots) == 1


def test_the_picture_says_only_numbers_and_words():
    def values(one):
        return [leaf for field in fields(one) for leaf in leaves(getattr(one, field.name))]

    def leaves(value):
        if isinstance(value, tuple):
            return [leaf for one in value for leaf in leaves(one)]
        return values(value) if is_dataclass(value) else [value]

    drawing = scatter(ME, [at(100, 30), at(120, 31)])
    assert {type(leaf) for leaf in values(drawing)} <= {int, float, bool, str}
