"""The page of a day: what it shows first, what it costs, who sees it."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.accounts.models import Profile
from onharu.kernel.days import touch
from onharu.records.workouts.actions import completion, logs, plans, tasks
from onharu.records.workouts.actions.logs import Draft
from onharu.records.workouts.actions.plans import PlanDraft
from onharu.records.workouts.models import Task, WorkoutPlan
from onharu.records.workouts.tests.conftest import DAY

HTMX = {"HX-Request": "true"}
PATHS = ["/workouts/", "/workouts/part/"]


def text(response):
    return response.content.decode()


def walked(person, noon, *, day=DAY, minutes=30, exercise=None, name="걷기"):
    draft = Draft(
        day=day, started_at=noon, exercise=exercise, name="" if exercise else name,
        minutes=None if minutes is None else Decimal(minutes),
    )  # fmt: skip
    return logs.log_workout(owner_id=person.pk, draft=draft)


def finish(person, task, noon):
    completion.set_completion(owner_id=person.pk, task_id=task, completed=True, at=noon, today=DAY)


def test_a_day_without_a_plan_opens_with_one_button(browser, noon):
    page = text(browser.get("/workouts/"))
    assert page.count("button-primary") == 1
    assert "오늘 운동 만들기" in page
    assert 'href="/workouts/profile/?first=1' in page


def test_somebody_who_told_how_they_want_to_move_is_not_asked_again(browser, owner, noon):
    plans.set_movement(owner_id=owner.pk, today=DAY, said={"goal": "strength", "days_a_week": 4, "minutes": 40})
    page = text(browser.get("/workouts/"))
    assert "일주일에 4일, 40분씩" in page
    assert "먼저 알려 주기" not in page


def test_the_button_makes_a_plan_once_and_can_be_taken_back(browser, shelf, noon):
    first, second = (browser.post("/workouts/plan/", headers=HTMX) for _ in range(2))
    assert (first.status_code, second.status_code) == (204, 204)
    plan = WorkoutPlan.objects.get()
    assert f"onharu:day:{DAY}" in first["HX-Trigger"]
    assert f"/workouts/plan/{plan.pk}/delete/" in first["HX-Trigger"]
    assert "onharu:toast" not in second.get("HX-Trigger", "")
    browser.post(f"/workouts/plan/{plan.pk}/delete/", headers=HTMX)
    assert not WorkoutPlan.objects.alive().exists()
    browser.post(f"/workouts/plan/{plan.pk}/restore/", headers=HTMX)
    assert WorkoutPlan.objects.alive().exists()


def test_without_scripts_the_button_comes_back_to_the_page(browser, shelf, noon):
    response = browser.post("/workouts/plan/")
    assert response["Location"] == f"/workouts/?date={DAY}"
    assert 'class="tasks"' in text(browser.get(response["Location"]))


def test_the_first_task_to_do_stands_open_with_its_amounts(browser, plan, noon):
    page = text(browser.get("/workouts/"))
    assert page.count("task-now") == page.count('-planned-now" open') == 1
    assert "3세트 × 8~12회 · 10\N{NO-BREAK SPACE}kg" in page
    assert "2세트 × 30초" in page
    assert "가볍게" in page
    assert "3세트 다 했어요" in page


def test_a_done_task_gives_its_place_to_the_next_and_tells_what_was_done(browser, owner, squat, noon):
    finish(owner, squat, noon)
    page = text(browser.get("/workouts/"))
    assert re.search(rf'id="tick-{squat}" name="completed" value="0" aria-pressed="true"', page)
    assert re.search("약 [56]분 · 3세트 × 8회 · 10\N{NO-BREAK SPACE}kg", page)
    assert re.search(
        r'task-now"[^>]*>\s*<details[^>]*id="task-\d+-planned-now" open>\s*<summary[^>]*>.*?플랭크', page, re.DOTALL
    )


def test_a_plan_that_is_through_says_so_with_its_minutes(browser, owner, plan, noon):
    for task in Task.objects.all():
        finish(owner, task.pk, noon)
    page = text(browser.get("/workouts/"))
    assert "3가지를 마쳤어요." in page
    assert "task-now" not in page


def test_a_rest_day_says_that_rest_is_training_too(browser, owner, noon):
    plans.make_plan(owner_id=owner.pk, draft=PlanDraft(day=DAY, rest_day=True))
    assert "오늘은 쉬는 날이에요" in text(browser.get("/workouts/"))


def test_a_lighter_plan_says_why(browser, owner, plan, noon):
    reason = {"code": "deload_effort", "params": {"rpe": "9"}}
    WorkoutPlan.objects.update(deload=True, reasons=[reason])
    assert "이번에는 가볍게 해요." in text(browser.get("/workouts/"))


def test_a_past_day_is_only_written_down_and_one_to_come_waits(browser, shelf, noon):
    past = text(browser.get(f"/workouts/?date={DAY - timedelta(days=2)}"))
    assert "이날은 운동 기록이 없어요" in past
    ahead = text(browser.get(f"/workouts/?date={DAY + timedelta(days=1)}"))
    assert "아직 계획이 없어요" in ahead
    assert "오늘 운동 만들기" not in past + ahead


def test_what_was_done_beside_the_plan_is_listed_with_its_energy(browser, owner, plan, shelf, noon):
    walked(owner, noon, exercise=shelf["run"])
    page = text(browser.get("/workouts/"))
    assert "계획 밖에 한 운동" in page
    assert re.search(r'row-title">달리기</span><span class="row-note number">30분', page)
    assert "228 <small>kcal" in page, "8.3 MET, 55 kg, half an hour"
    assert "쉬는 것보다 더 쓴 열량" in page


def test_what_was_done_of_a_task_that_was_taken_out_is_not_lost(browser, owner, squat, noon):
    finish(owner, squat, noon)
    tasks.delete_task(owner_id=owner.pk, task_id=squat)
    assert re.search(r"day-log-\d+", text(browser.get("/workouts/")))


def test_an_unknown_energy_is_said_and_never_zero(browser, owner, noon):
    walked(owner, noon, name="널뛰기")
    page = text(browser.get("/workouts/"))
    assert "1개 운동은 열량을 몰라 합계에 없어요" in page
    assert re.search(r"쓴 열량</dt><dd>정보 없음", page)


def test_somebody_who_wants_no_numbers_sees_no_energy(browser, owner, shelf, noon):
    walked(owner, noon, exercise=shelf["run"])
    Profile.objects.filter(user=owner).update(hide_numbers=True)
    assert "kcal" not in text(browser.get("/workouts/"))
    assert "kcal" not in text(browser.get("/workouts/history/"))


def test_the_week_counts_days_and_minutes_and_marks_them(browser, owner, noon):
    for back in (0, 1, 1):
        walked(owner, noon - timedelta(days=back), day=DAY - timedelta(days=back), minutes=20)
    page = text(browser.get("/workouts/"))
    assert "이번 주 2회 움직였어요, 바라는 3회의 66퍼센트" in page
    assert "60분 움직였어요" in page
    assert page.count("week-marked") == 2


@pytest.mark.parametrize("path", PATHS)
def test_reading_a_day_costs_no_more_for_many_workouts(
    browser, owner, plan, shelf, noon, django_assert_max_num_queries, path
):
    with django_assert_max_num_queries(9):
        browser.get(path)
    for place, exercise in enumerate(list(shelf.values()) * 5):
        at = noon - timedelta(minutes=place)
        walked(owner, at, exercise=exercise)
        walked(owner, at - timedelta(days=7), day=DAY - timedelta(days=7), exercise=exercise)
    with django_assert_max_num_queries(9):
        assert text(browser.get(path)).count('data-row="log-') == 60


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_sees_an_empty_day_of_their_own(stranger_browser, plan, squat, owner, noon, path):
    finish(owner, squat, noon)
    page = text(stranger_browser.get(f"{path}?date={DAY}"))
    assert "고블릿" not in page
    assert "data-row" not in page


def test_the_part_says_nothing_when_the_screen_has_its_version(browser, owner, plan, noon):
    page = text(browser.get(f"/workouts/part/?date={DAY}"))
    seen = re.search(r'name="seen" value="(\d+)"', page)[1]
    asked = f"/workouts/part/?date={DAY}&seen={seen}"
    assert browser.get(asked, headers=HTMX).status_code == 204
    touch(owner.pk, DAY, part="meals")
    assert browser.get(asked, headers=HTMX).status_code == 204, "a meal changes nothing here"
    touch(owner.pk, DAY, part="workouts")
    assert browser.get(asked, headers=HTMX).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/workouts/log/", "/workouts/tasks/add/", "/workouts/copy/"])
@pytest.mark.parametrize("said", ["yesterday", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_in_words(browser, noon, path, said):
    response = browser.get(f"{path}?date={said}")
    assert response.status_code == 400
    assert "2026-11-22처럼" in text(response)


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_have_neighbours(browser, day):
    assert browser.get(f"/workouts/?date={day}").status_code == 200


@pytest.mark.parametrize(
    ("kind", "address"), [("log", "/workouts/log/"), ("task", "/workouts/tasks/add/"), ("copy", "/workouts/copy/")]
)
def test_what_to_add_opens_as_a_sheet_over_the_day(browser, noon, kind, address):
    page = text(browser.get(f"/workouts/?date={DAY}&add={kind}"))
    assert f'hx-get="{address}?date={DAY}" hx-trigger="load" hx-target="#sheet-slot"' in page


def test_nobody_signed_in_is_sent_to_sign_in(client, db):
    assert client.get("/workouts/")["Location"] == "/login/?next=%2Fworkouts%2F"
    assert client.get("/workouts/part/", headers=HTMX)["HX-Redirect"].startswith("/login/")


def test_the_page_speaks_english_when_asked(browser, owner, plan, squat, noon):
    browser.cookies["onharu_language"] = "en"
    page = text(browser.get("/workouts/"))
    assert "3 sets × 8~12 reps · 10\N{NO-BREAK SPACE}kg" in page
    assert "goblet" in page, "the catalogue's English name"
    assert not re.search(
        "[가-힣]", re.sub(r"<[^>]+>|가볍게|한국어", "", page.split('id="workouts"')[1].split("</main>")[0])
    )
