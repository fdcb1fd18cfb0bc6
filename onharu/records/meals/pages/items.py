"""One eaten food: amount, unit, another food, another meal, gone and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.kernel.wording import NUTRIENT_WORDS, amount
from onharu.records.meals.actions import diary
from onharu.records.meals.models import MealItem
from onharu.records.meals.pages import door, words
from onharu.records.meals.pages.offers import offers
from onharu.records.meals.pages.tray import plain, tray_of, unit_choices
from onharu.records.meals.queries import wording
from onharu.records.meals.queries.diary import item_entry, items_of
from onharu.records.meals.queries.shelf import facts_by_key, favourite_keys
from onharu.records.meals.rules import quantity_in, steps_around


def item_context(visit: Visit, item: MealItem, problem: str = "") -> dict[str, Any]:
    """Show one eaten food: its amount, what it holds, and where the figures come from."""
    entry = item_entry(item)
    facts = facts_by_key(visit.person.id, [entry.food]).get(entry.food) if entry.food else None
    down, up = steps_around(entry.quantity, entry.unit)
    liked = facts is not None and facts.id in favourite_keys(visit.person.id)
    return {
        "item": entry,
        "meal": item.meal,
        "day": item.meal.day,
        "name": wording.food_name(entry.name),
        "portion": wording.portion(entry.quantity, entry.unit, entry.grams, entry.basis_unit),
        "guess": wording.is_guess(entry.grams_source),
        "weighed": entry.grams_source == MealItem.GramsSource.WEIGHED and entry.unit != entry.basis_unit,
        "quantity": plain(entry.quantity),
        "grams": plain(entry.grams),
        "down": plain(entry.quantity if down is None else down),
        "least": down is None,
        "up": plain(up),
        "units": unit_choices(entry, facts),
        "facts": facts,
        "favourite": liked,
        "slots": words.slot_choices(item.meal.slot),
        "nutrients": [
            (name.name, amount(value), "" if value is None else name.unit)
            for (key, name) in NUTRIENT_WORDS.items()
            for value in [getattr(entry.nutrients, key)]
        ],
        "problem": problem,
    }


def _mine(visit: Visit, pk: int) -> MealItem:
    item: MealItem = items_of(visit.person.id).select_related("meal").one_of(visit.person.id, pk)  # type: ignore[attr-defined]
    return item


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one eaten food in a sheet, or save its new amount."""
    visit = visit_of(request)
    if request.method == "POST":
        return _save(request, visit, pk)
    row = _mine(visit, pk)
    context = item_context(visit, row)
    if query := request.GET.get("q", "").strip():
        found = offers(visit, tab="", query=query, day=row.meal.day, slot=row.meal.slot)
        context |= {"found": found, "replace": pk, "slot": row.meal.slot}
    template = "meals/item_sheet.html" if door.is_fragment(request) else "meals/item_page.html"
    return door.shown(request, visit, template, context)


def _save(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    said = request.POST
    unit = said.get("unit", "")[:20]
    stepped = said.get("step")
    try:
        row = diary.change_item(
            owner_id=visit.person.id,
            item_id=pk,
            quantity=door.amount_said(stepped or said.get("quantity")),
            unit=unit or None,
            grams=None if stepped else door.amount_said(said.get("grams")),
        )
    except Invalid as problem:
        words_of_it = problem.en if (get_language() or "ko").startswith("en") else problem.ko
        template = "meals/item_edit.html" if door.is_fragment(request) else "meals/item_page.html"
        return door.shown(request, visit, template, item_context(visit, _mine(visit, pk), words_of_it), status=422)
    day = row.meal.day
    if not stepped:
        return door.told(request, days=[day], message=_("고쳤어요."), close=True)
    fragment = door.shown(request, visit, "meals/item_edit.html", item_context(visit, row))
    return door.told(request, days=[day], message="", fragment=fragment, otherwise=f"/meals/items/{pk}/")


@signed_in
@require_POST
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another food in the place of one, in its usual portion."""
    visit, said = visit_of(request), request.POST
    row = diary.change_item(
        owner_id=visit.person.id,
        item_id=pk,
        food=door.number_said(said.get("food")),
        quantity=door.amount_said(said.get("quantity")),
        unit=said.get("unit", "")[:20],
        grams=door.amount_said(said.get("grams")),
    )
    name = wording.food_name(row.name)
    message = _("{name_ro} 바꿨어요.").format(name=name, name_ro=words.to_words(name))
    return door.told(request, days=[row.meal.day], message=message, close=True)


@signed_in
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a food to another meal or day."""
    visit, said = visit_of(request), request.POST
    before = _mine(visit, pk).meal.day
    day, slot = visit.day(said.get("date")), door.slot_said(said.get("slot"), visit)
    diary.move_item(owner_id=visit.person.id, item_id=pk, day=day, slot=slot, eaten_at=door.moment(visit, day, slot))
    place = f"{words.day_words(day, visit.today)} {wording.SLOT_WORDS[slot]}"
    message = _("{place_ro} 옮겼어요.").format(place=place, place_ro=words.to_words(place))
    return door.told(request, days=[*dict.fromkeys((day, before))], message=message, close=True)


@signed_in
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an amount from the tray; answers with the tray."""
    visit, said = visit_of(request), request.POST
    unit = said.get("unit", "")[:20]
    row = diary.change_item(
        owner_id=visit.person.id, item_id=pk, quantity=door.amount_said(said.get("step")), unit=unit or None
    )
    return _tray(request, visit, [row], words.changed_words(row.name, row.quantity, row.unit))


@signed_in
@require_POST
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say an amount in another unit; answers with the tray or the sheet it was said in."""
    visit, wanted = visit_of(request), request.POST.get("unit", "")[:20]
    entry = item_entry(_mine(visit, pk))
    facts = facts_by_key(visit.person.id, [entry.food]).get(entry.food) if entry.food else None
    weighs = next((one.grams for one in facts.units if one.name == wanted), Decimal(1)) if facts else Decimal(1)
    quantity = quantity_in(wanted, weighs, quantity=entry.quantity, unit_before=entry.unit, grams=entry.grams)
    row = diary.change_item(owner_id=visit.person.id, item_id=pk, quantity=quantity, unit=wanted)
    if request.POST.get("tray"):
        return _tray(request, visit, [row], words.changed_words(row.name, row.quantity, row.unit))
    fragment = door.shown(request, visit, "meals/item_edit.html", item_context(visit, row))
    return door.told(request, days=[row.meal.day], message="", fragment=fragment, otherwise=f"/meals/items/{pk}/")


@signed_in
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete foods; 되돌리기 brings them back for a day. From the tray it answers with the tray."""
    visit, ids = visit_of(request), door.numbers_said([*request.POST.getlist("ids"), *request.GET.getlist("ids")])
    rows = _all_mine(visit, ids)
    diary.delete_items(owner_id=visit.person.id, item_ids=ids)
    message = words.deleted_words(rows[0].name) if len(rows) == 1 else _deleted_words(len(rows))
    if request.POST.get("tray"):
        return _tray(request, visit, rows, message)
    undo = f"/meals/items/restore/?{urlencode({'ids': ','.join(map(str, ids))})}"
    return door.told(request, days=_days(rows), message=message, undo=undo, close=True)


@signed_in
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Take a deletion of foods back."""
    visit, ids = visit_of(request), door.numbers_said([*request.POST.getlist("ids"), *request.GET.getlist("ids")])
    rows = _all_mine(visit, ids)
    diary.restore_items(owner_id=visit.person.id, item_ids=ids)
    return door.told(request, days=_days(rows), message=_("되돌렸어요."))


def _all_mine(visit: Visit, ids: Sequence[int]) -> list[MealItem]:
    """Find rows by number, deleted ones too; none at all is Missing, as a stranger's are."""
    rows = list(MealItem.objects.of(visit.person.id).filter(pk__in=ids).select_related("meal"))
    if not rows:
        MealItem.objects.one_of(visit.person.id, 0)
    return rows


def _days(rows: Sequence[MealItem]) -> list[Any]:
    return list(dict.fromkeys(row.meal.day for row in rows))


def _deleted_words(count: int) -> str:
    return ngettext("음식 {count}개를 지웠어요.", "음식 {count}개를 지웠어요.", count).format(count=count)


def _tray(request: HttpRequest, visit: Visit, rows: Sequence[MealItem], message: str) -> HttpResponse:
    meal, added = rows[0].meal, door.numbers_said(request.POST.getlist("added"))
    context = {"tray": tray_of(visit.person.id, added), "said": message, "day": meal.day, "slot": meal.slot}
    fragment = door.shown(request, visit, "meals/tray_changed.html", context)
    where = {"date": meal.day.isoformat(), "slot": meal.slot, "added": ",".join(map(str, added))}
    if not door.is_fragment(request):
        return redirect(f"/meals/add/?{urlencode(where)}")
    return door.told(request, days=_days(rows), message="", fragment=fragment)
