import statistics
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import override_settings

from conftest import PASSWORD
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.conftest import Script
from onharu.kernel import clock, rates


@pytest.mark.parametrize("name", ["owner", "OWNER", " owner ", "owner@example.com", "Owner@Example.com"])
def test_people_sign_in_by_name_or_address_in_any_case(script, owner, name):
    answer = script.post("/auth/token/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh", "user"}
    assert answer.json()["user"]["id"] == owner.pk


def test_a_form_body_signs_in_as_well_as_json(script, owner):
    answer = script.client.post("/auth/token/", {"username": "owner", "password": PASSWORD})
    assert answer.status_code == 200


def test_a_sign_in_with_tokens_gives_the_browser_nothing(script, owner):
    answer = script.post("/auth/token/", {"username": "owner", "password": PASSWORD})
    assert not answer.cookies
    assert script.get("/api/users/me/").status_code == 401


def test_a_wrong_name_and_a_wrong_password_answer_alike(script, owner):
    wrong_password = script.post("/auth/token/", {"username": "owner", "password": "not-it-at-all"})
    wrong_name = script.post("/auth/token/", {"username": "nobody", "password": "not-it-at-all"})
    wrong_address = script.post("/auth/token/", {"username": "nobody@example.com", "password": "not-it-at-all"})
    assert wrong_password.status_code == wrong_name.status_code == wrong_address.status_code == 401
    bodies = [{**one.json(), "request_id": ""} for one in (wrong_password, wrong_name, wrong_address)]
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["code"] == "credentials_wrong"


@override_settings(
    PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"],
    ACCOUNT_RATE_LIMITS={"login": "999/m/ip", "login_failed": "999/m/ip"},
)
def test_a_wrong_name_takes_as_long_as_a_wrong_password(script, owner):
    User.objects.update(password=make_password(PASSWORD))
    seconds = {"owner": [], "nobody": []}
    for _ in range(5):
        for name, taken in seconds.items():
            start = time.perf_counter()
            script.post("/auth/token/", {"username": name, "password": "not-it-at-all"})
            taken.append(time.perf_counter() - start)
    slow, quick = (statistics.median(taken) for taken in seconds.values())
    assert 0.5 < slow / quick < 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "owner"},
        {"password": PASSWORD},
        {"username": "", "password": ""},
        {"username": {"a": 1}, "password": 1},
    ],
)
def test_a_sign_in_that_misses_something_names_it(script, owner, body):
    answer = script.post("/auth/token/", body)
    assert answer.status_code in {400, 401}
    assert answer["Content-Type"] == "application/problem+json"


def test_somebody_kept_out_is_answered_like_a_wrong_password(script, owner):
    User.objects.update(is_active=False)
    answer = script.post("/auth/token/", {"username": "owner", "password": PASSWORD})
    assert answer.json()["code"] == "credentials_wrong"


def test_an_endless_password_is_refused_before_it_is_hashed(script, owner):
    answer = script.post("/auth/token/", {"username": "owner", "password": "x" * 900})
    assert answer.json()["code"] == "credentials_wrong"


def test_the_sixth_wrong_try_for_one_name_must_wait(script, owner):
    for _ in range(5):
        assert script.post("/auth/token/", {"username": "owner", "password": "wrong"}).status_code == 401
    answer = script.post("/auth/token/", {"username": "OWNER", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_tries"
    assert 60 < int(answer["Retry-After"]) <= 900
    assert set(answer.json()["messages"]) == {"ko", "en"}


def test_the_limit_of_a_name_holds_whatever_host_and_address_are_claimed(owner):
    for number in range(5):
        claimed = Script(**{"Host": f"localhost:{8000 + number}", "X-Forwarded-For": f"10.0.0.{number}"})
        assert claimed.post("/auth/token/", {"username": "owner", "password": "wrong"}).status_code == 401
    assert (
        Script(Host="localhost:9999").post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code
        == 429
    )


def test_an_account_is_not_tried_more_than_ten_times_by_all_its_names_together(script, owner):
    names = ["owner", "owner@example.com", "OWNER", "Owner@Example.com", " owner "] * 6

    def tried_from(address, name):
        somewhere = Script()
        somewhere.client.defaults["REMOTE_ADDR"] = address
        return somewhere.post("/auth/token/", {"username": name, "password": "wrong"}).status_code

    tried = [tried_from(f"10.1.{number}.1", name) for number, name in enumerate(names)]
    assert tried.count(401) <= 10
    assert set(tried) == {401, 429}


def test_an_unknown_name_is_counted_and_answered_like_a_known_one(script, owner):
    def said(name):
        answers = [script.post("/auth/token/", {"username": name, "password": "wrong"}) for _ in range(7)]
        bodies = [{**answer.json(), "request_id": ""} for answer in answers]
        return [
            (answer.status_code, answer.headers.get("Retry-After"), body)
            for answer, body in zip(answers, bodies, strict=True)
        ]

    assert said("owner") == said("nobody")


def test_a_lost_cache_opens_nothing(script, owner):
    for _ in range(5):
        script.post("/auth/token/", {"username": "owner", "password": "wrong"})
    cache.clear()
    rates.forget()
    assert script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 429


def test_who_knows_the_password_is_let_in_again_after_a_quarter_of_an_hour(script, owner, monkeypatch):
    for _ in range(6):
        script.post("/auth/token/", {"username": "owner", "password": "wrong"})
    later = clock.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 200


def test_only_our_own_proxies_say_where_somebody_is(owner, settings):
    """Behind one proxy of ours the last word of the chain is its own; what stands before it the caller wrote."""

    def tries(chain):
        return [
            Script(**{"X-Forwarded-For": chain(number)})
            .post("/auth/token/", {"username": f"n{number}", "password": "x"})
            .status_code
            for number in range(22)
        ]

    assert tries(lambda number: f"10.0.0.{number}").count(429) == 2
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert tries(lambda number: f"10.0.0.{number}, 203.0.113.7").count(429) == 2
    assert tries(lambda number: f"10.0.0.{number}").count(429) == 0


def test_one_place_may_not_try_many_names(script, owner):
    statuses = [
        script.post("/auth/token/", {"username": f"name{number}", "password": "wrong"}).status_code
        for number in range(21)
    ]
    assert statuses == [401] * 20 + [429]


def test_right_passwords_do_not_use_up_the_tries(script, owner):
    for _ in range(12):
        assert script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 200


def test_each_sign_in_is_a_family_of_its_own(script, owner):
    for _ in range(2):
        script.post("/auth/token/", {"username": "owner", "password": PASSWORD})
    assert SignIn.objects.filter(user=owner).count() == 2


def test_a_script_that_is_signed_in_may_sign_in_again(me, owner):
    assert me.post("/auth/token/", {"username": "owner", "password": PASSWORD}).status_code == 200
    assert me.get("/api/users/me/").status_code == 200


def test_a_sign_in_by_tokens_leaves_a_browsers_session_alone(browser, owner):
    before = browser.session.session_key
    browser.post("/auth/token/", {"username": "owner", "password": PASSWORD}, content_type="application/json")
    assert browser.session.session_key == before
    assert browser.get("/api/users/me/").status_code == 200
