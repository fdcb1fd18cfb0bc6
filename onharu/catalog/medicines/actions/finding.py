"""Answers a question in layers: memory (this process's, then everybody's in Redis), the shelf, the wire for new names.

The wire is asked only for what looks like a name, by one process at a time and by one thread of it, with a deadline;
its answer is stored for everybody, and that it knew nothing is remembered too. Whoever asks the same meanwhile waits
for that answer, then reads the shelf. When the wire is away, the shelf's answer is the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
from onharu.kernel import rates
from onharu.kernel.layered import Layer, Made

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


def answer(asked: Asked, *, person_id: int | None = None) -> Answered:
    """Answer a question, and count it: at most three statements for a list, seven for labels, without the wire.

    A name that the wire must be asked for is a costly asking of this person; nobody's where the house asks.
    Raises TooMany.
    """
    done = _answer(asked, fetching.free if person_id is None else lambda: rates.spend_costly(person_id))
    popular.count(asked)
    with _lock:
        _answered[done.layer] += 1
    return done


def _answer(asked: Asked, before_the_wire: Callable[[], None]) -> Answered:
    layer = L2

    def make() -> Made:
        nonlocal layer
        body, layer, final = _made(asked, before_the_wire)
        return Made(body, keep=final)

    found = memory.get(asked, make)
    return Answered(found.body, L1 if found.layer is Layer.HERE else layer)


def _made(asked: Asked, before_the_wire: Callable[[], None]) -> tuple[bytes, str, bool]:
    """Answer from the shelf, or from the wire too; says where from, and whether a later try would say no more."""
    found, layer, final = on_shelf(asked), L2, True
    if _worth_the_wire(asked, found):
        outcome = fetching.fetched(asked.text, asked.kind, before_the_wire)
        final = outcome.final
        if outcome.new:
            found, layer = on_shelf(asked), MISS
        elif outcome.asked:
            layer = MISS
    return body_of(found, detail=asked.detail), layer, final


def _worth_the_wire(asked: Asked, found: FoundProducts) -> bool:
    """Tell whether a text is a name that the shelf does not know. What people suffer from never leaves the house."""
    if asked.kind == SYMPTOM or found.symptoms or (found.products and found.products[0].score >= KNOWN):
        return False
    return looks_like_a_name(asked.text) and not symptoms_said(asked.text)


def warm_up() -> int:
    """Have the popular answers ready in this process, as counted. Returns how many."""
    return popular.warm(lambda asked: _answer(asked, fetching.free), limit=LIMIT)


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
