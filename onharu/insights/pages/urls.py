"""Addresses of the insights' parts."""

from __future__ import annotations

from django.urls import path

from onharu.insights.pages import views

urlpatterns = [
    path("insights/today/", views.today, name="insights-today"),
    path("insights/achievements/", views.achievements, name="insights-achievements"),
    path("insights/words/", views.words, name="insights-words"),
    path("insights/back/", views.bring_all_back, name="insights-all-back"),
    path("insights/<slug:rule>/away/", views.put_away, name="insights-away"),
    path("insights/<slug:rule>/back/", views.bring_back, name="insights-back"),
]
