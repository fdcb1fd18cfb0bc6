"""The values that leave this room."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ExerciseFacts:
    """What is known of one exercise, in the codes of `rules.codes`.

    `equipment` lists everything that is needed at once (`none` alone for nothing); `targets` begin with the one
    trained most. `met` is None where no table says it. `edition` is the edition of the figure. Level 0, an empty
    `pattern` or `measure` mean that nobody said. Only rows with full facts are `planned`.
    """

    id: int
    code: str
    name: str
    name_en: str
    pattern: str
    measure: str
    level: int
    targets: tuple[str, ...]
    equipment: tuple[str, ...]
    places: tuple[str, ...]
    loads: tuple[str, ...]
    cautions: tuple[str, ...]
    met: Decimal | None
    met_source: str
    edition: str
    instructions: tuple[str, ...]
    source: str
    planned: bool


@dataclass(frozen=True, slots=True)
class FoundExercise:
    """One answer of a search: the exercise, how well its name fits (0 to 100) and in which way."""

    facts: ExerciseFacts
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answers, best first; `corrected` is the catalogue's spelling when the query was a slip."""

    hits: tuple[FoundExercise, ...]
    corrected: str | None = None
