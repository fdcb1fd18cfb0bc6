"""The cards of a day, without those that were put away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from onharu.accounts.public import Visit
from onharu.insights.models import PutAway
from onharu.insights.queries.reading import seen_by
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
    """Work the cards of a day out; none for a day that has not come. At most eight statements."""
    return cards_from(visit, seen_by(visit, day)) if day <= visit.today else DayCards(day, (), away_of(visit))


def cards_from(visit: Visit, seen: Seen) -> DayCards:
    """Work the cards out of what was read; one statement."""
    away = away_of(visit)
    return DayCards(seen.day, cards_of(seen, away=away, hide_bodily=visit.person.hide_numbers), away)


def away_of(visit: Visit) -> dict[str, date]:
    """Name the rules that this person does not want to hear from today, each with its last silent day."""
    rows = PutAway.objects.of(visit.person.id).filter(until_day__gte=visit.today).order_by("rule")
    return dict(rows.values_list("rule", "until_day"))
