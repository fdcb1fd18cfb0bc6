"""Notes and tags over HTTP."""

from __future__ import annotations

from typing import cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel.problems import Invalid
from onharu.kernel.web import asked_day, idempotent
from onharu.records.journal.actions import feedbacks, tags
from onharu.records.journal.api import examples, shapes
from onharu.records.journal.api.reports import day_said
from onharu.records.journal.models import Feedback, Tag
from onharu.records.journal.queries import days as asked

OF = [
    OpenApiParameter("date", OpenApiTypes.DATE, description="Notes on this day."),
    OpenApiParameter("plan", int, description="Notes on this plan."),
]


class Feedbacks(GenericAPIView[Feedback]):
    """`/api/feedbacks/`: notes on days and plans, the latest day first."""

    serializer_class = shapes.FeedbackOut

    @extend_schema(parameters=OF, responses=shapes.FeedbackOut(many=True), examples=[examples.FEEDBACK])
    def get(self, request: Request) -> Response:
        """List notes, of one day or plan where it is given."""
        rows = asked.feedbacks_of(asker_id(request))
        if (day := asked_day(request, "date")) is not None:
            rows = rows.filter(day=day)
        if said := request.query_params.get("plan", ""):
            if not (said.isdecimal() and said.isascii() and len(said) <= 18):
                raise Invalid(errors={"plan": ["123"]})
            rows = rows.filter(plan_id=int(said))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([shapes.feedback(asked.feedback_entry(row)) for row in page])

    @extend_schema(
        request=shapes.FeedbackIn,
        responses={201: shapes.FeedbackOut},
        examples=[examples.FEEDBACK_IN, examples.FEEDBACK],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a note on a day, or on a plan and the plan's day."""
        values = shapes.FeedbackIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        plan = said.get("plan")
        day = said.get("date") if plan is not None else day_said(request, said.get("date"))
        note = feedbacks.write_feedback(
            owner_id=asker_id(request), day=day, plan_id=plan, body=said["body"], rating=said.get("rating")
        )
        return Response(shapes.feedback(asked.feedback_entry(note)), status=201)


class OneFeedback(APIView):
    """`/api/feedbacks/{id}/`: one note."""

    @extend_schema(responses=shapes.FeedbackOut, examples=[examples.FEEDBACK])
    def get(self, request: Request, pk: int) -> Response:
        """Read a note."""
        note = Feedback.objects.alive().one_of(asker_id(request), pk)
        return Response(shapes.feedback(asked.feedback_entry(note)))

    @extend_schema(
        request=shapes.FeedbackPatchIn,
        responses=shapes.FeedbackOut,
        examples=[examples.FEEDBACK_PATCH, examples.FEEDBACK],
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Correct the words or the rating."""
        values = shapes.FeedbackPatchIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = cast("feedbacks.FeedbackSaid", values.validated_data)
        note = feedbacks.change_feedback(owner_id=asker_id(request), feedback_id=pk, said=said)
        return Response(shapes.feedback(asked.feedback_entry(note)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a note; `restore` takes it back for a day."""
        feedbacks.delete_feedback(owner_id=asker_id(request), feedback_id=pk)
        return Response(status=204)


class RestoredFeedback(APIView):
    """`/api/feedbacks/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.FeedbackOut, examples=[examples.FEEDBACK])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a note back."""
        note = feedbacks.restore_feedback(owner_id=asker_id(request), feedback_id=pk)
        return Response(shapes.feedback(asked.feedback_entry(note)))


def fresh_tag(request: Request, tag_id: int, status: int = 200) -> Response:
    """Answer with a tag as it is now."""
    row = asked.tag_of(asker_id(request), tag_id)
    return Response(shapes.TagOut(row).data, status=status)


class Tags(GenericAPIView[Tag]):
    """`/api/tags/`: the person's tags, the most used first."""

    serializer_class = shapes.TagOut

    @extend_schema(responses=shapes.TagOut(many=True), examples=[examples.TAG])
    def get(self, request: Request) -> Response:
        """List tags with the number of reports they stand on."""
        page = self.paginate_queryset(asked.tags_of(asker_id(request))) or []
        return self.get_paginated_response(shapes.TagOut(page, many=True).data)

    @extend_schema(request=shapes.TagIn, responses={201: shapes.TagOut}, examples=[examples.TAG_IN, examples.TAG])
    @idempotent
    def post(self, request: Request) -> Response:
        """Have a tag of this name: the one that is spelled alike, or a new one."""
        return fresh_tag(request, tags.add_tag(owner_id=asker_id(request), name=_name(request)).pk, 201)


class OneTag(APIView):
    """`/api/tags/{id}/`: one tag."""

    @extend_schema(responses=shapes.TagOut, examples=[examples.TAG])
    def get(self, request: Request, pk: int) -> Response:
        """Read a tag."""
        return fresh_tag(request, pk)

    @extend_schema(request=shapes.TagIn, responses=shapes.TagOut, examples=[examples.TAG_IN, examples.TAG])
    def patch(self, request: Request, pk: int) -> Response:
        """Rename a tag on every day it stands on; 409 names the tag that has the name."""
        return fresh_tag(request, tags.rename_tag(owner_id=asker_id(request), tag_id=pk, name=_name(request)).pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a tag off every day; `restore` takes that back for a day."""
        tags.delete_tag(owner_id=asker_id(request), tag_id=pk)
        return Response(status=204)


class RestoredTag(APIView):
    """`/api/tags/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.TagOut, examples=[examples.TAG])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a tag back, with the days it stood on."""
        return fresh_tag(request, tags.restore_tag(owner_id=asker_id(request), tag_id=pk).pk)


def _name(request: Request) -> str:
    values = shapes.TagIn(data=request.data)
    values.is_valid(raise_exception=True)
    name: str = values.validated_data["name"]
    return name
