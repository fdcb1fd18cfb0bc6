"""One exercise of the plan on its page: done, set by set, skipped, swapped, ordered, gone; each can be taken back."""

import json
import re
from decimal import Decimal

import pytest

from onharu.records.workouts.actions import logs
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutSet
from onharu.records.workouts.tests.conftest import DAY

HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def triggers(response):
    return json.loads(response.get("HX-Trigger", "{}"))


def undo(browser, response):
    """Press 되돌리기."""
    address = triggers(response)["onharu:toast"]["undo"]
    assert browser.post(address, headers=HTMX).status_code == 204


def done(browser, task, **said):
    return browser.post(f"/workouts/tasks/{task}/done/", {"completed": "1", **said}, headers=HTMX)


def marked(browser, task, order, **said):
    return browser.post(f"/workouts/tasks/{task}/sets/{order}/", said, headers=HTMX)


def state(task):
    return Task.objects.get(pk=task).state


def test_one_press_completes_and_says_so_with_a_way_back(browser, squat, noon):
    response = done(browser, squat)
    assert response.status_code == 204
    assert triggers(response)["onharu:toast"]["message"] == "덤벨 고블릿 스쿼트를 마쳤어요."
    assert f"onharu:day:{DAY}" in triggers(response)
    assert state(squat) == "done"
    assert WorkoutSet.objects.count() == 3
    undo(browser, response)
    assert state(squat) == "planned"
    assert not WorkoutLog.objects.alive().exists()


def test_a_double_press_counts_once(browser, squat, noon):
    for _ in range(2):
        assert done(browser, squat).status_code == 204
    assert WorkoutLog.objects.count() == 1


def test_minutes_may_be_said_with_a_completion(browser, walk, noon):
    done(browser, walk, minutes="35")
    log = WorkoutLog.objects.get()
    assert (log.minutes, log.minutes_source) == (Decimal(35), "SAID")


def test_the_plans_own_minutes_stay_an_estimate(browser, walk, noon):
    done(browser, walk, minutes="20")
    assert WorkoutLog.objects.get().minutes_source == "ESTIMATED"


def test_taking_back_what_was_corrected_keeps_the_correction(browser, owner, squat, noon):
    done(browser, squat)
    log = WorkoutLog.objects.get()
    logs.edit_log(owner_id=owner.pk, log_id=log.pk, change=logs.Change(note="무릎이 뻐근"))
    response = browser.post(f"/workouts/tasks/{squat}/done/", {"completed": "0"}, headers=HTMX)
    assert "고친 기록은 남겨 두었어요" in triggers(response)["onharu:toast"]["message"]
    assert "무릎이 뻐근" in text(browser.get("/workouts/"))


def test_a_marked_set_starts_the_rest_and_needs_no_toast(browser, squat, noon):
    response = marked(browser, squat, 1, reps="8", weight_kg="12.5", rpe="7")
    assert triggers(response)["onharu:rest"] == {"seconds": 90, "label": "다음: 덤벨 고블릿 스쿼트 2세트"}
    assert "onharu:toast" not in triggers(response)
    one = WorkoutSet.objects.get()
    assert (one.order, one.reps, one.weight_kg, one.rpe) == (0, 8, Decimal("12.5"), Decimal(7))


def test_the_next_set_takes_over_the_numbers_of_the_last(browser, squat, noon):
    marked(browser, squat, 1, reps="9", weight_kg="12,5")
    page = text(browser.get("/workouts/"))
    assert re.search(rf'id="set-{squat}-2-reps"[^>]* value="9"', page)
    assert re.search(rf'id="set-{squat}-2-weight_kg"[^>]* value="12.5"', page)
    assert "여기까지 하고 마치기" in page


def test_the_last_set_finishes_the_task_and_can_be_taken_back(browser, squat, noon):
    for order in (1, 2):
        marked(browser, squat, order, reps="8", weight_kg="10")
    response = marked(browser, squat, 3, reps="8", weight_kg="10")
    assert triggers(response)["onharu:toast"]["message"] == "덤벨 고블릿 스쿼트를 마쳤어요."
    assert triggers(response)["onharu:rest"]["label"] == ""
    undo(browser, response)
    assert state(squat) == "planned"
    assert WorkoutSet.objects.count() == 2


def test_correcting_a_set_starts_no_rest(browser, squat, noon):
    marked(browser, squat, 1, reps="8", weight_kg="10")
    response = marked(browser, squat, 1, reps="7", weight_kg="10")
    assert "onharu:rest" not in triggers(response)
    assert WorkoutSet.objects.get().reps == 7


def test_a_set_taken_back_comes_back_with_its_numbers(browser, squat, noon):
    marked(browser, squat, 1, reps="7", weight_kg="12.5", rpe="8")
    response = browser.post(f"/workouts/tasks/{squat}/sets/1/remove/", headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "1세트를 되돌렸어요."
    assert not WorkoutSet.objects.exists()
    undo(browser, response)
    one = WorkoutSet.objects.get()
    assert (one.reps, one.weight_kg, one.rpe) == (7, Decimal("12.5"), Decimal(8))


def test_a_new_best_is_said_when_it_happens_and_shown_afterwards(browser, owner, squat, shelf, noon):
    before = logs.Draft(
        day=DAY.replace(day=15), started_at=noon, exercise=shelf["goblet"],
        sets=[logs.SetValues(reps=8, weight_kg=Decimal(10))],
    )  # fmt: skip
    logs.log_workout(owner_id=owner.pk, draft=before)
    assert "onharu:toast" not in triggers(marked(browser, squat, 1, reps="8", weight_kg="10"))
    response = marked(browser, squat, 2, reps="8", weight_kg="12")
    assert triggers(response)["onharu:toast"]["message"] == "덤벨 고블릿 스쿼트 2세트 최고 기록이에요!"
    assert "최고 기록</span>" in text(browser.get("/workouts/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"reps": "x"},
        {"reps": "8.5"},
        {"reps": "1001"},
        {"weight_kg": "-5"},
        {"weight_kg": "1001"},
        {"rpe": "11"},
        {"rpe": "0"},
    ],
)
def test_numbers_that_no_body_does_are_refused_and_nothing_is_written(browser, squat, noon, wrong):
    response = marked(browser, squat, 1, **wrong)
    assert response.status_code == 400
    assert response.json()["code"] == "number_invalid"
    assert not WorkoutLog.objects.exists()


@pytest.mark.parametrize("order", [0, 51])
def test_a_set_beyond_the_table_is_refused(browser, squat, noon, order):
    assert marked(browser, squat, order, reps="8").status_code == 400


def test_skipping_asks_why_in_one_press_and_comes_back(browser, squat, noon):
    sheet = text(browser.get(f"/workouts/tasks/{squat}/skip/", headers=HTMX))
    assert sheet.count('name="reason"') == 6
    response = browser.post(f"/workouts/tasks/{squat}/skip/", {"skipped": "1", "reason": "no_time"}, headers=HTMX)
    assert "onharu:close-sheet" in triggers(response)
    assert Task.objects.get(pk=squat).skip_reason == "no_time"
    page = text(browser.get("/workouts/"))
    assert "건너뜀" in page
    assert "시간이 없어요" in page
    undo(browser, response)
    assert state(squat) == "planned"


def test_a_pain_points_to_what_can_be_spared(browser, squat, noon):
    response = browser.post(f"/workouts/tasks/{squat}/skip/", {"reason": "pain"}, headers=HTMX)
    assert "운동 설정에 적어 두면" in triggers(response)["onharu:toast"]["message"]


def test_an_unknown_reason_is_refused(browser, squat, noon):
    response = browser.post(f"/workouts/tasks/{squat}/skip/", {"reason": "rain"}, headers=HTMX)
    assert response.status_code == 400
    assert state(squat) == "planned"


def test_swapping_offers_equivalents_and_the_old_one_comes_back_with_its_weight(browser, squat, shelf, noon):
    sheet = text(browser.get(f"/workouts/tasks/{squat}/swap/", headers=HTMX))
    assert "맨몸 스쿼트" in sheet
    assert "덤벨 프레스" not in sheet
    response = browser.post(f"/workouts/tasks/{squat}/swap/", {"exercise": shelf["squat"]}, headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "맨몸 스쿼트로 바꿨어요."
    assert Task.objects.get(pk=squat).exercise_id == shelf["squat"]
    undo(browser, response)
    task = Task.objects.get(pk=squat)
    assert (task.exercise_id, task.weight_kg) == (shelf["goblet"], Decimal(10))


def test_what_trains_something_else_is_no_swap(browser, squat, shelf, noon):
    response = browser.post(f"/workouts/tasks/{squat}/swap/", {"exercise": shelf["plank"]}, headers=HTMX)
    assert response.status_code == 400
    assert Task.objects.get(pk=squat).exercise_id == shelf["goblet"]


def order_now():
    return list(Task.objects.alive().order_by("order").values_list("name", flat=True))


def test_tasks_change_places_by_buttons_and_the_ends_hold(browser, squat, walk, noon):
    assert order_now() == ["덤벨 고블릿 스쿼트", "플랭크", "빠르게 걷기"]
    browser.post(f"/workouts/tasks/{walk}/order/", {"to": "earlier"}, headers=HTMX)
    assert order_now() == ["덤벨 고블릿 스쿼트", "빠르게 걷기", "플랭크"]
    browser.post(f"/workouts/tasks/{squat}/order/", {"to": "later"}, headers=HTMX)
    assert order_now() == ["빠르게 걷기", "덤벨 고블릿 스쿼트", "플랭크"]
    browser.post(f"/workouts/tasks/{walk}/order/", {"to": "earlier"}, headers=HTMX)
    assert order_now() == ["빠르게 걷기", "덤벨 고블릿 스쿼트", "플랭크"]


def test_a_task_taken_out_comes_back(browser, squat, noon):
    response = browser.post(f"/workouts/tasks/{squat}/delete/", headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "덤벨 고블릿 스쿼트를 계획에서 뺐어요."
    assert len(order_now()) == 2
    undo(browser, response)
    assert len(order_now()) == 3


def test_a_found_exercise_is_planned_once_as_it_was_last_done(browser, owner, plan, shelf, noon):
    sets = [logs.SetValues(reps=10, weight_kg=Decimal(14))] * 4
    draft = logs.Draft(day=DAY, started_at=noon, exercise=shelf["row"], sets=sets)
    logs.log_workout(owner_id=owner.pk, draft=draft)
    press = {"key": "k1", "date": DAY.isoformat(), "exercise": shelf["row"]}
    for _ in range(2):
        assert browser.post("/workouts/tasks/add/", press, headers=HTMX).status_code == 204
    task = Task.objects.get(exercise=shelf["row"])
    assert (task.sets, task.reps_low, task.weight_kg) == (4, 10, Decimal(14))


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("push-up", (3, 8, None, None)), ("plank", (3, None, 30, None)), ("run", (None, None, None, 30))],
)
def test_one_never_done_is_planned_the_usual_way(browser, owner, shelf, noon, code, wanted):
    browser.post("/workouts/tasks/add/", {"key": "k", "date": DAY, "exercise": shelf[code]}, headers=HTMX)
    task = Task.objects.get()
    assert (task.sets, task.reps_low, task.seconds, task.minutes) == wanted


def test_adding_without_a_key_or_an_exercise_is_refused(browser, shelf, noon):
    assert browser.post("/workouts/tasks/add/", {"exercise": shelf["row"]}, headers=HTMX).status_code == 400
    assert browser.post("/workouts/tasks/add/", {"key": "k"}, headers=HTMX).status_code == 400
    assert browser.post("/workouts/tasks/add/", {"key": "k", "exercise": "99999999"}, headers=HTMX).status_code == 400
    assert not Task.objects.exists()


GETS = ("/workouts/tasks/{}/skip/", "/workouts/tasks/{}/swap/")
POSTS = ("done/", "sets/1/", "sets/1/remove/", "skip/", "swap/", "order/", "delete/", "restore/")


@pytest.mark.parametrize("fragment", [{}, HTMX])
def test_a_strangers_task_answers_like_a_missing_one(stranger_browser, squat, shelf, noon, fragment):
    said = {"exercise": shelf["squat"], "reason": "tired", "reps": "8", "to": "later"}
    for number in (squat, 99999999):
        for path in GETS:
            assert stranger_browser.get(path.format(number), headers=fragment).status_code == 404
        for path in POSTS:
            answer = stranger_browser.post(f"/workouts/tasks/{number}/{path}", said, headers=fragment)
            assert answer.status_code == 404, path
    assert state(squat) == "planned"
    assert not WorkoutLog.objects.exists()


def test_without_scripts_every_press_comes_back_to_the_day(browser, squat, walk, shelf, noon):
    for path, said in [
        ("sets/1/", {"reps": "8", "weight_kg": "10"}), ("sets/1/remove/", {}), ("skip/", {"reason": "tired"}),
        ("skip/", {"skipped": "0"}), ("swap/", {"exercise": shelf["squat"]}), ("order/", {"to": "later"}),
        ("done/", {"completed": "1"}), ("done/", {"completed": "0"}), ("delete/", {}), ("restore/", {}),
    ]:  # fmt: skip
        response = browser.post(f"/workouts/tasks/{squat}/{path}", said)
        assert (response.status_code, response["Location"]) == (302, f"/workouts/?date={DAY}"), path
    assert text(browser.get(f"/workouts/tasks/{walk}/skip/")).startswith("<!doctype html>")
    assert text(browser.get(f"/workouts/tasks/{walk}/swap/")).startswith("<!doctype html>")


def test_only_an_address_of_this_host_is_gone_on_to(browser, squat, noon):
    kept = browser.post(f"/workouts/tasks/{squat}/done/", {"next": "/today/"})
    assert kept["Location"] == "/today/"
    gone = browser.post(f"/workouts/tasks/{squat}/done/", {"next": "https://elsewhere.example/"})
    assert gone["Location"] == f"/workouts/?date={DAY}"
