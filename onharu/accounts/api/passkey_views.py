"""`/auth/passkey/` and `/api/me/passkeys/`: signing in with a passkey, and the keys that a person has."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.actions import passkeys
from onharu.accounts.api import security_shapes as shapes
from onharu.accounts.api.auth_views import Public, django_request, read, signed_in
from onharu.accounts.api.authentication import asker_of
from onharu.accounts.api.shapes import ME, PAIR, SignedInOut, answered, asked
from onharu.accounts.queries import passkeys_of
from onharu.kernel.web import Pages

UNKEPT = {"Cache-Control": "no-store"}


class PasskeyBegin(Public):
    """POST /auth/passkey/begin/."""

    @extend_schema(
        operation_id="auth_passkey_begin",
        summary="패스키로 로그인 시작하기, 또는 비밀번호 다음의 둘째 단계",
        tags=["auth"],
        request=shapes.KnownIn,
        responses={200: shapes.AskedOut},
        examples=[asked({}), asked({"second_ticket": shapes.TICKET}, "둘째 단계"), answered(shapes.TO_SHOW)],
    )
    def post(self, request: Request) -> Response:
        """Ask a question that any passkey of this house may answer; with a ticket, those of its person."""
        said = read(shapes.KnownIn, request)
        question = passkeys.ask_known(
            request=django_request(request), second_ticket=said["second_ticket"], for_app=True
        )
        return _asked(question)


class PasskeySignIn(Public):
    """POST /auth/passkey/."""

    @extend_schema(
        operation_id="auth_passkey",
        summary="패스키로 로그인: 토큰 받기",
        tags=["auth"],
        request=shapes.ShownIn,
        responses={200: SignedInOut},
        examples=[asked(shapes.SHOWN), answered({**PAIR, "user": ME})],
    )
    def post(self, request: Request) -> Response:
        """Sign in with what the passkey answered; it is both steps, as the device has asked who holds it."""
        said = read(shapes.ShownIn, request)
        return signed_in(
            *passkeys.enter_family(
                request=django_request(request), ticket=said["ticket"], said=_object(said["credential"])
            )
        )


class MyPasskeys(GenericAPIView[Any]):
    """GET and POST /api/me/passkeys/."""

    serializer_class = shapes.PasskeyOut
    pagination_class = Pages

    @extend_schema(
        operation_id="me_passkeys",
        summary="내 패스키",
        tags=["users"],
        responses=shapes.PasskeyOut(many=True),
        examples=[answered(shapes.PASSKEY)],
    )
    def get(self, request: Request) -> Response:
        """List one's passkeys, the newest first."""
        page = self.paginate_queryset(passkeys_of(asker_of(request).pk)) or []
        return self.get_paginated_response([_told(row) for row in page])

    @extend_schema(
        operation_id="me_passkeys_add",
        summary="패스키 더하기",
        tags=["users"],
        request=shapes.PasskeyIn,
        responses={201: shapes.PasskeyOut},
        examples=[asked(shapes.MADE), answered(shapes.PASSKEY, 201)],
    )
    def post(self, request: Request) -> Response:
        """Keep a key that was asked for in this session. The ticket is good once, so nothing is added twice."""
        said = read(shapes.PasskeyIn, request)
        row = passkeys.add(
            request=django_request(request),
            user=asker_of(request),
            ticket=said["ticket"],
            said=_object(said["credential"]),
            name=said["name"],
        )
        return Response(_told(row), status=201)


class MyPasskeyBegin(APIView):
    """POST /api/me/passkeys/begin/."""

    @extend_schema(
        operation_id="me_passkeys_begin",
        summary="패스키 더하기 시작하기",
        tags=["users"],
        request=shapes.ProofIn,
        responses={200: shapes.AskedOut},
        examples=[asked(shapes.PROOF), answered(shapes.TO_MAKE)],
    )
    def post(self, request: Request) -> Response:
        """Ask for a new key, of somebody who gives their password or has just signed in."""
        said = read(shapes.ProofIn, request)
        question = passkeys.ask_new(request=django_request(request), user=asker_of(request), password=said["password"])
        return _asked(question)


class MyPasskey(APIView):
    """PATCH and DELETE /api/me/passkeys/{id}/."""

    @extend_schema(
        operation_id="me_passkeys_rename",
        summary="패스키 이름 바꾸기",
        tags=["users"],
        request=shapes.PasskeyNameIn,
        responses=shapes.PasskeyOut,
        examples=[asked({"name": "집 컴퓨터"}), answered({**shapes.PASSKEY, "name": "집 컴퓨터"})],
    )
    def patch(self, request: Request, passkey_id: int) -> Response:
        """Call a passkey something else."""
        name = read(shapes.PasskeyNameIn, request)["name"]
        return Response(_told(passkeys.rename(user_id=asker_of(request).pk, passkey_id=passkey_id, name=name)))

    @extend_schema(
        operation_id="me_passkeys_remove",
        summary="패스키 지우기",
        tags=["users"],
        request=shapes.ProofIn,
        responses={204: None},
        examples=[asked(shapes.PROOF)],
    )
    def delete(self, request: Request, passkey_id: int) -> Response:
        """Let a passkey go, of somebody who gives their password or has just signed in."""
        said = read(shapes.ProofIn, request)
        passkeys.remove(
            request=django_request(request),
            user=asker_of(request),
            passkey_id=passkey_id,
            password=said["password"],
        )
        return Response(status=204)


def _asked(question: passkeys.Asked) -> Response:
    return Response({"ticket": question.ticket, "options": question.options}, headers=UNKEPT)


def _object(credential: object) -> dict[str, Any]:
    return credential if isinstance(credential, dict) else {}


def _told(row: Any) -> dict[str, object]:
    return {"id": row.pk, "name": row.name, "added_at": row.added_at, "used_at": row.used_at}
