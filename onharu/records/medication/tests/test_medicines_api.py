"""What was looked at, and notices beside medicines, over HTTP: on purpose alone, for one person alone."""

from datetime import date, timedelta

import pytest

from onharu.kernel import clock
from onharu.records.medication import rules
from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import Scrap, Viewed
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, THIRD, notice, notice_on, put_on_the_shelf, say_of

pytestmark = pytest.mark.django_db
JSON = "application/json"
RECENT, BESIDE = "/api/medicines/recent/", "/api/medicines/interactions/"


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def compared(client, *numbers, with_mine=False):
    answer = post(client, BESIDE, {"item_seqs": list(numbers), "with_mine": with_mine})
    assert answer.status_code == 200, answer.content
    return answer.json()


def seen(client):
    return [row["item_seq"] for row in client.get(RECENT).json()["results"]]


@pytest.fixture
def split(tablet):
    """A notice on the tablet itself."""
    return notice_on(TABLET, "split", text="분할하지 마십시오.", remark="서방정", noticed_on="2020-02-02")


def test_reading_a_medicine_over_http_keeps_nothing_and_saying_so_does(browser, tablet):
    browser.get(f"/api/medicines/{TABLET}/")
    assert seen(browser) == []
    assert post(browser, RECENT, {"item_seq": TABLET}).status_code == 201
    assert seen(browser) == [TABLET]


def test_looking_again_moves_a_medicine_to_the_front(browser, tablet, partner, noon, monkeypatch):
    for later, number in enumerate((TABLET, PARTNER, TABLET)):
        monkeypatch.setattr(clock, "now", lambda later=later: noon + timedelta(minutes=later))
        post(browser, RECENT, {"item_seq": number})
    assert seen(browser) == [TABLET, PARTNER]
    assert browser.get(RECENT).json()["results"][0]["viewed_at"] == "2026-11-22T12:02:00+09:00"


def test_a_repeated_look_is_kept_once(browser, tablet):
    first, again = (post(browser, RECENT, {"item_seq": TABLET}, idempotency_key="k") for _ in range(2))
    assert first.content == again.content
    assert Viewed.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 400), ({"item_seq": "1"}, 400), ({"item_seq": None}, 400), ({"item_seq": "202000009"}, 404)],
)
def test_a_look_at_no_medicine_is_refused(browser, tablet, body, status):
    assert post(browser, RECENT, body).status_code == status
    assert not Viewed.objects.exists()


def test_what_was_looked_at_is_forgotten_twice_without_harm_and_begins_anew(browser, tablet, partner):
    post(browser, RECENT, {"item_seq": TABLET})
    assert [browser.delete(RECENT).status_code for _ in range(2)] == [204, 204]
    post(browser, RECENT, {"item_seq": PARTNER})
    assert seen(browser) == [PARTNER]


def test_what_has_left_the_shelf_is_left_out_of_the_list(browser, tablet, partner):
    for number in (TABLET, PARTNER):
        post(browser, RECENT, {"item_seq": number})
    tablet.delete()
    assert seen(browser) == [PARTNER]


def test_the_list_has_pages_and_costs_the_same_for_one_and_fifty(browser, owner, tablet, noon, monkeypatch):
    looking.note_view(owner_id=owner.pk, item_seq=TABLET)
    before = statements_of(lambda: browser.get(f"{RECENT}?limit=100"))
    for place in range(49):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}")
        monkeypatch.setattr(clock, "now", lambda place=place: noon + timedelta(minutes=place + 1))
        looking.note_view(owner_id=owner.pk, item_seq=f"3000000{place:02}")
    assert statements_of(lambda: browser.get(f"{RECENT}?limit=100")) == before <= 2
    first = browser.get(f"{RECENT}?limit=20").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (50, 20, None)
    assert len(browser.get(f"{RECENT}?limit=20&offset=40").json()["results"]) == 10


def test_a_question_keeps_nothing(browser, pair):
    compared(browser, TABLET, PARTNER, with_mine=True)
    assert not (Scrap.objects.exists() or Viewed.objects.exists())


def test_the_order_and_repetition_of_numbers_change_nothing_that_was_found(browser, pair):
    one = compared(browser, TABLET, PARTNER)
    other = compared(browser, PARTNER, TABLET, PARTNER)
    assert one["findings"] == other["findings"] != []
    assert {row["item_seq"] for row in one["medicines"]} == {row["item_seq"] for row in other["medicines"]}


def test_nothing_at_all_is_answered_with_nothing_and_never_with_safe(browser):
    body = compared(browser)
    assert body["medicines"] == body["findings"] == body["uncompared"] == body["on_products"] == body["unknown"] == []
    assert "없어요" in body["said"]["ko"] and "safe" not in body["said"]["en"]


def test_a_withdrawn_medicine_is_compared_and_says_since_when(browser, pair):
    say_of(PARTNER, withdrawn_on=date(2024, 5, 1))
    found = compared(browser, TABLET, PARTNER)
    assert {row["item_seq"]: row["withdrawn_on"] for row in found["medicines"]} == {TABLET: None, PARTNER: "2024-05-01"}
    assert [one["kind"] for one in found["findings"]] == ["pair"]


def test_a_notice_on_a_product_itself_is_quoted_with_its_source(browser, split):
    (one,) = compared(browser, TABLET)["on_products"]
    assert one == {
        "item_seq": TABLET,
        "kind": "split",
        "substance": None,
        "text": "분할하지 마십시오.",
        "remark": "서방정",
        "group": None,
        "noticed_on": "2020-02-02",
        "source": "식품의약품안전처 DUR 품목정보",
        "as_of": None,
    }


@pytest.mark.parametrize(("form", "found"), [("필름코팅정", []), ("주사제", [False]), ("", [True])])
def test_a_notice_on_a_dosage_form_is_told_of_that_form_and_where_it_is_unknown(browser, pair, form, found):
    notice("dose", "D000001", most_a_day="4,000밀리그램", forms="주사제")
    say_of(TABLET, form=form)
    said = [one for one in compared(browser, TABLET)["findings"] if one["kind"] == "dose"]
    assert [one["form_unknown"] for one in said] == found
    assert all(one["forms"] == "주사제" for one in said)


def test_what_went_badly_is_no_medicine_of_mine_and_what_is_asked_for_is_not_mine_twice(browser, owner, pair):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "BAD"})
    assert [row["item_seq"] for row in compared(browser, TABLET, with_mine=True)["medicines"]] == [TABLET]
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "GOOD"})
    both = compared(browser, TABLET, PARTNER, with_mine=True)["medicines"]
    assert [row["mine"] for row in both] == [False, False]
    scraps.delete_scrap(owner_id=owner.pk, scrap_id=Scrap.objects.get().pk)
    assert [row["item_seq"] for row in compared(browser, TABLET, with_mine=True)["medicines"]] == [TABLET]


def test_the_year_of_birth_of_the_person_decides_and_of_nobody_else(browser, stranger_browser, owner, stranger, pair):
    notice("elderly", "D000001", text="낙상 위험")
    owner.profile.birth_year = 1950
    owner.profile.save()
    stranger.profile.birth_year = 2000
    stranger.profile.save()
    assert [one["applies"] for one in compared(browser, TABLET)["findings"]] == [True]
    assert compared(stranger_browser, TABLET)["findings"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"item_seqs": None},
        {"item_seqs": {"a": 1}},
        {"item_seqs": ["20200000１"]},
        {"item_seqs": [TABLET], "with_mine": "maybe"},
        [],
        {"with_mine": True},
    ],
)
def test_a_question_that_is_none_is_a_problem_in_both_languages(browser, body):
    answer = post(browser, BESIDE, body)
    assert answer.status_code == 400
    assert set(answer.json()["messages"]) == {"ko", "en"}


def test_an_address_asks_for_a_sign_in(client, tablet):
    assert client.get(RECENT).status_code == 401
    assert client.delete(RECENT).status_code == 401
    assert post(client, RECENT, {"item_seq": TABLET}).status_code == 401
    assert post(client, BESIDE, {"item_seqs": [TABLET]}).status_code == 401


def test_as_many_as_can_be_compared_cost_as_much_as_one(browser, owner, pair, noon):
    before = statements_of(lambda: compared(browser, TABLET, with_mine=True))
    for place in range(120):
        put_on_the_shelf(f"3000{place:05}", f"약 {place}", ("하나틴", None))
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000{place:05}", said={})
    found = compared(browser, TABLET, with_mine=True)
    assert (len(found["medicines"]), found["mine_left_out"]) == (rules.MOST_COMPARED, 71)
    assert statements_of(lambda: compared(browser, TABLET, with_mine=True)) == before <= 6


def test_a_medicine_of_unknown_substances_is_said_not_to_have_been_compared(browser, tablet):
    put_on_the_shelf(THIRD, "모르는약")
    assert {"item_seq": THIRD, "substance": None} in compared(browser, TABLET, THIRD)["uncompared"]
