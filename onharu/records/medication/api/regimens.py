"""Regimens over HTTP: translate, call once, translate back."""

from __future__ import annotations

from typing import Any, cast

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import Visit, visit_of
from onharu.kernel.problems import Invalid
from onharu.kernel.storing import computes_only
from onharu.kernel.web import idempotent
from onharu.records.medication.actions import regimens, stock
from onharu.records.medication.actions.regimens import RegimenSaid
from onharu.records.medication.api import dose_examples as examples
from onharu.records.medication.api import dose_shapes as shapes
from onharu.records.medication.api import dose_written as written
from onharu.records.medication.api.sentences import understood, with_sentence
from onharu.records.medication.models import Regimen
from onharu.records.medication.queries import regimens as asked

ENDED = OpenApiParameter(
    "ended", str, enum=["true", "false"], description="Only those that have ended, or only those that have not."
)


def fresh(visit: Visit, regimen_id: int, status: int = 200) -> Response:
    """Answer with a regimen as it is now."""
    entry = asked.regimen_of(visit.person, regimen_id, at=visit.at)
    return Response(written.regimen(entry, visit.today), status=status)


def said_in(request: Request, visit: Visit) -> tuple[RegimenSaid, Any]:
    """Read what a request says of a regimen, and what is there of it, if that is said."""
    values = with_sentence(shapes.read(shapes.RegimenIn, request.data), visit.today)
    counted = values.pop("stock", None)
    return cast("RegimenSaid", values), counted


def _only_ended(request: Request) -> bool | None:
    said = request.query_params.get("ended", "")
    if said not in {"", "true", "false"}:
        raise Invalid(errors={"ended": ["true", "false"]})
    return None if not said else said == "true"


class Regimens(GenericAPIView[Regimen]):
    """`/api/regimens/`: what the person takes, in their order."""

    serializer_class = shapes.RegimenOut

    @extend_schema(parameters=[ENDED], responses=shapes.RegimenOut(many=True), examples=[examples.REGIMEN])
    def get(self, request: Request) -> Response:
        """List medicines with their schedules, each said in one sentence."""
        visit = visit_of(request)
        found = asked.RegimenList(visit.person, visit.at, ended=_only_ended(request))
        page = cast("Any", self.paginate_queryset(cast("Any", found)) or [])
        names = {entry.id: entry.name for entry in page}
        return self.get_paginated_response([written.regimen(entry, visit.today, names) for entry in page])

    @extend_schema(
        request=shapes.RegimenIn,
        responses={201: shapes.RegimenOut},
        examples=[examples.REGIMEN_IN, examples.SENTENCE_REGIMEN_IN, examples.REGIMEN],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a medicine, with a schedule or a Korean sentence; planned from now on.

        400 `sentence_not_understood` names the words, `schedule_invalid` the parts that cannot be planned.
        """
        visit = visit_of(request)
        said, counted = said_in(request, visit)
        with transaction.atomic():
            made = regimens.add_regimen(person=visit.person, said=said, at=visit.at)
            if counted is not None:
                stock.set_stock(person=visit.person, regimen_id=made.pk, amount=counted, at=visit.at)
        return fresh(visit, made.pk, 201)


class OneRegimen(APIView):
    """`/api/regimens/{id}/`: one medicine."""

    @extend_schema(responses=shapes.RegimenOut, examples=[examples.REGIMEN])
    def get(self, request: Request, pk: int) -> Response:
        """Read a medicine with its schedule."""
        return fresh(visit_of(request), pk)

    @extend_schema(
        request=shapes.RegimenIn, responses=shapes.RegimenOut, examples=[examples.REGIMEN_PATCH, examples.REGIMEN]
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Change a medicine; another schedule, amount, start or end holds from now on and leaves the past as it was."""
        visit = visit_of(request)
        asked.regimen_of(visit.person, pk, at=visit.at)
        said, counted = said_in(request, visit)
        with transaction.atomic():
            regimens.change_regimen(person=visit.person, regimen_id=pk, said=said, at=visit.at)
            if counted is not None:
                stock.set_stock(person=visit.person, regimen_id=pk, amount=counted, at=visit.at)
        return fresh(visit, pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Let a medicine go with its doses; `restore` takes that back for a day. To stop it, use `end`."""
        visit = visit_of(request)
        regimens.delete_regimen(person=visit.person, regimen_id=pk, at=visit.at)
        return Response(status=204)


class RestoredRegimen(APIView):
    """`/api/regimens/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.RegimenOut, examples=[examples.REGIMEN])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a medicine back, with everything that was written down of it."""
        visit = visit_of(request)
        regimens.restore_regimen(person=visit.person, regimen_id=pk, at=visit.at)
        return fresh(visit, pk)


class EndedRegimen(APIView):
    """`/api/regimens/{id}/end/`: stopping."""

    @extend_schema(request=shapes.EndIn, responses=shapes.RegimenOut, examples=[examples.END_IN, examples.REGIMEN])
    def put(self, request: Request, pk: int) -> Response:
        """Stop a medicine right now, or let `on` be its last day; the past stays."""
        visit = visit_of(request)
        asked.regimen_of(visit.person, pk, at=visit.at)
        on = shapes.read(shapes.EndIn, request.data)["on"]
        regimens.end_regimen(person=visit.person, regimen_id=pk, at=visit.at, on=on)
        return fresh(visit, pk)


class ResumedRegimen(APIView):
    """`/api/regimens/{id}/resume/`: taking up again."""

    @extend_schema(request=None, responses=shapes.RegimenOut, examples=[examples.REGIMEN])
    def put(self, request: Request, pk: int) -> Response:
        """Take a medicine up again that was stopped or has ended, from now on."""
        visit = visit_of(request)
        regimens.resume_regimen(person=visit.person, regimen_id=pk, at=visit.at)
        return fresh(visit, pk)


class Wordings(APIView):
    """`/api/regimens/{id}/versions/`: how a schedule was worded over time."""

    @extend_schema(responses=shapes.WordingsOut, examples=[examples.WORDINGS])
    def get(self, request: Request, pk: int) -> Response:
        """List every wording, oldest first; doses planned before a change are those of the wording before it."""
        visit = visit_of(request)
        one = asked.standing_of(visit.person, pk, at=visit.at)
        return Response({"versions": [written.wording(two, one.entry.unit, visit.today) for two in one.versions]})


@computes_only
class ReadSentence(APIView):
    """`/api/regimens/sentence/`: a sentence read, nothing kept."""

    @extend_schema(
        request=shapes.SentenceIn,
        responses=shapes.UnderstoodOut,
        examples=[examples.SENTENCE_IN, examples.UNDERSTOOD],
    )
    def post(self, request: Request) -> Response:
        """Tell how a Korean sentence is understood, with what was assumed and which words were not understood."""
        values = shapes.read(shapes.SentenceIn, request.data)
        return Response(understood(values["sentence"], visit_of(request).today))
