"""The medicine shelf's addresses below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.medicines.api import views

urlpatterns = [
    path("medicines/search/", views.Search.as_view()),
    path("medicines/identify/", views.Identify.as_view()),
    path("medicines/cache-stats/", views.CacheStats.as_view()),
    path("medicines/<str:item_seq>/", views.OneMedicine.as_view()),
]
