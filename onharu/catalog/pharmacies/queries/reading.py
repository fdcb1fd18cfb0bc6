"""The statement behind "which are near": one, written out, the same on both engines.

Rows are found and put in order from an index alone (pharmacies_by_place or pharmacies_by_week); only those of the
answer are looked up. The square of the straight line through the earth orders places as their distance does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.queries.facts import COLUMNS, DAYS, Row
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.geo import box, chord_squared, on_sphere

# Nobody needs to know whether 100 or 3,000 were left out, and counting them all takes longer than finding the rest.
MOST_HIDDEN = 100
# So that rounding leaves nobody out who stands exactly on the rim: whoever asks measures again.
HAIR = 1 + 1e-9

_TABLE = f'"{Pharmacy._meta.db_table}"'  # noqa: SLF001 our own table
_FAR = "((x - %(x)s) * (x - %(x)s) + (y - %(y)s) * (y - %(y)s) + (z - %(z)s) * (z - %(z)s))"
_WITHIN = (
    "latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s "
    "AND gone_on IS NULL AND same_as_id IS NULL"
)
_FOUND = f"SELECT id, {_FAR} AS far FROM {_TABLE} WHERE {_WITHIN} AND {_FAR} <= %(rim)s"  # noqa: S608 our own names
_NEAR = "WITH near AS (SELECT id, far FROM ({found}) AS found ORDER BY far, id LIMIT %(limit)s)"
# Days come as text: a driver would make dates of all of them, also of rows that are passed over.
_COLUMNS = ", ".join(f"CAST(row.{name} AS TEXT)" if name in DAYS else f"row.{name}" for name in COLUMNS)
_ROWS = f"SELECT {_COLUMNS}, 0 FROM near JOIN {_TABLE} AS row ON row.id = near.id ORDER BY near.far, near.id"  # noqa: S608 see above
# The last row of a full answer, or the rim: whoever stands before it was passed over.
_LAST = "(SELECT {column} FROM near ORDER BY far, id LIMIT 1 OFFSET %(limit)s - 1)"
_EDGE = (
    f", edge AS (SELECT COALESCE({_LAST.format(column='far')}, %(rim)s) AS far, "
    f"COALESCE({_LAST.format(column='id')}, 9223372036854775807) AS id)"
)
_PASSED = f"SELECT 1 FROM {_TABLE} WHERE {_WITHIN} AND ({_FAR}, id) < (SELECT far, id FROM edge) AND "  # noqa: S608 see above
_HIDDEN = ", hidden AS (SELECT COUNT(*) AS many FROM ({passed} LIMIT %(most)s) AS passed)"
_ROWS_AND_HIDDEN = (
    f"SELECT {_COLUMNS}, hidden.many FROM hidden LEFT JOIN near ON 1 = 1 "  # noqa: S608 see above
    f"LEFT JOIN {_TABLE} AS row ON row.id = near.id ORDER BY near.far, near.id"
)


@dataclass(frozen=True, slots=True)
class Weeks:
    """Some weeks by id, and all the others. Ids are our own keys, so they are written into the statement."""

    these: Sequence[int]
    others: Sequence[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to read: all; or only those that keep some weeks, and with `unsaid` those of which none is known.

    `passed`: rows that keep these weeks, or none that is known, and stand before the last row read are counted.
    """

    only: Weeks | None = None
    unsaid: bool = False
    passed: Weeks | None = None


ALL = Wanted()


def read_rows(place: Place, metres: float, limit: int, wanted: Wanted = ALL) -> tuple[list[Row], int]:
    """Read the nearest rows of COLUMNS within so many metres, nearest first, and how many were passed over.

    One statement. MOST_HIDDEN at most are counted.
    """
    x, y, z = on_sphere(place)
    south, north, west, east = box(place, metres)
    values = {
        "x": x,
        "y": y,
        "z": z,
        "south": south,
        "north": north,
        "west": west,
        "east": east,
        "rim": chord_squared(metres) * HAIR,
        "limit": limit,
        "most": MOST_HIDDEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(wanted), values)
        rows = cursor.fetchall()
    return [row for row in rows if row[0] is not None], int(rows[0][-1]) if rows else 0


def _statement(wanted: Wanted) -> str:
    found = _FOUND if wanted.only is None else f"{_FOUND} AND {_keeps(wanted.only)}"
    if wanted.unsaid:
        found += f" UNION ALL {_FOUND} AND week_id IS NULL"
    near = _NEAR.format(found=found)
    if wanted.passed is None:
        return f"{near} {_ROWS}"
    passed = f"{_PASSED}week_id IS NULL"
    if wanted.passed.these:
        passed += f" UNION ALL {_PASSED}{_keeps(wanted.passed)}"
    return f"{near}{_EDGE}{_HIDDEN.format(passed=passed)} {_ROWS_AND_HIDDEN}"


def _keeps(weeks: Weeks) -> str:
    """Ask for rows that keep some weeks, by the shorter list: of a thousand, reading takes longer than looking."""
    if len(weeks.these) <= len(weeks.others):
        return f"week_id IN {_listed(weeks.these)}"
    return f"week_id IS NOT NULL AND week_id NOT IN {_listed(weeks.others)}"


def _listed(ids: Sequence[int]) -> str:
    """Write ids as a list; 0 is nobody's."""
    return f"({','.join(map(str, ids)) or 0})"
