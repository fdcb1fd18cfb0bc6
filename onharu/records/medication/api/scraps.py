"""Scraps over HTTP."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel.problems import Invalid, Missing
from onharu.kernel.web import idempotent
from onharu.records.medication.actions import scraps
from onharu.records.medication.actions.scraps import ScrapSaid
from onharu.records.medication.api import examples, shapes
from onharu.records.medication.models import Scrap
from onharu.records.medication.queries import scraps as asked

OF = [
    OpenApiParameter("category", str, enum=Scrap.Category.values, description="Only these."),
    OpenApiParameter("tag", int, description="Only those with this tag, by its id."),
]


def fresh(scrap: Scrap, status: int = 200) -> Response:
    """Answer with a scrap as it is now."""
    return Response(shapes.scrap(asked.scrap_entry(scrap)), status=status)


def said_in(request: Request, shape: type[shapes.ScrapSaidIn] = shapes.ScrapSaidIn) -> dict[str, Any]:
    """Read what a request says of a scrap."""
    values = shape(data=request.data)
    values.is_valid(raise_exception=True)
    return dict(values.validated_data)


def wanted_in(request: Request) -> asked.ScrapList:
    """Read which scraps are asked for. Raises Invalid."""
    category, tag = request.query_params.get("category", ""), request.query_params.get("tag", "")
    if category and category not in Scrap.Category.values:
        raise Invalid(errors={"category": list(Scrap.Category.values)})
    if tag and not (tag.isascii() and tag.isdecimal() and len(tag) <= 18):
        raise Invalid(errors={"tag": ["123"]})
    return asked.ScrapList(asker_id(request), category=category, tag=int(tag) if tag else None)


class Scraps(GenericAPIView[Scrap]):
    """`/api/scraps/`: the person's medicines, the newest first."""

    serializer_class = shapes.ScrapOut

    @extend_schema(parameters=OF, responses=shapes.ScrapOut(many=True), examples=[examples.SCRAP])
    def get(self, request: Request) -> Response:
        """List scraps, of one category or tag where it is given."""
        page = self.paginate_queryset(cast("Any", wanted_in(request))) or []
        return self.get_paginated_response([shapes.scrap(cast("Any", entry)) for entry in page])

    @extend_schema(
        request=shapes.ScrapIn, responses={201: shapes.ScrapOut}, examples=[examples.SCRAP_IN, examples.SCRAP]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Scrap a medicine; 409 names the scrap where it is one already."""
        said = said_in(request, shapes.ScrapIn)
        number = said.pop("item_seq")
        scrap = scraps.start_scrap(owner_id=asker_id(request), item_seq=number, said=cast("ScrapSaid", said))
        return fresh(scrap, 201)


class ScrapOfProduct(APIView):
    """`/api/scraps/by-item/{item_seq}/`: the scrap of a product, as a state."""

    @extend_schema(responses=shapes.ScrapOut, examples=[examples.SCRAP])
    def get(self, request: Request, item_seq: str) -> Response:
        """Read the scrap of a product."""
        entry = asked.scrap_of(asker_id(request), item_seq)
        if entry is None:
            raise Missing
        return Response(shapes.scrap(entry))

    @extend_schema(request=shapes.ScrapSaidIn, responses=shapes.ScrapOut, examples=[examples.SCRAP_PUT, examples.SCRAP])
    def put(self, request: Request, item_seq: str) -> Response:
        """Have a scrap of a product that says this; what is left out stays. Saying it twice changes nothing."""
        said = cast("ScrapSaid", said_in(request))
        return fresh(scraps.set_scrap(owner_id=asker_id(request), item_seq=item_seq, said=said))


class OneScrap(APIView):
    """`/api/scraps/{id}/`: one scrap."""

    @extend_schema(responses=shapes.ScrapOut, examples=[examples.SCRAP])
    def get(self, request: Request, pk: int) -> Response:
        """Read a scrap."""
        return fresh(Scrap.objects.alive().one_of(asker_id(request), pk))

    @extend_schema(
        request=shapes.ScrapSaidIn, responses=shapes.ScrapOut, examples=[examples.SCRAP_PATCH, examples.SCRAP]
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Correct a scrap; what is left out stays."""
        said = cast("ScrapSaid", said_in(request))
        return fresh(scraps.change_scrap(owner_id=asker_id(request), scrap_id=pk, said=said))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Let a scrap go; `restore` takes it back for a day."""
        scraps.delete_scrap(owner_id=asker_id(request), scrap_id=pk)
        return Response(status=204)


class RestoredScrap(APIView):
    """`/api/scraps/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.ScrapOut, examples=[examples.SCRAP])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a scrap back; 409 where the medicine was scrapped anew in between."""
        return fresh(scraps.restore_scrap(owner_id=asker_id(request), scrap_id=pk))
