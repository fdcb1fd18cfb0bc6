"""Plans over HTTP: translate, call once, translate back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of, words_may_leave
from onharu.kernel.kept import Window, answer_kept
from onharu.kernel.web import idempotent
from onharu.records.workouts.actions import copying, planning, plans, proposing, tasks
from onharu.records.workouts.api import answers, examples, shapes, written
from onharu.records.workouts.models import WorkoutPlan
from onharu.records.workouts.queries import days, rows, weeks

DATE = OpenApiParameter("date", OpenApiTypes.DATE, description="A local day; today when absent.")


def asked_day(request: Request) -> date:
    """Read the day that is asked about, today when absent. Raises Invalid."""
    return visit_of(request).day(request.query_params.get("date"))


def fresh_plan(request: Request, plan_id: int, status: int = 200) -> Response:
    """Answer with a plan as it is now."""
    found = rows.plan_by_id(asker_id(request), plan_id)
    return Response(written.plan(found, found.plan.day), status=status)


def kept(request: Request, window: Window, make: Callable[[], object]) -> HttpResponse:
    """Answer with what `make` returns, made once for each state of the window and of the person's profile."""
    return answer_kept(
        request, window=window, also=(visit_of(request).today, visit_of(request).person.version), make=make
    )


def days_between(request: Request, first: date, last: date) -> Window:
    """Name the workouts of some days."""
    return Window(asker_id(request), first, last, part="workouts")


def kept_plan(request: Request, day: date) -> HttpResponse:
    """Answer with the plan of a day."""
    window = days_between(request, day, day)
    return kept(request, window, lambda: written.plan(rows.plan_on(window.owner_id, day), day))


class Plans(GenericAPIView[WorkoutPlan]):
    """`/api/workoutplans/`: the person's plans, the latest day first."""

    serializer_class = answers.PlanOut

    @extend_schema(responses=answers.PlanOut(many=True), examples=[examples.PLAN])
    def get(self, request: Request) -> Response:
        """List plans with their tasks."""
        page = self.paginate_queryset(rows.plans_of(asker_id(request))) or []
        found = rows.plans_by_id(asker_id(request), page)
        return self.get_paginated_response([written.plan(one, one.plan.day) for one in found])

    @extend_schema(request=shapes.PlanIn, responses={201: answers.PlanOut}, examples=[examples.PLAN_IN, examples.PLAN])
    @idempotent
    def post(self, request: Request) -> Response:
        """Make a plan by hand; a day has at most one."""
        values = shapes.read(shapes.PlanIn, request.data)
        draft = shapes.PlanIn.draft(values, visit_of(request).today)
        return fresh_plan(request, plans.make_plan(owner_id=asker_id(request), draft=draft), status=201)


class OnePlan(APIView):
    """`/api/workoutplans/{id}/`: one plan."""

    @extend_schema(responses=answers.PlanOut, examples=[examples.PLAN])
    def get(self, request: Request, pk: int) -> Response:
        """Read a plan with its tasks."""
        return fresh_plan(request, pk)

    @extend_schema(request=shapes.PlanPatchIn, responses=answers.PlanOut, examples=[examples.PLAN_PATCH, examples.PLAN])
    def patch(self, request: Request, pk: int) -> Response:
        """Change the words of a plan, or move it to another day."""
        change = shapes.PlanPatchIn.change(shapes.read(shapes.PlanPatchIn, request.data))
        return fresh_plan(request, plans.change_plan(owner_id=asker_id(request), plan_id=pk, change=change))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a plan; `restore` takes it back for a day, and what was done of it stays in the log."""
        plans.delete_plan(owner_id=asker_id(request), plan_id=pk)
        return Response(status=204)


class RestoredPlan(APIView):
    """`/api/workoutplans/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=answers.PlanOut, examples=[examples.PLAN])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a plan back."""
        plans.restore_plan(owner_id=asker_id(request), plan_id=pk)
        return fresh_plan(request, pk)


class TodaysPlan(APIView):
    """`/api/workoutplans/today/`: what is planned today."""

    @extend_schema(responses=answers.PlanOut, examples=[examples.PLAN])
    def get(self, request: Request) -> HttpResponse:
        """Read today's plan; `id` is null where there is none yet."""
        return kept_plan(request, visit_of(request).today)


class EnsuredPlan(APIView):
    """`/api/workoutplans/today/ensure/`: today's plan, built once."""

    @extend_schema(
        request=shapes.EnsureIn,
        responses={200: answers.PlanOut, 201: answers.PlanOut},
        examples=[examples.ENSURE_IN, examples.PLAN],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Answer today's plan: 201 where this call built it, 200 where it is there. A rest day is a plan too.

        With `anyway`, a day of rest becomes a day of training; what was done of it stays.
        """
        visit, values = visit_of(request), shapes.read(shapes.EnsureIn, request.data)
        found = planning.ensure_today(owner_id=asker_id(request), day=visit.today, at=visit.at)
        if values["anyway"]:
            planning.train_anyway(owner_id=asker_id(request), plan_id=found.plan_id, at=visit.at)
        return fresh_plan(request, found.plan_id, status=201 if found.created else 200)


class PlanOfDate(APIView):
    """`/api/workoutplans/by-date/`: the plan of a day."""

    @extend_schema(parameters=[DATE], responses=answers.PlanOut, examples=[examples.PLAN])
    def get(self, request: Request) -> HttpResponse:
        """Read the plan of a day; `id` is null where there is none."""
        return kept_plan(request, asked_day(request))


class DaySummary(APIView):
    """`/api/workoutplans/summary/`: a day in numbers."""

    @extend_schema(parameters=[DATE], responses=answers.SummaryOut, examples=[examples.SUMMARY])
    def get(self, request: Request) -> HttpResponse:
        """Read how much of a day's plan is done, with minutes and energy of everything logged on it."""
        day = asked_day(request)
        return kept(
            request, days_between(request, day, day), lambda: written.summary(days.day_of(asker_id(request), day))
        )


class CopiedWeek(APIView):
    """`POST /api/workoutplans/copy_week/`: a week once more."""

    @extend_schema(
        request=shapes.CopyWeekIn,
        responses={201: answers.CopiedWeekOut},
        examples=[examples.COPY_WEEK_IN, examples.COPIED_WEEK],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Copy the plans of a week to another; says which days were copied and which were kept."""
        values = shapes.read(shapes.CopyWeekIn, request.data)
        found = copying.copy_week(
            owner_id=asker_id(request),
            from_day=values["from_date"],
            to_day=values.get("to_date") or visit_of(request).today,
            overwrite=values["overwrite"],
        )
        return Response(written.copied(found), status=201)


class Generated(APIView):
    """`POST /api/workoutplans/{id}/generate-ai/`: a plan that a language model proposes."""

    @extend_schema(
        request=shapes.WishIn, responses=answers.GeneratedOut, examples=[examples.WISH_IN, examples.GENERATED]
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let a model propose what is still to do; its answer is checked, and what is refused is named."""
        values = shapes.read(shapes.WishIn, request.data)
        person = visit_of(request).person
        found = proposing.propose_plan(
            owner_id=asker_id(request),
            plan_id=pk,
            may_leave=words_may_leave(person.id),  # asked anew: a withdrawal holds at once
            language=person.language,
            wish=values["wish"],
        )
        plan = rows.plan_by_id(asker_id(request), pk)
        return Response({"plan": written.plan(plan, plan.plan.day), **written.model_plan(found)})


class Order(APIView):
    """`/api/workoutplans/{id}/order/`: the order of a plan's tasks."""

    @extend_schema(request=shapes.OrderIn, responses=answers.PlanOut, examples=[examples.ORDER_IN, examples.PLAN])
    def put(self, request: Request, pk: int) -> Response:
        """Put a plan's tasks in order; those that are not named come last."""
        values = shapes.read(shapes.OrderIn, request.data)
        tasks.reorder_tasks(owner_id=asker_id(request), plan_id=pk, task_ids=values["tasks"])
        return fresh_plan(request, pk)


class WeeklyProgress(APIView):
    """`/api/tasks/weekly_progress/`: how the week goes."""

    @extend_schema(parameters=[DATE], responses=answers.WeekOut, examples=[examples.WEEK])
    def get(self, request: Request) -> HttpResponse:
        """Read the week a day lies in: tasks done of those planned, minutes counted once."""
        day = asked_day(request)
        # Where a week begins is the person's choice, so any write of theirs may change the answer.
        window = Window(asker_id(request))
        return kept(request, window, lambda: written.week(weeks.weekly_progress(window.owner_id, day)))
