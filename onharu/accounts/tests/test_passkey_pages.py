"""Passkeys by browser: forms that carry what a device answered, and what a page says where there is none."""

import json

import pytest
from django.test import Client

from conftest import PASSWORD
from onharu.accounts.models import SignIn
from onharu.accounts.tests.authenticator import PRESENT, Authenticator
from onharu.accounts.tests.social import arrive, who
from onharu.accounts.tests.test_second_steps import AT, code_at
from onharu.accounts.tests.test_second_steps import secret as secret  # noqa: PLC0414 a fixture
from onharu.accounts.ways_in import Passkey, PasskeyStart, SecondStep

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def here(owner):
    """The owner's browser, signed in as people do."""
    client = Client()
    assert client.post("/login/", {"username": "owner", "password": PASSWORD}).status_code == 302
    return client


def asked(client, path="/login/passkey/begin/", **said):
    answer = client.post(path, said, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.content
    return answer.json()


def add(client, device, name="내 휴대폰", **lies):
    options = asked(client, "/me/security/passkeys/begin/", password=PASSWORD, name=name)
    said = {"credential": json.dumps(device.make(options, **lies)), "name": name}
    return client.post("/me/security/passkeys/add/", said)


def enter(client, device, *, lies=None, **more):
    options = asked(client, **more)
    return client.post("/login/passkey/", {"credential": json.dumps(device.show(options, **(lies or {}))), **more})


@pytest.fixture
def device(here):
    made = Authenticator()
    assert add(here, made)["Location"] == "/me/security/"
    return made


def test_it_is_added_listed_and_signs_in(device, here):
    page = here.get("/me/security/").content.decode()
    assert "내 휴대폰" in page
    assert "아직 쓰지 않았어요" in page
    fresh = Client()
    answer = enter(fresh, device, next="/meals/")
    assert (answer.status_code, answer["Location"], who(fresh)) == (302, "/meals/", "owner")
    assert Passkey.objects.get().used_at == AT


def test_the_ticket_is_in_a_cookie_that_no_script_reads_and_no_other_site_sends(owner, settings):
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    options = asked(client)
    cookie = client.cookies["__Host-onharu_passkey"]
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Strict" and cookie["path"] == "/"
    assert cookie["max-age"] == 300
    assert cookie.value not in json.dumps(options)
    assert not SignIn.objects.exists()  # who only asks leaves no session


def test_an_answer_sent_from_another_browser_opens_nothing(device):
    mine, thief = Client(), Client()
    answer = json.dumps(device.show(asked(mine)))
    asked(thief)
    assert thief.post("/login/passkey/", {"credential": answer})["Location"] == "/login/"
    assert who(thief) is None
    assert mine.post("/login/passkey/", {"credential": answer})["Location"] == "/today/"


def test_the_ticket_of_a_browser_opens_no_tokens(device):
    client = Client()
    options = asked(client)
    body = {"ticket": client.cookies["onharu_passkey"].value, "credential": device.show(options)}
    assert Client().post("/auth/passkey/", body, content_type="application/json").status_code == 401


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(device, onward):
    assert enter(Client(), device, next=onward)["Location"] == "/today/"


@pytest.mark.parametrize("said", ["", "{", "[]", "null", '{"response": 1}', "[" * 9000, '"' + "a" * 50000 + '"'])
def test_what_is_no_answer_is_said_on_the_page_of_signing_in(device, said):
    client = Client()
    asked(client)
    answer = client.post("/login/passkey/", {"credential": said}, follow=True)
    assert "이 패스키로는 로그인하지 못했어요" in answer.content.decode()
    assert who(client) is None


def test_it_is_the_second_step_of_a_browser(here, device, secret):
    fresh = Client()
    fresh.post("/login/", {"username": "owner", "password": PASSWORD, "next": "/meals/"})
    assert "패스키로 확인" in fresh.get("/login/second/").content.decode()
    wrong = enter(fresh, device, second="1", lies={"flags": PRESENT})
    assert wrong["Location"] == "/login/second/"
    answer = enter(fresh, device, second="1")
    assert (answer["Location"], who(fresh)) == ("/meals/", "owner")
    assert SecondStep.objects.get().used_at == AT


def test_the_code_still_works_beside_it_and_without_a_passkey_none_is_offered(here, secret):
    fresh = Client()
    fresh.post("/login/", {"username": "owner", "password": PASSWORD})
    assert "패스키로 확인" not in fresh.get("/login/second/").content.decode()
    assert fresh.post("/login/second/", {"code": code_at(secret)})["Location"] == "/today/"


def test_a_second_step_that_is_over_begins_anew(here, device, secret):
    fresh = Client()
    fresh.post("/login/", {"username": "owner", "password": PASSWORD})
    options = asked(fresh, second="1")
    SecondStep.objects.update(used_at=AT)
    answer = fresh.post("/login/passkey/", {"credential": json.dumps(device.show(options)), "second": "1"})
    assert answer["Location"] == "/login/"


def test_asking_for_a_new_one_wants_the_password_and_says_so_to_the_script(here):
    answer = here.post(
        "/me/security/passkeys/begin/", {"password": "no-such-9"}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json()["title"]) == (403, "비밀번호가 맞지 않아요.")
    assert not PasskeyStart.objects.exists()


def test_one_that_was_made_wrongly_is_said_on_the_page(here):
    answer = add(here, Authenticator(), flags=PRESENT)
    assert answer["Location"] == "/me/security/passkeys/add/"
    assert "패스키를 더하지 못했어요" in here.get(answer["Location"]).content.decode()
    assert not Passkey.objects.exists()


def test_it_is_renamed_and_removed_on_a_page_of_its_own(here, device):
    path = f"/me/security/passkeys/{Passkey.objects.get().pk}/"
    assert here.get(path).status_code == 200
    assert here.post(path, {"name": ""}).status_code == 422
    assert here.post(path, {"name": "\u202e"}).status_code == 422
    assert here.post(path, {"name": "<b>집</b>"})["Location"] == "/me/security/"
    assert "&lt;b&gt;집&lt;/b&gt;" in here.get("/me/security/").content.decode()
    assert here.post(f"{path}end/", {"password": "no-such-9"}).status_code == 422
    assert here.post(f"{path}end/", {}).status_code == 422
    assert Passkey.objects.exists()
    assert here.post(f"{path}end/", {"password": PASSWORD})["Location"] == "/me/security/"
    assert not Passkey.objects.exists()
    assert here.get(path).status_code == 404


def test_somebody_without_a_password_adds_one_right_after_signing_in_and_keeps_one_way_in(companies):
    client, made = Client(), Authenticator()
    arrive(companies, client, "kakao")
    assert 'name="password"' not in client.get("/me/security/passkeys/add/").content.decode()
    assert add(client, made)["Location"] == "/me/security/"
    client.post("/me/connections/kakao/end/")
    fresh = Client()
    assert enter(fresh, made)["Location"] == "/today/"
    answer = fresh.post(f"/me/security/passkeys/{Passkey.objects.get().pk}/end/")
    assert (answer.status_code, Passkey.objects.count()) == (422, 1)
    assert "로그인할 방법이 없어져요" in answer.content.decode()


def test_a_page_says_in_words_where_a_passkey_cannot_be_used_but_not_to_who_arrives(here, db):
    for client, path, says in ((Client(), "/login/", False), (here, "/me/security/passkeys/add/", True)):
        page = client.get(path).content.decode()
        assert ("data-passkey-lacks hidden" in page) is says
        assert ("스크립트를 켠 브라우저" in page) is says
        assert 'hidden><input type="hidden" name="csrfmiddlewaretoken"' in page
        assert "style=" not in page and "onclick" not in page
        assert "accounts/passkeys" in page and 'nonce="' in page


@pytest.mark.parametrize("path", ["/me/security/passkeys/add/", "/me/security/passkeys/1/"])
def test_nobody_signed_in_sees_the_pages_of_passkeys(client, db, path):
    assert client.get(path)["Location"].startswith("/login/")


def test_a_form_of_another_site_asks_nothing(owner):
    client = Client(enforce_csrf_checks=True)
    for path in ("/login/passkey/begin/", "/login/passkey/"):
        assert client.post(path, {}).status_code == 403
