"""Puts pharmacies and areas into what is searched by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from statistics import median_low

from onharu.catalog.pharmacies.models import LISTED, Area, Pharmacy
from onharu.catalog.pharmacies.queries.search import AREAS, NAMES, spoken
from onharu.names import public as names

ASK_AT_ONCE = 2000
# Of two areas that answer alike, one with this many pharmacies comes first.
MOST = 500


def index_names(renamed: Iterable[int], gone: Iterable[int] = ()) -> None:
    """Write names of these pharmacies into what is searched; those that are gone or folded are taken out."""
    wanted, entries = sorted(renamed), []
    left = set(wanted) | set(gone)
    for start in range(0, len(wanted), ASK_AT_ONCE):
        listed = Pharmacy.objects.filter(pk__in=wanted[start : start + ASK_AT_ONCE])
        listed = listed.filter(LISTED).order_by()
        entries += [names.Entry(key=pk, text=name, weight=0.5) for pk, name in listed.values_list("pk", "name")]
    left -= {entry.key for entry in entries}
    names.upsert(NAMES, entries)
    names.forget(NAMES, left)


def index_areas() -> None:
    """Work out anew which areas have pharmacies and where their middles lie; an area keeps its id."""
    wanted = {key: _middle(places) for key, places in _places().items()}
    kept = {(one.province, one.district, one.neighbourhood): one for one in Area.objects.order_by()}
    changed: list[Area] = []
    for key, (latitude, longitude, count) in wanted.items():
        area = kept.get(key)
        if area is None:
            province, district, neighbourhood = key
            area = Area(province=province, district=district, neighbourhood=neighbourhood)
        elif (area.latitude, area.longitude, area.pharmacies) == (latitude, longitude, count):
            continue
        area.latitude, area.longitude, area.pharmacies = latitude, longitude, count
        changed.append(area)
    left = [area.pk for key, area in kept.items() if key not in wanted]
    known = [area for area in changed if area.pk is not None]
    Area.objects.bulk_create([area for area in changed if area.pk is None], batch_size=ASK_AT_ONCE)
    Area.objects.bulk_update(known, ["latitude", "longitude", "pharmacies"], batch_size=500)
    Area.objects.filter(pk__in=left).delete()
    if changed or left:
        names.replace(AREAS, map(_entry, Area.objects.order_by("pk")))


def _places() -> dict[tuple[str, str, str], list[tuple[float, float]]]:
    """Group the places of listed pharmacies by neighbourhood, and by district."""
    rows = Pharmacy.objects.filter(LISTED).order_by()
    found: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for province, district, name, north, east in rows.values_list(
        "province", "district", "neighbourhood", "latitude", "longitude"
    ):
        if not province or north is None or east is None:
            continue
        if name:
            found[province, district, name].append((north, east))
        if district or name:
            found[province, district, ""].append((north, east))
    return found


def _middle(places: list[tuple[float, float]]) -> tuple[float, float, int]:
    """Find the middle of places: the median, which one that was mistyped does not move."""
    return median_low(one[0] for one in places), median_low(one[1] for one in places), len(places)


def _entry(area: Area) -> names.Entry:
    own, *others = spoken(area.province, area.district, area.neighbourhood)
    return names.Entry(key=area.pk, text=own, weight=min(1.0, area.pharmacies / MOST), aliases=tuple(others))
