"""Writes rows into the shelf and its names into the index: what is new, what changed, what is the same."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from onharu.catalog.exercises.models import Exercise, ExerciseTag, Loaded
from onharu.catalog.exercises.queries.shelf import SHELF
from onharu.catalog.exercises.rules.rows import ExerciseRow
from onharu.catalog.exercises.rules.tables import KHEPI
from onharu.kernel import clock
from onharu.names import public as names

ASK_AT_ONCE = 500
COLUMNS = (
    "name", "name_en", "aliases", "pattern", "measure", "level", "met", "met_source", "edition", "instructions",
    "source", "planned",
)  # fmt: skip
_columns_of = attrgetter(*COLUMNS)
# How much a row stands for everything of its name: ours is described whole, KHEPI's are Korean, the rest is English.
SHIPPED, KOREAN, ENGLISH = 1.0, 0.6, 0.2


@dataclass(slots=True)
class Tally:
    """Counts of a load under way, and the exercises that it changed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    touched: list[names.Entry] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many rows were fit to be kept."""
        return self.new + self.changed + self.same

    def announce(self) -> None:
        """Put the names of every new and changed exercise into the index and stamp the shelf, once."""
        if self.touched:
            names.upsert(SHELF, self.touched)
            now = {"edition": secrets.token_hex(16), "loaded_at": clock.now()}
            Loaded.objects.update_or_create(table=SHELF, defaults=now)


def store(rows: Sequence[ExerciseRow], *, tally: Tally, starter: bool = False) -> None:
    """Write the rows that are new or differ from what stands there; their code decides."""
    kept = {code: values for part in _parts(rows) for code, values in _standing(part)}
    fresh: list[ExerciseRow] = []
    for row in rows:
        before = kept.get(row.code)
        if before == (*_columns_of(row), starter, row.tags()):
            tally.same += 1
            continue
        tally.new += before is None
        tally.changed += before is not None
        fresh.append(row)
    for part in _parts(fresh):
        tally.touched.extend(_write(part, starter=starter))


def _standing(rows: Sequence[ExerciseRow]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    found = Exercise.objects.filter(code__in=[row.code for row in rows]).prefetch_related("tags")
    for exercise in found:
        tags = {(tag.kind, tag.value, tag.rank) for tag in exercise.tags.all()}
        settled = next((row.tags() for row in rows if row.code == exercise.code and set(row.tags()) == tags), None)
        yield exercise.code, (*_columns_of(exercise), exercise.starter, settled)


def _write(rows: Sequence[ExerciseRow], *, starter: bool) -> Iterator[names.Entry]:
    Exercise.objects.bulk_create(
        [Exercise(code=row.code, starter=starter, **dict(zip(COLUMNS, _columns_of(row), strict=True))) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*COLUMNS, "starter"],
    )
    ids = dict(Exercise.objects.filter(code__in=[row.code for row in rows]).values_list("code", "id"))
    ExerciseTag.objects.filter(exercise__in=ids.values()).delete()
    ExerciseTag.objects.bulk_create(
        ExerciseTag(exercise_id=ids[row.code], kind=kind, value=value, rank=rank)
        for row in rows
        for kind, value, rank in row.tags()
    )
    return (entry_of(ids[row.code], row, starter=starter) for row in rows)


def entry_of(exercise_id: int, row: ExerciseRow, *, starter: bool) -> names.Entry:
    """Make the entry the search knows an exercise by."""
    weight = SHIPPED if starter else KOREAN if row.source == KHEPI else ENGLISH
    aliases = dict.fromkeys([*row.aliases.split("|"), row.name_en])
    return names.Entry(
        key=exercise_id,
        text=row.name,
        weight=weight,
        aliases=tuple(alias for alias in aliases if alias and alias != row.name),
    )


def _parts(rows: Sequence[ExerciseRow]) -> Iterator[Sequence[ExerciseRow]]:
    for start in range(0, len(rows), ASK_AT_ONCE):
        yield rows[start : start + ASK_AT_ONCE]
