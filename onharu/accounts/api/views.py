"""`/api/users/` and `/api/me/sessions/`: oneself, one's sign-ins, and for staff everybody."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts import actions
from onharu.accounts.api import shapes
from onharu.accounts.api.auth_views import read
from onharu.accounts.api.authentication import asker_of, bearer_of
from onharu.accounts.principal import claims_of
from onharu.accounts.queries import me_of, places_of, seen_by_staff, user_with, users
from onharu.kernel import access, clock


class Me(APIView):
    """GET and PATCH /api/users/me/."""

    @extend_schema(
        operation_id="users_me",
        summary="나",
        tags=["users"],
        responses=shapes.MeOut,
        examples=[shapes.answered(shapes.ME)],
    )
    def get(self, request: Request) -> Response:
        """Tell a person about themselves."""
        return Response(me_of(asker_of(request)))

    @extend_schema(
        operation_id="users_me_change",
        summary="내 정보 바꾸기",
        tags=["users"],
        request=shapes.ProfileIn,
        responses=shapes.MeOut,
        examples=[shapes.asked(shapes.CHANGES), shapes.answered(shapes.ME)],
    )
    def patch(self, request: Request) -> Response:
        """Change one's own facts; what is not among them is ignored."""
        changes = read(shapes.ProfileIn, request)
        profile = actions.update_profile(user_id=asker_of(request).pk, at=clock.now(), **changes)
        return Response(me_of(profile.user))


class Users(ListAPIView[Any]):
    """GET and POST /api/users/, for staff."""

    permission_classes = [IsAdminUser]
    serializer_class = shapes.SeenByStaffOut

    def get_queryset(self) -> Any:
        """List everybody, the newest first."""
        return users()

    @extend_schema(
        operation_id="users_list",
        summary="모든 사람 (관리자)",
        tags=["users"],
        examples=[shapes.answered(shapes.SEEN)],
    )
    def get(self, request: Request, *_: Any, **__: Any) -> Response:
        """List people by pages."""
        page = self.paginate_queryset(self.get_queryset())
        access.of(*(user.pk for user in page or []))
        return self.get_paginated_response([seen_by_staff(user) for user in page or []])

    @extend_schema(
        operation_id="users_create",
        summary="다른 사람을 대신해 가입 (관리자)",
        tags=["users"],
        request=shapes.RegisterIn,
        responses={201: shapes.MeOut},
        examples=[shapes.asked(shapes.NEW), shapes.answered(shapes.ME, 201)],
    )
    def post(self, request: Request) -> Response:
        """Make a person who then signs in with the password given."""
        said = read(shapes.RegisterIn, request)
        said.pop("health_data", None)  # nobody agrees for somebody else
        user = actions.register(**said)
        access.of(user.pk)
        return Response(me_of(user), status=201)


class UserById(APIView):
    """GET and PATCH /api/users/{id}/, for staff."""

    permission_classes = [IsAdminUser]

    @extend_schema(
        operation_id="users_read",
        summary="한 사람 (관리자)",
        tags=["users"],
        responses=shapes.SeenByStaffOut,
        examples=[shapes.answered(shapes.SEEN)],
    )
    def get(self, _request: Request, user_id: int) -> Response:
        """Tell about one person."""
        access.of(user_id)
        return Response(seen_by_staff(user_with(user_id)))

    @extend_schema(
        operation_id="users_change",
        summary="로그인을 막거나 다시 열기 (관리자)",
        tags=["users"],
        request=shapes.ActiveIn,
        responses=shapes.SeenByStaffOut,
        examples=[shapes.asked({"is_active": False}), shapes.answered({**shapes.SEEN, "is_active": False})],
    )
    def patch(self, request: Request, user_id: int) -> Response:
        """Let a person in or keep them out; their sessions end at once."""
        active = read(shapes.ActiveIn, request)["is_active"]
        access.of(user_id)
        return Response(seen_by_staff(actions.set_active(user_id=user_id, active=active)))


class Places(ListAPIView[Any]):
    """GET /api/me/sessions/."""

    serializer_class = shapes.PlaceOut

    @extend_schema(
        operation_id="me_sessions",
        summary="내가 로그인한 곳",
        tags=["users"],
        examples=[shapes.answered(shapes.PLACE)],
    )
    def get(self, request: Request, *_: Any, **__: Any) -> Response:
        """List where a person is signed in, this session first."""
        page = self.paginate_queryset(places_of(asker_of(request).pk, current_key=_session_key(request)))
        return self.get_paginated_response(page or [])


class PlaceById(APIView):
    """DELETE /api/me/sessions/{id}/."""

    @extend_schema(
        operation_id="me_sessions_end",
        summary="그곳에서 로그아웃",
        tags=["users"],
        responses={204: None},
    )
    def delete(self, request: Request, place: str) -> Response:
        """End one of one's own sessions with every token on it."""
        actions.end_place(user_id=asker_of(request).pk, place=place)
        return Response(status=204)


def _session_key(request: Request) -> str | None:
    token = bearer_of(request)
    claims = claims_of(token) if token else None
    return claims.session_key if claims else request.session.session_key
