"""What is sent and answered about shares and shared doses, with examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.kernel.fields import DayField
from onharu.records.medication.api.dose_fields import DoseAmountField, UnitField

STANDS = ("invited", "living", "over", "left", "revoked")
LOGGED = ("accepted", "looked", "taken", "undone", "told", "changed", "left", "revoked", "restored")
STATES = ("planned", "due", "late", "taken", "skipped", "undone")
In = serializers.Serializer[Any]


class FamilyShareIn(In):
    """What a viewer may: `may_mark` to say that doses were taken, `is_told` of missed ones; `until` the last day."""

    label = serializers.CharField(max_length=40, required=False, allow_blank=True)  # type: ignore[assignment]  # a field of ours
    may_mark = serializers.BooleanField(required=False)
    is_told = serializers.BooleanField(required=False)
    until = DayField(required=False, allow_null=True)


class FamilyShareOut(In):
    """A share as its owner sees it. `code` and `link` are told once, in the answer that made it."""

    id = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours
    viewer = serializers.CharField(allow_null=True, help_text="How the viewer calls themselves; null: not taken up.")
    may_mark = serializers.BooleanField()
    is_told = serializers.BooleanField()
    until = serializers.DateField(allow_null=True)
    stands = serializers.ChoiceField(choices=STANDS)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    code = serializers.CharField(allow_null=True)
    link = serializers.CharField(allow_null=True)


class ShareLogOut(In):
    """Who did what and when: looked at a day, marked a dose, was told."""

    id = serializers.IntegerField()
    share = serializers.IntegerField()
    who = serializers.CharField()
    what = serializers.ChoiceField(choices=LOGGED)
    date = serializers.DateField()
    dose = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class CodeIn(In):
    """The code of an invitation, with or without dashes."""

    code = serializers.CharField(max_length=60)


class SharedOut(In):
    """A share as its viewer has it. `today` is the owner's day, by their clock."""

    id = serializers.IntegerField()
    owner = serializers.CharField()
    may_mark = serializers.BooleanField()
    is_told = serializers.BooleanField()
    until = serializers.DateField(allow_null=True)
    accepted_at = serializers.DateTimeField()
    zone = serializers.CharField()
    today = serializers.DateField()


class SharedDoseOut(In):
    """A dose as a viewer sees it; times are by the owner's clock. `by_me`: this viewer marked it."""

    id = serializers.CharField()
    name = serializers.CharField()
    unit = UnitField()
    amount = DoseAmountField()
    planned_at = serializers.DateTimeField(allow_null=True)
    date = serializers.DateField()
    state = serializers.ChoiceField(choices=STATES)
    taken_at = serializers.DateTimeField(allow_null=True)
    taken_amount = DoseAmountField(allow_null=True)
    by_me = serializers.BooleanField()


class SharedDayOut(In):
    """The doses of the owner's day, in the order of their times."""

    date = serializers.DateField()
    doses = SharedDoseOut(many=True)


class MarkedIn(In):
    """Left out or true is taken, false takes this viewer's own word back."""

    taken = serializers.BooleanField(default=True)


_SHARE = {
    "id": 7,
    "label": "엄마",
    "viewer": None,
    "may_mark": True,
    "is_told": True,
    "until": "2026-12-31",
    "stands": "invited",
    "created_at": "2026-11-22T12:00:00+09:00",
    "expires_at": "2026-11-29T12:00:00+09:00",
    "accepted_at": None,
    "ended_at": None,
}
_DOSE = {
    "id": "12.v1.20261122.0",
    "name": "혈압약",
    "unit": "tablet",
    "amount": 1,
    "planned_at": "2026-11-22T08:00:00+09:00",
    "date": "2026-11-22",
    "state": "taken",
    "taken_at": "2026-11-22T08:10:00+09:00",
    "taken_amount": 1,
    "by_me": True,
}
_SHARED = {
    "id": 7,
    "owner": "하루",
    "may_mark": True,
    "is_told": True,
    "until": "2026-12-31",
    "accepted_at": "2026-11-22T12:30:00+09:00",
    "zone": "Asia/Seoul",
    "today": "2026-11-22",
}
_LOG = {
    "id": 31,
    "share": 7,
    "who": "엄마",
    "what": "taken",
    "date": "2026-11-22",
    "dose": "혈압약",
    "at": "2026-11-22T08:10:00+09:00",
}


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True)


INVITE = OpenApiExample(
    "until the end of the year",
    value={"label": "엄마", "may_mark": True, "is_told": True, "until": "2026-12-31"},
    request_only=True,
)
INVITED = _answered(
    "an invitation",
    {
        **_SHARE,
        "code": "7KQ2-M9XA-R4TD-W8HP",
        "link": "https://onharu.example/medicines/family/join/?code=7KQ2-M9XA-R4TD-W8HP",
    },
)
LIVING = _answered(
    "taken up",
    {
        **_SHARE,
        "viewer": "minji",
        "stands": "living",
        "accepted_at": "2026-11-22T12:30:00+09:00",
        "code": None,
        "link": None,
    },
)
CHANGE = OpenApiExample("may only look", value={"may_mark": False}, request_only=True)
LOG = _answered("a dose that was marked", _LOG)
CODE = OpenApiExample("a code", value={"code": "7KQ2-M9XA-R4TD-W8HP"}, request_only=True)
SHARED = _answered("somebody who shares", _SHARED)
SHARED_DAY = _answered("the owner's day", {"date": "2026-11-22", "doses": [_DOSE]})
MARK = OpenApiExample("taken", value={"taken": True}, request_only=True)
MARKED = _answered("marked", _DOSE)
