"""What every answer tells a browser it may do: asked of every address that the resolver knows."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver

from onharu.site import env
from onharu.site.policy import SHELL, PolicyMiddleware

pytestmark = pytest.mark.django_db
FILLED = {
    "int": "1", "uuid": "00000000-0000-0000-0000-000000000007", "slug": "kakao", "str": "200000001", "day": "2026-11-22",
    "path": "x", "item_seq": "200000001", "dose": "1.v1.20261122.0",
}  # fmt: skip
# Who may break a rule, and why.
STYLED_IN_PLACE = {
    "/docs/": "the reader of the API document styles itself in place; it shows nothing personal",
    "/redoc/": "the same of the other reader",
}
NEVER_ENDS = {"/events/": "the live stream does not end; its headers are asked for by the tests of the stream"}
_PART = re.compile(r"<(?:(\w+):)?\w+>")


def addresses(patterns=None, before="/"):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif "(?" not in route:
            yield _PART.sub(lambda part: FILLED[part[1] or "str"], route)


ALL = sorted({one for one in addresses() if one not in NEVER_ENDS} | {"/no/such/page/", "/api/no/such/"})


@pytest.fixture(params=["signed in", "nobody"])
def answers(request, browser):
    asker = browser if request.param == "signed in" else Client()
    asker.raise_request_exception = False
    return {address: asker.get(address, headers={"Accept": "text/html,*/*"}) for address in ALL}


def directives(answer):
    return {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";") if part.strip()}


def test_no_page_runs_what_stands_in_it(answers):
    for address, answer in answers.items():
        said = directives(answer)
        loose = {
            word for words in said.values() for word in words if "unsafe" in word or word in {"*", "http:", "https:"}
        }
        assert not loose or address in STYLED_IN_PLACE, (address, loose)
        assert "'unsafe-inline'" not in said.get("script-src", []), address
        assert said["frame-ancestors"] == ["'none'"], address
        if answer.get("Content-Type", "").startswith("text/html"):
            assert (said["base-uri"], said["object-src"]) == (["'none'"], ["'none'"]), address
            assert said["form-action"] == ["'self'"], address
        else:
            assert said["default-src"] == ["'none'"], address


def test_a_policy_that_forgets_frames_is_completed(rf):
    own = HttpResponse(headers={"Content-Type": "image/jpeg", "Content-Security-Policy": "default-src 'none'"})
    answer = PolicyMiddleware(lambda _: own)(rf.get("/photos/1/"))
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_every_inline_script_carries_the_nonce_of_its_answer(answers):
    for address, answer in answers.items():
        if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        nonces = {word[7:-1] for word in directives(answer)["script-src"] if word.startswith("'nonce-")}
        for tag in re.findall(r"<script\b[^>]*>", answer.content.decode()):
            found = re.search(r'nonce="([^"]+)"', tag)
            assert "src=" in tag or (found and found[1] in nonces), (address, tag)


def test_no_answer_is_another_sites_to_use(answers):
    for address, answer in answers.items():
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["X-Frame-Options"] == "DENY", address
        assert "Access-Control-Allow-Origin" not in answer, address


def test_no_page_may_use_a_device_and_only_pharmacies_may_ask_for_a_place(answers):
    for address, answer in answers.items():
        said = dict(part.split("=", 1) for part in answer["Permissions-Policy"].split(", "))
        assert said.pop("geolocation") == ("(self)" if address.startswith("/pharmacies/") else "()"), address
        assert set(said.values()) == {"()"}, address


def test_no_browser_keeps_an_answer(answers):
    for address, answer in answers.items():
        assert "no-store" in answer["Cache-Control"] or address in SHELL, (address, answer["Cache-Control"])
        assert "public" not in answer["Cache-Control"] or address in SHELL, address


def test_behind_tls_a_browser_never_comes_without_it(client):
    with override_settings(SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True):
        answer = Client().get("/login/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


OTHER = "https://app.example.com"


@pytest.mark.parametrize("address", ["/api/meals/", "/auth/token/", "/auth/exchange/"])
@override_settings(CORS_ALLOWED_ORIGINS=[OTHER])
def test_a_named_origin_may_ask_and_brings_no_cookie(client, address):
    asked = {
        "Origin": OTHER,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    before = client.options(address, headers=asked)
    assert before["Access-Control-Allow-Origin"] == OTHER
    assert "authorization" in before["Access-Control-Allow-Headers"]
    answer = client.get(address, headers={"Origin": OTHER})
    assert answer["Access-Control-Allow-Origin"] == OTHER
    assert "RateLimit-Remaining" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in before
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("origin", ["https://evil.example.com", "null", f"{OTHER}.evil.com", "http://app.example.com"])
@override_settings(CORS_ALLOWED_ORIGINS=[OTHER])
def test_another_origin_reads_nothing(client, origin):
    assert "Access-Control-Allow-Origin" not in client.get("/api/meals/", headers={"Origin": origin})


@pytest.mark.parametrize("address", ["/login/", "/me/", "/admin/", "/healthz"])
@override_settings(CORS_ALLOWED_ORIGINS=[OTHER])
def test_pages_are_no_other_sites_even_where_it_is_named(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address, headers={"Origin": OTHER})


def test_without_a_word_nobody_is_named(settings):
    assert settings.CORS_ALLOWED_ORIGINS == []


@pytest.mark.parametrize(
    "said", ["*", "https://*.example.com", "app.example.com", "https://a.com/path", "https://u@a.com"]
)
def test_an_origin_that_names_no_one_place_is_refused(monkeypatch, said):
    monkeypatch.setenv("CORS_ORIGINS", said)
    with pytest.raises(ValueError, match="CORS_ORIGINS"):
        env.origins("CORS_ORIGINS")
