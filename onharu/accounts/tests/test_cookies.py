import pytest
from django.test import Client

from conftest import PASSWORD
from onharu.accounts import principal
from onharu.accounts.models import SignIn
from onharu.accounts.sessions import SessionStore


@pytest.fixture
def strict(owner):
    """The owner's browser, checked for CSRF as in life."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    return client


def test_a_browser_may_read_with_its_cookie(strict, owner):
    assert strict.get("/api/users/me/").json()["id"] == owner.pk


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("patch", "/api/users/me/"),
        ("post", "/auth/logout/"),
        ("delete", "/api/me/sessions/abc/"),
        ("post", "/api/users/"),
    ],
)
def test_an_unsafe_request_by_cookie_needs_the_csrf_token(strict, method, path):
    answer = getattr(strict, method)(path, {"nickname": "x"}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf_missing"
    assert strict.get("/api/users/me/").json()["nickname"] == "owner"


def test_with_the_csrf_token_it_is_taken(strict):
    strict.cookies["csrftoken"] = "a" * 32
    answer = strict.patch(
        "/api/users/me/", {"nickname": "하루"}, content_type="application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert answer.json()["nickname"] == "하루"


def test_a_bearer_token_needs_no_csrf_token_and_comes_before_the_cookie(strict, stranger):
    pair = Client().post("/auth/token/", {"username": "stranger", "password": PASSWORD}).json()
    answer = strict.get("/api/users/me/", headers={"Authorization": f"Bearer {pair['access']}"})
    assert answer.json()["username"] == "stranger"


def test_a_false_bearer_token_is_not_saved_by_a_cookie(strict):
    assert strict.get("/api/users/me/", headers={"Authorization": "Bearer nonsense"}).status_code == 401


@pytest.mark.parametrize("key", ["x" * 32, "", "../etc", "\xe9" * 40, "a" * 5000])
def test_an_invented_cookie_is_nobody(db, key):
    client = Client()
    client.cookies["sessionid"] = key
    assert client.get("/api/users/me/").status_code == 401


def test_a_page_by_cookie_costs_one_statement_cold_and_none_warm(browser, django_assert_num_queries):
    principal.reset()
    with django_assert_num_queries(1):
        browser.get("/api/users/me/")
    with django_assert_num_queries(0):
        browser.get("/api/users/me/")


def test_a_session_keeps_what_is_written_and_tells_it_to_the_next_reader(db):
    session = SessionStore()
    session["colour"] = "green"
    session.save()
    assert SessionStore(session.session_key)["colour"] == "green"
    session["colour"] = "blue"
    session.save()
    assert SessionStore(session.session_key)["colour"] == "blue"
    session.flush()
    assert "colour" not in SessionStore(SignIn().session_key or "gone")


def test_an_ended_session_is_empty_at_once_and_gets_a_new_key(db):
    session = SessionStore()
    session["colour"] = "green"
    session.save()
    key = session.session_key
    assert SessionStore(key).get("colour") == "green"
    SessionStore(key).delete()
    ended = SessionStore(key)
    assert ended.get("colour") is None
    assert ended.session_key is None


def test_a_session_row_knows_whose_it_is(browser, owner):
    assert SignIn.objects.get().user == owner
