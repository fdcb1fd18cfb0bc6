"""The pharmacies that somebody keeps, with their hours at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Hours, PharmacyFacts
from onharu.records.places.models import KeptPharmacy


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """A pharmacy that somebody keeps, and how it stands."""

    pharmacy: PharmacyFacts
    hours: Hours
    kept_at: datetime


def kept_of(owner_id: int, *, at: datetime) -> tuple[KeptEntry, ...]:
    """List what somebody keeps, the newest first; at most three statements.

    Two rows of the shelf that turned out to be one pharmacy stand here once. One that no source lists any more stays,
    with the day since when.
    """
    facts, since = _kept(owner_id)
    return tuple(KeptEntry(one, pharmacies.hours_of(one, at), since[one.id]) for one in facts)


def kept_ids(owner_id: int) -> frozenset[int]:
    """Tell which pharmacies somebody keeps, by the id under which each lives on; two statements."""
    facts, _since = _kept(owner_id)
    return frozenset(one.id for one in facts)


def _kept(owner_id: int) -> tuple[list[PharmacyFacts], dict[int, datetime]]:
    rows = list(KeptPharmacy.objects.of(owner_id).values_list("pharmacy_id", "kept_at"))
    known = pharmacies.facts_of([pk for pk, _ in rows]) if rows else {}
    since: dict[int, datetime] = {}
    for pk, kept_at in rows:
        if pk in known:
            since.setdefault(known[pk].id, kept_at)
    living = {facts.id: facts for facts in known.values()}
    return [living[one] for one in since], since
