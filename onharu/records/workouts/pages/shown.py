"""What the templates draw: tasks with their set tables, and what was done, as rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from onharu.catalog.exercises.public import ExerciseFacts
from onharu.kernel.wording import amount
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.pages import words
from onharu.records.workouts.queries.entries import LogEntry, SetEntry, TaskEntry, WorkoutDay
from onharu.records.workouts.queries.wording import reason_words
from onharu.records.workouts.rules.planning import Reason

Facts = Mapping[int, ExerciseFacts]
USUAL_REST = 90
HEAVY = frozenset({"barbell", "machine", "cable"})
WITHOUT_WEIGHT = frozenset({"none", "mat", "step", "rope", "ball", "pullup_bar", "bench", "band"})


@dataclass(frozen=True, slots=True)
class AmountShown:
    """A number with − and ＋; `id` is unique on the page, `name` is the field's."""

    id: str
    name: str
    value: str
    step: str
    label: str


@dataclass(frozen=True, slots=True)
class SetShown:
    """One line of a set table; `now` is the next one to do, whose numbers stand open."""

    order: int
    done: bool
    now: bool
    words: str
    amounts: tuple[AmountShown, ...]
    efforts: tuple[tuple[str, str], ...]
    rpe: str
    record: bool


@dataclass(frozen=True, slots=True)
class TaskShown:
    """One exercise of the plan; `now` is the first that is still to be done."""

    id: int
    name: str
    state: str
    dose: str
    why: str
    now: bool
    first: bool
    last: bool
    by_minutes: bool
    minutes: str
    sets: tuple[SetShown, ...]
    sets_done: int
    rest_seconds: int
    skip_words: str
    how: tuple[str, ...]
    about: str
    cautions: str
    record: bool
    log_id: int | None

    @property
    def begun(self) -> bool:
        """Whether some of its sets are done."""
        return self.sets_done > 0

    @property
    def minutes_id(self) -> str:
        """Name the field of its minutes."""
        return f"minutes-{self.id}"

    @property
    def minutes_label(self) -> str:
        """Say what the field of its minutes holds."""
        return _("시간 (분)")


@dataclass(frozen=True, slots=True)
class LogShown:
    """One thing that was done, as a row."""

    id: int
    name: str
    about: str
    kcal: str
    imported: bool
    record: bool
    started_at: datetime


def log_shown(log: LogEntry, facts: Facts, record_sets: Collection[int] = (), *, hide_energy: bool = False) -> LogShown:
    """Show what was done; an energy that is not known is left out, never zero."""
    return LogShown(
        id=log.id,
        name=words.name_of(log.name, facts.get(log.exercise or 0)),
        about=words.log_about(log),
        kcal="" if log.kcal_gross is None or hide_energy else amount(log.kcal_gross),
        imported=log.imported,
        record=any(one.id in record_sets for one in log.sets),
        started_at=log.started_at,
    )


def tasks_shown(day: WorkoutDay, facts: Facts, record_sets: Collection[int] = ()) -> list[TaskShown]:
    """Show a day's tasks in order; the first one to do is `now`."""
    logs = {log.task_id: log for log in day.logs if log.task_id is not None}
    following = next((task.id for task in day.tasks if task.state == "planned"), None)
    return [
        _task(task, logs.get(task.id), facts.get(task.exercise or 0), record_sets, Place(
            now=task.id == following, first=task is day.tasks[0], last=task is day.tasks[-1]
        ))
        for task in day.tasks
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task stands in its plan."""

    now: bool
    first: bool
    last: bool


def _task(
    task: TaskEntry, log: LogEntry | None, facts: ExerciseFacts | None, records: Collection[int], place: Place
) -> TaskShown:
    sets = sets_shown(task, log.sets if log else (), facts, records)
    done = sum(one.done for one in sets)
    minutes = log.minutes if log and task.state == "done" else task.minutes
    return TaskShown(
        id=task.id,
        name=words.name_of(task.name, facts),
        state=task.state,
        dose=_dose(task, log),
        why=reason_words(Reason.of(task.reason)) if task.reason and task.state == "planned" else "",
        now=place.now,
        first=place.first,
        last=place.last,
        by_minutes=by_minutes(task),
        minutes=words.plain(minutes),
        sets=sets,
        sets_done=done,
        rest_seconds=task.rest_seconds or USUAL_REST,
        skip_words=str(words.SKIP_WORDS.get(task.skip_reason, "")),
        how=facts.instructions if facts else (),
        about=words.about(facts) if facts else "",
        cautions=words.cautions(facts) if facts else "",
        record=any(one.record for one in sets),
        log_id=log.id if log else None,
    )


def _dose(task: TaskEntry, log: LogEntry | None) -> str:
    """Say what is planned; once it is done, what was done."""
    if task.state != "done" or log is None:
        return words.dose(task)
    return words.log_about(log)


def by_minutes(task: TaskEntry) -> bool:
    """Whether a task is done by the clock and not set by set."""
    return task.measure == "minutes" or (task.minutes is not None and not task.sets)


def sets_shown(
    task: TaskEntry, done: Sequence[SetEntry], facts: ExerciseFacts | None, records: Collection[int] = ()
) -> tuple[SetShown, ...]:
    """Lay a set table out: done sets as they were, the others as the last done one, else as planned."""
    if by_minutes(task):
        return ()
    there = {one.order: one for one in done}
    count = max(task.sets or 1, *(order + 1 for order in there)) if there else task.sets or 1
    following = next((place for place in range(count) if place not in there), None)
    planned = SetValues(task.reps_low or task.reps_high, task.weight_kg, task.seconds)
    latest = max(there.values(), key=lambda one: one.order, default=None)
    wanted = SetValues(latest.reps, latest.weight_kg, latest.seconds) if latest else planned
    return tuple(
        _set(
            task, place, there.get(place) or wanted, facts,
            done=place in there, now=task.state == "planned" and place == following,
            record=place in there and there[place].id in records,
        )
        for place in range(count)
    )  # fmt: skip


def _set(
    task: TaskEntry, place: int, values: SetEntry | SetValues, facts: ExerciseFacts | None, *, done: bool, now: bool,
    record: bool,
) -> SetShown:  # fmt: skip
    order = place + 1
    return SetShown(
        order=order,
        done=done,
        now=now,
        words=words.set_words(values),
        amounts=amounts_of(f"set-{task.id}-{order}", task.measure, facts, values, weighed=task.weight_kg is not None),
        efforts=tuple(words.efforts(values.rpe)),
        rpe=words.plain(values.rpe),
        record=record,
    )


def amounts_of(
    prefix: str, measure: str, facts: ExerciseFacts | None, values: SetEntry | SetValues, *,
    weighed: bool = False, suffix: str = "",
) -> tuple[AmountShown, ...]:  # fmt: skip
    """List the numbers of a set: repetitions or seconds, and a weight where there is something to lift."""
    equipment = frozenset(facts.equipment if facts else ())
    weighed = weighed or values.weight_kg is not None or facts is None or bool(equipment - WITHOUT_WEIGHT)
    wanted: list[tuple[str, Decimal | int | None, str, str]] = [
        ("seconds", values.seconds, "5", _("초"))
        if measure == "seconds" or values.seconds is not None
        else ("reps", values.reps, "1", _("횟수"))
    ]
    if weighed and measure != "minutes":
        wanted.append(("weight_kg", values.weight_kg, "2.5" if equipment & HEAVY else "1", "kg"))
    return tuple(
        AmountShown(f"{prefix}-{name}", f"{name}{suffix}", words.plain(value), step, label)
        for name, value, step, label in wanted
    )


def exercises_in(day: WorkoutDay) -> set[int]:
    """Gather the exercises that a day speaks of."""
    rows: Iterable[TaskEntry | LogEntry] = (*day.tasks, *day.logs)
    return {row.exercise for row in rows if row.exercise is not None}
