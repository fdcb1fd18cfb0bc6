"""Distances between places, in plain Python: the earth as a sphere of the mean radius.

A sphere is at most 0.5 % off the true ellipsoid; at the distances asked for here (20 km) that is less than the
difference between the crow's flight and any street.
"""

from __future__ import annotations

from math import asin, ceil, cos, degrees, radians, sin, sqrt

from onharu.catalog.pharmacies.rules.facts import Place

# Mean radius (2a + b) / 3 of WGS84 in metres.
EARTH_M = 6_371_008.8
# A box around all of Korea, islands included; what lies outside was mistyped and counts as not known.
LATITUDES, LONGITUDES = (32.8, 38.9), (124.3, 132.1)
# Streets bend: people walk about 1.3 times the crow's flight in towns (detour index of 1.2 to 1.4 in street
# networks), at 4 km an hour, which is 67 m a minute. An estimate: pages say "직선거리로 어림".
DETOUR = 1.3
METRES_A_MINUTE = 67
# Boxes are wider by this many degrees (about a centimetre), so that rounding never leaves a place on the rim out.
HAIR = 1e-7


def haversine_m(here: Place, there: Place) -> float:
    """Measure the crow's flight in metres."""
    one, other = radians(here.latitude), radians(there.latitude)
    north = sin((other - one) / 2)
    east = sin(radians(there.longitude - here.longitude) / 2)
    return 2 * EARTH_M * asin(sqrt(min(1.0, north * north + cos(one) * cos(other) * east * east)))


def on_sphere(place: Place) -> tuple[float, float, float]:
    """Put a place on a sphere of radius 1: straight lines between such points order places by true distance."""
    latitude, longitude = radians(place.latitude), radians(place.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def chord_squared(metres: float) -> float:
    """Turn a distance into the square of the straight line between two points on the sphere of radius 1."""
    half = min(metres / (2 * EARTH_M), radians(90))
    return 4 * sin(half) * sin(half)


def metres_of(chord2: float) -> float:
    """Turn the square of such a line back into metres."""
    return 2 * EARTH_M * asin(min(1.0, sqrt(max(0.0, chord2)) / 2))


def box(place: Place, metres: float) -> tuple[float, float, float, float]:
    """Bound everything within so many metres: lowest and highest latitude, lowest and highest longitude, in degrees.

    The longitudes are those of the meridians that touch the circle, which lie a little outside of its middle's.
    """
    angle = metres / EARTH_M
    high = degrees(angle) + HAIR
    narrow = cos(radians(place.latitude))
    wide = 180.0 if narrow <= sin(min(angle, radians(90))) else degrees(asin(sin(angle) / narrow)) + HAIR
    return place.latitude - high, place.latitude + high, place.longitude - wide, place.longitude + wide


def walk_minutes(metres: float) -> int:
    """Estimate minutes on foot, rounded up; next door takes one."""
    return max(1, ceil(metres * DETOUR / METRES_A_MINUTE))


def in_korea(place: Place) -> bool:
    """Tell whether a place lies in the box around Korea; what is no number lies nowhere."""
    return LATITUDES[0] <= place.latitude <= LATITUDES[1] and LONGITUDES[0] <= place.longitude <= LONGITUDES[1]
