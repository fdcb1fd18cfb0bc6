"""What one room asks of another, answered: the rooms never meet, the day stands above them and introduces them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from onharu.accounts.public import Person
from onharu.day.aims import aims_between
from onharu.day.standing import tried
from onharu.kernel import clock
from onharu.kernel.days import Touched, day_touched
from onharu.records.goals import public as goals
from onharu.records.goals.public import Progress, Weighed
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.medication import public as medication
from onharu.records.medication.public import Eaten, Meal
from onharu.records.workouts import public as workouts

MEALS_OF_SLOTS: Mapping[str, Meal] = {"BREAKFAST": "breakfast", "LUNCH": "lunch", "DINNER": "dinner"}
NEAR = timedelta(days=2)  # a meal of an earlier day arms nothing any more


def introduce() -> None:
    """Let rooms ask each other.

    Workouts ask for the weight of a day, the journal for the day of a plan, goals for how far they have come, and
    medicines for when somebody ate; and medicines hear when that, or the clock somebody lives by, changed.
    """
    workouts.use_weights(weight_on)
    goals.use_progress(progress_on)
    journal.use_plan_days(workouts.plan_day)
    medication.use_meal_times(meal_times)
    day_touched.connect(pass_on, dispatch_uid="day.wiring")


def weight_on(owner_id: int, day: date) -> Weighed | None:
    """Find the latest weight measured by the end of a day."""
    return goals.weight_on(owner_id, day)


def progress_on(person: Person, day: date) -> Mapping[int, Progress]:
    """Tell how far each goal that is pursued has come by a day."""
    return {
        aim.goal.id: Progress(percent=aim.percent, now=aim.now, reached=aim.reached)
        for aim in aims_between(person, day, day).goals
    }


def meal_times(owner_id: int, first: date, last: date) -> Eaten:
    """Find when somebody ate breakfast, lunch and dinner; of two rows of one meal the earlier counts. One statement."""
    found = {}
    for day, eaten in meals.days_of(owner_id, first, last).items():
        for slot, meal in MEALS_OF_SLOTS.items():
            if rows := eaten.in_slot(slot):
                found[day, meal] = min(row.eaten_at for row in rows)
    return found


def pass_on(touched: Touched, **_: object) -> None:
    """Have medicines look at their plan anew when a meal or somebody's clock changed; a failure is only logged.

    The meal is written by then, and the tick looks at every plan within the hour by itself.
    """
    today = clock.now().date()
    if touched.part == "meals" and today - NEAR <= touched.day <= today + NEAR:
        tried("doses", lambda: medication.meals_changed(owner_id=touched.owner_id))
    elif touched.part == "profile":
        tried("doses", lambda: medication.clock_changed(owner_id=touched.owner_id))
