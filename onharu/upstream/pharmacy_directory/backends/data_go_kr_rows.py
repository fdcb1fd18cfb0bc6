"""Reads a row of the National Medical Center's directory into a fact. The vendor's names of columns end here."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping

from onharu.upstream.pharmacy_directory.port import PharmacyFact
from onharu.upstream.vendors.data_go_kr_tables import UnfitError

Line = Mapping[str, str]
# Monday to Sunday, then public holidays.
KINDS_OF_DAY = range(1, 9)
# A box around all of Korea, islands included. Outside of it lie (0, 0), swapped columns and slips of the hand.
LATITUDES, LONGITUDES = (32.8, 38.9), (124.3, 132.1)
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_NOTE = 120, 300, 500
_HPID = re.compile(r"[A-Z][0-9]{7}")
# "900", "0900", "09:00", and "900.0" from sources that took the column for numbers.
_TIME = re.compile(r"([0-9]{1,2}:[0-9]{2}|[0-9]{1,4})(?:\.0+)?")
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")


def pharmacy(line: Line) -> PharmacyFact:
    """Read one pharmacy; raises UnfitError for one without a key or a name.

    Post codes are left out: they are of the kind that ended in 2015, and have lost their zeros.
    """
    hpid = line.get("hpid", "")
    if not _HPID.fullmatch(hpid):
        raise UnfitError(f"약국ID는 영문자 하나와 숫자 일곱 자리여야 해요 ({hpid[:20]!r})")
    name = _text(line.get("dutyName", ""))
    if not name or len(name) > LONGEST_NAME:
        raise UnfitError("약국 이름이 없거나 너무 길어요", hpid)
    latitude, longitude = _place(line.get("wgs84Lat", ""), line.get("wgs84Lon", ""))
    return PharmacyFact(
        hpid=hpid,
        name=name,
        address=_text(line.get("dutyAddr", ""))[:LONGEST_ADDRESS],
        phone=line.get("dutyTel1", ""),
        latitude=latitude,
        longitude=longitude,
        hours=tuple((_time(line.get(f"dutyTime{n}s", "")), _time(line.get(f"dutyTime{n}c", ""))) for n in KINDS_OF_DAY),
        note=_text(line.get("dutyEtc", ""))[:LONGEST_NOTE],
    )


def _time(said: str) -> str:
    """Put the zeros back that numbers lose: 900 is 0900, 30 is 0030, 0 is 0000. "" for what is no time of a clock."""
    found = _TIME.fullmatch(said)
    return found[1].replace(":", "").zfill(4) if found else ""


def _place(latitude: str, longitude: str) -> tuple[float, float] | tuple[None, None]:
    """Read a point in Korea; anything else is not known."""
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return None, None
    if not (math.isfinite(north) and math.isfinite(east)):
        return None, None
    if not (LATITUDES[0] <= north <= LATITUDES[1] and LONGITUDES[0] <= east <= LONGITUDES[1]):
        return None, None
    return north, east


def _text(said: str) -> str:
    """Read a text in one line, without the markup and entities that some carry."""
    return " ".join(html.unescape(_TAGS.sub(" ", said)).split())
