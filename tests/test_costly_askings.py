"""What is costly takes from one allowance of its person: sixty a minute, and nobody else's."""

import pytest

from conftest import signed_in
from onharu.catalog.medicines.actions import fetching
from onharu.kernel import rates
from onharu.upstream import medicine_facts, plain_words

pytestmark = pytest.mark.django_db
TEXT = "/api/ai/meal-analyze/"


@pytest.fixture(autouse=True)
def nobody_asked_yet(noon):
    rates.forget()
    yield
    rates.forget()


@pytest.fixture
def used_up(owner):
    for _ in range(rates.COSTLY_A_MINUTE):
        rates.spend_costly(owner.pk)


def read(browser, text="쌀밥 한 공기"):
    return browser.post(TEXT, {"text": text}, content_type="application/json")


def test_an_answer_says_how_many_costly_askings_are_left(browser, owner, rice):
    for _ in range(2):
        rates.spend_costly(owner.pk)
    answer = read(browser)
    assert (answer["RateLimit-Limit"], answer["RateLimit-Remaining"]) == ("60", "57")
    assert 0 < int(answer["RateLimit-Reset"]) <= 60


def test_what_costs_nothing_takes_nothing(browser, used_up):
    answer = browser.get("/api/meals/")
    assert answer.status_code == 200
    assert "RateLimit-Limit" not in answer


def test_the_sixty_first_is_refused_with_the_time_to_come_back(browser, used_up, rice):
    answer = read(browser)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["RateLimit-Remaining"] == "0"
    assert answer["Content-Type"] == "application/problem+json"


def test_another_person_is_not_affected(used_up, stranger, rice):
    assert read(signed_in(stranger)).status_code == 200


def test_a_sentence_on_the_page_takes_from_the_same(browser, used_up):
    assert browser.post("/meals/text/", {"text": "쌀밥 한 공기"}, headers={"HX-Request": "true"}).status_code == 429


def test_a_photograph_takes_from_the_same(browser, used_up):
    picture = {"image": b"not even looked at"}
    assert browser.post(TEXT, picture).status_code in {400, 429}
    with pytest.raises(rates.TooMany):
        rates.spend_costly(browser.session["_auth_user_id"])


def test_a_medicine_that_the_shelf_lacks_takes_from_the_same(browser, used_up, monkeypatch):
    monkeypatch.setattr(medicine_facts, "may_be_asked", lambda: True)
    asked = []
    monkeypatch.setattr(fetching, "_asked_once", lambda *said: asked.append(said))
    assert browser.get("/api/medicines/search/?itemName=없는약이름정").status_code == 429
    assert asked == []


def test_a_medicine_of_the_shelf_takes_nothing_where_nobody_can_be_asked(browser, used_up):
    assert browser.get("/api/medicines/search/?itemName=없는약이름정").status_code == 200


def test_a_proposal_takes_from_the_same(browser, used_up, monkeypatch):
    plan = browser.post(
        "/api/workoutplans/", {"date": "2026-11-22", "title": "내 계획"}, content_type="application/json"
    ).json()
    monkeypatch.setattr(plain_words, "asks_a_model", lambda **_: True)
    address = f"/api/workoutplans/{plan['id']}/generate-ai/"
    assert browser.post(address, {}, content_type="application/json").status_code == 429
