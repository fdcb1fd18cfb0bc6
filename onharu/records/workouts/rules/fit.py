"""Sessions that fit their time: as many exercises and sets as the minutes hold, leading ones first. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.pick import (
    Pick,
    balance_of,
    cardio_of,
    core_of,
    gentle_cardio,
    intervals_of,
    mobility_of,
    picks_of,
)
from onharu.records.workouts.rules.scheme import CARDIO_SHARE, SHORT_MINUTES
from onharu.records.workouts.rules.shapes import Move, Mover, PlannedTask, Reason
from onharu.records.workouts.rules.tasks import gentle_of, task_of, whole_minutes, work_seconds

# Up to how many minutes a day, how many exercises with sets.
MOST_ROWS: Final = ((15, 3), (20, 4), (30, 5), (45, 6), (60, 7), (90, 8))
_ROWS_AT_LONGEST: Final = 10
_STRETCH_FROM, _WARM_UP_LONG_FROM, _WARM_UP_FROM = 45, 30, 15
_LEAST_CARDIO, _MORE_CARDIO_FROM, _GENTLE = 5, 25, 10
_FEWEST, _USUAL_ROWS = 2, 4
_MOST_OF_THEM: Final = 0.7


@dataclass(frozen=True, slots=True)
class Fitted:
    """Rows that fit, the minutes of warm-up counted beside them, and whether time cut sets or exercises."""

    tasks: tuple[PlannedTask, ...]
    warm_up: int
    cut: bool = False

    def minutes(self) -> int:
        """Estimate the whole minutes of it all; nothing takes no time."""
        return whole_minutes(self.tasks, self.warm_up) if self.tasks else 0


@dataclass(frozen=True, slots=True)
class Person:
    """For whom rows are written: what the planner knows, bundled."""

    mover: Mover
    allowed: Sequence[Move]
    past: Past
    deload: bool = False

    def task(self, move: Move, *, main: bool = False) -> PlannedTask:
        """Write the row of an exercise."""
        return task_of(move, self.mover, self.past, main=main, deload=self.deload)


def warm_up_minutes(minutes: int) -> int:
    """Choose how long to warm up before sets: 2, 3 or 5 minutes by how long the day is."""
    if minutes >= _WARM_UP_LONG_FROM:
        return 5
    return 3 if minutes > _WARM_UP_FROM else 2


def session(focus: str, person: Person) -> Fitted:
    """Fill a day of training."""
    return _cardio_day(person) if focus == "cardio" else _sets_day(focus, person)


def gentle_day(person: Person) -> Fitted:
    """Fill a day of rest: a short gentle walk (or what is mildest), under half the time, and a little mobility."""
    minutes = person.mover.minutes
    walk = min(_GENTLE, (minutes - 1) // 2)
    tasks = [gentle_of(move, person.past, walk) for move in gentle_cardio(person.allowed)[:1]]
    stretches = [person.task(move) for move in mobility_of(person.mover, person.allowed, person.past)[:2]]
    left = minutes * 60 - _seconds(tasks)
    return Fitted(_numbered([*tasks, *_fitting(stretches, left)]), 0)


def _cardio_day(person: Person) -> Fitted:
    """Fill a day of cardio: it comes first, a second kind where much time is left, then core and mobility."""
    mover = person.mover
    left = mover.minutes * 60
    tasks = _fitting(map(person.task, balance_of(mover, person.allowed, person.past)), left)
    for move in cardio_of(mover, person.allowed, person.past)[:2]:
        minutes = (left - _seconds(tasks)) // 60
        if not any(task.minutes for task in tasks) or minutes >= _MORE_CARDIO_FROM:
            tasks += [_shortened(person.task(move, main=True), minutes)]
    if not any(task.minutes for task in tasks):
        moves = intervals_of(mover, person.allowed, person.past)[:4]
        tasks += _fitting([person.task(move) for move in moves], left - _seconds(tasks))
    core = core_of(mover, person.allowed, person.past)[:2] if mover.minutes >= _WARM_UP_LONG_FROM else []
    tasks += _fitting([*map(person.task, core), *_stretches(person, tasks)], left - _seconds(tasks))
    return Fitted(_numbered(tasks), 0)


def _sets_day(focus: str, person: Person) -> Fitted:
    mover = person.mover
    warm_up = warm_up_minutes(mover.minutes)
    whole = (mover.minutes - warm_up) * 60
    cardio = [person.task(move, main=True) for move in cardio_of(mover, person.allowed, person.past)[:1]]
    reserve = _reserve_minutes(mover, cardio) * 60
    picks = picks_of(focus, mover, person.allowed, person.past)
    wanted = [person.task(pick.move, main=pick.main) for pick in picks]
    least = [_least_sets(task, pick, mover) for task, pick in zip(wanted, picks, strict=True)]
    stretch = 180 if mover.minutes >= _STRETCH_FROM else 0
    tasks, cut = _filled(wanted, least, whole - reserve - stretch, _most_rows(mover.minutes))
    if reserve:
        tasks += [_shortened(cardio[0], (whole - _seconds(tasks) - stretch) // 60)]
    if stretch:
        tasks += _fitting(_stretches(person, tasks), whole - _seconds(tasks))
    return Fitted(_numbered(tasks), warm_up, cut)


def _reserve_minutes(mover: Mover, cardio: Sequence[PlannedTask]) -> int:
    if not cardio or mover.minutes < SHORT_MINUTES:
        return 0
    minutes = min(int(mover.minutes * CARDIO_SHARE[mover.goal]), cardio[0].minutes or 0)
    return minutes if minutes >= _LEAST_CARDIO else 0


def _least_sets(task: PlannedTask, pick: Pick, mover: Mover) -> int:
    """Name the sets below which an exercise is rather left out: leading ones keep all but one on a day with time."""
    keep = task.sets - 1 if pick.main and mover.minutes > SHORT_MINUTES else _FEWEST
    return min(task.sets, max(keep, _FEWEST))


def _filled(
    wanted: Sequence[PlannedTask], least: Sequence[int], seconds: int, most: int
) -> tuple[list[PlannedTask], bool]:
    """Take exercises with their least sets while they fit, then add sets in turn; at worst one exercise, one set."""
    tasks: list[PlannedTask] = []
    full: dict[int, int] = {}
    for task, sets in zip(wanted, least, strict=True):
        small = replace(task, sets=sets)
        if len(tasks) < most and _seconds([*tasks, small]) <= seconds:
            tasks.append(small)
            full[task.exercise_id] = task.sets
    if not tasks:
        return [replace(task, sets=1) for task in wanted[:1] if work_seconds(replace(task, sets=1)) <= seconds], True
    tasks = _with_more_sets(tasks, full, seconds)
    few = len(tasks) < min(len(wanted), _USUAL_ROWS, most)
    cut = few or sum(task.sets for task in tasks) < sum(full.values()) * _MOST_OF_THEM
    return tasks, cut


def _with_more_sets(tasks: list[PlannedTask], full: dict[int, int], seconds: int) -> list[PlannedTask]:
    for _ in range(max(full.values())):
        for index, task in enumerate(tasks):
            more = replace(task, sets=task.sets + 1)
            if (
                task.sets < full[task.exercise_id]
                and _seconds(tasks) + work_seconds(more) - work_seconds(task) <= seconds
            ):
                tasks[index] = more
    return tasks


def _stretches(person: Person, tasks: Sequence[PlannedTask]) -> list[PlannedTask]:
    taken = {task.exercise_id for task in tasks}
    moves = [move for move in mobility_of(person.mover, person.allowed, person.past) if move.id not in taken]
    return [person.task(move) for move in moves[:2]]


def _shortened(task: PlannedTask, minutes: int) -> PlannedTask:
    """Take what fits of some minutes, and say so when it is less than what would have been their turn."""
    if (task.minutes or 0) <= minutes:
        return task
    return replace(task, minutes=minutes, reason=Reason("minutes_cut", {**task.reason.params, "minutes": minutes}))


def _fitting(tasks: Iterable[PlannedTask], seconds: int) -> list[PlannedTask]:
    found: list[PlannedTask] = []
    for task in tasks:
        if _seconds([*found, task]) <= seconds:
            found.append(task)
    return found


def _seconds(tasks: Iterable[PlannedTask]) -> int:
    return sum(work_seconds(task) for task in tasks)


def _most_rows(minutes: int) -> int:
    return next((rows for upto, rows in MOST_ROWS if minutes <= upto), _ROWS_AT_LONGEST)


def _numbered(tasks: Iterable[PlannedTask]) -> tuple[PlannedTask, ...]:
    return tuple(replace(task, order=order) for order, task in enumerate(tasks, start=1))
