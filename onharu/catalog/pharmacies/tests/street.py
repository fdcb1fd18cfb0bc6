"""A street in Gangnam to ask about: pharmacies every hundred metres northwards from where somebody stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from onharu.catalog.pharmacies.models import Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import Place, Week
from onharu.catalog.pharmacies.rules.geo import on_sphere
from onharu.catalog.pharmacies.rules.hours import spell

HERE = Place(37.4979, 127.0276)
ASK = {"lat": "37.4979", "lon": "127.0276"}
METRES_A_DEGREE = 111_195
NINE_TO_SEVEN = ((540, 1140),)
WEEKDAYS: Week = (*(NINE_TO_SEVEN,) * 5, ((540, 780), (840, 1080)), (), None)
EVERY_DAY: Week = (NINE_TO_SEVEN,) * 8
INTO_THE_NIGHT: Week = (((1320, 1560),),) * 8
ROUND_THE_CLOCK: Week = (((0, 1440),),) * 8


def stands(name: str, metres: float = 0, week: Week | None = None, **more: Any) -> Pharmacy:
    """Build a pharmacy so many metres north of HERE."""
    place = Place(HERE.latitude + metres / METRES_A_DEGREE, HERE.longitude)
    x, y, z = on_sphere(place)
    kept = WeekHours.objects.get_or_create(text=spell(week))[0] if week else None
    facts = {
        "address": f"서울특별시 강남구 {name}길 1",
        "province": "서울",
        "district": "강남구",
        "neighbourhood": "역삼동",
        "source": "시험표",
        "as_of": date(2026, 11, 1),
        **more,
    }
    return Pharmacy.objects.create(
        name=name, latitude=place.latitude, longitude=place.longitude, x=x, y=y, z=z, week=kept, **facts
    )


def street() -> dict[str, Pharmacy]:
    """Build one pharmacy of each kind of hours, the nearest first."""
    return {
        "unknown": stands("모름약국", 100, phone="02-555-0100"),
        "sundays": stands(
            "매일약국", 200, EVERY_DAY, hpid="C1100001", hours_source="시험 시간표", hours_as_of=date(2026, 11, 2)
        ),
        "weekdays": stands("평일약국", 300, WEEKDAYS, note="점심 13~14시 쉽니다"),
        "night": stands("심야약국", 400, INTO_THE_NIGHT),
        "always": stands("늘약국", 500, ROUND_THE_CLOCK),
        "far": stands("먼약국", 1500, EVERY_DAY),
    }
