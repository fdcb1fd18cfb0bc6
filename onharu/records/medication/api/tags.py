"""Tags of one's own for medicines over HTTP; the tags of days are at `/api/tags/` and are other ones."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel.web import idempotent
from onharu.records.medication.actions import tags
from onharu.records.medication.api import examples, shapes
from onharu.records.medication.models import Tag
from onharu.records.medication.queries import scraps as asked


def fresh_tag(request: Request, tag_id: int, status: int = 200) -> Response:
    """Answer with a tag as it is now."""
    row = asked.tag_of(asker_id(request), tag_id)
    return Response(shapes.ScrapTagOut(row).data, status=status)


class ScrapTags(GenericAPIView[Tag]):
    """`/api/scraps/tags/`: the person's tags for medicines, the most used first."""

    serializer_class = shapes.ScrapTagOut

    @extend_schema(responses=shapes.ScrapTagOut(many=True), examples=[examples.TAG])
    def get(self, request: Request) -> Response:
        """List tags with the number of scraps they stand on."""
        page = self.paginate_queryset(asked.tags_of(asker_id(request))) or []
        return self.get_paginated_response(shapes.ScrapTagOut(page, many=True).data)

    @extend_schema(
        request=shapes.ScrapTagIn, responses={201: shapes.ScrapTagOut}, examples=[examples.TAG_IN, examples.TAG]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Have a tag of this name: the one that is spelled alike, or a new one."""
        return fresh_tag(request, tags.add_tag(owner_id=asker_id(request), name=_name(request)).pk, 201)


class OneScrapTag(APIView):
    """`/api/scraps/tags/{id}/`: one tag."""

    @extend_schema(responses=shapes.ScrapTagOut, examples=[examples.TAG])
    def get(self, request: Request, pk: int) -> Response:
        """Read a tag."""
        return fresh_tag(request, pk)

    @extend_schema(request=shapes.ScrapTagIn, responses=shapes.ScrapTagOut, examples=[examples.TAG_IN, examples.TAG])
    def patch(self, request: Request, pk: int) -> Response:
        """Rename a tag on every scrap it stands on; 409 names the tag that has the name."""
        return fresh_tag(request, tags.rename_tag(owner_id=asker_id(request), tag_id=pk, name=_name(request)).pk)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take a tag off every scrap; `restore` takes that back for a day."""
        tags.delete_tag(owner_id=asker_id(request), tag_id=pk)
        return Response(status=204)


class RestoredScrapTag(APIView):
    """`/api/scraps/tags/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.ScrapTagOut, examples=[examples.TAG])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a tag back, with the scraps it stood on."""
        return fresh_tag(request, tags.restore_tag(owner_id=asker_id(request), tag_id=pk).pk)


def _name(request: Request) -> str:
    values = shapes.ScrapTagIn(data=request.data)
    values.is_valid(raise_exception=True)
    name: str = values.validated_data["name"]
    return name
