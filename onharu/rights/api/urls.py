"""Addresses of the rights API, with their full prefixes."""

from __future__ import annotations

from django.urls import path

from onharu.rights.api import views

urlpatterns = [
    path("api/me/export/", views.MyExport.as_view(), name="my-export"),
    path("api/users/me/", views.Oneself.as_view(), name="oneself"),
    path("api/users/me/leaving/", views.MyLeaving.as_view(), name="my-leaving"),
    path("api/erasures/<slug:receipt>/", views.ReceiptById.as_view(), name="erasure"),
]
