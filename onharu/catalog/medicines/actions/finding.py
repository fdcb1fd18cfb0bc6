"""Answers a question in three layers: this process's memory, the shelf, and the wire for a name the shelf lacks.

The wire is asked only for what looks like a name, by one process at a time and by one thread of it, with a deadline;
its answer is stored for everybody, and that it knew nothing is remembered too. Whoever asks the same meanwhile waits
for that answer, then reads the shelf. When the wire is away, the shelf's answer is the answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from threading import Lock

import structlog

from onharu.catalog.medicines.actions import fetching, popular
from onharu.catalog.medicines.actions.refreshing import forget_parked
from onharu.catalog.medicines.queries.finished import body_of
from onharu.catalog.medicines.queries.identify import forget_marks
from onharu.catalog.medicines.queries.notices import forget_notices
from onharu.catalog.medicines.queries.remembered import memory
from onharu.catalog.medicines.queries.search import FoundProducts, on_shelf
from onharu.catalog.medicines.rules.questions import SYMPTOM, Asked, looks_like_a_name
from onharu.catalog.medicines.rules.said import symptoms_said

L1, L2, MISS = "HIT-L1", "HIT-L2", "MISS"
LIMIT = 20
# A name that resembles less than this is perhaps another product, which the shelf lacks.
KNOWN = 70.0

log = structlog.get_logger(__name__)
_lock = Lock()
_answered: Counter[str] = Counter()


@dataclass(frozen=True, slots=True)
class Answered:
    """A finished answer and the layer it came from."""

    body: bytes
    layer: str


def answer(asked: Asked) -> Answered:
    """Answer a question, and count it: at most three statements for a list, seven for labels, without the wire."""
    done = _answer(asked)
    popular.count(asked)
    with _lock:
        _answered[done.layer] += 1
    return done


def _answer(asked: Asked) -> Answered:
    kept = memory.get(asked)
    if kept is not None:
        return Answered(kept, L1)
    stamp = memory.stamp()
    found, layer, final = on_shelf(asked), L2, True
    if _worth_the_wire(asked, found):
        outcome = fetching.fetched(asked.text, asked.kind)
        final = outcome.final
        if outcome.new:
            found, layer = on_shelf(asked), MISS
        elif outcome.asked:
            layer = MISS
    body = body_of(found, detail=asked.detail)
    if final:
        memory.keep(asked, body, stamp)
    return Answered(body, layer)


def _worth_the_wire(asked: Asked, found: FoundProducts) -> bool:
    """Tell whether a text is a name that the shelf does not know. What people suffer from never leaves the house."""
    if asked.kind == SYMPTOM or found.symptoms or (found.products and found.products[0].score >= KNOWN):
        return False
    return looks_like_a_name(asked.text) and not symptoms_said(asked.text)


def warm_up() -> int:
    """Have the popular answers ready in this process, as counted. Returns how many."""
    return popular.warm(_answer, limit=LIMIT)


def layers_counted() -> dict[str, int]:
    """Tell how many answers of this process came from each layer."""
    with _lock:
        return {layer: _answered[layer] for layer in (L1, L2, MISS)}


def drop_kept() -> None:
    """Forget everything this process remembers of searches, as a new process would. For tests and benchmarks."""
    memory.forget()
    popular.reset_counts()
    fetching.reset()
    forget_marks()
    forget_notices()
    forget_parked()
    with _lock:
        _answered.clear()
