"""Facts of pharmacies by id, and how they stand to a place and an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.queries.calendar import holidays_around
from onharu.catalog.pharmacies.queries.weeks import weeks_of
from onharu.catalog.pharmacies.rules.facts import Hours, Near, PharmacyFacts, Place
from onharu.catalog.pharmacies.rules.geo import haversine_m, walk_minutes
from onharu.catalog.pharmacies.rules.hours import Moment, moment, told_at
from onharu.catalog.pharmacies.rules.week import Week
from onharu.kernel import clock

# What a row is read as, in the order of PharmacyFacts; latitude and longitude stand where its place does.
COLUMNS = (
    "id",
    "hpid",
    "name",
    "address",
    "province",
    "district",
    "neighbourhood",
    "phone",
    "latitude",
    "longitude",
    "week_id",
    "note",
    "source",
    "as_of",
    "hours_source",
    "hours_as_of",
    "gone_on",
    "sample",
)
WEEK = COLUMNS.index("week_id")
DAYS = frozenset({"as_of", "hours_as_of", "gone_on"})
Row = tuple[Any, ...]


def facts_of(ids: Iterable[int]) -> dict[int, PharmacyFacts]:
    """Look up pharmacies, keyed by the ids asked for; unknown ids are absent.

    One that was folded into another answers as that one. One statement, one more where rows were folded, and one
    where weeks were never met before.
    """
    asked = set(ids)
    rows = _rows(asked)
    while ahead := {row[-1] for row in rows.values() if row[-1] is not None} - rows.keys():
        rows |= _rows(ahead)
    living = {one: _living(rows, one) for one in asked if one in rows}
    weeks = weeks_of(row[WEEK] for row in living.values())
    return {one: facts_from(row, weeks) for one, row in living.items()}


def _rows(ids: set[int]) -> dict[int, Row]:
    """Read rows of COLUMNS by id, each followed by the id of the one it was folded into."""
    if not ids:
        return {}
    found = Pharmacy.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS, "same_as_id")
    return {row[0]: row for row in found}


def _living(rows: Mapping[int, Row], one: int) -> Row:
    """Follow a row to the one that lives on; a circle, which nobody ought to write, ends where it began."""
    row, met = rows[one], {one}
    while row[-1] is not None and row[-1] not in met:
        met.add(row[-1])
        row = rows[row[-1]]
    return row


def facts_from(row: Row, weeks: Mapping[int, Week]) -> PharmacyFacts:
    """Build the facts from a row of COLUMNS."""
    _id, hpid, name, address, province, district, neighbourhood, phone, latitude, longitude, week, *rest = row
    note, source, as_of, hours_source, hours_as_of, gone_on, sample = rest[:7]
    return PharmacyFacts(
        id=_id,
        hpid=hpid or "",
        name=name,
        address=address,
        province=province,
        district=district,
        neighbourhood=neighbourhood,
        phone=phone,
        place=None if latitude is None else Place(latitude, longitude),
        week=None if week is None else weeks.get(week),
        note=note,
        source=source,
        as_of=_day(as_of),
        hours_source=hours_source,
        hours_as_of=_day(hours_as_of),
        gone_on=_day(gone_on),
        sample=bool(sample),
    )


def _day(value: date | str | None) -> date | None:
    """Read a day, also as a statement that is written out gives it: as text."""
    return _day_of(value) if isinstance(value, str) else value


@lru_cache(maxsize=64)
def _day_of(text: str) -> date:
    """Read a day; thousands of rows share a few."""
    return date.fromisoformat(text)


def moment_of(at: datetime) -> Moment:
    """Look at an aware instant as hours do, with the holidays around it."""
    return moment(at, holidays_around(clock.local_day(at)))


def hours_of(pharmacy: PharmacyFacts, at: datetime) -> Hours:
    """Tell what is known of its hours at an aware instant."""
    return told_at(pharmacy.week, moment_of(at))


def from_place(pharmacy: PharmacyFacts, place: Place | None, at: datetime) -> Near:
    """Tell how a pharmacy stands to a place: no distance where either place is not known."""
    hours = hours_of(pharmacy, at)
    if place is None or pharmacy.place is None:
        return Near(pharmacy, hours)
    return near(pharmacy, hours, haversine_m(place, pharmacy.place))


def near(pharmacy: PharmacyFacts, hours: Hours, metres: float) -> Near:
    """Put a distance beside a pharmacy and its hours."""
    return Near(pharmacy, hours, round(metres), walk_minutes(metres))
