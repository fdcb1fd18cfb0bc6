"""The pages without a browser: what they show, and that every press works without a module."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from conftest import signed_in
from onharu.accounts import principal
from onharu.accounts.models import Profile
from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.tests.test_api import statements

HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def told(response):
    return json.loads(response["HX-Trigger"])["onharu:toast"]


@pytest.fixture
def aiming(minas):
    minas.post("/goals/new/", {"kind": "HABIT", "habit": "MEASURE", "target": "3", "key": "a"})
    return Goal.objects.get()


def test_the_page_shows_targets_with_their_source_and_a_suggestion(minas):
    page = text(minas.get("/goals/"))
    assert "1,901~2,324" in page
    assert "만성질환위험감소섭취량 · KDRI 2020" in page
    assert "이대로 내 목표로 쓰기" in page
    assert "내 목표</span>" not in page
    assert "아직 정한 것이 없어요" in page


def test_the_suggestion_is_taken_over_whole_with_one_press(minas):
    response = minas.post("/goals/suggestion/", headers=HTMX)
    assert response.status_code == 204
    assert told(response)["message"].startswith("목표 ")
    assert DailyTarget.objects.filter(source="SUGGESTION").count() == 7
    assert text(minas.get("/goals/")).count("내 목표</span>") == 7


def test_a_target_is_set_in_its_sheet_and_undone(minas):
    sheet = minas.get("/goals/targets/sodium_mg/", headers=HTMX)
    assert "<dialog" in text(sheet)
    assert 'value="2300"' in text(sheet)
    response = minas.post(
        "/goals/targets/sodium_mg/", {"direction": "at_most", "high": "2,5", "low": "9"}, headers=HTMX
    )
    assert response.status_code == 204
    row = DailyTarget.objects.get()
    assert (row.low, row.high) == (None, Decimal("2.5"))
    minas.post("/goals/targets/sodium_mg/", {"direction": "at_most", "high": "2000"})
    undo = told(minas.post("/goals/targets/sodium_mg/", {"direction": "at_most", "high": "1500"}, headers=HTMX))["undo"]
    assert DailyTarget.objects.get().high == 1500
    minas.post(undo, headers=HTMX)
    assert DailyTarget.objects.get().high == 2000


def test_the_first_target_is_undone_by_going_back_to_the_reference(minas):
    undo = told(minas.post("/goals/targets/sodium_mg/", {"direction": "at_most", "high": "1500"}, headers=HTMX))["undo"]
    minas.post(undo, headers=HTMX)
    assert "내 목표</span>" not in text(minas.get("/goals/"))


def test_a_removed_target_comes_back(minas):
    minas.post("/goals/targets/sodium_mg/", {"direction": "within", "low": "1000", "high": "1500"})
    undo = told(minas.post("/goals/targets/sodium_mg/remove/", headers=HTMX))["undo"]
    assert DailyTarget.objects.get().removed
    minas.post(undo, headers=HTMX)
    row = DailyTarget.objects.get()
    assert (row.removed, row.low, row.high) == (False, 1000, 1500)


def test_a_guard_speaks_in_the_form(minas):
    response = minas.post("/goals/targets/kcal/", {"direction": "at_most", "high": "900"}, headers=HTMX)
    assert response.status_code == 422
    assert "1339 kcal보다 낮게 정할 수 없어요" in text(response)
    assert "<dialog" not in text(response)
    assert (
        minas.post("/goals/targets/kcal/", {"direction": "at_most", "high": "900", "guidance": "on"}).status_code == 302
    )


@pytest.mark.parametrize("path", ["/goals/targets/love/", "/goals/targets/love/remove/", "/goals/targets/kcal/again/"])
def test_a_target_that_does_not_exist_is_missing(minas, path):
    assert minas.post(path).status_code == 404


def test_a_wrong_number_stands_beside_its_field(minas):
    response = minas.post("/goals/targets/sodium_mg/", {"direction": "within", "low": "2000", "high": "1000"})
    assert response.status_code == 422
    assert "아래 값이 위 값보다 클 수 없어요" in text(response)
    assert minas.post("/goals/targets/sodium_mg/", {"direction": "at_most", "high": "많이"}).status_code == 422


def test_a_weight_is_measured_in_two_presses_with_the_last_one_filled_in(minas, weigh):
    weigh(68.4, days_ago=1)
    sheet = text(minas.get("/goals/measure/", headers=HTMX))
    assert 'name="value" value="68.4"' in sheet
    key = re.search(r'name="key" value="(\w+)"', sheet)[1]
    said = {"kind": "WEIGHT", "value": "68,2", "key": key}
    response = minas.post("/goals/measure/", said, headers=HTMX)
    assert response.status_code == 204
    assert told(response)["message"] == "체중 68.2 kg"
    assert minas.post("/goals/measure/", said, headers=HTMX).status_code == 204
    assert [row.value for row in Measurement.objects.all()].count(Decimal("68.2")) == 1
    minas.post(told(response)["undo"], headers=HTMX)
    assert minas.get("/api/measurements/").json()["count"] == 1


def test_the_sheet_of_measuring_opens_over_the_page_for_a_day(minas):
    page = text(minas.get("/goals/?add=measure&kind=WAIST&date=2026-11-20"))
    assert 'hx-get="/goals/measure/?kind=WAIST&amp;date=2026-11-20"' in page
    assert 'hx-trigger="load"' not in text(minas.get("/goals/"))


def test_a_form_on_its_own_page_is_a_plain_one(minas):
    for path in ("/goals/measure/", "/goals/targets/kcal/", "/goals/new/?kind=HABIT"):
        page = text(minas.get(path)).split("<main", 1)[1].split("</main", 1)[0]
        assert "hx-post" not in page
        assert "hx-post" in text(minas.get(path, headers=HTMX))


def test_without_any_weight_the_profiles_is_filled_in(minas):
    assert 'name="value" value="70"' in text(minas.get("/goals/measure/"))
    assert 'name="value" value' not in text(minas.get("/goals/measure/?kind=WAIST"))


def test_blood_pressure_asks_for_two_values_and_glucose_for_its_moment(minas):
    pressure = text(minas.get("/goals/measure/?kind=BLOOD_PRESSURE"))
    assert 'name="value2"' in pressure
    assert 'name="context"' not in pressure
    assert 'name="context"' in text(minas.get("/goals/measure/?kind=GLUCOSE"))
    minas.post("/goals/measure/", {"kind": "BLOOD_PRESSURE", "value": "118", "value2": "76", "key": "b"})
    assert "118/76" in text(minas.get("/goals/"))
    wrong = minas.post("/goals/measure/", {"kind": "BLOOD_PRESSURE", "value": "76", "value2": "118", "key": "c"})
    assert wrong.status_code == 422


def test_another_time_may_be_said(minas):
    said = {"kind": "WEIGHT", "value": "69", "date": "2026-11-20", "time": "06:40", "note": "여행", "key": "d"}
    minas.post("/goals/measure/", said)
    row = minas.get("/api/measurements/").json()["results"][0]
    assert (row["measured_at"], row["note"]) == ("2026-11-20T06:40:00+09:00", "여행")
    future = minas.post("/goals/measure/", {"kind": "WEIGHT", "value": "69", "date": "2026-11-24", "key": "e"})
    assert future.status_code == 422
    assert "아직 오지 않은 때예요" in text(future)


def test_a_measurement_is_corrected_deleted_and_taken_back(minas, weigh):
    path = f"/goals/measurements/{weigh(70).pk}/"
    assert 'value="70"' in text(minas.get(path))
    assert minas.post(path, {"value": "69.4", "date": "2026-11-21", "time": "07:00"}).status_code == 302
    row = Measurement.objects.get()
    assert (row.value, str(row.day)) == (Decimal("69.4"), "2026-11-21")
    assert minas.post(path, {"value": "900"}).status_code == 422
    undo = told(minas.post(f"{path}delete/", headers=HTMX))["undo"]
    assert minas.get(path).status_code == 404
    assert minas.post(undo, headers=HTMX).status_code == 204
    assert minas.get(path).status_code == 200


def test_the_history_draws_a_chart_with_its_table_and_says_the_trend(minas, weigh):
    for week in range(5):
        weigh(70 - week, days_ago=28 - 7 * week)
    page = text(minas.get("/goals/measurements/?kind=WEIGHT"))
    assert 'role="img"' in page
    assert "기록 5개" in page
    assert "5일 잰 값(29일 동안)의 추세: 한 주에 −1.00 kg" in page
    assert page.count('<th scope="row">') == 5
    assert "3일 이상" not in page
    few = text(minas.get("/goals/measurements/?kind=WEIGHT&days=30&page=9"))
    assert few.count('data-row="measurement-') == 5


def test_a_few_days_say_what_a_trend_needs(minas, weigh):
    weigh(70)
    assert "5일 이상 재면 알려 드려요. 지금은 1일이에요" in text(minas.get("/goals/measurements/"))
    assert "아직 적은 것이 없어요" in text(minas.get("/goals/measurements/?kind=GLUCOSE&context=FASTING"))


def test_a_goal_shows_its_bar_and_is_changed_closed_deleted_and_taken_back(minas, aiming, weigh):
    weigh(70)
    page = text(minas.get("/goals/"))
    assert "한 주 3일 몸 재기" in page
    assert "33퍼센트" in page
    path = f"/goals/{aiming.pk}/"
    assert minas.post(path, {"target": "4", "title": "꾸준히", "due": "2026-12-31"}).status_code == 302
    assert "꾸준히" in text(minas.get("/goals/"))
    assert minas.post(path, {"target": "9"}).status_code == 422
    undo = told(minas.post(f"{path}state/", {"state": "DONE"}, headers=HTMX))["undo"]
    assert "꾸준히" not in text(minas.get("/goals/"))
    minas.post(undo, headers=HTMX)
    assert "꾸준히" in text(minas.get("/goals/"))
    undo = told(minas.post(f"{path}delete/", headers=HTMX))["undo"]
    assert minas.get(path).status_code == 404
    minas.post(undo, headers=HTMX)
    assert minas.get(path).status_code == 200
    assert minas.post(f"{path}state/", {"state": "LOVE"}).status_code == 400


def test_a_goal_is_set_once_for_its_form(minas):
    for _ in range(2):
        minas.post("/goals/new/", {"kind": "MINUTES", "target": "150", "key": "once"})
    assert Goal.objects.count() == 1


def test_kinds_are_offered_first_and_each_has_its_fields(minas):
    assert text(minas.get("/goals/new/")).count('class="choice"') >= 4
    assert 'name="exercise_name"' in text(minas.get("/goals/new/?kind=STRENGTH"))
    assert 'name="habit"' in text(minas.get("/goals/new/?kind=HABIT"))
    assert 'value="150"' in text(minas.get("/goals/new/?kind=MINUTES"))


def test_a_goal_that_could_harm_is_refused_in_words(minas):
    response = minas.post("/goals/new/", {"kind": "WEIGHT", "target": "40", "key": "f"})
    assert response.status_code == 422
    assert "체질량지수 18.5 아래로" in text(response)
    assert Goal.objects.count() == 0


def test_numbers_stay_out_of_sight_by_wish(minas, mina, weigh):
    weigh(68.4)
    minas.post("/goals/new/", {"kind": "WEIGHT", "target": "65", "key": "g"})
    Profile.objects.filter(user=mina).update(hide_numbers=True)
    principal.reset()
    page = text(minas.get("/goals/"))
    for number in ("68.4", "1,901", "2,112", "65 kg"):
        assert number not in page
    assert "숫자를 보지 않기로 해서" in page
    history = text(minas.get("/goals/measurements/?kind=WEIGHT"))
    assert "68.4" not in history
    assert "<figure" not in history
    assert "체중" not in text(minas.get("/goals/new/", headers=HTMX))


def test_an_unchanged_part_is_not_sent_again(minas, weigh):
    weigh(70)
    seen = re.search(r'name="seen" value="(\d+)"', text(minas.get("/goals/part/")))[1]
    assert minas.get(f"/goals/part/?seen={seen}").status_code == 204
    assert minas.get(f"/goals/measurements/part/?seen={seen}").status_code == 204
    weigh(69)
    assert minas.get(f"/goals/part/?seen={seen}").status_code == 200


def test_the_pages_cost_the_same_for_one_or_many_rows(minas, mina, weigh, noon):
    weigh(70)
    minas.post("/goals/new/", {"kind": "HABIT", "habit": "WORKOUT", "target": "3", "key": "h"})
    paths = ("/goals/", "/goals/measurements/", "/goals/measure/")
    one = [statements(minas, path) for path in paths]
    goal = {
        "owner": mina,
        "kind": "HABIT",
        "habit": "WORKOUT",
        "target": 3,
        "start_day": noon.date(),
        "created_at": noon,
    }
    Goal.objects.bulk_create(Goal(**goal) for _ in range(20))
    row = {"owner": mina, "kind": "WEIGHT", "value": 70, "created_at": noon, "at": noon, "day": noon.date()}
    Measurement.objects.bulk_create(Measurement(**row) for _ in range(300))
    assert [statements(minas, path) for path in paths] == one
    assert max(one) <= 16


def test_a_strangers_pages_are_missing(minas, stranger, aiming, weigh):
    other = signed_in(stranger)
    for path in (f"/goals/{aiming.pk}/", f"/goals/measurements/{weigh(70).pk}/"):
        assert other.get(path).status_code == 404
        assert other.post(f"{path}delete/").status_code == 404
        assert minas.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/goals/", "/goals/part/", "/goals/new/", "/goals/measure/", "/goals/measurements/"])
def test_who_is_not_signed_in_is_sent_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/login/")


@pytest.mark.parametrize(
    "path",
    ["/goals/", "/goals/new/", "/goals/new/?kind=WEIGHT", "/goals/new/?kind=HABIT", "/goals/new/?kind=MINUTES",
     "/goals/new/?kind=STRENGTH", "/goals/measure/", "/goals/measure/?kind=BLOOD_PRESSURE", "/goals/measure/?kind=GLUCOSE",
     "/goals/measurements/", "/goals/measurements/?kind=GLUCOSE", "/goals/targets/kcal/", "/goals/targets/sleep_hours/"],
)  # fmt: skip
def test_every_page_speaks_english(minas, mina, weigh, aiming, path):
    weigh(70, days_ago=1)
    minas.post("/language/", {"language": "en"})
    page = text(minas.get(path))
    assert re.findall(r"[^\s<>\"]*[가-힣]+[^\s<>\"]*", page.split("<main", 1)[1].split("</main", 1)[0]) == []


def test_the_history_is_narrowed_by_days_and_moment_and_turned_by_pages(minas, mina, noon):
    row = {"owner": mina, "kind": "GLUCOSE", "value": 98, "created_at": noon}
    Measurement.objects.bulk_create(
        Measurement(
            **row,
            context="FASTING" if ago % 2 else "AFTER_MEAL",
            at=noon - timedelta(days=ago),
            day=noon.date() - timedelta(days=ago),
        )
        for ago in range(80)
    )
    page = text(minas.get("/goals/measurements/?kind=GLUCOSE&days=30&context=FASTING"))
    assert "기록 15개" in page
    assert page.count('data-row="measurement-') == 30
    assert 'href="?kind=GLUCOSE&amp;days=30&amp;context=FASTING&amp;page=2"' in page
    second = text(minas.get("/goals/measurements/?kind=GLUCOSE&days=30&context=FASTING&page=2"))
    assert second.count('data-row="measurement-') == 10
    assert "기록 365개" not in text(minas.get("/goals/measurements/?kind=GLUCOSE&days=4000&context=LATER"))


def test_the_chart_of_a_weight_draws_the_goal_and_that_of_pressure_both_values(minas, weigh):
    weigh(70, days_ago=2)
    weigh(69)
    minas.post("/goals/new/", {"kind": "WEIGHT", "target": "65", "key": "w"})
    page = text(minas.get("/goals/measurements/?kind=WEIGHT"))
    assert "목표 65 kg" in page
    assert "7일 평균" in page
    minas.post("/goals/measure/", {"kind": "BLOOD_PRESSURE", "value": "118", "value2": "76", "key": "p"})
    page = text(minas.get("/goals/measurements/?kind=BLOOD_PRESSURE"))
    assert "수축기" in page
    assert "이완기" in page
    assert "목표 65 kg" not in page


def test_a_sheet_is_a_part_and_a_page_is_whole(minas):
    for path in ("/goals/measure/", "/goals/new/", "/goals/targets/kcal/"):
        whole, part = text(minas.get(path)), text(minas.get(path, headers=HTMX))
        assert "<html" in whole
        assert "<dialog" not in whole.split("<main", 1)[1].split("</main", 1)[0]
        assert "<html" not in part
        assert part.lstrip().startswith("<dialog")


def test_the_form_of_a_goal_says_the_weight_of_now_and_the_pace(minas):
    assert "지금 70 kg. 줄이는 목표는 한 주에 0.7 kg까지" in text(minas.get("/goals/new/?kind=WEIGHT"))


def test_a_plain_form_goes_on_only_within_this_host(minas):
    said = {"kind": "WEIGHT", "value": "69", "next": "https://elsewhere.example/"}
    assert minas.post("/goals/measure/", {**said, "key": "n1"})["Location"] == "/goals/"
    inside = minas.post("/goals/measure/", {**said, "next": "/today/", "key": "n2"})
    assert inside["Location"] == "/today/"


def test_words_of_a_person_are_shown_as_text(minas, weigh):
    minas.post("/goals/new/", {"kind": "MINUTES", "target": "150", "title": "<b>굵게</b>", "key": "x"})
    minas.post("/goals/measure/", {"kind": "WEIGHT", "value": "69", "note": "<script>1</script>", "key": "y"})
    assert "<b>굵게" not in text(minas.get("/goals/"))
    assert "<script>1" not in text(minas.get("/goals/measurements/"))


def test_a_change_reaches_the_screens_of_its_days(minas):
    response = minas.post(
        "/goals/measure/", {"kind": "WEIGHT", "value": "69", "date": "2026-11-20", "key": "z"}, headers=HTMX
    )
    events = json.loads(response["HX-Trigger"])
    assert {"onharu:day:2026-11-20", "onharu:day:2026-11-22", "onharu:close-sheet"} <= set(events)


def test_no_page_of_goals_is_kept_by_a_cache(minas):
    for path in ("/goals/", "/goals/part/", "/goals/measure/", "/goals/measurements/"):
        assert "no-store" in minas.get(path)["Cache-Control"]


def test_what_the_profile_lacks_is_asked_for_beside_the_suggestion(minas, mina):
    Profile.objects.filter(user=mina).update(height_cm=None, sex="")
    principal.reset()
    page = text(minas.get("/goals/"))
    assert "성별, 키: 알려 주시면 더 맞춰서 계산해요." in page
    assert 'href="/me/"' in page


def test_a_young_person_sees_no_adults_targets(minas, mina):
    Profile.objects.filter(user=mina).update(birth_year=2011)
    principal.reset()
    page = text(minas.get("/goals/"))
    assert "지금 쓰는 목표가 없어요." in page
    assert "19세 전에는 어른의 기준을 쓰지 않아요." in page
    assert "이대로 내 목표로 쓰기" not in page
