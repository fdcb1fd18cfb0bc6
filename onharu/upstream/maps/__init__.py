"""Maps and places of another company: the door. Without a key there is none, and the house draws its own.

It knows no person: who may be shown such a map, or have their position sent, is decided by who asks here. What comes
back is shown and never stored. There is no fallback: that nobody answered is not that nothing is near.
"""

from __future__ import annotations

from collections.abc import Mapping

from onharu.upstream import registry
from onharu.upstream.maps.port import Backend, BrowserMap, PlaceFact, Refused, Unavailable

__all__ = [
    "BrowserMap",
    "PlaceFact",
    "Refused",
    "Unavailable",
    "browser_map",
    "hosts",
    "may_be_asked",
    "pharmacies_near",
    "source",
]

CAPABILITY = "maps"


def may_be_asked() -> bool:
    """Whether somebody outside can be asked which places are near: the operator chose one and gave its key."""
    return _chosen().knows_places


def browser_map() -> BrowserMap | None:
    """Tell how a browser loads the chosen maker's map; None where there is none."""
    return _chosen().browser_map()


def hosts() -> Mapping[str, tuple[str, ...]]:
    """Name the hosts that a page with that map must allow, by directive of its policy; nothing where there is none."""
    shown = browser_map()
    if shown is None:
        return {}
    return {"script-src": shown.script_hosts, "img-src": shown.image_hosts, "connect-src": shown.connect_hosts}


def pharmacies_near(latitude: float, longitude: float, *, radius: int = 2000) -> tuple[PlaceFact, ...]:
    """Ask which pharmacies are near, radius in metres, within two seconds in all; none is an answer too.

    The position leaves the house, rounded to about 10 m: ask only for a person who agreed. Raises Unavailable or
    Refused.
    """
    return _chosen().pharmacies_near(latitude, longitude, radius=radius)


def source() -> str:
    """Name who is asked."""
    return _chosen().source


def _chosen() -> Backend:
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen
