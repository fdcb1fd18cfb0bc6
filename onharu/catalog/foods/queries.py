"""What can be asked about foods. Answers are frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from threading import Lock
from typing import Any

from cachetools import TTLCache

from onharu.catalog.foods.models import Food
from onharu.catalog.foods.rules import household
from onharu.catalog.foods.rules.facts import FoodFacts, Found, FoundFood, LabelKeys, LabelMatch, UnitFacts
from onharu.kernel import clock
from onharu.kernel.problems import Missing
from onharu.kernel.quantities import NUTRIENTS, Nutrients
from onharu.names import public as names

SHELF = "foods"
# A label is a guess already: a name that fits worse than this is not taken for it.
LABEL_THRESHOLD = 70.0
MOST_ID = 2**63 - 1
LABELS_KEPT_SECONDS = 600
_label_lock = Lock()
_label_keys: TTLCache[tuple[str, str], LabelKeys] = TTLCache(
    maxsize=2048, ttl=LABELS_KEPT_SECONDS, timer=clock.monotonic
)
_FACTS = (
    "id", "code", "name", "basis", "source", "source_code", "edition", "category", "maker", "kind", "name_en",
)  # fmt: skip
_UNIT = ("units__name", "units__grams", "units__source", "units__guess")


def facts_of(ids: Iterable[int]) -> dict[int, FoodFacts]:
    """Return the facts of these foods by id, in one statement; an unknown id is not in the answer."""
    # No database holds a number beyond 63 bits, and some refuse to be asked for one.
    wanted = [food_id for food_id in dict.fromkeys(ids) if abs(food_id) <= MOST_ID]
    return _facts(id__in=wanted) if wanted else {}


def food_by_code(code: str) -> FoodFacts | None:
    """Return the food of a table's code, or None."""
    return next(iter(_facts(code=code).values()), None)


def food_of(food_id: int) -> FoodFacts:
    """Return the facts of one food, or raise Missing."""
    found = facts_of([food_id])
    if food_id not in found:
        raise Missing("no_such_food", "그런 음식이 없어요.", "There is no such food.")
    return found[food_id]


def find(query: str, *, limit: int = 20, boosts: Mapping[int, float] | None = None, distinct: bool = True) -> Found:
    """Return the foods whose names fit, best first, in two statements.

    `boosts` adds a person's habits (food id → 0…1). `distinct` gives each spelling once, by its best row: official
    tables hold 18 rows called 커피_카페 라떼 핫(HOT), and the shipped row of a dish beside the official one.
    """
    results = names.search(SHELF, query, limit=limit, boosts=boosts, distinct=distinct)
    facts = facts_of(hit.key for hit in results.hits)
    hits = tuple(FoundFood(facts[hit.key], hit.score, hit.kind) for hit in results.hits if hit.key in facts)
    return Found(hits, results.corrected)


def food_for_label(label: str, label_ko: str = "", *, alternatives: int = 5) -> LabelMatch:
    """Match a picture's label to the shelf by its Korean names; nothing that fits worse than 70 of 100 is taken."""
    spoken = list(dict.fromkeys([*([label_ko] if label_ko else []), *(household.korean_names(label) or (label,))]))
    hits: dict[int, FoundFood] = {}
    for name in spoken:
        for hit in find(name, limit=alternatives).hits:
            if hit.score >= LABEL_THRESHOLD:
                hits.setdefault(hit.facts.id, hit)
    fitting = tuple(hits.values())
    return LabelMatch(label, spoken[0], fitting[0] if fitting else None, fitting[1 : alternatives + 1])


def keys_for_label(label: str, label_ko: str = "") -> LabelKeys:
    """Match a picture's label to food ids, the best first; remembered for ten minutes, as labels are few."""
    with _label_lock:
        known = _label_keys.get((label, label_ko))
    if known is None:
        match = food_for_label(label, label_ko)
        hits = [hit for hit in (match.food, *match.alternatives) if hit is not None]
        known = LabelKeys(match.label_ko, tuple(hit.facts.id for hit in hits))
        with _label_lock:
            _label_keys[label, label_ko] = known
    return known


def forget_labels() -> None:
    """Match labels anew: the shelf changed in this process."""
    with _label_lock:
        _label_keys.clear()


def foods_for_labels(labels: Sequence[str]) -> dict[str, LabelMatch]:
    """Match several labels; each costs as many searches as it has Korean names."""
    return {label: food_for_label(label) for label in labels}


def _facts(**which: Any) -> dict[int, FoodFacts]:
    columns = (*_FACTS, "starter", "serving_grams", *NUTRIENTS, *_UNIT)
    rows: dict[int, tuple[dict[str, Any], list[UnitFacts]]] = {}
    ordered = Food.objects.filter(**which).order_by("id", "units__rank", "units__id")
    for row in ordered.values(*columns):
        _, units = rows.setdefault(row["id"], (row, []))
        if row["units__name"] is not None:
            units.append(UnitFacts(*(row[column] for column in _UNIT)))
    return {food_id: _fact(row, units) for food_id, (row, units) in rows.items()}


def _fact(row: Mapping[str, Any], units: list[UnitFacts]) -> FoodFacts:
    # The shipped table lists its servings among its units, with a source of their own.
    serving: Decimal | None = None if row["starter"] else row["serving_grams"]
    own = [*units, *([UnitFacts("인분", serving, row["source"])] if serving else [])]
    shared = household.units_of(own=own, name=row["name"], basis=row["basis"], category=row["category"])
    return FoodFacts(**{column: row[column] for column in _FACTS}, per_100=Nutrients.of(row), units=shared)
