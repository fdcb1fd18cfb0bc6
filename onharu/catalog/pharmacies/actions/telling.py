"""Writes pharmacies from what their sources say: name, place and phone, hours, and whether they are still listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from onharu.catalog.pharmacies.actions.listings import Told, told
from onharu.catalog.pharmacies.actions.settling import Carried
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.geo import on_sphere
from onharu.catalog.pharmacies.rules.merging import merged
from onharu.kernel.rows import insert

ASK_AT_ONCE = 2000
LYING = ("province", "district", "neighbourhood", "latitude", "longitude", "gone_on")
COLUMNS = (
    "hpid", "hira_id", "name", "address", "province", "district", "neighbourhood", "phone", "latitude", "longitude",
    "x", "y", "z", "week_id", "note", "source", "as_of", "hours_source", "hours_as_of", "gone_on", "sample",
)  # fmt: skip
_NAMED = ("name", *LYING)


class Written(NamedTuple):
    """What a writing changed for searches: pharmacies whose name is another, and whether the map of areas is."""

    renamed: frozenset[int]
    moved: bool


def tell(pharmacies: Sequence[Carried]) -> Written:
    """Write pharmacies from the rows whose keys they carry; those without a row get one."""
    nmc = told("nmc", (one.hpid for one in pharmacies if one.hpid))
    hira = told("hira", (one.hira_id for one in pharmacies if one.hira_id))
    before = _before(one.pk for one in pharmacies if one.pk is not None)
    renamed: set[int] = set()
    moved = False
    known, fresh = [], []
    for one in pharmacies:
        values = _values(one, nmc.get(one.hpid or ""), hira.get(one.hira_id or ""))
        if one.pk is None:
            fresh.append(values)
            moved = True
            continue
        known.append((one.pk, *values))
        name, *lying = before[one.pk]
        now = dict(zip(COLUMNS, values, strict=True))
        lies = [now[column] for column in LYING]
        if name != now["name"] or (lying[-1] is None) != (lies[-1] is None):
            renamed.add(one.pk)
        moved = moved or lying != lies
    insert(Pharmacy, ("id", *COLUMNS), known, over="id")
    insert(Pharmacy, COLUMNS, fresh)
    renamed |= _ids_of(fresh)
    return Written(frozenset(renamed), moved)


def _values(one: Carried, nmc: Told | None, hira: Told | None) -> tuple[Any, ...]:
    """Lay out a row in the order of COLUMNS; a source that lists it no longer is heard only where none does."""
    gone = [said.gone_on for said in (nmc, hira) if said is not None and said.gone_on is not None]
    lists = [said for said in (nmc, hira) if said is not None and said.gone_on is None]
    nmc = nmc if not lists or nmc in lists else None
    hira = hira if not lists or hira in lists else None
    row = merged(nmc and nmc.row, hira and hira.row)
    place = None
    if row.latitude is not None and row.longitude is not None:
        place = on_sphere(Place(row.latitude, row.longitude))
    week = nmc.week if nmc else None
    hours = (nmc.row.source, nmc.row.as_of) if nmc and week is not None else ("", None)
    return (
        one.hpid, one.hira_id, row.name, row.address, row.province, row.district, row.neighbourhood, row.phone,
        row.latitude, row.longitude, *(place or (None, None, None)), week, row.note, row.source, row.as_of, *hours,
        None if lists else max(gone), False,
    )  # fmt: skip


def _before(pks: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    wanted, found = list(pks), {}
    for start in range(0, len(wanted), ASK_AT_ONCE):
        part = Pharmacy.objects.filter(pk__in=wanted[start : start + ASK_AT_ONCE]).order_by()
        found.update({row[0]: row[1:] for row in part.values_list("pk", *_NAMED)})
    return found


def _ids_of(fresh: Sequence[tuple[Any, ...]]) -> set[int]:
    """Find the ids that new rows were given, by their keys."""
    found: set[int] = set()
    hpids = [row[0] for row in fresh if row[0]]
    hira = [row[1] for row in fresh if not row[0]]
    for column, keys in (("hpid", hpids), ("hira_id", hira)):
        for start in range(0, len(keys), ASK_AT_ONCE):
            part = Pharmacy.objects.filter(**{f"{column}__in": keys[start : start + ASK_AT_ONCE]})
            found.update(part.order_by().values_list("pk", flat=True))
    return found
