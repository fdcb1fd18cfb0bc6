"""Signing in with Kakao and Naver, where all goes well."""

import re
import threading
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test import Client

from conftest import PASSWORD, make_person
from onharu.accounts import jobs, social
from onharu.accounts.models import SignIn, SignInCode, SignInStart, User
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.social import (
    APP,
    COOKIE,
    VERIFIER,
    app_code,
    app_query,
    arrive,
    back,
    changed,
    exchange,
    go,
    rows,
    who,
)
from onharu.kernel import clock
from onharu.upstream import registry
from onharu.upstream.sign_in.tests.companies import Member

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("company", ["kakao", "naver"])


@both
def test_a_new_person_gets_an_account_a_session_and_the_setup(companies, client, company):
    answer = arrive(companies, client, company)
    assert (answer.status_code, answer["Location"]) == (302, "/setup/")
    assert rows() == (1, 1, 1, 0)
    user = User.objects.get()
    assert re.fullmatch(rf"{company}-[a-z2-9]{{10}}", user.username) and not user.has_usable_password()
    assert user.profile.nickname == "하루"
    assert who(client) == user.username


@both
def test_somebody_who_comes_again_is_the_same_person(companies, client, company):
    arrive(companies, client, company)
    again = Client()
    answer = arrive(companies, again, company, next="/meals/?day=2026-11-22")
    assert answer["Location"] == "/meals/?day=2026-11-22"
    assert User.objects.count() == 1 and who(again) == who(client)


def test_the_two_companies_know_two_people_until_they_are_connected(companies):
    arrive(companies, Client(), "kakao")
    arrive(companies, Client(), "naver")
    assert User.objects.count() == 2


def test_nothing_but_the_subject_is_kept_of_a_company(companies, client):
    arrive(companies, client, "naver", Member(email="who@naver.example"))
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("kT3xYz0-abc_DEF", {})
    assert not SocialToken.objects.exists() and not SocialApp.objects.exists()
    assert User.objects.get().email is None


def test_a_verified_address_of_kakao_becomes_the_address_of_a_new_person(companies, client):
    arrive(companies, client, "kakao", Member(email="Haru@Kakao.example"))
    assert User.objects.get().email == "haru@kakao.example"


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x" * 250 + "@kakao.example"])
def test_an_address_that_is_none_is_left_out(companies, client, address):
    assert arrive(companies, client, "kakao", Member(email=address)).status_code == 302
    assert User.objects.get().email is None


def test_a_long_nickname_is_cut_and_a_missing_one_stays_missing(companies):
    arrive(companies, Client(), "kakao", Member(number=1, nickname="가" * 200, email=""))
    arrive(companies, Client(), "kakao", Member(number=2, nickname="", email=""))
    assert sorted(len(user.profile.nickname) for user in User.objects.all()) == [0, 40]


def test_the_state_is_kept_as_a_hash_and_gone_after_its_use(companies, client):
    address = back(companies, client, "kakao")
    (start,) = SignInStart.objects.all()
    assert start.state not in address and client.cookies[COOKIE].value not in (start.state, start.browser)
    client.get(address)
    assert not SignInStart.objects.exists()


def test_the_cookie_of_the_way_is_out_of_reach_and_lives_ten_minutes(companies, client):
    go(client, "kakao")
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 600)


def test_behind_tls_no_neighbouring_host_can_set_the_cookie_of_the_way(companies, client, settings):
    settings.SESSION_COOKIE_SECURE = True
    go(client, "kakao")
    cookie = client.cookies["__Host-onharu_sign_in"]
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]


def test_two_tabs_can_sign_in_one_after_the_other(companies, client):
    first, second = back(companies, client, "kakao"), back(companies, client, "kakao")
    assert client.get(first)["Location"] == "/setup/"
    assert client.get(second).status_code == 302


def test_the_session_changes_its_key(companies, client):
    client.get("/login/")
    before = client.cookies.get("sessionid")
    arrive(companies, client, "kakao")
    assert client.cookies["sessionid"].value != (before.value if before else "")


def test_the_language_of_the_person_comes_back_with_them(companies):
    first = Client()
    first.cookies["onharu_language"] = "en"
    arrive(companies, first, "kakao")
    assert User.objects.get().profile.language == "en"
    again = Client()
    assert arrive(companies, again, "kakao").cookies["onharu_language"].value == "en"


def test_nothing_on_the_way_may_be_kept(companies, client):
    address = back(companies, client, "kakao")
    assert client.get("/auth/kakao/login/")["Cache-Control"] == "no-store"
    assert client.get(address)["Cache-Control"] == "no-store"


def test_the_address_to_come_back_to_is_the_one_people_know(companies, client, settings):
    settings.PUBLIC_URL = "https://haru.example"
    assert "redirect_uri=https%3A%2F%2Fharu.example%2Fauth%2Fkakao%2Fcallback%2F" in go(client, "kakao")


@both
def test_an_app_gets_a_code_and_exchanges_it_for_tokens(companies, client, company):
    answer = arrive(companies, client, company, **app_query())
    assert answer.status_code == 302 and answer["Location"].startswith(f"{APP}?code=")
    assert "sessionid" not in answer.cookies and who(client) is None
    pair = exchange(answer["Location"].partition("code=")[2])
    assert (pair.status_code, set(pair.json()), pair["Cache-Control"]) == (
        200,
        {"access", "refresh", "user"},
        "no-store",
    )
    assert Script(pair.json()["access"]).get("/api/users/me/").json()["username"] == pair.json()["user"]["username"]
    refreshed = Client().post(
        "/auth/token/refresh/", {"refresh": pair.json()["refresh"]}, content_type="application/json"
    )
    assert refreshed.status_code == 200


def test_no_token_ever_stands_in_an_address(companies, client):
    answer = arrive(companies, client, "kakao", **app_query())
    pair = exchange(answer["Location"].partition("code=")[2]).json()
    assert pair["access"] not in answer["Location"] and answer["Location"].count(".") == 0
    assert SignInCode.objects.get().digest not in answer["Location"]


def test_an_app_address_with_a_query_keeps_it(companies, client, settings):
    settings.SIGN_IN_APP_REDIRECTS = ["https://app.example/back?from=kakao"]
    answer = arrive(companies, client, "kakao", **app_query(redirect_uri="https://app.example/back?from=kakao"))
    assert answer["Location"].startswith("https://app.example/back?from=kakao&code=")


def test_an_app_is_told_in_its_own_address_that_somebody_did_not_agree(companies, client):
    answer = client.get(changed(back(companies, client, "kakao", **app_query()), code=None, error="access_denied"))
    assert answer["Location"] == f"{APP}?error=sign_in_declined"


def test_an_app_does_not_touch_who_is_signed_in_in_the_browser(companies, browser, owner):
    code = app_code(companies, browser)
    assert who(browser) == "owner"
    assert exchange(code).json()["user"]["username"] != "owner"


def test_somebody_signed_in_needs_no_door(companies, browser):
    assert browser.get("/auth/kakao/login/", {"next": "/meals/"})["Location"] == "/meals/"


@both
def test_the_buttons_are_there_with_keys_and_not_without(companies, client, company, settings):
    for page in ("/login/?next=/meals/", "/signup/"):
        text = client.get(page).content.decode()
        assert f'id="door-{company}" href="/auth/{company}/login/' in text
    assert "?next=%2Fmeals%2F" in client.get("/login/?next=/meals/").content.decode()
    settings.UPSTREAM = {}
    registry.reset()
    assert f"door-{company}" not in client.get("/login/").content.decode()
    for step in ("login", "callback"):
        assert client.get(f"/auth/{company}/{step}/").status_code == 404
        assert (
            client.get(f"/auth/{company}/{step}/", headers={"Accept": "application/json"}).json()["code"] == "missing"
        )


def test_only_the_company_with_keys_is_offered(companies, client, settings):
    settings.UPSTREAM["sign_in"]["OPTIONS"].pop("naver")
    registry.reset()
    text = client.get("/login/").content.decode()
    assert "door-kakao" in text and "door-naver" not in text
    assert client.get("/auth/naver/login/").status_code == 404


def test_the_buttons_speak_english(companies, client):
    client.cookies["onharu_language"] = "en"
    assert "Continue with Kakao" in client.get("/login/").content.decode()


def test_staff_sees_nothing_of_it_in_the_admin():
    assert {SocialAccount, SocialApp, SocialToken}.isdisjoint(admin.site._registry)


def test_what_was_never_finished_is_cleared_away(companies, client, monkeypatch):
    go(client, "kakao")
    code = app_code(companies, Client())
    jobs.clear_sign_in_errands()
    assert (SignInStart.objects.count(), SignInCode.objects.count()) == (1, 1)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=1))
    jobs.clear_sign_in_errands()
    assert (SignInStart.objects.count(), SignInCode.objects.count()) == (0, 1)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1, minutes=2))
    jobs.clear_sign_in_errands()
    assert SignInCode.objects.count() == 0 and code


def test_an_account_of_before_signs_in_beside_its_password(companies, client):
    owner = make_person("owner")
    SocialAccount.objects.create(user=owner, provider="naver", uid=Member().naver_id)
    arrive(companies, client, "naver")
    assert who(client) == "owner"
    assert Script().post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_first_sign_ins_at_once_one_makes_the_person(companies):
    crowd, ends = 4, []
    browsers = [Client() for _ in range(crowd)]
    ways = [back(companies, browser, "kakao") for browser in browsers]
    start = threading.Barrier(crowd)

    def come(browser, way):
        start.wait()
        try:
            ends.append(browser.get(way).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=pair) for pair in zip(browsers, ways, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ends, User.objects.count(), SocialAccount.objects.count()) == ([302] * crowd, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_exchanges_of_a_code_at_once_none_keeps_what_it_got(companies):
    code, crowd, answers = app_code(companies, Client()), 4, []
    cache.clear()
    start = threading.Barrier(crowd)

    def come():
        start.wait()
        try:
            answers.append(exchange(code))
        finally:
            connection.close()

    threads = [threading.Thread(target=come) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * (crowd - 1)
    (won,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert not SignIn.objects.filter(user__isnull=False).exists()
    assert Script(won["access"]).get("/api/users/me/").status_code == 401


def test_verifier_and_nonce_are_of_one_sign_in_alone():
    secret = social.drawn()
    made = {social.derived(secret, state, what) for state in ("a", "b") for what in ("nonce", "verifier")}
    assert len(made) == 4 and all(social.VERIFIER.match(one) for one in made)
    assert social.challenge_of(VERIFIER) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B


@pytest.mark.parametrize("path", ["/today/", "/meals/?day=2026-11-22", "/me/#connections", "/약/", "/a%20b/"])
def test_a_path_of_this_house_is_gone_on_to(path):
    assert social.own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "", "//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "evil.example", "/\\evil.example",
        "\\\\evil.example", "/%2fevil.example", "/%5cevil.example", "%2f%2fevil.example", "/%252fevil.example", "javascript:alert(1)",
        "/\n/evil.example", "/%0a/evil", "/\t/evil.example", "/%09/evil.example", " //evil.example", "data:text/html,x", "/" + "a" * 600,
        "/\u202eevil", "//\u3002evil", "https:///evil.example",
    ],
)  # fmt: skip
def test_any_other_address_is_home(path):
    assert social.own_path(path) == "/today/"
