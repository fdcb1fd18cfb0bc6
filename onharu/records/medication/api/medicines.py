"""What only somebody can ask of medicines: what they lately looked at, and notices laid beside theirs."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel.storing import computes_only
from onharu.kernel.web import idempotent
from onharu.records.medication import rules
from onharu.records.medication.actions import looking
from onharu.records.medication.api import examples, shapes
from onharu.records.medication.models import Viewed
from onharu.records.medication.queries import scraps as asked
from onharu.records.medication.queries.comparing import asker_of, compare


class Recent(GenericAPIView[Viewed]):
    """`/api/medicines/recent/`: what the person lately looked at, the newest 50."""

    serializer_class = shapes.ViewOut

    @extend_schema(responses=shapes.ViewOut(many=True), examples=[examples.VIEW], operation_id="medicines_recent_list")
    def get(self, request: Request) -> Response:
        """List what was looked at, the latest first."""
        seen = asked.recent_of(asker_id(request), rules.KEPT_VIEWS)
        page = self.paginate_queryset(cast("Any", seen)) or []
        return self.get_paginated_response([shapes.view(cast("Any", entry)) for entry in page])

    @extend_schema(request=shapes.ViewIn, responses={201: shapes.ViewOut}, examples=[examples.VIEW_IN, examples.VIEW])
    @idempotent
    def post(self, request: Request) -> Response:
        """Keep that a product was looked at now; there is one row a product.

        Only this adds to the list: reading a medicine over HTTP keeps nothing, so no note has to be read before.
        """
        values = shapes.ViewIn(data=request.data)
        values.is_valid(raise_exception=True)
        number = values.validated_data["item_seq"]
        looking.note_view(owner_id=asker_id(request), item_seq=number)
        (entry,) = (one for one in asked.recent_of(asker_id(request), rules.KEPT_VIEWS) if one.item_seq == number)
        return Response(shapes.view(entry), status=201)

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Forget everything that was looked at."""
        looking.forget_views(owner_id=asker_id(request))
        return Response(status=204)


@computes_only
class Interactions(APIView):
    """`/api/medicines/interactions/`: official notices on medicines together, for the person who asks."""

    @extend_schema(
        request=shapes.InteractionsIn,
        responses=shapes.InteractionsOut,
        examples=[examples.INTERACTIONS_IN, examples.INTERACTIONS],
    )
    def post(self, request: Request) -> Response:
        """Compare medicines with official notices and with each other. It quotes; it never says that something is safe.

        Age, sex and pregnancy are the person's own from `/api/users/me/`; what is unknown makes `applies` null. Nothing
        is kept of the question.
        """
        values = shapes.InteractionsIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        visit = visit_of(request)
        found = compare(
            owner_id=visit.person.id,
            item_seqs=said["item_seqs"],
            with_mine=said["with_mine"],
            asker=asker_of(visit),
        )
        return Response(shapes.compared(found))
