"""The addresses of this room below /api/; they stand before the shelf's own."""

from __future__ import annotations

from django.urls import path

from onharu.records.places.api import kept, live

urlpatterns = [
    path("pharmacies/mine/", kept.Mine.as_view()),
    path("pharmacies/live/", live.LivePharmacies.as_view()),
    path("pharmacies/<int:pk>/favourite/", kept.Favourite.as_view()),
]
