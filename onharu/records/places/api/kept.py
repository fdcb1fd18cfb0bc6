"""One's own pharmacies over HTTP."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.catalog.pharmacies import public as pharmacies
from onharu.kernel import clock
from onharu.records.places.actions import keeping
from onharu.records.places.api import examples, shapes
from onharu.records.places.models import KeptPharmacy
from onharu.records.places.queries.kept import KeptEntry, kept_of


class Mine(GenericAPIView[KeptPharmacy]):
    """`/api/pharmacies/mine/`: the pharmacies that this person keeps, the newest first."""

    serializer_class = shapes.KeptPharmacyOut

    @extend_schema(
        responses=shapes.KeptPharmacyOut(many=True), examples=[examples.KEPT], operation_id="pharmacies_mine_list"
    )
    def get(self, request: Request) -> Response:
        """List what is kept, with how each stands now. `gone_on`: since when no source lists it any more."""
        mine = list(kept_of(asker_id(request), at=clock.now()))
        page = self.paginate_queryset(cast("Any", mine)) or []
        return self.get_paginated_response([shapes.kept(cast("KeptEntry", entry)) for entry in page])


class Favourite(APIView):
    """`/api/pharmacies/{id}/favourite/`: whether this person keeps a pharmacy, as a state."""

    @extend_schema(
        request=None,
        responses=shapes.KeptPharmacyOut,
        examples=[examples.KEPT],
        operation_id="pharmacies_favourite_set",
    )
    def put(self, request: Request, pk: int) -> Response:
        """Keep a pharmacy. Saying it twice changes nothing; 409 past a hundred, 404 for a number that is none."""
        facts, kept_at = keeping.keep(owner_id=asker_id(request), pharmacy_id=pk)
        return Response(shapes.kept(KeptEntry(facts, pharmacies.hours_of(facts, clock.now()), kept_at)))

    @extend_schema(request=None, responses={204: None}, operation_id="pharmacies_favourite_unset")
    def delete(self, request: Request, pk: int) -> Response:
        """Keep a pharmacy no longer. Saying it twice changes nothing."""
        keeping.let_go(owner_id=asker_id(request), pharmacy_id=pk)
        return Response(status=204)
