"""Cards, achievements and the day in words: a fragment for htmx, a page for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from onharu.accounts.public import Visit, asker_id, signed_in, visit_of
from onharu.insights.actions import away, saying
from onharu.insights.queries.cards import cards_on
from onharu.insights.queries.day_words import facts_of, words_for
from onharu.insights.queries.life import achievements_of_visitor
from onharu.insights.queries.reading import seen_by
from onharu.insights.queries.standing import standing_of
from onharu.insights.queries.telling import Told
from onharu.insights.queries.wording import (
    achievement_rule,
    achievement_title,
    row_url,
    row_words,
    source_words,
    told,
)
from onharu.insights.rules.achievements import Achievement
from onharu.insights.rules.cards import Card, Evidence
from onharu.kernel.problems import Invalid

PAUSES = {"7": 7, "30": 30, "90": 90}


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row behind a card, as it is linked."""

    day: date
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class CardShown:
    """One card as the template draws it."""

    rule: str
    told: Told
    rows: tuple[RowShown, ...]
    source: str
    source_url: str
    url: str


@dataclass(frozen=True, slots=True)
class Earned:
    """One achievement as the template draws it."""

    title: str
    rule: str
    have: int
    need: int
    earned: bool
    earned_on: date | None
    rows: tuple[RowShown, ...]


@signed_in
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the cards of a day."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    found = cards_on(visit, day)
    context = {
        "day": day,
        "cards": [_card(one) for one in found.cards],
        "away": len(found.away),
        "again": _today_url(day),
    }
    return _shown(request, "insights/cards.html", _("오늘의 발견"), context)


@signed_in
@require_safe
def achievements(request: HttpRequest) -> HttpResponse:
    """Show what was earned, and what is on its way."""
    visit = visit_of(request)
    found = achievements_of_visitor(visit)
    earned = [_earned(one) for one in sorted(found, key=_latest_first) if one.earned]
    ahead = [_earned(one) for one in found if not one.earned]
    context = {"earned": earned, "ahead": ahead}
    return _shown(request, "insights/achievements.html", _("이룬 것들"), context)


@signed_in
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Show a day in a few sentences: those of the house at once, a model's when they are there."""
    visit = visit_of(request)
    day = visit.day(request.GET.get("date"))
    context: dict[str, Any] = {"day": day, "words": None}
    if day <= visit.today:
        found = words_for(visit, facts_of(visit, seen_by(visit, day, standing_of(visit)), _language()))
        saying.owe_words(visit, found)
        context["words"] = found
    return _shown(request, "insights/words.html", _("하루 요약"), context)


@signed_in
@require_POST
def put_away(request: HttpRequest, rule: str) -> HttpResponse:
    """Put a card away for some days, with a way back."""
    visit = visit_of(request)
    days = PAUSES.get(request.POST.get("days", "7"))
    if days is None:
        raise Invalid
    until = visit.today + timedelta(days=days)
    away.put_away(owner_id=visit.person.id, rule=rule, until=until, today=visit.today, at=visit.at)
    return _told(request, visit, _("{days}일 동안 보여 드리지 않을게요.").format(days=days), f"/insights/{rule}/back/")


@signed_in
@require_POST
def bring_back(request: HttpRequest, rule: str) -> HttpResponse:
    """Let a card come again."""
    away.bring_back(owner_id=asker_id(request), rule=rule)
    return _told(request, visit_of(request), _("다시 보여 드릴게요."))


@signed_in
@require_POST
def bring_all_back(request: HttpRequest) -> HttpResponse:
    """Let every card come again."""
    away.bring_all_back(owner_id=asker_id(request))
    return _told(request, visit_of(request), _("다시 보여 드릴게요."))


def _told(request: HttpRequest, visit: Visit, message: str, undo: str = "") -> HttpResponse:
    """Answer a change: htmx gets the fragments' event and a toast; a plain form gets its page again."""
    if "HX-Request" not in request.headers:
        messages.success(request, message)
        return redirect(_today_url(visit.day(request.POST.get("date"))))
    response = HttpResponse(status=204)
    trigger_client_event(response, "onharu:insights", {})
    trigger_client_event(response, "onharu:toast", {"message": message, "undo": undo})
    return response


def _shown(request: HttpRequest, part: str, title: str, context: Mapping[str, Any]) -> HttpResponse:
    if "HX-Request" in request.headers:
        return render(request, part, context)
    return render(request, "insights/page.html", {"part": part, "page_title": title, **context})


def _card(card: Card) -> CardShown:
    return CardShown(
        rule=card.rule,
        told=told(card),
        rows=tuple(_row(row) for row in card.evidence),
        source=source_words(card),
        source_url=card.source.url if card.source else "",
        url=card.link,
    )


def _earned(one: Achievement) -> Earned:
    return Earned(
        title=achievement_title(one),
        rule=achievement_rule(one),
        have=one.have,
        need=one.need,
        earned=one.earned,
        earned_on=one.earned_on,
        rows=tuple(_row(row) for row in one.evidence),
    )


def _row(row: Evidence) -> RowShown:
    return RowShown(day=row.day, words=row_words(row), url=row_url(row))


def _latest_first(one: Achievement) -> int:
    return -(one.earned_on.toordinal() if one.earned_on else 0)


def _language() -> str:
    return "en" if get_language() == "en" else "ko"


def _today_url(day: date) -> str:
    return f"/insights/today/?{urlencode({'date': day.isoformat()})}"
