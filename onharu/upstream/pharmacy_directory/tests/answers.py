"""Rows of the directory as they stand on the wire: invented pharmacies, numbers that nobody has."""

from __future__ import annotations

ROW = {
    "dutyAddr": "서울특별시 강남구 보기로 1, 1층 (역삼동)", "dutyName": "하루약국", "dutyTel1": "02-000-0000",
    "dutyTime1c": 1900, "dutyTime1s": "0900", "dutyTime2c": 1900, "dutyTime2s": 900, "dutyTime3c": "1900.0",
    "dutyTime3s": "0900", "dutyTime4c": 2600, "dutyTime4s": "0900", "dutyTime5c": 30, "dutyTime5s": 1000,
    "dutyTime6c": 1500, "dutyTime6s": "0900", "dutyTime8c": 2400, "dutyTime8s": 0, "hpid": "C1100001",
    "postCdn1": "062", "postCdn2": "35 ", "rnum": 1, "wgs84Lat": 37.5, "wgs84Lon": 127.0,
    "dutyEtc": "점심시간 13:00~14:00<br>둘째 주&nbsp;일요일 휴무", "dutyInf": None, "dutyMapimg": "역삼역 2번 출구",
}  # fmt: skip
HOURS = (("0900", "1900"), ("0900", "1900"), ("0900", "1900"), ("0900", "2600"), ("1000", "0030"), ("0900", "1500"),
         ("", ""), ("0000", "2400"))  # fmt: skip


def rows(number, first=0):
    """Make so many pharmacies."""
    return [{**ROW, "hpid": f"C{2000000 + first + n}", "dutyName": f"하루{first + n}약국"} for n in range(number)]
