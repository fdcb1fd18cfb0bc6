"""Whatever is said in whatever order, a task has one log and no minute counts twice."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from onharu.kernel.problems import Problem
from onharu.records.workouts.actions import logs, tasks
from onharu.records.workouts.actions.completion import Said, set_completion, toggle_completion
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task, WorkoutLog
from onharu.records.workouts.queries.days import days_of
from onharu.records.workouts.queries.weeks import weekly_progress

DAY = date(2026, 11, 22)
STEPS = 40


def say(random, owner, noon):
    """Say one thing at random about a task or a log, as two devices of one person might."""
    who = {"owner_id": owner.pk}
    task = random.choice(list(Task.objects.values_list("id", flat=True)))
    log = random.choice([*WorkoutLog.objects.values_list("id", flat=True), 987654])
    at = noon + timedelta(minutes=random.randrange(600))
    sets = [SetValues(reps=random.randrange(1, 15), weight_kg=Decimal(random.randrange(0, 40)))]
    said = random.choice((Said(), Said(minutes=Decimal(random.randrange(1, 90))), Said(sets=sets)))
    return random.choice(
        (
            lambda: set_completion(**who, task_id=task, completed=True, at=at, today=DAY, said=said),
            lambda: set_completion(**who, task_id=task, completed=False, at=at, today=DAY),
            lambda: toggle_completion(**who, task_id=task, at=at, today=DAY),
            lambda: tasks.skip_task(**who, task_id=task, skipped=random.random() < 0.7, at=at, today=DAY),
            lambda: logs.edit_log(**who, log_id=log, change=logs.Change(sets=sets)),
            lambda: logs.edit_log(**who, log_id=log, change=logs.Change(day=DAY - timedelta(days=random.randrange(3)))),
            lambda: logs.delete_log(**who, log_id=log),
            lambda: logs.restore_log(**who, log_id=log),
            lambda: logs.import_workout(
                **who,
                draft=logs.Draft(
                    day=DAY,
                    started_at=at,
                    ended_at=at + timedelta(minutes=30),
                    name="워치",
                    external_id=str(random.randrange(3)),
                ),
            ),
        )
    )


@pytest.mark.parametrize("seed", range(25))
def test_a_done_task_has_exactly_one_log_and_an_undone_one_none_of_the_plan(owner, plan, noon, seed):
    random, refusals = Random(seed), set()
    for _ in range(STEPS):
        act = say(random, owner, noon)
        try:
            act()
        except Problem as problem:
            refusals.add(problem.status)
        check_tasks()
    check_days(owner)
    assert refusals <= {400, 404, 409}


def check_tasks():
    living = WorkoutLog.objects.filter(deleted_at__isnull=True, task__isnull=False)
    by_task = list(living.values_list("task_id", flat=True))
    assert len(by_task) == len(set(by_task))
    of_plan = set(living.filter(source="TASK").values_list("task_id", flat=True))
    done = set(Task.objects.filter(state="done").values_list("id", flat=True))
    assert done == of_plan


def check_days(owner):
    days = days_of(owner.pk, DAY - timedelta(days=6), DAY)
    for day in days.values():
        known = [log for log in day.logs if log.minutes is not None]
        assert day.minutes == (sum((log.counted_minutes for log in known), Decimal(0)) if known else None)
        assert all(0 <= log.counted_minutes <= log.minutes for log in known)
        assert all(log.counted_minutes == log.minutes for log in known if not log.imported)
        assert day.overlap_minutes == sum((log.minutes - log.counted_minutes for log in known), Decimal(0))
        assert bool(day.equation) == (day.overlap_minutes > 0)
    week = weekly_progress(owner.pk, DAY)
    minutes = [day.minutes for day in days.values() if day.minutes is not None]
    assert week.minutes == (sum(minutes, Decimal(0)) if minutes else None)
    assert week.minutes_percent is None or 0 <= week.minutes_percent <= 100
    assert week.tasks.percent is None or 0 <= week.tasks.percent <= 100
