"""Staff look at pharmacies and change nothing: what an official source says is corrected there."""

from __future__ import annotations

from django.contrib import admin

from onharu.catalog.pharmacies.models import Pharmacy
from onharu.kernel.admin import ReadOnly


@admin.register(Pharmacy)
class PharmacyAdmin(ReadOnly):
    """Pharmacies with where they come from; found by name, by their keys and by phone."""

    list_display = ["id", "name", "district", "neighbourhood", "phone", "week", "source", "as_of", "gone_on", "same_as"]
    list_filter = ["province", "sample"]
    list_select_related = ["week", "same_as"]
    search_fields = ["name", "hpid", "hira_id", "phone"]
