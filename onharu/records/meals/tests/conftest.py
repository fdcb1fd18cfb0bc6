"""Two foods of the catalogue, and a lunch."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.catalog.foods.models import Food, FoodUnit
from onharu.names import public as names
from onharu.records.meals.actions import diary
from onharu.records.meals.actions.diary import Wanted

DAY = date(2026, 11, 22)


@pytest.fixture
def rice(db):
    food = Food.objects.create(
        code="T-1", name="쌀밥", kcal=Decimal("162.5"), carbohydrate_g=Decimal("35.6"), protein_g=Decimal(3),
        source="시험표", edition="1", category="밥", representative=True,
    )  # fmt: skip
    FoodUnit.objects.create(food=food, name="공기", grams=Decimal(210), source="시험표")
    names.upsert("foods", [names.Entry(key=food.pk, text=food.name, weight=1.0)])
    return food


@pytest.fixture
def stew(db):
    food = Food.objects.create(
        code="T-2", name="김치찌개", kcal=Decimal(50), sodium_mg=Decimal(400), protein_g=Decimal(4),
        source="시험표", edition="1", category="찌개",
    )  # fmt: skip
    FoodUnit.objects.create(food=food, name="그릇", grams=Decimal(400), source="시험표")
    names.upsert("foods", [names.Entry(key=food.pk, text=food.name, weight=1.0)])
    return food


@pytest.fixture
def lunch(owner, rice, noon):
    return diary.log_meal(
        owner_id=owner.pk,
        day=DAY,
        slot="LUNCH",
        eaten_at=noon,
        wanted=[Wanted(food=rice.pk, quantity=Decimal(1), unit="공기")],
    )
