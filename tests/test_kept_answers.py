"""Reads that are kept by the state of their days: one statement when warm, fresh after any write, 304 for who has it."""

import pytest

pytestmark = pytest.mark.django_db

DAY = "2026-11-22"
KEPT = (
    f"/api/meals/?log_date={DAY}",
    "/api/workoutplans/today/",
    f"/api/workoutplans/by-date/?date={DAY}",
    f"/api/workoutplans/summary/?date={DAY}",
    f"/api/tasks/weekly_progress/?date={DAY}",
    "/api/today/summary/",
)


@pytest.fixture
def day(browser, rice, noon):
    """A day with a meal, and a plan of one task."""

    def post(path, body):
        return browser.post(path, body, content_type="application/json").json()

    meal = post("/api/meals/", {"meal_type": "LUNCH", "items": [{"food": rice.pk, "quantity": 1, "unit": "공기"}]})
    plan = post("/api/workoutplans/", {"date": DAY, "title": "내 계획"})
    task = post("/api/tasks/", {"plan": plan["id"], "name": "걷기", "minutes": 20})
    return {"meal": meal["id"], "item": meal["items"][0]["id"], "plan": plan["id"], "task": task["id"]}


@pytest.mark.parametrize("path", KEPT)
def test_a_kept_read_costs_one_statement(day, browser, path, django_assert_max_num_queries):
    first = browser.get(path)
    with django_assert_max_num_queries(1):
        again = browser.get(path)
    assert again.content == first.content


@pytest.mark.parametrize("path", KEPT)
def test_who_has_the_answer_gets_304(day, browser, path):
    etag = browser.get(path)["ETag"]
    again = browser.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_day_of_somebody_else_is_never_unchanged(browser, stranger_browser, noon):
    path = f"/api/days/{DAY}/summary/"
    for asker, glass in ((browser, 200), (stranger_browser, 300)):
        asker.put(f"/api/water/{DAY}/", {"ml": glass}, content_type="application/json")
    mark = browser.get(path)["ETag"]
    theirs = stranger_browser.get(path, headers={"If-None-Match": mark})
    assert theirs.status_code == 200
    assert theirs.json()["water_ml"] == 300


@pytest.mark.parametrize("path", KEPT)
def test_two_people_never_share_an_answer(day, browser, stranger_browser, path):
    mine = browser.get(path)
    theirs = stranger_browser.get(path)
    assert theirs["ETag"] != mine["ETag"] or theirs.content != mine.content
    assert stranger_browser.get(path, headers={"If-None-Match": mine["ETag"]}).status_code == 200


def test_two_people_whose_days_changed_equally_often_never_share_an_answer(browser, stranger_browser, rice, noon):
    meal = {"meal_type": "LUNCH", "items": [{"food": rice.pk, "quantity": 1, "unit": "공기"}]}
    written = [
        asker.post("/api/meals/", meal, content_type="application/json").json()["id"]
        for asker in (browser, stranger_browser)
    ]
    mine, theirs = (asker.get(KEPT[0]) for asker in (browser, stranger_browser))
    assert [answer.json()["results"][0]["id"] for answer in (mine, theirs)] == written
    # An app that somebody else signs in to sends the mark it has.
    assert mine["ETag"].partition("-")[0] == theirs["ETag"].partition("-")[0]
    assert stranger_browser.get(KEPT[0], headers={"If-None-Match": mine["ETag"]}).status_code == 200


def numbers(browser):
    """What every kept read says of the day, in a few numbers."""
    meals, today, by_date, summary, week, whole = (browser.get(path).json() for path in KEPT)
    return {
        "items": [len(meal["items"]) for meal in meals["results"]],
        "tasks": [len(today["tasks"]), len(by_date["tasks"])],
        "done": [today["progress"]["done"], summary["tasks_completed"], week["done"]],
        "day": [len(whole["meals"]), sum(task["completed"] for task in whole["tasks"])],
    }


def test_every_write_is_seen_by_every_read_at_once(day, browser):
    before = numbers(browser)
    assert before == {"items": [1], "tasks": [1, 1], "done": [0, 0, 0], "day": [1, 0]}

    browser.put(f"/api/tasks/{day['task']}/completion/", {"completed": True}, content_type="application/json")
    assert numbers(browser) == {**before, "done": [1, 1, 1], "day": [1, 1]}

    browser.put(f"/api/tasks/{day['task']}/completion/", {"completed": False}, content_type="application/json")
    assert numbers(browser) == before

    browser.delete(f"/api/meals/{day['meal']}/")
    assert numbers(browser) == {**before, "items": [], "day": [0, 0]}

    browser.put(f"/api/meals/{day['meal']}/restore/")
    assert numbers(browser) == before

    browser.delete(f"/api/workoutplans/{day['plan']}/")
    assert numbers(browser)["tasks"] == [0, 0]


def test_moving_a_meal_changes_both_days(day, browser):
    other = "/api/meals/?log_date=2026-11-20"
    assert browser.get(other).json()["count"] == 0
    browser.patch(f"/api/meals/{day['meal']}/", {"log_date": "2026-11-20"}, content_type="application/json")
    assert browser.get(other).json()["count"] == 1
    assert browser.get(KEPT[0]).json()["count"] == 0


def test_the_first_day_of_the_week_is_the_persons_choice_at_once(day, browser):
    path = "/api/tasks/weekly_progress/?date=2026-11-04"
    before = browser.get(path).json()
    movement = browser.get("/api/movement/").json()
    browser.put("/api/movement/", {**movement, "week_start": 6}, content_type="application/json")
    after = browser.get(path).json()
    assert (before["from"], after["from"]) == ("2026-11-02", "2026-11-01")


def test_a_reason_is_told_in_the_readers_language(day, browser):
    korean = browser.get("/api/today/summary/", headers={"Accept-Language": "ko"})
    english = browser.get("/api/workoutplans/today/", headers={"Accept-Language": "en"})
    assert korean.status_code == english.status_code == 200
    again = browser.get("/api/workoutplans/today/", headers={"Accept-Language": "ko"})
    assert again["ETag"] != english["ETag"]
