"""Long goals and daily targets over HTTP: translate, call once, translate back."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel.web import asked_day, idempotent
from onharu.records.goals.actions import long, targets
from onharu.records.goals.actions.long import Wish
from onharu.records.goals.actions.targets import Aimed
from onharu.records.goals.api import examples, shapes, written
from onharu.records.goals.models import DailyTarget, Goal
from onharu.records.goals.queries import targets as asked
from onharu.records.goals.queries.days import goal_entry
from onharu.records.goals.queries.lists import goals_listed

DATE = OpenApiParameter("date", OpenApiTypes.DATE, description="A local day; today when absent.")
STATE = OpenApiParameter("state", str, description="ACTIVE, DONE or DROPPED; all when absent.")
OWN = OpenApiParameter("own", bool, description="`1` leaves the references out.")


def said(shape: Any, request: Request) -> dict[str, Any]:
    """Read a body by its shape. Raises DRF's validation error."""
    values = shape(data=request.data)
    values.is_valid(raise_exception=True)
    found: dict[str, Any] = values.validated_data
    return found


class Goals(GenericAPIView[Goal]):
    """`/api/goals/`: long goals, the newest first."""

    serializer_class = shapes.GoalOut

    @extend_schema(parameters=[STATE], responses=shapes.GoalOut(many=True), examples=[examples.GOAL])
    def get(self, request: Request) -> Response:
        """List long goals."""
        rows = goals_listed(asker_id(request))
        if (state := request.query_params.get("state", "")) in Goal.State.values:
            rows = rows.filter(state=state)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([written.goal(goal_entry(row)) for row in page])

    @extend_schema(request=shapes.GoalIn, responses={201: shapes.GoalOut}, examples=[examples.GOAL_IN, examples.GOAL])
    @idempotent
    def post(self, request: Request) -> Response:
        """Aim at something from today on. Guards may refuse a goal to lose weight."""
        wish = Wish(**said(shapes.GoalIn, request))
        row = long.set_goal(person=visit_of(request).person, wish=wish)
        return Response(written.goal(goal_entry(row)), status=201)


class OneGoal(APIView):
    """`/api/goals/{id}/`: one long goal."""

    @extend_schema(responses=shapes.GoalOut, examples=[examples.GOAL])
    def get(self, request: Request, pk: int) -> Response:
        """Read a goal."""
        return Response(written.goal(goal_entry(Goal.objects.alive().one_of(asker_id(request), pk))))

    @extend_schema(request=shapes.GoalPatchIn, responses=shapes.GoalOut, examples=[examples.GOAL_PATCH, examples.GOAL])
    def patch(self, request: Request, pk: int) -> Response:
        """Change a goal, or close it as done or dropped."""
        values = said(shapes.GoalPatchIn, request)
        no_due = "due" in values and values["due"] is None
        row = long.change_goal(person=visit_of(request).person, goal_id=pk, no_due=no_due, **values)
        return Response(written.goal(goal_entry(row)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a goal; `restore` takes it back for a day."""
        long.delete_goal(person=visit_of(request).person, goal_id=pk)
        return Response(status=204)


class RestoredGoal(APIView):
    """`/api/goals/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.GoalOut, examples=[examples.GOAL])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a goal back."""
        row = long.restore_goal(person=visit_of(request).person, goal_id=pk)
        return Response(written.goal(goal_entry(row)))


class Suggested(APIView):
    """`/api/goals/suggestion/`: targets by profile."""

    @extend_schema(responses=shapes.SuggestionOut, examples=[examples.SUGGESTION])
    def get(self, request: Request) -> Response:
        """Suggest daily targets: KDRI by profile, with a careful deficit when losing weight is aimed at."""
        visit = visit_of(request)
        return Response(written.suggestion(asked.suggested(visit.person, visit.today), visit.person))

    @extend_schema(
        request=shapes.AcceptIn,
        responses={201: shapes.AcceptedOut},
        examples=[examples.ACCEPT_IN, examples.ACCEPTED],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Take the suggestion over as daily targets from today on, whole or by keys."""
        visit, keys = visit_of(request), said(shapes.AcceptIn, request)["keys"]
        found = asked.suggested(visit.person, visit.today).targets
        wanted = [Aimed.suggested(one) for one in found if keys is None or one.nutrient in keys]
        rows = targets.set_targets(person=visit.person, aimed=wanted)
        results = [written.target(asked.entry_of(row)) for row in rows]
        return Response({"count": len(results), "results": results}, status=201)


class DailyTargets(GenericAPIView[DailyTarget]):
    """`/api/dailygoals/`: the targets in force."""

    serializer_class = shapes.TargetOut

    @extend_schema(parameters=[DATE, OWN], responses=shapes.TargetOut(many=True), examples=[examples.TARGET])
    def get(self, request: Request) -> Response:
        """List the targets in force on a day: one's own, and references where nothing of one's own holds."""
        visit = visit_of(request)
        day = asked_day(request, "date") or visit.today
        own = request.query_params.get("own") in ("1", "true")
        page = self.paginate_queryset(asked.targets_on(visit.person, day, only_own=own)) or []
        return self.get_paginated_response([written.target(entry) for entry in page])

    @extend_schema(
        request=shapes.TargetIn, responses={201: shapes.TargetOut}, examples=[examples.TARGET_IN, examples.TARGET]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Set a daily target from today, or from a later day. The days before keep theirs."""
        values = said(shapes.TargetIn, request)
        from_day, guidance = values.pop("from_day"), values.pop("medical_guidance")
        row = targets.set_target(
            person=visit_of(request).person, aimed=Aimed(**values, guidance=guidance), from_day=from_day
        )
        return Response(written.target(asked.entry_of(row)), status=201)


class OneDailyTarget(APIView):
    """`/api/dailygoals/{id}/`: one version of a target."""

    @extend_schema(responses=shapes.TargetOut, examples=[examples.TARGET])
    def get(self, request: Request, pk: int) -> Response:
        """Read a version of a target."""
        return Response(written.target(asked.entry_of(asked.version_with(asker_id(request), pk))))

    @extend_schema(
        request=shapes.TargetPatchIn, responses=shapes.TargetOut, examples=[examples.TARGET_PATCH, examples.TARGET]
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change a target from today on: a version that began before stays for its days, and a new one answers."""
        values = said(shapes.TargetPatchIn, request)
        if "medical_guidance" in values:
            values["guidance"] = values.pop("medical_guidance")
        row = targets.change_target(person=visit_of(request).person, target_id=pk, changes=values)
        return Response(written.target(asked.entry_of(row)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Go back to the reference from today on; the days before keep the target."""
        row = asked.version_with(asker_id(request), pk)
        targets.remove_target(person=visit_of(request).person, key=row.key)
        return Response(status=204)


class RestoredDailyTarget(APIView):
    """`/api/dailygoals/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.TargetOut, examples=[examples.TARGET])
    def put(self, request: Request, pk: int) -> Response:
        """Hold to a version once more, from today on."""
        row = targets.change_target(person=visit_of(request).person, target_id=pk, changes={})
        return Response(written.target(asked.entry_of(row)))
