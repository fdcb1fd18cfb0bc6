"""Writes what sources say of pharmacies into the shelf: two sources of one pharmacy become one row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from onharu.catalog.pharmacies.actions.indexing import index_areas, index_names
from onharu.catalog.pharmacies.actions.listings import Owner, write_listings
from onharu.catalog.pharmacies.actions.settling import Carried, carriers, settle
from onharu.catalog.pharmacies.actions.tallies import Tally
from onharu.catalog.pharmacies.actions.telling import tell
from onharu.catalog.pharmacies.models import Listing, Pharmacy
from onharu.catalog.pharmacies.rules.matching import Matched
from onharu.catalog.pharmacies.rules.rows import Kind, PharmacyRow
from onharu.kernel import clock

__all__ = ["Tally", "end_listing", "store_pharmacies"]

# A reading that missed more than this part of the known ones was broken off, or was of another table.
MOST_MISSED = Fraction(1, 10)


@transaction.atomic
def store_pharmacies(rows: Iterable[PharmacyRow], *, tally: Tally, counted: bool = False) -> None:
    """Write rows by their source's key, all of them or none, and merge those that are one pharmacy.

    May be called page by page and repeated. A row older (`as_of`) than what the same source said is passed. The first
    real row takes the sample town away. How rows met the other source is counted only if asked for: it is worked out
    for the whole shelf, and need not be while nobody's name, phone or place is another.
    """
    wanted = list(rows)
    if not wanted:
        return
    samples = list(Pharmacy.objects.filter(sample=True).values_list("pk", flat=True))
    if samples:
        Pharmacy.objects.filter(pk__in=samples).delete()
    touched = write_listings(wanted, clock.now(), tally)
    if not touched.moved and not samples and not counted:
        _write(carriers(touched.keys))
        return
    matched = _settled(touched.keys, samples)
    _count({(row.kind, row.key) for row in wanted}, matched, tally)


@transaction.atomic
def end_listing(source_kind: Kind, seen_before: datetime, on: date) -> int:
    """Mark as gone what a complete reading of a source did not list (last stored before an instant); returns how many.

    What another source lists stays. Ends nothing when fewer than nine of ten known ones were seen: such a reading was
    not complete.
    """
    known = Listing.objects.filter(kind=source_kind, gone_on__isnull=True)
    missed = known.filter(seen_at__lt=seen_before)
    keys = list(missed.values_list("key", flat=True))
    if not keys or len(keys) > MOST_MISSED * known.count():
        return 0
    missed.update(gone_on=on)
    gone_before = Pharmacy.objects.filter(gone_on__isnull=False).count()
    _settled({(source_kind, key) for key in keys})
    return Pharmacy.objects.filter(gone_on__isnull=False).count() - gone_before


def _settled(touched: Collection[Owner], dropped: Collection[int] = ()) -> Matched:
    """Bring pharmacies, names and areas in line with what the sources list."""
    settled = settle(touched)
    _write(settled.dirty, {*settled.folded, *dropped})
    return settled.matched


def _write(dirty: Sequence[Carried], left: Collection[int] = ()) -> None:
    """Write pharmacies anew, and what searches find; some have left the shelf."""
    written = tell(dirty)
    index_names(written.renamed, left)
    if written.moved or left:
        index_areas()


def _count(keys: Collection[Owner], matched: Matched, tally: Tally) -> None:
    met = {("nmc", key) for key in matched.pairs} | {("hira", key) for key in matched.pairs.values()}
    for key in keys:
        if key in met:
            tally.matched += 1
        elif key[1] in matched.twins:
            tally.twins += 1
        elif key[1] in matched.ambiguous:
            tally.ambiguous += 1
        else:
            tally.alone += 1
