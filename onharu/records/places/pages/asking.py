"""What a page asks of the shelf: switches, and a position that is read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from onharu.catalog.pharmacies.public import Place
from onharu.kernel.problems import Invalid
from onharu.records.places.pages import words

PAGE = "/pharmacies/"
LONGEST_QUERY = 60
LONGEST_ID = 18
SOME, MOST = 20, 60
# How far to look, in metres; each is offered when the one before it found too little.
STEPS = (2_000, 5_000, 20_000)
# A position that may be off by more than so many metres is said to be vague.
VAGUE = 500
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?|[0-9]{1,9}(\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pharmacies are asked for: open ones alone, those of unknown hours too, how far, how many."""

    open_only: bool
    with_unknown: bool
    radius: int
    limit: int
    query: str = ""
    area: int | None = None

    @property
    def radius_words(self) -> str:
        """How far, in words."""
        return words.radius_words(self.radius)

    @property
    def wider(self) -> int:
        """The next larger radius; 0 where there is none."""
        return next((step for step in STEPS if step > self.radius), 0)

    @property
    def wider_words(self) -> str:
        """The next larger radius in words."""
        return words.radius_words(self.wider)

    @property
    def more(self) -> bool:
        """Whether many were asked for already."""
        return self.limit == MOST

    def address(self, page: str = PAGE, **other: str) -> str:
        """Spell the address of a page that asks the same but for this; no position is ever in it."""
        area = "" if self.area is None else str(self.area)
        unknown = "1" if self.with_unknown else ""
        said = {"q": self.query, "area": area, "open": "1" if self.open_only else "", "unknown": unknown, **other}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{page}?{query}" if query else page

    @property
    def same(self) -> str:
        """The part of the page that asks the same once more; the switch beside it says whether open ones alone."""
        return self.address(f"{PAGE}find/", open="", more="1" if self.more else "")

    @property
    def with_more(self) -> str:
        """The same with more of them."""
        return self.address(more="1")

    @property
    def without_open(self) -> str:
        """The same with those that are closed."""
        return self.address(open="", unknown="")

    @property
    def and_unknown(self) -> str:
        """The same with those of unknown hours."""
        return self.address(unknown="1")


def asked_in(said: QueryDict) -> Asked:
    """Read the switches; whatever is none of them is off."""
    radius = said.get("radius", "")
    return Asked(
        open_only=said.get("open") == "1",
        with_unknown=said.get("unknown") == "1",
        radius=next((step for step in STEPS if str(step) == radius), STEPS[0]),
        limit=MOST if said.get("more") == "1" else SOME,
        query=_line(said.get("q")),
        area=_whole(said.get("area")),
    )


def _line(said: str | None) -> str:
    return " ".join((said or "").replace("\x00", "").split())[:LONGEST_QUERY]


def _whole(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) <= LONGEST_ID else None


def place_in(said: QueryDict) -> Place:
    """Read a position. Raises Invalid, also for what no place on earth has; the problem repeats nothing of it."""
    latitude, longitude = _number(said.get("lat")), _number(said.get("lon"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise Invalid("position_invalid", "위치를 읽지 못했어요.", "The position could not be read.")
    return Place(latitude, longitude)


def is_vague(said: QueryDict) -> bool:
    """Whether the browser says that the position may be far off."""
    return (_number(said.get("accuracy")) or 0) > VAGUE


def _number(said: str | None) -> float | None:
    return float(said) if said and _NUMBER.fullmatch(said) else None
