"""Looking at a photograph of a meal: the door, and who answers when the chosen backend does not.

It keeps no photograph, knows no catalogue and no person. A label is a word of the model that said it; what it is
called in Korean and what is in it is the catalogue's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from onharu.kernel import measures
from onharu.upstream import registry
from onharu.upstream.food_vision.port import Backend, Guess, Refused, Sight, Unavailable

if TYPE_CHECKING:
    from onharu.upstream.food_vision.likeness import Alike

__all__ = ["SAME_SCENE", "Guess", "Refused", "Sight", "Unavailable", "leaves_home", "look", "most_alike", "prepare"]

CAPABILITY = "food_vision"
# Two photographs at least this alike show the same dish on the same table: measured, docs/performance/vision.md.
SAME_SCENE = 0.85


def look(photo: bytes, *, may_leave: bool = False) -> Sight:
    """Say what a clean JPEG shows. When the chosen backend fails, the embedded one answers, and the answer says so.

    A photograph is shown to a backend outside of the house only when its owner agreed (`may_leave`).
    """
    chosen: Backend = registry.backend_of(CAPABILITY)
    embedded: Backend = registry.embedded_of(CAPABILITY)
    if chosen is embedded or (chosen.leaves_home and not may_leave):
        return _counted(embedded.look(photo))
    try:
        return _counted(chosen.look(photo))
    except (Unavailable, Refused) as fault:
        measures.count("ai_analysis_total", provider=chosen.source, outcome=fault.reason)
        instead = _counted(embedded.look(photo))
        return replace(
            instead,
            source=f"{instead.source} (instead of {chosen.source})",
            fallback_of=f"{chosen.source}: {fault.reason}",
        )


def _counted(sight: Sight) -> Sight:
    measures.count("ai_analysis_total", provider=sight.source, outcome="ok")
    return sight


def leaves_home() -> bool:
    """Say whether looking sends the photograph to another company."""
    chosen: Backend = registry.backend_of(CAPABILITY)
    return chosen.leaves_home


def prepare() -> None:
    """Do the slow work of the first look ahead of it: build the embedded graph, load the model."""
    chosen: Backend = registry.backend_of(CAPABILITY)
    chosen.prepare()


def most_alike(feature: bytes, others: Sequence[bytes]) -> Alike | None:
    """Find the stored feature most like this one; None when there is none. Compare with SAME_SCENE."""
    # Loaded here and not above: numpy costs 20 MB, which a server that never compares should not carry.
    alike: Alike | None = import_module(f"{__name__}.likeness").most_alike(feature, others)
    return alike
