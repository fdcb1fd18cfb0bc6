"""The shapes of pharmacies over HTTP, with what an answer looks like."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from onharu.catalog.pharmacies.api.answering import NONE_OPEN, SAID
from onharu.catalog.pharmacies.api.asking import LIMIT, MOST, MOST_METRES, RADIUS

OPEN_AT = "`now`, or an instant like 2026-11-22T21:30 (Seoul's time unless an offset is said), within 370 days of today"
AT = [OpenApiParameter("open_at", OpenApiTypes.STR, description=f"{OPEN_AT}; now when not said")]
ASKING = [
    OpenApiParameter("lat", OpenApiTypes.DOUBLE, description="WGS84; with `lon`, unless `q` is said"),
    OpenApiParameter("lon", OpenApiTypes.DOUBLE, description="WGS84"),
    OpenApiParameter("q", OpenApiTypes.STR, description="instead of a place: the name of a 동, or of a pharmacy"),
    OpenApiParameter("radius", OpenApiTypes.INT, description=f"metres, 1 to {MOST_METRES}; {RADIUS} when not said"),
    OpenApiParameter("limit", OpenApiTypes.INT, description=f"1 to {MOST}; {LIMIT} when not said"),
    OpenApiParameter("open_at", OpenApiTypes.STR, description=f"only those known to be open then: {OPEN_AT}"),
    OpenApiParameter(
        "unknown", OpenApiTypes.STR, enum=["include"], description="with `open_at`: also those of unknown hours"
    ),
]


class AskingIn(serializers.Serializer[Any]):
    """A question in a body: `lat` and `lon`, or `q`; the rest as in the address."""

    lat = serializers.FloatField(required=False, min_value=-90, max_value=90)
    lon = serializers.FloatField(required=False, min_value=-180, max_value=180)
    q = serializers.CharField(required=False, max_length=100)
    radius = serializers.IntegerField(required=False, min_value=1, max_value=MOST_METRES)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=MOST)
    open_at = serializers.CharField(required=False, help_text=OPEN_AT)
    unknown = serializers.ChoiceField(required=False, choices=["include"])


class SaidInBothOut(serializers.Serializer[Any]):
    """A sentence for people."""

    ko = serializers.CharField()
    en = serializers.CharField()


class HintOut(SaidInBothOut):
    """Why a list is empty, and what to do about it."""

    code = serializers.ChoiceField(
        choices=["outside_korea", "nothing_imported", "no_such_name", "none_near", "none_known_open"]
    )


class PharmacyOut(serializers.Serializer[Any]):
    """One pharmacy; null is not known, and never closed. `open_now` is for the instant `at` of the answer.

    `hours` has a list of [opens, closes] for `mon` to `sun` and `holiday` (public holidays, on whichever weekday):
    [] closed, null unknown; what closes after midnight counts on, so "26:00" is two in the morning of the day after.
    """

    id = serializers.IntegerField()
    hpid = serializers.CharField(allow_null=True, help_text="the key of the National Medical Center")
    name = serializers.CharField()
    address = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    distance_m = serializers.IntegerField(allow_null=True, help_text="as the crow flies")
    walk_minutes = serializers.IntegerField(allow_null=True, help_text="estimated from the distance")
    open_now = serializers.BooleanField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True, help_text="when an open one closes; null: never, or unknown")
    opens_next = serializers.DateTimeField(allow_null=True, help_text="within eight days, as far as is known")
    always_open = serializers.BooleanField(help_text="round the clock on every kind of day that is known")
    holiday = serializers.CharField(allow_null=True, help_text="the public holiday of that day")
    hours = serializers.DictField(
        child=serializers.ListField(child=serializers.ListField(child=serializers.CharField()), allow_null=True)
    )
    note = serializers.CharField(allow_null=True, help_text="what it says of its hours, verbatim")
    source = serializers.CharField()  # type: ignore[assignment]  # our word, not the field's option
    as_of = serializers.DateField(allow_null=True)
    hours_source = serializers.CharField(allow_null=True)
    hours_as_of = serializers.DateField(allow_null=True)
    gone_on = serializers.DateField(allow_null=True, help_text="since when no source lists it any more")
    sample = serializers.BooleanField(help_text="invented for a demo")


class OnePharmacyOut(PharmacyOut):
    """One pharmacy by itself, told for the instant `at`; nobody's place is known here, so no distance either."""

    at = serializers.DateTimeField()
    said = SaidInBothOut()


class AreaOut(serializers.Serializer[Any]):
    """A 동; distances are from its middle."""

    name = serializers.CharField()
    province = serializers.CharField()
    district = serializers.CharField()
    neighbourhood = serializers.CharField()
    lat = serializers.FloatField()
    lon = serializers.FloatField()
    pharmacies = serializers.IntegerField()


class PharmaciesOut(serializers.Serializer[Any]):
    """What was found, the nearest first, told for the instant `at`.

    `hidden_unknown`: how many of unknown hours were left out though they are as near. `area`: the 동 that `q` meant.
    """

    at = serializers.DateTimeField()
    count = serializers.IntegerField()
    results = PharmacyOut(many=True)
    hidden_unknown = serializers.IntegerField()
    area = AreaOut(allow_null=True)
    hint = HintOut(allow_null=True)
    said = SaidInBothOut()


DAY = [["09:00", "19:00"]]
ROW: dict[str, Any] = {
    "id": 41,
    "hpid": None,
    "name": "하루약국",
    "address": "서울특별시 강남구 보기로 1 (역삼동)",
    "phone": None,
    "lat": 37.5007,
    "lon": 127.0365,
    "distance_m": 182,
    "walk_minutes": 4,
    "open_now": True,
    "closes_at": "2026-11-22T18:00:00+09:00",
    "opens_next": None,
    "always_open": False,
    "holiday": None,
    "hours": {
        **dict.fromkeys(("mon", "tue", "wed", "thu"), DAY),
        "fri": [["09:00", "26:00"]],
        "sat": [["09:00", "13:00"], ["14:00", "18:00"]],
        "sun": [["10:00", "18:00"]],
        "holiday": None,
    },
    "note": None,
    "source": "온하루 보기 동네",
    "as_of": None,
    "hours_source": "온하루 보기 동네",
    "hours_as_of": None,
    "gone_on": None,
    "sample": True,
}
AT_NOON = "2026-11-22T12:00:00+09:00"
ENVELOPE: dict[str, Any] = {"at": AT_NOON, "hidden_unknown": 2, "area": None, "said": SAID}
FOUND = OpenApiExample(
    "One open now, two of unknown hours left out",
    response_only=True,
    value={**ENVELOPE, "count": 1, "results": [ROW], "hint": None},
)
NOTHING = OpenApiExample(
    "Nothing known to be open",
    response_only=True,
    value={**ENVELOPE, "count": 0, "results": [], "hint": NONE_OPEN},
)
ONE = OpenApiExample(
    "A pharmacy",
    response_only=True,
    value={"at": AT_NOON, **ROW, "distance_m": None, "walk_minutes": None, "said": SAID},
)
ASKED = OpenApiExample(
    "Open now within 3 km",
    request_only=True,
    value={"lat": 37.5, "lon": 127.0366, "radius": 3000, "open_at": "now"},
)
