"""How far back somebody's doses go."""

from __future__ import annotations

from datetime import date

from django.db.models import Min

from onharu.records.medication.models import Dose


def first_day_of(owner_id: int, regimen_id: int | None = None) -> date | None:
    """Find the day of a person's oldest dose, of one medicine where that is asked; one statement."""
    doses = Dose.objects.of(owner_id).filter(regimen__deleted_at__isnull=True)
    if regimen_id is not None:
        doses = doses.filter(regimen=regimen_id)
    found: date | None = doses.aggregate(first=Min("day"))["first"]
    return found
