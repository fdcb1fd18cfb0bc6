"""A street with pharmacies whose hours are known, not known, and gone."""

from __future__ import annotations

import math
from datetime import date

import pytest

from onharu.catalog.pharmacies.models import Pharmacy, WeekHours
from onharu.catalog.pharmacies.rules.hours import spell

NINE_TO_SEVEN = ((540, 1140),)
USUAL = (*(NINE_TO_SEVEN,) * 5, ((540, 840),), ((600, 1080),), None)  # Sunday 10:00–18:00, holidays not known
CLOSED_ON_SUNDAY = (*(NINE_TO_SEVEN,) * 5, ((540, 840),), (), ())
ALWAYS = (((0, 1440),),) * 8
LATE = (((1320, 1560),),) * 8  # 22:00 to 02:00
HERE = (37.5006, 127.0364)


def put(name, *, week=USUAL, north=0.0, place=HERE, **facts):
    """Put a pharmacy on the shelf, so many metres north of here; week None: nobody knows its hours."""
    latitude, longitude = place[0] + north / 111_320, place[1]
    lat, lon = math.radians(latitude), math.radians(longitude)
    kept = None if week is None else WeekHours.objects.get_or_create(text=spell(week))[0]
    said = {
        "address": "서울특별시 강남구 테헤란로 1 (역삼동)",
        "province": "서울특별시",
        "district": "강남구",
        "neighbourhood": "역삼동",
        "phone": "02-555-0100",
        "source": "시험표",
        "as_of": date(2026, 11, 20),
        "hours_source": "" if week is None else "시험 시간표",
        "hours_as_of": None if week is None else date(2026, 11, 19),
    }
    at = {
        "latitude": latitude,
        "longitude": longitude,
        "x": math.cos(lat) * math.cos(lon),
        "y": math.cos(lat) * math.sin(lon),
        "z": math.sin(lat),
    }
    return Pharmacy.objects.create(name=name, week=kept, **{**said, **at, **facts})


@pytest.fixture
def near_one(db):
    """Open on a Sunday noon until 18:00, 300 m away."""
    return put("참좋은약국", north=300, hpid="C1")


@pytest.fixture
def shut_one(db):
    """Closed on Sundays, 100 m away."""
    return put("주일쉬는약국", week=CLOSED_ON_SUNDAY, north=100, hpid="C2", phone="")


@pytest.fixture
def unknown_one(db):
    """Nobody knows its hours, 200 m away."""
    return put("모르는약국", week=None, north=200, hpid="C3")


@pytest.fixture
def street(near_one, shut_one, unknown_one, noon):
    """All three, on the noon of a Sunday."""
    return near_one, shut_one, unknown_one
