"""The day's summary over HTTP, with ETag; finished bytes go out as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import visit_of
from onharu.day.api import examples
from onharu.day.finished import summary_bytes
from onharu.day.shapes import as_json
from onharu.day.summary import day_summaries
from onharu.kernel import clock
from onharu.kernel.web import asked_day, asked_range, same_etag

MOST_DAYS = 31
SUMMARY_FIELDS: dict[str, Any] = {
    "date": serializers.DateField(),
    "version": serializers.IntegerField(),
    "nutrition": serializers.DictField(allow_null=True),
    "targets": serializers.DictField(),
    "progress": serializers.DictField(),
    "may_still_eat": serializers.DictField(help_text="kcal = target_high − eaten + workout_net; null when one is."),
    "meals": serializers.ListField(child=serializers.DictField()),
    "water_ml": serializers.IntegerField(allow_null=True),
    "plan": serializers.DictField(allow_null=True),
    "tasks": serializers.ListField(child=serializers.DictField()),
    "workouts": serializers.IntegerField(allow_null=True),
    "workout_minutes": serializers.FloatField(allow_null=True),
    "workout_kcal": serializers.FloatField(allow_null=True),
    "workout_kcal_net": serializers.FloatField(allow_null=True),
    "workout_kcal_unknown": serializers.IntegerField(allow_null=True),
    "workout_equation": serializers.CharField(allow_blank=True),
    "doses": serializers.DictField(help_text="planned, taken, open (due and not answered), next; null: not readable."),
    "measurements": serializers.DictField(allow_null=True),
    "report": serializers.DictField(allow_null=True),
    "streak_days": serializers.IntegerField(allow_null=True),
    "streak": serializers.DictField(allow_null=True),
    "tips": serializers.ListField(child=serializers.DictField()),
    "unavailable": serializers.ListField(child=serializers.CharField()),
}
SUMMARY = inline_serializer("DaySummary", SUMMARY_FIELDS)
SUMMARIES = inline_serializer("DaySummary", SUMMARY_FIELDS, many=True)


def answer_day(request: Request, day: date) -> HttpResponse:
    """Answer a day's bytes, or 304 when the client has them."""
    body, etag = summary_bytes(visit_of(request).person, day)
    if same_etag(request.headers.get("If-None-Match"), etag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return response


class Today(APIView):
    """`/api/today/summary/` and `/api/today/`."""

    @extend_schema(
        parameters=[OpenApiParameter("date", OpenApiTypes.DATE)], responses=SUMMARY, examples=[examples.SUMMARY]
    )
    def get(self, request: Request) -> HttpResponse:
        """Read today: totals, targets, progress, meals. `null` is unknown, never zero."""
        return answer_day(request, asked_day(request, "date") or visit_of(request).today)


class OneDay(APIView):
    """`/api/days/{date}/summary/`."""

    @extend_schema(responses=SUMMARY, examples=[examples.SUMMARY])
    def get(self, request: Request, day: date) -> HttpResponse:
        """Read one day."""
        return answer_day(request, day)


class Days(APIView):
    """`/api/days/?from=&to=`."""

    @extend_schema(
        parameters=[OpenApiParameter("from", OpenApiTypes.DATE), OpenApiParameter("to", OpenApiTypes.DATE)],
        responses=inline_serializer("Days", {"count": serializers.IntegerField(), "results": SUMMARIES}),
        examples=[examples.DAYS],
    )
    def get(self, request: Request) -> Response:
        """Read at most 31 days, the latest first; the last seven when absent."""
        person = visit_of(request).person
        first, last = asked_range(request, person.day_at(clock.now()), most=MOST_DAYS)
        found = day_summaries(person, first, last)
        return Response({"count": len(found), "results": [as_json(one) for one in found]})
