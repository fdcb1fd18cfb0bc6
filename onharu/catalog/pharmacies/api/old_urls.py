"""The addresses at which a predecessor told of pharmacies; its clients ask here with the same words."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
