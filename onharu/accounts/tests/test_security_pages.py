"""A second factor by browser, another password, and the sessions that end with it."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from conftest import PASSWORD
from onharu.accounts import principal
from onharu.accounts.models import SignIn
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.social import arrive, who
from onharu.accounts.tests.test_second_steps import AT, code_at
from onharu.accounts.ways_in import SecondStep
from onharu.kernel import clock

NEW = "another-long-one-3"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def here(owner):
    """The owner's browser, signed in as people do."""
    client = Client()
    assert client.post("/login/", {"username": "owner", "password": PASSWORD}).status_code == 302
    return client


def secret_shown(client):
    page = client.get("/me/security/second/").content.decode()
    return "".join(re.findall(r"<code>(\w+)</code>", page))


def switch_on(client):
    """Switch on: the secret, and the recovery codes that were shown."""
    secret = secret_shown(client)
    answer = client.post("/me/security/second/", {"code": code_at(secret, steps=-1), "password": PASSWORD})
    assert answer.status_code == 200, answer.content.decode()
    return secret, re.findall(r"<code>(\d{5} \d{5})</code>", answer.content.decode())


def signs_in(client, **more):
    return client.post("/login/", {"username": "owner", "password": PASSWORD, **more})


def test_it_is_switched_on_with_a_code_and_gives_ten_codes_once(here, owner):
    secret, codes = switch_on(here)
    assert len(secret) == 32
    assert len(set(codes)) == 10
    assert Authenticator.objects.filter(user=owner).count() == 2
    page = here.get("/me/security/").content.decode()
    assert not any(code in page for code in codes)
    assert "10" in page


def test_the_picture_is_drawn_without_styles(here):
    page = here.get("/me/security/second/").content.decode()
    assert "<svg" in page
    assert "style=" not in page


@pytest.mark.parametrize("wrong", [{"code": "000000", "password": PASSWORD}, {"password": "no-such-9"}, {"code": ""}])
def test_it_stays_off_without_the_code_and_the_password(here, owner, wrong):
    secret = secret_shown(here)
    said = {"code": code_at(secret), "password": PASSWORD, **wrong}
    assert here.post("/me/security/second/", said).status_code == 422
    assert not Authenticator.objects.filter(user=owner).exists()
    assert secret_shown(here) == secret


def test_signing_in_asks_for_the_code_on_a_page_of_its_own(here, owner):
    secret, _ = switch_on(here)
    fresh = Client()
    answer = signs_in(fresh, next="/meals/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/second/")
    assert who(fresh) is None
    assert fresh.post("/login/second/", {"code": "000000"}).status_code == 422
    assert who(fresh) is None
    answer = fresh.post("/login/second/", {"code": code_at(secret)})
    assert (answer.status_code, answer["Location"], who(fresh)) == (302, "/meals/", "owner")


def test_the_ticket_of_a_browser_opens_no_tokens(here):
    secret, _ = switch_on(here)
    fresh = Client()
    signs_in(fresh)
    ticket = fresh.session["second.waiting"][0]
    body = {"ticket": ticket, "code": code_at(secret)}
    assert Script().post("/auth/token/second/", body).status_code == 401


def test_the_page_of_the_code_is_nothing_to_somebody_who_did_not_begin(client, db):
    assert client.get("/login/second/")["Location"] == "/login/"
    assert client.post("/login/second/", {"code": "123456"})["Location"] == "/login/"


def test_a_sign_in_that_took_too_long_begins_anew(here, monkeypatch):
    secret, _ = switch_on(here)
    fresh = Client()
    signs_in(fresh)
    later = AT + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert fresh.post("/login/second/", {"code": code_at(secret, later)})["Location"] == "/login/"
    assert who(fresh) is None


def test_signing_in_with_a_company_asks_for_the_code_too(companies):
    client = Client()
    arrive(companies, client, "kakao")
    person = SignIn.objects.get(user__isnull=False).user
    secret = secret_shown(client)
    assert client.post("/me/security/second/", {"code": code_at(secret, steps=-1)}).status_code == 200
    other = Client()
    assert arrive(companies, other, "kakao")["Location"] == "/login/second/"
    assert who(other) is None
    other.post("/login/second/", {"code": code_at(secret)})
    assert who(other) == person.username


def test_it_is_switched_off_with_the_password_only(here, owner):
    switch_on(here)
    assert here.post("/me/security/second/end/", {"password": "no-such-9"}).status_code == 422
    assert Authenticator.objects.filter(user=owner).count() == 2
    assert here.post("/me/security/second/end/", {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.filter(user=owner).exists()
    assert signs_in(Client())["Location"] == "/today/"


def test_new_recovery_codes_end_the_old_ones(here):
    _, old = switch_on(here)
    answer = here.post("/me/security/codes/", {"password": PASSWORD})
    fresh = re.findall(r"<code>(\d{5} \d{5})</code>", answer.content.decode())
    assert len(fresh) == 10
    assert not set(fresh) & set(old)
    client = Client()
    signs_in(client)
    assert client.post("/login/second/", {"code": old[0]}).status_code == 422
    assert client.post("/login/second/", {"code": fresh[0]}).status_code == 302


def test_another_password_ends_every_other_session_and_family(here, owner):
    app = Script().post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    other = Client()
    signs_in(other)
    answer = here.post("/me/security/password/", {"password": PASSWORD, "new_password": NEW})
    assert answer.status_code == 302, answer.content.decode()
    assert SignIn.objects.filter(user=owner).count() == 1  # at once, not when they come again
    assert who(here) == "owner"
    assert who(other) is None
    assert Script(app["access"]).get("/api/users/me/").status_code == 401
    assert Script().post("/auth/token/refresh/", {"refresh": app["refresh"]}).status_code == 401
    assert SignIn.objects.filter(user=owner).count() == 1
    assert signs_in(Client()).status_code == 422
    assert signs_in(Client(), password=NEW).status_code == 302


def test_another_password_ends_a_sign_in_that_waits_for_its_code(here):
    secret, _ = switch_on(here)
    fresh = Client()
    signs_in(fresh)
    here.post("/me/security/password/", {"password": PASSWORD, "new_password": NEW})
    assert fresh.post("/login/second/", {"code": code_at(secret)})["Location"] == "/login/"
    assert not SecondStep.objects.filter(used_at__isnull=False).exists()


@pytest.mark.parametrize(
    "wrong", [{"password": "no-such-9"}, {"new_password": "short"}, {"new_password": "password"}, {"new_password": ""}]
)
def test_a_wrong_or_weak_password_changes_nothing(here, wrong):
    said = {"password": PASSWORD, "new_password": NEW, **wrong}
    assert here.post("/me/security/password/", said).status_code == 422
    assert signs_in(Client()).status_code == 302


def test_another_worker_knows_of_the_other_password_within_a_second(here, owner):
    """Nothing tells the other process: its memory of a session is gone by itself."""
    other = Client()
    signs_in(other)
    assert who(other) == "owner"
    remembered = principal.REMEMBERED
    here.post("/me/security/password/", {"password": PASSWORD, "new_password": NEW})
    principal.reset()
    assert who(other) is None
    assert remembered < 1


def test_nobody_signed_in_sees_the_page_of_security(client, db):
    for path in ("/me/security/", "/me/security/second/"):
        assert client.get(path)["Location"].startswith("/login/")
