"""Tasks by their actions: added, changed, ordered, skipped, swapped, deleted, restored."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.kernel.days import version_of
from onharu.kernel.problems import Invalid, Missing
from onharu.records.workouts.actions import plans, tasks
from onharu.records.workouts.actions.completion import set_completion
from onharu.records.workouts.actions.tasks import NotAlike, RangeBackwards, TaskDone, TaskDraft
from onharu.records.workouts.actions.writing import ExerciseUnknown
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.queries.alternatives import alternatives_of
from onharu.records.workouts.queries.days import day_of
from onharu.records.workouts.queries.rows import plan_by_id, task_by_id

DAY = date(2026, 11, 22)


def change(owner, task_id, **said):
    return tasks.change_task(owner_id=owner.pk, task_id=task_id, draft=TaskDraft(**said), said=frozenset(said))


def names(owner, plan):
    return [task.name for task in plan_by_id(owner.pk, plan).tasks]


def test_a_task_joins_its_plan_at_the_end(owner, plan, shelf):
    task_id = tasks.add_task(owner_id=owner.pk, plan_id=plan, draft=TaskDraft(exercise=shelf["row"], sets=3))
    found = task_by_id(owner.pk, task_id)
    assert names(owner, plan)[-1] == "덤벨 로우"
    assert (found.pattern, found.measure, found.order, found.day) == ("pull", "reps", 3, DAY)


def test_a_place_that_was_deleted_is_not_taken_again(owner, plan, walk, shelf):
    tasks.delete_task(owner_id=owner.pk, task_id=walk)
    tasks.add_task(owner_id=owner.pk, plan_id=plan, draft=TaskDraft(exercise=shelf["row"]))
    tasks.restore_task(owner_id=owner.pk, task_id=walk)
    assert names(owner, plan) == ["덤벨 고블릿 스쿼트", "플랭크", "빠르게 걷기", "덤벨 로우"]


def test_a_task_needs_a_plan_or_a_day(owner, shelf):
    with pytest.raises(Invalid) as problem:
        tasks.add_task(owner_id=owner.pk, draft=TaskDraft(name="산책"))
    assert problem.value.code == "plan_or_date"


def test_a_task_of_nothing_leaves_no_empty_plan_behind(owner, shelf, noon):
    with pytest.raises(ExerciseUnknown):
        tasks.add_task(owner_id=owner.pk, day=DAY, draft=TaskDraft(exercise=987654))
    assert WorkoutPlan.objects.count() == 0


def test_a_plan_holds_forty_tasks(owner, plan, squat):
    for _ in range(37):
        tasks.add_task(owner_id=owner.pk, plan_id=plan, draft=TaskDraft(name="산책"))
    with pytest.raises(tasks.TooManyTasks):
        tasks.add_task(owner_id=owner.pk, plan_id=plan, draft=TaskDraft(name="산책"))
    tasks.delete_task(owner_id=owner.pk, task_id=squat)
    tasks.add_task(owner_id=owner.pk, plan_id=plan, draft=TaskDraft(name="산책"))
    draft = plans.PlanDraft(day=DAY + timedelta(days=1), tasks=[TaskDraft(name="산책")] * 41)
    with pytest.raises(tasks.TooManyTasks):
        plans.make_plan(owner_id=owner.pk, draft=draft)


def test_only_what_is_said_changes(owner, squat):
    change(owner, squat, weight_kg=Decimal("12.5"), rest_seconds=None)
    task = task_by_id(owner.pk, squat)
    assert (task.weight_kg, task.rest_seconds, task.sets, task.reps_low) == (Decimal("12.5"), None, 3, 8)


def test_a_range_that_turns_around_changes_nothing(owner, squat):
    with pytest.raises(RangeBackwards):
        change(owner, squat, reps_low=13)
    assert task_by_id(owner.pk, squat).reps_low == 8


def test_another_exercise_takes_its_name_and_measure(owner, squat, shelf):
    change(owner, squat, exercise=shelf["plank"])
    task = task_by_id(owner.pk, squat)
    assert (task.name, task.measure, task.exercise) == ("플랭크", "seconds", shelf["plank"])
    change(owner, squat, name="벽 짚고 쉬기")
    task = task_by_id(owner.pk, squat)
    assert (task.name, task.measure, task.exercise) == ("벽 짚고 쉬기", "", None)


def test_what_is_done_keeps_its_exercise_and_may_change_its_amounts(owner, squat, shelf, noon):
    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    with pytest.raises(TaskDone):
        change(owner, squat, exercise=shelf["plank"])
    with pytest.raises(TaskDone):
        tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf["squat"])
    change(owner, squat, rpe_target=Decimal(8))
    assert task_by_id(owner.pk, squat).rpe_target == 8


def test_the_order_that_is_said_is_kept_and_the_rest_follows(owner, plan):
    ids = list(Task.objects.order_by("order").values_list("id", flat=True))
    tasks.reorder_tasks(owner_id=owner.pk, plan_id=plan, task_ids=[ids[2]])
    assert names(owner, plan) == ["빠르게 걷기", "덤벨 고블릿 스쿼트", "플랭크"]
    tasks.reorder_tasks(owner_id=owner.pk, plan_id=plan, task_ids=ids)
    assert names(owner, plan) == ["덤벨 고블릿 스쿼트", "플랭크", "빠르게 걷기"]


def test_a_task_of_another_plan_is_not_put_in_order(owner, plan, shelf, noon):
    other = plans.make_plan(
        owner_id=owner.pk, draft=plans.PlanDraft(day=DAY + timedelta(days=1), tasks=[TaskDraft(exercise=shelf["row"])])
    )
    foreign = Task.objects.get(plan=other).pk
    with pytest.raises(Invalid):
        tasks.reorder_tasks(owner_id=owner.pk, plan_id=plan, task_ids=[foreign])


def test_a_skip_may_change_its_reason(owner, squat, noon):
    for reason in ("tired", "tired", "no_equipment"):
        tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason=reason, at=noon, today=DAY)
    assert task_by_id(owner.pk, squat).skip_reason == "no_equipment"


def test_saying_a_skip_twice_announces_it_once(owner, squat, noon):
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason="pain", at=noon, today=DAY)
    version = version_of(owner.pk, DAY)
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason="pain", at=noon, today=DAY)
    assert version_of(owner.pk, DAY) == version


def test_alternatives_respect_what_is_at_hand_and_what_is_spared(owner, shelf):
    def offered(code):
        return {one.code for one in alternatives_of(owner.pk, shelf[code], DAY)}

    assert "squat" in offered("goblet")
    assert "press" not in offered("push-up")
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"equipment": ["dumbbell"], "places": ["home"]})
    assert "press" in offered("push-up")
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"equipment": ["dumbbell"], "spare": ["shoulder"]})
    assert "press" not in offered("push-up")


def test_what_the_catalogue_does_not_have_has_no_alternatives(owner, shelf):
    assert alternatives_of(owner.pk, None, DAY) == []
    assert alternatives_of(owner.pk, 987654, DAY) == []


def test_a_swap_needs_an_alternative_and_keeps_the_first_exercise_in_mind(owner, squat, shelf):
    with pytest.raises(NotAlike):
        tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf["walk"])
    with pytest.raises(ExerciseUnknown):
        tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=987654)
    for code in ("squat", "wall-sit"):
        tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf[code])
    assert task_by_id(owner.pk, squat).swapped_from == shelf["goblet"]


def test_a_swap_with_itself_changes_nothing(owner, squat, shelf):
    version = version_of(owner.pk, DAY)
    tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf["goblet"])
    assert version_of(owner.pk, DAY) == version


def test_a_swap_makes_a_skipped_task_to_do_again(owner, squat, shelf, noon):
    tasks.skip_task(owner_id=owner.pk, task_id=squat, skipped=True, reason="no_equipment", at=noon, today=DAY)
    tasks.swap_task(owner_id=owner.pk, task_id=squat, exercise=shelf["squat"])
    task = task_by_id(owner.pk, squat)
    assert (task.state, task.skip_reason) == ("planned", "")


def test_a_deleted_task_is_gone_from_its_day_until_it_is_restored(owner, squat):
    for _ in range(2):
        tasks.delete_task(owner_id=owner.pk, task_id=squat)
    assert len(day_of(owner.pk, DAY).tasks) == 2
    with pytest.raises(Missing):
        task_by_id(owner.pk, squat)
    for _ in range(2):
        tasks.restore_task(owner_id=owner.pk, task_id=squat)
    assert len(day_of(owner.pk, DAY).tasks) == 3


def test_a_stranger_changes_nothing(owner, stranger, plan, squat, shelf, noon):
    before = day_of(owner.pk, DAY)
    who = {"owner_id": stranger.pk}
    for attempt in (
        lambda: tasks.add_task(**who, plan_id=plan, draft=TaskDraft(name="x")),
        lambda: tasks.change_task(**who, task_id=squat, draft=TaskDraft(sets=9), said=frozenset({"sets"})),
        lambda: tasks.reorder_tasks(**who, plan_id=plan, task_ids=[]),
        lambda: tasks.skip_task(**who, task_id=squat, skipped=True, at=noon, today=DAY),
        lambda: tasks.swap_task(**who, task_id=squat, exercise=shelf["squat"]),
        lambda: tasks.delete_task(**who, task_id=squat),
        lambda: tasks.restore_task(**who, task_id=squat),
        lambda: plans.change_plan(**who, plan_id=plan, change=plans.PlanChange(title="x")),
        lambda: plans.delete_plan(**who, plan_id=plan),
        lambda: plans.restore_plan(**who, plan_id=plan),
    ):
        with pytest.raises(Missing):
            attempt()
    assert day_of(owner.pk, DAY) == before
