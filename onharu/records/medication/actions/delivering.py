"""Sending one message: claimed first, sent outside of any transaction, then written down.

Between the sending and the writing lies a moment in which a worker may die. The claim is then taken again and the
message goes a second time; its topic and tag have the browser show it in the first one's place (docs/decisions/0075).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import OperationalError, transaction
from django.db.models import F

from onharu.kernel import clock
from onharu.kernel.leaving import leaving
from onharu.records.medication.actions.agreeing import ENDED, agreed_to_ring
from onharu.records.medication.models import Delivery, Dose, DoseEvent, PushSubscription, Reminder
from onharu.records.medication.queries import reminder_words
from onharu.records.medication.queries.lateness import lateness_of
from onharu.records.medication.queries.reminders import Told, due_deliveries, open_doses, told_of
from onharu.records.medication.rules import reminding
from onharu.upstream import mail, web_push
from onharu.upstream.faults import Refused, Unavailable

log = structlog.get_logger(__name__)
State = Delivery.State
TRIES = 3


@dataclass(frozen=True, slots=True)
class Held:
    """A message in this worker's hands: its row as claimed, who is told, of which doses."""

    row: Delivery
    told: Told
    doses: tuple[Dose, ...]
    at: datetime


def deliver(delivery_id: int) -> bool:
    """Send one message that is due, if it is still to be sent and nobody else has it; tells whether it went out."""
    held = _claim(delivery_id)
    if held is None:
        return False
    try:
        outcome = _send(held)
    except Unavailable as fault:
        _again(held, fault)
    except Refused as fault:
        _give_up(held, fault.reason)
    else:
        if isinstance(outcome, web_push.Gone):
            _forget(held)
            return False
        _write_down(held)
        return True
    return False


def _write_down(held: Held) -> None:
    """Write down that it went out, again where a busy database refuses: what is not written is sent a second time."""
    for left in range(TRIES - 1, -1, -1):
        try:
            _written(held)
        except OperationalError:
            if left == 0:
                raise
            log.warning("written_late", left=left)
        else:
            return


@transaction.atomic
def _claim(delivery_id: int) -> Held | None:
    """Take a message that is due. The clock is read once the database is ours: a claim counts from when it is made."""
    at = clock.now()
    mine = (
        due_deliveries(at)
        .filter(pk=delivery_id)
        .order_by()
        .update(state=State.CLAIMED, claimed_at=at, attempts=F("attempts") + 1)
    )
    if not mine:
        return None
    row = Delivery.objects.select_related("reminder", "subscription").get(pk=delivery_id)
    told = told_of(row.owner_id)
    of_doses = row.reminder.kind in {"dose", "caregiver"}
    doses = tuple(open_doses([row.reminder_id]).get(row.reminder_id, ())) if of_doses else ()
    late = _is_late(row, told, at) if told is not None and row.reminder.kind == "dose" else ""
    if told is None or (of_doses and not doses) or (late and _told_since(row)):
        _set(row, State.FAILED, _why_not(told, doses, of_doses=of_doses))
        return None
    row.reminder.missed = len(doses) if late == "missed" else row.reminder.missed
    return Held(row, told, doses, at)


def _why_not(told: Told | None, doses: tuple[Dose, ...], *, of_doses: bool) -> str:
    if told is None:
        return "nobody"
    return "answered" if of_doses and not doses else "superseded"


def _is_late(row: Delivery, told: Told, at: datetime) -> str:
    """Say how a message lags: "missed" when its time is over, "again" when tried once more, "" when it does not."""
    if at - (row.reminder.claimed_at or row.try_at) > told.rule.repeat:
        return "missed"
    return "again" if row.attempts > 1 else ""


def _told_since(row: Delivery) -> bool:
    """Whether the same doses were told again since, so that this message would only come out of order."""
    later = Reminder.objects.of(row.reminder.owner_id).filter(
        kind=row.reminder.kind, due_at=row.reminder.due_at, step__gt=row.reminder.step
    )
    return later.exclude(state=Reminder.State.WAITING).exists()


def _send(held: Held) -> web_push.Sent | web_push.Gone | None:
    row, person = held.row, held.told.person
    words = reminder_words.words_of(row.reminder, person, held.told.rule, held.doses)
    if row.way == "email":
        subject, body = reminder_words.letter_of(words)
        with leaving(person.id, "mail"):
            mail.send(to=held.told.email, subject=subject, body=body, name=f"onharu-{row.pk}")
        return None
    browser = row.subscription
    if browser is None:
        raise Refused("web_push", "gone")
    message = web_push.Message(
        payload=reminder_words.payload_of(row, person, words, len(held.doses)),
        ttl=int(reminding.kept_for(row.reminder.step, held.told.rule).total_seconds()),
        topic=reminder_words.topic_of(row.reminder),
        urgency="normal" if row.reminder.kind == "refill" else "high",
    )
    with leaving(person.id, "push"):
        return web_push.send(web_push.Subscription(browser.endpoint, browser.p256dh, browser.auth), message)


@transaction.atomic
def _written(held: Held) -> None:
    """Write down that it went out: the message, the browser, and the first time also the telling and its doses."""
    row, at = held.row, clock.now()
    Delivery.objects.filter(pk=row.pk).update(state=State.SENT, sent_at=at, fault="")
    tested = {"tested_at": at} if row.reminder.kind == "test" else {}
    PushSubscription.objects.filter(deliveries=row).update(delivered_at=at, failures=0, fault="", **tested)
    first = Reminder.objects.filter(pk=row.reminder_id, sent_at__isnull=True).update(
        state=Reminder.State.SENT, sent_at=at
    )
    if first and row.reminder.kind == "dose":
        DoseEvent.objects.bulk_create(
            DoseEvent(owner_id=dose.owner_id, dose=dose, kind=DoseEvent.Kind.SENT, at=at, recorded_at=at)
            for dose in held.doses
        )
    late = lateness_of(row.reminder.send_at, row.reminder.claimed_at, row.try_at, at)
    log.info("reminder_sent", way=row.way, kind=row.reminder.kind, lateness=late, attempt=row.attempts)


@transaction.atomic
def _again(held: Held, fault: Unavailable) -> None:
    """Try again after a growing pause, or give up."""
    pause = reminding.pause(held.row.attempts, fault.retry_after)
    if pause is None:
        _set(held.row, State.FAILED, fault.reason)
        _settle(held.row.reminder_id)
    else:
        Delivery.objects.filter(pk=held.row.pk).update(
            state=State.WAITING, try_at=clock.now() + pause, fault=fault.reason
        )
    _note_fault(held.row, fault.reason)


@transaction.atomic
def _give_up(held: Held, word: str) -> None:
    _set(held.row, State.FAILED, word)
    _note_fault(held.row, word)
    _settle(held.row.reminder_id)


@transaction.atomic
def _forget(held: Held) -> None:
    """Forget a browser that takes nothing any more; its messages go with it."""
    for gone in PushSubscription.objects.filter(deliveries=held.row):
        agreed_to_ring(gone.owner_id, gone.pk, given=False, how=ENDED, at=clock.now())
        gone.delete()
    log.info("browser_gone")
    _settle(held.row.reminder_id)


def _set(row: Delivery, state: Delivery.State, word: str) -> None:
    Delivery.objects.filter(pk=row.pk).update(state=state, fault=word[:40])


def _note_fault(row: Delivery, word: str) -> None:
    log.warning("reminder_not_sent", way=row.way, kind=row.reminder.kind, fault=word, attempt=row.attempts)
    PushSubscription.objects.filter(deliveries=row).update(
        failed_at=clock.now(), fault=word[:40], failures=F("failures") + 1
    )


def _settle(reminder_id: int) -> None:
    """Call a telling failed when no message of it went out or still may."""
    alive = Delivery.objects.filter(reminder_id=reminder_id).exclude(state=State.FAILED)
    if not alive.exists():
        Reminder.objects.filter(pk=reminder_id, state=Reminder.State.CLAIMED).update(state=Reminder.State.FAILED)
