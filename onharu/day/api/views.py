"""The day's summary over HTTP, with ETag; finished bytes go out as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import visit_of
from onharu.day.finished import summary_bytes
from onharu.day.shapes import as_json
from onharu.day.summary import day_summaries
from onharu.kernel import clock
from onharu.kernel.web import asked_day, asked_range, same_etag

MOST_DAYS = 31
SUMMARY_EXAMPLE = OpenApiExample(
    "A day with one bowl of rice",
    response_only=True,
    value={
        "date": "2026-11-22",
        "version": 1795317420696529,
        "nutrition": {"kcal": 341.0, "protein_g": 6.3, "sodium_mg": None, "unknown": {"sodium_mg": 1}, "items": 1},
        "targets": {
            "protein_g": {
                "direction": "at_least",
                "low": 50,
                "high": None,
                "source": "보건복지부·한국영양학회 한국인 영양소 섭취기준 권장섭취량",
                "edition": "KDRI 2020",
                "assumed": False,
            }
        },
        "progress": {"protein_g": {"amount": 6.3, "percent": 13, "state": "below", "unknown_rows": 0}},
        "meals": [],
        "water_ml": None,
        "tasks": [],
        "workout_minutes": None,
        "workout_kcal": None,
        "doses": {"planned": None, "taken": None, "next": None},
        "measurements": None,
        "streak_days": None,
        "tips": [],
        "unavailable": [],
    },
)
SUMMARY_FIELDS: dict[str, Any] = {
    "date": serializers.DateField(),
    "version": serializers.IntegerField(),
    "nutrition": serializers.DictField(allow_null=True),
    "targets": serializers.DictField(),
    "progress": serializers.DictField(),
    "meals": serializers.ListField(child=serializers.DictField()),
    "water_ml": serializers.IntegerField(allow_null=True),
    "tasks": serializers.ListField(child=serializers.DictField()),
    "workout_minutes": serializers.IntegerField(allow_null=True),
    "workout_kcal": serializers.FloatField(allow_null=True),
    "doses": serializers.DictField(),
    "measurements": serializers.DictField(allow_null=True),
    "streak_days": serializers.IntegerField(allow_null=True),
    "tips": serializers.ListField(child=serializers.DictField()),
    "unavailable": serializers.ListField(child=serializers.CharField()),
}
SUMMARY = inline_serializer("DaySummary", SUMMARY_FIELDS)


def answer_day(request: Request, day: date) -> HttpResponse:
    """Answer a day's bytes, or 304 when the client has them."""
    body, etag = summary_bytes(visit_of(request).person, day)
    if same_etag(request.headers.get("If-None-Match"), etag):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


class Today(APIView):
    """`/api/today/summary/` and `/api/today/`."""

    @extend_schema(
        parameters=[OpenApiParameter("date", OpenApiTypes.DATE)], responses=SUMMARY, examples=[SUMMARY_EXAMPLE]
    )
    def get(self, request: Request) -> HttpResponse:
        """Read today: totals, targets, progress, meals. `null` is unknown, never zero."""
        return answer_day(request, asked_day(request, "date") or visit_of(request).today)


class OneDay(APIView):
    """`/api/days/{date}/summary/`."""

    @extend_schema(responses=SUMMARY, examples=[SUMMARY_EXAMPLE])
    def get(self, request: Request, day: date) -> HttpResponse:
        """Read one day."""
        return answer_day(request, day)


class Days(APIView):
    """`/api/days/?from=&to=`."""

    @extend_schema(
        parameters=[OpenApiParameter("from", OpenApiTypes.DATE), OpenApiParameter("to", OpenApiTypes.DATE)],
        responses=inline_serializer("Days", {"count": serializers.IntegerField(), "results": SUMMARY}),
        examples=[
            OpenApiExample("One day", response_only=True, value={"count": 1, "results": [SUMMARY_EXAMPLE.value]})
        ],
    )
    def get(self, request: Request) -> Response:
        """Read at most 31 days, the latest first; the last seven when absent."""
        person = visit_of(request).person
        first, last = asked_range(request, person.day_at(clock.now()), most=MOST_DAYS)
        found = day_summaries(person, first, last)
        return Response({"count": len(found), "results": [as_json(one) for one in found]})
