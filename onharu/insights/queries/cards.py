"""The cards of a day, without those that were put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onharu.accounts.public import Visit
from onharu.insights.queries.reading import seen_by
from onharu.insights.queries.standing import Standing, standing_of
from onharu.insights.rules.cards import Card
from onharu.insights.rules.choosing import cards_of
from onharu.insights.rules.seen import Seen


@dataclass(frozen=True, slots=True)
class DayCards:
    """What there is to say of a day, and which rules were put away until when."""

    day: date
    cards: tuple[Card, ...]
    away: Mapping[str, date]


def cards_on(visit: Visit, day: date) -> DayCards:
    """Work the cards of a day out; none for a day that has not come. One statement when warm, at most eight."""
    standing = standing_of(visit)
    if day > visit.today:
        return DayCards(day, (), standing.away)
    return cards_from(visit, standing, seen_by(visit, day, standing))


def cards_from(visit: Visit, standing: Standing, seen: Seen) -> DayCards:
    """Work the cards out of what was read."""
    cards = cards_of(seen, away=standing.away, hide_bodily=visit.person.hide_numbers)
    return DayCards(seen.day, cards, standing.away)
