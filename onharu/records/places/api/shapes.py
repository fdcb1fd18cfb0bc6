"""What is answered about one's own pharmacies: the shelf's own words, and since when each is kept."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.public import Near
from onharu.records.places.queries.kept import KeptEntry
from onharu.records.places.queries.live import Live


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


class DegreesField(serializers.FloatField):
    """Degrees of WGS84; what is no number is none, also where a float could hold it."""

    def __init__(self, most: int) -> None:
        super().__init__(min_value=-most, max_value=most)

    def to_internal_value(self, data: Any) -> float:
        """Read degrees."""
        value = super().to_internal_value(data)
        if isinstance(data, bool) or not isfinite(value):
            self.fail("invalid")
        return value


class LiveIn(serializers.Serializer[Any]):
    """A position, in degrees of WGS84, and how far to look, in metres."""

    lat = DegreesField(90)
    lon = DegreesField(180)
    radius = serializers.IntegerField(min_value=1, max_value=20_000, default=2_000)


class LivePharmacyOut(serializers.Serializer[Any]):
    """A pharmacy that only another company lists; nobody says its hours."""

    name = serializers.CharField()
    address = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    lat = serializers.FloatField()
    lon = serializers.FloatField()
    distance_m = serializers.IntegerField(allow_null=True)
    url = serializers.CharField(allow_null=True)


class LiveOut(serializers.Serializer[Any]):
    """What only another company lists, the nearest first; none where the place lies outside Korea."""

    results = LivePharmacyOut(many=True)
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option


def live(found: Live) -> dict[str, Any]:
    """Write what another company lists."""
    rows = [
        {
            "name": one.name,
            "address": one.address or None,
            "phone": one.phone or None,
            "lat": one.latitude,
            "lon": one.longitude,
            "distance_m": one.distance_m,
            "url": one.url or None,
        }
        for one in found.found
    ]
    return {"results": rows, "source": found.source}


def kept(entry: KeptEntry) -> dict[str, Any]:
    """Write a pharmacy that is kept."""
    return {**pharmacies.shown_pharmacy(Near(entry.pharmacy, entry.hours)), "kept_at": localtime(entry.kept_at)}
