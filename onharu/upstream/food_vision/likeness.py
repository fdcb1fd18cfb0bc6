"""How alike two photographs are, by the embedded model's features: made for finding the same scene again.

Between different cooks' pictures of one dish it hardly works, so it answers only "this very dish on this very table".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NUMBERS = 1280
BYTES = NUMBERS * 2


@dataclass(frozen=True, slots=True)
class Alike:
    """The best of several: its place in the list, and the cosine, 1 for the same picture."""

    index: int
    similarity: float


def similarity(one: bytes, other: bytes) -> float:
    """Return the cosine of two features, 0 when either is not a feature."""
    return float(similarities(one, [other])[0])


def similarities(feature: bytes, others: Sequence[bytes]) -> npt.NDArray[np.float32]:
    """Return the cosine of one feature with each of many, 0 where one is not a feature."""
    found = np.zeros(len(others), np.float32)
    fit = [index for index, other in enumerate(others) if len(other) == BYTES]
    if len(feature) != BYTES or not fit:
        return found
    mine = _unit(np.frombuffer(feature, "<f2")[None])[0]
    theirs = _unit(np.frombuffer(b"".join(others[index] for index in fit), "<f2").reshape(-1, NUMBERS))
    found[fit] = theirs @ mine
    return found


def most_alike(feature: bytes, others: Sequence[bytes]) -> Alike | None:
    """Find the stored feature most like this one; None when there is none."""
    if not others:
        return None
    found = similarities(feature, others)
    best = int(found.argmax())
    return Alike(best, float(found[best]))


def _unit(rows: npt.NDArray[np.float16]) -> npt.NDArray[np.float32]:
    wide = np.nan_to_num(rows.astype(np.float32), posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    unit: npt.NDArray[np.float32] = (wide / lengths).astype(np.float32)
    return unit
