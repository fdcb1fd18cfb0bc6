"""Meals and their foods over HTTP: translate, call once, translate back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from onharu.accounts.public import asker_id, visit_of
from onharu.kernel import clock
from onharu.kernel.kept import Window, answer_kept
from onharu.kernel.web import asked_day, idempotent
from onharu.records.meals.actions import copying, diary
from onharu.records.meals.api import examples, shapes, written
from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.queries import diary as asked
from onharu.records.meals.rules import USUAL_TIME, slot_at

LOG_DATE = OpenApiParameter("log_date", OpenApiTypes.DATE, description="A local day; today when absent.")


def today(request: Request) -> date:
    """Resolve the person's today, once, at the door."""
    return visit_of(request).today


def moment_of(request: Request, values: dict[str, Any]) -> tuple[date, str, datetime]:
    """Complete day, slot and instant of a meal from what was said and what the clock suggests."""
    person, at = visit_of(request).person, clock.now()
    eaten_at: datetime | None = values.get("eaten_at")
    day = values.get("log_date") or person.day_at(eaten_at or at)
    local = (eaten_at or at).astimezone(clock.zone(person.zone)).time()
    slot = values.get("meal_type") or slot_at(local)
    if eaten_at is None:
        eaten_at = at if day == person.day_at(at) else person.instant_of(day, USUAL_TIME[slot])
    return day, slot, eaten_at


def fresh_meal(meal: Meal) -> Response:
    """Answer with a meal as it is now."""
    items = MealItem.objects.of(meal.owner_id).alive().filter(meal=meal).order_by("pk")
    return Response(written.meal(asked.meal_entry(meal, items)))


class Meals(GenericAPIView[Meal]):
    """`/api/meals/`: the person's meals, latest first."""

    serializer_class = shapes.MealOut

    @extend_schema(parameters=[LOG_DATE], responses=shapes.MealOut(many=True), examples=[examples.MEAL])
    def get(self, request: Request) -> HttpResponse:
        """List meals, of one day where `log_date` is given."""
        day = asked_day(request, "log_date") or asked_day(request, "date")
        if day is None:
            return Response(self.listed(asked.meals_of(asker_id(request))))
        window = Window(asker_id(request), day, day, part="meals")
        return answer_kept(
            request, window=window, make=lambda: self.listed(asked.meals_of(window.owner_id).filter(day=day))
        )

    def listed(self, meals: QuerySet[Meal]) -> Any:
        """Shape the asked page of meals."""
        page = self.paginate_queryset(meals) or []
        entries = [asked.meal_entry(meal, meal.alive_items) for meal in page]  # type: ignore[attr-defined]
        return self.get_paginated_response([written.meal(entry) for entry in entries]).data

    @extend_schema(request=shapes.MealIn, responses={201: shapes.MealOut}, examples=[examples.MEAL_IN, examples.MEAL])
    @idempotent
    def post(self, request: Request) -> Response:
        """Write a meal down."""
        values = shapes.MealIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        day, slot, eaten_at = moment_of(request, said)
        wanted = [shapes.WantedIn.wanted(one) for one in said.get("items", ())]
        meal = diary.log_meal(
            owner_id=asker_id(request), day=day, slot=slot, eaten_at=eaten_at, wanted=wanted, note=said["note"]
        )
        response = fresh_meal(meal)
        response.status_code = 201
        return response


class OneMeal(APIView):
    """`/api/meals/{id}/`: one meal."""

    @extend_schema(responses=shapes.MealOut, examples=[examples.MEAL])
    def get(self, request: Request, pk: int) -> Response:
        """Read a meal."""
        return fresh_meal(Meal.objects.alive().one_of(asker_id(request), pk))

    @extend_schema(request=shapes.MealPatchIn, responses=shapes.MealOut, examples=[examples.MEAL_PATCH, examples.MEAL])
    def patch(self, request: Request, pk: int) -> Response:
        """Move a meal to another day, slot or time, or change its note."""
        values = shapes.MealPatchIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        meal = diary.change_meal(
            owner_id=asker_id(request),
            meal_id=pk,
            day=said.get("log_date"),
            slot=said.get("meal_type"),
            eaten_at=said.get("eaten_at"),
            note=said.get("note"),
        )
        return fresh_meal(meal)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete a meal; `restore` takes it back for a day."""
        diary.delete_meal(owner_id=asker_id(request), meal_id=pk)
        return Response(status=204)


class RestoredMeal(APIView):
    """`/api/meals/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.MealOut, examples=[examples.MEAL])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a meal back."""
        return fresh_meal(diary.restore_meal(owner_id=asker_id(request), meal_id=pk))


class MealsOfDay(APIView):
    """`/api/meals/by-date/`: a whole day at once."""

    @extend_schema(parameters=[LOG_DATE], responses=shapes.MealDayOut, examples=[examples.DAY])
    def get(self, request: Request) -> Response:
        """Read a day's meals with their sums; one statement."""
        day = asked_day(request, "log_date") or asked_day(request, "date") or today(request)
        found = asked.day_of(asker_id(request), day)
        return Response(
            {
                "log_date": day,
                "meals": [written.meal(meal) for meal in found.meals],
                "nutrition": written.total(found.total),
                "water_ml": found.water_ml,
            }
        )


class Items(GenericAPIView[MealItem]):
    """`/api/mealitems/`: eaten foods, latest first."""

    serializer_class = shapes.ItemOut

    @extend_schema(
        parameters=[OpenApiParameter("meal", int)], responses=shapes.ItemOut(many=True), examples=[examples.ITEM]
    )
    def get(self, request: Request) -> Response:
        """List eaten foods, of one meal where `meal` is given."""
        rows = asked.items_of(asker_id(request))
        if (meal := request.query_params.get("meal", "")).isdecimal():
            rows = rows.filter(meal_id=int(meal))
        page = self.paginate_queryset(rows) or []
        return self.get_paginated_response([written.item(asked.item_entry(row)) for row in page])

    @extend_schema(request=shapes.ItemIn, responses={201: shapes.ItemOut}, examples=[examples.ITEM_IN, examples.ITEM])
    @idempotent
    def post(self, request: Request) -> Response:
        """Add a food to a meal."""
        values = shapes.ItemIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        (row,) = diary.add_items(
            owner_id=asker_id(request), meal_id=said["meal"], wanted=[shapes.WantedIn.wanted(said)]
        )
        return Response(written.item(asked.item_entry(row)), status=201)


class OneItem(APIView):
    """`/api/mealitems/{id}/`: one eaten food."""

    @extend_schema(responses=shapes.ItemOut, examples=[examples.ITEM])
    def get(self, request: Request, pk: int) -> Response:
        """Read an eaten food."""
        row = asked.items_of(asker_id(request)).one_of(asker_id(request), pk)  # type: ignore[attr-defined]
        return Response(written.item(asked.item_entry(row)))

    @extend_schema(request=shapes.ItemPatchIn, responses=shapes.ItemOut, examples=[examples.ITEM_PATCH, examples.ITEM])
    def patch(self, request: Request, pk: int) -> Response:
        """Correct the food or the amount."""
        values = shapes.ItemPatchIn(data=request.data)
        values.is_valid(raise_exception=True)
        row = diary.change_item(owner_id=asker_id(request), item_id=pk, **values.validated_data)
        return Response(written.item(asked.item_entry(row)))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Delete an eaten food; `restore` takes it back for a day."""
        MealItem.objects.one_of(asker_id(request), pk)
        diary.delete_items(owner_id=asker_id(request), item_ids=[pk])
        return Response(status=204)


class RestoredItem(APIView):
    """`/api/mealitems/{id}/restore/`: undo."""

    @extend_schema(request=None, responses=shapes.ItemOut, examples=[examples.ITEM])
    def put(self, request: Request, pk: int) -> Response:
        """Take the deletion of a food back."""
        MealItem.objects.one_of(asker_id(request), pk)
        diary.restore_items(owner_id=asker_id(request), item_ids=[pk])
        return Response(written.item(asked.item_entry(MealItem.objects.one_of(asker_id(request), pk))))


class Copies(APIView):
    """`POST /api/meals/copy/`: yesterday once more."""

    @extend_schema(request=shapes.CopyIn, responses={201: shapes.CopiedOut}, examples=[examples.COPY, examples.COPIED])
    @idempotent
    def post(self, request: Request) -> Response:
        """Copy a meal, or a day's meals, to another day (today when absent)."""
        values = shapes.CopyIn(data=request.data)
        values.is_valid(raise_exception=True)
        said = values.validated_data
        items = copying.copy_meals(
            owner_id=asker_id(request),
            to_day=said.get("to_date") or today(request),
            zone=visit_of(request).person.zone,
            from_day=said.get("from_date"),
            meal_id=said.get("meal"),
            slot=said.get("meal_type"),
            to_slot=said.get("to_meal_type"),
        )
        entries = [asked.item_entry(item) for item in items]
        return Response({"created": len(entries), "items": [written.item(entry) for entry in entries]}, status=201)
