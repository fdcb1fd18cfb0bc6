"""The doses of a day: planned ones by their time, those taken when needed, and what is due on the page of medicines."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.records.medication.pages import door
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.stock_shown import low_of
from onharu.records.medication.queries import doses as asked
from onharu.records.medication.queries import regimens
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.entries import DoseDay, DoseEntry, RegimenEntry
from onharu.records.medication.rules.schedules.limits import asked as over_limit

ONE_DAY = timedelta(days=1)
A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DayOfStrip:
    """One day of the strip."""

    day: date
    url: str
    selected: bool
    is_today: bool
    marked: bool
    future: bool


@dataclass(frozen=True, slots=True)
class NeededShown:
    """A medicine that is taken when needed: what was taken lately, its limit, and when the next is within it."""

    id: int
    key: str
    name: str
    why: str
    press: str
    lately: str
    limit: str
    free: str
    taken: tuple[shown.DoseShown, ...]
    spoken: str
    waiting: tuple[shown.DoseShown, ...] = ()


def day_url(day: date) -> str:
    """Address the doses of a day."""
    return f"/medicines/doses/?date={day.isoformat()}"


def day_context(visit: Visit, day: date) -> dict[str, Any]:
    """Read a day's doses with its week and the day before, and the medicines that are taken when needed."""
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=ahead) for ahead in range(A_WEEK)]
    first, last = week[0], week[-1]
    if visit.today in week:
        first, last = min(first, visit.today - ONE_DAY), max(last, visit.today + ONE_DAY)
    doses = asked.doses_between(visit.person, first, last, at=visit.at)
    taking = regimens.regimens_of(visit.person, at=visit.at, ended=None)
    following = next_words(visit, doses) if day == visit.today else ""
    low = low_of(visit, taking) if day == visit.today else []
    found = DoseDay(day, tuple(one for one in doses if one.day == day))
    groups, as_needed = shown.groups_of(visit, found.doses), needed_of(visit, day, taking, doses)
    return {
        "day": day,
        "seen": _state_of(following, groups, [replace(one, key="") for one in as_needed], len(taking), low),
        "here": day_url(day),
        "is_today": day == visit.today,
        "when": "today" if day == visit.today else "past" if day < visit.today else "ahead",
        "previous_url": day_url(day - ONE_DAY),
        "next_url": day_url(day + ONE_DAY),
        "today_url": "/medicines/doses/",
        "week": strip_of(visit, day, week, doses),
        "any_regimen": bool(taking or doses),
        "planned": found.planned,
        "percent": found.taken * 100 // found.planned if found.planned else 0,
        "summary": shown.summary_words(found.planned, found.taken),
        "next_words": following,
        "empty_about": following or _("먹는 약과 일정에서 언제 드시는지 보고 고칠 수 있어요."),
        "groups": groups,
        "as_needed": as_needed,
        "low": low,
    }


def _state_of(*what: object) -> str:
    """Name what a screen shows, so that a screen that shows it already is not drawn anew under a finger."""
    return blake2b(repr(what).encode(), digest_size=8).hexdigest()


def strip_of(visit: Visit, day: date, week: Sequence[date], doses: Sequence[DoseEntry]) -> list[DayOfStrip]:
    """Lay out the week of a day; days on which something was taken have a dot."""
    marked = {one.day for one in doses if one.state == "taken"}
    return [
        DayOfStrip(one, day_url(one), one == day, one == visit.today, one in marked, one > visit.today) for one in week
    ]


def next_words(visit: Visit, doses: Sequence[DoseEntry]) -> str:
    """Name what comes next: "다음: 오늘 18:30 하루정 1정"."""
    ahead = (
        one for one in doses if one.state == "planned" and one.planned_at is not None and one.planned_at > visit.at
    )
    following = next(ahead, None)
    if following is None or following.planned_at is None:
        return ""
    amount = amount_words(following.amount, following.unit)
    at = words.moment_words(shown.local(visit, following.planned_at), visit.today)
    return _("다음: {at} {name} {amount}").format(at=at, name=following.name, amount=amount)


def needed_of(visit: Visit, day: date, taking: Sequence[RegimenEntry], doses: Sequence[DoseEntry]) -> list[NeededShown]:
    """Show the medicines that are taken when needed, also ended ones that were taken on this day."""
    unplanned = {one.regimen_id for one in doses if one.day == day and one.planned_at is None}
    return [
        _needed(visit, day, one, [dose for dose in doses if dose.regimen_id == one.id])
        for one in taking
        if (one.as_needed and not one.ended) or one.id in unplanned
    ]


def _needed(visit: Visit, day: date, one: RegimenEntry, doses: Sequence[DoseEntry]) -> NeededShown:
    takings = takings_of(doses)
    amount = amount_words(one.amount, one.unit)
    mine = (dose for dose in doses if dose.day == day and dose.planned_at is None and dose.state == "taken")
    return NeededShown(
        id=one.id,
        key=uuid.uuid4().hex,
        name=one.name,
        why=one.why,
        press=_("지금 {amount} 먹었어요").format(amount=amount),
        lately=lately_words(visit, one, takings),
        limit=limit_words(one),
        free=free_words(visit, one, takings),
        taken=tuple(shown.dose_shown(visit, dose) for dose in mine),
        spoken=_("필요할 때"),
    )


def takings_of(doses: Sequence[DoseEntry]) -> list[tuple[datetime, Decimal]]:
    """List when and how much was taken, the earliest first."""
    taken = (one for one in doses if one.state == "taken" and one.taken_at is not None)
    return sorted((one.taken_at, one.taken_amount or one.amount) for one in taken if one.taken_at)


def lately_words(visit: Visit, one: RegimenEntry, takings: Sequence[tuple[datetime, Decimal]]) -> str:
    """Say what was taken in the last 24 hours: "2정 · 마지막 오늘 09:10"."""
    lately = [taking for taking in takings if visit.at - ONE_DAY < taking[0] <= visit.at]
    if not lately:
        return _("먹지 않았어요")
    total = amount_words(sum((amount for _, amount in lately), Decimal(0)), one.unit)
    last = words.moment_words(shown.local(visit, lately[-1][0]), visit.today)
    return words.joined(total, _("마지막 {at}").format(at=last))


def limit_words(one: RegimenEntry) -> str:
    """Say a limit: "24시간에 4정까지 · 4시간 띄워서"; none is nothing."""
    limit = one.schedule.limit
    most = amount_words(limit.most_in_24h, one.unit) if limit.most_in_24h is not None else ""
    return words.joined(
        _("24시간에 {amount}까지").format(amount=most) if most else "",
        _("{span} 띄워서").format(span=words.span_words(limit.gap)) if limit.gap else "",
    )


def free_words(visit: Visit, one: RegimenEntry, takings: Sequence[tuple[datetime, Decimal]]) -> str:
    """Say from when the next dose is within the limit; nothing where there is no limit."""
    limit = one.schedule.limit
    if limit.most_in_24h is None and limit.gap is None:
        return ""
    over = over_limit(limit, takings, visit.at, one.amount)
    if over is None:
        return _("지금부터")
    if over.free_at is None:
        return _("한 번 양이 이미 한도보다 많아요")
    return _("{at}부터").format(at=words.moment_words(shown.local(visit, over.free_at), visit.today))


def now_context(visit: Visit) -> dict[str, Any]:
    """Read what is due or next today, for the page of medicines; nothing where nobody takes anything."""
    context = day_context(visit, visit.today)
    groups = context["groups"]
    waiting = [group for group in groups if group.due or group.first]
    return context | {"groups": waiting, "all_groups": len(groups)}


@signed_in
@require_safe
def doses_page(request: HttpRequest) -> HttpResponse:
    """Show the doses of a day."""
    visit = visit_of(request)
    return door.shown(
        request, visit, "medication/doses/day.html", day_context(visit, visit.day(request.GET.get("date")))
    )


@signed_in
@require_safe
def part(request: HttpRequest) -> HttpResponse:
    """Show the part of the page that changes; 204 when the screen shows it already."""
    visit = visit_of(request)
    context = day_context(visit, visit.day(request.GET.get("date")))
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return door.shown(request, visit, "medication/doses/day_part.html", context)


@signed_in
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """Show what is due or next, for the page of medicines."""
    visit = visit_of(request)
    context = now_context(visit) | {"here": "/medicines/"}
    return door.shown(request, visit, "medication/doses/now.html", context)
