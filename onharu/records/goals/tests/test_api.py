"""The shape of the API: what is taken, refused, listed and undone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conftest import signed_in
from onharu.accounts import principal
from onharu.accounts.models import Profile
from onharu.records.goals.models import DailyTarget, Goal, Measurement

JSON = "application/json"


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def patch(client, path, body):
    return client.patch(path, body, content_type=JSON)


def test_a_weight_is_written_down_and_becomes_the_profiles(minas, mina, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = post(minas, "/api/measurements/", {"kind": "WEIGHT", "value": 68.4})
    assert response.status_code == 201
    assert response.json() == {
        "id": Measurement.objects.get().pk, "kind": "WEIGHT", "date": "2026-11-22",
        "measured_at": "2026-11-22T12:00:00+09:00", "value": 68.4, "value2": None, "unit": "kg", "context": "", "note": "",
    }  # fmt: skip
    me = minas.get("/api/users/me/").json()
    assert (me["weight_kg"], me["version"]) == (68.4, 2)


def test_blood_pressure_has_two_values_and_glucose_a_context(minas):
    pressure = post(minas, "/api/measurements/", {"kind": "BLOOD_PRESSURE", "value": 118, "value2": 76}).json()
    assert (pressure["value"], pressure["value2"], pressure["unit"]) == (118, 76, "mmHg")
    glucose = {"kind": "GLUCOSE", "value": 98, "context": "FASTING", "measured_at": "2026-11-21T07:10:00+09:00"}
    assert post(minas, "/api/measurements/", glucose).json()["date"] == "2026-11-21"


def test_a_past_day_without_an_hour_is_its_morning(minas):
    answer = post(minas, "/api/measurements/", {"kind": "WEIGHT", "value": 70, "date": "2026-11-20"}).json()
    assert (answer["date"], answer["measured_at"]) == ("2026-11-20", "2026-11-20T08:00:00+09:00")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "HEIGHT", "value": 160}, "kind"),
        ({"kind": "WEIGHT"}, "value"),
        ({"kind": "WEIGHT", "value": "heavy"}, "value"),
        ({"kind": "WEIGHT", "value": 401}, "value"),
        ({"kind": "WEIGHT", "value": "NaN"}, "value"),
        ({"kind": "BLOOD_PRESSURE", "value": 118}, "value2"),
        ({"kind": "BLOOD_PRESSURE", "value": 76, "value2": 118}, "value2"),
        ({"kind": "WEIGHT", "value": 70, "context": "FASTING"}, "context"),
        ({"kind": "WEIGHT", "value": 70, "measured_at": "2026-11-23T12:00:00+09:00"}, "measured_at"),
        ({"kind": "WEIGHT", "value": 70, "date": "2026-11-23"}, "measured_at"),
        ({"kind": "WEIGHT", "value": 70, "date": "1899-12-31"}, "measured_at"),
        ({"kind": "WEIGHT", "value": 70, "note": "x" * 201}, "note"),
    ],
)
def test_a_measurement_that_cannot_be_names_its_field_and_changes_nothing(minas, mina, body, field):
    response = post(minas, "/api/measurements/", body)
    assert response.status_code == 400
    problem = response.json()
    assert field in problem["errors"]
    assert problem["messages"]["ko"] and problem["messages"]["en"]
    assert Measurement.objects.count() == 0
    assert Profile.objects.get(user=mina).version == 1


def test_the_same_key_measures_once(minas):
    body = {"kind": "WEIGHT", "value": 68}
    first = post(minas, "/api/measurements/", body, **{"Idempotency-Key": "w-1"})
    again = post(minas, "/api/measurements/", body, **{"Idempotency-Key": "w-1"})
    assert first.content == again.content
    assert Measurement.objects.count() == 1


def test_a_measurement_is_corrected_deleted_and_restored(minas, weigh):
    path = f"/api/measurements/{weigh(70).pk}/"
    assert patch(minas, path, {"value": 69.5, "note": "아침"}).json()["value"] == 69.5
    assert patch(minas, path, {"value": 900}).status_code == 400
    assert minas.get(path).json()["note"] == "아침"
    assert minas.delete(path).status_code == 204
    assert minas.get(path).status_code == 404
    assert minas.put(f"{path}restore/").json()["value"] == 69.5


def test_measurements_are_listed_by_kind_and_day_latest_first(minas, weigh):
    for days in (0, 1, 2):
        weigh(70 + days, days_ago=days)
    post(minas, "/api/measurements/", {"kind": "WAIST", "value": 88})
    listed = minas.get("/api/measurements/?kind=WEIGHT&limit=2").json()
    assert (listed["count"], [one["value"] for one in listed["results"]]) == (3, [70, 71])
    assert minas.get("/api/measurements/?from=2026-11-21&to=2026-11-21").json()["count"] == 1
    assert minas.get("/api/measurements/?kind=HEIGHT").status_code == 400
    assert minas.get("/api/measurements/?from=monday").json()["code"] == "date_invalid"


def test_the_trend_says_n_span_and_slope(minas, weigh):
    for week in range(5):
        weigh(70 - week, days_ago=28 - 7 * week)
    found = minas.get("/api/measurements/trend/?kind=WEIGHT&days=60").json()
    assert (found["n"], found["span_days"], found["per_week"], found["lack"]) == (5, 29, -1, "")
    assert found["days"][0] == {"date": "2026-10-25", "value": 70, "mean": 70, "of": 1}
    assert minas.get("/api/measurements/trend/?days=7").json()["lack"] == "few"


@pytest.mark.parametrize(
    "query", ["days=6", "days=800", "days=many", "kind=HEIGHT", "kind=GLUCOSE&context=X", "context=FASTING"]
)
def test_a_trend_that_cannot_be_is_a_problem(minas, query):
    assert minas.get(f"/api/measurements/trend/?{query}").status_code == 400


def test_pressure_has_two_trends_and_glucose_one_by_context(minas):
    post(minas, "/api/measurements/", {"kind": "BLOOD_PRESSURE", "value": 118, "value2": 76})
    found = minas.get("/api/measurements/trend/?kind=BLOOD_PRESSURE").json()
    assert (found["days"][0]["value"], found["second"]["days"][0]["value"]) == (118, 76)
    for context, value in (("FASTING", 98), ("AFTER_MEAL", 140)):
        post(minas, "/api/measurements/", {"kind": "GLUCOSE", "value": value, "context": context})
    found = minas.get("/api/measurements/trend/?kind=GLUCOSE&context=FASTING").json()
    assert [one["value"] for one in found["days"]] == [98]
    assert found["second"] is None


def test_a_target_is_set_from_today_and_stands_in_the_place_of_the_reference(minas):
    before = {one["key"]: one for one in minas.get("/api/dailygoals/").json()["results"]}
    assert (before["sodium_mg"]["source"], before["sodium_mg"]["high"], before["sodium_mg"]["id"]) == (
        "REFERENCE",
        2300,
        None,
    )
    response = post(minas, "/api/dailygoals/", {"key": "sodium_mg", "direction": "at_most", "high": 2000})
    assert response.status_code == 201
    own = response.json()
    assert (own["source"], own["from_day"], own["high"], own["low"]) == ("OWN", "2026-11-22", 2000, None)
    assert own in minas.get("/api/dailygoals/").json()["results"]
    assert minas.get("/api/dailygoals/?own=1").json()["count"] == 1
    yesterday = minas.get("/api/dailygoals/?date=2026-11-21&own=1").json()
    assert yesterday["count"] == 0


def test_guards_answer_with_their_code_and_the_switch_opens_the_floor(minas):
    body = {"key": "kcal", "direction": "at_most", "high": 1000}
    refused = post(minas, "/api/dailygoals/", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "target_under_floor")
    assert "1339" in refused.json()["messages"]["en"]
    assert DailyTarget.objects.count() == 0
    allowed = post(minas, "/api/dailygoals/", {**body, "medical_guidance": True})
    assert (allowed.status_code, allowed.json()["medical_guidance"]) == (201, True)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"key": "love", "direction": "at_least", "low": 1}, "key"),
        ({"key": "kcal", "direction": "at_least"}, "low"),
        ({"key": "kcal", "direction": "within", "low": 2000, "high": 1900}, "low"),
        ({"key": "sodium_mg", "direction": "at_most", "high": -1}, "high"),
        ({"key": "sodium_mg", "direction": "at_most", "high": 2000, "from_day": "2026-11-21"}, "from_day"),
        ({"key": "sodium_mg", "direction": "at_most", "high": 2000, "from_day": "2030-01-01"}, "from_day"),
    ],
)
def test_a_target_that_cannot_be_names_its_field(minas, body, field):
    response = post(minas, "/api/dailygoals/", body)
    assert response.status_code == 400
    assert field in response.json()["errors"]
    assert DailyTarget.objects.count() == 0


def test_a_change_makes_a_new_version_and_the_past_keeps_its_own(minas, mina, person):
    old = DailyTarget.objects.create(
        owner=mina,
        key="sodium_mg",
        direction="at_most",
        high=2200,
        from_day="2026-11-01",
        created_at="2026-11-01T00:00Z",
    )
    changed = patch(minas, f"/api/dailygoals/{old.pk}/", {"high": 2000}).json()
    assert (changed["high"], changed["from_day"]) == (2000, "2026-11-22")
    assert changed["id"] != old.pk

    def sodium(day):
        found = minas.get(f"/api/dailygoals/?own=1&date={day}").json()["results"]
        return [one["high"] for one in found]

    assert (sodium("2026-11-21"), sodium("2026-11-22")) == ([2200], [2000])
    assert minas.delete(f"/api/dailygoals/{changed['id']}/").status_code == 204
    assert (sodium("2026-11-21"), sodium("2026-11-22")) == ([2200], [])
    assert minas.get(f"/api/dailygoals/{changed['id']}/").status_code == 404
    restored = minas.put(f"/api/dailygoals/{old.pk}/restore/").json()
    assert (restored["high"], restored["from_day"], sodium("2026-11-22")) == (2200, "2026-11-22", [2200])


def test_another_direction_needs_its_own_ends(minas):
    own = post(minas, "/api/dailygoals/", {"key": "protein_g", "direction": "at_least", "low": 60}).json()
    path = f"/api/dailygoals/{own['id']}/"
    assert patch(minas, path, {"direction": "within"}).json()["errors"].keys() == {"high"}
    assert patch(minas, path, {"direction": "within", "high": 90}).json()["low"] == 60
    assert patch(minas, path, {"direction": "at_most"}).json()["low"] is None


def test_the_suggestion_is_read_and_taken_over_whole(minas):
    found = minas.get("/api/goals/suggestion/").json()
    assert (found["resting_kcal"], found["required_kcal"], found["floor_kcal"]) == (1339, 2112, 1339)
    assert found["missing"] == []
    assert all(one["reference"] and one["edition"] for one in found["targets"])
    taken = post(minas, "/api/goals/suggestion/", {})
    assert taken.status_code == 201
    assert taken.json()["count"] == len(found["targets"]) == DailyTarget.objects.count()
    assert {one["source"] for one in taken.json()["results"]} == {"SUGGESTION"}
    assert post(minas, "/api/goals/suggestion/", {"keys": ["kcal"]}).json()["count"] == 1
    assert post(minas, "/api/goals/suggestion/", {"keys": ["love"]}).status_code == 400


def test_a_goal_is_set_changed_closed_deleted_and_restored(minas):
    body = {"kind": "HABIT", "habit": "WORKOUT", "target": 3, "title": "주 3회 운동"}
    response = post(minas, "/api/goals/", body, **{"Idempotency-Key": "g-1"})
    assert (response.status_code, response.content) == (
        201,
        post(minas, "/api/goals/", body, **{"Idempotency-Key": "g-1"}).content,
    )
    goal = response.json()
    assert (goal["unit"], goal["start_day"], goal["state"], goal["direction"]) == (
        "일/주",
        "2026-11-22",
        "ACTIVE",
        "UP",
    )
    path = f"/api/goals/{goal['id']}/"
    assert patch(minas, path, {"target": 4, "due": "2026-12-31"}).json()["due"] == "2026-12-31"
    assert patch(minas, path, {"due": None}).json()["due"] is None
    assert patch(minas, path, {"target": 8}).json()["errors"].keys() == {"target"}
    assert patch(minas, path, {"state": "DONE"}).json()["state"] == "DONE"
    assert minas.get("/api/goals/?state=ACTIVE").json()["count"] == 0
    assert minas.delete(path).status_code == 204
    assert minas.get(path).status_code == 404
    assert minas.put(f"{path}restore/").json()["target"] == 4


def test_a_weight_goal_starts_at_the_weight_of_now(minas):
    goal = post(minas, "/api/goals/", {"kind": "WEIGHT", "target": 65, "due": "2027-06-01"}).json()
    assert (goal["start_value"], goal["direction"], goal["unit"]) == (70, "DOWN", "kg")
    assert minas.get("/api/goals/suggestion/").json()["deficit_kcal"] > 0


@pytest.mark.parametrize(
    ("profile", "body", "code"),
    [
        ({}, {"target": 47}, "weight_goal_under_bmi"),
        ({"weight_kg": 46}, {"target": 45}, "weight_goal_under_bmi"),
        ({"birth_year": 2010}, {"target": 65}, "weight_goal_under_age"),
        ({"maternity": "PREGNANT"}, {"target": 65}, "weight_goal_pregnant"),
        ({"hide_numbers": True}, {"target": 65}, "weight_goal_numbers_hidden"),
        ({"height_cm": None}, {"target": 65}, "weight_goal_needs_facts"),
        ({"weight_kg": None}, {"target": 65}, "weight_unknown"),
        ({}, {"target": 65, "due": "2026-12-01"}, "weight_goal_too_fast"),
    ],
)
def test_a_goal_that_could_harm_is_refused_with_its_code(minas, mina, profile, body, code):
    Profile.objects.filter(user=mina).update(**profile)
    response = post(minas, "/api/goals/", {"kind": "WEIGHT", **body})
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert Goal.objects.count() == 0


def test_a_goal_that_was_let_go_is_taken_up_only_when_it_may_be(minas, mina):
    goal = post(minas, "/api/goals/", {"kind": "WEIGHT", "target": 65}).json()
    path = f"/api/goals/{goal['id']}/"
    patch(minas, path, {"state": "DROPPED"})
    Profile.objects.filter(user=mina).update(maternity="PREGNANT")
    principal.reset()
    assert patch(minas, path, {"title": "나중에"}).status_code == 200
    assert patch(minas, path, {"state": "ACTIVE"}).json()["code"] == "weight_goal_pregnant"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "LOVE", "target": 1}, "kind"),
        ({"kind": "HABIT", "target": 3}, "habit"),
        ({"kind": "HABIT", "target": 8, "habit": "MEALS"}, "target"),
        ({"kind": "HABIT", "target": 2.5, "habit": "MEALS"}, "target"),
        ({"kind": "MINUTES", "target": 0}, "target"),
        ({"kind": "MINUTES", "target": 150, "habit": "MEALS"}, "habit"),
        ({"kind": "STRENGTH", "target": 60}, "exercise"),
        ({"kind": "STRENGTH", "target": 60, "exercise": 987654321}, "exercise"),
        ({"kind": "MINUTES", "target": 150, "due": "2026-11-01"}, "due"),
        ({"kind": "MINUTES", "target": 150, "title": "x" * 61}, "title"),
    ],
)
def test_a_goal_without_sense_names_its_field(minas, body, field):
    response = post(minas, "/api/goals/", body)
    assert response.status_code == 400
    assert field in response.json()["errors"]
    assert Goal.objects.count() == 0


def test_a_lift_is_named_by_hand_or_by_the_shelf(minas):
    goal = post(minas, "/api/goals/", {"kind": "STRENGTH", "target": 60, "exercise_name": "데드리프트"}).json()
    assert (goal["exercise"], goal["exercise_name"], goal["start_value"]) == (None, "데드리프트", 0)


def test_nobody_pursues_more_than_thirty_goals_at_once(minas, mina, noon):
    row = {"owner": mina, "kind": "MINUTES", "target": 150, "start_day": noon.date(), "created_at": noon}
    Goal.objects.bulk_create(Goal(**row) for _ in range(30))
    refused = post(minas, "/api/goals/", {"kind": "MINUTES", "target": 150})
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_goals")


def test_a_stranger_meets_nothing_of_hers(minas, stranger, weigh):
    goal = post(minas, "/api/goals/", {"kind": "MINUTES", "target": 150}).json()["id"]
    target = post(minas, "/api/dailygoals/", {"key": "sodium_mg", "direction": "at_most", "high": 2000}).json()["id"]
    paths = [f"/api/goals/{goal}/", f"/api/dailygoals/{target}/", f"/api/measurements/{weigh(70).pk}/"]
    other = signed_in(stranger)
    for path in paths:
        assert other.get(path).status_code == 404
        assert patch(other, path, {}).status_code == 404
        assert other.delete(path).status_code == 404
        assert other.put(f"{path}restore/").status_code == 404
        assert minas.get(path).status_code == 200
    for path in ("/api/goals/", "/api/dailygoals/?own=1", "/api/measurements/"):
        assert other.get(path).json()["count"] == 0


def statements(client, path):
    """Count what an answer costs when nothing is remembered of who asks."""
    principal.reset()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_lists_cost_the_same_for_one_or_five_hundred_rows(minas, mina, weigh, noon):
    weigh(70)
    post(minas, "/api/goals/", {"kind": "MINUTES", "target": 150})
    # One statement finds out who asks; pages count their rows.
    costs = {"/api/measurements/": 3, "/api/goals/": 3, "/api/measurements/trend/": 2, "/api/dailygoals/": 2}
    assert {path: statements(minas, path) for path in costs} == costs
    row = {"owner": mina, "kind": "WEIGHT", "value": 70, "created_at": noon}
    Measurement.objects.bulk_create(
        Measurement(**row, at=noon - timedelta(hours=hour), day=(noon - timedelta(hours=hour)).date())
        for hour in range(500)
    )
    goal = {"owner": mina, "kind": "MINUTES", "target": 150, "start_day": noon.date(), "created_at": noon}
    Goal.objects.bulk_create(Goal(**goal, state="DONE") for _ in range(500))
    assert {path: statements(minas, f"{path}?limit=100") for path in costs} == costs


def test_what_is_left_out_of_a_correction_stays(minas):
    body = {"kind": "GLUCOSE", "value": 98, "context": "FASTING", "note": "아침"}
    path = f"/api/measurements/{post(minas, '/api/measurements/', body).json()['id']}/"
    changed = patch(minas, path, {"value": 99}).json()
    assert (changed["value"], changed["context"], changed["note"]) == (99, "FASTING", "아침")
    assert patch(minas, path, {"context": "", "note": ""}).json()["context"] == ""


def test_a_correction_may_move_a_measurement_to_another_day(minas, weigh):
    path = f"/api/measurements/{weigh(70).pk}/"
    moved = patch(minas, path, {"measured_at": "2026-11-19T07:00:00+09:00"}).json()
    assert moved["date"] == "2026-11-19"
    assert patch(minas, path, {"measured_at": "2026-12-01T07:00:00+09:00"}).json()["errors"].keys() == {"measured_at"}
    assert minas.get(path).json()["date"] == "2026-11-19"


def test_pressure_is_corrected_as_a_pair(minas):
    body = {"kind": "BLOOD_PRESSURE", "value": 118, "value2": 76}
    path = f"/api/measurements/{post(minas, '/api/measurements/', body).json()['id']}/"
    assert patch(minas, path, {"value": 70}).json()["errors"].keys() == {"value2"}
    assert patch(minas, path, {"value": 124, "value2": 80}).json()["value2"] == 80


def test_pages_of_measurements_hold_at_most_a_hundred(minas, mina, noon):
    row = {"owner": mina, "kind": "WAIST", "value": 90, "created_at": noon, "at": noon, "day": noon.date()}
    Measurement.objects.bulk_create(Measurement(**row) for _ in range(120))
    listed = minas.get("/api/measurements/?limit=1000").json()
    assert (listed["count"], len(listed["results"])) == (120, 100)
    assert "offset=100" in listed["next"]
    assert len(minas.get("/api/measurements/?limit=100&offset=100").json()["results"]) == 20


def test_a_target_may_begin_later_and_is_listed_from_its_day(minas):
    body = {"key": "water_ml", "direction": "at_least", "low": 1500, "from_day": "2026-12-01"}
    assert post(minas, "/api/dailygoals/", body).status_code == 201
    assert minas.get("/api/dailygoals/?own=1").json()["count"] == 0
    assert minas.get("/api/dailygoals/?own=1&date=2026-12-01").json()["count"] == 1


def test_a_version_that_is_to_come_keeps_its_day_when_it_is_changed(minas):
    body = {"key": "water_ml", "direction": "at_least", "low": 1500, "from_day": "2026-12-01"}
    path = f"/api/dailygoals/{post(minas, '/api/dailygoals/', body).json()['id']}/"
    changed = patch(minas, path, {"low": 1800}).json()
    assert (changed["low"], changed["from_day"]) == (1800, "2026-12-01")
    assert DailyTarget.objects.count() == 1


def test_the_same_key_sets_one_target(minas):
    body = {"key": "sodium_mg", "direction": "at_most", "high": 2000}
    first = post(minas, "/api/dailygoals/", body, **{"Idempotency-Key": "t-1"})
    again = post(minas, "/api/dailygoals/", body, **{"Idempotency-Key": "t-1"})
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    other = post(minas, "/api/dailygoals/", {**body, "high": 1}, **{"Idempotency-Key": "t-1"})
    assert other.json()["code"] == "idempotency_key_reused"


def test_a_fine_target_is_written_as_a_number(minas):
    body = {"key": "sleep_hours", "direction": "within", "low": 6.5, "high": 8.25}
    told = post(minas, "/api/dailygoals/", body).json()
    assert (told["low"], told["high"], told["unit"]) == (6.5, 8.25, "h")
    assert post(minas, "/api/dailygoals/", {**body, "low": 6.555}).json()["errors"].keys() == {"low"}


def test_the_guidance_of_a_target_is_its_own(minas):
    body = {"key": "kcal", "direction": "at_most", "high": 1000, "medical_guidance": True}
    path = f"/api/dailygoals/{post(minas, '/api/dailygoals/', body).json()['id']}/"
    assert patch(minas, path, {"high": 950}).json()["medical_guidance"] is True
    assert patch(minas, path, {"medical_guidance": False}).json()["code"] == "target_under_floor"
    protein = {"key": "protein_g", "direction": "at_least", "low": 200}
    assert post(minas, "/api/dailygoals/", protein).json()["code"] == "protein_over_limit"


def test_hidden_numbers_take_the_energies_out_of_the_suggestion(minas, mina):
    Profile.objects.filter(user=mina).update(hide_numbers=True)
    found = minas.get("/api/goals/suggestion/").json()
    assert (found["resting_kcal"], found["required_kcal"], found["floor_kcal"]) == (None, None, None)
    assert "kcal" not in {one["key"] for one in found["targets"]}
    assert found["notes"] == ["numbers_hidden"]


def test_a_pregnant_person_is_suggested_nothing_that_does_not_fit(minas, mina):
    Profile.objects.filter(user=mina).update(maternity="PREGNANT")
    found = minas.get("/api/goals/suggestion/").json()
    assert (found["targets"], found["notes"]) == ([], ["maternity"])
    assert post(minas, "/api/goals/suggestion/", {}).json() == {"count": 0, "results": []}
    assert minas.get("/api/dailygoals/").json()["count"] == 0


def test_problems_of_goals_come_in_the_language_that_is_asked_for(minas):
    body = {"kind": "WEIGHT", "target": 40}
    korean = post(minas, "/api/goals/", body).json()
    english = post(minas, "/api/goals/", body, **{"Accept-Language": "en"}).json()
    assert (korean["code"], korean["messages"]) == (english["code"], english["messages"])
    assert "체질량지수" in korean["detail"]
    assert "body mass index" in english["detail"]


@pytest.mark.parametrize("path", ["/api/goals/", "/api/dailygoals/", "/api/measurements/", "/api/goals/suggestion/"])
@pytest.mark.parametrize("body", ["[]", "1", '"text"', "{", '{"kind": {}, "key": []}'])
def test_a_body_that_is_no_object_is_a_problem_and_never_a_failure(minas, path, body):
    response = minas.post(path, body, content_type=JSON)
    if path.endswith("suggestion/") and body.startswith('{"kind"'):
        assert response.status_code == 201
        return
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("value", ["1e400", "-1", "Infinity", True, None, [], "9" * 40])
def test_a_number_that_is_none_is_a_problem(minas, value):
    for path, body in (
        ("/api/measurements/", {"kind": "WEIGHT", "value": value}),
        ("/api/goals/", {"kind": "MINUTES", "target": value}),
        ("/api/dailygoals/", {"key": "kcal", "direction": "at_most", "high": value}),
    ):
        assert post(minas, path, body).status_code == 400
    assert not (Measurement.objects.exists() or Goal.objects.exists() or DailyTarget.objects.exists())
