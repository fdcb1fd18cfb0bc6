"""The page of one medicine: what it is, what the label says, what notices say beside mine, and how it went."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import ProductFacts
from onharu.kernel.problems import Conflict, Invalid
from onharu.records.medication import rules
from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.actions.scraps import MedicineUnknown, ScrapSaid
from onharu.records.medication.pages import door, pills, shown, words
from onharu.records.medication.queries import scraps as asked
from onharu.records.medication.queries.comparing import asker_of, compare
from onharu.records.medication.queries.scraps import ScrapEntry

OPEN = frozenset({"use", "warnings"})


def facts_or_missing(item_seq: str) -> ProductFacts:
    """Read a product. Raises MedicineUnknown."""
    facts = medicines.facts_of([item_seq]).get(item_seq)
    if facts is None:
        raise MedicineUnknown
    return facts


def mine_context(item_seq: str, scrap: ScrapEntry | None) -> dict[str, Any]:
    """Lay out the card of a scrap."""
    return {
        "item_seq": item_seq,
        "scrap": scrap,
        "categories": [
            (code, word, scrap is not None and scrap.category == code) for code, word in words.CATEGORY_WORDS.items()
        ],
        "tags_line": ", ".join(tag.name for tag in scrap.tags) if scrap else "",
        "longest_note": rules.LONGEST_NOTE,
        "errors": {},
    }


def beside_mine_context(visit: Visit, item_seq: str) -> dict[str, Any]:
    """Lay official notices beside a medicine and the person's own."""
    asker = asker_of(visit)
    found = compare(owner_id=visit.person.id, item_seqs=[item_seq], with_mine=True, asker=asker)
    return {
        "item_seq": item_seq,
        "compared": shown.compared_shown(found, item_seq),
        "mine_count": len(found.mine),
        "age_unknown": asker.ages is None,
    }


@signed_in
@require_safe
def product(request: HttpRequest, item_seq: str) -> HttpResponse:
    """Show a medicine. That it was looked at is kept only of who read the note before the first use."""
    visit = visit_of(request)
    facts = facts_or_missing(item_seq)
    understood = asked.has_understood(visit.person.id)
    if understood and visit.person.may_keep_health and request.method == "GET":
        looking.note_view(owner_id=visit.person.id, item_seq=item_seq)
    sections = [
        (kind, word, facts.sections[kind], kind in OPEN)
        for kind, word in words.SECTION_WORDS.items()
        if kind in facts.sections
    ]
    context = {
        **beside_mine_context(visit, item_seq),
        **mine_context(item_seq, asked.scrap_of(visit.person.id, item_seq)),
        "facts": facts,
        "title": words.breakable(facts.name),
        "source": words.source_words(facts.source),
        "withdrawn": words.withdrawn_words(facts.withdrawn_on) if facts.withdrawn_on else "",
        "understood": understood,
        "supply": words.SUPPLY_WORDS.get(facts.supply, ""),
        "ingredients": [(one, words.amount_words(one)) for one in facts.ingredients],
        "sections": sections,
        "missing": [word for kind, word in words.SECTION_WORDS.items() if kind not in facts.sections],
        "pill": pills.pill_of(facts.looks[0]) if facts.looks else None,
        "looks": [(pills.pill_of(look), pills.words_of(look), pills.size_words(look), look) for look in facts.looks],
    }
    return door.shown(request, visit, "medication/product.html", context)


@signed_in
@require_safe
def beside_mine(request: HttpRequest, item_seq: str) -> HttpResponse:
    """Show what notices say of a medicine beside the person's own."""
    visit = visit_of(request)
    facts_or_missing(item_seq)
    return door.shown(request, visit, "medication/beside_mine.html", beside_mine_context(visit, item_seq))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, item_seq: str) -> HttpResponse:
    """Show a medicine's scrap, or have it say what the form says."""
    visit = visit_of(request)
    if request.method != "POST":
        facts_or_missing(item_seq)
        context = mine_context(item_seq, asked.scrap_of(visit.person.id, item_seq))
        return door.shown(request, visit, "medication/mine.html", context)
    before = asked.scrap_of(visit.person.id, item_seq)
    try:
        scrap = scraps.set_scrap(owner_id=visit.person.id, item_seq=item_seq, said=_said(request))
    except (Invalid, Conflict) as problem:
        return _again(request, visit, item_seq, door.problem_words(problem))
    entry = asked.scrap_entry(scrap)
    name = entry.medicine.name if entry.medicine else item_seq
    message = _("저장했어요.") if before else words.taken_up_words(name)
    undo = "" if before else f"/medicines/scraps/{scrap.pk}/delete/"
    return _saved(request, visit, entry, message, undo)


def _said(request: HttpRequest) -> ScrapSaid:
    said: ScrapSaid = {}
    if category := request.POST.get("category"):
        said["category"] = category
    if "notes" in request.POST:
        said["notes"] = request.POST["notes"]
    if "tags" in request.POST:
        said["tags"] = rules.tags_typed(request.POST["tags"])
    return said


def _saved(request: HttpRequest, visit: Visit, entry: ScrapEntry, message: str, undo: str) -> HttpResponse:
    answer = door.told(request, message=message, undo=undo, otherwise=f"/medicines/{entry.item_seq}/")
    if not door.is_fragment(request):
        return answer
    card = door.shown(request, visit, "medication/mine.html", mine_context(entry.item_seq, entry))
    trigger_client_event(card, "onharu:toast", {"message": message, "undo": undo})
    trigger_client_event(card, "onharu:mine", {})
    return card


def _again(request: HttpRequest, visit: Visit, item_seq: str, problem: str) -> HttpResponse:
    """Show the card with what was typed, where it could not be saved."""
    context = mine_context(item_seq, asked.scrap_of(visit.person.id, item_seq))
    context |= {
        "errors": {"form": problem},
        "typed_notes": request.POST.get("notes", ""),
        "tags_line": request.POST.get("tags", ""),
    }
    template = "medication/mine.html" if door.is_fragment(request) else "medication/mine_page.html"
    return door.shown(request, visit, template, context, status=422)
