"""Asking by words: by a 동, or by the name of a pharmacy, without saying where one is."""

import pytest

from onharu.catalog.pharmacies.actions.indexing import index_areas, index_names
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.tests import street as built

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db, noon):
    street = built.street()
    built.stands("대치큰약국", 2500, built.EVERY_DAY, neighbourhood="대치동")
    index_names(Pharmacy.objects.values_list("pk", flat=True))
    index_areas()
    return street


def asked(client, q, **said):
    answer = client.get("/api/pharmacies/", {"q": q, **said})
    assert answer.status_code == 200, answer.content
    return answer.json()


def names(body):
    return [row["name"] for row in body["results"]]


@pytest.mark.parametrize("words", ["역삼동", "강남구 역삼동", "서울 강남구 역삼동", "역삼", "ㅇㅅㄷ"])
def test_a_neighbourhood_answers_with_its_pharmacies_from_its_middle_outwards(client, town, words):
    body = asked(client, words)
    area = body["area"]
    assert (area["province"], area["district"], area["neighbourhood"]) == ("서울", "강남구", "역삼동")
    assert (area["name"], area["pharmacies"], body["count"]) == ("서울 강남구 역삼동", 6, 6)
    distances = [row["distance_m"] for row in body["results"]]
    assert distances == sorted(distances)
    assert distances[0] == 0
    assert "대치큰약국" not in names(body)


@pytest.mark.parametrize("words", ["대치큰약국", "대치큰", "대치 큰약국", "ㄷㅊㅋㅇㄱ"])
def test_a_pharmacy_answers_by_its_name_without_a_distance(client, town, words):
    body = asked(client, words)
    assert (body["area"], names(body)[0]) == (None, "대치큰약국")
    assert {row["distance_m"] for row in body["results"]} == {None}
    assert body["results"][0]["open_now"] is True


def test_only_open_ones_of_an_area_are_told_and_the_unknown_counted(client, town):
    body = asked(client, "역삼동", open_at="2026-11-23T01:30")
    assert (sorted(names(body)), body["hidden_unknown"]) == (["늘약국", "심야약국"], 1)
    body = asked(client, "역삼동", open_at="2026-11-23T01:30", unknown="include")
    assert (sorted(names(body)), body["hidden_unknown"]) == (["늘약국", "모름약국", "심야약국"], 0)
    assert len(names(asked(client, "역삼동", limit=2))) == 2
    assert asked(client, "대치동", open_at="2026-11-23T01:30")["hint"]["code"] == "none_known_open"


@pytest.mark.parametrize("words", ["아무데도없는약국이름", "zzqq", "☃"])
def test_words_that_mean_nothing_say_so(client, town, words):
    body = asked(client, words)
    assert (body["count"], body["hint"]["code"]) == (0, "no_such_name")


def test_words_on_an_empty_shelf_say_how_it_is_filled(client, db, noon):
    assert asked(client, "역삼동")["hint"]["code"] == "nothing_imported"


def test_one_that_is_gone_is_not_found_by_its_name(client, town):
    Pharmacy.objects.filter(name="대치큰약국").update(gone_on="2026-11-01")
    assert "대치큰약국" not in names(asked(client, "대치큰약국"))


def test_words_may_come_in_a_body_too(client, town):
    answer = client.post("/api/pharmacies/nearest/", {"q": "역삼동"}, content_type="application/json")
    assert answer.json() == asked(client, "역삼동")


def test_words_cost_the_same_for_few_pharmacies_and_many(client, town, django_assert_max_num_queries):
    asked(client, "역삼동")
    for number in range(60):
        built.stands(f"더약국{number}", number)
    with django_assert_max_num_queries(5):
        asked(client, "역삼동", open_at="now")
