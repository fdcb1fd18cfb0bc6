"""How far everything aimed at has come, and how a plan went, over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.day import shapes
from onharu.day.aims import aims_between
from onharu.day.api import examples
from onharu.kernel.web import asked_range, idempotent
from onharu.records.journal import public as journal

MOST_DAYS = 31
ROWS = serializers.ListField(child=serializers.DictField(), help_text="`room`, `id`, `date` of the rows counted.")
AIMS: dict[str, Any] = {
    "from": serializers.DateField(),
    "to": serializers.DateField(),
    "days": serializers.ListField(child=serializers.DictField()),
    "goals": serializers.ListField(child=serializers.DictField()),
}


class SelfFeedbackIn(serializers.Serializer[Any]):
    """How a plan went: words or a rating, or both. `notes` is kept for old clients and means `body`."""

    body = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    rating = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True)


class SelfFeedbackOut(serializers.Serializer[Any]):
    """The note that was written."""

    id = serializers.IntegerField()
    date = serializers.DateField()
    plan = serializers.IntegerField()
    body = serializers.CharField()
    rating = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()


class GoalProgress(APIView):
    """`/api/goalprogress/?from=&to=`."""

    @extend_schema(
        parameters=[OpenApiParameter("from", OpenApiTypes.DATE), OpenApiParameter("to", OpenApiTypes.DATE)],
        responses=inline_serializer("GoalProgress", AIMS),
        examples=[examples.AIMS],
    )
    def get(self, request: Request) -> Response:
        """Read how daily targets went on at most 31 days, the latest first, and how far long goals are by the last."""
        visit = visit_of(request)
        first, last = asked_range(request, visit.today, most=MOST_DAYS)
        return Response(shapes.aims_json(first, last, aims_between(visit.person, first, last)))


class SelfFeedback(APIView):
    """`/api/workoutplans/{id}/self-feedback/`."""

    @extend_schema(
        request=SelfFeedbackIn,
        responses={201: SelfFeedbackOut},
        examples=[examples.SELF_FEEDBACK_IN, examples.SELF_FEEDBACK],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Write down how a plan went; the note stands in the journal of the plan's day."""
        said = SelfFeedbackIn(data=request.data)
        said.is_valid(raise_exception=True)
        values = said.validated_data
        note = journal.write_feedback(
            owner_id=asker_id(request),
            plan_id=pk,
            body=values.get("body") or values.get("notes", ""),
            rating=values.get("rating"),
        )
        return Response(
            {
                "id": note.id,
                "date": note.day,
                "plan": note.plan_id,
                "body": note.body,
                "rating": note.rating,
                "created_at": localtime(note.created_at),
            },
            status=201,
        )
