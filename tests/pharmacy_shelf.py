"""Puts pharmacies and neighbourhoods on the shelf, for tests of rooms that may not know its tables."""

from __future__ import annotations

import math
from datetime import date

from onharu.catalog.pharmacies.models import Area, Pharmacy, WeekHours
from onharu.catalog.pharmacies.rules.hours import spell
from onharu.names import public as names

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


def put_area(members):
    """Put 역삼동 on the shelf with these pharmacies, to be found by name and first letters as they are."""
    area = Area.objects.create(
        province="서울",
        district="강남구",
        neighbourhood="역삼동",
        latitude=HERE[0],
        longitude=HERE[1],
        pharmacies=len(members),
    )
    for one in members:
        one.province = "서울"
        one.save()
    called = names.Entry(key=area.pk, text="서울 강남구 역삼동", aliases=("역삼동",), weight=1.0)
    names.upsert("neighbourhoods", [called])
    names.upsert("pharmacies", [names.Entry(key=one.pk, text=one.name, weight=1.0) for one in members])
    return area
