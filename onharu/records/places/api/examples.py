"""Examples for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_USUAL = [["09:00", "19:00"]]
_WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), _USUAL)
_KEPT: dict[str, Any] = {
    "id": 1204,
    "hpid": "C1100001",
    "name": "온하루약국",
    "address": "서울특별시 강남구 테헤란로 1, 1층 (역삼동)",
    "phone": "02-000-0000",
    "lat": 37.5006,
    "lon": 127.0364,
    "distance_m": None,
    "walk_minutes": None,
    "open_now": True,
    "closes_at": "2026-11-23T19:00:00+09:00",
    "opens_next": None,
    "always_open": False,
    "holiday": None,
    "hours": {**_WEEK, "sat": [["09:00", "14:00"]], "sun": [], "holiday": None},
    "note": None,
    "source": "국립중앙의료원 전국 약국 정보",
    "as_of": "2026-11-20",
    "hours_source": "국립중앙의료원 전국 약국 정보",
    "hours_as_of": "2026-11-20",
    "gone_on": None,
    "sample": False,
    "kept_at": "2026-11-22T12:00:00+09:00",
}

KEPT = OpenApiExample("A pharmacy that is kept", value=_KEPT, response_only=True, status_codes=["200"])

_LIVE: dict[str, Any] = {
    "results": [
        {
            "name": "새로연약국",
            "address": "서울 강남구 테헤란로 2",
            "phone": None,
            "lat": 37.5009,
            "lon": 127.0371,
            "distance_m": 90,
            "url": "https://place.map.kakao.com/1",
        }
    ],
    "source": "kakao",
}
LIVE = OpenApiExample("One that only the other list has", value=_LIVE, response_only=True, status_codes=["200"])
LIVE_ASKED = OpenApiExample("Within a kilometre", value={"lat": 37.5, "lon": 127.04, "radius": 1000}, request_only=True)
