"""Tasks over HTTP: translate, call once, translate back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel.web import idempotent
from onharu.records.workouts.actions import completion, tasks
from onharu.records.workouts.actions.completion import Completion
from onharu.records.workouts.api import answers, examples, shapes, written
from onharu.records.workouts.api.plans import DATE, asked_day
from onharu.records.workouts.models import Task
from onharu.records.workouts.queries import rows
from onharu.records.workouts.queries.alternatives import alternatives_of

PLAN = OpenApiParameter("plan", int)
STATE = OpenApiParameter("state", str, enum=list(Task.State.values))


def fresh_task(request: Request, task_id: int, status: int = 200) -> Response:
    """Answer with a task as it is now."""
    return Response(written.task(rows.task_by_id(asker_id(request), task_id)), status=status)


def completed(request: Request, found: Completion) -> Response:
    """Answer with a task after its completion was said, and with its log."""
    task = rows.task_by_id(asker_id(request), found.task_id)
    log = rows.log_by_id(asker_id(request), found.log_id) if found.log_id else None
    kept = _("직접 고친 기록이라 지우지 않고 따로 남겨 두었어요.") if found.kept_log else ""
    return Response(
        {
            "id": task.id,
            "completed": task.done,
            "task": written.task(task),
            "log": written.log(log) if log else None,
            "kept_log": found.kept_log,
            "message": kept,
        }
    )


class Tasks(GenericAPIView[Task]):
    """`/api/tasks/`: the person's tasks, the latest day first."""

    serializer_class = answers.TaskOut

    @extend_schema(parameters=[DATE, PLAN, STATE], responses=answers.TaskOut(many=True), examples=[examples.TASK])
    def get(self, request: Request) -> Response:
        """List tasks, of a day, a plan or a state where given."""
        found = rows.tasks_of(asker_id(request))
        if "date" in request.query_params:
            found = found.filter(plan__day=asked_day(request))
        if (plan := request.query_params.get("plan", "")).isdecimal():
            found = found.filter(plan_id=min(int(plan), 2**63 - 1))
        if (state := request.query_params.get("state")) in Task.State.values:
            found = found.filter(state=state)
        page = self.paginate_queryset(rows.task_rows(found)) or []
        return self.get_paginated_response([written.task(rows.task_of(row)) for row in page])

    @extend_schema(request=shapes.TaskIn, responses={201: answers.TaskOut}, examples=[examples.TASK_IN, examples.TASK])
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a task to a plan, or to the plan of a day; a day without a plan gets one by hand."""
        values = shapes.read(shapes.TaskIn, request.data)
        task_id = tasks.add_task(
            owner_id=asker_id(request),
            draft=shapes.TaskIn.draft(values),
            plan_id=values.get("plan"),
            day=values.get("date") or visit_of(request).today,
        )
        return fresh_task(request, task_id, status=201)


class OneTask(APIView):
    """`/api/tasks/{id}/`: one task."""

    @extend_schema(responses=answers.TaskOut, examples=[examples.TASK])
    def get(self, request: Request, pk: int) -> Response:
        """Read a task."""
        return fresh_task(request, pk)

    @extend_schema(request=shapes.TaskPatchIn, responses=answers.TaskOut, examples=[examples.TASK_PATCH, examples.TASK])
    def patch(self, request: Request, pk: int) -> Response:
        """Change the amounts or the exercise of a task."""
        values, visit, owner_id = shapes.read(shapes.TaskPatchIn, request.data), visit_of(request), asker_id(request)
        done = values.pop("completed", None)
        with transaction.atomic():
            tasks.change_task(owner_id=owner_id, task_id=pk, draft=shapes.TaskIn.draft(values), said=frozenset(values))
            if done is not None:
                completion.set_completion(owner_id=owner_id, task_id=pk, completed=done, at=visit.at, today=visit.today)
        return fresh_task(request, pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a task; `restore` takes it back for a day, and what was done of it stays in the log."""
        tasks.delete_task(owner_id=asker_id(request), task_id=pk)
        return Response(status=204)


class RestoredTask(APIView):
    """`/api/tasks/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=answers.TaskOut, examples=[examples.TASK])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a task back."""
        tasks.restore_task(owner_id=asker_id(request), task_id=pk)
        return fresh_task(request, pk)


class TaskCompletion(APIView):
    """`/api/tasks/{id}/completion/`: whether a task is done."""

    @extend_schema(
        request=shapes.CompletionIn,
        responses=answers.CompletionOut,
        examples=[examples.COMPLETION_IN, examples.COMPLETION],
    )
    def put(self, request: Request, pk: int) -> Response:
        """Set the completion: done writes the task's one log, not done takes it back."""
        values, visit = shapes.read(shapes.CompletionIn, request.data), visit_of(request)
        at = values.get("at")
        found = completion.set_completion(
            owner_id=asker_id(request),
            task_id=pk,
            completed=values["completed"],
            at=at or visit.at,
            today=visit.today,
            day=visit.person.day_at(at) if at else None,
            said=shapes.CompletionIn.said(values),
        )
        return completed(request, found)


class ToggledTask(APIView):
    """`POST /api/tasks/{id}/toggle-complete/`: kept for old clients."""

    @extend_schema(request=None, responses=answers.CompletionOut, examples=[examples.COMPLETION])
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Turn the completion over; with an `Idempotency-Key` repeating changes nothing. Rather `PUT completion/`."""
        visit = visit_of(request)
        return completed(
            request,
            completion.toggle_completion(owner_id=asker_id(request), task_id=pk, at=visit.at, today=visit.today),
        )


class SkippedTask(APIView):
    """`/api/tasks/{id}/skip/`: whether a task is left out."""

    @extend_schema(request=shapes.SkipIn, responses=answers.TaskOut, examples=[examples.SKIP_IN, examples.TASK])
    def put(self, request: Request, pk: int) -> Response:
        """Set whether a task is left out, and why; the planner listens to the reason."""
        values, visit = shapes.read(shapes.SkipIn, request.data), visit_of(request)
        tasks.skip_task(
            owner_id=asker_id(request),
            task_id=pk,
            skipped=values["skipped"],
            reason=values["reason"],
            at=visit.at,
            today=visit.today,
        )
        return fresh_task(request, pk)


class SwappedTask(APIView):
    """`/api/tasks/{id}/swap/`: another exercise of the same kind."""

    @extend_schema(request=shapes.SwapIn, responses=answers.TaskOut, examples=[examples.SWAP_IN, examples.TASK])
    def put(self, request: Request, pk: int) -> Response:
        """Put one of the alternatives in place of the exercise."""
        values = shapes.read(shapes.SwapIn, request.data)
        tasks.swap_task(owner_id=asker_id(request), task_id=pk, exercise=values["exercise"])
        return fresh_task(request, pk)


class Alternatives(APIView):
    """`/api/tasks/{id}/alternatives/`: what can stand in."""

    @extend_schema(responses=answers.AlternativesOut, examples=[examples.ALTERNATIVES])
    def get(self, request: Request, pk: int) -> Response:
        """List exercises that can stand in for a task, the nearest first."""
        task = rows.task_by_id(asker_id(request), pk)
        found = alternatives_of(asker_id(request), task.exercise, task.day)
        return Response({"task": task.id, "results": [written.alternative(one) for one in found]})
