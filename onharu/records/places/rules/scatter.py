"""A map without a map: where the near ones lie, seen from the middle, north up, on rings of round distances.

Every dot lies at its true bearing and distance, except where two would cover each other: the later one then goes to
the nearest free spot. All lengths are units of the picture (its viewBox is `0 0 size size`), and at `LEAST_SIZE` a
unit is a CSS pixel on the narrowest phone. Plain Python; the same places always give the same picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import asin, atan2, ceil, cos, hypot, isfinite, pi, radians, sin, sqrt
from typing import Protocol

EARTH_M = 6_371_008.8
LEAST_SIZE = 320
# Middles of two dots are at least this far apart at LEAST_SIZE, and so each can be told from the next.
GAP = 24.0
DOT_RADIUS = 11.0
# So many dots find a free spot wherever they lie: 26 circles of radius GAP, with the middle's, do not cover the disc.
MOST_DOTS = 25
# Round distances in metres; the outermost ring is the first that holds the farthest point.
ROUND_M = (50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000)
# Rings are told apart when they lie at least this share of the rim from each other.
RING_STEP = 0.25
MOST_RINGS = 3
# Words of a ring stand where they are farthest from dots: one of these bearings, in degrees.
LABEL_BEARINGS = tuple(range(15, 360, 15))
# Rounding to a tenth moves two dots towards each other by less than this.
HAIR = 0.15
SPIRAL_STEP = 1.5
# The letter for north stands in the upper right corner, where no dot reaches.
NORTH_CORNER = 18.0


class Point(Protocol):
    """Anything that lies somewhere, in degrees of WGS84."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the picture: x to the right, y down."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle around the middle: its radius in the picture, what it stands for, and where its words stand."""

    metres: int
    radius: float
    label: str
    at: Spot


@dataclass(frozen=True, slots=True)
class Dot:
    """One place. `number` counts from 1 in the order given.

    `beyond`: farther away than the rim, drawn on it. `moved`: pushed aside, because another one lies there.
    """

    number: int
    x: float
    y: float
    metres: float
    bearing: float
    beyond: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture. `left_out` places beyond the first `MOST_DOTS` have no dot; lists have them all.

    `north` is where the letter of the compass stands, in the upper right corner.
    """

    size: float
    middle: Spot
    rim: float
    dot_radius: float
    rings: tuple[Ring, ...]
    dots: tuple[Dot, ...]
    north: Spot
    left_out: int = 0


def scatter(me: Point, points: Sequence[Point], *, size: float = LEAST_SIZE, reach_m: int | None = None) -> Drawing:
    """Lay the picture out; `points` in the order of their numbers, nearest first for the truest picture.

    `reach_m`: where the rim lies at the farthest, in metres; what lies beyond is drawn on the rim.
    """
    shown = points[:MOST_DOTS]
    seen = [(distance_m(me, point), bearing_of(me, point)) for point in shown]
    unit = size / LEAST_SIZE
    middle, rim = Spot(size / 2, size / 2), size / 2 - (DOT_RADIUS + 1) * unit
    rim_m = _rim_m(max((metres for metres, _ in seen), default=0.0), reach_m)
    dots = _dots(seen, middle, rim, rim_m, unit)
    return Drawing(
        size=size,
        middle=middle,
        rim=_tenth(rim),
        dot_radius=_tenth(DOT_RADIUS * unit),
        rings=_rings(middle, rim, rim_m, dots),
        dots=dots,
        north=Spot(_tenth(size - NORTH_CORNER * unit), _tenth(NORTH_CORNER * unit)),
        left_out=len(points) - len(shown),
    )


def distance_m(here: Point, there: Point) -> float:
    """Measure the crow's flight in metres, on a sphere."""
    one, other = radians(here.latitude), radians(there.latitude)
    north, east = sin((other - one) / 2), sin(radians(there.longitude - here.longitude) / 2)
    metres = 2 * EARTH_M * asin(sqrt(min(1.0, north * north + cos(one) * cos(other) * east * east)))
    return metres if isfinite(metres) else 0.0


def bearing_of(here: Point, there: Point) -> float:
    """Tell in which direction somebody sets out, in radians from north to the east, 0 to 2π; 0 for the same place."""
    one, other = radians(here.latitude), radians(there.latitude)
    apart = radians(there.longitude - here.longitude)
    east, north = sin(apart) * cos(other), cos(one) * sin(other) - sin(one) * cos(other) * cos(apart)
    return atan2(east, north) % (2 * pi)


def distance_words(metres: int) -> str:
    """Write a round distance: "200 m", "1 km"."""
    return f"{metres // 1000} km" if metres >= 1000 and metres % 1000 == 0 else f"{metres} m"


def _rim_m(farthest: float, reach_m: int | None) -> float:
    """Choose what the rim stands for: the first round distance that holds every point, not beyond the reach."""
    held = next((one for one in ROUND_M if one >= farthest), None)
    whole = float(held) if held else ceil(farthest / 10_000) * 10_000.0
    return min(whole, float(reach_m)) if reach_m else whole


def _dots(seen: list[tuple[float, float]], middle: Spot, rim: float, rim_m: float, unit: float) -> tuple[Dot, ...]:
    taken = [middle]
    dots = []
    for number, (metres, bearing) in enumerate(seen, 1):
        radius = rim * min(1.0, metres / rim_m)
        wanted = Spot(middle.x + radius * sin(bearing), middle.y - radius * cos(bearing))
        spot = next(one for one in _spots(wanted, middle, rim, unit) if _is_free(one, taken, GAP * unit + HAIR))
        taken.append(spot)
        dots.append(
            Dot(
                number=number,
                x=_tenth(spot.x),
                y=_tenth(spot.y),
                metres=metres,
                bearing=bearing,
                beyond=metres > rim_m,
                moved=spot is not wanted,
            )
        )
    return tuple(dots)


def _spots(wanted: Spot, middle: Spot, rim: float, unit: float) -> Iterator[Spot]:
    """Offer the wanted spot, then those inside the rim that lie ever farther from it."""
    yield wanted
    step = SPIRAL_STEP * unit
    for turn in range(1, ceil(2 * rim / step) + 1):
        radius = turn * step
        count = max(8, ceil(2 * pi * radius / (2 * step)))
        # Outwards first, so that a crowd opens away from the middle.
        outwards = atan2(wanted.y - middle.y, wanted.x - middle.x)
        for index in range(count):
            side = (index + 1) // 2 * (1 if index % 2 else -1)
            angle = outwards + 2 * pi * side / count
            spot = Spot(wanted.x + radius * cos(angle), wanted.y + radius * sin(angle))
            if hypot(spot.x - middle.x, spot.y - middle.y) <= rim:
                yield spot


def _is_free(spot: Spot, taken: Sequence[Spot], gap: float) -> bool:
    return all(hypot(spot.x - one.x, spot.y - one.y) >= gap for one in taken)


def _rings(middle: Spot, rim: float, rim_m: float, dots: Sequence[Dot]) -> tuple[Ring, ...]:
    """Choose two or three round distances that lie well apart, the outermost first, and place their words."""
    chosen: list[int] = []
    for metres in reversed([one for one in (*ROUND_M, int(rim_m)) if one <= rim_m]):
        if not chosen or (chosen[-1] - metres) / rim_m >= RING_STEP:
            chosen.append(metres)
    rings: list[Ring] = []
    for metres in sorted(chosen[:MOST_RINGS]):
        radius = rim * metres / rim_m
        spot = _label_spot(middle, radius, dots, rings)
        rings.append(Ring(metres, _tenth(radius), distance_words(metres), spot))
    return tuple(rings)


def _label_spot(middle: Spot, radius: float, dots: Sequence[Dot], rings: Sequence[Ring]) -> Spot:
    """Find the place on a ring that is farthest from dots and other words."""
    others = [*(Spot(dot.x, dot.y) for dot in dots), *(ring.at for ring in rings), middle]

    def room(spot: Spot) -> float:
        return min(hypot(spot.x - one.x, spot.y - one.y) for one in others)

    angles = (radians(degrees) for degrees in LABEL_BEARINGS)
    # A word near the side must not stand out of the picture, so words stand a little inside of their ring.
    spots = [Spot(middle.x + radius * 0.97 * sin(one), middle.y - radius * 0.97 * cos(one)) for one in angles]
    inside = [spot for spot in spots if abs(spot.x - middle.x) <= middle.x * 0.8]
    best = max(inside, key=room)
    return Spot(_tenth(best.x), _tenth(best.y))


def _tenth(length: float) -> float:
    return round(length, 1)
