"""The addresses at which a predecessor told of pharmacies; its clients ask here with the same words."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.pharmacies.api import views

urlpatterns = [path("pharm", views.OldPharm.as_view()), path("pharm/", views.OldPharm.as_view())]
