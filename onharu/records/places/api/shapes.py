"""What is answered about one's own pharmacies: the shelf's own words, and since when each is kept."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Near
from onharu.records.places.queries.kept import KeptEntry


class KeptHoursOut(serializers.Serializer[Any]):
    """Hours by kind of day: [["09:00", "19:00"]], past midnight "26:00"; [] closed, null not known."""

    def get_fields(self) -> dict[str, Any]:
        """Name the eight kinds of day."""
        kinds = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
        return {
            kind: serializers.ListField(child=serializers.ListField(child=serializers.CharField()), allow_null=True)
            for kind in kinds
        }


class KeptPharmacyOut(serializers.Serializer[Any]):
    """A pharmacy that somebody keeps; what nobody knows is null. Instants are Seoul's."""

    id = serializers.IntegerField()
    hpid = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    address = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    distance_m = serializers.IntegerField(allow_null=True, help_text="Always null: nobody says where they are here.")
    walk_minutes = serializers.IntegerField(allow_null=True)
    open_now = serializers.BooleanField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    opens_next = serializers.DateTimeField(allow_null=True)
    always_open = serializers.BooleanField()
    holiday = serializers.CharField(allow_null=True)
    hours = KeptHoursOut()
    note = serializers.CharField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option
    as_of = serializers.DateField(allow_null=True)
    hours_source = serializers.CharField(allow_null=True)
    hours_as_of = serializers.DateField(allow_null=True)
    gone_on = serializers.DateField(allow_null=True, help_text="Since when no source lists it any more.")
    sample = serializers.BooleanField()
    kept_at = serializers.DateTimeField()


def kept(entry: KeptEntry) -> dict[str, Any]:
    """Write a pharmacy that is kept."""
    return {**pharmacies.shown_pharmacy(Near(entry.pharmacy, entry.hours)), "kept_at": localtime(entry.kept_at)}
