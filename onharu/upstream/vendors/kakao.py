"""Kakao's dialect: how places of a kind are asked for, how it says what is wrong, and where its map's script lies.

`x` is the longitude and `y` the latitude, both as text; a list ends at 45 places; an app for which the product
카카오맵 was not switched on in Kakao's console is refused although its key is right.
https://developers.kakao.com/docs/latest/ko/local/dev-guide#search-by-category
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer, Http, Limits

BASE_URL = "https://dapi.kakao.com"
SCRIPT = "https://dapi.kakao.com/v2/maps/sdk.js"
CATEGORY = "/v2/local/search/category.json"
PHARMACIES = "PM9"
PAGE_SIZE, MOST_PAGES, MOST_RADIUS = 15, 3, 20_000
# Four decimals are steps of 11 m to the north and 9 m to the east: enough to list what is near, no doorstep.
DECIMALS = 4
# Kakao names no wait with a refusal for too many calls; the day's quota is not back within a minute.
THROTTLED_WAIT, QUOTA_WAIT = 60, 3600
# Its distances are those from the rounded position, and its circle is not exact.
SLACK_M = 100
# A box around all of Korea.
LATITUDES, LONGITUDES = (32.8, 38.9), (124.3, 132.1)

_PLACE_URL = re.compile(r"\Ahttps?://place\.map\.kakao\.com/([0-9]{1,20})/?\Z")
_PHONE = re.compile(r"\A\+?[0-9][0-9() -]{3,19}\Z")
_DEGREES = re.compile(r"\A[0-9]{2,3}(\.[0-9]{1,20})?\Z")


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked: places of one category around a point, within a radius in metres."""

    category: str
    latitude: float
    longitude: float
    radius: int


@dataclass(frozen=True, slots=True)
class Document:
    """One place of a list, checked. Degrees of WGS84; `distance_m` from the rounded point that was sent."""

    id: str
    name: str
    address: str
    phone: str
    latitude: float
    longitude: float
    distance_m: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of places, nearest first, and whether there is no further one."""

    documents: tuple[Document, ...]
    is_last: bool


def script_of(js_key: str) -> str:
    """Spell the address of the map's script; it loads nothing more until `kakao.maps.load` is called."""
    return f"{SCRIPT}?{urlencode({'appkey': js_key, 'autoload': 'false'})}"


def places(http: Http, around: Around, *, base_url: str, key: str, page: int, limits: Limits | None = None) -> Listing:
    """Ask for one page of places, the nearest first; raises Unavailable or Refused."""
    answer = http.request(
        "GET",
        f"{base_url.rstrip('/')}{CATEGORY}",
        headers={"Authorization": f"KakaoAK {key}", "Accept": "application/json"},
        params={
            "category_group_code": around.category,
            "x": f"{around.longitude:.{DECIMALS}f}",
            "y": f"{around.latitude:.{DECIMALS}f}",
            "radius": str(around.radius),
            "sort": "distance",
            "page": str(page),
            "size": str(PAGE_SIZE),
        },
        limits=limits,
    )
    return _listing(answer, around)


def verdict(answer: Answer) -> None:
    """Raise the fault that Kakao names in its body, where the status alone says less."""
    if answer.status < 400:
        return
    message = _message(answer)
    if "limit has been exceeded" in message.lower():
        raise Unavailable(answer.upstream, "quota", retry_after=QUOTA_WAIT)
    if answer.status == 429:
        said = answer.headers.get("retry-after", "")
        wait = int(said[:5]) if said.isascii() and said.isdigit() else THROTTLED_WAIT
        raise Unavailable(answer.upstream, "rate_limited", retry_after=wait)
    if answer.status == 403 and "OPEN_MAP_AND_LOCAL" in message:
        raise Refused(answer.upstream, "maps_switched_off")
    if answer.status == 401 and "mismatched" in message:
        raise Refused(answer.upstream, "address_not_registered")
    if answer.status == 400:
        raise Refused(answer.upstream, "not_understood")


def _message(answer: Answer) -> str:
    try:
        said = answer.json()
    except Unavailable:
        return ""
    message = said.get("message", said.get("msg")) if isinstance(said, dict) else None
    return message[:500] if isinstance(message, str) else ""


def _listing(answer: Answer, around: Around) -> Listing:
    """Read a page; what is no place of that kind in Korea is dropped, and a page of nothing else is garbled."""
    said = answer.json()
    documents = said.get("documents") if isinstance(said, dict) else None
    meta = said.get("meta") if isinstance(said, dict) else None
    is_last = meta.get("is_end") if isinstance(meta, dict) else None
    if not isinstance(documents, list) or not isinstance(is_last, bool):
        raise Unavailable(answer.upstream, "garbled")
    read = [_document(one, around) for one in documents[:PAGE_SIZE]]
    usable = tuple(one for one in read if one is not None)
    if documents and not usable:
        raise Unavailable(answer.upstream, "garbled")
    return Listing(usable, is_last)


def _document(said: Any, around: Around) -> Document | None:
    if not isinstance(said, dict) or said.get("category_group_code") != around.category:
        return None
    latitude, longitude = _degrees(said.get("y"), LATITUDES), _degrees(said.get("x"), LONGITUDES)
    name, distance = _text(said, "place_name"), _text(said, "distance")
    metres = int(distance) if distance.isascii() and distance.isdigit() and len(distance) <= 6 else None
    if not name or latitude is None or longitude is None or (metres or 0) > around.radius + SLACK_M:
        return None
    phone, place = _text(said, "phone"), _PLACE_URL.match(_text(said, "place_url"))
    return Document(
        id=_text(said, "id"),
        name=name[:120],
        address=(_text(said, "road_address_name") or _text(said, "address_name"))[:300],
        phone=phone if _PHONE.match(phone) else "",
        latitude=latitude,
        longitude=longitude,
        distance_m=metres,
        url=f"https://place.map.kakao.com/{place[1]}" if place else "",
    )


def _degrees(said: object, box: tuple[float, float]) -> float | None:
    if not isinstance(said, str) or not _DEGREES.match(said):
        return None
    degrees = float(said)
    return degrees if box[0] <= degrees <= box[1] else None


def _text(said: dict[str, Any], key: str) -> str:
    """Read a text without what cannot be seen; "" for anything else."""
    value = said.get(key)
    if not isinstance(value, str):
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value[:2000]).split())
