"""Whether anything was imported at all, or only the sample town is here."""

from __future__ import annotations

from onharu.catalog.pharmacies.models import Pharmacy


def is_empty() -> bool:
    """Whether nobody has imported a pharmacy yet; one statement."""
    return not Pharmacy.objects.exists()


def is_sample() -> bool:
    """Whether only the invented pharmacies are here, as they are never beside real ones; one statement."""
    return bool(Pharmacy.objects.order_by("pk").values_list("sample", flat=True).first())
