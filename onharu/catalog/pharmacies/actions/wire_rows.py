"""Reads what the directory says of a pharmacy into a row of this shelf."""

from __future__ import annotations

from datetime import date
from typing import cast

from onharu.catalog.pharmacies.rules.areas import parts_of
from onharu.catalog.pharmacies.rules.hours import read
from onharu.catalog.pharmacies.rules.phones import phone_in
from onharu.catalog.pharmacies.rules.rows import PharmacyRow
from onharu.catalog.pharmacies.rules.tables import NMC
from onharu.catalog.pharmacies.rules.week import UNKNOWN, Week
from onharu.upstream.pharmacy_directory import PharmacyFact


def wire_row(fact: PharmacyFact, today: date) -> PharmacyRow:
    """Read a fact; where the source names no day, it is said today. A week in which nothing is understood is none."""
    parts = parts_of(fact.address)
    week = cast("Week", tuple(read(opens, closes) for opens, closes in fact.hours))
    return PharmacyRow(
        hpid=fact.hpid,
        hira_id="",
        name=fact.name,
        address=fact.address,
        province=parts.province,
        district=parts.district,
        neighbourhood=parts.neighbourhood,
        phone=phone_in(fact.phone, parts.province),
        latitude=fact.latitude,
        longitude=fact.longitude,
        week=None if week == UNKNOWN else week,
        note=fact.note,
        source=NMC,
        as_of=fact.as_of or today,
    )
