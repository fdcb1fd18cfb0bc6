"""What the pages show of pharmacies: rows and weeks, in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count

from django.utils.functional import Promise

from onharu.catalog.pharmacies.public import Area, Hours, Near, PharmacyFacts
from onharu.records.places.pages import words
from onharu.records.places.pages.asking import Asked
from onharu.upstream.maps import PlaceFact

_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class Row:
    """A pharmacy in a list. `number` is the one on the map, 0 for none; `state` is open, closed or unknown."""

    id: int
    number: int
    name: str
    address: str
    state: str
    state_words: str
    until: str
    soon: str
    distance: str
    walk: str
    phone: str
    dial: str
    kept: bool
    gone: bool
    sample: bool


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A 동 or a district in a list: what it is called, how many pharmacies it has, where they are listed."""

    name: str
    count: str
    address: str


@dataclass(frozen=True, slots=True)
class LiveRow:
    """A pharmacy that only another company lists; nobody says its hours."""

    name: str
    address: str
    distance: str
    phone: str
    dial: str
    url: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """A kind of day in the table of a week; `today` marks the one by which today goes."""

    word: str | Promise
    hours: str
    known: bool
    today: bool


def row_of(one: Near, at: datetime, *, number: int = 0, kept: bool = False) -> Row:
    """Show a pharmacy as somebody stands to it."""
    facts, hours = one.pharmacy, one.hours
    return Row(
        id=facts.id,
        number=number,
        name=facts.name,
        address=facts.address,
        state=hours.state,
        state_words=words.state_words(hours),
        until=words.until_words(hours, at),
        soon=words.soon_words(hours, at, one.walk_minutes),
        distance=words.distance_words(one.distance_m),
        walk=words.walk_words(one.walk_minutes),
        phone=facts.phone,
        dial=_DIALLED.sub("", facts.phone),
        kept=kept,
        gone=facts.gone_on is not None,
        sample=facts.sample,
    )


def rows_of(found: Iterable[Near], at: datetime, kept: Collection[int], *, numbered: bool = True) -> list[Row]:
    """Show a list of pharmacies, numbered as they are on the map: one whose place nobody knows has no number."""
    numbers = count(1)
    return [
        row_of(
            one,
            at,
            number=next(numbers) if numbered and one.pharmacy.place is not None else 0,
            kept=one.pharmacy.id in kept,
        )
        for one in found
    ]


def area_row(area: Area, asked: Asked) -> AreaRow:
    """Show a 동; its address says its name too, in case its number changes."""
    address = replace(asked, area=area.id, query=area.name).address()
    return AreaRow(area.name, words.pharmacies_words(area.pharmacies), address)


def live_row(one: PlaceFact) -> LiveRow:
    """Show a pharmacy that only another company lists."""
    far = words.distance_words(one.distance_m)
    return LiveRow(one.name, one.address, far, one.phone, _DIALLED.sub("", one.phone), one.url)


def week_of(facts: PharmacyFacts, hours: Hours, today: date) -> list[DayRow]:
    """Show the week of a pharmacy, Monday to Sunday and public holidays; nothing where no hours are known."""
    if facts.week is None:
        return []
    now = words.HOLIDAY if hours.holiday else today.weekday()
    return [
        DayRow(word, words.day_hours_words(facts.week, kind), facts.week[kind] is not None, kind == now)
        for kind, word in enumerate(words.WEEKDAYS)
    ]


def sources_of(found: Iterable[Near]) -> list[str]:
    """Name what a list rests on."""
    return words.sources_of(one.pharmacy for one in found)
