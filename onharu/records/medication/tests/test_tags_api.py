"""Words of one's own for medicines, over HTTP: made, spelled, counted, renamed, taken away and back."""

import pytest

from onharu.kernel import tags as kernel_tags
from onharu.records.medication.actions import scraps, tags
from onharu.records.medication.models import ScrapTag, Tag
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, put_on_the_shelf
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client, body, **headers):
    return client.post("/api/scraps/tags/", body, content_type=JSON, headers=headers)


def patch(client, tag, body):
    return client.patch(f"/api/scraps/tags/{tag}/", body, content_type=JSON)


def listed(client, query=""):
    return [(row["name"], row["uses"]) for row in client.get(f"/api/scraps/tags/{query}").json()["results"]]


def test_a_tag_that_is_there_is_answered_with_and_not_made_again(browser, scrap):
    again = post(browser, {"name": "# 두 통"})
    assert (again.status_code, again.json()["name"], again.json()["uses"]) == (201, "두통", 1)
    assert Tag.objects.count() == 2


def test_the_most_used_tags_come_first_and_then_by_name(browser, owner, scrap, partner):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"tags": ["비상약"]})
    post(browser, {"name": "여행"})
    assert listed(browser) == [("비상약", 2), ("두통", 1), ("여행", 0)]
    assert listed(browser, "?limit=1&offset=1") == [("두통", 1)]


def test_a_scrap_that_was_let_go_is_not_counted(browser, scrap):
    browser.delete(f"/api/scraps/{scrap.pk}/")
    assert listed(browser) == [("두통", 0), ("비상약", 0)]
    browser.put(f"/api/scraps/{scrap.pk}/restore/")
    assert listed(browser) == [("두통", 1), ("비상약", 1)]


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": "#"}, {"name": "\u202e"}, {"name": "가" * 31}, {"name": None}, {"name": ["두통"]}, []],
)
def test_a_tag_that_says_nothing_or_too_much_is_refused(browser, body):
    answer = post(browser, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert not Tag.objects.exists()


def test_a_repeated_request_makes_one_tag(browser):
    first, again = (post(browser, {"name": "여행"}, idempotency_key="k") for _ in range(2))
    assert first.content == again.content
    assert post(browser, {"name": "출장"}, idempotency_key="k").status_code == 422
    assert Tag.objects.count() == 1


def test_a_tag_may_be_spelled_otherwise_and_stays_the_same(browser, scrap):
    tag = row_where(Tag.objects, name="두통").pk
    changed = patch(browser, tag, {"name": "두 통"})
    assert (changed.status_code, changed.json()) == (200, {"id": tag, "name": "두 통", "uses": 1})
    assert browser.get(f"/api/scraps/{scrap.pk}/").json()["tags"] == ["두 통", "비상약"]


def test_a_name_that_another_tag_has_is_a_conflict_that_names_it(browser, scrap):
    first, other = (row_where(Tag.objects, name=name).pk for name in ("두통", "비상약"))
    answer = patch(browser, first, {"name": "비상 약"})
    assert (answer.status_code, answer.json()["code"]) == (409, "tag_exists")
    assert answer.json()["errors"]["id"] == [str(other)]
    assert Tag.objects.get(pk=first).name == "두통"


def test_a_name_is_free_again_when_its_tag_is_gone_and_then_the_old_one_stays_gone(browser, scrap):
    first, other = (row_where(Tag.objects, name=name).pk for name in ("두통", "비상약"))
    browser.delete(f"/api/scraps/tags/{other}/")
    assert patch(browser, first, {"name": "비상약"}).status_code == 200
    back = browser.put(f"/api/scraps/tags/{other}/restore/")
    assert (back.status_code, back.json()["errors"]["id"]) == (409, [str(first)])


def test_a_deletion_is_taken_back_with_the_scraps_it_stood_on(browser, scrap):
    tag = row_where(Tag.objects, name="두통").pk
    assert [browser.delete(f"/api/scraps/tags/{tag}/").status_code for _ in range(2)] == [204, 204]
    assert browser.get(f"/api/scraps/tags/{tag}/").status_code == 404
    assert patch(browser, tag, {"name": "머리"}).status_code == 404
    assert [browser.put(f"/api/scraps/tags/{tag}/restore/").json()["uses"] for _ in range(2)] == [1, 1]
    assert browser.get(f"/api/scraps/{scrap.pk}/").json()["tags"] == ["두통", "비상약"]


def test_a_word_that_was_taken_away_is_a_new_one_when_it_is_used_again(browser, scrap):
    old = row_where(Tag.objects, name="두통").pk
    browser.delete(f"/api/scraps/tags/{old}/")
    browser.patch(f"/api/scraps/{scrap.pk}/", {"tags": ["두통"]}, content_type=JSON)
    assert [row["id"] for row in browser.get("/api/scraps/tags/").json()["results"] if row["name"] == "두통"] != [old]
    assert browser.put(f"/api/scraps/tags/{old}/restore/").status_code == 409


def test_two_people_may_use_the_same_word_and_neither_sees_the_others(browser, stranger_browser, scrap):
    theirs = post(stranger_browser, {"name": "두통"}).json()
    assert listed(stranger_browser) == [("두통", 0)]
    assert theirs["id"] != row_where(Tag.objects.of(scrap.owner_id), name="두통").pk
    assert listed(browser) == [("두통", 1), ("비상약", 1)]


def test_a_person_has_so_many_tags_at_most(browser, owner, scrap, monkeypatch):
    monkeypatch.setattr(kernel_tags, "MOST_TAGS", 3)
    assert post(browser, {"name": "셋"}).status_code == 201
    full = post(browser, {"name": "넷"})
    assert (full.status_code, full.json()["code"]) == (400, "tags_too_many")
    assert post(browser, {"name": "두통"}).status_code == 201
    refused = browser.patch(f"/api/scraps/{scrap.pk}/", {"tags": ["두통", "다섯"]}, content_type=JSON)
    assert refused.status_code == 400
    assert browser.get(f"/api/scraps/{scrap.pk}/").json()["tags"] == ["두통", "비상약"]


def test_an_address_asks_for_a_sign_in(client, scrap):
    tag = Tag.objects.first().pk
    assert client.get("/api/scraps/tags/").status_code == 401
    assert client.delete(f"/api/scraps/tags/{tag}/").status_code == 401
    assert client.put(f"/api/scraps/tags/{tag}/restore/").status_code == 401
    assert Tag.objects.alive().count() == 2


def test_listing_costs_the_same_for_one_and_for_two_hundred(browser, owner, tablet, noon):
    tags.add_tag(owner_id=owner.pk, name="하나")
    before = statements_of(lambda: browser.get("/api/scraps/tags/?limit=100"))
    for place in range(20):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}")
        said = {"tags": [f"태그 {place}-{number}" for number in range(9)]}
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said=said)
    assert ScrapTag.objects.count() == 180
    assert statements_of(lambda: browser.get("/api/scraps/tags/?limit=100")) == before <= 2
