"""Files of the two sources as they come, small."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

DAYS = ("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "공휴일")
HIRA_HEADER = (
    "pharmacy_provider_id(암호화요양기호),pharmacy_name(요양기관명),pharmacy_type_code(종별코드),"
    "pharmacy_type_name(종별코드명),sido_code(시도코드),sido_name(시도코드명),sigungu_code(시군구코드),"
    "sigungu_name(시군구코드명),eup_myeon_dong(읍면동),zip_code(우편번호),pharmacy_addr(주소),pharmacy_tel(전화번호),"
    "pharmacy_opened_date(개설일자),pharmacy_coord_x(좌표(X)),pharmacy_coord_y(좌표(Y))"
)
NMC_HEADER = (
    "약국ID,주소,약국명,대표전화1,"
    + ",".join(f"진료시간({day})C" for day in DAYS)
    + ","
    + ",".join(f"진료시간({day})S" for day in DAYS)
    + ",우편번호1,우편번호2,병원경도,병원위도,작업일시"
)
SEGOK = {
    "name": "100세건강약국", "address": "서울특별시 강남구 헌릉로571길 7, 강남레체 1층 101호 (세곡동)",
    "phone": "02-445-1460", "longitude": "127.101366881801", "latitude": "37.4660448664795",
}  # fmt: skip


def hira_line(key: str = "JDQ4MT1", **more: str) -> list[str]:
    """Write a line of HIRA's list; SEGOK unless something else is said."""
    said = {**SEGOK, "kind": "약국", "province": "서울", "district": "강남구", "neighbourhood": "세곡동", **more}
    return [
        key, said["name"], "81", said["kind"], "110000", said["province"], "110001", said["district"],
        said["neighbourhood"], "06301", said["address"], said["phone"], "2012-12-17", said["longitude"],
        said["latitude"],
    ]  # fmt: skip


def nmc_line(
    key: str = "C1109587", hours: Sequence[tuple[str, str]] = (("900", "2000"),) * 5 + (("900", "1900"),), **more: str
) -> list[str]:
    """Write a line of NMC's file; days beyond those given are empty."""
    said = {**SEGOK, "said_on": "2024-12-20 17:57:20.0", **more}
    days = [*hours, *[("", "")] * (8 - len(hours))]
    return [
        key, said["address"], said["name"], said["phone"], *(closes for _, closes in days),
        *(opens for opens, _ in days), "63", "76", said["longitude"], said["latitude"], said["said_on"],
    ]  # fmt: skip


def wire_item(key: str = "C1109587", **more: Any) -> dict[str, Any]:
    """Write a row as the service answers it: numbers and texts mixed."""
    return {
        "dutyAddr": SEGOK["address"], "dutyName": SEGOK["name"], "dutyTel1": SEGOK["phone"], "dutyTime1s": "0900",
        "dutyTime1c": 2000, "dutyTime8s": 1000, "dutyTime8c": "1500", "hpid": key, "postCdn1": "063",
        "postCdn2": "76 ", "rnum": 1, "wgs84Lat": 37.46604, "wgs84Lon": 127.10136, **more,
    }  # fmt: skip


def csv_text(header: str, lines: Sequence[Sequence[str]]) -> str:
    """Spell a table."""
    out = io.StringIO()
    out.write(header + "\n")
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def hira_file(folder: Path, *lines: Sequence[str], edition: str = "2025-12", encoding: str = "utf-8") -> Path:
    """Write HIRA's list."""
    path = folder / f"hira_pharmacies_{edition}.csv"
    path.write_text(csv_text(HIRA_HEADER, lines or [hira_line()]), encoding=encoding)
    return path


def nmc_file(folder: Path, *lines: Sequence[str], encoding: str = "utf-8") -> Path:
    """Write NMC's file."""
    path = folder / "nmc.csv"
    path.write_text(csv_text(NMC_HEADER, lines or [nmc_line()]), encoding=encoding)
    return path


def answer(*items: Mapping[str, Any]) -> str:
    """Spell an answer of the service in JSON; one row comes as an object, as it does there."""
    item: Any = items[0] if len(items) == 1 else list(items)
    body = {"items": {"item": item} if items else "", "numOfRows": 1000, "pageNo": 1, "totalCount": len(items)}
    return json.dumps({"response": {"header": {"resultCode": "00"}, "body": body}}, ensure_ascii=False)


def xml_answer(*items: Mapping[str, Any], before: str = "") -> str:
    """Spell an answer of the service in XML."""
    rows = "".join(
        "<item>" + "".join(f"<{tag}>{said}</{tag}>" for tag, said in row.items()) + "</item>" for row in items
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{before}<response><header><resultCode>00</resultCode>'
        f"</header><body><items>{rows}</items><totalCount>{len(items)}</totalCount></body></response>"
    )
