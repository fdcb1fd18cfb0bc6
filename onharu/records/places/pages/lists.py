"""Lists of pharmacies as pages show them: near a position, in a 동, by name, kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Area, Near, Nearby, PharmacyFacts, Place
from onharu.records.places.pages import drawn, shown, words
from onharu.records.places.pages.asking import MOST, Asked
from onharu.records.places.pages.browser_map import map_context
from onharu.records.places.pages.door import Guest
from onharu.upstream import maps

SOME_LATER = 3


def near_context(guest: Guest, place: Place, asked: Asked) -> dict[str, Any]:
    """List what is near a position, and where none is open which opens first."""
    nearby = pharmacies.nearby(
        place,
        at=guest.at,
        radius=asked.radius,
        limit=asked.limit,
        open_only=asked.open_only,
        with_unknown=asked.with_unknown,
    )
    later = _later(guest, place, asked) if asked.open_only and not nearby.found and not nearby.outside else ()
    return {"mode": "near", "asked": asked, **_listed(guest, nearby, asked, later, place)}


def _later(guest: Guest, place: Place, asked: Asked) -> Sequence[Near]:
    """Find which of the near ones open first."""
    around = pharmacies.nearby(place, at=guest.at, radius=asked.radius, limit=MOST).found
    coming = [(one.hours.opens_next, place, one) for place, one in enumerate(around) if one.hours.opens_next]
    return [one for _opens, _place, one in sorted(coming)][:SOME_LATER]


def area_context(guest: Guest, area: Area, asked: Asked) -> dict[str, Any]:
    """List the pharmacies of a 동, from its middle outwards."""
    nearby = pharmacies.in_area(
        area, at=guest.at, open_only=asked.open_only, with_unknown=asked.with_unknown, limit=asked.limit
    )
    return {"mode": "area", "asked": asked, "area": area, **_listed(guest, nearby, asked, (), area.place)}


def _listed(guest: Guest, nearby: Nearby, asked: Asked, later: Sequence[Near], place: Place) -> dict[str, Any]:
    kept = guest.kept()
    found = nearby.found or tuple(later)
    rows = shown.rows_of(nearby.found, nearby.at, kept)
    drawing = drawn.map_of(place, nearby.found)
    return {
        "rows": rows,
        "later": shown.rows_of(later, nearby.at, kept),
        "said": words.count_words(len(rows)) if rows else "",
        "hidden": words.hidden_words(nearby.hidden_unknown) if nearby.hidden_unknown else "",
        "full": len(rows) >= asked.limit,
        "outside": nearby.outside,
        "empty_shelf": nearby.empty_shelf,
        "only_sample": not rows and not nearby.empty_shelf and pharmacies.is_sample(),
        "map": drawing,
        "dots": drawn.dots_of(drawing, nearby.found, rows),
        **map_context(guest.person, place, nearby.found),
        "may_ask_live": guest.person is not None and guest.person.place_may_leave and maps.may_be_asked(),
        **_about(guest, found),
    }


def words_context(guest: Guest, areas: Sequence[Area], named: Sequence[PharmacyFacts], asked: Asked) -> dict[str, Any]:
    """List 동 and pharmacies by name, in the order of the search; nobody says where they are from."""
    found = [Near(one, pharmacies.hours_of(one, guest.at)) for one in named]
    shut = [one for one in found if asked.open_only and one.hours.state != "open"]
    rows = shown.rows_of([one for one in found if one not in shut], guest.at, guest.kept(), numbered=False)
    return {
        "mode": "words",
        "asked": asked,
        "areas": [shown.area_row(one, asked) for one in areas],
        "rows": rows,
        "shut": words.shut_words(len(shut)) if shut else "",
        "said": " ".join(_counted(areas, rows)),
        "empty_shelf": not areas and not named and pharmacies.is_empty(),
        **_about(guest, found),
    }


def _counted(areas: Sequence[Area], rows: Sequence[shown.Row]) -> Iterator[str]:
    if areas:
        yield words.areas_words(len(areas))
    if rows:
        yield words.count_words(len(rows))


def _about(guest: Guest, found: Sequence[Near]) -> dict[str, Any]:
    """Say what a list rests on, and that hours of a holiday are told."""
    today = guest.at.astimezone(words.SEOUL).date()
    return {
        "at": words.moment_words(guest.at, guest.at),
        "holiday": pharmacies.holidays_around(today).get(today, "") if found else "",
        "sources": shown.sources_of(found),
        "sample": any(one.pharmacy.sample for one in found),
    }
