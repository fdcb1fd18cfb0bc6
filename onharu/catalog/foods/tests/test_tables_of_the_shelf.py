import pytest
from django.db import IntegrityError, transaction

from onharu.catalog.foods.models import Food, FoodUnit

pytestmark = pytest.mark.django_db


def a_food(**given):
    return Food(**{"code": "T-1", "name": "시험", "source": "시험", "kcal": 100, **given})


@pytest.mark.parametrize(
    "wrong",
    [
        {"kcal": -1},
        {"iron_mg": -1},
        {"basis": "1cup"},
        {"kind": "stone"},
        {"code": ""},
        {"name": ""},
        {"serving_grams": 0},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_food(**wrong).save()


def test_a_code_stands_once():
    a_food().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_food(name="다른 것").save()


def test_a_name_may_stand_many_times():
    a_food().save()
    a_food(code="T-2").save()
    assert Food.objects.filter(name="시험").count() == 2


def test_a_unit_stands_once_a_food_and_weighs_something():
    food = a_food()
    food.save()
    FoodUnit.objects.create(food=food, name="개", grams=10, source="시험")
    for grams, name in ((5, "개"), (0, "컵")):
        with pytest.raises(IntegrityError), transaction.atomic():
            FoodUnit.objects.create(food=food, name=name, grams=grams, source="시험")


def test_rows_say_their_names():
    assert str(a_food()) == "시험"
    assert str(FoodUnit(name="개")) == "개"
