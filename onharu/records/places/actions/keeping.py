"""Keeping a pharmacy and letting it go: a state that is set, which touches nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import PharmacyFacts
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Missing
from onharu.records.places.models import KeptPharmacy

MOST_KEPT = 100
LARGEST_ID = 2**63 - 1


class PharmacyUnknown(Missing):
    """The number is not on the shelf."""

    code = "no_such_pharmacy"
    ko = "그런 약국을 찾을 수 없어요."
    en = "There is no such pharmacy."


class TooManyKept(Conflict):
    """More pharmacies than a person can keep."""

    code = "pharmacies_too_many"
    ko = f"약국은 {MOST_KEPT}곳까지 담아 둘 수 있어요. 안 가는 곳을 빼 주세요."
    en = f"At most {MOST_KEPT} pharmacies can be kept. Let go of one that you do not use."


@transaction.atomic
def keep(*, owner_id: int, pharmacy_id: int) -> tuple[PharmacyFacts, datetime]:
    """Keep a pharmacy; says which, and since when. Saying it twice changes nothing.

    Raises PharmacyUnknown, and TooManyKept. Two rows of the shelf that turned out to be one pharmacy are kept once.
    """
    # The rows are locked, so that two at once count one after the other and not past the most.
    since = dict(KeptPharmacy.objects.of(owner_id).select_for_update().values_list("pharmacy_id", "kept_at"))
    pharmacy, same = _known(pharmacy_id, list(since))
    if same:
        return pharmacy, max(since[one] for one in same)
    if KeptPharmacy.objects.of(owner_id).count() >= MOST_KEPT:
        raise TooManyKept
    at = clock.now()
    try:
        with transaction.atomic():
            KeptPharmacy.objects.create(owner_id=owner_id, pharmacy_id=pharmacy.id, kept_at=at)
    except IntegrityError:
        at = KeptPharmacy.objects.of(owner_id).get(pharmacy_id=pharmacy.id).kept_at
    return pharmacy, at


@transaction.atomic
def let_go(*, owner_id: int, pharmacy_id: int) -> PharmacyFacts:
    """Keep a pharmacy no longer; says which. Saying it twice changes nothing. Raises PharmacyUnknown."""
    mine = KeptPharmacy.objects.of(owner_id)
    pharmacy, same = _known(pharmacy_id, list(mine.values_list("pharmacy_id", flat=True)))
    if same:
        mine.filter(pharmacy_id__in=same).delete()
    return pharmacy


def _known(pharmacy_id: int, kept: list[int]) -> tuple[PharmacyFacts, list[int]]:
    """Find a pharmacy as it lives on, and which of the kept rows are about it."""
    facts = pharmacies.facts_of({pharmacy_id, *kept}) if pharmacy_id <= LARGEST_ID else {}
    if pharmacy_id not in facts:
        raise PharmacyUnknown
    living = facts[pharmacy_id]
    return living, [one for one in kept if one in facts and facts[one].id == living.id]
