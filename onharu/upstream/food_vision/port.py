"""What every backend that looks at a photograph promises. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from onharu.upstream.faults import Refused, Unavailable

__all__ = ["Backend", "Guess", "Refused", "Sight", "Unavailable"]


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing the photograph could show.

    `label` is the word of the model's own vocabulary ("hot pot", "apple_pie", "김치찌개"), `label_ko` the same in
    Korean where the model speaks it, else "". `family` groups labels of one kind of food ("stew"), "" when unknown.
    `confidence` is 0 to 1: the share of such guesses that are right for the embedded model, whose figure is
    calibrated (docs/performance/vision.md); for other models whatever they say of themselves.
    """

    label: str
    confidence: float
    label_ko: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one backend saw in one photograph.

    `is_food` is None for a model that knows nothing but food. `understood` is false when no guess is good enough to
    be named: show the pick-list, and take the guesses as hints. `feature` are 1,280 float16 numbers of the embedded
    model, for `likeness`, else None. `fallback_of` names whom the answer stands in for, and why, else "".
    """

    is_food: bool | None
    understood: bool
    guesses: tuple[Guess, ...]
    source: str
    model: str
    leaves_home: bool
    as_of: datetime
    feature: bytes | None = None
    fallback_of: str = ""


class Backend(Protocol):
    """Somebody who can look at a photograph."""

    source: str
    model: str
    leaves_home: bool

    def look(self, photo: bytes) -> Sight:
        """Say what a JPEG from `kernel.images.sanitise` shows; raises Unavailable or Refused."""

    def lacks(self) -> str:
        """Name what the operator has to supply before this backend can answer, "" for nothing."""

    def prepare(self) -> None:
        """Do the slow work of the first look ahead of it."""
