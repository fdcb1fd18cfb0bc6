"""Keeps what each source says, word for word as compared, and reads it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models

from onharu.catalog.pharmacies.actions.tallies import Tally
from onharu.catalog.pharmacies.models import Listing, WeekHours
from onharu.catalog.pharmacies.rules.hours import spell
from onharu.catalog.pharmacies.rules.matching import Known, known
from onharu.catalog.pharmacies.rules.rows import Kind, PharmacyRow
from onharu.catalog.pharmacies.rules.week import UNKNOWN, Week
from onharu.kernel.rows import insert

ASK_AT_ONCE = 2000
SAID = (
    "name", "address", "province", "district", "neighbourhood", "phone", "latitude", "longitude", "week_id", "note",
    "source",
)  # fmt: skip
COMPARED = ("bare_name", "digits", "building", "latitude", "longitude")
COLUMNS = ("kind", "key", *SAID, "as_of", *COMPARED[:3], "seen_at", "gone_on")
_NEVER = date.min
# A row's source and its key there.
Owner = tuple[Kind, str]


class Touched(NamedTuple):
    """Rows that said something else, or later, than before; and whether any says another name, phone or place."""

    keys: frozenset[Owner]
    moved: bool


class Told(NamedTuple):
    """What a source says, its hours as the row of a week, and since when it lists it no longer."""

    row: PharmacyRow
    week: int | None
    gone_on: date | None


def write_listings(rows: Sequence[PharmacyRow], at: datetime, tally: Tally) -> Touched:
    """Write what rows say and count it. What is older than what the same source said before is passed."""
    by_key = {(row.kind, row.key): row for row in sorted(rows, key=lambda row: row.as_of or _NEVER)}
    weeks = week_ids({week for row in by_key.values() if (week := row.week) is not None and week != UNKNOWN})
    kept = _kept(by_key)
    touched: set[Owner] = set()
    moved = False
    wanted: list[tuple[Any, ...]] = []
    again: dict[tuple[Kind, date | None], list[str]] = defaultdict(list)
    for key, row in by_key.items():
        before = kept.get(key)
        if before is not None and (row.as_of or _NEVER) < (before[0] or _NEVER):
            tally.passed += 1
            continue
        said = _said(row, None if row.week is None else weeks.get(row.week))
        if before is not None and before[1:] == (None, *said):
            tally.same += 1
            again[key[0], row.as_of].append(key[1])
            touched |= {key} if before[0] != row.as_of else set()
            continue
        tally.new += before is None
        tally.changed += before is not None
        touched.add(key)
        moved = moved or before is None or before[1] is not None or before[2:10] != said[:8]
        wanted.append((*key, *said, row.as_of, *known(row)[1:4], at, None))
    insert(Listing, COLUMNS, wanted, over=("kind", "key"))
    _see(again, at)
    return Touched(frozenset(touched), moved)


def _see(again: Mapping[tuple[Kind, date | None], Sequence[str]], at: datetime) -> None:
    """Note that sources say the same as before, now."""
    for (kind, as_of), keys in again.items():
        for start in range(0, len(keys), ASK_AT_ONCE):
            part = Listing.objects.filter(kind=kind, key__in=keys[start : start + ASK_AT_ONCE])
            part.update(seen_at=at, as_of=as_of)


def week_ids(weeks: Iterable[Week]) -> dict[Week, int]:
    """Return the row of each week, written now where it is new."""
    texts = {spell(week): week for week in weeks}
    found = dict(_in_parts(WeekHours.objects.values_list("text", "pk"), "text", texts))
    WeekHours.objects.bulk_create([WeekHours(text=text) for text in texts if text not in found], ignore_conflicts=True)
    missing = [text for text in texts if text not in found]
    found.update(_in_parts(WeekHours.objects.values_list("text", "pk"), "text", missing))
    return {week: found[text] for text, week in texts.items()}


def living(kind: Kind) -> list[Known]:
    """Read what the living rows of a source are compared by."""
    columns = Listing.objects.filter(kind=kind, gone_on__isnull=True).order_by().values_list("key", *COMPARED)
    return [Known(*row) for row in columns]


def told(kind: Kind, keys: Iterable[str]) -> dict[str, Told]:
    """Read rows of a source back by key."""
    columns = Listing.objects.filter(kind=kind).order_by().values_list("key", "as_of", "gone_on", *SAID)
    found: dict[str, Told] = {}
    for key, as_of, gone_on, *said in _in_parts(columns, "key", set(keys)):
        name, address, province, district, neighbourhood, phone, latitude, longitude, week, note, source = said
        row = PharmacyRow(
            hpid=key if kind == "nmc" else "",
            hira_id=key if kind == "hira" else "",
            name=name,
            address=address,
            province=province,
            district=district,
            neighbourhood=neighbourhood,
            phone=phone,
            latitude=latitude,
            longitude=longitude,
            note=note,
            source=source,
            as_of=as_of,
        )
        found[key] = Told(row, week, gone_on)
    return found


def _said(row: PharmacyRow, week: int | None) -> tuple[Any, ...]:
    return (
        row.name, row.address, row.province, row.district, row.neighbourhood, row.phone, row.latitude, row.longitude,
        week, row.note, row.source,
    )  # fmt: skip


def _kept(by_key: Mapping[tuple[Kind, str], PharmacyRow]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Read (as_of, gone_on, what was said) of the rows that stand already."""
    columns = Listing.objects.order_by().values_list("kind", "key", "as_of", "gone_on", *SAID)
    found: dict[tuple[str, str], tuple[Any, ...]] = {}
    for kind in {kind for kind, _ in by_key}:
        keys = {key for one, key in by_key if one == kind}
        found.update(((row[0], row[1]), tuple(row[2:])) for row in _in_parts(columns.filter(kind=kind), "key", keys))
    return found


def _in_parts(rows: models.QuerySet[Any, Any], column: str, keys: Iterable[str]) -> Iterable[Any]:
    wanted = list(keys)
    for start in range(0, len(wanted), ASK_AT_ONCE):
        yield from rows.filter(**{f"{column}__in": wanted[start : start + ASK_AT_ONCE]})
