"""Long goals: setting, changing, closing, deleting and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from onharu.accounts.public import Person
from onharu.catalog.exercises.public import facts_of
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict
from onharu.records.goals.actions.refusals import guard, refuse
from onharu.records.goals.models import Goal
from onharu.records.goals.queries.people import someone_of
from onharu.records.goals.rules import long
from onharu.records.goals.rules.guards import weight_goal_refused
from onharu.records.goals.rules.progress import DOWN, STRENGTH, UP, WEIGHT

MOST_GOALS = 30


class TooManyGoals(Conflict):
    """More goals at once than anybody follows."""

    code = "too_many_goals"
    ko = "한 번에 30개까지 정할 수 있어요. 끝난 목표를 먼저 정리해 주세요."
    en = "Up to 30 goals at a time. Please close some first."


@dataclass(frozen=True, slots=True)
class Wish:
    """A long goal as somebody sets it; `exercise` is the lift of a strength goal by its id of the shelf."""

    kind: str
    target: Decimal
    title: str = ""
    due: date | None = None
    start_value: Decimal | None = None
    habit: str = ""
    exercise: int | None = None
    exercise_name: str = ""


@transaction.atomic
def set_goal(*, person: Person, wish: Wish) -> Goal:
    """Aim at something from today on. Raises Invalid, TooManyGoals."""
    today = person.day_at(clock.now())
    refuse(long.wrong(_asked(wish), today))
    if Goal.objects.of(person.id).alive().filter(state=Goal.State.ACTIVE).count() >= MOST_GOALS:
        raise TooManyGoals
    start = wish.start_value
    if wish.kind == WEIGHT:
        guard(weight_goal_refused(someone_of(person, today), target=wish.target, from_day=today, due=wish.due))
        start = person.weight_kg if start is None else start
    elif wish.kind == STRENGTH:
        start = start or Decimal(0)
    exercise, name = _lift(wish)
    row: Goal = Goal.objects.create(
        owner_id=person.id,
        kind=wish.kind,
        title=wish.title,
        target=wish.target,
        direction=_direction(wish, start),
        start_value=start if wish.kind in (WEIGHT, STRENGTH) else None,
        start_day=today,
        due=wish.due,
        habit=wish.habit,
        exercise_id=exercise,
        exercise_name=name,
        created_at=clock.now(),
    )
    touch(person.id, today, part="goals")
    return row


@transaction.atomic
def change_goal(
    *,
    person: Person,
    goal_id: int,
    title: str | None = None,
    target: Decimal | None = None,
    due: date | None = None,
    no_due: bool = False,
    state: str | None = None,
) -> Goal:
    """Change a goal or close it; what is left out stays. Raises Missing, Invalid."""
    today = person.day_at(clock.now())
    row: Goal = Goal.objects.alive().select_for_update().one_of(person.id, goal_id)
    before = (row.target, row.due, row.state)
    row.title = row.title if title is None else title
    row.target = row.target if target is None else target
    row.due = None if no_due else (due or row.due)
    if state is not None and state not in Goal.State.values:
        refuse({"state": "choice"})
    row.state = state or row.state
    asked = long.Asked(row.kind, row.target, row.title, row.due, row.start_value, row.habit, row.exercise_name)
    refuse(long.wrong(asked, row.start_day))
    pursued = row.kind == WEIGHT and row.state == Goal.State.ACTIVE
    if pursued and (row.target, row.due, row.state) != before:
        guard(weight_goal_refused(someone_of(person, today), target=row.target, from_day=today, due=row.due))
        if row.start_value is not None and row.target != row.start_value:
            row.direction = DOWN if row.target < row.start_value else UP
    row.save()
    touch(person.id, today, part="goals")
    return row


@transaction.atomic
def delete_goal(*, person: Person, goal_id: int) -> Goal:
    """Delete a goal; `restore_goal` takes it back for a day. Saying it twice changes nothing."""
    row: Goal = Goal.objects.select_for_update().one_of(person.id, goal_id)
    if row.deleted_at is None:
        row.deleted_at = clock.now()
        row.save(update_fields=["deleted_at"])
        touch(person.id, person.day_at(clock.now()), part="goals")
    return row


@transaction.atomic
def restore_goal(*, person: Person, goal_id: int) -> Goal:
    """Take a deletion back."""
    row: Goal = Goal.objects.select_for_update().one_of(person.id, goal_id)
    if row.deleted_at is not None:
        row.deleted_at = None
        row.save(update_fields=["deleted_at"])
        touch(person.id, person.day_at(clock.now()), part="goals")
    return row


def _asked(wish: Wish) -> long.Asked:
    named = wish.exercise_name or ("?" if wish.exercise is not None else "")
    return long.Asked(wish.kind, wish.target, wish.title, wish.due, wish.start_value, wish.habit, named)


def _direction(wish: Wish, start: Decimal | None) -> str:
    return DOWN if wish.kind == WEIGHT and start is not None and wish.target < start else UP


def _lift(wish: Wish) -> tuple[int | None, str]:
    """The exercise of a strength goal and its name as it is now."""
    if wish.kind != STRENGTH:
        return None, ""
    if wish.exercise is None:
        return None, wish.exercise_name
    facts = facts_of([wish.exercise]).get(wish.exercise)
    if facts is None:
        refuse({"exercise": "unknown"})
        return None, ""
    return facts.id, facts.name
