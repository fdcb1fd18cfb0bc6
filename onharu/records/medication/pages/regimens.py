"""What somebody takes: listed with the next time, one by one with its stock, stopped, let go and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.medicines import public as medicines
from onharu.kernel.problems import Invalid
from onharu.records.medication.actions import regimens as act
from onharu.records.medication.actions import stock as stocks
from onharu.records.medication.pages import door, pills
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.dose_sheet import amount_said
from onharu.records.medication.pages.doses import limit_words
from onharu.records.medication.pages.pills import Pill
from onharu.records.medication.pages.regimen_shown import clock_words, next_words
from onharu.records.medication.pages.regimen_told import next_moments
from onharu.records.medication.pages.stock_shown import StockShown, stock_shown
from onharu.records.medication.queries import regimens as asked
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.entries import DoseEntry, RegimenEntry, VersionEntry
from onharu.records.medication.queries.standing import Standing
from onharu.records.medication.queries.stock import stock_of
from onharu.records.medication.rules.sentences.saying import say

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RegimenShown:
    """A medicine that somebody takes, as a row."""

    id: int
    name: str
    sentence: str
    why: str
    next: str
    pill: Pill | None


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A wording that held from a moment on."""

    since: str
    sentence: str
    stops: bool


def sentence_of(one: RegimenEntry | VersionEntry, unit: str) -> str:
    """Say a schedule in the language of the page."""
    if not words.english():
        return one.sentence
    return say(one.schedule, one.amount, unit, one.start, one.end, language="en")


def rows_of(visit: Visit, found: Sequence[Standing]) -> list[RegimenShown]:
    """Show medicines as rows, each with its next time."""
    doses = doses_between(visit.person, visit.today, visit.today + ONE_DAY, at=visit.at)
    looks = medicines.looks_of([one.entry.item_seq for one in found if one.entry.item_seq])
    return [
        RegimenShown(
            id=one.id,
            name=one.entry.name,
            sentence=sentence_of(one.entry, one.entry.unit),
            why=one.entry.why,
            next="" if one.entry.ended else next_of(visit, one, doses),
            pill=pills.pill_of(looks.get(one.entry.item_seq)),
        )
        for one in found
    ]


def next_of(visit: Visit, one: Standing, doses: Sequence[DoseEntry]) -> str:
    """Name the next times of a medicine; nothing where none is planned."""
    if one.entry.as_needed:
        return ""
    ahead = [dose.planned_at for dose in doses if dose.regimen_id == one.id and dose.state == "planned"]
    moments = [shown.local(visit, at) for at in ahead if at is not None and at >= visit.at]
    if not moments and one.follows is None:
        moments = next_moments(visit, one.wordings, one.routine)
    return next_words(moments[:3], shown.local(visit, visit.at).date())


@signed_in
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List what somebody takes, and what has ended."""
    visit = visit_of(request)
    found = asked.standings_of(visit.person, at=visit.at)
    rows = dict(zip((one.id for one in found), rows_of(visit, found), strict=True))
    context = {
        "rows": [rows[one.id] for one in found if not one.entry.ended],
        "ended": [rows[one.id] for one in found if one.entry.ended],
        "gone": gone if (gone := request.GET.get("gone", "")).isascii() and gone.isdecimal() else "",
    }
    template = "rows" if door.is_fragment(request) else "regimens"
    return door.shown(request, visit, f"medication/regimens/{template}.html", context)


def regimen_context(visit: Visit, pk: int) -> dict[str, Any]:
    """Lay out one medicine: how it is taken, when next, how much is left, how its schedule was before."""
    one = asked.standing_of(visit.person, pk, at=visit.at)
    entry = one.entry
    doses = doses_between(visit.person, visit.today, visit.today + ONE_DAY, at=visit.at)
    looks = medicines.looks_of([entry.item_seq]) if entry.item_seq else {}
    return {
        "regimen": entry,
        "sentence": sentence_of(entry, entry.unit),
        "next": "" if entry.ended else next_of(visit, one, doses),
        "clock": "" if entry.as_needed else clock_words(entry.schedule.clock),
        "limit": limit_words(entry),
        "pill": pills.pill_of(looks.get(entry.item_seq)),
        "unit": words.UNIT_WORDS.get(entry.unit, ""),
        "versions": versions_of(visit, one),
        "stock": _stock(visit, entry),
        "here": f"/medicines/regimens/{pk}/",
    }


def versions_of(visit: Visit, one: Standing) -> list[VersionShown]:
    """Tell how a schedule was changed, the newest first; one that never was has nothing to tell."""
    if len(one.versions) == 1:
        return []
    return [
        VersionShown(
            since=_since(visit, version.since),
            sentence=sentence_of(version, one.entry.unit),
            stops=version.stops,
        )
        for version in reversed(one.versions)
    ]


def _since(visit: Visit, at: datetime) -> str:
    return words.moment_words(shown.local(visit, at), visit.today)


def _stock(visit: Visit, entry: RegimenEntry) -> StockShown | None:
    if not entry.tracks_stock:
        return None
    return stock_shown(visit, stock_of(visit.person, entry.id, at=visit.at))


@signed_in
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a medicine that somebody takes."""
    visit = visit_of(request)
    template = "regimen_part" if door.is_fragment(request) else "regimen"
    return door.shown(request, visit, f"medication/regimens/{template}.html", regimen_context(visit, pk))


def _told(request: HttpRequest, visit: Visit, message: str, undo: str, otherwise: str) -> HttpResponse:
    return door.told(request, message=message, undo=undo, otherwise=otherwise, days=[visit.today])


@signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a medicine now; what was written down stays."""
    visit = visit_of(request)
    regimen = act.end_regimen(person=visit.person, regimen_id=pk, at=visit.at)
    message = _("{name_eul} 그만 먹는 것으로 했어요.").format(
        name=regimen.name, name_eul=words.with_object(regimen.name)
    )
    back = f"/medicines/regimens/{pk}/"
    return _told(request, visit, message, f"{back}resume/", back)


@signed_in
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a medicine up again that was stopped or has ended."""
    visit = visit_of(request)
    regimen = act.resume_regimen(person=visit.person, regimen_id=pk, at=visit.at)
    message = _("{name_eul} 다시 먹는 것으로 했어요.").format(
        name=regimen.name, name_eul=words.with_object(regimen.name)
    )
    back = f"/medicines/regimens/{pk}/"
    return _told(request, visit, message, f"{back}end/", back)


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a medicine go with its doses; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    regimen = act.delete_regimen(person=visit.person, regimen_id=pk, at=visit.at)
    message = _("{name_eul} 지웠어요.").format(name=regimen.name, name_eul=words.with_object(regimen.name))
    return _told(request, visit, message, f"/medicines/regimens/{pk}/restore/", f"/medicines/regimens/?gone={pk}")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a medicine back with all that was written down."""
    visit = visit_of(request)
    act.restore_regimen(person=visit.person, regimen_id=pk, at=visit.at)
    return _told(request, visit, _("되돌렸어요."), "", f"/medicines/regimens/{pk}/")


@signed_in
@require_POST
def stock(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how much is left as it was counted, or that some was added."""
    visit = visit_of(request)
    entry = asked.regimen_of(visit.person, pk, at=visit.at)
    said = request.POST.get("amount", "").strip()
    amount = Decimal(0) if said == "0" else amount_said(said)
    if amount is None:
        raise Invalid("amount_missing", "몇 개인지 적어 주세요.", "Write how many there are.")
    written = amount_words(amount, entry.unit)
    if request.POST.get("kind") == "added":
        stocks.add_stock(person=visit.person, regimen_id=pk, amount=amount, at=visit.at)
        message = _("{amount} 더했어요.").format(amount=_object(written))
    else:
        stocks.set_stock(person=visit.person, regimen_id=pk, amount=amount, at=visit.at)
        message = _("남은 약을 {amount}으로 적었어요.").format(amount=written)
    return _told(request, visit, message, "", f"/medicines/regimens/{pk}/")


def _object(said: str) -> str:
    return said if words.english() else words.with_object(said)
