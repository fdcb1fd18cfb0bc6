"""Reports of days over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel.problems import Invalid
from onharu.kernel.web import asked_day, idempotent
from onharu.records.journal.actions import reports
from onharu.records.journal.api import examples, shapes
from onharu.records.journal.models import DailyReport
from onharu.records.journal.queries import days as asked

BETWEEN = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day; from the beginning when absent."),
    OpenApiParameter("to", OpenApiTypes.DATE, description="The last day; to the end when absent."),
]


class DayNotCome(Invalid):
    """A day that nobody can tell of yet."""

    code = "day_not_come"
    ko = "아직 오지 않은 날은 적을 수 없어요."
    en = "That day has not come yet."


def day_said(request: Request, said: date | None) -> date:
    """Take the day that was said, else the person's today. Raises DayNotCome; tomorrow is today somewhere."""
    today = visit_of(request).today
    if said is not None and said > today + timedelta(days=1):
        raise DayNotCome(errors={"date": [said.isoformat()]})
    return said or today


def answers(request: Request, shape: type[shapes.AnswersIn] = shapes.AnswersIn) -> dict[str, Any]:
    """Read answers from a request."""
    values = shape(data=request.data)
    values.is_valid(raise_exception=True)
    return dict(values.validated_data)


def fresh(report: DailyReport, status: int = 200) -> Response:
    """Answer with a report as it is now."""
    return Response(shapes.report(asked.report_entry(report)), status=status)


class Reports(GenericAPIView[DailyReport]):
    """`/api/dailyreports/`: one report a day, the latest day first."""

    serializer_class = shapes.ReportOut

    @extend_schema(parameters=BETWEEN, responses=shapes.ReportOut(many=True), examples=[examples.REPORT])
    def get(self, request: Request) -> Response:
        """List reports, from a day to a day where they are given."""
        rows = asked.reports_of(asker_id(request))
        if (first := asked_day(request, "from") or asked_day(request, "date")) is not None:
            rows = rows.filter(day__gte=first)
        if (last := asked_day(request, "to") or asked_day(request, "date")) is not None:
            rows = rows.filter(day__lte=last)
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([shapes.report(asked.report_entry(row)) for row in page])

    @extend_schema(
        request=shapes.ReportIn, responses={201: shapes.ReportOut}, examples=[examples.REPORT_IN, examples.REPORT]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write the first report of a day (today when none is named); 409 names the one that is there."""
        said = answers(request, shapes.ReportIn)
        day = day_said(request, said.pop("date", None))
        report = reports.start_report(owner_id=asker_id(request), day=day, said=cast("reports.ReportSaid", said))
        return fresh(report, 201)


class ReportOfDay(APIView):
    """`/api/dailyreports/by-date/{date}/`: a day's report, as a state."""

    @extend_schema(responses=shapes.ReportOut, examples=[examples.REPORT])
    def get(self, request: Request, day: date) -> Response:
        """Read a day's report."""
        return fresh(asked.report_on(asker_id(request), day))

    @extend_schema(
        request=shapes.AnswersIn, responses=shapes.ReportOut, examples=[examples.REPORT_PUT, examples.REPORT]
    )
    def put(self, request: Request, day: date) -> Response:
        """Say the whole report of a day; what is left out is no answer. Saying it twice changes nothing."""
        said = answers(request)
        return fresh(reports.write_report(owner_id=asker_id(request), day=day_said(request, day), **said))


class OneReport(APIView):
    """`/api/dailyreports/{id}/`: one report."""

    @extend_schema(responses=shapes.ReportOut, examples=[examples.REPORT])
    def get(self, request: Request, pk: int) -> Response:
        """Read a report."""
        return fresh(DailyReport.objects.alive().one_of(asker_id(request), pk))

    @extend_schema(
        request=shapes.AnswersIn, responses=shapes.ReportOut, examples=[examples.REPORT_PATCH, examples.REPORT]
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Correct some answers; the others stay."""
        said = cast("reports.ReportSaid", answers(request))
        return fresh(reports.change_report(owner_id=asker_id(request), report_id=pk, said=said))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a report; `restore` takes it back for a day."""
        reports.delete_report(owner_id=asker_id(request), report_id=pk)
        return Response(status=204)


class RestoredReport(APIView):
    """`/api/dailyreports/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.ReportOut, examples=[examples.REPORT])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a report back; 409 where the day was written anew in between."""
        return fresh(reports.restore_report(owner_id=asker_id(request), report_id=pk))
