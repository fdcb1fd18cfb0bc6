"""The household units and picture labels we ship, read once from the package's CSV files.

Units are looked up by the dish's name, so that a row imported from an official table, which has no bowls,
shares those of the shipped row of the same name.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from statistics import median

from onharu.catalog.foods.rules.facts import UnitFacts

ROOM = files("onharu.catalog.foods")
EVERYTHING = "*"
LEAST_FOODS_FOR_A_MEDIAN = 3
_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_WORD = re.compile(r"[^0-9a-z가-힣]+")
Units = tuple[UnitFacts, ...]


def rows_of(*path: str) -> list[dict[str, str]]:
    """Read one shipped CSV; an absent file has no rows."""
    file = ROOM.joinpath(*path)
    if not file.is_file():
        return []
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def plain_name(name: str) -> str:
    """Return the name rows of one dish share: no spaces, no brackets, no grouping (`국밥_순대국밥` → 순대국밥)."""
    bare = _BRACKETS.sub("", unicodedata.normalize("NFC", name).casefold())
    group, _, variant = bare.partition("_")
    if not variant or group in variant:
        return _NOT_WORD.sub("", variant or group)
    return _NOT_WORD.sub("", f"{variant}{group}")


@cache
def shelf() -> tuple[dict[str, tuple[str, Units]], dict[str, Units]]:
    """Return (plain name → (basis, units)) and (category or `*` → units) of the shipped table."""
    listed = _listed_units()
    by_name: dict[str, tuple[str, Units]] = {}
    by_category: dict[str, list[UnitFacts]] = defaultdict(list)
    foods = rows_of("starter", "foods.csv")
    for food in foods:
        by_category[food["category"]].extend(listed.get(food["code"], ()))
    for name, food in [*((food["name"], food) for food in foods), *_by_alias(foods)]:
        units = tuple(listed.get(food["code"], ()))
        if units and plain_name(name):
            by_name.setdefault(plain_name(name), (food["basis"], units))
    categories = {category: _typical(category, units) for category, units in by_category.items()}
    for key in {EVERYTHING, *categories}:
        categories[key] = _first_of_each((*listed.get(key, ()), *categories.get(key, ())))
    return by_name, categories


def _by_alias(foods: list[dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    return ((alias, food) for food in foods for alias in food["aliases"].split("|"))


def _listed_units() -> dict[str, list[UnitFacts]]:
    listed: dict[str, list[UnitFacts]] = defaultdict(list)
    for row in rows_of("starter", "units.csv"):
        unit = UnitFacts(row["unit"], Decimal(row["grams"]), row["source"], row["guess"] == "1")
        listed[row["food"]].append(unit)
    return listed


def _typical(category: str, units: Iterable[UnitFacts]) -> Units:
    """Take the median weight of each unit that several foods of a category have, the commonest unit first."""
    weights: dict[str, list[Decimal]] = defaultdict(list)
    for unit in units:
        weights[unit.name].append(unit.grams)
    common = [(name, found) for name, found in weights.items() if len(found) >= LEAST_FOODS_FOR_A_MEDIAN]
    common.sort(key=lambda pair: -len(pair[1]))
    return tuple(
        UnitFacts(
            name,
            median(found).quantize(Decimal(1), ROUND_HALF_UP),
            f"추정: 온하루 기본 표의 {category} {len(found)}가지 가운데 값",
            guess=True,
        )
        for name, found in common
    )


def _first_of_each(units: Iterable[UnitFacts]) -> Units:
    seen: dict[str, UnitFacts] = {}
    for unit in units:
        seen.setdefault(unit.name, unit)
    return tuple(seen.values())


def units_of(*, own: Iterable[UnitFacts], name: str, basis: str, category: str) -> Units:
    """List the units of a food: its own, those of the shipped dish of its name, those of its category.

    A shared weight in grams of a food counted in ml (or the other way) is a guess: it takes 1 ml as 1 g.
    """
    by_name, categories = shelf()
    shared_basis, shared = by_name.get(plain_name(name), (basis, ()))
    if shared_basis != basis:
        shared = tuple(_across(unit) for unit in shared)
    return _first_of_each((*own, *shared, *categories.get(category, ())))


def _across(unit: UnitFacts) -> UnitFacts:
    return replace(unit, guess=True, source=f"{unit.source} (1 ml를 1 g으로 봄)")


def general_unit(name: str) -> UnitFacts | None:
    """Find a kitchen measure that every food has (컵, 큰술, 작은술)."""
    return next((unit for unit in shelf()[1].get(EVERYTHING, ()) if unit.name == name), None)


@cache
def korean_names(label: str) -> tuple[str, ...]:
    """Return what a picture label is called in Korean, the likeliest first; () when no table knows it."""
    return _label_table().get(_label_key(label), ())


def _label_key(label: str) -> str:
    return " ".join(label.replace("_", " ").casefold().split())


@cache
def _label_table() -> dict[str, tuple[str, ...]]:
    return {_label_key(label): tuple(names) for label, names in reversed(list(_label_rows()))}


def _label_rows() -> Iterator[tuple[str, list[str]]]:
    """Yield (label, Korean names), tables of dishes before the general one: the first to know a label wins."""
    for file, column in (("labels_food101", "label"), ("labels_korean", "english"), ("labels_imagenet", "english")):
        for row in rows_of("labels", f"{file}.csv"):
            names = [name for name in row["ko"].split("|") if name]
            yield row[column], names
            if "index" in row:
                yield f"imagenet:{row['index']}", names
            elif column == "label":
                yield f"food101:{row[column]}", names
