import re

import pytest
from django.test import Client

from conftest import PASSWORD
from onharu.accounts.models import Profile, SignIn, User

NEW = {"username": "김하루", "password": PASSWORD, "nickname": "하루 씨", "email": ""}


@pytest.fixture
def visitor(db):
    """A browser of somebody who is not signed in, checked for CSRF as in life."""
    return Client(enforce_csrf_checks=True)


def send(browser, path, **words):
    """Fill in a form as a browser does: with the token that the cookie holds."""
    if "csrftoken" not in browser.cookies:
        browser.get("/login/")
    token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else ""
    return browser.post(path, {**words, "csrfmiddlewaretoken": token})


def text(answer):
    return answer.content.decode()


def test_the_landing_says_what_this_is_and_is_no_medical_device(visitor):
    page = text(visitor.get("/"))
    assert "/signup/" in page
    assert "/login/" in page
    assert "의료기기가 아니며" in page


def test_somebody_signed_in_goes_from_the_landing_to_today(browser):
    assert browser.get("/").headers["Location"] == "/today/"
    assert browser.get("/login/").headers["Location"] == "/today/"
    assert browser.get("/signup/").headers["Location"] == "/today/"


def test_signing_up_signs_in_and_leads_to_the_setup(visitor):
    answer = send(visitor, "/signup/", **NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/setup/")
    assert visitor.get("/setup/")["Location"] == "/me/consents/health/?next=%2Fsetup%2Fpurpose%2F"
    person = User.objects.get(username="김하루")
    assert person.profile.nickname == "하루 씨"
    assert SignIn.objects.get(user=person)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "a b"}, "아이디는 3~30자"),
        ({"username": "owner"}, "이미 쓰고 있는 아이디예요"),
        ({"email": "OWNER@example.com"}, "이미 가입한 이메일이에요"),
        ({"email": "nothing"}, "field-error"),
        ({"password": "password1234"}, "field-error"),
        ({"password": ""}, "필수 항목입니다"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_next_to_the_field(visitor, owner, change, words):
    answer = send(visitor, "/signup/", **NEW | change)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert PASSWORD not in text(answer)
    assert not User.objects.filter(username="김하루").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/login/", {"username": "username", "password": "current-password"}),
        ("/signup/", {"username": "username", "password": "new-password", "email": "email", "nickname": "nickname"}),
    ],
)
def test_password_managers_know_the_fields(visitor, path, expected):
    page = text(visitor.get(path))
    for name, autocomplete in expected.items():
        field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0]
        assert f'autocomplete="{autocomplete}"' in field
        assert "onpaste" not in field


def test_the_rules_of_a_password_are_said_before(visitor):
    page = text(visitor.get("/signup/"))
    assert "8자 이상" in page
    assert re.search(r'<input[^>]*name="password"[^>]*aria-describedby="[^"]*helptext"', page)


@pytest.mark.parametrize("path", ["/", "/login/", "/signup/"])
def test_pages_carry_no_inline_code_and_no_inline_style(visitor, path):
    page = text(visitor.get(path))
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


@pytest.mark.parametrize("name", ["owner", "OWNER@example.com"])
def test_signing_in_leads_to_today(visitor, owner, name):
    answer = send(visitor, "/login/", username=name, password=PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert visitor.get("/api/users/me/").json()["username"] == "owner"


def test_a_wrong_password_and_a_wrong_name_show_the_same_page(visitor, owner):
    pages = [
        re.sub(
            r'value="[^"]*"|nonce="[^"]*"|X-CSRFToken[^}]*',
            "",
            text(send(visitor, "/login/", username=name, password="wrong")),
        )
        for name in ("owner", "nobody")
    ]
    assert pages[0] == pages[1]
    assert "아이디(이메일)나 비밀번호가 맞지 않아요" in pages[0]


def test_too_many_tries_are_told_to_wait_on_the_page_too(visitor, owner):
    for _ in range(5):
        send(visitor, "/login/", username="owner", password="wrong")
    answer = send(visitor, "/login/", username="owner", password=PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "잠시 뒤에" in text(answer)


def test_the_key_of_a_session_changes_when_somebody_signs_in(visitor, owner):
    visitor.cookies["sessionid"] = "a" * 32
    send(visitor, "/login/", username="owner", password=PASSWORD)
    assert visitor.cookies["sessionid"].value != "a" * 32
    assert visitor.cookies["sessionid"]["httponly"]
    assert visitor.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("/meals/?date=2026-11-22", "/meals/?date=2026-11-22"),
        ("https://evil.example/", "/today/"),
        ("//evil.example/", "/today/"),
        ("/\\evil.example", "/today/"),
        ("javascript:alert(1)", "/today/"),
        ("http:///evil.example", "/today/"),
        ("http://testserver@evil.example/", "/today/"),
        ("", "/today/"),
    ],
)
def test_a_sign_in_leads_on_only_within_this_host(visitor, owner, wish, place):
    assert send(visitor, "/login/", username="owner", password=PASSWORD, next=wish)["Location"] == place


def test_where_somebody_was_heading_is_kept_through_the_form(visitor):
    assert 'name="next" value="/me/"' in text(visitor.get("/login/?next=/me/"))
    assert 'name="next" value="/today/"' in text(visitor.get("/login/?next=//evil.example/"))


@pytest.mark.parametrize("path", ["/setup/", "/setup/purpose/", "/setup/body/", "/setup/medicine/", "/me/"])
def test_own_pages_ask_a_visitor_to_sign_in(visitor, path):
    assert visitor.get(path)["Location"] == f"/login/?next={path}"


@pytest.mark.parametrize(
    "path", ["/logout/", "/setup/skip/", "/me/", "/setup/purpose/", "/language/", "/login/", "/signup/"]
)
def test_no_form_is_taken_without_the_csrf_token(owner, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    assert strict.post(path, {"nickname": "x"}).status_code == 403
    assert strict.get("/api/users/me/").json()["nickname"] == "owner"


def test_signing_out_ends_the_session_and_shows_the_landing(browser, owner):
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/")["Location"] == "/"
    assert not SignIn.objects.filter(user=owner).exists()
    assert browser.post("/logout/")["Location"] == "/"
    assert browser.get("/me/").status_code == 302


def test_the_language_is_switched_without_an_account(visitor):
    answer = send(visitor, "/language/", language="en", next="/login/")
    assert answer["Location"] == "/login/"
    assert "Welcome back" in text(visitor.get("/login/"))
    assert visitor.get("/login/")["Content-Language"] == "en"
    send(visitor, "/language/", language="ko")
    assert "다시 오셨네요" in text(visitor.get("/login/"))


def test_a_switch_is_remembered_for_the_person_and_shown_on_the_next_device(browser, owner, visitor):
    browser.post("/language/", {"language": "en"})
    assert Profile.objects.get(user=owner).language == "en"
    answer = send(visitor, "/login/", username="owner", password=PASSWORD)
    assert answer.cookies["onharu_language"].value == "en"


def test_a_device_that_chose_a_language_keeps_it(visitor, owner):
    visitor.cookies["onharu_language"] = "en"
    answer = send(visitor, "/login/", username="owner", password=PASSWORD)
    assert "onharu_language" not in answer.cookies


def test_somebody_who_signs_up_in_english_is_spoken_to_in_english(visitor):
    visitor.cookies["onharu_language"] = "en"
    send(visitor, "/signup/", **NEW)
    assert Profile.objects.get().language == "en"


@pytest.mark.parametrize("wish", ["//evil.example", "https://evil.example/"])
def test_the_language_switch_leads_nowhere_else(visitor, wish):
    assert send(visitor, "/language/", language="en", next=wish)["Location"] == "/"
    assert "onharu_language" not in send(visitor, "/language/", language="fr").cookies
