"""What a person settles of their reminders: the rule, the browsers that ring, and a test of them."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from onharu.kernel import ticks, walls
from onharu.kernel.problems import Conflict, Invalid, Missing
from onharu.records.medication.actions.agreeing import ENDED, agreed_to_ring
from onharu.records.medication.actions.telling import TEST, deliveries_to
from onharu.records.medication.models import Delivery, PushSubscription, Reminder, ReminderRule
from onharu.records.medication.queries.reminders import rule_of, subscriptions_of, told_of
from onharu.records.medication.rules.reminding import Rule
from onharu.upstream import mail, web_push

MOST_BROWSERS = 20
LONGEST_LABEL = 80
TEST_REST = timedelta(seconds=10)
RANGES = {"repeat_minutes": (5, 120), "repeats": (0, 12), "group_minutes": (0, 60), "escalate_minutes": (10, 720)}


class TooManyBrowsers(Conflict):
    """The list of browsers is full."""

    code = "too_many_browsers"
    ko = f"알림을 받을 기기는 {MOST_BROWSERS}대까지예요. 안 쓰는 기기를 빼 주세요."
    en = f"At most {MOST_BROWSERS} devices may ring. Remove one that is not used."


class NotABrowser(Invalid):
    """What was said of a browser cannot be true."""

    code = "subscription_invalid"
    ko = "이 기기의 알림 주소를 쓸 수 없어요."
    en = "This device's address for messages cannot be used."


class NoWay(Conflict):
    """There is nothing that a message could go to."""

    code = "no_way_to_tell"
    ko = "알림을 받을 기기나 이메일이 없어요. 먼저 알림을 켜 주세요."
    en = "There is no device and no mailbox to tell. Switch reminders on first."


@transaction.atomic
def set_rule(*, owner_id: int, said: dict[str, Any], at: datetime) -> Rule:
    """Keep how a person wants to be reminded; what is not said stays. It counts from the next telling on.

    Raises Invalid with the fields that are wrong.
    """
    rule = replace(rule_of(owner_id), **said)
    if errors := _faults(rule):
        raise Invalid(errors=errors)
    ReminderRule.objects.update_or_create(owner_id=owner_id, defaults={**asdict(rule), "changed_at": at})
    return rule


def _faults(rule: Rule) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, (least, most) in RANGES.items():
        number = getattr(rule, name)
        if number is not None and not least <= number <= most:
            found[name] = [f"{least}–{most}"]
    if (rule.quiet_from is None) != (rule.quiet_to is None):
        missing = "quiet_from" if rule.quiet_from is None else "quiet_to"
        found[missing] = [f"{time(22):%H:%M}"]
    if rule.by_email and not mail.is_offered():
        found["by_email"] = ["not offered here"]
    return found


@walls.for_house()  # a device that changes hands may be somebody else's row until now
@transaction.atomic
def subscribe(
    *, owner_id: int, said: web_push.Subscription, label: str, at: datetime, how: str = "api"
) -> tuple[PushSubscription, bool]:
    """Let a browser ring; telling it twice changes nothing but its name. Says whether it is new.

    Whoever knows a browser's address and both its keys holds that browser: a device that changed hands rings for
    whoever signed in last. Raises NotABrowser, TooManyBrowsers.
    """
    if not web_push.is_offered() or web_push.endpoint_fault(said.endpoint, web_push.homes()):
        raise NotABrowser(errors={"endpoint": ["https"]})
    if not web_push.is_key_pair(said.p256dh, said.auth):
        raise NotABrowser(errors={"keys": ["p256dh, auth"]})
    keys = {"p256dh": said.p256dh, "auth": said.auth}
    label = " ".join(label.split())[:LONGEST_LABEL]
    row = PushSubscription.objects.select_for_update().filter(endpoint=said.endpoint).first()
    if row is not None and (row.owner_id == owner_id or (row.p256dh, row.auth) == (said.p256dh, said.auth)):
        return _kept(row, owner_id, {**keys, **({"label": label} if label else {})}, how, at)
    if row is not None:
        raise NotABrowser(errors={"endpoint": ["taken"]})
    if subscriptions_of(owner_id).count() >= MOST_BROWSERS:
        raise TooManyBrowsers
    row, new = PushSubscription.objects.get_or_create(
        endpoint=said.endpoint, defaults={"owner_id": owner_id, **keys, "label": label, "created_at": at}
    )
    if new:
        agreed_to_ring(owner_id, row.pk, given=True, how=how, at=at)
    return _kept(row, owner_id, keys, how, at)[0], new


def _kept(
    row: PushSubscription, owner_id: int, values: dict[str, Any], how: str, at: datetime
) -> tuple[PushSubscription, bool]:
    """Keep a browser for whoever holds it now; messages for the one before do not go there any more."""
    if row.owner_id != owner_id:
        row.deliveries.all().delete()
        agreed_to_ring(row.owner_id, row.pk, given=False, how=ENDED, at=at)
        agreed_to_ring(owner_id, row.pk, given=True, how=how, at=at)
    PushSubscription.objects.filter(pk=row.pk).update(owner_id=owner_id, **values)
    row.refresh_from_db()
    return row, False


@transaction.atomic
def unsubscribe(*, owner_id: int, subscription_id: int, at: datetime, how: str = "api") -> None:
    """Take a browser off the list; tickets of notifications that it shows are over. Raises Missing."""
    row = PushSubscription.objects.one_of(owner_id, subscription_id)
    agreed_to_ring(owner_id, row.pk, given=False, how=how, at=at)
    row.delete()


@transaction.atomic
def unsubscribe_endpoint(*, owner_id: int, endpoint: str, at: datetime, how: str = "api") -> bool:
    """Take the browser with this address off the list; one that is not on it is left alone. Tells whether it was."""
    row = PushSubscription.objects.of(owner_id).filter(endpoint=endpoint).first()
    if row is not None:
        unsubscribe(owner_id=owner_id, subscription_id=row.pk, at=at, how=how)
    return row is not None


@transaction.atomic
def send_test(*, owner_id: int, at: datetime) -> Reminder:
    """Send a test over every way that the person switched on, the same road as a reminder's.

    One that was asked for a moment ago is answered again. Raises NoWay.
    """
    lately = Reminder.objects.of(owner_id).filter(kind=TEST, due_at__gt=at - TEST_REST, due_at__lte=at)
    before: Reminder | None = lately.order_by("-due_at").first()
    if before is not None:
        return before
    told = told_of(owner_id)
    if told is None:
        raise Missing
    row = Reminder.objects.create(
        owner_id=owner_id, kind=TEST, due_at=at, send_at=at, state=Reminder.State.CLAIMED, claimed_at=at
    )
    rows = deliveries_to(row, told, at)
    if not rows:
        raise NoWay
    Delivery.objects.bulk_create(rows)
    transaction.on_commit(ticks.ring)
    return row
