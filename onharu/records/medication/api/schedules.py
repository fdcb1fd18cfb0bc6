"""Doses over HTTP. What was taken is a state that is set; saying it twice changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, visit_of
from onharu.kernel.kept import Window, answer_kept
from onharu.kernel.problems import Invalid
from onharu.kernel.web import Pages, asked_day, idempotent
from onharu.records.medication.actions import doses
from onharu.records.medication.actions.doses import Said
from onharu.records.medication.api import dose_examples as examples
from onharu.records.medication.api import dose_shapes as shapes
from onharu.records.medication.api import dose_written as written
from onharu.records.medication.models import Dose
from onharu.records.medication.queries.doses import dose_of, doses_between

MOST_DAYS = 92
DAYS = [
    OpenApiParameter("date", OpenApiTypes.DATE, description="One local day; today when nothing is said."),
    OpenApiParameter("from", OpenApiTypes.DATE, description=f"The first day; with `to` at most {MOST_DAYS} days."),
    OpenApiParameter("to", OpenApiTypes.DATE),
    OpenApiParameter("regimen", int, description="Only the doses of this regimen."),
]


class DosePages(Pages):
    """Doses by `limit` (at most 100, which is usual) and `offset`."""

    default_limit = 100


def kept_by_minute(visit: Visit) -> tuple[Any, ...]:
    """Name what an answer about doses hangs on besides writes: the minute, and the person's clock."""
    return visit.person.version, visit.at.replace(second=0, microsecond=0)


def asked_days(request: Request, visit: Visit) -> tuple[date, date]:
    """Read which days are asked for: `date`, or `from` and `to`; today when nothing is said. Raises Invalid."""
    if (day := asked_day(request, "date")) is not None:
        first = last = day
    else:
        said_first, said_last = asked_day(request, "from"), asked_day(request, "to")
        first = said_first or said_last or visit.today
        last = said_last or (first if said_first is None else max(first, visit.today))
    if not timedelta() <= last - first < timedelta(days=MOST_DAYS) or not 1900 <= first.year <= last.year <= 2199:
        raise Invalid("range_invalid", f"1~{MOST_DAYS}일을 골라 주세요.", f"Choose 1 to {MOST_DAYS} days.")
    return first, last


def asked_regimen(request: Request) -> list[int] | None:
    """Read which regimen is asked for. Raises Invalid."""
    said = request.query_params.get("regimen", "")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        raise Invalid(errors={"regimen": ["12"]})
    return [int(said)]


def fresh(visit: Visit, dose_id: str, status: int = 200) -> Response:
    """Answer with a dose as it is now."""
    return Response(written.dose_with_events(dose_of(visit.person, dose_id, at=visit.at)), status=status)


class Schedules(GenericAPIView[Dose]):
    """`/api/schedules/`: planned doses and those that were taken, in the order of their times."""

    serializer_class = shapes.DoseOut
    pagination_class = DosePages

    @extend_schema(parameters=DAYS, responses=shapes.DoseOut(many=True), examples=[examples.DOSE])
    def get(self, request: Request) -> HttpResponse:
        """List the doses of a day or of some days; asking writes nothing."""
        visit = visit_of(request)
        first, last = asked_days(request, visit)
        only = asked_regimen(request)

        def make() -> object:
            found = doses_between(visit.person, first, last, at=visit.at, regimen_ids=only)
            page = self.paginate_queryset(cast("Any", found)) or []
            return self.get_paginated_response([written.dose(cast("Any", one)) for one in page]).data

        return answer_kept(request, window=Window(visit.person.id), also=kept_by_minute(visit), make=make)

    @extend_schema(
        request=shapes.DoseIn,
        responses={201: shapes.DoseWithEventsOut},
        examples=[examples.DOSE_IN, examples.UNPLANNED],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write down a dose without a plan (필요시). 409 `dose_limit` where it is over the limit, unless `anyway`."""
        visit, values = visit_of(request), shapes.read(shapes.DoseIn, request.data)
        regimen_id = values.pop("regimen")
        made = doses.take_now(person=visit.person, regimen_id=regimen_id, at=visit.at, said=Said(**values))
        return fresh(visit, made, 201)


class OneSchedule(APIView):
    """`/api/schedules/{id}/`: one dose."""

    @extend_schema(responses=shapes.DoseWithEventsOut, examples=[examples.TAKEN])
    def get(self, request: Request, dose_id: str) -> Response:
        """Read a dose with everything that happened to it."""
        return fresh(visit_of(request), dose_id)

    @extend_schema(
        request=shapes.CorrectionIn,
        responses=shapes.DoseWithEventsOut,
        examples=[examples.CORRECTION_IN, examples.CORRECTED],
    )
    def patch(self, request: Request, dose_id: str) -> Response:
        """Put right when or how much was taken; the first entry stays in the ledger."""
        visit, values = visit_of(request), shapes.read(shapes.CorrectionIn, request.data)
        doses.correct(person=visit.person, dose_id=dose_id, at=visit.at, said=Said(**values))
        return fresh(visit, dose_id)


class Taken(APIView):
    """`/api/schedules/{id}/taken/`: whether a dose was taken."""

    @extend_schema(
        request=shapes.TakenIn, responses=shapes.DoseWithEventsOut, examples=[examples.TAKEN_IN, examples.TAKEN]
    )
    def put(self, request: Request, dose_id: str) -> Response:
        """Have a dose taken, now or when it is said, also yesterday; `taken_at` null takes that back.

        Another time or amount than before corrects it. Saying it twice changes nothing.
        """
        visit, values = visit_of(request), shapes.read(shapes.TakenIn, request.data)
        if "taken_at" in values and values["taken_at"] is None:
            doses.untake(person=visit.person, dose_id=dose_id, at=visit.at)
        else:
            doses.take(person=visit.person, dose_id=dose_id, at=visit.at, said=Said(**values))
        return fresh(visit, dose_id)


class Completed(APIView):
    """`/api/schedules/{id}/complete/`: kept for old clients."""

    @extend_schema(
        request=shapes.CompleteIn, responses=shapes.DoseWithEventsOut, examples=[examples.COMPLETE_IN, examples.TAKEN]
    )
    @idempotent
    def post(self, request: Request, dose_id: str) -> Response:
        """Have a dose taken; `{"completed": false}` takes that back. It sets and never toggles."""
        visit, values = visit_of(request), shapes.read(shapes.CompleteIn, request.data)
        act = doses.take if values["completed"] else doses.untake
        act(person=visit.person, dose_id=dose_id, at=visit.at)
        return fresh(visit, dose_id)


class Skipped(APIView):
    """`/api/schedules/{id}/skipped/`: whether a dose was skipped, and why."""

    @extend_schema(
        request=shapes.SkippedIn, responses=shapes.DoseWithEventsOut, examples=[examples.SKIPPED_IN, examples.SKIPPED]
    )
    def put(self, request: Request, dose_id: str) -> Response:
        """Have a dose skipped; `reason` null takes that back. Saying it twice changes nothing."""
        visit, reason = visit_of(request), shapes.read(shapes.SkippedIn, request.data)["reason"]
        if reason is None:
            doses.unskip(person=visit.person, dose_id=dose_id, at=visit.at)
        else:
            doses.skip(person=visit.person, dose_id=dose_id, at=visit.at, reason=reason)
        return fresh(visit, dose_id)
