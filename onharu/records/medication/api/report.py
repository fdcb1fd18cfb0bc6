"""What is taken to the doctor, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from onharu.accounts.public import visit_of
from onharu.records.medication.queries import printing

FROM = OpenApiParameter("from", OpenApiTypes.DATE, description="The first day; 30 days before `to` when left out.")
TO = OpenApiParameter("to", OpenApiTypes.DATE, description="The last day; today when left out.")
NAME = OpenApiParameter("name", OpenApiTypes.BOOL, description="Whether the nickname stands on the page; it does not.")
PDF = OpenApiExample("page", value="%PDF-1.7 …", media_type="application/pdf", response_only=True)
CSV = OpenApiExample("ledger", value="날짜,약,품목기준코드,예정 시각,…", media_type="text/csv", response_only=True)
Answers = dict[tuple[int, str], Any]
AS_PDF: Answers = {(200, "application/pdf"): OpenApiTypes.BINARY}
AS_CSV: Answers = {(200, "text/csv"): OpenApiTypes.STR}


class PaperReport(APIView):
    """`/api/adherence/report.pdf`: one page for a doctor."""

    @extend_schema(parameters=[FROM, TO, NAME], responses=AS_PDF, examples=[PDF])
    def get(self, request: Request) -> HttpResponseBase:
        """Draw the page of at most 366 days; it is made for this answer and kept nowhere."""
        return printing.paper(visit_of(request), request.query_params.dict())


class LedgerSheet(APIView):
    """`/api/adherence/ledger.csv`: everything that was written down."""

    @extend_schema(parameters=[FROM, TO], responses=AS_CSV, examples=[CSV])
    def get(self, request: Request) -> HttpResponseBase:
        """Write the ledger as CSV with a byte order mark, times with their offset."""
        return printing.sheet(visit_of(request), request.query_params.dict())
