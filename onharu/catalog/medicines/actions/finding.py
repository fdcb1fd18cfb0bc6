"""Answers a question in three layers: this process's memory, the shelf, and the wire for a name the shelf lacks.

The wire is asked only for what looks like a name, by one process at a time, with a deadline; its answer is stored for
everybody, and that it knew nothing is remembered too. When it is away, the shelf's answer is the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

import structlog
from django.db import transaction
from django.db.models import F, Q

from onharu.catalog.medicines.actions.indexing import index_products
from onharu.catalog.medicines.actions.storing import Tally, store_products
from onharu.catalog.medicines.models import Question
from onharu.catalog.medicines.queries.remembered import memory
from onharu.catalog.medicines.queries.search import FoundProducts, on_shelf
from onharu.catalog.medicines.rules.questions import SYMPTOM, Asked
from onharu.kernel import clock
from onharu.upstream import medicine_facts
from onharu.upstream.faults import Refused, Unavailable

L1, L2, MISS = "HIT-L1", "HIT-L2", "MISS"
CLAIM = timedelta(seconds=5)
ASK_AGAIN_AFTER = timedelta(days=7)
SHORTEST = 2

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """A finished answer and the layer it came from."""

    body: bytes
    layer: str


def answer(asked: Asked, finish: Callable[[FoundProducts], bytes]) -> Answered:
    """Answer a question; `finish` makes the bytes of what was found. At most three statements without the wire."""
    kept = memory.get(asked)
    _counted(asked)
    if kept is not None:
        return Answered(kept, L1)
    stamp = memory.stamp()
    found, layer = on_shelf(asked), L2
    if not found.products and _fetched(asked):
        found, layer = on_shelf(asked), MISS
    body = finish(found)
    memory.keep(asked, body, stamp)
    return Answered(body, layer)


def _fetched(asked: Asked) -> bool:
    """Ask the wire for a name that the shelf lacks; whether anything came."""
    if asked.kind == SYMPTOM or len(asked.text) < SHORTEST or not medicine_facts.may_be_asked() or not _claimed(asked):
        return False
    try:
        rows = medicine_facts.products_named(asked.text)
    except (Unavailable, Refused) as fault:
        log.warning("medicine_wire_failed", reason=fault.reason)
        Question.objects.filter(text=asked.text).update(claimed_until=None)
        return False
    tally = Tally()
    with transaction.atomic():
        store_products(rows, tally=tally)
        index_products(tally.touched)
        Question.objects.filter(text=asked.text).update(
            claimed_until=None, answered_at=clock.now(), found=len(tally.touched)
        )
    return bool(tally.touched)


def _claimed(asked: Asked) -> bool:
    """Take the right to ask the wire about this text; one process has it, and nobody within a week of an answer."""
    now = clock.now()
    Question.objects.bulk_create(
        [Question(text=asked.text, kind=asked.kind, asked_on=now.date())], ignore_conflicts=True
    )
    free = Question.objects.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now), text=asked.text)
    old = free.filter(Q(answered_at__isnull=True) | Q(answered_at__lt=now - ASK_AGAIN_AFTER))
    return bool(old.update(claimed_until=now + CLAIM))


_lock = Lock()
_counts: Counter[tuple[str, str]] = Counter()
FLUSH_AT = 500


def _counted(asked: Asked) -> None:
    with _lock:
        _counts[asked.text, asked.kind] += 1


def flush_counts() -> int:
    """Write how often things were asked in this process since the last time; returns how many texts."""
    with _lock:
        counts = dict(_counts)
        _counts.clear()
    today = clock.now().date()
    Question.objects.bulk_create(
        [Question(text=text, kind=kind, asked_on=today) for text, kind in counts], ignore_conflicts=True
    )
    for (text, _), number in counts.items():
        Question.objects.filter(text=text).update(asked=F("asked") + number, asked_on=today)
    return len(counts)
