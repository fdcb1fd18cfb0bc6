"""What every maker of maps promises. Plain Python, in the words of the field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = ["Backend", "BrowserMap", "PlaceFact", "Refused", "Unavailable"]


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A pharmacy as a maker of maps lists it; such a list says no hours. Degrees of WGS84; metres from who asked."""

    name: str
    address: str
    phone: str
    latitude: float
    longitude: float
    distance_m: int | None
    url: str


@dataclass(frozen=True, slots=True)
class BrowserMap:
    """A map that a browser loads itself: the script's address, and the hosts a page must allow for it."""

    maker: str
    script: str
    script_hosts: tuple[str, ...]
    image_hosts: tuple[str, ...]
    connect_hosts: tuple[str, ...]


class Backend(Protocol):
    """Somebody who knows places."""

    source: str
    leaves_home: bool
    knows_places: bool

    def lacks(self) -> str:
        """Name what the operator has to supply before this backend can answer, "" for nothing."""

    def browser_map(self) -> BrowserMap | None:
        """Tell how a browser loads this maker's map; None where there is none."""

    def pharmacies_near(self, latitude: float, longitude: float, *, radius: int) -> tuple[PlaceFact, ...]:
        """List which pharmacies are near, radius in metres, the nearest first, within two seconds.

        Raises Unavailable or Refused, also where nobody can be asked (`knows_places` is false).
        """
