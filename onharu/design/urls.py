"""Addresses of the shell, to be included at the root; the gallery only while developing."""

from django.conf import settings
from django.urls import path

from onharu.design import gallery, views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline, name="offline"),
]
if settings.DEBUG:
    urlpatterns += gallery.urlpatterns
