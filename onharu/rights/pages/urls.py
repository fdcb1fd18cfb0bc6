"""Addresses of the rights pages."""

from __future__ import annotations

from django.urls import path

from onharu.rights.pages import views

urlpatterns = [
    path("me/export/", views.export, name="export-page"),
    path("me/export/file/", views.export_file, name="export-file"),
    path("me/delete/", views.delete, name="delete-page"),
    path("me/delete/undo/", views.stay_here, name="stay"),
    path("erased/<slug:receipt>/", views.receipt, name="erasure-page"),
    path("erased/<slug:receipt>/file/", views.receipt_file, name="erasure-file"),
]
