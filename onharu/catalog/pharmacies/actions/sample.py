"""Puts the sample town on a shelf that holds nothing real; the first real row takes it away again."""

from __future__ import annotations

import csv
from importlib.resources import files

from django.db import transaction

from onharu.catalog.pharmacies.actions.indexing import index_areas, index_names
from onharu.catalog.pharmacies.actions.listings import week_ids
from onharu.catalog.pharmacies.actions.tallies import Tally
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.geo import on_sphere
from onharu.catalog.pharmacies.rules.rows import PharmacyRow
from onharu.catalog.pharmacies.rules.sample import sample_row


@transaction.atomic
def load_sample_town() -> Tally | None:
    """Load the invented pharmacies, once; None where real ones stand already: they are never beside each other."""
    if Pharmacy.objects.filter(sample=False).exists():
        return None
    rows = sample_rows()
    kept = set(Pharmacy.objects.filter(sample=True).values_list("name", flat=True))
    fresh = [row for row in rows if row.name not in kept]
    weeks = week_ids({row.week for row in fresh if row.week is not None})
    made = Pharmacy.objects.bulk_create(
        [_pharmacy(row, weeks[row.week] if row.week is not None else None) for row in fresh]
    )
    if made:
        index_names([one.pk for one in made])
        index_areas()
    return Tally(new=len(made), same=len(rows) - len(made))


def sample_rows() -> tuple[PharmacyRow, ...]:
    """Read the town that is shipped."""
    text = files("onharu.catalog.pharmacies").joinpath("sample", "town.csv").read_text(encoding="utf-8")
    return tuple(sample_row(line) for line in csv.DictReader(text.splitlines()))


def _pharmacy(row: PharmacyRow, week: int | None) -> Pharmacy:
    place = Place(row.latitude or 0.0, row.longitude or 0.0)
    x, y, z = on_sphere(place)
    return Pharmacy(
        name=row.name,
        address=row.address,
        province=row.province,
        district=row.district,
        neighbourhood=row.neighbourhood,
        latitude=place.latitude,
        longitude=place.longitude,
        x=x,
        y=y,
        z=z,
        week_id=week,
        note=row.note,
        source=row.source,
        hours_source=row.source if week is not None else "",
        sample=True,
    )
