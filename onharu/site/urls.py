"""Every address of the product, room by room; the API first, as it is asked most."""

from __future__ import annotations

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

from onharu.day.events import events
from onharu.site import health

# Both readers of the API document style themselves in place; they show nothing personal.
for_readers = csp_update({"style-src": [UNSAFE_INLINE], "worker-src": ["blob:"]})

api = [
    # First, as it is open to everybody; looking through the others costs a sixth of such an answer.
    path("", include("onharu.catalog.pharmacies.api.urls")),
    path("", include("onharu.day.api.urls")),
    path("", include("onharu.insights.api.urls")),
    path("", include("onharu.records.goals.api.urls")),
    path("", include("onharu.records.journal.api.urls")),
    path("", include("onharu.records.meals.api.urls")),
    path("", include("onharu.records.medication.api.urls")),
    path("", include("onharu.records.places.api.urls")),
    path("", include("onharu.records.workouts.api.urls")),
    path("", include("onharu.catalog.foods.api.urls")),
    path("", include("onharu.catalog.exercises.api.urls")),
    path("", include("onharu.catalog.medicines.api.urls")),
]
urlpatterns = [
    path("api/", include(api)),
    path("", include("onharu.catalog.pharmacies.api.old_urls")),
    path("events/", events),
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("probe/api-healthz", health.alive),
    path("", include("onharu.rights.api.urls")),  # before accounts: it adds DELETE to /api/users/me/
    path("", include("onharu.accounts.api.urls")),
    path("", include("onharu.day.pages.urls")),
    path("", include("onharu.insights.pages.urls")),
    path("", include("onharu.day.trends.urls")),
    path("", include("onharu.records.goals.pages.urls")),
    path("", include("onharu.records.journal.pages.urls")),
    path("", include("onharu.records.meals.pages.urls")),
    path("", include("onharu.records.medication.pages.urls")),
    path("", include("onharu.records.places.pages.urls")),
    path("", include("onharu.records.workouts.pages.urls")),
    path("", include("onharu.rights.pages.urls")),
    path("", include("onharu.accounts.pages.urls")),
    path("", include("onharu.catalog.medicines.api.old_urls")),
    path("", include("onharu.design.urls")),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path("docs/", for_readers(SpectacularSwaggerSplitView.as_view(url_name="openapi")), name="docs"),
    path(
        "redoc/",
        for_readers(SpectacularRedocView.as_view(url_name="openapi", template_name="site/redoc.html")),
        name="redoc",
    ),
    path("admin/", admin.site.urls),
]

admin.site.site_header = admin.site.site_title = "온하루 · Onharu"

handler400 = "onharu.site.answers.unfit"
handler404 = "onharu.site.answers.missing"
handler500 = "onharu.site.answers.failed"
