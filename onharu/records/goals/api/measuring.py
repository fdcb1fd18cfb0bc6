"""Measurements over HTTP: translate, call once, translate back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, asker_id, visit_of
from onharu.kernel.problems import Invalid
from onharu.kernel.web import asked_day, idempotent
from onharu.records.goals.actions import measuring
from onharu.records.goals.api import examples, shapes, written
from onharu.records.goals.api.views import said
from onharu.records.goals.models import Measurement
from onharu.records.goals.queries.days import entry_of
from onharu.records.goals.queries.lists import course, measurements_of
from onharu.records.goals.rules.measuring import MEASURES, WEIGHT, Said

MORNING = time(8, 0)
USUAL_DAYS, MOST_DAYS = 90, 731
KIND = OpenApiParameter("kind", str, description="WEIGHT, WAIST, BLOOD_PRESSURE or GLUCOSE.")
FROM = OpenApiParameter("from", str, description="First local day.")
TO = OpenApiParameter("to", str, description="Last local day.")
CONTEXT = OpenApiParameter("context", str, description="FASTING, BEFORE_MEAL, AFTER_MEAL or BEDTIME, of glucose.")
DAYS = OpenApiParameter("days", int, description="How many days up to today, 7 to 731; 90 when absent.")


def moment(visit: Visit, values: dict[str, Any]) -> datetime:
    """Place a measurement in time: the moment said, the morning of the day said, else now."""
    at: datetime | None = values.pop("measured_at")
    day = values.pop("date")
    if at is not None:
        return at
    return visit.at if day is None or day == visit.today else visit.person.instant_of(day, MORNING)


def kind_asked(request: Request) -> str:
    """Read a kind from the query, "" when absent. Raises Invalid."""
    kind = request.query_params.get("kind", "")
    if kind and kind not in MEASURES:
        raise Invalid(errors={"kind": [", ".join(MEASURES)]})
    return kind


class Measurements(GenericAPIView[Measurement]):
    """`/api/measurements/`: the person's measurements, latest first."""

    serializer_class = shapes.MeasurementOut

    @extend_schema(
        parameters=[KIND, FROM, TO], responses=shapes.MeasurementOut(many=True), examples=[examples.MEASUREMENT]
    )
    def get(self, request: Request) -> Response:
        """List measurements, of one kind and between days where these are given."""
        rows = measurements_of(asker_id(request))
        if kind := kind_asked(request):
            rows = rows.filter(kind=kind)
        if (first := asked_day(request, "from")) is not None:
            rows = rows.filter(day__gte=first)
        if (last := asked_day(request, "to")) is not None:
            rows = rows.filter(day__lte=last)
        page = self.paginate_queryset(rows) or []
        person = visit_of(request).person
        return self.get_paginated_response([written.measurement(entry_of(row), person) for row in page])

    @extend_schema(
        request=shapes.MeasurementIn,
        responses={201: shapes.MeasurementOut},
        examples=[examples.MEASUREMENT_IN, examples.MEASUREMENT],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a measurement down. The latest weight becomes the profile's."""
        visit, values = visit_of(request), said(shapes.MeasurementIn, request)
        at, note = moment(visit, values), values.pop("note")
        row = measuring.measure(person=visit.person, said=Said(**values), at=at, note=note)
        return Response(written.measurement(entry_of(row), visit.person), status=201)


class OneMeasurement(APIView):
    """`/api/measurements/{id}/`: one measurement."""

    @extend_schema(responses=shapes.MeasurementOut, examples=[examples.MEASUREMENT])
    def get(self, request: Request, pk: int) -> Response:
        """Read a measurement."""
        row = Measurement.objects.alive().one_of(asker_id(request), pk)
        return Response(written.measurement(entry_of(row), visit_of(request).person))

    @extend_schema(
        request=shapes.MeasurementPatchIn,
        responses=shapes.MeasurementOut,
        examples=[examples.MEASUREMENT_PATCH, examples.MEASUREMENT],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Correct a measurement."""
        visit, values = visit_of(request), said(shapes.MeasurementPatchIn, request)
        at = values.pop("measured_at", None)
        row = measuring.correct(person=visit.person, measurement_id=pk, at=at, **values)
        return Response(written.measurement(entry_of(row), visit.person))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a measurement; `restore` takes it back for a day."""
        measuring.delete(person=visit_of(request).person, measurement_id=pk)
        return Response(status=204)


class RestoredMeasurement(APIView):
    """`/api/measurements/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.MeasurementOut, examples=[examples.MEASUREMENT])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a measurement back."""
        visit = visit_of(request)
        row = measuring.restore(person=visit.person, measurement_id=pk)
        return Response(written.measurement(entry_of(row), visit.person))


class MeasurementTrend(APIView):
    """`/api/measurements/trend/`: where values go."""

    @extend_schema(parameters=[KIND, DAYS, CONTEXT], responses=shapes.CourseOut, examples=[examples.COURSE])
    def get(self, request: Request) -> Response:
        """Tell the mean of each measured day, the moving mean of its week, and the slope with its n."""
        visit, kind = visit_of(request), kind_asked(request) or WEIGHT
        context = request.query_params.get("context", "")
        days = request.query_params.get("days", str(USUAL_DAYS))
        if not days.isdecimal() or not 7 <= int(days[:6]) <= MOST_DAYS:
            raise Invalid("range_invalid", f"7~{MOST_DAYS}일을 골라 주세요.", f"Choose 7 to {MOST_DAYS} days.")
        if context and (not MEASURES[kind].in_context or context not in Measurement.Context.values):
            raise Invalid(errors={"context": [", ".join(Measurement.Context.values)]})
        first = visit.today - timedelta(days=int(days) - 1)
        return Response(written.course(course(visit.person.id, kind, first, visit.today, context)))
