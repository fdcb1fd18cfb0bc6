"""Whatever somebody writes into an address of the shelf is answered or refused in words; nothing ever breaks."""

import pytest
from django.test import Client

from onharu.catalog.medicines.public import (
    FREE,
    NAME,
    SYMPTOM,
    Asked,
    answer,
    brief_of,
    facts_of,
    folded,
    identify,
    interactions,
    load_starter,
    looks_of,
    notices_on,
)

pytestmark = pytest.mark.django_db
SEARCH, IDENTIFY, STATS = "/api/medicines/search/", "/api/medicines/identify/", "/api/medicines/cache-stats/"
TYLENOL = "202106092"
# As they stand in an address: a NUL, half a surrogate pair, overlong and cut UTF-8, marks that fold, other directions.
RAW = [
    "%00", "%00%00타이레놀", "타이레놀%00", "%ED%A0%80", "%ED%B0%80타이레놀", "%C0%80", "%FF%FE", "%E1%84", "%",
    "%ZZ", "+", "%0D%0ASet-Cookie:a=b", "%F0%9F%92%8A", "%E2%80%AE", "%EF%B7%BA", "%CC%80%CC%80%CC%80",
    "..%2F..%2Fetc%2Fpasswd", "%27%20OR%201=1--", "%25%25%5F", "%5C%5C", "%7B%7B7*7%7D%7D", "NaN", "-1", "1e9",
]  # fmt: skip


@pytest.fixture
def shelf(db):
    return load_starter()


def check(answer):
    """In words: found, or a problem in two languages that changes nothing."""
    assert answer.status_code in {200, 400, 404}, (answer.status_code, answer.content)
    if answer.status_code != 200:
        assert answer["Content-Type"] == "application/problem+json"
        assert set(answer.json()["messages"]) == {"ko", "en"}
    return answer


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("parameter", ["itemName", "efcyQesitm", "q"])
def test_a_search_survives_whatever_is_asked(browser, shelf, raw, parameter):
    check(browser.get(f"{SEARCH}?{parameter}={raw}"))
    assert check(browser.get(f"{SEARCH}?{parameter}=게보린&type={raw}")).status_code == (200 if raw == "" else 400)
    assert check(browser.get(f"{SEARCH}?{parameter}=게보린&limit={raw}")).status_code == 400


@pytest.mark.parametrize("raw", RAW)
@pytest.mark.parametrize("parameter", ["imprint", "shape", "color"])
def test_telling_a_pill_survives_whatever_is_said(browser, shelf, raw, parameter):
    check(browser.get(f"{IDENTIFY}?{parameter}={raw}"))
    assert check(browser.get(f"{IDENTIFY}?imprint=500&limit={raw}")).status_code == 400


@pytest.mark.parametrize("raw", [raw for raw in RAW if raw != "..%2F..%2Fetc%2Fpasswd"])
def test_a_number_that_is_none_is_a_medicine_that_is_not_there(browser, shelf, raw):
    answer = browser.get(f"/api/medicines/{raw}/")
    assert answer.status_code in {400, 404}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "number",
    ["", "0", "12345678", "1234567890", "12345678a", "１２３４５６７８９", "١٢٣٤٥٦٧٨٩", "²02106092", "202106092\n",
     " 202106092", "202106092 ", "\x00202106092", "\ud800", "9" * 10_000],
)  # fmt: skip
def test_no_door_of_the_shelf_minds_a_bad_number(shelf, number):
    """The same from inside, where no address has cleaned it."""
    for ask in (brief_of, facts_of, looks_of, notices_on):
        assert ask([number]) == {}
        assert set(ask([number, TYLENOL])) <= {TYLENOL}
    assert interactions([number, TYLENOL]).unknown == (number,)
    assert [one.item_seq for one in interactions([number, TYLENOL]).medicines] == [TYLENOL]


@pytest.mark.parametrize("address", [SEARCH, IDENTIFY, STATS, f"/api/medicines/{TYLENOL}/"])
@pytest.mark.parametrize("parameter", ["itemName", "q", "imprint", "color", "limit", "type", "unknown"])
def test_ten_kilobytes_are_refused_or_left_unread(browser, shelf, address, parameter):
    answer = browser.get(address, {parameter: "가" * 3500})
    assert answer.status_code in {200, 400, 403}
    if answer.status_code == 400:
        assert len(answer.content) < 2000, "a refusal does not repeat what was sent"


@pytest.mark.parametrize(
    "limit",
    ["0", "101", "000001" + "9" * 20, "000001" + "9" * 5000, "0000100", "1.0", "1_0", "+5", "٣", "５", "0x10", " 5"],
)
@pytest.mark.parametrize("address", [f"{SEARCH}?q=게보린", f"{IDENTIFY}?imprint=500"])
def test_a_number_of_rows_is_from_one_to_a_hundred_and_nothing_else(browser, shelf, address, limit):
    answer = browser.get(f"{address}&limit={limit.replace('+', '%2B')}")
    assert (answer.status_code, answer.json()["code"]) == (400, "limit_invalid")


@pytest.mark.parametrize("limit", ["1", "7", "007", "100"])
def test_as_many_rows_come_as_were_wanted(browser, shelf, limit):
    assert browser.get(f"{SEARCH}?q=두통&limit={limit}").json()["count"] <= int(limit)
    assert browser.get(f"{SEARCH}?q=두통&limit=1").json()["count"] == 1


@pytest.mark.parametrize("kind", ["all", "BASIC", "Detail", "1", "detail ", "detail,basic", "null"])
def test_an_unknown_type_names_the_known_ones(browser, shelf, kind):
    answer = browser.get(SEARCH, {"q": "게보린", "type": kind})
    assert (answer.status_code, answer.json()["code"]) == (400, "type_invalid")
    assert answer.json()["errors"]["type"] == ["basic", "detail"]


def test_a_repeated_parameter_counts_once(browser, shelf):
    once = browser.get(f"{SEARCH}?itemName=게보린").content
    assert browser.get(f"{SEARCH}?itemName=타이레놀&itemName=게보린").content == once


def test_letters_typed_apart_and_together_are_one_question(browser, shelf):
    """Some keyboards send 게 as its parts; both are one answer in memory."""
    apart = "게보린"
    first = browser.get(SEARCH, {"itemName": "게보린"})
    second = browser.get(SEARCH, {"itemName": apart})
    assert (first["X-Cache-Status"], second["X-Cache-Status"]) == ("HIT-L2", "HIT-L1")


@pytest.mark.parametrize("text", ["\ud800", "가\udfff나", "\x00", "가\x00나", "\u202e", "ﷺ" * 80, "̀" * 80, "a" * 80])
@pytest.mark.parametrize("kind", [NAME, SYMPTOM, FREE])
def test_the_shelf_answers_texts_that_no_address_can_carry(shelf, text, kind):
    """A caller within the house may hand over what JSON carried: "\\ud800" is a legal escape there."""
    assert answer(Asked(kind, folded(text), detail=True, limit=5)).body.startswith(b"{")


@pytest.mark.parametrize("said", ["\ud800", "\x00", "ﷺ", "(", "[", "\\", "*", "a" * 5000])
def test_a_pill_is_sought_by_any_letters(shelf, said):
    assert isinstance(identify(imprint=said), tuple)
    assert isinstance(identify(shape=said), tuple)
    assert isinstance(identify(color=said), tuple)


@pytest.mark.parametrize("path", [SEARCH, IDENTIFY, STATS, "/search/", "/search/optimized/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_of_the_shelf_takes_anything(browser, shelf, path, method):
    answer = getattr(browser, method)(path, data='{"item_seq": "1"}', content_type="application/json")
    assert answer.status_code in {403, 405}
    assert answer["Content-Type"] == "application/problem+json"


def test_counts_are_told_to_staff_and_to_nobody_else(browser, stranger_browser, owner, shelf):
    assert Client().get(STATS).status_code == 401
    refused = stranger_browser.get(STATS)
    assert (refused.status_code, "popular" in refused.json()) == (403, False)
    owner.is_staff = True
    owner.save()
    told = browser.get(STATS)
    assert set(told.json()) == {"layers", "kept", "kept_bytes", "popular"}
    assert stranger_browser.get(STATS).status_code == 403


def test_what_few_asked_is_told_to_no_staff_either(browser, owner, shelf):
    owner.is_staff = True
    owner.save()
    for _ in range(4):
        browser.get(SEARCH, {"itemName": "아무도모르는약"})
    assert "아무도모르는약" not in browser.get(STATS).content.decode()


@pytest.mark.parametrize("path", ["/search/", "/search/optimized/"])
def test_a_predecessor_s_addresses_refuse_and_find_like_ours(browser, shelf, path):
    for said in ({"itemName": "게보린"}, {"efcyQesitm": "두통", "type": "detail"}, {}, {"q": "가", "limit": "x"}):
        ours, theirs = browser.get(SEARCH, said), browser.get(path, said)
        assert ours.status_code == theirs.status_code
        if ours.status_code == 200:
            assert ours.content == theirs.content
        else:
            assert ours.json()["code"] == theirs.json()["code"]
    assert path not in browser.get("/openapi.json").json()["paths"]
