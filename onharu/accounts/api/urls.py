"""Addresses of the accounts API, with their full prefixes."""

from __future__ import annotations

from django.urls import path

from onharu.accounts.api import auth_views, views

urlpatterns = [
    path("auth/register/", auth_views.Register.as_view(), name="auth-register"),
    path("auth/token/", auth_views.Token.as_view(), name="auth-token"),
    path("auth/token/refresh/", auth_views.Refresh.as_view(), name="auth-refresh"),
    path("auth/token/verify/", auth_views.Verify.as_view(), name="auth-verify"),
    path("auth/logout/", auth_views.SignOut.as_view(), name="auth-logout"),
    path("api/users/", views.Users.as_view(), name="users"),
    path("api/users/me/", views.Me.as_view(), name="me"),
    path("api/users/<int:user_id>/", views.UserById.as_view(), name="user"),
    path("api/me/sessions/", views.Places.as_view(), name="my-sessions"),
    path("api/me/sessions/<slug:place>/", views.PlaceById.as_view(), name="my-session"),
]
