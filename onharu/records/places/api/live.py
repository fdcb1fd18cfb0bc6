"""Another company's list of pharmacies near, over HTTP: asked for somebody who agreed, shown once and never stored."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.catalog.pharmacies.public import Place
from onharu.kernel import rates
from onharu.kernel.problems import Conflict, Unavailable
from onharu.kernel.storing import computes_only
from onharu.records.places.api import examples, shapes
from onharu.records.places.queries.live import NOT_AGREED, NOT_OFFERED, OUTSIDE, Live, live_near

A_MINUTE = 20


class NotOffered(Conflict):
    """The operator connected no other list."""

    code = "live_not_offered"
    ko = "이 서버에는 카카오맵이 연결되어 있지 않아요."
    en = "This server is not connected to KakaoMap."


class NotAgreed(Conflict):
    """The person did not agree that their position leaves the house."""

    code = "place_may_not_leave"
    ko = "내 위치를 카카오에 보내도 된다고 먼저 켜 주세요: '나' 화면이나 PATCH /api/users/me/ 의 place_may_leave."
    en = "Allow first that your position goes to Kakao: on the page 'Me', or place_may_leave of PATCH /api/users/me/."


class Silent(Unavailable):
    """The other list did not answer; the house's own does."""

    code = "live_unavailable"
    ko = "카카오가 지금 답하지 않아요. 온하루의 목록은 그대로 쓸 수 있어요."
    en = "Kakao does not answer now. Onharu's own list still does."


@computes_only
class LivePharmacies(APIView):
    """`/api/pharmacies/live/`: pharmacies near that only another company lists."""

    @extend_schema(
        request=shapes.LiveIn,
        responses=shapes.LiveOut,
        examples=[examples.LIVE_ASKED, examples.LIVE],
        operation_id="pharmacies_live",
    )
    def post(self, request: Request) -> Response:
        """Ask which pharmacies another company lists near, beyond the shelf's. Nothing is written.

        409 `place_may_not_leave` until the person agreed, `live_not_offered` where there is nobody to ask; 503 when
        nobody answered; 429 after 20 askings in a minute. The position is sent rounded to about 10 m.
        """
        rates.spend(f"places:live:{asker_id(request)}", most=A_MINUTE)
        values = shapes.LiveIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        found = live_near(visit_of(request).person, Place(said["lat"], said["lon"]), said["radius"])
        return Response(shapes.live(_answered(found)))


def _answered(found: Live) -> Live:
    """Pass an answer on. Raises NotOffered, NotAgreed and Silent."""
    if found.reason == NOT_OFFERED:
        raise NotOffered
    if found.reason == NOT_AGREED:
        raise NotAgreed
    if found.reason and found.reason != OUTSIDE:
        raise Silent
    return found
