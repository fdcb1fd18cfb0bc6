"""Tokens gathered: what one stretch of a sentence said, before it is made a phase of a schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Final

from onharu.records.medication.rules.schedules.shapes import AtBedtime, Cycle, Daily, Meal, OnWaking
from onharu.records.medication.rules.sentences.tokens import (
    AtClock,
    AtMeals,
    AtMoment,
    Begins,
    ByMeal,
    Count,
    DailyTotal,
    Dose,
    Doubt,
    Every,
    Fasting,
    Lasts,
    LeastGap,
    Needed,
    OnDays,
    SinceTaken,
    Split,
    Token,
    Within,
)  # fmt: skip


@dataclass(slots=True)
class Place:
    """A moment of the day as it was said; what was said of it later is filled in."""

    anchor: AtClock | AtBedtime | OnWaking | Meal
    by: ByMeal | None = None
    dose: Dose | None = None

    @property
    def is_meal(self) -> bool:
        """Tell a meal from other moments."""
        return isinstance(self.anchor, str)


@dataclass(slots=True)
class Said:
    """What one stretch said. What was not said is empty, so that another stretch can lend it."""

    order: list[Place | Dose] = field(default_factory=list)
    by: ByMeal | None = None
    fasting: bool = False
    count: Count | None = None
    total: DailyTotal | None = None
    split: Split | None = None
    every: Every | None = None
    gap: LeastGap | None = None
    since: SinceTaken | None = None
    begins: Begins | None = None
    within: Within | None = None
    needed: Needed | None = None
    days: OnDays | None = None
    lasts: list[Lasts] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        """The moments, in the order they were said."""
        return [item for item in self.order if isinstance(item, Place)]

    @property
    def doses(self) -> list[Dose]:
        """The amounts, in the order they were said."""
        return [item for item in self.order if isinstance(item, Dose)]

    @property
    def has_rhythm(self) -> bool:
        """Tell whether it was said how often or at which moments of a day."""
        told = (self.by, self.every, self.since, self.needed)
        return bool(self.places) or self.fasting or any(part is not None for part in told)

    @property
    def has_when(self) -> bool:
        """Tell whether anything was said about when on a day."""
        return self.has_rhythm or self.count is not None or self.total is not None


def gathered(tokens: Sequence[Token]) -> Said:
    """Gather the tokens of one stretch. What is said twice and differs is doubted, the first is kept."""
    said = Said()
    for token in tokens:
        taker = _TAKERS.get(type(token))
        if taker is not None:
            taker(said, token)
        else:
            _keep(said, token)
    return said


def _keep(said: Said, token: Token) -> None:
    name = _KEPT.get(type(token))
    if name is None:
        return
    before = getattr(said, name)
    if before is None:
        setattr(said, name, token)
    elif before != token:
        said.doubts.append(Doubt("twice", name))


def _take_dose(said: Said, token: Token) -> None:
    if isinstance(token, Dose):
        said.order.append(token)


def _take_clock(said: Said, token: Token) -> None:
    if isinstance(token, AtClock):
        said.order.append(Place(token))


def _take_meals(said: Said, token: Token) -> None:
    if isinstance(token, AtMeals):
        said.order.extend(Place(meal) for meal in token.meals)


def _take_moment(said: Said, token: Token) -> None:
    if isinstance(token, AtMoment):
        said.order.append(Place(token.anchor))
        said.doubts.extend([token.doubt] if token.doubt else [])


def _take_by(said: Said, token: Token) -> None:
    """Let a relation hold for the meals before it that have none, or else for those that follow."""
    open_places = [place for place in said.places if place.is_meal and place.by is None]
    if not isinstance(token, ByMeal):
        return
    for place in open_places:
        place.by = token
    if open_places:
        return
    if said.by is not None and said.by != token:
        said.doubts.append(Doubt("twice", "by"))
        return
    said.by = token


def _take_fasting(said: Said, token: Token) -> None:
    said.fasting = True


def _take_lasts(said: Said, token: Token) -> None:
    if isinstance(token, Lasts):
        said.lasts.append(token)


def _take_days(said: Said, token: Token) -> None:
    """Keep on which days; 매일 beside others gives way, within a cycle it says nothing more."""
    if not isinstance(token, OnDays):
        return
    before = said.days
    if before is None or before.days == token.days:
        said.days = before or token
        return
    kept, other = (token, before) if isinstance(before.days, Daily) else (before, token)
    said.days = kept
    if not (isinstance(kept.days, Cycle) and isinstance(other.days, Daily)):
        said.doubts.append(Doubt("two_days"))


def _take_count(said: Said, token: Token) -> None:
    """Keep how many times a day; "3번" alone gives way to what was said in full."""
    if not isinstance(token, Count):
        return
    before = said.count
    if before is None or (token.sure and not before.sure):
        said.count = token
    elif token.sure and before.times != token.times:
        said.doubts.append(Doubt("twice", "count"))


_TAKERS: Final[dict[type, Callable[[Said, Token], None]]] = {
    Dose: _take_dose, AtClock: _take_clock, AtMeals: _take_meals, AtMoment: _take_moment, ByMeal: _take_by,
    Fasting: _take_fasting, Lasts: _take_lasts, Count: _take_count, OnDays: _take_days,
}  # fmt: skip
_KEPT: Final[dict[type, str]] = {
    DailyTotal: "total", Split: "split", Every: "every", LeastGap: "gap", SinceTaken: "since", Begins: "begins",
    Within: "within", Needed: "needed",
}  # fmt: skip


def lend(said: Said, other: Said) -> None:
    """Fill what this stretch did not say about when and on which days from another one."""
    if not said.has_when:
        for name in ("by", "fasting", "count", "total", "every", "since", "begins", "within", "needed"):
            setattr(said, name, getattr(other, name))
        said.order[:0] = [Place(place.anchor, place.by) for place in other.places]
    if said.days is None:
        said.days = other.days
    if said.gap is None:
        said.gap = other.gap


def is_empty(said: Said) -> bool:
    """Tell whether a stretch said nothing at all."""
    return all(not getattr(said, part.name) for part in fields(said))
