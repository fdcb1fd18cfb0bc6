"""The addresses of the shelf of pharmacies below /api/."""

from __future__ import annotations

from django.urls import path

from onharu.catalog.pharmacies.api import views

urlpatterns = [
    path("pharmacies/", views.Pharmacies.as_view()),
    path("pharmacies/nearest/", views.Nearest.as_view()),
    path("pharmacies/<int:pharmacy_id>/", views.OnePharmacy.as_view()),
]
