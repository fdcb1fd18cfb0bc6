"""The addresses at which a predecessor searched; its clients ask here with the same words."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.medicines.api import views

urlpatterns = [path("search/", views.OldSearch.as_view()), path("search/optimized/", views.OldSearch.as_view())]
