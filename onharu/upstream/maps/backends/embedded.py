"""Knows no place and has no map of a maker: the house draws its own, from its own shelf, without a network."""

from __future__ import annotations

from onharu.upstream.maps.port import BrowserMap, PlaceFact, Refused


class Backend:
    """The default: no key, no network."""

    source = "embedded"
    leaves_home = False
    knows_places = False

    def lacks(self) -> str:
        """Name what would let somebody be asked."""
        return "KAKAO_REST_KEY or KAKAO_JS_KEY"

    def browser_map(self) -> BrowserMap | None:
        """Have none."""
        return None

    def pharmacies_near(self, latitude: float, longitude: float, *, radius: int) -> tuple[PlaceFact, ...]:
        """Refuse: that nobody can be asked is not that nothing is near."""
        raise Refused(self.source, "nobody_to_ask")
