"""What this room keeps of a person: rows, photographs' files, work that is owed, and what memory holds."""

from __future__ import annotations

import uuid

from onharu.kernel.belongings import Belongings, Row, Table
from onharu.kernel.jobs import Job
from onharu.records.meals.actions.photos import RECOGNISE
from onharu.records.meals.models import Analysis, Favourite, Ingredient, Meal, MealItem, OwnFood, Photo, Water
from onharu.records.meals.queries.shelf import forget_habits, forget_own_names

AT_ONCE = 500
FOOD = {"food": ("code",)}


def _names_a_food(row: Row) -> bool:
    return row["food"] is not None or row["own_food"] is not None


def _owe_nothing(owner_id: int) -> None:
    """Drop the recognitions that are owed to a person."""
    ids = list(Analysis.objects.of(owner_id).values_list("pk", flat=True))
    for begin in range(0, len(ids), AT_ONCE):
        keys = [f"{RECOGNISE}:{pk}" for pk in ids[begin : begin + AT_ONCE]]
        Job.objects.filter(key__in=keys).delete()


def _forget(owner_id: int) -> None:
    forget_habits(owner_id)
    forget_own_names(owner_id)


BELONGINGS = Belongings(
    room="meals",
    tables=(
        Table(model=OwnFood),
        Table(model=Ingredient, owner="recipe__owner", by=FOOD),
        Table(model=Favourite, by=FOOD, needs=frozenset({"food"}), comes=_names_a_food),
        Table(model=Meal),
        Table(model=MealItem, by=FOOD),
        Table(model=Water),
        Table(
            model=Analysis,
            left_out={"key": "an address, made anew"},
            made={"key": lambda _owner_id, _row: uuid.uuid4()},
            stay={"answer": "tells foods by the numbers of the shelf it was read from"},
            comes=lambda row: row["committed_at"] is not None,
        ),
        Table(model=Photo),
    ),
    before=_owe_nothing,
    forget=_forget,
)
