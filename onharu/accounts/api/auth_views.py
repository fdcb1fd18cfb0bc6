"""`/auth/`: signing up, in and out with tokens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from onharu.accounts import actions
from onharu.accounts.api import shapes
from onharu.accounts.api.authentication import CookieAuthentication, bearer_of
from onharu.accounts.limits import spend
from onharu.accounts.models import User
from onharu.accounts.queries import me_of
from onharu.accounts.tokens import TokenPair
from onharu.kernel.problems import Unsigned


def read(shape: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """Read the body by a shape; a wrong one is a problem that names the fields."""
    serializer = shape(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def django_request(request: Request) -> HttpRequest:
    """Take Django's own request, which allauth and sessions work on."""
    return request._request  # noqa: SLF001 DRF offers no other way


class Public(APIView):
    """Anybody may ask; who they are is in the body."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]


def signed_in(user: User, pair: TokenPair, status: int = 200) -> Response:
    """Answer with a pair and who it is for; nothing on the way may keep it."""
    body = {"access": pair.access, "refresh": pair.refresh, "user": me_of(user)}
    return Response(body, status=status, headers={"Cache-Control": "no-store"})


class Register(Public):
    """POST /auth/register/."""

    @extend_schema(
        operation_id="auth_register",
        summary="가입하고 바로 로그인",
        tags=["auth"],
        request=shapes.RegisterIn,
        responses={201: shapes.SignedInOut},
        examples=[shapes.asked(shapes.NEW), shapes.answered({**shapes.PAIR, "user": shapes.ME}, 201)],
    )
    def post(self, request: Request) -> Response:
        """Make a person and answer with their first pair of tokens."""
        spend(django_request(request), "signup")
        user = actions.register(**read(shapes.RegisterIn, request))
        return signed_in(*actions.open_family(request=django_request(request), user=user), status=201)


class Token(Public):
    """POST /auth/token/."""

    @extend_schema(
        operation_id="auth_token",
        summary="로그인: 토큰 받기",
        tags=["auth"],
        request=shapes.SignInIn,
        responses={200: shapes.SignedInOut},
        examples=[shapes.asked(shapes.KNOWN), shapes.answered({**shapes.PAIR, "user": shapes.ME})],
    )
    def post(self, request: Request) -> Response:
        """Sign in by name or e-mail and answer with a pair of tokens."""
        known = read(shapes.SignInIn, request)
        signed = actions.sign_in_family(
            request=django_request(request), name=known["username"], password=known["password"]
        )
        return signed_in(*signed)


class Second(Public):
    """POST /auth/token/second/."""

    @extend_schema(
        operation_id="auth_token_second",
        summary="로그인 둘째 단계: 401 second_factor로 받은 표와 인증 앱의 코드",
        tags=["auth"],
        request=shapes.SecondIn,
        responses={200: shapes.SignedInOut},
        examples=[shapes.asked(shapes.SECOND), shapes.answered({**shapes.PAIR, "user": shapes.ME})],
    )
    def post(self, request: Request) -> Response:
        """Finish a sign-in with the code of an authenticator app or a recovery code."""
        said = read(shapes.SecondIn, request)
        spend(django_request(request), "login")
        return signed_in(*actions.finish_family(request=django_request(request), **said))


class Refresh(Public):
    """POST /auth/token/refresh/."""

    @extend_schema(
        operation_id="auth_token_refresh",
        summary="토큰 바꾸기: 한 번 쓴 refresh를 다시 쓰면 모두 끝나요",
        tags=["auth"],
        request=shapes.RefreshIn,
        responses={200: shapes.PairOut},
        examples=[shapes.asked({"refresh": shapes.PAIR["refresh"]}), shapes.answered(shapes.PAIR)],
    )
    def post(self, request: Request) -> Response:
        """Exchange a refresh token for the next pair."""
        pair = actions.refresh(token=read(shapes.RefreshIn, request)["refresh"])
        return Response({"access": pair.access, "refresh": pair.refresh}, headers={"Cache-Control": "no-store"})


class Verify(Public):
    """POST /auth/token/verify/."""

    @extend_schema(
        operation_id="auth_token_verify",
        summary="토큰이 지금 유효한지 묻기",
        tags=["auth"],
        request=shapes.VerifyIn,
        responses={200: shapes.VerifiedOut},
        examples=[shapes.asked({"token": shapes.PAIR["access"]}), shapes.answered(shapes.VERIFIED)],
    )
    def post(self, request: Request) -> Response:
        """Tell whether a token holds now."""
        return Response(actions.verify(token=read(shapes.VerifyIn, request)["token"]))


class SignOut(APIView):
    """POST /auth/logout/. An access token that has expired may still be sent along."""

    authentication_classes = [CookieAuthentication]
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="auth_logout",
        summary="로그아웃: 세션과 그 토큰 모두 끝내기",
        tags=["auth"],
        request=shapes.SignOutIn,
        responses={204: None},
        examples=[shapes.asked({"refresh": shapes.PAIR["refresh"]})],
    )
    def post(self, request: Request) -> Response:
        """End the sessions behind the refresh token, the access token and the cookie that were sent."""
        refresh, access = read(shapes.SignOutIn, request).get("refresh"), bearer_of(request)
        if not refresh and not access and not request.user.is_authenticated:
            raise Unsigned
        actions.sign_out(request=django_request(request), access=access, refresh=refresh)
        return Response(status=204)
