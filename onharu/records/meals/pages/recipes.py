"""Recipes: ingredients found by name with their amounts, reckoned by the action."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.meals.actions import own_foods
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.models import Ingredient, OwnFood
from onharu.records.meals.pages import door, suggested_words
from onharu.records.meals.pages.own_food_forms import RecipeForm
from onharu.records.meals.pages.own_foods import plain, saved
from onharu.records.meals.pages.suggested import checked, once_more, row_asked, wanted, with_found
from onharu.records.meals.pages.suggested_rows import shown_rows
from onharu.records.meals.pages.suggested_said import Said, Suggestions, new_row, said_in
from onharu.records.meals.queries.amounts import amount_of
from onharu.records.meals.queries.diary import signed_key
from onharu.records.meals.queries.shelf import facts_by_key
from onharu.records.meals.rules import WEIGHTS, portion_grams

RECIPE = "RECIPE"
BASE = "/meals/foods/recipes/"
ANY_MEAL = "DINNER"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def recipe(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Write a recipe down, or correct one; buttons inside the form only lay it out anew."""
    visit = visit_of(request)
    food: OwnFood | None = None if pk is None else OwnFood.objects.alive().one_of(visit.person.id, pk)
    if request.method != "POST":
        return _form(request, visit, RecipeForm(initial=_initial(food)), _ingredients(food), food)
    saids, do = said_in(request.POST), request.POST.get("do", "")
    if do != "save":
        form = RecipeForm(initial={name: request.POST.get(name, "") for name in RecipeForm.base_fields})
        return _form(request, visit, form, once_more(visit, ANY_MEAL, saids, do), food)
    return _saved(request, visit, food, checked(visit, saids))


def _saved(request: HttpRequest, visit: Visit, food: OwnFood | None, saids: Sequence[Said]) -> HttpResponse:
    form = RecipeForm(request.POST)
    kept = [said for said in saids if not said.removed]
    if not kept:
        form.add_error(None, _("재료를 하나 이상 넣어 주세요."))
    if form.is_valid() and kept and not any(said.problem for said in kept):
        try:
            _save(request, visit, food, form, [wanted(said) for said in kept])
        except Invalid as refused:
            form.add_error(None, suggested_words.told(refused))
        else:
            return saved(request, visit, form.cleaned_data["name"])
    return _form(request, visit, form, saids, food, status=422)


def _save(request: HttpRequest, visit: Visit, food: OwnFood | None, form: RecipeForm, parts: list[Wanted]) -> None:
    said, owner_id = form.cleaned_data, visit.person.id
    facts = facts_by_key(owner_id, [part.food for part in parts])
    weights = [amount_of(facts[part.food], part.quantity, part.unit, None).grams for part in parts]
    draft = own_foods.OwnFoodDraft(
        name=said["name"],
        serving_grams=portion_grams(weights, said["cooked_grams"], said["servings"]),
        cooked_grams=said["cooked_grams"],
        ingredients=parts,
    )

    def run() -> list[int]:
        pk = food.pk if food else None
        return [own_foods.save_own_food(owner_id=owner_id, draft=draft, own_food_id=pk).pk]

    door.done_once(request, visit, run)


def _initial(food: OwnFood | None) -> dict[str, str]:
    if food is None:
        return {}
    weight = food.cooked_grams or sum((part.grams for part in food.ingredients.all()), Decimal(0))
    servings = (weight / food.serving_grams).quantize(Decimal("0.01")) if food.serving_grams else Decimal(1)
    return {"name": food.name, "cooked_grams": plain(food.cooked_grams), "servings": plain(servings)}


def _ingredients(food: OwnFood | None) -> list[Said]:
    rows = [_said(str(at), part) for at, part in enumerate(food.ingredients.all())] if food else []
    return rows or [new_row()]


def _said(name: str, part: Ingredient) -> Said:
    key = signed_key(part.food_id, part.own_food_id)
    weighed = part.grams_source == Ingredient.GramsSource.WEIGHED and part.unit not in WEIGHTS
    quantity, unit = (part.grams, part.basis_unit) if weighed else (part.quantity, part.unit)
    return Said(row=name, food=key, quantity=plain(quantity), unit=unit, offered=() if key is None else (key,))


def _form(
    request: HttpRequest,
    visit: Visit,
    form: RecipeForm,
    saids: Sequence[Said],
    food: OwnFood | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "about": form,
        "food": food,
        "form": shown_rows(Suggestions(visit.person.id, RECIPE), saids, visit.today),
        "key": request.POST.get("key") or uuid.uuid4().hex,
        "base": BASE,
        "again": f"{BASE}{food.pk}/" if food else f"{BASE}new/",
    }
    return door.shown(request, visit, "meals/recipe_form.html", context, status=status)


@signed_in
@require_safe
def find(request: HttpRequest, row: str) -> HttpResponse:
    """List foods for an ingredient by name."""
    visit = visit_of(request)
    said = with_found(visit, ANY_MEAL, row_asked(request, row))
    form = shown_rows(Suggestions(visit.person.id, RECIPE), [said], visit.today)
    return door.shown(request, visit, "meals/suggested_choices.html", {"row": form.rows[0]})


@signed_in
@require_safe
def one_more(request: HttpRequest) -> HttpResponse:
    """Give an empty row for an ingredient."""
    visit = visit_of(request)
    form = shown_rows(Suggestions(visit.person.id, RECIPE), [new_row()], visit.today)
    context = {"row": form.rows[0], "base": BASE, "fresh": True}
    return door.shown(request, visit, "meals/suggested_row.html", context)
