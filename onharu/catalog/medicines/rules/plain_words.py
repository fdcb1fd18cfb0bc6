"""When a summary is to be made anew, and what a batch of them did. Plain Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

# Part of every mark: raise it when the same label has to be told differently.
TELLING = "1"


def label_mark(efficacy: str, ingredients: Iterable[str]) -> str:
    """Make the fingerprint of what a summary is made from; products with the same label share their words."""
    said = "\x1f".join((TELLING, efficacy, *sorted(ingredients)))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(slots=True)
class Calls:
    """What became of the summaries of a run.

    `saved` were answered without a call, because the same words stand there already; `refused` counts the model's
    answers that were not shown, by reason; `left` were not asked about in this run.
    """

    extracted: int = 0
    made: int = 0
    saved: int = 0
    kept: int = 0
    left: int = 0
    failed: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        """Count an answer that is not shown."""
        self.refused[reason] = self.refused.get(reason, 0) + 1

    @property
    def share_saved(self) -> float:
        """The share of summaries that cost no call, from 0 to 1; 1 when nothing was to be made."""
        return self.saved / (self.saved + self.made) if self.saved + self.made else 1.0
