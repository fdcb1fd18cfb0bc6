"""The address of the 흐름 page."""

from __future__ import annotations

from django.urls import path

from onharu.day.trends import pages

urlpatterns = [path("trends/", pages.trends, name="trends")]
