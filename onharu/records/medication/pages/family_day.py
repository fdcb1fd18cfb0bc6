"""Somebody else's doses, as they let one see them: by the owner's clock, with a button where it is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel import clock
from onharu.records.medication.actions import marking, shares
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.family import PAGE
from onharu.records.medication.queries import shares as asked
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.entries import DoseEntry

ONE_DAY = timedelta(days=1)
OPEN = ("planned", "due", "late")


@dataclass(frozen=True, slots=True)
class DoseShown:
    """A dose as a row for its viewer; `may_take` and `may_undo` say which button there is."""

    id: str
    dom: str
    name: str
    amount: str
    line: str
    open: bool
    due: bool
    taken: bool
    may_take: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class GroupShown:
    """The doses of one time by the owner's clock."""

    at: str
    spoken: str
    dom: str
    doses: tuple[DoseShown, ...]


def day_url(share_id: int, day: date) -> str:
    """Address a day that is shared."""
    return f"{PAGE}{share_id}/?date={day.isoformat()}"


def _local(shared: asked.Shared, at: datetime) -> datetime:
    return at.astimezone(clock.zone(shared.owner.zone))


def groups_of(shared: asked.Shared, doses: Iterable[asked.SharedDose], at: datetime) -> list[GroupShown]:
    """Gather doses by their minute; one that was taken back without a plan stands nowhere."""
    standing = [(_local(shared, dose.at).replace(second=0, microsecond=0), dose) for dose in doses if dose.at]
    standing.sort(key=lambda one: (one[0], one[1].name, one[1].id))
    return [
        GroupShown(
            at=words.hm(when),
            spoken=words.clock_words(when),
            dom=f"{when:%Y%m%d%H%M}",
            doses=tuple(_shown(shared, dose, at) for _when, dose in same),
        )
        for when, same in groupby(standing, key=lambda one: one[0])
    ]


def _shown(shared: asked.Shared, dose: asked.SharedDose, at: datetime) -> DoseShown:
    is_open = dose.state in OPEN
    can = shared.may_mark and dose.planned_at is not None and dose.day <= shared.today(at)
    return DoseShown(
        id=dose.id,
        dom=dose.id.replace(".", "-"),
        name=dose.name,
        amount=amount_words(dose.amount, dose.unit),
        line=_line(shared, dose),
        open=is_open,
        due=dose.state in {"due", "late"},
        taken=dose.state == "taken",
        may_take=can and is_open,
        may_undo=can and dose.state == "taken" and dose.by_me,
    )


def _line(shared: asked.Shared, dose: asked.SharedDose) -> str:
    if dose.state == "skipped":
        return _("건너뛰었어요")
    if dose.state == "taken" and dose.taken_at is not None:
        taken = _local(shared, dose.taken_at)
        at = words.hm(taken) if taken.date() == dose.day else words.moment_words(taken, dose.day)
        said = _("{at}에 먹었어요").format(at=at)
        return words.joined(said, _("내가 표시함") if dose.by_me else "")
    return _("아직 표시가 없어요") if dose.state in {"due", "late"} else _("먹을 예정이에요")


def day_context(visit: Visit, shared: asked.Shared, day: date) -> dict[str, Any]:
    """Read a day of the owner's. Raises Missing for one that is not shared."""
    doses = asked.shared_day(shared, day, visit.at)
    today = shared.today(visit.at)
    planned = [dose for dose in doses if dose.planned_at is not None]
    taken = sum(dose.state == "taken" for dose in planned)
    return {
        "shared": shared,
        "day": day,
        "day_said": words.joined(words.day_words(day, today), words.long_day(day)),
        "here": day_url(shared.id, day),
        "groups": groups_of(shared, doses, visit.at),
        "summary": _summary(len(planned), taken),
        "previous_url": day_url(shared.id, day - ONE_DAY) if shared.shows(day - ONE_DAY, visit.at) else "",
        "next_url": day_url(shared.id, day + ONE_DAY) if shared.shows(day + ONE_DAY, visit.at) else "",
        "elsewhere": shared.owner.zone if shared.owner.zone != visit.person.zone else "",
    }


def _summary(planned: int, taken: int) -> str:
    if not planned:
        return _("이 날 예정된 약이 없어요")
    said = ngettext("{planned}번 중 {taken}번 먹었어요", "{planned}번 중 {taken}번 먹었어요", planned)
    return said.format(planned=planned, taken=taken)


def _seen(request: HttpRequest, pk: int, template: str) -> HttpResponse:
    visit = visit_of(request)
    shared = asked.one_shared(visit.person.id, pk, visit.at)
    said = request.GET.get("date")
    day = visit.day(said) if said else shared.today(visit.at)
    context = day_context(visit, shared, day)
    shares.note_look(shared=shared, day=day, at=visit.at)
    with timezone.override(clock.zone(shared.owner.zone)):
        return render(request, template, {"visit": visit, **context})


@signed_in
@require_safe
def day_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the owner's day; the owner can read that it was looked at."""
    return _seen(request, pk, "medication/family/day.html")


@signed_in
@require_safe
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the part of the page that changes."""
    return _seen(request, pk, "medication/family/day_part.html")


@signed_in
@require_POST
def take(request: HttpRequest, pk: int, dose_id: str) -> HttpResponse:
    """Have a dose of the owner's taken, with the viewer's name."""
    visit = visit_of(request)
    dose = marking.take_for(viewer_id=visit.person.id, share_id=pk, dose_id=dose_id, at=visit.at)
    message = _("{name}: 먹었다고 표시했어요.").format(name=dose.name)
    return _told(request, pk, dose, message, f"{PAGE}{pk}/doses/{dose_id}/undo/")


@signed_in
@require_POST
def undo(request: HttpRequest, pk: int, dose_id: str) -> HttpResponse:
    """Take one's own word back."""
    visit = visit_of(request)
    dose = marking.untake_for(viewer_id=visit.person.id, share_id=pk, dose_id=dose_id, at=visit.at)
    return _told(request, pk, dose, _("{name} 표시를 되돌렸어요.").format(name=dose.name), "")


def _told(request: HttpRequest, pk: int, dose: DoseEntry, message: str, undo_url: str) -> HttpResponse:
    return door.told(request, message=message, undo=undo_url, otherwise=day_url(pk, dose.day))


@signed_in
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop looking at somebody's doses."""
    visit = visit_of(request)
    shared = asked.one_shared(visit.person.id, pk, visit.at)
    shares.leave(viewer_id=visit.person.id, share_id=pk, at=visit.at)
    message = _("이제 {name} 님의 복용을 보지 않아요.").format(name=shared.owner.nickname)
    return door.told(request, message=message, otherwise=PAGE)
