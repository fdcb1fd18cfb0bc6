import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from conftest import PASSWORD
from onharu.accounts.actions import register
from onharu.accounts.models import Profile, User
from onharu.accounts.tests.conftest import Script
from onharu.kernel.problems import Invalid

NEW = {"username": "Haru", "email": "Haru@Example.com", "password": PASSWORD, "nickname": "하루"}


def test_signing_up_answers_with_tokens_and_the_user(script):
    answer = script.post("/auth/register/", NEW)
    assert answer.status_code == 201
    body = answer.json()
    assert body["user"]["username"] == "haru"
    assert body["user"]["email"] == "haru@example.com"
    assert body["user"]["nickname"] == "하루"
    assert Script(body["access"]).get("/api/users/me/").json() == body["user"]
    assert answer["Cache-Control"] == "no-store"


def test_signing_up_by_a_script_sets_no_cookie(script):
    assert not script.post("/auth/register/", NEW).cookies


def test_a_korean_name_without_an_address_is_enough(script):
    answer = script.post("/auth/register/", {"username": "김하루", "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json()["user"]["email"] is None
    assert answer.json()["user"]["nickname"] == "김하루"
    assert script.post("/auth/token/", {"username": "김하루", "password": PASSWORD}).status_code == 200


def test_two_people_without_an_address_do_not_collide(db):
    register(username="first", password=PASSWORD, email="")
    register(username="second", password=PASSWORD, email=None)
    assert User.objects.filter(email=None).count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "ab"}, "username"),
        ({"username": "a b c"}, "username"),
        ({"username": "me@example.com"}, "username"),
        ({"username": "a\x00bc"}, "username"),
        ({"username": None}, "username"),
        ({"username": ["haru"]}, "username"),
        ({"email": "not-an-address"}, "email"),
        ({"password": ""}, "password"),
        ({"password": "short"}, "password"),
        ({"password": "password1234"}, "password"),
        ({"password": "haru-2026", "username": "haru-2026"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"password": "긴비밀번호" * 300}, "password"),
        ({"nickname": "하" * 41}, "nickname"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_bad_field_is_named_in_a_problem_and_nobody_is_made(script, change, field):
    answer = script.post("/auth/register/", NEW | change)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]
    assert answer.json()["code"] == "invalid"
    assert not User.objects.exists()


def test_every_bad_field_is_named_at_once(script):
    answer = script.post("/auth/register/", {"username": "!", "password": "1", "nickname": "하" * 41})
    assert set(answer.json()["errors"]) == {"username", "password", "nickname"}


def test_what_is_wrong_is_said_in_the_language_asked_for(script):
    korean = script.post("/auth/register/", {"username": "!", "password": PASSWORD})
    english = Script(**{"Accept-Language": "en"}).post("/auth/register/", {"username": "!", "password": PASSWORD})
    assert "아이디는" in korean.json()["errors"]["username"][0]
    assert "A username" in english.json()["errors"]["username"][0]


@pytest.mark.parametrize("name", ["haru", "HARU", " Haru ", "ｈａｒｕ"])
def test_a_name_is_taken_in_any_case(script, name):
    script.post("/auth/register/", NEW)
    answer = script.post("/auth/register/", {"username": name, "password": PASSWORD})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["username"]


def test_an_address_is_taken_in_any_case(script):
    script.post("/auth/register/", NEW)
    answer = script.post("/auth/register/", NEW | {"username": "other", "email": "HARU@example.COM"})
    assert list(answer.json()["errors"]) == ["email"]


def test_the_database_itself_refuses_a_second_spelling(db):
    register(username="haru", password=PASSWORD, email="haru@example.com")
    for wrong in ({"username": "Haru"}, {"username": "x2x", "email": "Haru@example.com"}, {"username": "haru"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(**wrong)])


def test_nobody_becomes_staff_by_asking(script):
    wish = {"is_staff": True, "is_superuser": True, "id": 1, "groups": [1], "version": 9}
    script.post("/auth/register/", NEW | wish)
    made = User.objects.get()
    assert not made.is_staff
    assert not made.is_superuser
    assert made.profile.version == 1


def test_signing_up_is_limited_for_one_place(script):
    for number in range(20):
        script.post("/auth/register/", {"username": f"haru{number}", "password": "x"})
    answer = script.post("/auth/register/", NEW)
    assert answer.status_code == 429
    assert answer.json()["code"] == "too_many_tries"
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_a_body_that_is_no_json_is_a_problem(script):
    answer = script.client.post("/auth/register/", b"{", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"])
def test_passwords_are_kept_as_argon2(db):
    assert register(username="haru", password=PASSWORD).password.startswith("argon2$argon2id$")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_name_at_once_one_gets_it():
    start, refused = threading.Barrier(4), []

    def take():
        start.wait()
        try:
            register(username="haru", password=PASSWORD)
        except Invalid as problem:
            refused.append(problem.errors)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(username="haru").count() == Profile.objects.count() == 1
    assert [list(errors) for errors in refused] == [["username"]] * 3


def test_a_superuser_has_a_profile_and_one_spelling(db):
    call_command("createsuperuser", "--noinput", username="Boss", email="")
    boss = User.objects.get()
    assert (boss.username, boss.email) == ("boss", None)
    assert boss.profile.zone == "Asia/Seoul"
    assert User.objects.get_by_natural_key("BOSS") == boss
