"""Foods over HTTP as one person sees them: search, recents, favourites, own foods; day totals; water."""

from __future__ import annotations

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel import clock
from onharu.kernel.web import asked_day, asked_range, idempotent
from onharu.records.meals.actions import diary, own_foods
from onharu.records.meals.api import examples, shapes, written
from onharu.records.meals.api.diary import today
from onharu.records.meals.models import Slot
from onharu.records.meals.queries import diary as asked
from onharu.records.meals.queries import shelf
from onharu.records.meals.rules import slot_at

MOST_DAYS = 100
MOST_FOUND = 50
LONGEST_QUERY = 100


def asked_slot(request: Request) -> str:
    """Read the meal from the query, else what the person's clock suggests."""
    said = request.query_params.get("meal_type", "")
    if said in Slot.values:
        return said
    return slot_at(clock.now().astimezone(clock.zone(visit_of(request).person.zone)).time())


def asked_limit(request: Request) -> int:
    """Read how many answers are wanted: 1 to 50, 20 when absent."""
    said = request.query_params.get("limit", "")
    return min(max(int(said), 1), MOST_FOUND) if said.isascii() and said.isdecimal() else 20


class FavouriteIn(serializers.Serializer[Any]):
    """Whether a food is a favourite."""

    favourite = serializers.BooleanField()


class WaterOut(serializers.Serializer[Any]):
    """What was said about water."""

    log_date = serializers.DateField()
    ml = serializers.IntegerField()


class Foods(APIView):
    """`/api/foods/`: search by name; without a query what this person has lately eaten and likes."""

    @extend_schema(
        parameters=[OpenApiParameter("q", str), OpenApiParameter("limit", int), OpenApiParameter("meal_type", str)],
        responses=shapes.FoundOut,
        examples=[examples.FOUND],
    )
    def get(self, request: Request) -> Response:
        """Find foods. Understands 초성, half-typed syllables, typos and keyboard slips."""
        query = request.query_params.get("q", "").strip()[:LONGEST_QUERY]
        limit, slot = asked_limit(request), asked_slot(request)
        if query:
            found = shelf.search_foods(asker_id(request), query, slot=slot, today=today(request), limit=limit)
            hits, corrected = found.hits, found.corrected
        else:
            hits, corrected = tuple(shelf.at_hand(asker_id(request), slot=slot, limit=limit)), None
        answer = {"count": len(hits), "corrected": corrected, "results": [written.food(hit) for hit in hits]}
        return Response(answer)

    @extend_schema(
        request=shapes.OwnFoodIn, responses={201: shapes.FoodOut}, examples=[examples.OWN_FOOD_IN, examples.FOOD]
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write an own food or a recipe down."""
        return _saved(request, None, 201)


def _saved(request: Request, own_food_id: int | None, status: int) -> Response:
    values = shapes.OwnFoodIn(data=request.data)
    values.is_valid(raise_exception=True)
    draft = shapes.OwnFoodIn.draft(values.validated_data)
    food = own_foods.save_own_food(owner_id=asker_id(request), draft=draft, own_food_id=own_food_id)
    return _one(request, -food.pk, status)


def _one(request: Request, key: int, status: int = 200) -> Response:
    facts = shelf.facts_or_missing(asker_id(request), key)
    kept = key in shelf.favourite_keys(asker_id(request))
    found = shelf.FoundFood(facts=facts, score=100.0, kind="own" if key < 0 else "exact", favourite=kept)
    return Response(written.food(found), status=status)


class OwnFoodView(APIView):
    """`/api/foods/-{id}/`: one's own food, by its signed number."""

    @extend_schema(responses=shapes.FoodOut, examples=[examples.FOOD])
    def get(self, request: Request, pk: int) -> Response:
        """Read an own food."""
        return _one(request, -pk)

    @extend_schema(request=shapes.OwnFoodIn, responses=shapes.FoodOut, examples=[examples.OWN_FOOD_IN, examples.FOOD])
    def patch(self, request: Request, pk: int) -> Response:
        """Replace what an own food says; what was eaten of it stays as it was."""
        return _saved(request, pk, 200)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Take an own food off the shelf."""
        own_foods.delete_own_food(owner_id=asker_id(request), own_food_id=pk)
        return Response(status=204)


class FavouriteView(APIView):
    """`PUT /api/foods/{id}/favourite/`: a state, not a toggle."""

    @extend_schema(request=FavouriteIn, responses=FavouriteIn, examples=[examples.FAVOURITE_IN])
    def put(self, request: Request, pk: int, sign: int = 1) -> Response:
        """Say whether a food is a favourite."""
        values = FavouriteIn(data=request.data)
        values.is_valid(raise_exception=True)
        wanted = values.validated_data["favourite"]
        own_foods.set_favourite(owner_id=asker_id(request), food=sign * pk, wanted=wanted)
        return Response({"favourite": wanted})


class DayTotals(APIView):
    """`/api/nutritionlogs/` (and `/api/intakes/`): day totals, computed."""

    @extend_schema(
        parameters=[OpenApiParameter("from", str), OpenApiParameter("to", str)],
        responses=shapes.DayTotalsOut,
        examples=[examples.TOTALS],
    )
    def get(self, request: Request) -> Response:
        """Add up the days from `from` to `to`, at most 100; the last seven when absent. One statement."""
        first, last = asked_range(request, today(request), most=MOST_DAYS)
        found = asked.days_of(asker_id(request), first, last)
        rows = [total_of(day, found[day]) for day in sorted(found, reverse=True)]
        return Response({"count": len(rows), "results": rows})


def total_of(day: date, found: asked.MealDay) -> dict[str, Any]:
    """Shape one day's sums."""
    return {
        "log_date": day,
        "nutrition": written.total(found.total),
        "water_ml": found.water_ml,
        "meals": len(found.meals),
    }


class EnsuredDay(APIView):
    """`POST /api/nutritionlogs/ensure/`: kept for old clients; there is nothing to store."""

    @extend_schema(request=None, responses=shapes.DayTotalOut, examples=[examples.TOTALS])
    def post(self, request: Request) -> Response:
        """Answer with the day as it is."""
        day = asked_day(request, "log_date") or today(request)
        return Response(total_of(day, asked.day_of(asker_id(request), day)))


class WaterView(APIView):
    """`PUT /api/water/{date}/`: a state, not sips."""

    @extend_schema(request=shapes.WaterIn, responses=WaterOut, examples=[examples.WATER_IN, examples.WATER])
    def put(self, request: Request, day: date) -> Response:
        """Say how much water was drunk on a day, in ml."""
        values = shapes.WaterIn(data=request.data)
        values.is_valid(raise_exception=True)
        row = diary.set_water(owner_id=asker_id(request), day=day, ml=values.validated_data["ml"])
        return Response({"log_date": row.day, "ml": row.ml})
