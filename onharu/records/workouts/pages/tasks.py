"""One exercise of the plan: done, set by set, skipped, swapped, earlier or later, gone and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.catalog.exercises import public as exercises
from onharu.kernel.problems import Invalid
from onharu.records.workouts.actions import completion, set_marks, tasks
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.models import Task
from onharu.records.workouts.pages import door, words
from onharu.records.workouts.pages.shown import USUAL_REST
from onharu.records.workouts.queries.entries import TaskEntry
from onharu.records.workouts.queries.records import sets_with_records
from onharu.records.workouts.queries.rows import log_by_id, plan_by_id, task_by_id


def _mine(visit: Visit, pk: int) -> TaskEntry:
    return task_by_id(visit.person.id, pk)


def named(task: TaskEntry) -> str:
    """Name a task's exercise in the language of the page."""
    facts = exercises.facts_of([task.exercise]) if task.exercise and words.english() else {}
    return words.name_of(task.name, facts.get(task.exercise or 0))


@signed_in
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether a task is done; minutes may be said with it. 되돌리기 says the other one."""
    visit, said = visit_of(request), door.said_in(request)
    task, completed = _mine(visit, pk), said.get("completed") != "0"
    minutes = door.amount_said(said.get("minutes"), "minutes")
    if minutes == task.minutes:
        minutes = None
    state = completion.set_completion(
        owner_id=visit.person.id,
        task_id=pk,
        completed=completed,
        at=visit.at,
        today=visit.today,
        said=completion.Said(minutes=minutes),
    )
    name = named(task)
    if not completed:
        kept = f" {_('고친 기록은 남겨 두었어요.')}" if state.kept_log else ""
        undo = f"/workouts/tasks/{pk}/done/?completed=1"
        return door.told(request, days=_days(visit, task), message=_("되돌렸어요.") + kept, undo=undo)
    message = _("{name_eul} 마쳤어요.").format(name=name, name_eul=words.with_object(name))
    return door.told(request, days=_days(visit, task), message=message, undo=f"/workouts/tasks/{pk}/done/?completed=0")


def _days(visit: Visit, task: TaskEntry) -> list[Any]:
    """Name the days that a completion changes: the plan's, and today's when it lies ahead."""
    return list(dict.fromkeys((task.day, min(task.day, visit.today))))


@signed_in
@require_POST
def mark(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Say that a set was done, with its numbers; the rest begins, and the last planned set finishes the task."""
    visit = visit_of(request)
    task = _mine(visit, pk)
    was_done = _set_there(visit, task, order - 1)
    values = door.set_said(door.said_in(request))
    marked = set_marks.mark_set(
        owner_id=visit.person.id, task_id=pk, place=order - 1, values=values, at=visit.at, today=visit.today
    )
    days = _days(visit, task)
    if was_done is not None:
        return door.told(request, days=days)
    rest = {"seconds": task.rest_seconds or USUAL_REST, "label": _next_words(named(task), marked)}
    message = _marked_words(visit, task, order, marked)
    undo = f"/workouts/tasks/{pk}/sets/{order}/remove/" if message else ""
    return door.told(request, days=days, message=message, undo=undo, rest=rest)


def _set_there(visit: Visit, task: TaskEntry, place: int) -> SetValues | None:
    """Find a set of a task as it is; None when it is not done."""
    sets = log_by_id(visit.person.id, task.log_id).sets if task.log_id else ()
    return next((SetValues(one.reps, one.weight_kg, one.seconds, one.rpe) for one in sets if one.order == place), None)


def _next_words(name: str, marked: set_marks.Marked) -> str:
    """Say what comes after the rest: "스쿼트 3세트"."""
    if marked.finished or marked.done >= marked.planned:
        return ""
    return _("다음: {name} {order}세트").format(name=name, order=marked.done + 1)


def _marked_words(visit: Visit, task: TaskEntry, order: int, marked: set_marks.Marked) -> str:
    """Say that the task is finished, or a new best; the tick says the rest, and takes it back."""
    name = named(task)
    finished = _("{name_eul} 마쳤어요.").format(name=name, name_eul=words.with_object(name)) if marked.finished else ""
    if marked.log_id is None or task.exercise is None:
        return finished
    bests = sets_with_records(visit.person.id, [task.exercise])
    if any(one.order == order - 1 and one.id in bests for one in log_by_id(visit.person.id, marked.log_id).sets):
        said = finished or _("{name} {order}세트").format(name=name, order=order)
        return _("{said} 최고 기록이에요!").format(said=said)
    return finished


@signed_in
@require_POST
def unmark(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Take a set back; 되돌리기 says it again with the same numbers."""
    visit = visit_of(request)
    task = _mine(visit, pk)
    there = _set_there(visit, task, order - 1)
    set_marks.unmark_set(owner_id=visit.person.id, task_id=pk, place=order - 1)
    if there is None:
        return door.told(request, days=_days(visit, task))
    numbers = {"reps": there.reps, "weight_kg": there.weight_kg, "seconds": there.seconds, "rpe": there.rpe}
    said = urlencode({name: words.plain(value) for name, value in numbers.items() if value is not None})
    undo = f"/workouts/tasks/{pk}/sets/{order}/?{said}"
    message = _("{order}세트를 되돌렸어요.").format(order=order)
    return door.told(request, days=_days(visit, task), message=message, undo=undo)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why not today, or say that a task is left out; saying that it is not brings it back."""
    visit, said = visit_of(request), door.said_in(request)
    task = _mine(visit, pk)
    if request.method != "POST":
        context = {"task": task, "day": task.day, "skip_reasons": list(words.SKIP_WORDS.items())}
        return door.sheet_or_page(request, visit, "skip", context)
    skipped, reason = said.get("skipped") != "0", said.get("reason", "other")
    if reason not in Task.SkipReason.values:
        raise Invalid("reason_unknown", "건너뛰는 까닭을 골라 주세요.", "Choose why it is skipped.")
    tasks.skip_task(
        owner_id=visit.person.id, task_id=pk, skipped=skipped, at=visit.at, today=visit.today, reason=reason
    )
    if not skipped:
        return door.told(request, days=_days(visit, task), message=_("다시 할 운동에 넣었어요."))
    name = named(task)
    message = _("{name_eul} 건너뛰었어요.").format(name=name, name_eul=words.with_object(name))
    if reason == Task.SkipReason.PAIN:
        message += " " + _("아픈 곳은 운동 설정에 적어 두면 다음부터 피해 드려요.")
    undo = f"/workouts/tasks/{pk}/skip/?skipped=0"
    return door.told(request, days=_days(visit, task), message=message, undo=undo, close=True)


@signed_in
@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a task before the one above it, or behind the one below."""
    visit = visit_of(request)
    task = _mine(visit, pk)
    ids = [one.id for one in plan_by_id(visit.person.id, task.plan_id).tasks]
    place = ids.index(pk)
    to = place - 1 if request.POST.get("to") == "earlier" else place + 1
    if 0 <= to < len(ids):
        ids[place], ids[to] = ids[to], ids[place]
        tasks.reorder_tasks(owner_id=visit.person.id, plan_id=task.plan_id, task_ids=ids)
    return door.told(request, days=[task.day])


@signed_in
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a task out of its plan; 되돌리기 brings it back for a day."""
    visit = visit_of(request)
    task = _mine(visit, pk)
    tasks.delete_task(owner_id=visit.person.id, task_id=pk)
    name = named(task)
    message = _("{name_eul} 계획에서 뺐어요.").format(name=name, name_eul=words.with_object(name))
    return door.told(request, days=[task.day], message=message, undo=f"/workouts/tasks/{pk}/restore/")


@signed_in
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a task back into its plan."""
    visit = visit_of(request)
    tasks.restore_task(owner_id=visit.person.id, task_id=pk)
    return door.told(request, days=[_mine(visit, pk).day], message=_("되돌렸어요."))
