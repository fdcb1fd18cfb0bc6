"""Addresses of the meals pages."""

from __future__ import annotations

from django.urls import include, path

from onharu.records.meals.pages import adding, diary, items, own_foods, photo, recipes, sittings, small, suggested, text

suggestions = [
    path("", suggested.suggested),
    path("row/", suggested.one_more),
    path("find/<slug:row>/", suggested.find),
    path("confirm/", suggested.confirm),
]

urlpatterns = [
    path("meals/", diary.diary, name="diary"),
    path("meals/diary/", diary.diary_part, name="diary-part"),
    path("meals/water/part/", diary.water_part, name="meals-water-part"),
    path("meals/add/", adding.add, name="meals-add"),
    path("meals/find/", adding.find, name="meals-find"),
    path("meals/copy/", sittings.copy, name="meals-copy"),
    path("meals/water/", small.water, name="water"),
    path("meals/favourites/", small.favourite, name="favourite"),
    path("meals/items/delete/", items.delete, name="items-delete"),
    path("meals/items/restore/", items.restore, name="items-restore"),
    path("meals/items/<int:pk>/", items.item, name="item"),
    path("meals/items/<int:pk>/amount/", items.step, name="item-amount"),
    path("meals/items/<int:pk>/unit/", items.unit, name="item-unit"),
    path("meals/items/<int:pk>/swap/", items.swap, name="item-swap"),
    path("meals/items/<int:pk>/move/", items.move, name="item-move"),
    path("meals/<int:pk>/", sittings.meal, name="meal"),
    path("meals/<int:pk>/delete/", sittings.delete, name="meal-delete"),
    path("meals/<int:pk>/restore/", sittings.restore, name="meal-restore"),
    path("photos/<int:pk>/", small.photo, name="photo"),
    path("meals/photo/", photo.photo, name="meals-photo"),
    path("meals/text/", text.text, name="meals-text"),
    path("meals/photo/<uuid:key>/", include(suggestions)),
    path("meals/text/<uuid:key>/", include(suggestions)),
    path("meals/foods/", own_foods.own_food_list, name="own-foods"),
    path("meals/foods/new/", own_foods.new, name="own-food-new"),
    path("meals/foods/<int:pk>/", own_foods.edit, name="own-food"),
    path("meals/foods/<int:pk>/delete/", own_foods.delete, name="own-food-delete"),
    path("meals/foods/<int:pk>/restore/", own_foods.restore, name="own-food-restore"),
    path("meals/foods/recipes/new/", recipes.recipe, name="recipe-new"),
    path("meals/foods/recipes/row/", recipes.one_more, name="recipe-row"),
    path("meals/foods/recipes/find/<slug:row>/", recipes.find, name="recipe-find"),
    path("meals/foods/recipes/<int:pk>/", recipes.recipe, name="recipe"),
]
