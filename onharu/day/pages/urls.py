"""Addresses of the 오늘 page."""

from __future__ import annotations

from django.urls import path

from onharu.day.pages import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/now/", views.now, name="today-now"),
]
