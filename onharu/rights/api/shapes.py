"""What comes in and what goes out, and an example of each."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.rights.models import Erasure, Export

MAKING = OpenApiExample(
    "만드는 중",
    value={
        "state": "running",
        "percent": 40,
        "asked_at": "2026-11-22T12:00:00+09:00",
        "ready_at": None,
        "until": None,
        "size": None,
    },
    response_only=True,
    status_codes=["202"],
)
_RECEIPT = {
    "receipt": "nq2vXb3m0o7n0d1Vt0cVXg",
    "state": "done",
    "percent": 100,
    "asked_by": "self",
    "asked_at": "2026-11-22T12:00:00+09:00",
    "due_at": "2026-11-22T12:00:00+09:00",
    "begun_at": "2026-11-22T12:00:01+09:00",
    "finished_at": "2026-11-22T12:00:09+09:00",
    "removed": {"meals.meal": 181, "medication.dose": 129, "accounts.user": 1},
    "removed_rows": 311,
}
RECEIPT = OpenApiExample("확인증", value=_RECEIPT, response_only=True)
ASKED = OpenApiExample("응답", value=_RECEIPT | {"state": "waiting"}, response_only=True, status_codes=["202"])
LEAVING = OpenApiExample("바로", value={"now": True, "password": "a-long-password-9"}, request_only=True)


class ExportOut(serializers.Serializer[None]):
    """How an archive stands."""

    state = serializers.ChoiceField(choices=Export.State.choices)
    percent = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    until = serializers.DateTimeField(allow_null=True, help_text="How long it is kept")
    size = serializers.IntegerField(allow_null=True, help_text="Bytes")


class LeavingIn(serializers.Serializer[None]):
    """When, and the proof of who asks."""

    now = serializers.BooleanField(required=False, default=False, help_text="true: at once; else in 7 days")
    password = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        max_length=1000,
        help_text="Not needed within ten minutes of a sign-in",
    )


class ReceiptOut(serializers.Serializer[None]):
    """What became of an erasure. It names nobody."""

    receipt = serializers.CharField()
    state = serializers.ChoiceField(choices=["waiting", "running", "done"])
    percent = serializers.IntegerField()
    asked_by = serializers.ChoiceField(choices=Erasure.Asked.choices)
    asked_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    begun_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    removed = serializers.DictField(child=serializers.IntegerField(), help_text="Rows of each table")
    removed_rows = serializers.IntegerField()
