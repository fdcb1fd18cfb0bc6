"""`/api/me/export/`, `DELETE /api/users/me/` and its receipt."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.api.views import Me
from onharu.accounts.public import User, asker_id, prove
from onharu.kernel import clock
from onharu.kernel.problems import Unsigned
from onharu.rights.actions.exports import ask_for_export
from onharu.rights.actions.fetching import fetched
from onharu.rights.actions.leaving import leave, stay
from onharu.rights.api import shapes
from onharu.rights.models import Export
from onharu.rights.queries import receipt_from, receipt_of, state_of

ARCHIVE = {(200, "application/zip"): OpenApiTypes.BINARY, 202: shapes.ExportOut}


class MyExport(APIView):
    """GET and POST /api/me/export/."""

    @extend_schema(
        operation_id="me_export",
        summary="내 기록 모두 내려받기",
        tags=["users"],
        responses=ARCHIVE,
        examples=[shapes.MAKING],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Send the archive when it is ready (200); else begin one, or tell how far it is or that it failed (202)."""
        export = ask_for_export(owner_id=asker_id(request))
        if export.state == Export.State.READY:
            return fetched(export)
        return _private(Response(asdict(state_of(export)), status=202))

    @extend_schema(
        operation_id="me_export_anew",
        summary="새로 만들기",
        tags=["users"],
        request=None,
        responses={202: shapes.ExportOut},
        examples=[shapes.MAKING],
    )
    def post(self, request: Request) -> Response:
        """Make another archive where one is ready; one that is being made goes on."""
        export = ask_for_export(owner_id=asker_id(request), anew=True)
        return _private(Response(asdict(state_of(export)), status=202))


class Oneself(Me):
    """GET, PATCH and DELETE /api/users/me/."""

    @extend_schema(
        operation_id="users_me_delete",
        summary="계정과 기록 모두 지우기",
        tags=["users"],
        request=shapes.LeavingIn,
        responses={202: shapes.ReceiptOut},
        examples=[shapes.LEAVING, shapes.ASKED],
    )
    def delete(self, request: Request) -> Response:
        """Erase oneself: after seven days, or now. Wants the password or a sign-in of the last ten minutes."""
        asked = shapes.LeavingIn(data=request.data)
        asked.is_valid(raise_exception=True)
        prove(request=request._request, user=_asker(request), password=asked.validated_data["password"], at=clock.now())  # noqa: SLF001 what Django sent
        erasure = leave(user_id=asker_id(request), now=asked.validated_data["now"])
        return _private(Response(asdict(receipt_from(erasure)), status=202))


class MyLeaving(APIView):
    """DELETE /api/users/me/leaving/."""

    @extend_schema(operation_id="users_me_stay", summary="지우기 되돌리기", tags=["users"], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Take one's leaving back within its seven days. Saying it twice changes nothing."""
        stay(user_id=asker_id(request))
        return Response(status=204)


class ReceiptById(APIView):
    """GET /api/erasures/{receipt}/."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(
        operation_id="erasure",
        summary="지운 확인증",
        tags=["users"],
        auth=[],
        responses=shapes.ReceiptOut,
        examples=[shapes.RECEIPT],
    )
    def get(self, _request: Request, receipt: str) -> Response:
        """Tell what became of an erasure, to whoever has the receipt: nobody is signed in any more."""
        return _private(Response(asdict(receipt_of(receipt))))


def _asker(request: Request) -> User:
    if not isinstance(request.user, User):
        raise Unsigned
    return request.user


def _private(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    return response
