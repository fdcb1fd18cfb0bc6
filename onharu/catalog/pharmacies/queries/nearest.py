"""Which pharmacies are near a place, and which of them are open: by true distance, never by a guess."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.queries.facts import COLUMNS, WEEK, facts_from, moment_of, near
from onharu.catalog.pharmacies.queries.weeks import weeks_of
from onharu.catalog.pharmacies.rules.facts import Nearby, Place
from onharu.catalog.pharmacies.rules.geo import box, haversine_m, in_korea
from onharu.catalog.pharmacies.rules.hours import told_at


def nearby(
    place: Place,
    *,
    at: datetime,
    radius: int = 2000,
    limit: int = 20,
    open_only: bool = False,
    with_unknown: bool = False,
) -> Nearby:
    """List the nearest pharmacies within a radius in metres, nearest first.

    With `open_only` those that are known to be open at the instant; `with_unknown` adds those of unknown hours,
    which are counted otherwise.
    """
    if not in_korea(place):
        return Nearby(at, (), outside=True)
    south, north, west, east = box(place, radius)
    rows = (
        Pharmacy.objects.filter(
            latitude__range=(south, north), longitude__range=(west, east), gone_on__isnull=True, same_as__isnull=True
        )
        .annotate(far=F("x"))
        .order_by()
        .values_list(*COLUMNS)
    )
    now = moment_of(at)
    far = sorted((haversine_m(place, Place(row[8], row[9])), row[0], row) for row in rows)
    weeks = weeks_of(row[WEEK] for _, _, row in far)
    found, hidden = [], 0
    for metres, _, row in far:
        if metres > radius or len(found) == limit:
            break
        facts = facts_from(row, weeks)
        hours = told_at(facts.week, now)
        if open_only and hours.state == "unknown" and not with_unknown:
            hidden += 1
        elif not open_only or hours.state != "closed":
            found.append(near(facts, hours, metres))
    return Nearby(at, tuple(found), hidden, empty_shelf=not found and not Pharmacy.objects.exists())
