"""One meal: when it was, a note on it, gone and back; and yesterday's once more."""

from __future__ import annotations

from datetime import date, datetime, time
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.problems import Invalid
from onharu.records.meals.actions import copying, diary
from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.pages import door, words
from onharu.records.meals.queries import wording

LONGEST_NOTE = 300


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def meal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meal's time, place in the day and note in a sheet, or save them."""
    visit = visit_of(request)
    if request.method == "POST":
        return _save(request, visit, pk)
    found: Meal = Meal.objects.alive().one_of(visit.person.id, pk)
    context = {
        "meal": found,
        "slots": words.slot_choices(found.slot),
        "slot_word": wording.SLOT_WORDS[found.slot],
        "day": found.day,
    }
    template = "meals/meal_sheet.html" if door.is_fragment(request) else "meals/meal_page.html"
    return door.shown(request, visit, template, context)


def _save(request: HttpRequest, visit: Visit, pk: int) -> HttpResponse:
    said = request.POST
    found: Meal = Meal.objects.alive().one_of(visit.person.id, pk)
    day, before = visit.day(said.get("date") or found.day.isoformat()), found.day
    at = time_said(said.get("time")) or door.local(visit, found.eaten_at).time()
    diary.change_meal(
        owner_id=visit.person.id,
        meal_id=pk,
        day=day,
        slot=door.slot_said(said.get("slot") or found.slot, visit),
        eaten_at=_placed(visit, found, day, at),
        note=" ".join(said.get("note", "").split())[:LONGEST_NOTE],
    )
    return door.told(request, days=[*dict.fromkeys((day, before))], message=_("고쳤어요."), close=True)


def _placed(visit: Visit, meal: Meal, day: date, at: time) -> datetime:
    """Place the meal at a wall-clock time; the seconds of an unchanged one stay."""
    known = door.local(visit, meal.eaten_at)
    if (day, at.replace(second=0, microsecond=0)) == (meal.day, known.time().replace(second=0, microsecond=0)):
        return meal.eaten_at
    return visit.person.instant_of(day, at)


def time_said(said: str | None) -> time | None:
    """Read a wall-clock time like 12:40; nothing said is None."""
    if not said:
        return None
    try:
        return time.fromisoformat(said)
    except ValueError:
        raise Invalid("time_invalid", "시각은 12:40처럼 적어 주세요.", "Write times like 12:40.") from None


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a meal; 되돌리기 brings it back for a day."""
    gone = diary.delete_meal(owner_id=visit_of(request).person.id, meal_id=pk)
    message = words.deleted_words(str(wording.SLOT_WORDS[gone.slot]))
    return door.told(request, days=[gone.day], message=message, undo=f"/meals/{pk}/restore/", close=True)


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the deletion of a meal back."""
    back = diary.restore_meal(owner_id=visit_of(request).person.id, meal_id=pk)
    return door.told(request, days=[back.day], message=_("되돌렸어요."))


@signed_in
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Write another day's meal, or that whole day, down once more."""
    visit, said = visit_of(request), request.POST
    day, source = visit.day(said.get("date")), visit.day(said.get("from"))
    slot = door.slot_said(said.get("slot"), visit) if said.get("slot") else None

    def run() -> list[int]:
        owner_id = visit.person.id
        copies = copying.copy_meals(owner_id=owner_id, to_day=day, zone=visit.person.zone, from_day=source, slot=slot)
        return [one.pk for one in copies]

    ids = door.done_once(request, visit, run)
    foods = MealItem.objects.of(visit.person.id).filter(pk__in=ids).order_by("pk").values_list("name", flat=True)
    undo = f"/meals/items/delete/?{urlencode({'ids': ','.join(map(str, ids))})}"
    return door.told(request, days=[day], message=words.added_words(list(foods)), undo=undo, close=True)
