"""The food shelf's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.foods.api import views

urlpatterns = [path("foods/<int:food_id>/", views.OneFood.as_view())]
