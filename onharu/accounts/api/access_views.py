"""`/api/me/access/`: who was at one's records."""

from __future__ import annotations

from typing import Any, cast

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from onharu.accounts.api.authentication import asker_of
from onharu.accounts.watched import SeenList
from onharu.kernel import clock
from onharu.kernel.access import Kind
from onharu.kernel.web import Pages

SEEN = OpenApiExample(
    "응답",
    value={
        "id": 20117,
        "at": "2026-11-22T12:00:00+09:00",
        "who": "딸",
        "by_me": False,
        "kind": "look",
        "what": "GET api/shared/<int:pk>/schedules/",
        "about": "먹을 약과 먹은 표시",
        "address": None,
    },
    response_only=True,
)


class SeenOut(serializers.Serializer[None]):
    """One access to a person's records, or a try to sign in as them."""

    id = serializers.IntegerField(help_text="Its number in the record")
    at = serializers.DateTimeField()
    who = serializers.CharField(help_text="How they call themselves; staff are marked")
    by_me = serializers.BooleanField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in Kind if kind != Kind.FOLD])
    what = serializers.CharField(help_text="Verb and name of the route, never what was read")
    about = serializers.CharField(allow_null=True, help_text="What people call that; null where there is no word")
    address = serializers.CharField(allow_null=True, help_text="Of tries to sign in as oneself only")


class SeenByOthers(GenericAPIView[Any]):
    """GET /api/me/access/."""

    serializer_class = SeenOut
    pagination_class = Pages

    @extend_schema(
        operation_id="me_access",
        summary="누가 내 기록을 봤나요",
        tags=["users"],
        responses=SeenOut(many=True),
        examples=[SEEN],
    )
    def get(self, request: Request) -> Response:
        """List who looked at one's records or changed them, and sign-ins, the newest first; not one's own writing."""
        user = asker_of(request)
        page = self.paginate_queryset(cast("Any", SeenList(user.pk))) or []
        local = clock.zone(user.profile.zone)
        rows = (cast("Any", one) for one in page)
        return self.get_paginated_response(
            [
                {
                    "id": one.id,
                    "at": one.at.astimezone(local),
                    "who": one.who,
                    "by_me": one.by_me,
                    "kind": one.kind,
                    "what": one.what,
                    "about": one.about,
                    "address": one.address,
                }
                for one in rows
            ]
        )
