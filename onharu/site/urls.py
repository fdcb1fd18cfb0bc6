"""Every address of the product, room by room."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularRedocView, SpectacularSwaggerView

from onharu.day.events import events
from onharu.site import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("probe/api-healthz", health.alive),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="openapi"), name="docs"),
    path("redoc/", SpectacularRedocView.as_view(url_name="openapi"), name="redoc"),
    path("admin/", admin.site.urls),
    path("", include("onharu.design.urls")),
    path("", include("onharu.accounts.api.urls")),
    path("", include("onharu.accounts.pages.urls")),
    path("", include("onharu.day.pages.urls")),
    path("", include("onharu.records.meals.pages.urls")),
    path("api/", include("onharu.catalog.foods.api.urls")),
    path("api/", include("onharu.records.meals.api.urls")),
    path("api/", include("onharu.day.api.urls")),
    path("events/", events),
]
