"""Addresses of the 오늘 page."""

from __future__ import annotations

from django.urls import path

from onharu.day.pages import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/now/", views.standing, name="today-now"),
    path("today/timeline/", views.timeline, name="today-timeline"),
    path("day/streak/", views.streak, name="day-streak"),
]
