"""One's own foods: listed, written down as a label says them, corrected, gone and back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.problems import Invalid
from onharu.kernel.quantities import NUTRIENTS
from onharu.kernel.wording import amount
from onharu.names import public as names
from onharu.records.meals.actions import own_foods
from onharu.records.meals.models import OwnFood
from onharu.records.meals.pages import door, suggested_words, words
from onharu.records.meals.pages.own_food_forms import PER_100, OwnFoodForm
from onharu.records.meals.queries import wording
from onharu.records.meals.queries.shelf import MOST_OWN_FOODS, own_facts, own_foods_of

LIST = "/meals/foods/"


@dataclass(frozen=True, slots=True)
class OwnShown:
    """One own food as a row of the list."""

    pk: int
    name: str
    about: str
    kcal: str
    is_recipe: bool


def own_shown(food: OwnFood) -> OwnShown:
    """Show an own food by its serving, or by 100 where it has none."""
    facts = own_facts(food)
    grams = food.serving_grams or Decimal(100)
    portion = wording.portion(Decimal(1), food.serving_name, grams, facts.basis_unit)
    return OwnShown(
        pk=food.pk,
        name=food.name,
        about=" · ".join(part for part in (food.maker, portion if food.serving_grams else _per_100(facts)) if part),
        kcal=amount(facts.nutrients_of(grams).kcal),
        is_recipe=food.is_recipe,
    )


def _per_100(facts: FoodFacts) -> str:
    return f"100\N{NO-BREAK SPACE}{facts.basis_unit}"


@signed_in
@require_safe
def own_food_list(request: HttpRequest) -> HttpResponse:
    """List this person's foods and recipes, the latest first."""
    visit = visit_of(request)
    return door.shown(request, visit, "meals/own_food_list.html", _listed(visit))


def _listed(visit: Visit) -> dict[str, Any]:
    return {"foods": [own_shown(food) for food in own_foods_of(visit.person.id)[:MOST_OWN_FOODS]]}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write an own food down; a repeated press writes it once."""
    visit = visit_of(request)
    form = OwnFoodForm(request.POST or None, initial={"name": request.GET.get("name", "")[:100]})
    if request.method == "POST" and form.is_valid():
        try:
            door.done_once(request, visit, lambda: [_save(visit, form, None)])
        except Invalid as refused:
            form.add_error(None, suggested_words.told(refused))
        else:
            return saved(request, visit, form.cleaned_data["name"])
    return _form(request, visit, form, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an own food; what was eaten of it stays as it was. A recipe has a form of its own."""
    visit = visit_of(request)
    food: OwnFood = OwnFood.objects.alive().one_of(visit.person.id, pk)
    if food.is_recipe:
        return redirect(f"/meals/foods/recipes/{pk}/")
    form = OwnFoodForm(request.POST or None, initial=_initial(food))
    if request.method == "POST" and form.is_valid():
        try:
            _save(visit, form, pk)
        except Invalid as refused:
            form.add_error(None, suggested_words.told(refused))
        else:
            return saved(request, visit, form.cleaned_data["name"])
    return _form(request, visit, form, food)


def _save(visit: Visit, form: OwnFoodForm, pk: int | None) -> int:
    return own_foods.save_own_food(owner_id=visit.person.id, draft=form.draft(), own_food_id=pk).pk


def saved(request: HttpRequest, visit: Visit, name: str) -> HttpResponse:
    """Go back to the list and say so."""
    message = _("{name_eul} 저장했어요. 이제 음식을 찾을 때 나와요.").format(
        name=name, name_eul=names.with_particle(name, "을/를")
    )
    return door.told(request, days=[visit.today], message=message, otherwise=LIST)


def _initial(food: OwnFood) -> dict[str, Any]:
    amounts = {key: plain(getattr(food, key)) for key in NUTRIENTS}
    serving = {"serving_name": food.serving_name, "serving_grams": plain(food.serving_grams)}
    return {"name": food.name, "maker": food.maker, "basis": food.basis, "said_for": PER_100, **serving, **amounts}


def plain(value: Decimal | None) -> str:
    """Write an amount the way a field takes it; unknown is empty."""
    return "" if value is None else f"{value.normalize():f}"


def _form(request: HttpRequest, visit: Visit, form: OwnFoodForm, food: OwnFood | None) -> HttpResponse:
    context = {"form": form, "food": food, "key": request.POST.get("key") or uuid.uuid4().hex}
    return door.shown(request, visit, "meals/own_food_form.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own food off the shelf; 되돌리기 puts it back."""
    visit = visit_of(request)
    food: OwnFood = OwnFood.objects.one_of(visit.person.id, pk)
    own_foods.delete_own_food(owner_id=visit.person.id, own_food_id=pk)
    fragment = door.shown(request, visit, "meals/own_food_rows.html", _listed(visit))
    undo = f"/meals/foods/{pk}/restore/"
    return door.told(
        request, days=[], message=words.deleted_words(food.name), undo=undo, fragment=fragment, otherwise=LIST
    )


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an own food back on the shelf, and let the list on the screen know."""
    visit = visit_of(request)
    own_foods.restore_own_food(owner_id=visit.person.id, own_food_id=pk)
    response = door.told(request, days=[], message=_("되돌렸어요."), otherwise=LIST)
    return trigger_client_event(response, "onharu:own-foods", {}) if door.is_fragment(request) else response
