"""Scraps over HTTP, each way it can go: read, narrowed, paged, repeated, corrected, refused, taken back."""

import json
from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.records.medication import rules
from onharu.records.medication.actions import cleaning, scraps
from onharu.records.medication.models import Scrap, ScrapTag, Tag
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, put_on_the_shelf
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def patch(client, path, body):
    return client.patch(path, body, content_type=JSON)


def problem(response):
    """The status and the code of a problem, after a look at its shape."""
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert set(body["messages"]) == {"ko", "en"} and all(body["messages"].values())
    return response.status_code, body["code"]


@pytest.fixture
def many(owner, noon):
    """Make scraps of products that are on the shelf, the last one newest."""

    def make(number, **said):
        here = Scrap.objects.of(owner.pk).count()
        for place in range(here, here + number):
            put_on_the_shelf(f"3000{place:05}", f"약 {place}")
            scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000{place:05}", said=said)

    return make


def test_a_scrap_without_a_category_is_often_looked_up(browser, tablet):
    made = post(browser, "/api/scraps/", {"item_seq": TABLET}).json()
    assert (made["category"], made["notes"], made["tags"]) == ("FAVORITE", "", [])


def test_a_scrap_tells_when_it_was_made_and_changed_in_the_persons_zone(browser, scrap, noon, monkeypatch):
    path = f"/api/scraps/{scrap.pk}/"
    assert browser.get(path).json()["created_at"] == "2026-11-22T12:00:00+09:00"
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=1))
    changed = patch(browser, path, {"notes": "달라졌다"}).json()
    assert changed["created_at"] == "2026-11-22T12:00:00+09:00"
    assert changed["changed_at"] == "2026-11-22T13:00:00+09:00"


@pytest.mark.parametrize("category", ["FAVORITE", "GOOD", "BAD"])
def test_a_category_changes_and_the_rest_stays(browser, scrap, category):
    changed = patch(browser, f"/api/scraps/{scrap.pk}/", {"category": category})
    assert changed.status_code == 200
    assert changed.json()["category"] == category
    assert (changed.json()["notes"], changed.json()["tags"]) == ("두통에 한 알.", ["두통", "비상약"])


def test_an_empty_list_of_tags_takes_them_off_and_leaves_the_words(browser, scrap):
    assert patch(browser, f"/api/scraps/{scrap.pk}/", {"tags": []}).json()["tags"] == []
    assert not ScrapTag.objects.exists()
    assert Tag.objects.alive().count() == 2


def test_a_note_is_emptied_by_saying_so(browser, scrap):
    assert patch(browser, f"/api/scraps/{scrap.pk}/", {"notes": ""}).json()["notes"] == ""


@pytest.mark.parametrize(
    "body",
    [
        {"category": "best"},
        {"category": None},
        {"category": ["GOOD"]},
        {"notes": "가" * 1001},
        {"notes": None},
        {"notes": {"ko": "나"}},
        {"tags": "두통"},
        {"tags": ["#"]},
        {"tags": [""]},
        {"tags": [["두통"]]},
        {"tags": ["가" * 31]},
        {"tags": [f"t{place}" for place in range(11)]},
    ],
)
def test_a_correction_that_is_refused_changes_nothing(browser, scrap, body):
    before = browser.get(f"/api/scraps/{scrap.pk}/").json()
    assert problem(patch(browser, f"/api/scraps/{scrap.pk}/", {"notes": "이것도", **body}))[0] == 400
    assert browser.get(f"/api/scraps/{scrap.pk}/").json() == before
    assert Tag.objects.count() == 2


@pytest.mark.parametrize("body", ["{", "[]", '"GOOD"', "null", "\xff"])
def test_what_is_no_object_is_a_problem(browser, scrap, body):
    answer = browser.patch(f"/api/scraps/{scrap.pk}/", body.encode("latin-1"), content_type=JSON)
    assert problem(answer)[0] == 400
    assert post(browser, "/api/scraps/", json.loads("[1]")).status_code == 400
    assert Scrap.objects.get().category == "GOOD"


@pytest.mark.parametrize("path", ["/api/scraps/987654321/", "/api/scraps/by-item/202000009/", "/api/scraps/by-item/a/"])
def test_what_is_not_there_is_missing(browser, scrap, path):
    assert problem(browser.get(path))[0] == 404


@pytest.mark.parametrize("number", ["202000009", "12345678", "20200000１", "1" * 40, "a'--"])
def test_saying_something_of_no_product_is_missing(browser, tablet, number):
    answer = browser.put(f"/api/scraps/by-item/{number}/", {"category": "GOOD"}, content_type=JSON)
    assert problem(answer) == (404, "medicine_missing")
    assert not Scrap.objects.exists()


def test_an_address_asks_for_a_sign_in(client, scrap):
    for path in ("/api/scraps/", f"/api/scraps/{scrap.pk}/", f"/api/scraps/by-item/{TABLET}/"):
        assert client.get(path).status_code == 401
    assert post(client, "/api/scraps/", {"item_seq": PARTNER}).status_code == 401
    assert client.delete(f"/api/scraps/{scrap.pk}/").status_code == 401
    assert Scrap.objects.alive().count() == 1


def test_a_repeated_request_is_answered_with_the_first_reply_also_after_a_change(browser, tablet):
    first = post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1")
    patch(browser, f"/api/scraps/{first.json()['id']}/", {"category": "BAD"})
    again = post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1")
    assert (again.status_code, again.content) == (201, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert Scrap.objects.get().category == "BAD"


def test_a_key_that_was_used_for_something_else_is_a_conflict(browser, tablet, partner):
    post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1")
    other = post(browser, "/api/scraps/", {"item_seq": PARTNER}, idempotency_key="k1")
    assert problem(other) == (422, "idempotency_key_reused")
    assert [scrap.item_seq for scrap in Scrap.objects.all()] == [TABLET]


def test_keys_of_two_people_are_told_apart(browser, stranger_browser, tablet):
    mine = post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1").json()
    theirs = post(stranger_browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1").json()
    assert mine["id"] != theirs["id"]


def test_lists_have_pages_that_join_without_a_gap(browser, many):
    many(7)
    seen, path = [], "/api/scraps/?limit=3"
    while path:
        body = browser.get(path).json()
        assert body["count"] == 7 and len(body["results"]) <= 3
        seen += [row["item_seq"] for row in body["results"]]
        path = body["next"]
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 7


@pytest.mark.parametrize(
    ("query", "rows"), [("?limit=500", 100), ("?limit=0", 50), ("?limit=x", 50), ("?offset=103", 2)]
)
def test_a_page_is_never_larger_than_a_hundred(browser, many, query, rows):
    many(105)
    assert len(browser.get(f"/api/scraps/{query}").json()["results"]) == rows


@pytest.mark.parametrize("wanted", ["?category=", "?tag=", "?category=&tag="])
def test_an_empty_wish_is_none(browser, scrap, wanted):
    answer = browser.get(f"/api/scraps/{wanted}")
    assert (answer.status_code, answer.json()["count"]) == (200, 1)


@pytest.mark.parametrize(
    "wanted",
    ["?category=good", "?category=GOOD%00", "?tag=두통", "?tag=-1", "?tag=1.5", "?tag=%EF%BC%91", f"?tag={'9' * 40}"],
)
def test_a_wish_that_is_none_is_a_problem_or_finds_nothing(browser, scrap, wanted):
    answer = browser.get(f"/api/scraps/{wanted}")
    assert answer.status_code == 400 or answer.json()["count"] == 0


def test_a_tag_that_nobody_has_finds_nothing_just_as_somebody_elses(browser, stranger_browser, stranger, scrap):
    tag = row_where(Tag.objects, name="두통").pk
    scraps.set_scrap(owner_id=stranger.pk, item_seq=TABLET, said={"tags": ["두통"]})
    absent = stranger_browser.get("/api/scraps/?tag=987654321").json()
    assert stranger_browser.get(f"/api/scraps/?tag={tag}").json()["results"] == absent["results"] == []
    assert browser.get(f"/api/scraps/?tag={tag}").json()["count"] == 1


def test_a_tag_that_was_taken_away_narrows_no_more(browser, scrap):
    tag = row_where(Tag.objects, name="두통").pk
    browser.delete(f"/api/scraps/tags/{tag}/")
    assert browser.get(f"/api/scraps/?tag={tag}").json()["count"] == 0
    assert browser.get(f"/api/scraps/{scrap.pk}/").json()["tags"] == ["비상약"]


def test_a_deletion_is_taken_back_once_or_twice_and_not_after_a_day(browser, scrap, noon, monkeypatch):
    path = f"/api/scraps/{scrap.pk}/"
    before = browser.get(path).json()
    assert [browser.delete(path).status_code for _ in range(2)] == [204, 204]
    assert problem(browser.get(f"/api/scraps/by-item/{TABLET}/"))[0] == 404
    assert [browser.put(f"{path}restore/").json() for _ in range(2)] == [before, before]
    browser.delete(path)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1, seconds=1))
    cleaning.forget_deleted()
    assert problem(browser.put(f"{path}restore/"))[0] == 404
    assert problem(browser.delete(path))[0] == 404


def test_a_scrap_that_was_let_go_is_neither_read_nor_corrected(browser, scrap):
    browser.delete(f"/api/scraps/{scrap.pk}/")
    assert problem(patch(browser, f"/api/scraps/{scrap.pk}/", {"category": "BAD"}))[0] == 404
    assert Scrap.objects.get().category == "GOOD"


def test_a_deletion_is_not_taken_back_over_a_newer_scrap(browser, scrap):
    browser.delete(f"/api/scraps/{scrap.pk}/")
    anew = post(browser, "/api/scraps/", {"item_seq": TABLET, "category": "BAD"}).json()
    back = browser.put(f"/api/scraps/{scrap.pk}/restore/")
    assert problem(back) == (409, "scrap_exists")
    assert back.json()["errors"]["id"] == [str(anew["id"])]


def test_more_scraps_than_can_be_kept_are_refused_by_name(browser, many, tablet, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SCRAPS", 3)
    many(3)
    assert problem(post(browser, "/api/scraps/", {"item_seq": TABLET})) == (409, "scraps_too_many")
    path = "/api/scraps/by-item/300000000/"
    assert browser.put(path, {"category": "BAD"}, content_type=JSON).status_code == 200


def test_a_product_that_has_left_the_shelf_is_null_and_never_made_up(browser, scrap, tablet):
    tablet.delete()
    row = browser.get(f"/api/scraps/{scrap.pk}/").json()
    assert (row["item_name"], row["company"], row["notes"]) == (None, None, "두통에 한 알.")
    assert patch(browser, f"/api/scraps/{scrap.pk}/", {"category": "BAD"}).json()["category"] == "BAD"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_list_is_not_changed_as_a_whole(browser, scrap, method):
    assert problem(getattr(browser, method)("/api/scraps/"))[0] == 405


def test_listing_costs_the_same_for_one_and_for_five_hundred(browser, many):
    many(1, tags=["하나", "둘"])
    before = statements_of(lambda: browser.get("/api/scraps/?limit=100"))
    many(499)
    assert statements_of(lambda: browser.get("/api/scraps/?limit=100")) == before <= 3
    assert browser.get("/api/scraps/").json()["count"] == 500
