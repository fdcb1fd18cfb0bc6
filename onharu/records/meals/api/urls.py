"""The meals room's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.records.meals.api import diary, foods, photos

urlpatterns = [
    path("meals/", diary.Meals.as_view()),
    path("meals/by-date/", diary.MealsOfDay.as_view()),
    path("meals/copy/", diary.Copies.as_view()),
    path("meals/<int:pk>/", diary.OneMeal.as_view()),
    path("meals/<int:pk>/restore/", diary.RestoredMeal.as_view()),
    path("mealitems/", diary.Items.as_view()),
    path("mealitems/<int:pk>/", diary.OneItem.as_view()),
    path("mealitems/<int:pk>/restore/", diary.RestoredItem.as_view()),
    path("foods/", foods.Foods.as_view()),
    path("foods/-<int:pk>/", foods.OwnFoodView.as_view()),
    path("foods/<int:pk>/favourite/", foods.FavouriteView.as_view()),
    path("foods/-<int:pk>/favourite/", foods.FavouriteView.as_view(), {"sign": -1}),
    path("nutritionlogs/", foods.DayTotals.as_view()),
    path("nutritionlogs/ensure/", foods.EnsuredDay.as_view()),
    path("intakes/", foods.DayTotals.as_view()),
    path("intakes/ensure/", foods.EnsuredDay.as_view()),
    path("water/<day:day>/", foods.WaterView.as_view()),
    path("ai/meal-analyze/", photos.Analyse.as_view()),
    path("ai/meal-analyze/<uuid:key>/", photos.OneAnalysis.as_view()),
    path("ai/meal-commit/", photos.Commit.as_view()),
    path("ai/meal-entry/<int:pk>/", photos.Entry.as_view()),
]
