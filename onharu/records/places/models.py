"""The pharmacies that somebody keeps."""

from __future__ import annotations

from django.db import models

from onharu.kernel.owned import Owned


class KeptPharmacy(Owned):
    """A pharmacy that somebody goes to. To let it go is to delete the row; keeping it again makes another."""

    pharmacy = models.ForeignKey("pharmacies.Pharmacy", on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at", "-id"]
        verbose_name_plural = "kept pharmacies"
        constraints = [models.UniqueConstraint(fields=["owner", "pharmacy"], name="one_pharmacy_is_kept_once")]
