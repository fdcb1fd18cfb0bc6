"""Which cards are shown: every rule is asked, the most pressing answers stay, at most five. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from onharu.insights.rules import eating, living, moving
from onharu.insights.rules.cards import Card
from onharu.insights.rules.seen import Seen

MOST_CARDS = 5
MEALS, WORKOUTS, GOALS, JOURNAL = "meals", "workouts", "goals", "journal"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the rooms it looks into, how pressing its card is (1 comes first), and what finds it.

    `bodily` cards speak of weight or energy and are left out for people who keep those out of sight.
    """

    id: str
    rank: int
    rooms: frozenset[str]
    find: Callable[[Seen], Card | None]
    bodily: bool = False


def _rule(rank: int, find: Callable[[Seen], Card | None], *rooms: str, bodily: bool = False) -> Rule:
    return Rule(find.__name__, rank, frozenset(rooms), find, bodily=bodily)


_ALL = (
    _rule(1, moving.sleep_heavy, JOURNAL, WORKOUTS),
    _rule(2, moving.record_today, WORKOUTS),
    _rule(3, living.streak_risk, MEALS, WORKOUTS, GOALS, JOURNAL),
    _rule(4, eating.caffeine_day, MEALS),
    _rule(5, moving.skip_reasons, WORKOUTS),
    _rule(6, moving.hard_sessions, WORKOUTS),
    _rule(7, eating.sodium_week, MEALS),
    _rule(8, eating.protein_training, MEALS, WORKOUTS),
    _rule(9, moving.still_days, WORKOUTS),
    _rule(10, living.sleep_week, JOURNAL),
    _rule(11, eating.water_today, MEALS),
    _rule(12, moving.week_minutes, WORKOUTS),
    _rule(13, living.weight_trend, GOALS, bodily=True),
    _rule(14, living.report_missing, JOURNAL),
    _rule(15, eating.late_breakfast, MEALS),
    _rule(16, living.mood_moving, JOURNAL, WORKOUTS),
    _rule(17, eating.sugars_week, MEALS),
    _rule(18, eating.fiber_week, MEALS),
    _rule(19, eating.unknown_share, MEALS),
)
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _ALL}


def cards_of(seen: Seen, *, away: Collection[str] = (), hide_bodily: bool = False) -> tuple[Card, ...]:
    """Ask every rule about a day and keep the most pressing cards; none when there is nothing to say.

    A rule that was put away, or that needs a room which could not be read, is not asked.
    """
    asked = (rule for rule in _ALL if rule.id not in away and not (hide_bodily and rule.bodily))
    found = (rule.find(seen) for rule in asked if not rule.rooms & seen.failed)
    return tuple(card for card in found if card is not None and card.evidence)[:MOST_CARDS]
