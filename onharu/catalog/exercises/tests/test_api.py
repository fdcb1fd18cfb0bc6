import pytest

from onharu.catalog.exercises.models import Exercise
from onharu.catalog.exercises.public import exercise_by_code
from onharu.catalog.exercises.tests.conftest import shipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def squat(starter):
    return exercise_by_code("squat")


def asked(browser, words=""):
    answer = browser.get(f"/api/exercises/{words}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_exercise_is_found_by_what_people_call_it(browser, starter):
    body = asked(browser, "?q=푸쉬업")
    assert body["results"][0]["name"] == "팔굽혀펴기"
    assert body["count"] == len(body["results"])
    assert body["results"][0]["kind"] == "exact"


def test_an_exercise_tells_what_it_trains_and_its_source(browser, squat):
    body = browser.get(f"/api/exercises/{squat.id}/").json()
    assert (body["code"], body["name"], body["name_en"]) == ("squat", "스쿼트", "Squat")
    assert body["targets"] == ["quads", "glutes", "hamstrings"]
    assert (body["met"], body["met_source"]) == (3.8, "Compendium of Physical Activities, 02022")
    assert (body["edition"], body["planned"], len(body["instructions"])) == ("2011", True, 2)


def test_an_unknown_figure_is_null(browser, db):
    row = Exercise.objects.create(code="t", name="시험", source="시험")
    body = browser.get(f"/api/exercises/{row.pk}/").json()
    assert (body["met"], body["level"], body["pattern"], body["targets"]) == (None, 0, "", [])


def test_a_list_is_narrowed_by_target_equipment_and_pattern(browser, starter):
    body = asked(browser, "?target=glutes&equipment=dumbbell&pattern=hinge")
    assert [row["code"] for row in body["results"]] == ["dumbbell-rdl"]
    named = asked(browser, "?q=런지&equipment=dumbbell")
    assert [row["code"] for row in named["results"]] == ["dumbbell-lunge"]


def test_a_list_is_paged(browser, starter):
    first = asked(browser, "?limit=10")
    assert (first["count"], len(first["results"])) == (len(shipped()), 10)
    second = browser.get(first["next"]).json()
    assert not {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}
    assert asked(browser, "?limit=1000")["results"][99:] == asked(browser, "?limit=1&offset=99")["results"]


def test_a_search_is_paged_too(browser, starter):
    whole = asked(browser, "?q=스쿼트")
    part = asked(browser, "?q=스쿼트&limit=2&offset=1")
    assert part["results"] == whole["results"][1:3]
    assert part["count"] == whole["count"]


def test_nothing_found_is_an_empty_list(browser, starter):
    assert asked(browser, "?q=qqqqqqqq")["results"] == []


@pytest.mark.parametrize("words", ["?target=tail", "?equipment=sword", "?pattern=fly", f"?q={'가' * 101}"])
def test_an_unknown_code_is_a_problem(browser, starter, words):
    answer = browser.get(f"/api/exercises/{words}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert words[1:].split("=")[0] in answer.json()["errors"]


@pytest.mark.parametrize("words", ["?q=런지", "?target=quads", "?q=런지&target=quads", "?limit=100", "?limit=1"])
def test_a_list_costs_the_same_for_one_or_a_hundred(browser, starter, django_assert_num_queries, words):
    browser.get("/api/exercises/?q=런지")
    with django_assert_num_queries(2):
        browser.get(f"/api/exercises/{words}")


def test_one_exercise_costs_one_statement(browser, squat, django_assert_num_queries):
    browser.get(f"/api/exercises/{squat.id}/")
    with django_assert_num_queries(1):
        browser.get(f"/api/exercises/{squat.id}/")


@pytest.mark.parametrize("key", [987654321, 2**70])
def test_an_unknown_exercise_is_a_problem(browser, db, key):
    answer = browser.get(f"/api/exercises/{key}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_exercise")


def test_nobody_is_told_without_signing_in(client, squat):
    for path in ("/api/exercises/", f"/api/exercises/{squat.id}/"):
        assert client.get(path).status_code == 401


def test_the_catalogue_is_the_same_for_everybody(browser, stranger_browser, squat):
    for path in ("/api/exercises/?q=런지", f"/api/exercises/{squat.id}/"):
        assert browser.get(path).content == stranger_browser.get(path).content


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_catalogue_is_changed_by_nobody(browser, squat, method):
    for path in ("/api/exercises/", f"/api/exercises/{squat.id}/"):
        assert getattr(browser, method)(path).status_code == 405
