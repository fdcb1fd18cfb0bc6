"""`/api/me/security/` and `/api/me/alerts/`: how a person signs in, and what they are told of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.actions import alerting, securing
from onharu.accounts.actions.proving import prove
from onharu.accounts.alerts import Reader
from onharu.accounts.api import security_shapes as shapes
from onharu.accounts.api.auth_views import django_request, read
from onharu.accounts.api.authentication import asker_of
from onharu.accounts.api.shapes import answered, asked
from onharu.accounts.models import User
from onharu.accounts.principal import session_key_of
from onharu.accounts.queries import security_of
from onharu.kernel import clock
from onharu.kernel.web import Pages

UNKEPT = {"Cache-Control": "no-store"}


class Security(APIView):
    """GET and PATCH /api/me/security/."""

    @extend_schema(
        operation_id="me_security",
        summary="내가 로그인하는 방법",
        tags=["users"],
        responses=shapes.SecurityOut,
        examples=[answered(shapes.SECURITY)],
    )
    def get(self, request: Request) -> Response:
        """Tell how a person signs in."""
        return Response(security_of(asker_of(request)))

    @extend_schema(
        operation_id="me_security_change",
        summary="로그인과 보안 알림을 이메일로도 받을지",
        tags=["users"],
        request=shapes.LettersIn,
        responses=shapes.SecurityOut,
        examples=[asked({"alert_mail": False}), answered({**shapes.SECURITY, "alert_mail": False})],
    )
    def patch(self, request: Request) -> Response:
        """Have letters sent about sign-ins and changes, or not."""
        user, wanted = asker_of(request), read(shapes.LettersIn, request)["alert_mail"]
        alerting.send_letters(user_id=user.pk, wanted=wanted)
        user.profile.alert_mail = wanted
        return Response(security_of(user))


class Password(APIView):
    """POST /api/me/security/password/."""

    @extend_schema(
        operation_id="me_password",
        summary="비밀번호 바꾸기: 다른 곳에서는 모두 로그아웃",
        tags=["users"],
        request=shapes.NewPasswordIn,
        responses={204: None},
        examples=[asked(shapes.NEW_PASSWORD)],
    )
    def post(self, request: Request) -> Response:
        """Set another password; every other session and token ends, this one goes on."""
        said = read(shapes.NewPasswordIn, request)
        user, asking = _proven(request, said["password"])
        securing.change_password(request=asking, user_id=user.pk, password=said["new_password"])
        return Response(status=204)


class SecondFactorBegin(APIView):
    """POST /api/me/security/second-factor/begin/."""

    @extend_schema(
        operation_id="me_second_factor_begin",
        summary="2단계 인증 켜기 시작하기: 인증 앱에 넣을 비밀",
        tags=["users"],
        request=shapes.ProofIn,
        responses={200: shapes.SecretOut},
        examples=[asked(shapes.PROOF), answered(shapes.SECRET)],
    )
    def post(self, request: Request) -> Response:
        """Give a secret for an authenticator app; nothing is switched on yet."""
        user, _ = _proven(request, read(shapes.ProofIn, request)["password"])
        return Response(securing.begin_second(user=user, at=clock.now()), headers=UNKEPT)


class SecondFactor(APIView):
    """POST and DELETE /api/me/security/second-factor/."""

    @extend_schema(
        operation_id="me_second_factor_on",
        summary="2단계 인증 켜기: 복구 코드 받기",
        tags=["users"],
        request=shapes.SecondOnIn,
        responses={200: shapes.CodesOut},
        examples=[asked(shapes.SECOND_ON), answered(shapes.CODES)],
    )
    def post(self, request: Request) -> Response:
        """Ask for codes from now on, once the app has shown one. The recovery codes are told only now."""
        user, said, at = asker_of(request), read(shapes.SecondOnIn, request), clock.now()
        secret = securing.secret_in(said["ticket"], user_id=user.pk, at=at)
        codes = securing.switch_on(
            request=django_request(request), user_id=user.pk, secret=secret, code=said["code"], at=at
        )
        return _codes(codes)

    @extend_schema(
        operation_id="me_second_factor_off",
        summary="2단계 인증 끄기",
        tags=["users"],
        request=shapes.ProofIn,
        responses={204: None},
        examples=[asked(shapes.PROOF)],
    )
    def delete(self, request: Request) -> Response:
        """Ask for no codes any more; recovery codes go with them."""
        user, asking = _proven(request, read(shapes.ProofIn, request)["password"])
        securing.switch_off(request=asking, user_id=user.pk)
        return Response(status=204)


class RecoveryCodes(APIView):
    """POST /api/me/security/recovery-codes/."""

    @extend_schema(
        operation_id="me_recovery_codes",
        summary="복구 코드 새로 받기",
        tags=["users"],
        request=shapes.ProofIn,
        responses={200: shapes.CodesOut},
        examples=[asked(shapes.PROOF), answered(shapes.CODES)],
    )
    def post(self, request: Request) -> Response:
        """Give ten new recovery codes; the ones before open nothing."""
        user, asking = _proven(request, read(shapes.ProofIn, request)["password"])
        return _codes(securing.new_codes(request=asking, user_id=user.pk))


class Alerts(GenericAPIView[Any]):
    """GET /api/me/alerts/."""

    serializer_class = shapes.AlertOut
    pagination_class = Pages

    @extend_schema(
        operation_id="me_alerts",
        summary="로그인과 보안 알림",
        tags=["users"],
        responses=shapes.AlertOut(many=True),
        examples=[answered(shapes.ALERT)],
    )
    def get(self, request: Request) -> Response:
        """List what happened to the account in the last two months, the newest first, at most 50."""
        reader = Reader(asker_of(request).pk, session_key_of(django_request(request)))
        return self.get_paginated_response(self.paginate_queryset(reader.told()) or [])


class AlertAnswer(APIView):
    """POST /api/me/alerts/{id}/answer/."""

    @extend_schema(
        operation_id="me_alerts_answer",
        summary="나예요, 또는 내가 아니에요",
        tags=["users"],
        request=shapes.WhoseIn,
        responses=shapes.AlertOut,
        examples=[asked({"mine": False}), answered({**shapes.ALERT, "answer": False})],
    )
    def post(self, request: Request, alert_id: int) -> Response:
        """Say whether it was oneself; "no" ends the session that it is about. Then change the password."""
        user_id, key = asker_of(request).pk, session_key_of(django_request(request))
        mine = read(shapes.WhoseIn, request)["mine"]
        alerting.answer(user_id=user_id, session_key=key, alert_id=alert_id, mine=mine)
        return Response(next(one for one in Reader(user_id, key).told() if one.id == alert_id))


def _proven(request: Request, password: str) -> tuple[User, HttpRequest]:
    """Tell who asks, once they proved it anew."""
    user, asking = asker_of(request), django_request(request)
    prove(request=asking, user=user, password=password, at=clock.now())
    return user, asking


def _codes(codes: Any) -> Response:
    return Response({"recovery_codes": list(codes)}, headers=UNKEPT)
