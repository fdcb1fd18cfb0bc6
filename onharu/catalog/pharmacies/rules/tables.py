"""The official tables of pharmacies by their headers, and how a line of each is read. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from onharu.catalog.pharmacies.rules.areas import district_of, parts_of, province_in
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.geo import in_korea
from onharu.catalog.pharmacies.rules.hours import read
from onharu.catalog.pharmacies.rules.phones import phone_in
from onharu.catalog.pharmacies.rules.rows import PharmacyRow, UnfitError
from onharu.catalog.pharmacies.rules.week import UNKNOWN, Day, Week

Line = Mapping[str, str]
HIRA = "건강보험심사평가원 전국 약국 현황"
NMC = "국립중앙의료원 전국 약국 정보"
NOTHING = frozenset({"", "-", "N/A", "null", "NULL", "없음", "nan", "None"})
WEEKDAYS: Final = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "공휴일")
_DAY = re.compile(r"^(\d{4})\D?(\d{2})\D?(\d{2})(?:\D.*)?$", re.DOTALL)
# NMC numbers pharmacies with a C; an A stands before hospitals.
_HPID = re.compile(r"^C\d{5,10}$")

# One column under all the names it goes by: Korean of the files, English of a copy, tags of the service.
_COLUMNS: Final = MappingProxyType(
    {
        "hira_id": ("암호화요양기호", "pharmacy_provider_id"),
        "hpid": ("약국ID", "기관ID", "hpid"),
        "name": ("요양기관명", "약국명", "기관명", "dutyName", "pharmacy_name"),
        "kind": ("종별코드명", "pharmacy_type_name"),
        "province": ("시도코드명", "sido_name"),
        "district": ("시군구코드명", "sigungu_name"),
        "neighbourhood": ("읍면동", "eup_myeon_dong"),
        "address": ("주소", "dutyAddr", "pharmacy_addr"),
        "phone": ("전화번호", "대표전화1", "대표전화", "dutyTel1", "pharmacy_tel"),
        "longitude": ("좌표(X)", "병원경도", "경도", "wgs84Lon", "pharmacy_coord_x"),
        "latitude": ("좌표(Y)", "병원위도", "위도", "wgs84Lat", "pharmacy_coord_y"),
        "note": ("비고", "dutyEtc"),
        "said_on": ("작업일시",),
        **{f"opens{n}": (f"진료시간({day})S", f"dutyTime{n}s") for n, day in enumerate(WEEKDAYS, start=1)},
        **{f"closes{n}": (f"진료시간({day})C", f"dutyTime{n}c") for n, day in enumerate(WEEKDAYS, start=1)},
    }
)
_BY_NAME: Final = {name.casefold(): column for column, names in _COLUMNS.items() for name in names}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row, and what it said that cannot be true and was left out, each in words."""

    row: PharmacyRow
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of table: its name, what people call it, how a line is read, and the columns it is known by.

    `whole`: the table lists every pharmacy there is, so that one it lacks is no longer listed.
    """

    name: str
    says: str
    read: Callable[[Line], ReadRow | None]
    needs: frozenset[str]
    whole: bool


def column(cell: str) -> str:
    """Name the column of a header cell; itself when it is none of ours. pharmacy_name(요양기관명) is either word."""
    said = "".join(unicodedata.normalize("NFC", cell).replace("\ufeff", "").split())
    english, _, korean = said.partition("(")
    for name in (said, korean.removesuffix(")"), english):
        if name.casefold() in _BY_NAME:
            return _BY_NAME[name.casefold()]
    return said


def read_hira(line: Line) -> ReadRow | None:
    """Read a line of HIRA's list; None for what is no pharmacy."""
    if word(line.get("kind")) not in {"", "약국"}:
        return None
    key = word(line["hira_id"], 200)
    if not key or len(key) > 120:
        raise UnfitError("암호화요양기호가 없어요")
    return _row(line, source=HIRA, hira_id=key)


def read_nmc(line: Line) -> ReadRow | None:
    """Read a line of NMC's list, with hours."""
    key = word(line["hpid"], 20)
    if not _HPID.match(key):
        raise UnfitError(f"약국ID는 C와 숫자로 되어 있어야 해요 ({key[:12]!r})")
    return _row(line, source=NMC, hpid=key)


SHAPES = (
    Shape("hira", HIRA, read_hira, frozenset({"hira_id", "name"}), whole=True),
    Shape("nmc", NMC, read_nmc, frozenset({"hpid", "name"}), whole=False),
)


def shape_of(header: frozenset[str]) -> Shape | None:
    """Tell which table a header belongs to; None for one we cannot read."""
    return next((shape for shape in SHAPES if shape.needs <= header), None)


def word(cell: str | None, most: int = 300) -> str:
    """Read a short cell: one line, single spaces; a source's way of saying nothing is empty."""
    said = " ".join(unicodedata.normalize("NFC", cell or "").replace("\xa0", " ").split())
    if not said.isprintable():
        said = " ".join("".join(sign for sign in said if sign.isprintable()).split())
    return "" if said in NOTHING else said[:most].rstrip()


def day_in(cell: str | None) -> date | None:
    """Read a day written as 20241220, 2024-12-20 or with a time; None when there is none."""
    found = _DAY.match((cell or "").strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _row(line: Line, *, source: str, hpid: str = "", hira_id: str = "") -> ReadRow:
    name = word(line["name"], 120)
    if not name:
        raise UnfitError("약국 이름이 없어요")
    left_out: list[str] = []
    address = word(line.get("address")).strip(" ,")
    parts = parts_of(address)
    province = parts.province or province_in(word(line.get("province")).removesuffix("시"))
    place = _place(line, left_out)
    return ReadRow(
        PharmacyRow(
            hpid=hpid,
            hira_id=hira_id,
            name=name,
            address=address,
            province=province,
            district=(parts.district or district_of(word(line.get("district"), 40), province))[:40],
            neighbourhood=word(line.get("neighbourhood"), 40) or parts.neighbourhood,
            phone=_phone(line, province, left_out),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            week=_week(line, left_out) if hpid else None,
            note=word(line.get("note"), 500),
            source=source,
            as_of=day_in(line.get("said_on")),
        ),
        tuple(left_out),
    )


def _phone(line: Line, province: str, left_out: list[str]) -> str:
    said = word(line.get("phone"), 60)
    phone = phone_in(said, province)
    if said and not phone:
        left_out.append(f"전화번호 {said}")
    return phone


def _place(line: Line, left_out: list[str]) -> Place | None:
    said = (word(line.get("latitude"), 40), word(line.get("longitude"), 40))
    if not any(said):
        return None
    try:
        place = Place(float(said[0]), float(said[1]))
    except ValueError:
        place = Place(0.0, 0.0)
    if in_korea(place):
        return place
    left_out.append(f"위치 {said[0] or '-'}, {said[1] or '-'}")
    return None


def _week(line: Line, left_out: list[str]) -> Week | None:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday = (
        _day(line, number, left_out) for number in range(1, len(WEEKDAYS) + 1)
    )
    week = (monday, tuesday, wednesday, thursday, friday, saturday, sunday, holiday)
    return None if week == UNKNOWN else week


def _day(line: Line, number: int, left_out: list[str]) -> Day:
    opens, closes = word(line.get(f"opens{number}"), 20), word(line.get(f"closes{number}"), 20)
    if not opens and not closes:
        return None
    day = read(opens, closes)
    if day is None:
        left_out.append(f"{WEEKDAYS[number - 1]} {opens or '-'}–{closes or '-'}")
    return day
