"""Going out to a company and coming back, as a browser and as an app do."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.socialaccount.models import SocialAccount
from django.test import Client

from onharu.accounts import social
from onharu.accounts.models import SignIn, SignInCode, User
from onharu.upstream.sign_in.tests.companies import Companies, Member

APP = "onharu://signed-in"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
COOKIE = "onharu_sign_in"


def go(browser: Client, company: str, **query: str) -> str:
    """Press the button: the company's address."""
    answer = browser.get(f"/auth/{company}/login/", query)
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def own(address: str) -> str:
    """Drop this host from an address."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def back(companies: Companies, browser: Client, company: str, member: Member | None = None, **query: str) -> str:
    """Press the button and agree: the address to come back to, not yet visited."""
    return own(companies.consent(go(browser, company, **query), member))


def arrive(companies: Companies, browser: Client, company: str, member: Member | None = None, **query: str) -> Any:
    """Sign in: the answer to coming back."""
    return browser.get(back(companies, browser, company, member, **query))


def app_query(verifier: str = VERIFIER, redirect_uri: str = APP) -> dict[str, str]:
    """Say what an app says when it begins."""
    return {"client": "app", "redirect_uri": redirect_uri, "challenge": social.challenge_of(verifier)}


def app_code(companies: Companies, browser: Client, company: str = "kakao", member: Member | None = None) -> str:
    """Sign in from an app: the code in its address."""
    answer = arrive(companies, browser, company, member, **app_query())
    said = parse_qs(urlsplit(answer["Location"]).query)
    return said["code"][0]


def exchange(code: str, verifier: str = VERIFIER, redirect_uri: str = APP) -> Any:
    """Exchange a code, as the app does."""
    body = {"code": code, "verifier": verifier, "redirect_uri": redirect_uri}
    return Client().post("/auth/exchange/", body, content_type="application/json")


def changed(address: str, **query: str | None) -> str:
    """Change the query of an address; None leaves a name out."""
    parts = urlsplit(address)
    said = {name: values[0] for name, values in parse_qs(parts.query).items()} | query
    return f"{parts.path}?{urlencode({name: value for name, value in said.items() if value is not None})}"


def rows() -> tuple[int, int, int, int]:
    """Count people, connections, sessions of people, and codes."""
    signed = SignIn.objects.filter(user__isnull=False)
    return User.objects.count(), SocialAccount.objects.count(), signed.count(), SignInCode.objects.count()


def who(browser: Client) -> str | None:
    """Tell who is signed in."""
    answer = browser.get("/api/users/me/")
    return str(answer.json()["username"]) if answer.status_code == 200 else None
