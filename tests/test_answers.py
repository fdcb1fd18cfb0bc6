"""Unknown addresses, wrong methods and unexpected failures, as a script meets them."""

import pytest
from django.db import OperationalError
from django.test import Client

from onharu.accounts.walls import WallMiddleware
from onharu.records.meals.api import foods

JSON = "application/json"


def test_an_unknown_address_below_api_is_a_problem(browser):
    response = browser.get("/api/nothing/here/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "missing"


def test_an_unknown_page_is_a_page(browser):
    response = browser.get("/nothing/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_a_wrong_method_is_said_in_both_languages(browser):
    problem = browser.delete("/api/meals/").json()
    assert (problem["status"], problem["code"]) == (405, "method_not_allowed")
    assert problem["messages"]["en"] == "This method is not allowed here."
    assert "{" not in problem["messages"]["ko"]


def test_a_wrong_format_is_said(browser):
    problem = browser.post("/api/meals/", "<a/>", content_type="application/xml").json()
    assert (problem["status"], problem["code"]) == (415, "unsupported_media_type")


def test_a_failure_nobody_expected_is_a_problem_with_the_requests_id(owner, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("고혈압약")

    monkeypatch.setattr(foods.shelf, "at_hand", broken)
    client = Client(raise_request_exception=False)
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    response = client.get("/api/foods/", headers={"X-Request-ID": "abcdefgh-77"})
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json()["request_id"] == "abcdefgh-77"
    assert "고혈압약" not in response.content.decode()


@pytest.mark.parametrize("path", ["/api/foods/", "/today/"])
def test_a_database_that_is_away_before_any_page_is_reached_is_no_fault_of_ours(owner, monkeypatch, path):
    """Whose request it is, is asked of the database too."""

    def away(*_):
        raise OperationalError

    monkeypatch.setattr(WallMiddleware, "__call__", away)
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "2")
    if path == "/api/foods/":
        assert response.json()["code"] == "busy"


@pytest.mark.parametrize("said", ["{0}", "W/{0}", '"other", {0}', 'W/"x",W/{0}'])
def test_a_day_a_client_has_is_not_sent_again(browser, said):
    etag = browser.get("/api/days/2026-11-22/summary/")["ETag"]
    again = browser.get("/api/days/2026-11-22/summary/", headers={"If-None-Match": said.format(etag)})
    assert (again.status_code, again.content) == (304, b"")
