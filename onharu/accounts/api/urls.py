"""Addresses of the accounts API, with their full prefixes."""

from __future__ import annotations

from django.urls import path

from onharu.accounts.api import (
    access_views,
    auth_views,
    consent_views,
    passkey_views,
    security_views,
    social_views,
    views,
)

urlpatterns = [
    path("auth/register/", auth_views.Register.as_view(), name="auth-register"),
    path("auth/token/", auth_views.Token.as_view(), name="auth-token"),
    path("auth/token/second/", auth_views.Second.as_view(), name="auth-second"),
    path("auth/token/refresh/", auth_views.Refresh.as_view(), name="auth-refresh"),
    path("auth/token/verify/", auth_views.Verify.as_view(), name="auth-verify"),
    path("auth/passkey/begin/", passkey_views.PasskeyBegin.as_view(), name="auth-passkey-begin"),
    path("auth/passkey/", passkey_views.PasskeySignIn.as_view(), name="auth-passkey"),
    path("auth/logout/", auth_views.SignOut.as_view(), name="auth-logout"),
    path("auth/exchange/", social_views.Exchange.as_view(), name="auth-exchange"),
    path("auth/kakao/login/", social_views.SocialStart.as_view(provider="kakao"), name="auth-kakao-login"),
    path("auth/kakao/callback/", social_views.SocialReturn.as_view(provider="kakao"), name="auth-kakao-callback"),
    path("auth/naver/login/", social_views.SocialStart.as_view(provider="naver"), name="auth-naver-login"),
    path("auth/naver/callback/", social_views.SocialReturn.as_view(provider="naver"), name="auth-naver-callback"),
    path("api/users/", views.Users.as_view(), name="users"),
    path("api/users/me/", views.Me.as_view(), name="me"),
    path("api/users/<int:user_id>/", views.UserById.as_view(), name="user"),
    path("api/me/access/", access_views.SeenByOthers.as_view(), name="my-access"),
    path("api/me/consents/", consent_views.Consents.as_view(), name="my-consents"),
    path("api/me/consents/<slug:purpose>/", consent_views.ConsentTo.as_view(), name="my-consent"),
    path("api/me/outside/", consent_views.Outside.as_view(), name="my-outside"),
    path("api/me/outside/ways/", consent_views.WaysOut.as_view(), name="my-ways-out"),
    path("api/me/security/", security_views.Security.as_view(), name="my-security"),
    path("api/me/security/password/", security_views.Password.as_view(), name="my-password"),
    path("api/me/security/second-factor/", security_views.SecondFactor.as_view(), name="my-second-factor"),
    path(
        "api/me/security/second-factor/begin/",
        security_views.SecondFactorBegin.as_view(),
        name="my-second-factor-begin",
    ),
    path("api/me/security/recovery-codes/", security_views.RecoveryCodes.as_view(), name="my-recovery-codes"),
    path("api/me/passkeys/", passkey_views.MyPasskeys.as_view(), name="my-passkeys"),
    path("api/me/passkeys/begin/", passkey_views.MyPasskeyBegin.as_view(), name="my-passkeys-begin"),
    path("api/me/passkeys/<int:passkey_id>/", passkey_views.MyPasskey.as_view(), name="my-passkey"),
    path("api/me/alerts/", security_views.Alerts.as_view(), name="my-alerts"),
    path("api/me/alerts/<int:alert_id>/answer/", security_views.AlertAnswer.as_view(), name="my-alert-answer"),
    path("api/me/sessions/", views.Places.as_view(), name="my-sessions"),
    path("api/me/sessions/<slug:place>/", views.PlaceById.as_view(), name="my-session"),
]
