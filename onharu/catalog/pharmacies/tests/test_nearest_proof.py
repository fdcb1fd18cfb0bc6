"""The nearest are the nearest: 10,000 random questions against distances measured to every pharmacy one by one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pytest

from onharu.catalog.pharmacies.models import Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import Place, holidays_around, nearby, told
from onharu.catalog.pharmacies.rules.geo import EARTH_M, on_sphere
from onharu.catalog.pharmacies.rules.hours import SEOUL, spell
from onharu.catalog.pharmacies.tests.hours_table import WEEKS, week_of

QUESTIONS, PHARMACIES, SEED = 10_000, 3_000, 20_261_122
CITIES = [(37.55, 126.98), (35.16, 129.06), (35.87, 128.6), (37.46, 126.7), (35.15, 126.85), (36.35, 127.38)]
INSTANTS = [datetime(2026, 12, 21, tzinfo=SEOUL) + timedelta(hours=7 * n, minutes=11 * n) for n in range(36)]


@dataclass
class Shelf:
    ids: np.ndarray
    latitudes: np.ndarray
    longitudes: np.ndarray
    states: dict

    def metres(self, place):
        """Haversine in another language than the one under test."""
        one, others = np.radians(place.latitude), np.radians(self.latitudes)
        north = np.sin((others - one) / 2) ** 2
        east = np.sin((np.radians(self.longitudes) - np.radians(place.longitude)) / 2) ** 2
        return 2 * EARTH_M * np.arcsin(np.sqrt(north + np.cos(one) * np.cos(others) * east))


def some_place(dice):
    if dice.random() < 0.15:
        return Place(dice.uniform(34.4, 38.2), dice.uniform(126.4, 129.3))
    latitude, longitude = dice.choice(CITIES)
    spread = dice.choice([0.01, 0.04, 0.15])
    return Place(dice.gauss(latitude, spread), dice.gauss(longitude, spread))


@pytest.fixture
def shelf(db):
    dice = random.Random(SEED)
    names = list(WEEKS)
    kept = {name: WeekHours.objects.create(text=spell(week_of(name))) for name in names}
    rows, chosen = [], []
    while len(rows) < PHARMACIES:
        # One in ten stands in the same building as the one before: the same place to the last digit.
        place = (rows and dice.random() < 0.1 and Place(rows[-1].latitude, rows[-1].longitude)) or some_place(dice)
        week = dice.choice([*names, None, None, None])
        x, y, z = on_sphere(place)
        chosen.append(week)
        rows.append(
            Pharmacy(
                name=f"약국 {len(rows)}",
                latitude=place.latitude,
                longitude=place.longitude,
                x=x,
                y=y,
                z=z,
                week=week and kept[week],
                source="시험",
            )
        )
    Pharmacy.objects.bulk_create(rows)
    states = {}
    for at in INSTANTS:
        told_of = {name: told(week_of(name), at, holidays_around(at.date())).state for name in names}
        states[at] = np.array([told_of.get(week, "unknown") for week in chosen])
    places = np.array([(row.pk, row.latitude, row.longitude) for row in rows])
    return Shelf(places[:, 0].astype(int), places[:, 1], places[:, 2], states)


def brute_force(shelf, place, at, radius, limit, wanted):
    """Measure all, sort all, take the first."""
    metres, states = shelf.metres(place), shelf.states[at]
    within = np.flatnonzero(metres <= radius)
    order = within[np.lexsort((shelf.ids[within], metres[within]))]
    found = [place for place in order if states[place] in wanted][:limit]
    hidden = 0
    if "unknown" not in wanted:
        before = order if len(found) < limit else order[: int(np.flatnonzero(order == found[-1])[0])]
        hidden = min(int((states[before] == "unknown").sum()), 100)
    return [(int(shelf.ids[place]), states[place]) for place in found], hidden


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_nearest_are_those_that_measuring_everybody_finds(shelf):
    dice = random.Random(SEED + 1)
    for _ in range(QUESTIONS):
        place, at = some_place(dice), dice.choice(INSTANTS)
        radius, limit = dice.choice([300, 2000, 20_000]), dice.choice([1, 5, 20])
        open_only, with_unknown = dice.choice([(False, False), (True, False), (True, True)])
        wanted = {"open", "closed", "unknown"} - ({"closed"} if open_only else set())
        wanted -= {"unknown"} if open_only and not with_unknown else set()
        expected = brute_force(shelf, place, at, radius, limit, wanted)
        answer = nearby(place, at=at, radius=radius, limit=limit, open_only=open_only, with_unknown=with_unknown)
        found = [(near.pharmacy.id, near.hours.state) for near in answer.found]
        assert (found, answer.hidden_unknown) == expected, (place, at, radius, limit, wanted)
