"""Makes guesses of the labels and scores of a model that knows nothing but food, and is taken at its word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onharu.upstream.food_vision.port import Guess

MOST_GUESSES = 5
HINT = 0.05
# A name is said from here on, as with the embedded model.
NAME = 0.50

_HANGUL = re.compile(r"[가-힣]")


def guesses_of(labels: Iterable[tuple[str, float]]) -> tuple[Guess, ...]:
    """Take the likeliest labels, Korean ones in both places."""
    likely = sorted(labels, key=lambda pair: -pair[1])[:MOST_GUESSES]
    return tuple(
        Guess(label=label, label_ko=label if _HANGUL.search(label) else "", confidence=round(score, 3))
        for label, score in likely
        if score >= HINT
    )


def is_understood(guesses: tuple[Guess, ...]) -> bool:
    """Say whether the best guess is good enough to be named."""
    return bool(guesses) and guesses[0].confidence >= NAME
