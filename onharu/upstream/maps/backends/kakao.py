"""Asks Kakao which pharmacies are near, and tells how a browser loads Kakao's map. A position leaves the house.

Each of the two keys may be given alone: the one for JavaScript shows a map, the one for REST lists places.
"""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits
from onharu.upstream.maps.port import BrowserMap, PlaceFact
from onharu.upstream.vendors import kakao

# Somebody stands in the street and waits: two seconds for all pages together.
LIMITS = Limits(deadline=2.0, connect=1.0, max_bytes=100_000, attempts=2)
# Below this many seconds no further page is begun.
LEAST_LEFT = 0.1


class Backend:
    """Kakao Local (category PM9) and the Kakao Maps SDK for browsers."""

    source = "kakao"
    leaves_home = True
    sends = "the position of a person who switched that on"

    def __init__(self, rest_key: str = "", js_key: str = "", base_url: str = "", limits: Limits = LIMITS) -> None:
        self._rest_key, self._js_key = rest_key, js_key
        self._base_url = base_url or kakao.BASE_URL
        self._limits = limits
        self._http = Http(self.source, homes=[base_url] if base_url else [], limits=limits, verdict=kakao.verdict)
        self.knows_places = bool(rest_key)

    def lacks(self) -> str:
        """Name the keys when neither was given."""
        return "" if self._rest_key or self._js_key else "KAKAO_REST_KEY or KAKAO_JS_KEY"

    def browser_map(self) -> BrowserMap | None:
        """Tell where the script lies and which hosts it loads from; None without the key for JavaScript."""
        if not self._js_key:
            return None
        return BrowserMap(
            maker=self.source,
            script=kakao.script_of(self._js_key),
            script_hosts=("https://dapi.kakao.com", "https://t1.daumcdn.net"),
            image_hosts=("https://t1.daumcdn.net", "https://*.daumcdn.net"),
            connect_hosts=("https://dapi.kakao.com", "https://t1.daumcdn.net", "https://*.daumcdn.net"),
        )

    def pharmacies_near(self, latitude: float, longitude: float, *, radius: int) -> tuple[PlaceFact, ...]:
        """List up to 45 pharmacies, the nearest first, from the position rounded to about 10 m.

        When a later page does not come in time, what came is returned: it is the nearest part of the list.
        """
        if not self._rest_key:
            raise Refused(self.source, "key_missing")
        if not (isfinite(latitude) and isfinite(longitude)):
            raise Refused(self.source, "not_a_place")
        around = kakao.Around(kakao.PHARMACIES, latitude, longitude, max(1, min(radius, kakao.MOST_RADIUS)))
        return tuple(_fact(document) for document in self._documents(around))

    def _documents(self, around: kakao.Around) -> list[kakao.Document]:
        ends = clock.monotonic() + self._limits.deadline
        found: dict[str, kakao.Document] = {}
        for page in range(1, kakao.MOST_PAGES + 1):
            left = ends - clock.monotonic()
            if left < LEAST_LEFT:
                break
            try:
                listing = self._page(around, page, left)
            except Unavailable:
                if page == 1:
                    raise
                break
            fresh = {one.id: one for one in listing.documents if one.id not in found}
            found |= fresh
            if listing.is_last or not fresh:
                break
        return list(found.values())

    def _page(self, around: kakao.Around, page: int, seconds: float) -> kakao.Listing:
        limits = replace(self._limits, deadline=seconds)
        return kakao.places(self._http, around, base_url=self._base_url, key=self._rest_key, page=page, limits=limits)


def _fact(document: kakao.Document) -> PlaceFact:
    return PlaceFact(
        name=document.name,
        address=document.address,
        phone=document.phone,
        latitude=document.latitude,
        longitude=document.longitude,
        distance_m=document.distance_m,
        url=document.url,
    )
