"""A person's medicines over HTTP: shapes, permissions, how many statements."""

import pytest

from onharu.records.medication.actions import scraps
from onharu.records.medication.models import Scrap, Tag
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, put_on_the_shelf

pytestmark = pytest.mark.django_db
JSON = "application/json"


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def test_a_medicine_is_scrapped_and_read(browser, tablet, noon):
    body = {"item_seq": TABLET, "category": "GOOD", "notes": "한 알", "tags": ["두통"]}
    made = post(browser, "/api/scraps/", body)
    assert made.status_code == 201
    assert made.json() | body == made.json()
    assert made.json()["item_name"] == "하루정500밀리그람"
    assert browser.get(f"/api/scraps/{made.json()['id']}/").json() == made.json()
    assert browser.get(f"/api/scraps/by-item/{TABLET}/").json() == made.json()


def test_scrapping_twice_is_a_conflict_that_names_the_scrap(browser, scrap):
    again = post(browser, "/api/scraps/", {"item_seq": TABLET})
    assert again.status_code == 409
    assert (again.json()["code"], again.json()["errors"]["id"]) == ("scrap_exists", [str(scrap.pk)])


def test_a_repeated_request_scraps_once(browser, tablet):
    first = post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1")
    second = post(browser, "/api/scraps/", {"item_seq": TABLET}, idempotency_key="k1")
    assert first.content == second.content
    assert Scrap.objects.count() == 1


def test_put_by_product_sets_a_state(browser, tablet):
    path = f"/api/scraps/by-item/{TABLET}/"
    first = browser.put(path, {"category": "BAD", "notes": "속이 쓰렸다"}, content_type=JSON).json()
    second = browser.put(path, {"category": "BAD"}, content_type=JSON).json()
    assert first == second
    assert second["notes"] == "속이 쓰렸다"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"item_seq": "12"}, 400),
        ({"item_seq": "999999999"}, 404),
        ({"item_seq": TABLET, "category": "BEST"}, 400),
        ({"item_seq": TABLET, "notes": "가" * 1001}, 400),
        ({"item_seq": TABLET, "tags": ["가" * 31]}, 400),
        ({"item_seq": TABLET, "tags": [f"t{n}" for n in range(11)]}, 400),
    ],
)
def test_what_cannot_be_scrapped_changes_nothing(browser, tablet, body, status):
    answer = post(browser, "/api/scraps/", body)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()["messages"]) == {"ko", "en"}
    assert not Scrap.objects.exists() and not Tag.objects.exists()


def test_a_scrap_is_corrected_let_go_and_taken_back(browser, scrap):
    path = f"/api/scraps/{scrap.pk}/"
    assert browser.patch(path, {"tags": ["여행"]}, content_type=JSON).json()["tags"] == ["여행"]
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.get("/api/scraps/").json()["count"] == 0
    back = browser.put(f"{path}restore/")
    assert (back.status_code, back.json()["tags"]) == (200, ["여행"])


def test_scraps_are_listed_by_category_and_tag(browser, owner, scrap, partner):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "BAD", "tags": ["비상약"]})
    tag = {row["name"]: row for row in browser.get("/api/scraps/tags/").json()["results"]}

    def listed(query):
        return [row["item_seq"] for row in browser.get(f"/api/scraps/{query}").json()["results"]]

    assert (tag["비상약"]["uses"], tag["두통"]["uses"]) == (2, 1)
    assert listed("") == [PARTNER, TABLET]
    assert listed("?category=GOOD") == [TABLET]
    assert listed(f"?tag={tag['비상약']['id']}") == [PARTNER, TABLET]
    assert listed(f"?tag={tag['두통']['id']}&category=BAD") == []
    assert listed("?limit=1&offset=1") == [TABLET]
    assert browser.get("/api/scraps/?category=BEST").status_code == 400
    assert browser.get("/api/scraps/?tag=x").status_code == 400


def test_listing_costs_three_statements_for_one_or_fifty(browser, owner, scrap):
    before = statements_of(lambda: browser.get("/api/scraps/"))
    for place in range(49):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}")
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said={"tags": ["하나", "둘"]})
    assert statements_of(lambda: browser.get("/api/scraps/")) == before <= 3
    assert len(browser.get("/api/scraps/").json()["results"]) == 50


def test_tags_are_made_renamed_and_taken_away(browser, owner, scrap):
    made = post(browser, "/api/scraps/tags/", {"name": "#여행"})
    assert (made.status_code, made.json()["name"], made.json()["uses"]) == (201, "여행", 0)
    path = f"/api/scraps/tags/{made.json()['id']}/"
    assert browser.patch(path, {"name": "출장"}, content_type=JSON).json()["name"] == "출장"
    taken = browser.patch(path, {"name": "두통"}, content_type=JSON)
    assert (taken.status_code, taken.json()["code"]) == (409, "tag_exists")
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.put(f"{path}restore/").json()["name"] == "출장"


def test_tags_of_medicines_and_of_days_are_other_ones(browser, scrap):
    assert browser.get("/api/tags/").json()["count"] == 0
    assert browser.get("/api/scraps/tags/").json()["count"] == 2


def test_what_was_looked_at_is_listed_and_forgotten(browser, stranger_browser, tablet, partner):
    for number in (TABLET, PARTNER):
        assert post(browser, "/api/medicines/recent/", {"item_seq": number}).status_code == 201
    seen = browser.get("/api/medicines/recent/").json()["results"]
    assert [row["item_seq"] for row in seen] == [PARTNER, TABLET]
    assert seen[1]["summary"] == "두통에 써요."
    assert stranger_browser.get("/api/medicines/recent/").json()["count"] == 0
    assert post(browser, "/api/medicines/recent/", {"item_seq": "999999999"}).status_code == 404
    assert browser.delete("/api/medicines/recent/").status_code == 204
    assert browser.get("/api/medicines/recent/").json()["results"] == []


def test_interactions_are_answered_from_the_shelf(browser, pair, scrap):
    answer = post(browser, "/api/medicines/interactions/", {"item_seqs": [PARTNER, "999999999"], "with_mine": True})
    body = answer.json()
    assert answer.status_code == 200
    assert body["findings"] == [
        {
            "kind": "pair",
            "severity": "금기",
            "applies": True,
            "products": [TABLET, PARTNER],
            "substances": ["세나졸", "하나틴"],
            "texts": ["중증의 위장관계 이상반응"],
            "remarks": [],
            "forms": None,
            "form_unknown": False,
            "limit": None,
            "grade": None,
            "group": None,
            "noticed_on": "2009-03-03",
            "source": "DUR 시험",
        }
    ]
    assert [(row["item_seq"], row["mine"]) for row in body["medicines"]] == [(PARTNER, False), (TABLET, True)]
    assert body["uncompared"] == [{"item_seq": TABLET, "substance": "두나민"}]
    assert body["unknown"] == ["999999999"]
    assert body["advice"] == {"ko": "확인해 보세요 · 약사와 상의", "en": "Check this · Ask your pharmacist"}


@pytest.mark.parametrize(
    "body", [{}, {"item_seqs": "202000001"}, {"item_seqs": ["1"]}, {"item_seqs": [f"{n:09}" for n in range(51)]}]
)
def test_a_question_that_is_none_is_a_problem(browser, body):
    assert post(browser, "/api/medicines/interactions/", body).status_code == 400


def test_a_stranger_finds_nothing_of_it(stranger_browser, scrap):
    tag = Tag.objects.first().pk
    assert stranger_browser.get("/api/scraps/").json()["results"] == []
    for path in (f"/api/scraps/{scrap.pk}/", f"/api/scraps/by-item/{TABLET}/", f"/api/scraps/tags/{tag}/"):
        assert stranger_browser.get(path).status_code == 404
    for path in (f"/api/scraps/{scrap.pk}/", f"/api/scraps/tags/{tag}/"):
        assert stranger_browser.patch(path, {"name": "나"}, content_type=JSON).status_code == 404
        assert stranger_browser.delete(path).status_code == 404
        assert stranger_browser.put(f"{path}restore/").status_code == 404
    assert stranger_browser.get(f"/api/scraps/?tag={tag}").json()["count"] == 0
    assert Scrap.objects.alive().count() == 1
