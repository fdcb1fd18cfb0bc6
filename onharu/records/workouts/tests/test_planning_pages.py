"""How one wants to move, last week's plans once more, and looking back."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.records.workouts.actions import logs, plans
from onharu.records.workouts.actions.plans import PlanDraft
from onharu.records.workouts.actions.tasks import TaskDraft
from onharu.records.workouts.models import MovementProfile, WorkoutPlan
from onharu.records.workouts.tests.conftest import DAY

HTMX = {"HX-Request": "true"}
WEEK = timedelta(days=7)


def text(response):
    return response.content.decode()


def triggers(response):
    return json.loads(response.get("HX-Trigger", "{}"))


def planned(person, day, exercise):
    task = TaskDraft(exercise=exercise, sets=3, reps_low=8, reps_high=8)
    return plans.make_plan(owner_id=person.pk, draft=PlanDraft(day=day, tasks=[task]))


def test_the_first_questions_have_no_answer_ticked_and_none_is_needed(browser, shelf, noon):
    page = text(browser.get("/workouts/profile/?first=1"))
    assert page.count("<fieldset") == 6
    assert " checked" not in page
    response = browser.post("/workouts/profile/", {"first": "1"})
    assert response["Location"] == f"/workouts/?date={DAY}"
    assert WorkoutPlan.objects.filter(day=DAY).count() == 1
    assert MovementProfile.objects.get().places == ["home", "outdoor"]


def test_the_questions_can_be_passed_over(browser, shelf, noon):
    assert 'action="/workouts/plan/"' in text(browser.get("/workouts/profile/?first=1"))
    browser.post("/workouts/plan/")
    assert WorkoutPlan.objects.exists()
    assert not MovementProfile.objects.exists()


def test_at_a_gym_its_usual_equipment_is_there(browser, shelf, noon):
    browser.post("/workouts/profile/", {"first": "1", "places": ["gym"]})
    assert {"barbell", "machine"} <= set(MovementProfile.objects.get().equipment)


def test_answers_are_kept_and_shown_as_chosen(browser, noon):
    said = {
        "goal": "strength", "days_a_week": "4", "minutes": "45", "places": ["home", "gym"], "equipment": ["dumbbell"],
        "spare": ["knee"], "avoid": ["jump"], "level": "2", "week_start": "6",
    }  # fmt: skip
    response = browser.post("/workouts/profile/", said, headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "운동 설정을 저장했어요."
    page = text(browser.get("/workouts/profile/"))
    chosen = re.findall(r'name="(\w+)" id="[^"]+" value="(\w+)" checked', page)
    assert sorted(chosen) == sorted(
        (name, one) for name, value in said.items() for one in (value if isinstance(value, list) else [value])
    )


@pytest.mark.parametrize(
    "wrong", [{"goal": "fame"}, {"days_a_week": "8"}, {"minutes": "5"}, {"spare": ["soul"]}, {"places": ["moon"]}]
)
def test_an_unknown_answer_is_refused_and_nothing_is_kept(browser, noon, wrong):
    response = browser.post("/workouts/profile/", wrong)
    assert response.status_code == 422
    assert "note-problem" in text(response)
    assert not MovementProfile.objects.exists()


def test_last_weeks_plans_are_shown_before_they_are_copied(browser, owner, shelf, noon):
    planned(owner, DAY - WEEK, shelf["row"])
    sheet = text(browser.get("/workouts/copy/", headers=HTMX))
    assert "덤벨 로우" in sheet
    assert "그대로 가져오기" in sheet
    assert "있는 계획도 바꿔 쓰기" not in sheet


def test_without_plans_last_week_there_is_nothing_to_press(browser, noon):
    sheet = text(browser.get("/workouts/copy/", headers=HTMX))
    assert "지난주에는 계획이 없었어요." in sheet
    assert "button-primary" not in sheet
    assert browser.post("/workouts/copy/", {"overwrite": "0"}, headers=HTMX).status_code == 404


def test_a_copied_week_can_be_taken_back(browser, owner, shelf, noon):
    for back in (7, 9):
        planned(owner, DAY - timedelta(days=back), shelf["row"])
    response = browser.post("/workouts/copy/", {"date": DAY.isoformat(), "overwrite": "0"}, headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "2일 계획을 가져왔어요."
    assert WorkoutPlan.objects.alive().filter(day__gt=DAY - WEEK).count() == 2
    browser.post(triggers(response)["onharu:toast"]["undo"], headers=HTMX)
    assert WorkoutPlan.objects.alive().filter(day__gt=DAY - WEEK).count() == 0


def test_a_day_with_a_plan_is_kept_or_replaced_and_brought_back(browser, owner, shelf, noon):
    planned(owner, DAY - WEEK, shelf["row"])
    standing = planned(owner, DAY, shelf["plank"])
    kept = browser.post("/workouts/copy/", {"date": DAY.isoformat(), "overwrite": "0"}, headers=HTMX)
    assert "빈 날이 없어서" in triggers(kept)["onharu:toast"]["message"]
    response = browser.post("/workouts/copy/", {"date": DAY.isoformat(), "overwrite": "1"}, headers=HTMX)
    assert WorkoutPlan.objects.alive().get(day=DAY).pk != standing
    browser.post(triggers(response)["onharu:toast"]["undo"], headers=HTMX)
    assert WorkoutPlan.objects.alive().get(day=DAY).pk == standing


def test_a_strangers_plan_cannot_be_touched(stranger_browser, plan, noon):
    for path in ("delete/", "restore/"):
        assert stranger_browser.post(f"/workouts/plan/{plan}/{path}", headers=HTMX).status_code == 404
    gone = stranger_browser.post(f"/workouts/copy/undo/?made={plan}", headers=HTMX)
    assert gone.status_code == 404
    assert WorkoutPlan.objects.alive().filter(pk=plan).exists()


def done(person, noon, *, back, exercise, reps, kg):
    sets = [logs.SetValues(reps=reps, weight_kg=Decimal(kg))]
    at = noon - timedelta(days=back)
    draft = logs.Draft(day=DAY - timedelta(days=back), started_at=at, exercise=exercise, sets=sets)
    return logs.log_workout(owner_id=person.pk, draft=draft)


def test_past_days_are_listed_with_their_sums_a_page_at_a_time(browser, owner, shelf, noon):
    for back in range(20):
        done(owner, noon, back=back, exercise=shelf["row"], reps=8, kg=10)
    first, second = (text(browser.get("/workouts/history/", {"page": page})) for page in (1, 2))
    assert first.count('class="card-head"') == 14
    assert second.count('class="card-head"') == 6
    assert "오늘" in first
    assert "어제" in first
    assert "11월 20일 (금)" in first


@pytest.mark.parametrize("path", ["/workouts/history/", "/workouts/records/"])
def test_looking_back_costs_the_same_for_one_or_many(browser, owner, shelf, noon, django_assert_max_num_queries, path):
    done(owner, noon, back=0, exercise=shelf["row"], reps=8, kg=10)
    browser.get(path)
    with django_assert_max_num_queries(6):
        browser.get(path)
    for back in range(40):
        for exercise in shelf.values():
            done(owner, noon, back=back, exercise=exercise, reps=8, kg=10)
    with django_assert_max_num_queries(6):
        browser.get(path)


def test_bests_name_their_day_the_set_behind_them_and_what_is_estimated(browser, owner, shelf, noon):
    done(owner, noon, back=3, exercise=shelf["row"], reps=10, kg=12)
    done(owner, noon, back=1, exercise=shelf["row"], reps=4, kg=16)
    page = text(browser.get("/workouts/records/"))
    assert "가장 무겁게" in page
    assert re.search(r"어제 · 16\N{NO-BREAK SPACE}kg · 4회</span></span><span[^>]*>16\N{NO-BREAK SPACE}kg", page)
    assert re.search(r"1RM \(한 번에 드는 무게\) <span class=\"badge badge-guess\">추정", page)
    assert f'href="/workouts/?date={DAY - timedelta(days=1)}"' in page


def test_what_was_only_planned_is_no_best(browser, squat, noon):
    browser.post(f"/workouts/tasks/{squat}/done/", {"completed": "1"}, headers=HTMX)
    assert "아직 최고 기록이 없어요" in text(browser.get("/workouts/records/"))


@pytest.mark.parametrize("path", ["/workouts/history/", "/workouts/records/"])
def test_a_stranger_has_a_past_of_their_own(stranger_browser, owner, shelf, noon, path):
    done(owner, noon, back=0, exercise=shelf["row"], reps=8, kg=10)
    page = text(stranger_browser.get(path))
    assert "덤벨 로우" not in page
    assert "아직" in page
