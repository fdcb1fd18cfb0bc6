"""One food of the catalogue. Search with a person's own history stands above, in the meals room."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.api.serializers import RICE, FoodDetailOut
from onharu.kernel.web import dumps

PLAIN = (
    "id", "code", "name", "name_en", "kind", "category", "maker", "basis", "basis_unit", "units", "source",
    "source_code", "edition",
)  # fmt: skip


class OneFood(APIView):
    """`/api/foods/{id}/`: what is in a food of the catalogue."""

    @extend_schema(responses=FoodDetailOut, examples=[RICE], operation_id="foods_retrieve")
    def get(self, request: Request, food_id: int) -> HttpResponseBase:
        """Tell the nutrients per 100 g or 100 ml, the named units with their weights, and the sources."""
        return _fresh_or_304(request._request, FoodDetailOut(shown(foods.food_of(food_id))).data)  # noqa: SLF001


def shown(facts: foods.FoodFacts) -> dict[str, Any]:
    """Lay a food out for the serializer."""
    said = {name: getattr(facts, name) for name in PLAIN}
    return {**said, "per_100": facts.per_100.as_dict(), "portion": foods.default_portion(facts)}


def _fresh_or_304(request: HttpRequest, body: Any) -> HttpResponseBase:
    content = dumps(body)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store"
    return get_conditional_response(request, etag=etag, response=response) or response
