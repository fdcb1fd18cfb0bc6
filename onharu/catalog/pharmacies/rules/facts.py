"""What this shelf tells of a pharmacy: frozen values, in the words of the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from onharu.catalog.pharmacies.rules.week import Week

# Unknown is not closed: nobody has said when it is open.
State = Literal["open", "closed", "unknown"]


@dataclass(frozen=True, slots=True)
class Place:
    """A point, in degrees of WGS84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Hours:
    """What is known at one instant. Instants are aware, in Seoul's time.

    `closes_at`: when an open one closes; None where it never closes or where what follows is not known.
    `opens_next`: when a closed or unknown one opens next, as far as known days say, within eight days.
    `always`: open round the clock on every kind of day that is known. `holiday` names today's public holiday, "" none.
    """

    state: State
    closes_at: datetime | None = None
    opens_next: datetime | None = None
    always: bool = False
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class PharmacyFacts:
    """One pharmacy of the shelf. `place` None: nobody said where. `week` None: no hours at all are known.

    `gone_on`: no source lists it since. `sample`: invented for the demo.
    """

    id: int
    hpid: str
    name: str
    address: str
    province: str
    district: str
    neighbourhood: str
    phone: str
    place: Place | None
    week: Week | None
    note: str
    source: str
    as_of: date | None
    hours_source: str
    hours_as_of: date | None
    gone_on: date | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A pharmacy as somebody stands to it: metres as the crow flies, minutes on foot, hours at the asked instant."""

    pharmacy: PharmacyFacts
    hours: Hours
    distance_m: int | None = None
    walk_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The answer to "which are near": nearest first. `hidden_unknown`: how many were left out among them.

    Only where open ones were asked for: those of which nobody knows the hours and that are nearer than the last one
    found (or within the radius, where fewer were found than asked for). Counted up to 100, which then means "or more".
    `outside` tells that the place asked for lies outside Korea; `empty_shelf` that nothing was imported yet.
    """

    at: datetime
    found: tuple[Near, ...]
    hidden_unknown: int = 0
    outside: bool = False
    empty_shelf: bool = False
