import base64
import threading
import time

import pytest
from django.db import connection

from conftest import PASSWORD
from onharu.accounts import principal
from onharu.accounts import tokens as tokens_module
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tokens import pair_on


def refresh(pair):
    return Script().post("/auth/token/refresh/", {"refresh": pair["refresh"]})


def status_of(pair):
    return Script(pair["access"]).get("/api/users/me/").status_code


def verify(token):
    return Script().post("/auth/token/verify/", {"token": token})


def test_a_refresh_token_is_exchanged_for_a_new_pair(tokens):
    answer = refresh(tokens)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access", "refresh"}
    assert answer.json()["refresh"] != tokens["refresh"]
    assert status_of(answer.json()) == 200
    assert refresh(answer.json()).status_code == 200


def test_the_access_token_of_before_lives_its_minutes_out(tokens):
    refresh(tokens)
    assert status_of(tokens) == 200


def test_a_refresh_token_used_twice_ends_its_family(tokens):
    second = refresh(tokens).json()
    stolen = refresh(tokens)
    assert stolen.status_code == 401
    assert stolen.json()["code"] == "refresh_invalid"
    assert refresh(second).status_code == 401
    assert status_of(second) == status_of(tokens) == 401


def test_a_theft_ends_no_other_family(tokens, script, owner):
    other = script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    refresh(tokens)
    refresh(tokens)
    assert status_of(other) == 200
    assert refresh(other).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_exchanges_at_once_one_wins_and_the_family_is_dead(owner, monkeypatch):
    pair = Script().post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    crowd = 8
    start, answers = threading.Barrier(crowd), []

    def slowly(*said):
        time.sleep(0.1)  # so that all of them are within at once, where nothing keeps them out
        return pair_on(*said)

    monkeypatch.setattr(tokens_module, "pair_on", slowly)

    def exchange():
        start.wait()
        try:
            answers.append(refresh(pair))
        finally:
            connection.close()

    threads = [threading.Thread(target=exchange) for _ in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [answer.json() for answer in answers if answer.status_code == 200]
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * (crowd - 1)
    assert not SignIn.objects.exists()
    assert refresh(won[0]).status_code == status_of(won[0]) == status_of(pair) == 401


@pytest.mark.parametrize("wrong", ["", "x", "a.b.c", "null"])
def test_nonsense_is_not_exchanged(script, owner, wrong):
    assert script.post("/auth/token/refresh/", {"refresh": wrong}).status_code in {400, 401}
    assert script.post("/auth/token/refresh/", {}).status_code == 400


def test_an_access_token_is_not_a_refresh_token_nor_the_other_way(tokens):
    assert Script().post("/auth/token/refresh/", {"refresh": tokens["access"]}).status_code == 401
    assert status_of({"access": tokens["refresh"]}) == 401
    assert refresh(tokens).status_code == 200


def test_verify_tells_what_a_token_is_and_until_when(tokens):
    assert verify(tokens["access"]).json()["token_use"] == "access"
    assert verify(tokens["refresh"]).json()["token_use"] == "refresh"
    assert verify(tokens["access"]).json()["expires_at"] < verify(tokens["refresh"]).json()["expires_at"]


def test_verify_refuses_what_does_not_hold(tokens):
    assert verify(tokens["refresh"]).status_code == 200
    refresh(tokens)
    assert verify(tokens["refresh"]).status_code == 401
    refresh(tokens)
    assert verify(tokens["access"]).status_code == 401
    assert verify("nonsense").json()["code"] == "token_invalid"


def test_no_flip_of_a_signature_is_accepted(tokens):
    head, body, signature = tokens["access"].split(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "="))
    for bit in range(len(raw) * 8):
        raw[bit // 8] ^= 1 << bit % 8
        flipped = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        assert principal.user_of_token(f"{head}.{body}.{flipped}") is None
        raw[bit // 8] ^= 1 << bit % 8


def test_an_expired_token_is_refused_even_when_it_was_just_seen(tokens, monkeypatch):
    assert status_of(tokens) == 200
    later = principal.clock.now() + principal.clock.timedelta(minutes=16)
    monkeypatch.setattr(principal.clock, "now", lambda: later)
    assert status_of(tokens) == 401


def test_a_new_password_ends_every_sign_in(tokens, owner):
    assert status_of(tokens) == 200
    user = User.objects.get(pk=owner.pk)
    user.set_password("another-long-one-3")
    user.save()
    principal.reset()
    assert status_of(tokens) == 401
    assert refresh(tokens).status_code == 401


@pytest.mark.forgets
@pytest.mark.django_db(transaction=True)
def test_another_process_forgets_an_ended_session_within_a_second(owner):
    pair = Script().post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    assert status_of(pair) == 200
    SignIn.objects.all().delete()  # what a sign-out in another process looks like from here
    time.sleep(principal.REMEMBERED + 0.05)
    assert status_of(pair) == 401
    assert principal.REMEMBERED < 1
