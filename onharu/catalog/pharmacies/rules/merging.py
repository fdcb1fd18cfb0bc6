"""What a pharmacy is of which two sources tell: hours by one, the rest by whoever said it last. Plain Python."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onharu.catalog.pharmacies.rules.rows import PharmacyRow


def merged(nmc: PharmacyRow | None, hira: PharmacyRow | None) -> PharmacyRow:
    """Lay the newer row over the older; hours and their note are NMC's. Empty never takes away what the other says."""
    leads, follows = _in_order(nmc, hira)
    if follows is None:
        return leads
    whole = leads if leads.neighbourhood or not follows.neighbourhood else follows
    placed = leads if leads.latitude is not None else follows
    return replace(
        leads,
        hpid=leads.hpid or follows.hpid,
        hira_id=leads.hira_id or follows.hira_id,
        address=leads.address or follows.address,
        province=whole.province,
        district=whole.district,
        neighbourhood=whole.neighbourhood,
        phone=leads.phone or follows.phone,
        latitude=placed.latitude,
        longitude=placed.longitude,
        week=nmc.week if nmc else None,
        note=nmc.note if nmc else "",
    )


def _in_order(nmc: PharmacyRow | None, hira: PharmacyRow | None) -> tuple[PharmacyRow, PharmacyRow | None]:
    if nmc is None or hira is None:
        alone = nmc or hira
        if alone is None:
            raise ValueError("nobody tells of it")
        return alone, None
    newer = (hira.as_of or date.min) > (nmc.as_of or date.min)
    return (hira, nmc) if newer else (nmc, hira)
