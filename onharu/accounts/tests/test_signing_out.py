import pytest
from django.test import Client

from conftest import PASSWORD
from onharu.accounts.models import SignIn, User
from onharu.accounts.tests.conftest import Script


def status_of(pair):
    return Script(pair["access"]).get("/api/users/me/").status_code


def test_signing_out_by_the_refresh_token_ends_access_at_once(tokens, script):
    assert status_of(tokens) == 200
    assert script.post("/auth/logout/", {"refresh": tokens["refresh"]}).status_code == 204
    assert status_of(tokens) == 401
    assert script.post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).status_code == 401


def test_signing_out_by_the_access_token_alone_ends_the_family(me, tokens, script):
    assert me.post("/auth/logout/", {}).status_code == 204
    assert status_of(tokens) == 401
    assert script.post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).status_code == 401


def test_saying_it_twice_changes_nothing(tokens, script):
    for _ in range(2):
        assert script.post("/auth/logout/", {"refresh": tokens["refresh"]}).status_code == 204


def test_an_access_token_that_no_longer_holds_may_be_sent_along(tokens):
    answer = Script("not-a-token").post("/auth/logout/", {"refresh": tokens["refresh"]})
    assert answer.status_code == 204
    assert status_of(tokens) == 401


def test_an_old_refresh_token_of_the_family_ends_it_too(tokens, script):
    newer = script.post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).json()
    script.post("/auth/logout/", {"refresh": tokens["refresh"]})
    assert status_of(newer) == 401


def test_who_sends_nothing_is_asked_to_sign_in(script):
    answer = script.post("/auth/logout/", {})
    assert (answer.status_code, answer.json()["code"]) == (401, "unsigned")


@pytest.mark.parametrize("refresh", ["nonsense", "a.b.c"])
def test_a_false_token_ends_nothing(script, tokens, refresh):
    assert script.post("/auth/logout/", {"refresh": refresh}).json()["code"] == "refresh_invalid"
    assert status_of(tokens) == 200


def test_signing_out_here_leaves_other_places_signed_in(tokens, script, owner):
    other = script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    script.post("/auth/logout/", {"refresh": tokens["refresh"]})
    assert status_of(other) == 200


def test_a_browser_signs_out_of_its_own_session(browser, owner):
    assert browser.post("/auth/logout/", {}, content_type="application/json").status_code == 204
    assert browser.get("/api/users/me/").status_code == 401
    assert not SignIn.objects.filter(user=owner).exists()


def test_a_cookie_taken_before_the_sign_out_is_worth_nothing_after_it(browser):
    taken = browser.cookies["sessionid"].value
    browser.post("/auth/logout/", {}, content_type="application/json")
    thief = Client()
    thief.cookies["sessionid"] = taken
    assert thief.get("/api/users/me/").status_code == 401


def test_somebody_kept_out_loses_access_at_once(staff, tokens, owner, django_capture_on_commit_callbacks):
    assert status_of(tokens) == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.patch(f"/api/users/{owner.pk}/", {"is_active": False}).status_code == 200
    assert status_of(tokens) == 401
    assert not SignIn.objects.filter(user=owner).exists()
    with django_capture_on_commit_callbacks(execute=True):
        staff.patch(f"/api/users/{owner.pk}/", {"is_active": True})
    assert status_of(tokens) == 401


def test_deleting_a_person_ends_their_sign_ins(tokens, owner):
    User.objects.get(pk=owner.pk).delete()
    assert not SignIn.objects.filter(user_id=owner.pk).exists()
