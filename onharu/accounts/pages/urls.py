"""Addresses of the accounts pages."""

from __future__ import annotations

from django.urls import path

from onharu.accounts.pages import (
    access_views,
    alert_views,
    consent_views,
    link_views,
    own_views,
    passkey_views,
    second_views,
    views,
)

urlpatterns = [
    path("", views.landing, name="landing"),
    path("signup/", views.sign_up, name="sign-up"),
    path("login/", views.sign_in, name="sign-in"),
    path("login/second/", second_views.sign_in_second, name="sign-in-second"),
    path("login/passkey/", passkey_views.sign_in, name="passkey-sign-in"),
    path("login/passkey/begin/", passkey_views.ask_known, name="passkey-ask"),
    path("logout/", views.sign_out, name="sign-out"),
    path("language/", views.set_language, name="set_language"),
    path("setup/", own_views.setup, name="setup"),
    path("setup/purpose/", own_views.setup_purpose, name="setup-purpose"),
    path("setup/body/", own_views.setup_body, name="setup-body"),
    path("setup/medicine/", own_views.setup_medicine, name="setup-medicine"),
    path("setup/skip/", own_views.setup_skip, name="setup-skip"),
    path("me/", own_views.me, name="me-page"),
    path("me/access/", access_views.seen, name="seen"),
    path("me/consents/", consent_views.consents, name="consents"),
    path("me/consents/health/", consent_views.health, name="consent-health"),
    path("me/consents/<slug:purpose>/set/", consent_views.set_consent, name="set-consent"),
    path("me/outside/", consent_views.outside, name="outside"),
    path("me/security/", second_views.security, name="security"),
    path("me/security/second/", second_views.switch_on, name="security-on"),
    path("me/security/second/end/", second_views.switch_off, name="security-off"),
    path("me/security/codes/", second_views.new_codes, name="security-codes"),
    path("me/security/password/", second_views.change_password, name="security-password"),
    path("me/security/passkeys/add/", passkey_views.add, name="passkey-add"),
    path("me/security/passkeys/begin/", passkey_views.ask_new, name="passkey-ask-new"),
    path("me/security/passkeys/<int:passkey_id>/", passkey_views.passkey, name="passkey"),
    path("me/security/passkeys/<int:passkey_id>/end/", passkey_views.remove, name="passkey-remove"),
    path("me/security/alerts/<int:alert_id>/", alert_views.answer, name="alert-answer"),
    path("me/security/alerts/mail/", alert_views.letters, name="alert-mail"),
    path("me/connections/kakao/", link_views.connect, {"provider": "kakao"}, name="connect-kakao"),
    path("me/connections/kakao/end/", link_views.disconnect, {"provider": "kakao"}, name="disconnect-kakao"),
    path("me/connections/naver/", link_views.connect, {"provider": "naver"}, name="connect-naver"),
    path("me/connections/naver/end/", link_views.disconnect, {"provider": "naver"}, name="disconnect-naver"),
    path("me/sessions/<slug:place>/end/", own_views.end_place, name="end-place"),
]
