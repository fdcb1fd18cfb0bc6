from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.meals.actions import diary
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.actions.own_foods import OwnFoodDraft, save_own_food
from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.queries.diary import day_of
from onharu.records.meals.queries.recent import foods_of_day, usual_foods
from onharu.records.meals.tests.conftest import DAY


def eat(owner, noon, slot, *wanted, day=DAY):
    return diary.log_meal(owner_id=owner.pk, day=day, slot=slot, eaten_at=noon, wanted=wanted)


def test_the_foods_of_this_meal_come_first_with_the_amount_of_the_last_time(owner, noon, rice, stew):
    eat(owner, noon, "LUNCH", Wanted(food=rice.pk, quantity=Decimal("0.5"), unit="공기"), day=DAY - timedelta(days=2))
    eat(owner, noon, "LUNCH", Wanted(food=rice.pk, quantity=Decimal("1.5"), unit="공기"), day=DAY - timedelta(days=1))
    eat(owner, noon, "DINNER", Wanted(food=stew.pk, grams=Decimal(250), unit="그릇"), day=DAY - timedelta(days=1))
    first, second = usual_foods(owner.pk, slot="LUNCH", today=DAY)
    assert (first.facts.name, first.quantity, first.unit, first.grams) == ("쌀밥", Decimal("1.5"), "공기", None)
    assert (second.facts.name, second.grams) == ("김치찌개", Decimal(250))


def test_the_amount_is_that_of_the_same_meal_before_a_later_one_elsewhere(owner, noon, rice):
    eat(owner, noon, "BREAKFAST", Wanted(food=rice.pk, quantity=Decimal("0.5"), unit="공기"))
    eat(owner, noon, "DINNER", Wanted(food=rice.pk, quantity=Decimal(2), unit="공기"))
    assert usual_foods(owner.pk, slot="BREAKFAST", today=DAY)[0].quantity == Decimal("0.5")
    assert usual_foods(owner.pk, slot="SNACK", today=DAY)[0].quantity == Decimal(2)


def test_own_foods_are_among_the_usual_ones_and_deleted_meals_are_not(owner, noon, rice):
    own = save_own_food(owner_id=owner.pk, draft=OwnFoodDraft(name="엄마 김치", amounts={"kcal": Decimal(30)}))
    eat(owner, noon, "LUNCH", Wanted(food=-own.pk))
    gone = eat(owner, noon, "LUNCH", Wanted(food=rice.pk))
    diary.delete_meal(owner_id=owner.pk, meal_id=gone.pk)
    assert [one.facts.name for one in usual_foods(owner.pk, slot="LUNCH", today=DAY)] == ["엄마 김치"]


def test_asking_costs_two_statements_for_one_food_or_two(owner, noon, rice, stew, django_assert_num_queries):
    eat(owner, noon, "LUNCH", Wanted(food=rice.pk), Wanted(food=stew.pk))
    with django_assert_num_queries(2):
        assert len(usual_foods(owner.pk, slot="LUNCH", today=DAY)) == 2


def test_a_stranger_has_nothing_of_it(owner, stranger, lunch):
    assert usual_foods(stranger.pk, slot="LUNCH", today=DAY) == []


def test_a_days_foods_come_once_each_those_of_the_meal_first(owner, noon, rice, stew):
    eat(owner, noon, "BREAKFAST", Wanted(food=rice.pk))
    eat(owner, noon, "DINNER", Wanted(food=stew.pk), Wanted(food=rice.pk, quantity=Decimal(2), unit="공기"))
    found = foods_of_day(owner.pk, day_of(owner.pk, DAY), slot="DINNER")
    assert [(one.facts.name, one.quantity) for one in found] == [("김치찌개", Decimal(1)), ("쌀밥", Decimal(2))]


def test_a_food_moves_to_another_meal_and_both_days_hear_of_it(owner, noon, lunch):
    item, yesterday = MealItem.objects.get(), DAY - timedelta(days=1)
    before = version_of(owner.pk, DAY)
    moved = diary.move_item(owner_id=owner.pk, item_id=item.pk, day=yesterday, slot="DINNER", eaten_at=noon)
    assert (moved.meal.day, moved.meal.slot) == (yesterday, "DINNER")
    assert version_of(owner.pk, DAY) > before
    assert version_of(owner.pk, yesterday) > 0
    assert day_of(owner.pk, DAY).meals == ()


def test_a_food_that_is_there_already_does_not_move(owner, noon, lunch):
    item, before = MealItem.objects.get(), version_of(owner.pk, DAY)
    diary.move_item(owner_id=owner.pk, item_id=item.pk, day=DAY, slot="LUNCH", eaten_at=noon)
    assert (Meal.objects.count(), version_of(owner.pk, DAY)) == (1, before)


def test_a_stranger_moves_nothing(stranger, noon, lunch):
    with pytest.raises(Missing):
        diary.move_item(owner_id=stranger.pk, item_id=MealItem.objects.get().pk, day=DAY, slot="DINNER", eaten_at=noon)
