from datetime import date, timedelta
from decimal import Decimal

import pytest

from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing
from onharu.records.meals.actions import copying, diary
from onharu.records.meals.actions.diary import FoodUnknown, Wanted
from onharu.records.meals.models import Meal, MealItem
from onharu.records.meals.queries.amounts import AmountRefused
from onharu.records.meals.queries.diary import day_of, days_of, days_written, last_like

DAY = date(2026, 11, 22)


def test_a_bowl_of_rice_has_the_nutrients_of_210_grams(owner, lunch):
    (meal,) = day_of(owner.pk, DAY).meals
    (item,) = meal.items
    assert (item.quantity, item.unit, item.grams) == (1, "공기", 210)
    assert item.nutrients.kcal == Decimal("341.250")
    assert (item.source, item.edition) == ("시험표", "1")


def test_a_day_says_how_many_foods_do_not_know_a_nutrient(owner, lunch, stew):
    diary.add_items(owner_id=owner.pk, meal_id=lunch.pk, wanted=[Wanted(food=stew.pk, grams=Decimal(100))])
    total = day_of(owner.pk, DAY).total
    assert total.nutrients.sodium_mg == Decimal(400)
    assert total.unknown["sodium_mg"] == 1
    assert total.count == 2


def test_a_whole_day_with_water_is_one_statement(owner, lunch, django_assert_num_queries):
    diary.set_water(owner_id=owner.pk, day=DAY, ml=600)
    with django_assert_num_queries(1):
        found = day_of(owner.pk, DAY)
    assert found.water_ml == 600
    assert len(found.meals) == 1


def test_a_day_with_water_only_has_no_meals(owner):
    diary.set_water(owner_id=owner.pk, day=DAY, ml=0)
    found = day_of(owner.pk, DAY)
    assert (found.meals, found.water_ml) == ((), 0)


def test_nothing_said_about_water_is_not_zero(owner, lunch):
    assert day_of(owner.pk, DAY).water_ml is None


def test_the_catalogue_may_change_and_what_was_eaten_stays(owner, lunch, rice):
    rice.kcal = Decimal(999)
    rice.save()
    assert day_of(owner.pk, DAY).total.nutrients.kcal == Decimal("341.250")
    item = MealItem.objects.get()
    diary.change_item(owner_id=owner.pk, item_id=item.pk, quantity=Decimal(2))
    assert day_of(owner.pk, DAY).total.nutrients.kcal == Decimal("682.500")


def test_another_food_brings_its_own_nutrients(owner, lunch, stew):
    item = MealItem.objects.get()
    diary.change_item(owner_id=owner.pk, item_id=item.pk, food=stew.pk, quantity=Decimal(1), unit="그릇")
    (meal,) = day_of(owner.pk, DAY).meals
    assert (meal.items[0].name, meal.total.nutrients.kcal) == ("김치찌개", Decimal(200))


def test_weighed_grams_win_over_the_unit(owner, lunch):
    item = diary.change_item(owner_id=owner.pk, item_id=MealItem.objects.get().pk, grams=Decimal(150))
    assert (item.grams, item.grams_source) == (150, "WEIGHED")


def test_another_unit_of_the_same_food_keeps_the_first_nutrients(owner, lunch, rice):
    item = diary.change_item(owner_id=owner.pk, item_id=MealItem.objects.get().pk, quantity=Decimal(150), unit="g")
    assert (item.grams, item.unit, item.kcal) == (150, "g", Decimal("162.5"))


@pytest.mark.parametrize("grams", ["0", "-5000", "10000.01", "NaN", "Infinity"])
def test_an_amount_nobody_eats_changes_nothing(owner, lunch, rice, grams):
    with pytest.raises(AmountRefused):
        diary.add_items(owner_id=owner.pk, meal_id=lunch.pk, wanted=[Wanted(food=rice.pk, grams=Decimal(grams))])
    assert MealItem.objects.count() == 1


@pytest.mark.parametrize("quantity", ["0", "-1", "10000", "NaN"])
def test_a_quantity_nobody_eats_is_refused(owner, lunch, quantity):
    with pytest.raises(AmountRefused):
        diary.change_item(owner_id=owner.pk, item_id=MealItem.objects.get().pk, quantity=Decimal(quantity))


def test_one_unknown_food_refuses_the_whole_meal(owner, rice, noon):
    with pytest.raises(FoodUnknown):
        diary.log_meal(
            owner_id=owner.pk, day=DAY, slot="LUNCH", eaten_at=noon, wanted=[Wanted(rice.pk), Wanted(987654321)]
        )
    assert Meal.objects.count() == 0


def test_foods_join_the_meal_of_their_slot(owner, lunch, stew, noon):
    diary.add_to_slot(owner_id=owner.pk, day=DAY, slot="LUNCH", eaten_at=noon, wanted=[Wanted(stew.pk)])
    diary.add_to_slot(owner_id=owner.pk, day=DAY, slot="DINNER", eaten_at=noon, wanted=[Wanted(stew.pk)])
    assert [(meal.slot, len(meal.items)) for meal in day_of(owner.pk, DAY).meals] == [("LUNCH", 2), ("DINNER", 1)]


def test_deleting_can_be_taken_back(owner, lunch):
    diary.delete_meal(owner_id=owner.pk, meal_id=lunch.pk)
    assert day_of(owner.pk, DAY).meals == ()
    diary.delete_meal(owner_id=owner.pk, meal_id=lunch.pk)
    diary.restore_meal(owner_id=owner.pk, meal_id=lunch.pk)
    assert len(day_of(owner.pk, DAY).meals) == 1


def test_a_deleted_food_can_be_taken_back(owner, lunch):
    item = MealItem.objects.get()
    assert diary.delete_items(owner_id=owner.pk, item_ids=[item.pk]) == 1
    assert day_of(owner.pk, DAY).meals == ()
    diary.restore_items(owner_id=owner.pk, item_ids=[item.pk])
    assert day_of(owner.pk, DAY).total.count == 1


def test_moving_a_meal_announces_both_days(owner, lunch):
    yesterday = DAY - timedelta(days=1)
    before = version_of(owner.pk, DAY)
    diary.change_meal(owner_id=owner.pk, meal_id=lunch.pk, day=yesterday, slot="DINNER")
    assert version_of(owner.pk, DAY) > before
    assert version_of(owner.pk, yesterday) > 0
    assert day_of(owner.pk, yesterday).meals[0].slot == "DINNER"


def test_saying_a_deletion_twice_announces_it_once(owner, lunch):
    diary.delete_meal(owner_id=owner.pk, meal_id=lunch.pk)
    version = version_of(owner.pk, DAY)
    diary.delete_meal(owner_id=owner.pk, meal_id=lunch.pk)
    assert version_of(owner.pk, DAY) == version


def test_a_stranger_finds_nothing_to_change(owner, stranger, lunch, stew):
    item = MealItem.objects.get()
    for attempt in (
        lambda: diary.delete_meal(owner_id=stranger.pk, meal_id=lunch.pk),
        lambda: diary.restore_meal(owner_id=stranger.pk, meal_id=lunch.pk),
        lambda: diary.change_meal(owner_id=stranger.pk, meal_id=lunch.pk, slot="DINNER"),
        lambda: diary.change_item(owner_id=stranger.pk, item_id=item.pk, quantity=Decimal(2)),
        lambda: diary.add_items(owner_id=stranger.pk, meal_id=lunch.pk, wanted=[Wanted(stew.pk)]),
        lambda: copying.copy_meals(owner_id=stranger.pk, to_day=DAY, zone="Asia/Seoul", meal_id=lunch.pk),
    ):
        with pytest.raises(Missing):
            attempt()
    assert diary.delete_items(owner_id=stranger.pk, item_ids=[item.pk]) == 0
    assert day_of(owner.pk, DAY).total.count == 1
    assert day_of(stranger.pk, DAY).meals == ()


def test_yesterday_is_copied_with_amounts_nutrients_and_clock_time(owner, lunch, rice):
    rice.kcal = Decimal(1)
    rice.save()
    tomorrow = DAY + timedelta(days=1)
    copying.copy_meals(owner_id=owner.pk, to_day=tomorrow, zone="Asia/Seoul", from_day=DAY, slot="LUNCH")
    (meal,) = day_of(owner.pk, tomorrow).meals
    assert meal.total.nutrients.kcal == Decimal("341.250")
    assert meal.eaten_at == lunch.eaten_at + timedelta(days=1)
    assert meal.items[0].origin == "COPY"
    assert day_of(owner.pk, DAY).total.count == 1


def test_there_is_nothing_to_copy_from_an_empty_day(owner):
    with pytest.raises(Missing) as problem:
        copying.copy_meals(owner_id=owner.pk, to_day=DAY, zone="Asia/Seoul", from_day=DAY - timedelta(days=1))
    assert problem.value.code == "nothing_to_copy"


def test_the_last_lunch_within_a_week_is_found(owner, lunch):
    assert last_like(owner.pk, "LUNCH", DAY + timedelta(days=3)).day == DAY
    assert last_like(owner.pk, "LUNCH", DAY + timedelta(days=8)) is None
    assert last_like(owner.pk, "DINNER", DAY + timedelta(days=1)) is None


def test_many_days_cost_one_statement(owner, rice, noon, django_assert_num_queries):
    for back in range(20):
        diary.log_meal(
            owner_id=owner.pk, day=DAY - timedelta(days=back), slot="LUNCH", eaten_at=noon, wanted=[Wanted(rice.pk)]
        )
    with django_assert_num_queries(1):
        assert len(days_of(owner.pk, DAY - timedelta(days=30), DAY)) == 20


def test_the_days_written_are_those_on_which_something_was_eaten(owner, stranger, lunch, django_assert_num_queries):
    diary.set_water(owner_id=owner.pk, day=DAY - timedelta(days=1), ml=600)
    with django_assert_num_queries(1):
        assert days_written(owner.pk, DAY - timedelta(days=9), DAY) == {DAY}
    assert days_written(owner.pk, DAY - timedelta(days=9), DAY - timedelta(days=1)) == frozenset()
    assert days_written(stranger.pk, DAY, DAY) == frozenset()
    diary.delete_items(owner_id=owner.pk, item_ids=[MealItem.objects.get().pk])
    assert days_written(owner.pk, DAY, DAY) == frozenset()
