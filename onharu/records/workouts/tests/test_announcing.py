"""Every change is told to open screens once it is committed, as a change of the part "workouts"."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.kernel.days import DayVersion, day_touched, version_of
from onharu.records.workouts.actions import copying, logs, planning, plans, tasks
from onharu.records.workouts.actions.completion import Said, set_completion, toggle_completion
from onharu.records.workouts.models import Task

DAY = date(2026, 11, 22)
NEXT = DAY + timedelta(days=7)
CHANGES = {
    "ensure_today": lambda who, ids: planning.ensure_today(**who, day=NEXT, at=ids["at"]),
    "make_plan": lambda who, _: plans.make_plan(**who, draft=plans.PlanDraft(day=NEXT)),
    "change_plan": lambda who, ids: plans.change_plan(**who, plan_id=ids["plan"], change=plans.PlanChange(title="x")),
    "delete_plan": lambda who, ids: plans.delete_plan(**who, plan_id=ids["plan"]),
    "set_movement": lambda who, _: plans.set_movement(**who, today=DAY, said={"level": 2}),
    "add_task": lambda who, ids: tasks.add_task(**who, plan_id=ids["plan"], draft=tasks.TaskDraft(name="산책")),
    "change_task": lambda who, ids: tasks.change_task(
        **who, task_id=ids["squat"], draft=tasks.TaskDraft(sets=4), said=frozenset({"sets"})
    ),
    "reorder_tasks": lambda who, ids: tasks.reorder_tasks(**who, plan_id=ids["plan"], task_ids=[ids["squat"]]),
    "skip_task": lambda who, ids: tasks.skip_task(**who, task_id=ids["squat"], skipped=True, at=ids["at"], today=DAY),
    "swap_task": lambda who, ids: tasks.swap_task(**who, task_id=ids["squat"], exercise=ids["other"]),
    "delete_task": lambda who, ids: tasks.delete_task(**who, task_id=ids["squat"]),
    "complete": lambda who, ids: set_completion(**who, task_id=ids["squat"], completed=True, at=ids["at"], today=DAY),
    "correct": lambda who, ids: set_completion(
        **who, task_id=ids["walk"], completed=True, at=ids["at"], today=DAY, said=Said(rpe=Decimal(6))
    ),
    "take back": lambda who, ids: set_completion(**who, task_id=ids["walk"], completed=False, at=ids["at"], today=DAY),
    "toggle": lambda who, ids: toggle_completion(**who, task_id=ids["squat"], at=ids["at"], today=DAY),
    "log_workout": lambda who, ids: logs.log_workout(**who, draft=ids["draft"]),
    "edit_log": lambda who, ids: logs.edit_log(**who, log_id=ids["log"], change=logs.Change(note="x")),
    "delete_log": lambda who, ids: logs.delete_log(**who, log_id=ids["log"]),
    "copy_week": lambda who, _: copying.copy_week(**who, from_day=DAY, to_day=NEXT, overwrite=False),
}
ANNOUNCED_ELSEWHERE = {"ensure_today": NEXT, "make_plan": NEXT, "copy_week": NEXT}


@pytest.fixture
def ids(owner, plan, squat, walk, shelf, noon):
    done = set_completion(owner_id=owner.pk, task_id=walk, completed=True, at=noon, today=DAY)
    return {
        "plan": plan, "squat": squat, "walk": walk, "log": done.log_id, "other": shelf["squat"], "at": noon,
        "draft": logs.Draft(day=DAY, started_at=noon, name="산책"),
    }  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_announces_its_day_after_the_commit(owner, ids, name, django_capture_on_commit_callbacks):
    day = ANNOUNCED_ELSEWHERE.get(name, DAY)
    before, heard = version_of(owner.pk, day), []

    def hear(touched, **_):
        heard.append((touched.owner_id, touched.day))

    day_touched.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            CHANGES[name]({"owner_id": owner.pk}, ids)
            assert heard == []
    finally:
        day_touched.disconnect(hear)
    assert (owner.pk, day) in heard
    assert version_of(owner.pk, day) > before


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_of_the_workouts_and_of_nothing_else(owner, ids, name):
    DayVersion.objects.all().delete()
    CHANGES[name]({"owner_id": owner.pk}, ids)
    assert set(DayVersion.objects.values_list("part", flat=True)) == {"workouts"}


def test_a_refused_change_announces_nothing(owner, ids):
    version = version_of(owner.pk, DAY)
    with pytest.raises(tasks.NotAlike):
        tasks.swap_task(owner_id=owner.pk, task_id=ids["squat"], exercise=Task.objects.get(pk=ids["walk"]).exercise_id)
    assert version_of(owner.pk, DAY) == version
