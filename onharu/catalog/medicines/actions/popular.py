"""Counts what is searched for, without who, and has the popular answers ready before they are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from django.db import connection

from onharu.catalog.medicines.models import Question
from onharu.catalog.medicines.rules.questions import Asked
from onharu.kernel import clock

FLUSH_AT = 500  # different texts; the job that writes every minute comes long before
WARMED = 100
# What fewer asked may be one person's own words: it is neither shown nor kept for long.
COMMON = 5
KEPT_RARE = timedelta(days=30)
KEPT_COMMON = timedelta(days=365)

_lock = Lock()
_counts: Counter[tuple[str, str]] = Counter()
_ADD = (
    f'INSERT INTO "{Question._meta.db_table}" (text, kind, asked, asked_on) VALUES (%s, %s, %s, %s) '  # noqa: S608, SLF001 our own name
    f'ON CONFLICT (text) DO UPDATE SET asked = "{Question._meta.db_table}".asked + excluded.asked, '  # noqa: SLF001
    "asked_on = excluded.asked_on"
)


@dataclass(frozen=True, slots=True)
class Popular:
    """A question that many asked."""

    text: str
    kind: str
    asked: int


def count(asked: Asked) -> None:
    """Add one to a question, in memory."""
    with _lock:
        _counts[asked.text, asked.kind] += 1
        full = len(_counts) >= FLUSH_AT
    if full:
        flush_counts()


def flush_counts() -> int:
    """Write how often things were asked in this process since the last time; returns how many texts."""
    with _lock:
        counts = dict(_counts)
        _counts.clear()
    if counts:
        today = clock.now().date()
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, [(text, kind, number, today) for (text, kind), number in sorted(counts.items())])
    return len(counts)


def forget_questions() -> int:
    """Drop questions that were last asked long ago, rare ones sooner. Returns how many."""
    today = clock.now().date()
    rare = Question.objects.filter(asked__lt=COMMON, asked_on__lt=today - KEPT_RARE)
    return rare.delete()[0] + Question.objects.filter(asked_on__lt=today - KEPT_COMMON).delete()[0]


def popular(most: int = WARMED) -> list[Popular]:
    """List what was asked most, as counted; nothing that only a few asked."""
    common = Question.objects.filter(asked__gte=COMMON).order_by("-asked", "text")
    return [Popular(*row) for row in common.values_list("text", "kind", "asked")[:most]]


def warm(answer: Callable[[Asked], object], *, limit: int) -> int:
    """Answer the popular questions once, so that this process has them ready. Returns how many."""
    asked = [Asked(one.kind, one.text, detail=False, limit=limit) for one in popular()]
    for one in asked:
        answer(one)
    return len(asked)


def reset_counts() -> None:
    """Forget what was counted and not yet written. For tests."""
    with _lock:
        _counts.clear()
