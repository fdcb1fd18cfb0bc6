"""`/api/me/consents/` and `/api/me/outside/`: what a person agreed to, and what left the house for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts import actions, wordings
from onharu.accounts.agreements import LEFT_FOR, Agreement, agreements_of, doors_of, outgoing_of
from onharu.accounts.api.auth_views import read
from onharu.accounts.api.authentication import asker_of
from onharu.accounts.api.shapes import answered, asked
from onharu.accounts.consented import Outgoing
from onharu.accounts.models import Profile
from onharu.kernel import clock
from onharu.kernel.web import Pages

TEXT = wordings.newest(wordings.PHOTOS).text("ko")
SAID = {
    "given": True,
    "at": "2026-11-22T12:00:00+09:00",
    "how": "page",
    "about": "",
    "wording": "photos_outside.1",
    "language": "ko",
    "digest": TEXT.digest,
    "title": TEXT.title,
    "body": TEXT.body,
}
AGREEMENT = {
    "purpose": "photos_outside",
    "given": True,
    "asked": True,
    "may_give": True,
    "wording": "photos_outside.1",
    "language": "ko",
    "digest": TEXT.digest,
    "title": TEXT.title,
    "body": TEXT.body,
    "said": [SAID],
}
LEFT = {
    "id": 31,
    "at": "2026-11-22T12:00:00+09:00",
    "upstream": "hugging_face",
    "purpose": "photo",
    "sent": 48213,
    "ok": True,
}
DOOR = {
    "capability": "food_vision",
    "upstream": "hugging_face",
    "what": "음식 사진(장소와 시간은 빼고)",
    "when": "사진 보내기를 켜고 음식 사진을 올렸을 때",
    "open": True,
}


class AnswerGivenOut(serializers.Serializer[None]):
    """One answer to a question, with the very words that were shown; null where this edition does not know them."""

    given = serializers.BooleanField()
    at = serializers.DateTimeField()
    how = serializers.ChoiceField(choices=["page", "api", "setup", "ended"])
    about = serializers.CharField(allow_blank=True, help_text="Which share or device")
    wording = serializers.CharField(help_text="Purpose and version")
    language = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of title, line feed, body")
    title = serializers.CharField(allow_null=True)
    body = serializers.CharField(allow_null=True)


class AgreementOut(serializers.Serializer[None]):
    """A purpose as it stands, in the wording that is asked now, and every answer so far, the newest first."""

    purpose = serializers.ChoiceField(choices=wordings.PURPOSES)
    given = serializers.BooleanField()
    asked = serializers.BooleanField(help_text="Answered at least once")
    may_give = serializers.BooleanField(
        help_text="False: given with an invitation or on a device; can be withdrawn here"
    )
    wording = serializers.CharField()
    language = serializers.CharField()
    digest = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    said = AnswerGivenOut(many=True)


class AgreementsOut(serializers.Serializer[None]):
    """Every purpose."""

    consents = AgreementOut(many=True)


class GivenIn(serializers.Serializer[None]):
    """Agreed, or withdrawn."""

    given = serializers.BooleanField()


class DoorOut(serializers.Serializer[None]):
    """A way by which something may leave: `upstream` is "" where the operator opened none."""

    capability = serializers.CharField()
    upstream = serializers.CharField(allow_blank=True)
    what = serializers.CharField()
    when = serializers.CharField()
    open = serializers.BooleanField(help_text="May be used for this person now")


class LeftOut(serializers.ModelSerializer[Outgoing]):
    """A call that went out: bytes of address and body; never what was sent."""

    purpose = serializers.ChoiceField(choices=list(LEFT_FOR))

    class Meta:
        model = Outgoing
        fields = ["id", "at", "upstream", "purpose", "sent", "ok"]


class Consents(APIView):
    """GET /api/me/consents/."""

    @extend_schema(
        operation_id="me_consents",
        summary="내가 동의한 것",
        tags=["users"],
        responses=AgreementsOut,
        examples=[answered({"consents": [AGREEMENT]})],
    )
    def get(self, request: Request) -> Response:
        """Tell what was asked in which words, what was said and when, and what holds."""
        found = agreements_of(asker_of(request).profile, clock.now())
        return Response({"consents": [_told(one) for one in found]})


class ConsentTo(APIView):
    """PUT /api/me/consents/{purpose}/."""

    @extend_schema(
        operation_id="me_consents_set",
        summary="동의하거나 그만두기",
        tags=["users"],
        request=GivenIn,
        responses=AgreementOut,
        examples=[asked({"given": True}), answered(AGREEMENT)],
    )
    def put(self, request: Request, purpose: str) -> Response:
        """Agree or withdraw; it holds from the next request on. Saying it twice records it once."""
        user, at = asker_of(request), clock.now()
        given = read(GivenIn, request)["given"]
        actions.set_consent(user_id=user.pk, purpose=purpose, given=given, how="api", at=at)
        profile = Profile.objects.get(pk=user.pk)
        return Response(next(_told(one) for one in agreements_of(profile, at) if one.purpose == purpose))


class Outside(GenericAPIView[Outgoing]):
    """GET /api/me/outside/."""

    serializer_class = LeftOut
    pagination_class = Pages

    @extend_schema(
        operation_id="me_outside",
        summary="이 서버 밖으로 나간 것",
        tags=["users"],
        responses=LeftOut(many=True),
        examples=[answered(LEFT)],
    )
    def get(self, request: Request) -> Response:
        """List what left for a person in the last year, the newest first."""
        page = self.paginate_queryset(outgoing_of(asker_of(request).pk)) or []
        return self.get_paginated_response(LeftOut(page, many=True).data)


class WaysOut(APIView):
    """GET /api/me/outside/ways/."""

    @extend_schema(
        operation_id="me_outside_ways",
        summary="이 서버 밖으로 나갈 수 있는 것",
        tags=["users"],
        responses=DoorOut(many=True),
        examples=[answered([DOOR])],
    )
    def get(self, request: Request) -> Response:
        """Tell every way by which something of a person may leave, and whether it is open for them."""
        found = doors_of(asker_of(request).profile, clock.now())
        return Response([asdict(one) | {"what": str(one.what), "when": str(one.when)} for one in found])


def _told(one: Agreement) -> dict[str, Any]:
    told = asdict(one)
    del told["words"]
    for said in told["said"]:
        del said["how_words"]
    return told
