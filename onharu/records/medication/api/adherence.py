"""Adherence, stock and routine over HTTP."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, visit_of
from onharu.kernel.kept import Window, answer_kept
from onharu.kernel.problems import Missing
from onharu.kernel.web import asked_range, idempotent
from onharu.records.medication.actions import routine as routines
from onharu.records.medication.actions import stock as stocks
from onharu.records.medication.api import dose_examples as examples
from onharu.records.medication.api import dose_written as written
from onharu.records.medication.api import supply_shapes as shapes
from onharu.records.medication.api.dose_shapes import read
from onharu.records.medication.api.schedules import kept_by_minute
from onharu.records.medication.queries import stock as asked
from onharu.records.medication.queries.adherence import adherence_of
from onharu.records.medication.queries.standing import routine_of
from onharu.records.medication.rules.schedules.shapes import Routine

MOST_DAYS = 366
RANGE = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day; six days before `to` when absent."),
    OpenApiParameter(
        "to", OpenApiTypes.DATE, description=f"The last day; today when absent. At most {MOST_DAYS} days."
    ),
]


class AdherenceOfDays(APIView):
    """`/api/adherence/`: how much was taken of what was to be taken."""

    @extend_schema(parameters=RANGE, responses=shapes.AdherenceOut, examples=[examples.ADHERENCE])
    def get(self, request: Request) -> HttpResponse:
        """Read adherence in all, by medicine and by day, with the rule by which it is counted."""
        visit = visit_of(request)
        first, last = asked_range(request, visit.today, most=MOST_DAYS)
        return answer_kept(
            request,
            window=Window(visit.person.id),
            also=kept_by_minute(visit),
            make=lambda: written.adherence(adherence_of(visit.person, first, last, at=visit.at)),
        )


def fresh_stock(visit: Visit, regimen_id: int, status: int = 200) -> Response:
    """Answer with a stock as it is now. Raises Missing."""
    entry = asked.stock_of(visit.person, regimen_id, at=visit.at)
    if entry is None:
        raise Missing
    moves = [written.move(one) for one in asked.moves_of(visit.person.id, regimen_id)]
    return Response({**written.stock(entry), "moves": moves}, status=status)


class StockOfRegimen(APIView):
    """`/api/regimens/{id}/stock/`: what is left of a medicine."""

    @extend_schema(responses=shapes.StockWithMovesOut, examples=[examples.STOCK])
    def get(self, request: Request, pk: int) -> Response:
        """Read what is left and until when it lasts by the real schedule."""
        return fresh_stock(visit_of(request), pk)

    @extend_schema(
        request=shapes.StockIn, responses=shapes.StockWithMovesOut, examples=[examples.STOCK_IN, examples.STOCK]
    )
    def put(self, request: Request, pk: int) -> Response:
        """Have counted what is left; the count leads over everything before it."""
        visit = visit_of(request)
        fresh_stock(visit, pk)
        values = read(shapes.StockIn, request.data)
        stocks.set_stock(person=visit.person, regimen_id=pk, at=visit.at, **values)
        return fresh_stock(visit, pk)

    @extend_schema(
        request=shapes.StockIn, responses={201: shapes.StockWithMovesOut}, examples=[examples.STOCK_IN, examples.STOCK]
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Add to what is left, as after a refill."""
        visit = visit_of(request)
        fresh_stock(visit, pk)
        values = read(shapes.StockIn, request.data)
        stocks.add_stock(person=visit.person, regimen_id=pk, at=visit.at, **values)
        return fresh_stock(visit, pk, 201)


class OwnRoutine(APIView):
    """`/api/routine/`: when the person usually wakes, eats and goes to bed."""

    @extend_schema(responses=shapes.RoutineIn, examples=[examples.ROUTINE])
    def get(self, request: Request) -> Response:
        """Read the routine; the usual one where none was said."""
        return Response(written.routine(routine_of(visit_of(request).person.id)))

    @extend_schema(request=shapes.RoutineIn, responses=shapes.RoutineIn, examples=[examples.ROUTINE])
    def put(self, request: Request) -> Response:
        """Have this routine; doses that stand by it move from now on, what is past stays."""
        visit, values = visit_of(request), read(shapes.RoutineIn, request.data)
        routines.set_routine(person=visit.person, routine=Routine(**values), at=visit.at)
        return Response(written.routine(routine_of(visit.person.id)))
