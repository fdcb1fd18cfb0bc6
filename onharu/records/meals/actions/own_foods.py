"""One's own foods and recipes, and favourites."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.quantities import NUTRIENTS
from onharu.records.meals.actions.diary import FoodUnknown, Wanted, write
from onharu.records.meals.models import Favourite, Ingredient, OwnFood
from onharu.records.meals.queries.amounts import amount_of
from onharu.records.meals.queries.shelf import facts_by_key, facts_or_missing, forget_own_names, in_recipes

MASSES_IN_GRAMS = ("carbohydrate_g", "protein_g", "fat_g", "alcohol_g")
MOST_KCAL = Decimal(950)


class Implausible(Invalid):
    """More in 100 g than 100 g can hold."""

    code = "nutrients_implausible"
    ko = "100 g(ml)에 들어 있을 수 없는 양이에요. 포장의 '1회 제공량' 값을 적지 않았는지 확인해 주세요."
    en = "100 g (ml) cannot hold that much. Check that the values are not those of a serving."


@dataclass(frozen=True, slots=True)
class OwnFoodDraft:
    """What a person says of their own food; amounts are per 100 g or ml. A recipe has ingredients instead."""

    name: str
    maker: str = ""
    basis: str = OwnFood.Basis.GRAMS
    amounts: Mapping[str, Decimal | None] = field(default_factory=dict)
    serving_name: str = "인분"
    serving_grams: Decimal | None = None
    cooked_grams: Decimal | None = None
    ingredients: Sequence[Wanted] = ()


def check_plausible(draft: OwnFoodDraft) -> None:
    """Refuse amounts that 100 g cannot hold."""
    known = [draft.amounts.get(key) for key in MASSES_IN_GRAMS]
    if sum((one for one in known if one is not None), Decimal(0)) > Decimal(101):
        raise Implausible
    if (draft.amounts.get("kcal") or Decimal(0)) > MOST_KCAL:
        raise Implausible


@transaction.atomic
def save_own_food(*, owner_id: int, draft: OwnFoodDraft, own_food_id: int | None = None) -> OwnFood:
    """Write down an own food or recipe, or replace what one says. What was eaten of it stays as it was."""
    check_plausible(draft)
    if own_food_id is None:
        food = OwnFood(owner_id=owner_id, created_at=clock.now())
    else:
        food = OwnFood.objects.alive().select_for_update().one_of(owner_id, own_food_id)
    food.name, food.maker, food.basis = draft.name, draft.maker, draft.basis
    food.serving_name, food.serving_grams = draft.serving_name, draft.serving_grams
    food.is_recipe, food.cooked_grams = bool(draft.ingredients), draft.cooked_grams
    for key in NUTRIENTS:
        setattr(food, key, None if draft.ingredients else draft.amounts.get(key))
    food.save()
    _replace_ingredients(food, draft.ingredients)
    forget_own_names(owner_id)
    return food


def _replace_ingredients(recipe: OwnFood, wanted: Sequence[Wanted]) -> None:
    recipe.ingredients.all().delete()
    known = facts_by_key(recipe.owner_id, [one.food for one in wanted])
    rows = []
    for position, one in enumerate(wanted):
        facts = known.get(one.food)
        if facts is None or one.food == -recipe.pk:
            raise FoodUnknown
        row = Ingredient(recipe=recipe, position=position)
        write(row, facts, amount_of(facts, one.quantity, one.unit, one.grams))
        rows.append(row)
    Ingredient.objects.bulk_create(rows)


@transaction.atomic
def delete_own_food(*, owner_id: int, own_food_id: int) -> None:
    """Take an own food off the shelf; what was eaten of it stays. Refused while a recipe needs it."""
    food = OwnFood.objects.select_for_update().one_of(owner_id, own_food_id)
    if in_recipes(owner_id, own_food_id):
        raise Conflict("food_in_recipe", "레시피에 들어 있는 음식이에요.", "A recipe uses this food.")
    if food.deleted_at is None:
        OwnFood.objects.filter(pk=food.pk).update(deleted_at=clock.now())
        Favourite.objects.filter(own_food=food).delete()
        forget_own_names(owner_id)


@transaction.atomic
def restore_own_food(*, owner_id: int, own_food_id: int) -> OwnFood:
    """Put an own food back on the shelf. Saying it twice changes nothing."""
    food: OwnFood = OwnFood.objects.select_for_update().one_of(owner_id, own_food_id)
    if food.deleted_at is not None:
        food.deleted_at = None
        food.save(update_fields=["deleted_at"])
        forget_own_names(owner_id)
    return food


@transaction.atomic
def set_favourite(*, owner_id: int, food: int, wanted: bool) -> None:
    """Say whether a food is a favourite. Saying it twice changes nothing."""
    facts_or_missing(owner_id, food)
    which = {"food_id": food} if food > 0 else {"own_food_id": -food}
    if wanted:
        Favourite.objects.get_or_create(owner_id=owner_id, **which, defaults={"created_at": clock.now()})
    else:
        Favourite.objects.of(owner_id).filter(**which).delete()
