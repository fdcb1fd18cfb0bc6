"""What is written by hand has the keys that the API document promises."""

from onharu.records.meals.api import shapes, written
from onharu.records.meals.queries.diary import day_of
from onharu.records.meals.queries.shelf import FoundFood, facts_by_key


def keys_of(serializer):
    return set(serializer().get_fields())


def test_answers_have_the_keys_of_their_description(owner, lunch, rice):
    (meal,) = day_of(owner.pk, lunch.day).meals
    assert set(written.meal(meal)) == keys_of(shapes.MealOut)
    assert set(written.item(meal.items[0])) == keys_of(shapes.ItemOut)
    assert set(written.total(meal.total)) == keys_of(shapes.TotalOut)
    found = FoundFood(facts=facts_by_key(owner.pk, [rice.pk])[rice.pk], score=1.0, kind="exact")
    food = written.food(found)
    assert set(food) == keys_of(shapes.FoodOut)
    assert set(food["units"][0]) == keys_of(shapes.UnitOut)
