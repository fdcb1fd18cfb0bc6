"""Photographs and sentences over HTTP: analyse, poll, confirm. Signed-in only; never a nutrient from a client."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id
from onharu.kernel.images import MAX_BYTES, too_large
from onharu.kernel.problems import Invalid, Missing
from onharu.kernel.quantities import Nutrients, total
from onharu.kernel.web import idempotent
from onharu.records.meals.actions import diary, photos
from onharu.records.meals.api import examples, shapes, written
from onharu.records.meals.api.diary import moment_of, today
from onharu.records.meals.api.fields import NutrientsOut, SlotField, TotalOut
from onharu.records.meals.models import Analysis, MealItem
from onharu.records.meals.queries.shelf import FoundFood, facts_by_key

WAIT_SECONDS = 1.5


class AnalyseIn(serializers.Serializer[Any]):
    """1 to 6 images, or a text."""

    image = serializers.ListField(child=serializers.FileField(), required=False, max_length=photos.MOST_PHOTOS)
    text = serializers.CharField(required=False, max_length=photos.LONGEST_TEXT)
    meal_type = SlotField(required=False)
    date = serializers.DateField(required=False, source="log_date")


class CommitIn(serializers.Serializer[Any]):
    """The confirmed rows. Nutrients are not taken: they come from the catalogue."""

    analysis_id = serializers.UUIDField()
    items = shapes.WantedIn(many=True, min_length=1, max_length=diary.MOST_ITEMS)  # type: ignore[call-arg]
    meal_type = SlotField(required=False)
    date = serializers.DateField(required=False, source="log_date")


class CommitOut(serializers.Serializer[Any]):
    """What was written down."""

    created = serializers.IntegerField()
    meal_id = serializers.IntegerField()
    item_ids = serializers.ListField(child=serializers.IntegerField())


class RowOut(serializers.Serializer[Any]):
    """One suggestion; `food` is null when nothing is sure enough, then `alternatives` is the pick-list."""

    row = serializers.IntegerField()
    photo = serializers.IntegerField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]
    label_ko = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    origin = serializers.ChoiceField(["model", "memory", "habit", "text"])
    why = serializers.CharField()
    food = shapes.FoodOut(allow_null=True)
    alternatives = shapes.FoodOut(many=True)
    quantity = serializers.FloatField()
    unit = serializers.CharField()
    grams = serializers.FloatField(allow_null=True)
    grams_source = serializers.CharField()
    per_100 = NutrientsOut(allow_null=True)
    macros = NutrientsOut(allow_null=True)


class AnalysisOut(serializers.Serializer[Any]):
    """An analysis: rows to correct and confirm."""

    analysis_id = serializers.UUIDField()
    state = serializers.ChoiceField(["WAITING", "DONE", "FAILED"])
    items = RowOut(many=True)
    macros_total = TotalOut()
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    model = serializers.CharField(allow_null=True)
    leaves_home = serializers.BooleanField(allow_null=True)
    meal_type = serializers.CharField()
    date = serializers.DateField()


def analysis_json(analysis: Analysis) -> dict[str, Any]:
    """Shape an analysis: rows with their foods, amounts, nutrients per 100 and in all."""
    answer: dict[str, Any] = analysis.answer
    rows: list[dict[str, Any]] = answer.get("rows", [])
    keys = {key for row in rows for key in [row["food"], *row["alternatives"]] if key is not None}
    facts = facts_by_key(analysis.owner_id, keys) if analysis.known is None else analysis.known
    found = {key: FoundFood(facts=one, score=0.0, kind="suggested") for key, one in facts.items()}
    parts: list[Nutrients] = []
    items = []
    for index, row in enumerate(rows):
        food = found.get(row["food"])
        macros = food.facts.per_100.scaled(Decimal(row["grams"]) / 100) if food and row["grams"] else None
        if macros is not None:
            parts.append(macros)
        items.append(_row_json(index, row, food, macros, found))
    return {
        "analysis_id": str(analysis.key),
        "state": analysis.state,
        "items": items,
        "macros_total": written.total(total(parts)),
        "source": answer.get("source"),
        "model": answer.get("model"),
        "leaves_home": answer.get("leaves_home"),
        "meal_type": analysis.slot,
        "date": analysis.day,
    }


def _row_json(
    index: int, row: dict[str, Any], food: FoundFood | None, macros: Nutrients | None, found: dict[int, FoundFood]
) -> dict[str, Any]:
    others = [found[key] for key in row["alternatives"] if key in found]
    return {
        **{key: row[key] for key in ("photo", "label", "label_ko", "confidence", "origin", "why", "unit")},
        "row": index,
        "food": written.food(food) if food else None,
        "alternatives": [written.food(other) for other in others],
        "quantity": float(row["quantity"]),
        "grams": float(row["grams"]) if row["grams"] else None,
        "grams_source": row["grams_source"],
        "per_100": food.facts.per_100.as_dict() if food else None,
        "macros": macros.as_dict() if macros else None,
    }


def answer_with(analysis: Analysis) -> Response:
    """Answer 200 with the rows, or 202 with the address to ask again."""
    body = analysis_json(analysis)
    if analysis.state != Analysis.State.WAITING:
        return Response(body)
    address = f"/api/ai/meal-analyze/{analysis.key}/"
    return Response({**body, "poll": address}, status=202, headers={"Location": address, "Retry-After": "1"})


class Analyse(APIView):
    """`POST /api/ai/meal-analyze/`."""

    parser_classes = [MultiPartParser, FormParser, JSONParser]

    @extend_schema(
        request={"multipart/form-data": AnalyseIn, "application/json": AnalyseIn},
        responses={200: AnalysisOut, 202: AnalysisOut},
        examples=[examples.ANALYSIS_IN, examples.ANALYSIS],
    )
    def post(self, request: Request) -> Response:
        """Suggest what photographs show or a sentence says. The same images again find the open analysis."""
        said: dict[str, Any] = dict(request.data.items()) if isinstance(request.data, Mapping) else {}
        images = request.FILES.getlist("image") or request.FILES.getlist("images")
        said.pop("image", None)
        values = AnalyseIn(data={**said, **({"image": images} if images else {})})
        values.is_valid(raise_exception=True)
        day, slot, _ = moment_of(request, values.validated_data)
        text = values.validated_data.get("text")
        if bool(images) == bool(text):
            raise Invalid(
                "image_or_text", "사진이나 글 중 하나를 보내 주세요.", "Send images or a text, one of the two."
            )
        if text:
            analysis = photos.take_text(owner_id=asker_id(request), text=text, day=day, slot=slot, today=today(request))
            return answer_with(analysis)
        if any((image.size or 0) > MAX_BYTES for image in images):
            raise too_large()
        raws = [image.read() for image in images]
        analysis = photos.take_photos(owner_id=asker_id(request), raws=raws, day=day, slot=slot)
        return answer_with(photos.recognise_soon(analysis, WAIT_SECONDS))


class OneAnalysis(APIView):
    """`GET /api/ai/meal-analyze/{id}/`: ask again."""

    @extend_schema(responses={200: AnalysisOut, 202: AnalysisOut}, examples=[examples.ANALYSIS])
    def get(self, request: Request, key: uuid.UUID) -> Response:
        """Read an analysis."""
        analysis = Analysis.objects.of(asker_id(request)).filter(key=key).first()
        if analysis is None:
            raise Missing
        return answer_with(photos.settle(analysis))


class Commit(APIView):
    """`POST /api/ai/meal-commit/`."""

    @extend_schema(
        request=CommitIn, responses={200: CommitOut, 201: CommitOut}, examples=[examples.COMMIT_IN, examples.COMMITTED]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write the confirmed rows down: exactly once; saying it again answers with the same meal."""
        values = CommitIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        day, slot, eaten_at = moment_of(request, said)
        done = photos.confirm(
            owner_id=asker_id(request),
            key=said["analysis_id"],
            wanted=[shapes.WantedIn.wanted(one) for one in said["items"]],
            day=day,
            slot=slot,
            eaten_at=eaten_at,
        )
        body = {"created": len(done.item_ids), "meal_id": done.meal_id, "item_ids": list(done.item_ids)}
        return Response(body, status=200 if done.repeated else 201)


class Entry(APIView):
    """`DELETE /api/ai/meal-entry/{item_id}/`, kept for old clients."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete an eaten food."""
        MealItem.objects.one_of(asker_id(request), pk)
        diary.delete_items(owner_id=asker_id(request), item_ids=[pk])
        return Response(status=204)
