"""What goes in and out about reminders, with examples for the OpenAPI document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.timezone import localtime
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from onharu.kernel.fields import ClockField
from onharu.records.medication.actions.notifying import LONGEST_LABEL, RANGES
from onharu.records.medication.models import Delivery, PushSubscription, Reminder
from onharu.records.medication.rules.reminding import Rule
from onharu.upstream import mail, web_push

STATES = ("waiting", "sent", "failed")


def _minutes(name: str, **more: Any) -> serializers.IntegerField:
    least, most = RANGES[name]
    return serializers.IntegerField(min_value=least, max_value=most, **more)


class RuleIn(serializers.Serializer[Any]):
    """How somebody wants to be reminded; what is left out stays. Times are of the clock in the person's zone."""

    quiet_from = ClockField(required=False, allow_null=True)
    quiet_to = ClockField(required=False, allow_null=True)
    rings_in_quiet = serializers.BooleanField(
        required=False, help_text="A dose planned within the quiet hours rings once at its time."
    )
    repeat_minutes = _minutes("repeat_minutes", required=False)
    repeats = _minutes("repeats", required=False)
    group_minutes = _minutes("group_minutes", required=False)
    names_shown = serializers.BooleanField(required=False, help_text="Messages may name medicines.")
    by_push = serializers.BooleanField(required=False)
    by_email = serializers.BooleanField(required=False)
    escalate_minutes = _minutes(
        "escalate_minutes",
        required=False,
        allow_null=True,
        help_text="When those who look after you hear of it; null: never.",
    )


class RuleOut(RuleIn):
    """The rule that holds, and which ways this house offers."""

    push_offered = serializers.BooleanField()
    email_offered = serializers.BooleanField()


class KeysIn(serializers.Serializer[Any]):
    """A browser's keys, as it says them: base64url."""

    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=40)


class SubscriptionIn(serializers.Serializer[Any]):
    """What `PushSubscription.toJSON()` says, and a name for the device."""

    endpoint = serializers.CharField(max_length=1000)
    keys = KeysIn()
    label = serializers.CharField(  # type: ignore[assignment]  # a field of ours, by DRF's own name
        max_length=LONGEST_LABEL, required=False, allow_blank=True, default=""
    )


class SubscriptionOut(serializers.Serializer[Any]):
    """A browser that rings. Its address and keys are never told again; `fault` is a word for what went wrong last."""

    id = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, by DRF's own name
    server = serializers.CharField(help_text="The host of the browser's maker.")
    created_at = serializers.DateTimeField()
    tested_at = serializers.DateTimeField(allow_null=True)
    delivered_at = serializers.DateTimeField(allow_null=True)
    failed_at = serializers.DateTimeField(allow_null=True)
    fault = serializers.CharField()


class EndpointIn(serializers.Serializer[Any]):
    """Which browser is meant, by its address."""

    endpoint = serializers.CharField(max_length=1000)


class KeyOut(serializers.Serializer[Any]):
    """The key to subscribe with (`applicationServerKey`, base64url); "" where no messages are offered."""

    key = serializers.CharField()


class TestWayOut(serializers.Serializer[Any]):
    """One message of a test: by which way, to which browser, how far it came."""

    way = serializers.ChoiceField(choices=("push", "email"))
    subscription = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=STATES)
    sent_at = serializers.DateTimeField(allow_null=True)
    shown_at = serializers.DateTimeField(allow_null=True)
    fault = serializers.CharField()


class TestOut(serializers.Serializer[Any]):
    """The last test; `asked_at` null when there was none."""

    asked_at = serializers.DateTimeField(allow_null=True)
    ways = TestWayOut(many=True)


class AnswerIn(serializers.Serializer[Any]):
    """What was pressed on a notification, with the token that came in it."""

    token = serializers.CharField(max_length=200)
    answer = serializers.ChoiceField(choices=("shown", "taken", "later", "skipped"))


class AnswerOut(serializers.Serializer[Any]):
    """What it did: doses marked, and doses that have to be looked at in the app (over their limit)."""

    answer = serializers.ChoiceField(choices=("shown", "taken", "later", "skipped"))
    doses = serializers.IntegerField()
    to_check = serializers.IntegerField()


def rule_out(rule: Rule) -> dict[str, Any]:
    """Spell a rule out."""
    return dict(
        RuleOut({**asdict(rule), "push_offered": web_push.is_offered(), "email_offered": mail.is_offered()}).data
    )


def subscription_out(row: PushSubscription) -> dict[str, Any]:
    """Spell a browser out, without what would let somebody else send to it."""
    server = row.endpoint.split("/")[2] if row.endpoint.count("/") > 1 else ""
    names = ("id", "label", "created_at", "tested_at", "delivered_at", "failed_at", "fault")
    return dict(SubscriptionOut({**{name: getattr(row, name) for name in names}, "server": server}).data)


def test_out(row: Reminder | None, deliveries: list[Delivery]) -> dict[str, Any]:
    """Spell a test out."""
    return {
        "asked_at": None if row is None else localtime(row.due_at).isoformat(),
        "ways": [dict(TestWayOut(_way(one)).data) for one in deliveries],
    }


def _way(row: Delivery) -> dict[str, Any]:
    return {
        "way": row.way,
        "subscription": row.subscription_id,
        "state": "waiting" if row.state == Delivery.State.CLAIMED else row.state,
        "sent_at": row.sent_at,
        "shown_at": row.shown_at,
        "fault": row.fault,
    }


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201", "202"])


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


_RULE: dict[str, Any] = {
    "quiet_from": "23:00",
    "quiet_to": "07:00",
    "rings_in_quiet": True,
    "repeat_minutes": 10,
    "repeats": 3,
    "group_minutes": 15,
    "names_shown": False,
    "by_push": True,
    "by_email": False,
    "escalate_minutes": None,
}
_BROWSER: dict[str, Any] = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91b",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
}
_AT = "2026-11-22T08:00:00+09:00"
RULE = _answered("The usual rule with quiet hours", {**_RULE, "push_offered": True, "email_offered": False})
RULE_IN = _sent("Quiet hours; the rest stays", {"quiet_from": "23:00", "quiet_to": "07:00"})
SUBSCRIPTION_IN = _sent("What the browser says", {**_BROWSER, "label": "내 전화기"})
SUBSCRIPTION = _answered(
    "A browser that rings",
    {"id": 4, "label": "내 전화기", "server": "fcm.googleapis.com", "created_at": _AT, "tested_at": None,
     "delivered_at": _AT, "failed_at": None, "fault": ""},
)  # fmt: skip
ENDPOINT_IN = _sent("By its address", {"endpoint": _BROWSER["endpoint"]})
KEY = _answered("The key of this house", {"key": _BROWSER["keys"]["p256dh"]})
TEST = _answered(
    "A test that arrived",
    {
        "asked_at": _AT,
        "ways": [{"way": "push", "subscription": 4, "state": "sent", "sent_at": _AT, "shown_at": _AT, "fault": ""}],
    },
)
ANSWER_IN = _sent("먹었어요", {"token": "31.1:1wBqXk:9bQe…", "answer": "taken"})
ANSWER = _answered("Two doses were taken", {"answer": "taken", "doses": 2, "to_check": 0})
