"""The medicines of the shelf: searched by name or symptom, read one by one, told from their looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAdminUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.api import shapes
from onharu.catalog.medicines.api.asking import limit_of, question_of, short
from onharu.kernel import clock
from onharu.kernel.problems import Invalid, Missing


class Search(APIView):
    """`/api/medicines/search/`: by name, by symptom, or by whatever somebody says."""

    @extend_schema(
        parameters=shapes.SEARCH,
        responses=shapes.FoundMedicinesOut,
        examples=[shapes.FOUND],
        operation_id="medicines_search",
    )
    def get(self, request: Request) -> HttpResponse:
        """Find medicines. Understands 초성, typos, the wrong keyboard, and "머리가 아프고 열이 나요".

        `X-Cache-Status` says which layer answered: HIT-L1 this process's memory, HIT-L2 the shelf, MISS the shelf after
        the official API was asked for a name that the shelf lacked. `Server-Timing` says how long it took.
        """
        begun = clock.monotonic()
        done = medicines.answer(question_of(request.query_params), person_id=request.user.pk)
        response = HttpResponse(done.body, content_type="application/json")
        response["X-Cache-Status"] = done.layer
        response["Server-Timing"] = f"{done.layer.lower()};dur={(clock.monotonic() - begun) * 1000:.2f}"
        # What somebody searches for tells of their health: no cache on the way, nor the browser's own, keeps it.
        response["Cache-Control"] = "private, no-store"
        return response


class OldSearch(Search):
    """`/search/` and `/search/optimized/`, as a predecessor's clients know them; not in the API document."""

    schema = None


class OneMedicine(APIView):
    """`/api/medicines/{item_seq}/`: what is known of a medicine."""

    @extend_schema(responses=shapes.OneMedicineOut, examples=[shapes.ONE], operation_id="medicines_retrieve")
    def get(self, request: Request, item_seq: str) -> Response:
        """Tell ingredients, label sections, looks, official notices on it, and where each comes from.

        An absent section was not published. `withdrawn_on`: the Ministry has withdrawn its permit.
        """
        facts = medicines.facts_of([item_seq]).get(item_seq)
        if facts is None:
            raise Missing("no_such_medicine", "그런 약을 찾을 수 없어요.", "There is no such medicine.")
        return Response(medicines.shown_product(facts, medicines.notices_on([item_seq]).get(item_seq, ())))


class Identify(APIView):
    """`/api/medicines/identify/`: which pill is this."""

    @extend_schema(
        parameters=shapes.IDENTIFY,
        responses=shapes.PillsOut,
        examples=[shapes.PILLS],
        operation_id="medicines_identify",
    )
    def get(self, request: Request) -> Response:
        """Find pills by imprint (either side first, half of it, one letter misread), shape and colour."""
        said = {name: short(request.query_params, name).strip() for name in ("imprint", "shape", "color")}
        if not any(said.values()):
            raise Invalid(
                "describe_the_pill",
                "imprint(새겨진 글자), shape(모양), color(색) 가운데 하나는 적어 주세요.",
                "Say at least one of imprint, shape and color.",
                errors={key: ["one of these"] for key in said},
            )
        found = medicines.identify(**said, limit=limit_of(request.query_params))
        return Response({"count": len(found), "results": [_pill(one) for one in found]})


class CacheStats(APIView):
    """`/api/medicines/cache-stats/`, for staff."""

    permission_classes = [IsAdminUser]

    @extend_schema(responses=shapes.StatsOut, examples=[shapes.STATS], operation_id="medicines_cache_stats")
    def get(self, request: Request) -> Response:
        """Tell which layers answered in this process, what its memory holds, and what many people ask."""
        kept, size = medicines.memory.size()
        popular = [{"text": one.text, "kind": one.kind, "asked": one.asked} for one in medicines.popular(20)]
        return Response({"layers": medicines.layers_counted(), "kept": kept, "kept_bytes": size, "popular": popular})


def _pill(one: medicines.FoundPill) -> dict[str, Any]:
    return {**medicines.shown_brief(one.brief), "look": medicines.shown_look(one.look), "score": one.score}
