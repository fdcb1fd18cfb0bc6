"""The sample town: invented pharmacies in an invented neighbourhood, for trying things out. Plain Python.

It lies on the open sea between the coast and Ulleungdo (울릉도), where no street is: farther than any search reaches
(20 km) from where anybody stands, so that nobody who looks around meets one, and only a search by its name leads
there. Its pharmacies have no phone numbers, because an invented number may be somebody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, radians

from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.hours import read
from onharu.catalog.pharmacies.rules.rows import PharmacyRow
from onharu.catalog.pharmacies.rules.week import UNKNOWN, Day, Week

MIDDLE = Place(37.25, 130.1)
PROVINCE, DISTRICT, NEIGHBOURHOOD = "보기시", "보기구", "온하루동"
SOURCE = "온하루 보기 자료 (지어낸 약국)"
_METRES_PER_DEGREE = 111_195.0


def sample_row(line: Mapping[str, str]) -> PharmacyRow:
    """Read a line of the sample town."""
    north, east = float(line["north_m"]), float(line["east_m"])
    number = line["name"].rpartition(" ")[2]
    return PharmacyRow(
        hpid="",
        hira_id="",
        name=line["name"],
        address=f"{PROVINCE} {DISTRICT} 보기로 {number}, ({NEIGHBOURHOOD})",
        province=PROVINCE,
        district=DISTRICT,
        neighbourhood=NEIGHBOURHOOD,
        latitude=round(MIDDLE.latitude + north / _METRES_PER_DEGREE, 6),
        longitude=round(MIDDLE.longitude + east / _METRES_PER_DEGREE / cos(radians(MIDDLE.latitude)), 6),
        week=_week(line),
        note=line["note"],
        source=SOURCE,
        sample=True,
    )


def _week(line: Mapping[str, str]) -> Week | None:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday = (
        _day(line[kind]) for kind in ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
    )
    week = (monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday)
    return None if week == UNKNOWN else week


def _day(said: str) -> Day:
    """Read "0900-1230 1330-1900", "closed", or nothing, which is not known."""
    if said == "closed":
        return ()
    spans = [read(*span.split("-")) or () for span in said.split()]
    return tuple(interval for span in spans for interval in span) or None
