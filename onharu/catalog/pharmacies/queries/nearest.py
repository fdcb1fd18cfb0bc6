"""Which pharmacies are near a place, and which of them are open: by true distance, never by a guess.

First a small circle is read, as wide as pharmacies stand dense there, and hours are judged here: by day that is the
answer. Where it is not surely the whole answer, and at night, when few are open, the database is asked once for the
whole circle by the weeks that are open at the moment (docs/decisions/0080).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from onharu.catalog.pharmacies.queries.density import reach, shelf_is_empty
from onharu.catalog.pharmacies.queries.facts import WEEK, Row, facts_from, moment_of, near
from onharu.catalog.pharmacies.queries.reading import ALL, MOST_HIDDEN, Wanted, Weeks, read_rows
from onharu.catalog.pharmacies.queries.weeks import Standing, meet, standing_at, weeks_of
from onharu.catalog.pharmacies.rules.facts import Near, Nearby, Place, State
from onharu.catalog.pharmacies.rules.geo import haversine_m, in_korea
from onharu.catalog.pharmacies.rules.hours import Moment, state_at, told_at

# At night: fewer than a quarter of all weeks are open.
NIGHT = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: where, when, how far and how many; and what the hours of those wanted may be."""

    place: Place
    now: Moment
    metres: float
    limit: int
    states: frozenset[State]

    @property
    def counts_unknown(self) -> bool:
        """Whether those of unknown hours are left out and counted."""
        return "unknown" not in self.states

    @property
    def all(self) -> bool:
        """Whether hours do not matter."""
        return "closed" in self.states


# Rows of the answer, and how many of unknown hours were passed over.
Answer = tuple[list[Row], int]


def nearby(
    place: Place,
    *,
    at: datetime,
    radius: int = 2000,
    limit: int = 20,
    open_only: bool = False,
    with_unknown: bool = False,
) -> Nearby:
    """List the nearest pharmacies within a radius in metres, nearest first; those at the same place by id.

    With `open_only` those that are known to be open at the aware instant; `with_unknown` adds those of unknown hours,
    which are counted otherwise, MOST_HIDDEN at most. At most two statements, and those that keep holidays, weeks and
    density in this process.
    """
    if not in_korea(place):
        return Nearby(at, (), outside=True)
    question = Question(place, moment_of(at), radius, limit, _states(open_only=open_only, with_unknown=with_unknown))
    rows, hidden = _ask(question)
    found = tuple(_nears(question, rows))
    return Nearby(at, found, hidden, empty_shelf=not found and shelf_is_empty())


def _states(*, open_only: bool, with_unknown: bool) -> frozenset[State]:
    if not open_only:
        return frozenset({"open", "closed", "unknown"})
    return frozenset({"open", "unknown"}) if with_unknown else frozenset({"open"})


def _ask(question: Question) -> Answer:
    if question.all:
        return _first(question) or read_rows(question.place, question.metres, question.limit)
    by_night = question.counts_unknown and _is_night(standing_at(question.now))
    answer = None if by_night else _first(question)
    while answer is None:
        answer = read_rows(question.place, question.metres, question.limit, _wanted(question))
        if meet(row[WEEK] for row in answer[0]):
            answer = None
    return answer


def _is_night(standing: Standing) -> bool:
    return len(standing.open) * NIGHT < len(standing.open) + len(standing.closed) + len(standing.unknown)


def _wanted(question: Question) -> Wanted:
    """Name the rows wanted by the weeks they keep; weeks that are new to this process are met, and asked again."""
    standing = standing_at(question.now)
    if question.counts_unknown:
        return Wanted(
            only=Weeks(standing.open, (*standing.closed, *standing.unknown)),
            passed=Weeks(standing.unknown, (*standing.open, *standing.closed)),
        )
    return Wanted(only=Weeks((*standing.open, *standing.unknown), standing.closed), unsaid=True)


def _first(question: Question) -> Answer | None:
    """Read a small circle and judge hours here; None where that is not surely the answer."""
    many = question.limit * 2 + 10 if question.all else question.limit * 2 + 40
    metres = reach(question.place, many, question.metres)
    most = question.limit if question.all else many
    rows, _ = read_rows(question.place, metres, most, ALL)
    judged = _judged(question, rows)
    whole = metres >= question.metres and len(rows) < most
    return judged if whole or len(judged[0]) == question.limit else None


def _judged(question: Question, rows: list[Row]) -> Answer:
    """Keep the first rows whose hours are as wanted, and count those of unknown hours before the last of them."""
    if question.all:
        return rows, 0
    weeks = weeks_of(row[WEEK] for row in rows)
    kept: list[Row] = []
    hidden = 0
    for row in rows:
        if len(kept) == question.limit:
            break
        state = state_at(weeks.get(row[WEEK]), question.now)
        if state in question.states:
            kept.append(row)
        elif state == "unknown":
            hidden += 1
    return kept, min(hidden, MOST_HIDDEN)


def _nears(question: Question, rows: list[Row]) -> Iterable[Near]:
    weeks = weeks_of(row[WEEK] for row in rows)
    for row in rows:
        facts = facts_from(row, weeks)
        metres = haversine_m(question.place, facts.place) if facts.place else question.metres
        if metres <= question.metres:
            yield near(facts, told_at(facts.week, question.now), metres)
