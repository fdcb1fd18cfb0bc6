"""Whether anything was imported at all."""

from __future__ import annotations

from onharu.catalog.pharmacies.models import Pharmacy


def is_empty() -> bool:
    """Whether nobody has imported a pharmacy yet; one statement."""
    return not Pharmacy.objects.exists()
