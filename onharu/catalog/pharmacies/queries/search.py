"""Finds neighbourhoods and pharmacies by name, and lists what a neighbourhood has."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from onharu.catalog.pharmacies.models import LISTED, Pharmacy
from onharu.catalog.pharmacies.models import Area as AreaRow
from onharu.catalog.pharmacies.queries.facts import facts_of, from_place, moment_of
from onharu.catalog.pharmacies.queries.weeks import weeks_of
from onharu.catalog.pharmacies.rules.facts import Nearby, Place, State
from onharu.catalog.pharmacies.rules.geo import haversine_m
from onharu.catalog.pharmacies.rules.hours import state_at
from onharu.names import public as names

AREAS, NAMES = "neighbourhoods", "pharmacies"
# Below that a name is not an answer but a resemblance.
ENOUGH = 60.0


@dataclass(frozen=True, slots=True)
class Area:
    """A neighbourhood, or (`neighbourhood` empty) a district, with the middle of its pharmacies and their number."""

    id: int
    name: str
    province: str
    district: str
    neighbourhood: str
    place: Place
    pharmacies: int


def areas(text: str, limit: int = 8) -> tuple[Area, ...]:
    """Find areas by what people call them (역삼, 강남구 역삼동, ㅇㅅㄷ, 역쌈동), best first. Two statements."""
    hits = names.search(AREAS, text, limit=limit).hits
    wanted = [hit.key for hit in hits if hit.score >= ENOUGH]
    found = {row.pk: _area(row) for row in AreaRow.objects.filter(pk__in=wanted)} if wanted else {}
    return tuple(found[key] for key in wanted if key in found)


def area(area_id: int) -> Area | None:
    """Look up one area; None when there is none (any longer)."""
    row = AreaRow.objects.filter(pk=area_id).first()
    return _area(row) if row else None


def named(text: str, limit: int = 20) -> tuple[int, ...]:
    """Find pharmacies by name, best first. One statement."""
    return tuple(hit.key for hit in names.search(NAMES, text, limit=limit).hits if hit.score >= ENOUGH)


def in_area(
    area: Area, *, at: datetime, open_only: bool = False, with_unknown: bool = False, limit: int = 20
) -> Nearby:
    """List the pharmacies of an area, those nearest to its middle first.

    With `open_only` those that are known to be open at the instant; those of unknown hours are counted instead, or
    listed with `with_unknown`. One without a place comes last.
    """
    rows = Pharmacy.objects.filter(LISTED, province=area.province, district=area.district).order_by()
    if area.neighbourhood:
        rows = rows.filter(neighbourhood=area.neighbourhood)
    far = sorted(
        (_metres(area.place, north, east), pk, week)
        for pk, north, east, week in rows.values_list("pk", "latitude", "longitude", "week_id")
    )
    if open_only:
        kept, hidden = _chosen(far, at, limit, {"open", "unknown"} if with_unknown else {"open"})
    else:
        kept, hidden = [pk for _, pk, _ in far[:limit]], 0
    facts = facts_of(kept)
    found = tuple(from_place(facts[pk], area.place, at) for pk in kept if pk in facts)
    return Nearby(at, found, hidden_unknown=hidden)


def _chosen(
    far: Sequence[tuple[float, int, int | None]], at: datetime, limit: int, wanted: Container[State]
) -> tuple[list[int], int]:
    """Choose the first of the wanted states, and count those of unknown hours left out before the last one chosen."""
    now, weeks = moment_of(at), weeks_of(week for _, _, week in far)
    kept: list[int] = []
    hidden = 0
    for _, pk, week in far:
        state = state_at(None if week is None else weeks.get(week), now)
        if state in wanted:
            kept.append(pk)
        elif state == "unknown":
            hidden += 1
        if len(kept) == limit:
            break
    return kept, hidden


def _metres(middle: Place, north: float | None, east: float | None) -> float:
    return inf if north is None or east is None else haversine_m(middle, Place(north, east))


def spoken(province: str, district: str, neighbourhood: str) -> tuple[str, ...]:
    """Return what people call an area, its full name first."""
    city, _, ward = district.rpartition(" ")
    whole = " ".join(word for word in (province, district, neighbourhood) if word)
    if not neighbourhood:
        calls = [district or province, ward, f"{province} {ward}"] if city else [district or province]
    else:
        calls = [neighbourhood, f"{district} {neighbourhood}".strip(), f"{ward or province} {neighbourhood}"]
        calls += [f"{city} {neighbourhood}"] if city else []
        calls.append(f"{province} {neighbourhood}")
    return tuple(dict.fromkeys([whole, *calls]))


def _area(row: AreaRow) -> Area:
    name = spoken(row.province, row.district, row.neighbourhood)[0]
    place = Place(row.latitude, row.longitude)
    return Area(row.pk, name, row.province, row.district, row.neighbourhood, place, row.pharmacies)
