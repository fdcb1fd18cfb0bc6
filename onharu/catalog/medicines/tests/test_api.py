"""The medicines over HTTP: what is found, by which layer, what is refused, and for whom."""

import pytest
from django.test import Client

from onharu.catalog.medicines.models import LabelSection, Product
from onharu.catalog.medicines.public import load_starter

pytestmark = pytest.mark.django_db
TYLENOL = "202106092"
SEARCH = "/api/medicines/search/"


@pytest.fixture
def shelf(db):
    return load_starter()


def found(browser, **said):
    answer = browser.get(SEARCH, said)
    assert answer.status_code == 200, answer.content
    return answer.json()


def names_in(body):
    return [row["item_name"] for row in body["results"]]


def test_a_medicine_is_found_by_its_name_with_all_a_row_promises(browser, shelf):
    body = found(browser, itemName="게보린정")
    row = body["results"][0]
    assert set(row) == {
        "item_seq", "item_name", "company", "supply", "summary", "summary_source", "image", "source", "as_of",
        "withdrawn_on", "score",
    }  # fmt: skip
    assert (row["item_seq"], row["company"], row["image"]) == ("197900277", "삼진제약(주)", None)
    assert (row["summary"][:2], row["summary_source"]) == ("두통", "extract")
    assert body["count"] == len(body["results"])


def test_a_slip_is_understood_and_said(browser, shelf):
    body = found(browser, itemName="타이래놀정")
    assert "타이레놀" in body["corrected"]
    assert "타이레놀" in names_in(body)[0]


def test_two_symptoms_said_in_one_breath_bring_what_is_for_both(browser, shelf):
    body = found(browser, efcyQesitm="머리가 아프고 열이 나요")
    assert body["symptoms"] == ["두통", "발열"]
    first = LabelSection.objects.get(product__item_seq=body["results"][0]["item_seq"], kind="efficacy").text
    assert "두통" in first
    assert "발열" in first


def test_one_box_understands_names_and_symptoms(browser, shelf):
    assert found(browser, q="게보린")["symptoms"] == []
    assert found(browser, q="차멀미 약")["symptoms"] == ["멀미"]
    assert found(browser, q="ㅂㅇㅈㅈ")["results"][0]["item_name"] == "베아제정"


def test_a_symptom_no_vocabulary_has_is_looked_for_in_labels(browser, shelf):
    body = found(browser, efcyQesitm="옴벌레증")
    assert (body["count"], body["symptoms"]) == (0, [])
    LabelSection.objects.filter(product__item_seq=TYLENOL, kind="efficacy").update(text="옴벌레증에 써요.")
    assert names_in(found(browser, efcyQesitm="옴벌레증", limit="5"))[0].startswith("타이레놀정500")


def test_detail_brings_whole_labels(browser, shelf):
    row = found(browser, itemName="타이레놀정500", type="detail")["results"][0]
    assert row["ingredients"] == [{"name": "아세트아미노펜", "name_en": None, "amount": 500, "unit": "mg"}]
    assert set(row["sections"]) == {"efficacy", "use", "cautions", "interactions", "storage"}
    assert (row["looks"][0]["imprint_front"], row["as_of"]) == ("TYLENOL", "2024-06-03")
    assert "온하루 시작 목록" in row["source"]


def test_the_headers_say_which_layer_answered_and_how_fast(browser, shelf):
    answers = [browser.get(SEARCH, {"itemName": "게보린"}) for _ in range(2)]
    assert [one["X-Cache-Status"] for one in answers] == ["HIT-L2", "HIT-L1"]
    assert all(one["Server-Timing"].startswith(("hit-l1;dur=", "hit-l2;dur=")) for one in answers)
    assert {one["Cache-Control"] for one in answers} == {"private, no-store"}
    assert answers[0].content == answers[1].content


def test_a_repeated_search_costs_no_statement_at_all(browser, shelf, django_assert_num_queries):
    browser.get(SEARCH, {"itemName": "게보린"})
    with django_assert_num_queries(0):
        browser.get(SEARCH, {"itemName": "게보린"})


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"itemName": ""},
        {"itemName": "  "},
        {"itemName": "게보린", "q": "게보린"},
        {"itemName": "게보린", "efcyQesitm": "두통"},
        {"q": "가", "type": "all"},
        {"q": "가", "limit": "0"},
        {"q": "가", "limit": "101"},
        {"q": "가", "limit": "-1"},
        {"q": "가", "limit": "두 개"},
        {"q": "가", "limit": "²"},
        {"q": "가" * 101},
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_two_languages(browser, said):
    answer = browser.get(SEARCH, said)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["messages"]) == {"ko", "en"}
    assert answer.json()["errors"]


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE", "\x00게보린", "😀", "ㅋㅋㅋ", "가" * 100, "<b>", "\\"])
def test_odd_letters_are_answered_like_others(browser, shelf, text):
    for kind in ("itemName", "efcyQesitm", "q"):
        assert browser.get(SEARCH, {kind: text}).status_code in {200, 400}


def test_one_medicine_tells_everything_known(browser, shelf, django_assert_num_queries):
    browser.get(f"/api/medicines/{TYLENOL}/")
    with django_assert_num_queries(5):
        body = browser.get(f"/api/medicines/{TYLENOL}/").json()
    assert (body["item_seq"], body["supply"], body["form"]) == (TYLENOL, "STORE", "필름코팅정")
    assert "score" not in body


@pytest.mark.parametrize("number", ["999999999", "1", "타이레놀", "2021060920", "unknown"])
def test_an_unknown_medicine_is_a_problem(browser, shelf, number):
    answer = browser.get(f"/api/medicines/{number}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_medicine")


def test_a_pill_is_told_by_what_is_printed_on_it(browser, shelf, django_assert_num_queries):
    browser.get("/api/medicines/identify/", {"imprint": "tylenol"})
    with django_assert_num_queries(2):
        body = browser.get("/api/medicines/identify/", {"imprint": "500 Tylenol", "color": "흰색"}).json()
    assert (body["results"][0]["item_seq"], body["results"][0]["score"]) == (TYLENOL, 100)
    assert body["results"][0]["look"]["shape"] == "장방형"


@pytest.mark.parametrize("said", [{}, {"imprint": " "}, {"imprint": "a", "limit": "x"}, {"color": "하" * 101}])
def test_a_pill_nobody_describes_is_a_problem(browser, said):
    answer = browser.get("/api/medicines/identify/", said)
    assert (answer.status_code, set(answer.json()["messages"])) == (400, {"ko", "en"})


def test_counts_are_for_staff_only(browser, stranger_browser, owner, shelf):
    assert stranger_browser.get("/api/medicines/cache-stats/").status_code == 403
    owner.is_staff = True
    owner.save()
    browser.get(SEARCH, {"itemName": "게보린"})
    browser.get(SEARCH, {"itemName": "게보린"})
    body = browser.get("/api/medicines/cache-stats/").json()
    assert body["layers"] == {"HIT-L1": 1, "HIT-L2": 1, "MISS": 0}
    assert (body["kept"], body["popular"]) == (1, [])
    assert body["kept_bytes"] > 100


@pytest.mark.parametrize("path", ["/search/", "/search/optimized/"])
def test_a_predecessor_s_clients_search_at_their_addresses(browser, shelf, path):
    assert browser.get(path, {"itemName": "게보린"}).content == browser.get(SEARCH, {"itemName": "게보린"}).content
    assert Client().get(path, {"itemName": "게보린"}).status_code == 401


@pytest.mark.parametrize("path", [f"{SEARCH}?q=가", "/api/medicines/identify/?imprint=a", f"/api/medicines/{TYLENOL}/"])
def test_nobody_is_told_without_signing_in(db, path):
    assert Client().get(path).status_code == 401


def test_the_shelf_is_the_same_for_everybody(browser, stranger_browser, shelf):
    for path in (f"{SEARCH}?q=두통", "/api/medicines/identify/?shape=원형", f"/api/medicines/{TYLENOL}/"):
        assert browser.get(path).content == stranger_browser.get(path).content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_shelf_is_changed_by_nobody(browser, shelf, method):
    for path in (SEARCH, "/api/medicines/identify/", f"/api/medicines/{TYLENOL}/", "/api/medicines/cache-stats/"):
        assert getattr(browser, method)(path).status_code in {403, 405}
    assert Product.objects.count() == shelf.new
