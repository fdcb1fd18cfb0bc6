"""Asks the wire for a product the shelf lacks: once for everybody, within a deadline, and stores what it says."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Lock

import structlog
from cachetools import TTLCache
from django.db import transaction
from django.db.models import Q

from onharu.catalog.medicines.actions.indexing import index_products
from onharu.catalog.medicines.actions.storing import Tally, store_products
from onharu.catalog.medicines.actions.wire_rows import product_rows
from onharu.catalog.medicines.models import Product, Question
from onharu.kernel import clock, measures
from onharu.upstream import medicine_facts
from onharu.upstream.faults import Refused, Unavailable

DEADLINE = 3.0
CLAIM = timedelta(seconds=5)
ASK_AGAIN_AFTER = timedelta(days=7)
FAILED_FOR = 30.0
LOOK_EVERY = 0.1
SHORTEST = 2

log = structlog.get_logger(__name__)
_lock = Lock()
_running: dict[str, Event] = {}
_failed: TTLCache[str, bool] = TTLCache(maxsize=4096, ttl=FAILED_FOR, timer=clock.monotonic)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the wire was asked (by us or by somebody we waited for), whether it knew more, and whether to try again.

    `final` is False when a later try may say more: such an answer is not kept.
    """

    asked: bool = False
    new: bool = False
    final: bool = True


NOT_ASKED, UNKNOWN_YET = Outcome(), Outcome(final=False)
FOUND, NOTHING = Outcome(asked=True, new=True), Outcome(asked=True)


def free() -> None:
    """Let the wire be asked without counting it: the house asks."""


def fetched(text: str, kind: str, before: Callable[[], None] = free) -> Outcome:
    """Ask the wire for a name; while another thread or process asks the same, wait for it instead.

    `before` is called where the wire can be asked; what it raises keeps this from asking.
    """
    if len(text) < SHORTEST or not medicine_facts.may_be_asked():
        return NOT_ASKED
    before()
    with _lock:
        if text in _failed:
            return UNKNOWN_YET
        running = _running.get(text)
        if running is None:
            _running[text] = Event()
    if running is not None:
        measures.count("singleflight_shared_total")
        return _after_another(text) if running.wait(DEADLINE) else UNKNOWN_YET
    try:
        return _asked_once(text, kind)
    finally:
        with _lock:
            _running.pop(text).set()


def _after_another(text: str) -> Outcome:
    """Tell what came of a thread that was waited for: when it failed, a later try may say more."""
    with _lock:
        return UNKNOWN_YET if text in _failed else FOUND


def _asked_once(text: str, kind: str) -> Outcome:
    """Ask in this thread of this process, unless another process does or lately did."""
    now = clock.now()
    if _claimed(text, kind):
        return _asked(text)
    row = Question.objects.filter(text=text).values_list("claimed_until", "answered_at").first()
    if row is None or row[0] is None or row[0] < now:
        return NOT_ASKED  # answered within the week
    until = clock.monotonic() + DEADLINE
    while clock.monotonic() < until:
        time.sleep(LOOK_EVERY)
        claimed, answered = Question.objects.values_list("claimed_until", "answered_at").get(text=text)
        if claimed is None or claimed <= clock.now():
            return FOUND if answered is not None and answered >= now else UNKNOWN_YET
    return UNKNOWN_YET


def _claimed(text: str, kind: str) -> bool:
    """Take the right to ask the wire about this text; one process has it, and nobody within a week of an answer."""
    now = clock.now()
    Question.objects.bulk_create([Question(text=text, kind=kind, asked_on=now.date())], ignore_conflicts=True)
    free = Question.objects.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now), text=text)
    old = free.filter(Q(answered_at__isnull=True) | Q(answered_at__lt=now - ASK_AGAIN_AFTER))
    return bool(old.update(claimed_until=now + CLAIM))


def _asked(text: str) -> Outcome:
    try:
        rows = product_rows(medicine_facts.products_named(text))
    except (Unavailable, Refused) as fault:
        log.warning("medicine_wire_failed", reason=fault.reason)
        with _lock:
            _failed[text] = True
        Question.objects.filter(text=text).update(claimed_until=None)
        return UNKNOWN_YET
    tally = Tally()
    with transaction.atomic():
        store_products(rows, tally=tally)
        index_products(tally.touched)
        Product.objects.filter(item_seq__in=[row.item_seq for row in rows]).update(refreshed_at=clock.now())
        Question.objects.filter(text=text).update(claimed_until=None, answered_at=clock.now(), found=len(rows))
    return FOUND if tally.touched else NOTHING


def reset() -> None:
    """Forget failures and running questions. For tests."""
    with _lock:
        _failed.clear()
        _running.clear()
