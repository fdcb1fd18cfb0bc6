"""Addresses of the accounts pages."""

from __future__ import annotations

from django.urls import path

from onharu.accounts.pages import own_views, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("signup/", views.sign_up, name="sign-up"),
    path("login/", views.sign_in, name="sign-in"),
    path("logout/", views.sign_out, name="sign-out"),
    path("language/", views.set_language, name="set_language"),
    path("setup/", own_views.setup, name="setup"),
    path("setup/purpose/", own_views.setup_purpose, name="setup-purpose"),
    path("setup/body/", own_views.setup_body, name="setup-body"),
    path("setup/medicine/", own_views.setup_medicine, name="setup-medicine"),
    path("setup/skip/", own_views.setup_skip, name="setup-skip"),
    path("me/", own_views.me, name="me-page"),
    path("me/sessions/<slug:place>/end/", own_views.end_place, name="end-place"),
]
