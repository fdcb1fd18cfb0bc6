"""Logs, records and how somebody wants to train, over HTTP: translate, call once, translate back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, asker_id, visit_of
from onharu.kernel.web import idempotent
from onharu.records.workouts.actions import logs, plans
from onharu.records.workouts.api import answers, examples, shapes, written
from onharu.records.workouts.api.plans import DATE
from onharu.records.workouts.models import WorkoutLog
from onharu.records.workouts.queries import moving, rows
from onharu.records.workouts.queries.days import log_entries
from onharu.records.workouts.queries.records import records_of

FROM = OpenApiParameter("from", OpenApiTypes.DATE, description="The first day.")
TO = OpenApiParameter("to", OpenApiTypes.DATE, description="The last day.")
EXERCISE = OpenApiParameter("exercise", int, description="One exercise's history.")


def fresh_log(request: Request, log_id: int, status: int = 200) -> Response:
    """Answer with a log as it is now."""
    return Response(written.log(rows.log_by_id(asker_id(request), log_id)), status=status)


def _until_now(visit: Visit, day: date, minutes: Decimal | None) -> datetime:
    """Place a workout that says no time so that it ends now, or at this clock time of its day."""
    return visit.at + (day - visit.today) - timedelta(minutes=float(minutes or 0))


class Logs(GenericAPIView[WorkoutLog]):
    """`/api/workoutlogs/`: what the person did, the latest first."""

    serializer_class = answers.LogOut

    @extend_schema(parameters=[DATE, FROM, TO, EXERCISE], responses=answers.LogOut(many=True), examples=[examples.LOG])
    def get(self, request: Request) -> Response:
        """List logs with their sets, of a day, a range or an exercise where given."""
        said, visit = request.query_params, visit_of(request)
        found = rows.logs_of(asker_id(request))
        for name, lookup in (("date", "day"), ("from", "day__gte"), ("to", "day__lte")):
            if said.get(name):
                found = found.filter(**{lookup: visit.day(said[name])})
        if (exercise := said.get("exercise", "")).isdecimal():
            found = found.filter(exercise_id=min(int(exercise), 2**63 - 1))
        page = self.paginate_queryset(found.values_list("id", flat=True)) or []
        return self.get_paginated_response([written.log(one) for one in log_entries(asker_id(request), page)])

    @extend_schema(
        request=shapes.LogIn,
        responses={200: answers.LogOut, 201: answers.LogOut},
        examples=[examples.LOG_IN, examples.IMPORT_IN, examples.LOG],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a workout down; one that is imported again by its `external_id` is the one that is there (200)."""
        values, visit = shapes.read(shapes.LogIn, request.data), visit_of(request)
        said = values.get("started_at")
        day = values.get("date") or visit.person.day_at(said or visit.at)
        draft = shapes.LogIn.draft(values, day, said or _until_now(visit, day, values.get("minutes")))
        if values.get("source") != "import":
            return fresh_log(request, logs.log_workout(owner_id=asker_id(request), draft=draft), status=201)
        found = logs.import_workout(owner_id=asker_id(request), draft=draft)
        return fresh_log(request, found.log_id, status=201 if found.created else 200)


class OneLog(APIView):
    """`/api/workoutlogs/{id}/`: one log."""

    @extend_schema(responses=answers.LogOut, examples=[examples.LOG])
    def get(self, request: Request, pk: int) -> Response:
        """Read a log with its sets."""
        return fresh_log(request, pk)

    @extend_schema(request=shapes.LogPatchIn, responses=answers.LogOut, examples=[examples.LOG_PATCH, examples.LOG])
    def patch(self, request: Request, pk: int) -> Response:
        """Correct a log, or move it to another day; `sets` replaces all sets."""
        change = shapes.LogPatchIn.change(shapes.read(shapes.LogPatchIn, request.data))
        return fresh_log(request, logs.edit_log(owner_id=asker_id(request), log_id=pk, change=change))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a log; `restore` takes it back for a day, and the task it completed is to do again."""
        logs.delete_log(owner_id=asker_id(request), log_id=pk)
        return Response(status=204)


class RestoredLog(APIView):
    """`/api/workoutlogs/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=answers.LogOut, examples=[examples.LOG])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a log back."""
        logs.restore_log(owner_id=asker_id(request), log_id=pk)
        return fresh_log(request, pk)


class Records(APIView):
    """`/api/workoutlogs/records/`: personal records."""

    @extend_schema(responses=answers.AllRecordsOut, examples=[examples.RECORDS])
    def get(self, request: Request) -> Response:
        """List the standing records of every exercise; sets that are only what a plan said are none."""
        return Response({"results": [written.records(one) for one in records_of(asker_id(request))]})


class MovementView(APIView):
    """`/api/movement/`: how somebody wants to train."""

    @extend_schema(responses=answers.MovementOut, examples=[examples.MOVEMENT])
    def get(self, request: Request) -> Response:
        """Read it; defaults, with `set_up` false, where nothing was said."""
        return Response(written.movement(moving.movement_of(asker_id(request))))

    @extend_schema(
        request=shapes.MovementIn, responses=answers.MovementOut, examples=[examples.MOVEMENT_IN, examples.MOVEMENT]
    )
    def put(self, request: Request) -> Response:
        """Say it; plans that are there stay as they are."""
        values = shapes.read(shapes.MovementIn, request.data)
        plans.set_movement(owner_id=asker_id(request), today=visit_of(request).today, said=values)
        return Response(written.movement(moving.movement_of(asker_id(request))))
