"""Cards, words and achievements over HTTP: from rows that were written over HTTP."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import signed_in
from onharu.insights.models import PutAway
from onharu.insights.queries.standing import drop_kept
from onharu.insights.tests.writes import DAY, a_month, back, eat, measure, move, report, salty_week, say, sent
from onharu.records.goals import public as goals

CARDS, TODAY, EARNED = "/api/recommendations/", "/api/insights/today/", "/api/achievements/"


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """The day is today."""


def rules(client, **query):
    return [card["rule"] for card in client.get(CARDS, query).json()["results"]]


def test_a_new_person_is_told_nothing(browser):
    body = browser.get(CARDS).json()
    assert body == {"date": "2026-11-22", "count": 0, "results": [], "away": []}


def test_a_salty_week_is_told_with_its_rows_and_its_source(browser, owner, stew):
    salty_week(owner, stew)
    (card,) = [one for one in browser.get(CARDS).json()["results"] if one["rule"] == "sodium_week"]
    assert card["numbers"] == {"days": 7, "mean": "3200", "high": "2300", "over": 7, "unknown": 0}
    assert card["seen"] == "기록한 7일의 평균이 3,200 mg이고, 그중 7일이 2,300 mg을 넘었어요."
    assert "한국인 영양소 섭취기준" in card["source"]["title"]
    row = card["evidence"][0]
    assert (row["room"], row["row"], row["words"]) == ("meals", "item", "김치찌개 · 1,600 mg")
    items = {item["id"] for ago in range(1, 8) for meal in browser.get("/api/meals/", {"log_date": back(ago)}).json()["results"]
             for item in meal["items"]}  # fmt: skip
    assert {row["id"] for row in card["evidence"]} <= items


def test_ones_own_target_is_held_against_before_the_reference(browser, owner, stew):
    salty_week(owner, stew)
    target = {"key": "sodium_mg", "direction": "at_most", "high": 3500, "from_day": DAY.isoformat()}
    sent(owner, "/api/dailygoals/", target)
    assert "sodium_week" not in rules(browser)


def test_an_earlier_day_is_judged_as_it_was(browser, owner, stew):
    salty_week(owner, stew)
    assert "sodium_week" in rules(browser, date=back(1))
    assert rules(browser, date=back(6)) == []
    assert rules(browser, date=DAY + timedelta(days=3)) == []


def test_cards_are_said_in_english_too(browser, owner, stew):
    salty_week(owner, stew)
    card = browser.get(CARDS, headers={"accept-language": "en"}).json()["results"][0]
    assert card["title"] == "Sodium of the last days"
    assert "3,200 mg" in card["seen"]


def test_a_record_of_today_names_its_row(browser, owner, squat):
    move(owner, day=back(3), exercise=squat.id, sets=[{"reps": 5, "weight_kg": 60}])
    log = move(owner, exercise=squat.id, sets=[{"reps": 5, "weight_kg": 62.5}])
    (card,) = [one for one in browser.get(CARDS).json()["results"] if one["rule"] == "record_today"]
    assert card["numbers"]["name"] == squat.name
    assert (card["numbers"]["value"], card["numbers"]["before"]) == ("62.5", "60")
    assert card["evidence"][0]["id"] == log["id"]


def test_a_record_is_held_against_earlier_days_only(browser, owner, squat):
    move(owner, exercise=squat.id, sets=[{"reps": 5, "weight_kg": 60}, {"reps": 5, "weight_kg": 65}])
    assert "record_today" not in rules(browser)
    assert "first_record" not in earned(browser)
    move(owner, day=back(3), exercise=squat.id, sets=[{"reps": 5, "weight_kg": 50}])
    (card,) = [one for one in browser.get(CARDS).json()["results"] if one["rule"] == "record_today"]
    assert (card["numbers"]["value"], card["numbers"]["before"]) == ("65", "50")
    assert earned(browser)["first_record"]["earned_on"] == DAY.isoformat()


def test_a_strangers_rows_are_behind_no_card(stranger_browser, owner, stew):
    salty_week(owner, stew)
    assert rules(stranger_browser) == []
    assert stranger_browser.get(EARNED).json()["earned"] == 0
    assert "1번" not in stranger_browser.get(TODAY).json()["words"]["text"]


def test_a_card_is_put_away_for_a_while_and_comes_back(browser, owner, stew):
    salty_week(owner, stew)
    path = f"{CARDS}sodium_week/away/"
    for _ in range(2):
        answer = browser.put(path, {"until": "2026-11-29"}, content_type="application/json")
        assert answer.json() == {"rule": "sodium_week", "until": "2026-11-29"}
    assert PutAway.objects.of(owner.pk).count() == 1
    body = browser.get(CARDS).json()
    assert "sodium_week" not in [card["rule"] for card in body["results"]]
    assert body["away"] == [{"rule": "sodium_week", "until": "2026-11-29"}]
    assert browser.delete(path).status_code == 204
    assert browser.delete(path).status_code == 204
    assert "sodium_week" in rules(browser)


def test_a_pause_ends_by_itself(browser, owner, stew, monkeypatch, noon):
    salty_week(owner, stew)
    browser.put(f"{CARDS}sodium_week/away/", {"until": "2026-11-22"}, content_type="application/json")
    assert "sodium_week" not in rules(browser)
    monkeypatch.setattr("onharu.kernel.clock.now", lambda: noon + timedelta(days=1))
    assert "sodium_week" in rules(browser)


def test_what_one_person_put_away_others_still_see(browser, relative, stew):
    salty_week(relative, stew)
    browser.put(f"{CARDS}sodium_week/away/", {"until": "2026-11-29"}, content_type="application/json")
    assert "sodium_week" in rules(signed_in(relative))


@pytest.mark.parametrize(
    ("rule", "body", "status", "code"),
    [
        ("no_such_rule", {"until": "2026-11-29"}, 404, "missing"),
        ("sodium_week", {"until": "2026-11-21"}, 400, "until_invalid"),
        ("sodium_week", {"until": "2028-01-01"}, 400, "until_invalid"),
        ("sodium_week", {"until": "soon"}, 400, "invalid"),
        ("sodium_week", {}, 400, "invalid"),
    ],
)
def test_a_pause_that_cannot_be_changes_nothing(browser, owner, rule, body, status, code):
    answer = browser.put(f"{CARDS}{rule}/away/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not PutAway.objects.exists()
    assert browser.delete(f"{CARDS}no_such_rule/away/").status_code == 404


@pytest.mark.parametrize("said", ["yesterday", "2026-13-01", "22.11.2026"])
def test_what_is_no_date_is_refused(browser, said):
    assert browser.get(CARDS, {"date": said}).status_code == 400


@pytest.mark.parametrize("path", [CARDS, TODAY, EARNED])
def test_a_first_answer_costs_at_most_eight_statements_and_a_warm_one_one(
    browser, owner, stew, squat, path, django_assert_max_num_queries, django_assert_num_queries
):
    a_month(owner, stew, squat)
    browser.get("/api/users/me/")
    with django_assert_max_num_queries(8):
        first = browser.get(path)
    with django_assert_num_queries(1):
        assert browser.get(path).content == first.content


@pytest.mark.parametrize("path", [CARDS, TODAY, EARNED])
def test_one_day_costs_as_many_statements_as_a_month(browser, owner, stew, squat, path):
    def count():
        browser.get("/api/users/me/")
        drop_kept()
        with CaptureQueriesContext(connection) as found:
            browser.get(path)
        return len(found)

    eat(owner, stew)
    move(owner, exercise=squat.id, sets=[{"reps": 5, "weight_kg": 40}])
    report(owner)
    few = count()
    a_month(owner, stew, squat)
    assert count() == few


@pytest.mark.parametrize(
    "write",
    [
        lambda owner, stew: eat(owner, stew, day=back(9)),
        lambda owner, _: move(owner, day=back(9)),
        lambda owner, _: measure(owner, "61", day=back(9)),
        lambda owner, _: report(owner, day=back(9)),
    ],
)
def test_what_was_kept_is_read_anew_after_every_write(browser, owner, stew, write):
    assert sum(one["have"] for one in browser.get(EARNED).json()["results"]) == 0
    write(owner, stew)
    assert sum(one["have"] for one in browser.get(EARNED).json()["results"]) > 0


def test_today_is_said_and_told_together(browser, owner, stew):
    salty_week(owner, stew)
    eat(owner, stew)
    body = browser.get(TODAY).json()
    assert body["date"] == "2026-11-22"
    assert body["words"]["text"].startswith("오늘은 지금까지 식사를 1번 적었고")
    assert (body["words"]["by_model"], body["words"]["coming"]) == (False, False)
    assert [card["rule"] for card in body["cards"]] == rules(browser)


def test_numbers_are_kept_out_of_sight_of_people_who_hide_them(browser, owner, stew):
    eat(owner, stew)
    for ago in (0, 7, 14, 21):
        measure(owner, f"{60 + ago / 14:.1f}", day=back(ago))
    assert "weight_trend" in rules(browser)
    say(browser, hide_numbers=True)
    assert "weight_trend" not in rules(browser)
    text = browser.get(TODAY).json()["words"]["text"]
    assert "kcal" not in text
    assert "kg" not in text


def earned(client):
    return {one["code"]: one for one in client.get(EARNED).json()["results"] if one["earned"]}


def test_achievements_are_earned_by_rows_and_taken_back_with_them(browser, owner, stew):
    assert earned(browser) == {}
    meal = eat(owner, stew, day=back(2))
    log = move(owner, day=back(1), minutes=160)
    assert set(earned(browser)) == {"meals_1", "workouts_1", "week_150"}
    assert earned(browser)["workouts_1"]["evidence"][0]["id"] == log["id"]
    assert earned(browser)["meals_1"]["earned_on"] == "2026-11-20"
    browser.delete(f"/api/workoutlogs/{log['id']}/")
    browser.delete(f"/api/meals/{meal['id']}/")
    assert earned(browser) == {}


def test_a_month_of_everything_earns_its_names(browser, owner, stew, squat):
    a_month(owner, stew, squat)
    found = earned(browser)
    assert {"meals_7", "workouts_10", "first_record", "reports_1", "measured_10", "streak_7", "week_150"} <= set(found)
    assert found["streak_7"]["earned_on"] == back(21).isoformat()
    ahead = {one["code"]: one for one in browser.get(EARNED).json()["results"]}
    assert (ahead["streak_30"]["have"], ahead["streak_30"]["need"]) == (28, 30)


def test_a_reached_goal_counts(browser, owner):
    goal = sent(owner, "/api/goals/", {"kind": "MINUTES", "target": 150})
    assert goals.goals_done(owner.pk) == ()
    sent(owner, f"/api/goals/{goal['id']}/", {"state": "DONE"}, method="patch")
    assert earned(browser)["goal_reached"]["evidence"][0]["id"] == goal["id"]


def test_a_room_that_fails_silences_only_its_own(browser, owner, stew, monkeypatch):
    salty_week(owner, stew)
    monkeypatch.setattr("onharu.records.journal.public.days_of", lambda *_: 1 // 0)
    monkeypatch.setattr("onharu.records.journal.public.days_written", lambda *_: 1 // 0)
    assert "sodium_week" in rules(browser)
    codes = {one["code"] for one in browser.get(EARNED).json()["results"]}
    assert "meals_7" in codes
    assert "reports_1" not in codes
