"""One's own pharmacies over HTTP: a state that is set, nobody else's, problems in both languages."""

import pytest

from onharu.records.places.models import KeptPharmacy
from tests.pharmacy_shelf import put

pytestmark = pytest.mark.django_db
MINE = "/api/pharmacies/mine/"


def favourite(pharmacy):
    return f"/api/pharmacies/{getattr(pharmacy, 'pk', pharmacy)}/favourite/"


def test_keeping_answers_with_the_pharmacy_and_since_when(browser, street):
    near, *_ = street
    answer = browser.put(favourite(near))
    body = answer.json()
    assert answer.status_code == 200
    assert (body["name"], body["open_now"], body["kept_at"]) == ("참좋은약국", True, "2026-11-22T12:00:00+09:00")
    assert body["closes_at"] == "2026-11-22T18:00:00+09:00"
    assert (body["distance_m"], body["hours"]["sun"], body["hours"]["holiday"]) == (None, [["10:00", "18:00"]], None)
    assert browser.put(favourite(near)).json() == body
    assert KeptPharmacy.objects.count() == 1


def test_mine_are_listed_in_pages(browser, street):
    for one in street:
        browser.put(favourite(one))
    body = browser.get(f"{MINE}?limit=2").json()
    assert (body["count"], [row["name"] for row in body["results"]]) == (3, ["모르는약국", "주일쉬는약국"])
    assert [row["open_now"] for row in browser.get(MINE).json()["results"]] == [None, False, True]
    assert "offset=2" in body["next"]


def test_letting_go_is_repeatable(browser, street):
    near, *_ = street
    browser.put(favourite(near))
    for _ in range(2):
        answer = browser.delete(favourite(near))
        assert (answer.status_code, answer.content) == (204, b"")
    assert browser.get(MINE).json()["results"] == []


@pytest.mark.parametrize("number", [987654321, 10**25])
@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_number_that_is_none_is_missing(browser, street, method, number):
    answer = getattr(browser, method)(favourite(number))
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_pharmacy")
    assert set(answer.json()["messages"]) == {"ko", "en"}


def test_past_a_hundred_says_so(browser, owner, noon):
    for place in range(101):
        answer = browser.put(favourite(put(f"약국 {place}")))
    assert (answer.status_code, answer.json()["code"]) == (409, "pharmacies_too_many")
    assert browser.get(MINE).json()["count"] == 100


def test_what_a_stranger_keeps_and_lets_go_is_their_own(browser, stranger_browser, street):
    near, *_ = street
    browser.put(favourite(near))
    before = browser.get(MINE).json()
    assert stranger_browser.get(MINE).json()["count"] == 0
    stranger_browser.put(favourite(near))
    stranger_browser.delete(favourite(near))
    assert browser.get(MINE).json() == before


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_nobody_at_all_keeps_nothing(client, street, method):
    path = MINE if method == "get" else favourite(street[0])
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer.json()["code"]) == (401, "unsigned")


def test_listing_costs_the_same_for_one_or_fifty(browser, owner, noon, django_assert_num_queries):
    browser.put(favourite(put("약국")))
    browser.get(MINE)
    with django_assert_num_queries(2):
        browser.get(MINE)
    for place in range(49):
        browser.put(favourite(put(f"약국 {place}")))
    browser.get(MINE)  # who asks is remembered for a moment
    with django_assert_num_queries(2):
        assert len(browser.get(MINE).json()["results"]) == 50
