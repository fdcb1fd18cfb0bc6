"""The exercise shelf's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.exercises.api import views

urlpatterns = [
    path("exercises/", views.Exercises.as_view()),
    path("exercises/<int:exercise_id>/", views.OneExercise.as_view()),
]
