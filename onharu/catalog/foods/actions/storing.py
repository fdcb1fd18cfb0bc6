"""Writes rows into the shelf and its names into the index: what is new, what changed, what is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db import connection

from onharu.catalog.foods.models import Food, FoodUnit
from onharu.catalog.foods.queries import SHELF
from onharu.catalog.foods.rules.rows import FoodRow, UnitRow
from onharu.kernel.quantities import NUTRIENTS
from onharu.kernel.sheets import Refused
from onharu.names import public as names

ASK_AT_ONCE = 500
WORDS = (
    "name", "name_en", "aliases", "category", "maker", "kind", "basis", "representative", "serving_grams", "source",
    "source_code", "edition",
)  # fmt: skip
COLUMNS = (*WORDS, *NUTRIENTS, "starter", "as_of")
_words_of, _amounts_of = attrgetter(*WORDS), itemgetter(*NUTRIENTS)
# How much a row stands for everything of its name: an analysed official row leads the shipped row of the same
# dish, which leads one kitchen's recipe, which leads a chain's product.
OFFICIAL, SHIPPED, ANALYSED, INGREDIENT, COMPUTED, BRANDED = 1.0, 0.9, 0.7, 0.5, 0.4, 0.1


@dataclass(slots=True)
class Tally:
    """Counts of an import under way, and the names that it changed."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Refused] = field(default_factory=list)
    touched: list[names.Entry] = field(default_factory=list)

    @property
    def all(self) -> int:
        """How many rows were fit to be kept."""
        return self.new + self.changed + self.same

    def index_names(self) -> None:
        """Put the names of every new and changed food into the index, once."""
        if self.touched:
            names.upsert(SHELF, self.touched)


def store_foods(rows: Sequence[tuple[int, FoodRow]], *, day: date | None, tally: Tally, starter: bool = False) -> None:
    """Write the rows that are new or differ from what stands there; their code decides."""
    kept = {code: tuple(rest) for code, *rest in _foods_by_code(("code", *COLUMNS), [row.code for _, row in rows])}
    fresh: list[tuple[Any, ...]] = []
    for _, row in rows:
        values = (*_words_of(row), *_amounts_of(row.amounts), starter, day)
        before = kept.get(row.code)
        if before == values:
            tally.same += 1
            continue
        tally.new += before is None
        tally.changed += before is not None
        fresh.append((row.code, *values))
    _upsert(fresh)
    named = _foods_by_code(("id", *NAMING), [code for code, *_ in fresh])
    tally.touched.extend(entry_of(food_id, Naming(*words)) for food_id, *words in named)


def _upsert(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows by their code; one prepared statement, because `bulk_create` takes five times as long."""
    if not rows:
        return
    names_of_columns = ", ".join(f'"{name}"' for name in ("code", *COLUMNS))
    places = ", ".join(["%s"] * len(rows[0]))
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS)
    statement = (
        f'INSERT INTO "{Food._meta.db_table}" ({names_of_columns}) VALUES ({places}) '  # noqa: S608, SLF001 our own names
        f'ON CONFLICT ("code") DO UPDATE SET {changes}'
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def _foods_by_code(columns: Sequence[str], codes: Sequence[str]) -> Iterator[Any]:
    return _in_parts(Food.objects.order_by("id").values_list(*columns), "code", codes)


def store_units(rows: Sequence[tuple[int, UnitRow]], *, tally: Tally) -> None:
    """Write named units of foods that are on the shelf; a unit of an unknown code is refused."""
    ids = dict(_in_parts(Food.objects.values_list("code", "id"), "code", [row.code for _, row in rows]))
    asked = _in_parts(FoodUnit.objects.values_list("food_id", "name", "grams", "source", "guess"), "food", ids.values())
    kept = {(food, name): rest for food, name, *rest in asked}
    fresh: dict[tuple[int, str], FoodUnit] = {}
    for line, row in rows:
        food = ids.get(row.code)
        if food is None:
            tally.refused.append(Refused(line, row.code, "이 식품코드의 음식이 없어요 (음식 표를 먼저 가져와 주세요)"))
            continue
        before = kept.get((food, row.name))
        if before == [row.grams, row.source, row.guess]:
            tally.same += 1
            continue
        tally.new += before is None
        tally.changed += before is not None
        fresh[food, row.name] = FoodUnit(
            food_id=food, name=row.name, grams=row.grams, source=row.source, guess=row.guess
        )
    FoodUnit.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["food", "name"],
        update_fields=["grams", "source", "guess"],
    )


class Naming(NamedTuple):
    """What the search has to know of a food."""

    code: str
    name: str
    aliases: str
    name_en: str
    maker: str
    kind: str
    starter: bool
    representative: bool


NAMING = Naming._fields


def entry_of(food_id: int, food: Naming) -> names.Entry:
    """Make the entry the search knows a food by."""
    aliases = [*food.aliases.split("|"), food.name_en]
    if food.maker:
        aliases.append(f"{food.maker} {food.name}")
    generic = not food.maker and (food.starter or food.kind != Food.Kind.PRODUCT)
    return names.Entry(
        key=food_id,
        text=food.name,
        weight=weight_of(food, generic=generic),
        aliases=tuple(alias for alias in aliases if alias),
        generic=generic,
    )


def weight_of(food: Naming, *, generic: bool) -> float:
    """Tell how much a row stands for everything of its name, 0 to 1."""
    if not generic:
        return BRANDED
    if food.starter:
        return SHIPPED
    if food.representative:
        return OFFICIAL
    if food.kind == Food.Kind.INGREDIENT:
        return INGREDIENT
    # Codes D4 to D7 are recipes of school and factory kitchens.
    return COMPUTED if food.code[:2] in {"D4", "D5", "D6", "D7"} else ANALYSED


def _in_parts(query: Any, column: str, wanted: Iterable[Any]) -> Iterator[Any]:
    asked = list(wanted)
    for start in range(0, len(asked), ASK_AT_ONCE):
        yield from query.filter(**{f"{column}__in": asked[start : start + ASK_AT_ONCE]})
