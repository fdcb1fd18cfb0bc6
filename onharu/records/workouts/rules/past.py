"""What was actually done, seen the way the planner needs it. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from onharu.records.workouts.rules.scheme import REGION_OF, STRENGTH_PATTERNS
from onharu.records.workouts.rules.shapes import Done, History, Move, Mover

HARD_SETS: Final = 2
HARD_RPE: Final = Decimal(6)
# A walk of ten minutes on a day of rest is none of training.
ENOUGH_MINUTES: Final = Decimal(11)
SESSION_OF_CARDIO: Final = Decimal(30)
# Muscles that every exercise asks a little of are never "tired" for the plan.
EVERYWHERE: Final = frozenset({"core", "full_body", "heart"})


def effort(done: Done) -> Decimal | None:
    """Say how hard an exercise was: its hardest set, else what was said of the whole; unknown when nothing was."""
    written = [one.rpe for one in done.sets if one.rpe is not None]
    return max(written) if written else done.rpe


@dataclass(frozen=True)
class Past:
    """A history up to a day, read with the pool that says what each exercise is."""

    moves: Mapping[int, Move]
    done: tuple[Done, ...]
    day: date
    enough_minutes: Decimal

    @classmethod
    def of(cls, mover: Mover, pool: Iterable[Move], history: History, day: date) -> Past:
        """Keep what was done until the day, the oldest first; what lies ahead has not happened."""
        known = sorted((one for one in history.done if one.day <= day), key=lambda one: one.day)
        enough = min(Decimal(mover.minutes) / 2, ENOUGH_MINUTES)
        return cls({move.id: move for move in pool}, tuple(known), day, enough)

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Done, ...]]:
        """Group what was done by day."""
        found: dict[date, list[Done]] = {}
        for one in self.done:
            found.setdefault(one.day, []).append(one)
        return {day: tuple(ones) for day, ones in found.items()}

    @cached_property
    def by_exercise(self) -> Mapping[int, tuple[Done, ...]]:
        """Group what was done by exercise, the oldest first."""
        found: dict[int, list[Done]] = {}
        for one in self.done:
            found.setdefault(one.exercise_id, []).append(one)
        return {exercise: tuple(ones) for exercise, ones in found.items()}

    @cached_property
    def trained_on(self) -> tuple[date, ...]:
        """List the days of training, the oldest first; a gentle walk on a day of rest is none."""
        return tuple(day for day, ones in self.by_day.items() if self._is_training(ones))

    @cached_property
    def last_by_region(self) -> Mapping[str, date]:
        """Find the last day each region of the split was trained."""
        found: dict[str, date] = {}
        for day in self.trained_on:
            for region in self._regions(self.by_day[day]):
                found[region] = day
        return found

    @cached_property
    def tired(self) -> frozenset[str]:
        """Name the prime movers that were trained hard yesterday or today."""
        return frozenset(
            move.targets[0] for move in self._hard_lately() if move.targets and move.targets[0] not in EVERYWHERE
        )

    @cached_property
    def tired_regions(self) -> frozenset[str]:
        """Name the regions that were trained hard yesterday or today."""
        return frozenset(REGION_OF[move.pattern] for move in self._hard_lately() if move.pattern in REGION_OF)

    def trained_within(self, days: int) -> tuple[date, ...]:
        """List the days of training among so many days before this one."""
        first = self.day - timedelta(days=days)
        return tuple(one for one in self.trained_on if first <= one < self.day)

    def days_in_a_row(self) -> int:
        """Count the days of training in a row up to yesterday."""
        trained, run = frozenset(self.trained_on), 0
        while self.day - timedelta(days=run + 1) in trained:
            run += 1
        return run

    def trained_today(self) -> bool:
        """Whether this day's training is done already."""
        return bool(self.trained_on) and self.trained_on[-1] == self.day

    def before(self, exercise_id: int) -> tuple[Done, ...]:
        """List when an exercise was done, the oldest first."""
        return self.by_exercise.get(exercise_id, ())

    def sets_on(self, day: date) -> int:
        """Count a day's sets of strength."""
        return sum(len(one.sets) for one in self.by_day.get(day, ()) if self._is_strength(one))

    def cardio_minutes_on(self, day: date) -> Decimal:
        """Add up a day's minutes of cardio, as far as they are known."""
        return sum((one.minutes or Decimal(0) for one in self.by_day.get(day, ()) if self._is_cardio(one)), Decimal(0))

    def session_effort(self, day: date) -> Decimal | None:
        """Average how hard a day's exercises were; unknown when none says it."""
        known = [found for one in self.by_day.get(day, ()) if (found := effort(one)) is not None]
        return sum(known, Decimal(0)) / len(known) if known else None

    def _pattern(self, done: Done) -> str:
        move = self.moves.get(done.exercise_id)
        return move.pattern if move else ""

    def _is_strength(self, done: Done) -> bool:
        return self._pattern(done) in STRENGTH_PATTERNS

    def _is_cardio(self, done: Done) -> bool:
        return self._pattern(done) == "cardio"

    def _is_training(self, ones: Sequence[Done]) -> bool:
        if sum(len(one.sets) for one in ones if self._is_strength(one)) >= HARD_SETS:
            return True
        minutes = sum((one.minutes or Decimal(0) for one in ones if self._counts_minutes(one)), Decimal(0))
        return minutes >= self.enough_minutes

    def _counts_minutes(self, done: Done) -> bool:
        return self._pattern(done) != "mobility"

    def _regions(self, ones: Sequence[Done]) -> frozenset[str]:
        """Name what a session trained; a little cardio after weights is not a session of cardio."""
        found = {REGION_OF[self._pattern(one)] for one in ones if self._pattern(one) in REGION_OF}
        if found - {"cardio"}:
            minutes = sum((one.minutes or Decimal(0) for one in ones if self._is_cardio(one)), Decimal(0))
            found -= {"cardio"} if minutes < SESSION_OF_CARDIO else set()
        return frozenset(found)

    def _hard_lately(self) -> list[Move]:
        yesterday = self.day - timedelta(days=1)
        lately = [one for day in (yesterday, self.day) for one in self.by_day.get(day, ())]
        return [self.moves[one.exercise_id] for one in lately if self._is_hard(one)]

    def _is_hard(self, done: Done) -> bool:
        if not self._is_strength(done):
            return False
        said = effort(done)
        enough = len(done.sets) >= HARD_SETS or (done.minutes or Decimal(0)) >= self.enough_minutes
        return enough and (said is None or said >= HARD_RPE)
