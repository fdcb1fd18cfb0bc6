"""What was done: one press with the amounts of the last time, a form for the rest, corrected, gone and back."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from onharu.kernel import clock
from onharu.names import public as names
from onharu.records.workouts.actions import logs
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutSet
from onharu.records.workouts.tests.conftest import DAY

HTMX = {"HX-Request": "true"}
YESTERDAY = DAY - timedelta(days=1)


def text(response):
    return response.content.decode()


def triggers(response):
    return json.loads(response.get("HX-Trigger", "{}"))


def undo(browser, response):
    """Press 되돌리기."""
    assert browser.post(triggers(response)["onharu:toast"]["undo"], headers=HTMX).status_code == 204


def pressed(exercise=None, **more):
    return {"key": "k1", "date": DAY.isoformat(), "exercise": exercise or "", **more}


@pytest.fixture
def run(owner, shelf, noon):
    """Half an hour of running yesterday."""
    draft = logs.Draft(day=YESTERDAY, started_at=noon - timedelta(days=1), exercise=shelf["run"], minutes=Decimal(30))
    return logs.log_workout(owner_id=owner.pk, draft=draft)


@pytest.fixture
def lifted(owner, shelf, noon):
    """Three rows with a dumbbell today."""
    sets = [logs.SetValues(reps=8, weight_kg=Decimal(14), rpe=Decimal(8))] * 3
    draft = logs.Draft(day=DAY, started_at=noon, exercise=shelf["row"], sets=sets, rpe=Decimal(7), note="좋았다")
    return logs.log_workout(owner_id=owner.pk, draft=draft)


def test_one_press_writes_down_what_was_done_lately(browser, run, shelf, noon):
    sheet = text(browser.get("/workouts/log/", headers=HTMX))
    assert "최근에" in sheet
    assert re.search(r'name="minutes" value="30"><button class="row row-press"', sheet)
    response = browser.post("/workouts/log/", pressed(shelf["run"], minutes="30"), headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "달리기 30분을 적었어요."
    log = WorkoutLog.objects.get(day=DAY)
    assert (log.minutes, log.minutes_source, log.started_at) == (Decimal(30), "SAID", noon - timedelta(minutes=30))
    undo(browser, response)
    assert not WorkoutLog.objects.alive().filter(day=DAY).exists()


def test_a_double_press_writes_once_and_one_key_for_two_is_refused(browser, shelf, noon):
    for _ in range(2):
        assert browser.post("/workouts/log/", pressed(shelf["run"], minutes="30"), headers=HTMX).status_code == 204
    assert WorkoutLog.objects.count() == 1
    assert browser.post("/workouts/log/", pressed(shelf["walk"], minutes="30"), headers=HTMX).status_code == 422
    assert browser.post("/workouts/log/", pressed(shelf["run"], key=""), headers=HTMX).status_code == 400
    assert WorkoutLog.objects.count() == 1


def test_sets_of_the_last_time_are_written_once_more(browser, lifted, shelf, noon):
    sheet = text(browser.get("/workouts/log/", headers=HTMX))
    assert "3세트 × 8회 · 14\N{NO-BREAK SPACE}kg" in sheet
    browser.post("/workouts/log/", pressed(shelf["row"], again="1"), headers=HTMX)
    assert WorkoutSet.objects.count() == 6


def test_a_start_is_offered_where_nothing_was_done_yet(browser, shelf, noon):
    sheet = text(browser.get("/workouts/log/", headers=HTMX))
    assert "많이 하는 운동" in sheet
    assert re.search(r'row-title">빠르게 걷기</span><span class="row-note number">30분', sheet)


def test_a_slip_of_the_finger_is_understood_and_marked(browser, shelf, noon):
    names.upsert("exercises", [names.Entry(key=shelf["walk"], text="빠르게 걷기", weight=1.0)])
    page = text(browser.get("/workouts/find/", {"q": "걷기", "purpose": "log"}, headers=HTMX))
    assert "빠르게 <mark>걷기</mark>" in page


def test_what_no_table_has_is_written_down_by_its_own_name(browser, shelf, noon):
    page = text(browser.get("/workouts/find/", {"q": "널뛰기 <b>", "purpose": "log"}, headers=HTMX))
    assert "‘널뛰기 &lt;b&gt;’ 그대로 적기" in page
    response = browser.post("/workouts/log/new/", pressed(name="널뛰기", minutes="20"), headers=HTMX)
    assert response.status_code == 204
    log = WorkoutLog.objects.get()
    assert (log.name, log.exercise_id, log.met) == ("널뛰기", None, None)
    assert "널뛰기" in text(browser.get("/workouts/log/", headers=HTMX)), "it is offered next time"


def test_the_form_writes_minutes_effort_time_and_sets(browser, shelf, noon):
    form = text(browser.get("/workouts/log/new/", {"exercise": shelf["row"], "date": YESTERDAY}, headers=HTMX))
    assert form.count('name="reps-') == 3
    said = {
        "date": YESTERDAY.isoformat(), "minutes": "25", "rpe": "8", "time": "19:30", "note": " 허리  조심 ",
        "reps-1": "8", "weight_kg-1": "12", "reps-2": "6", "weight_kg-2": "14", "reps-3": "", "weight_kg-3": "",
    }  # fmt: skip
    browser.post("/workouts/log/new/", pressed(shelf["row"]) | said, headers=HTMX)
    log = WorkoutLog.objects.get()
    assert (log.day, log.minutes, log.rpe, log.note) == (YESTERDAY, Decimal(25), Decimal(8), "허리 조심")
    assert log.started_at == datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
    assert list(WorkoutSet.objects.values_list("reps", "weight_kg")) == [(8, Decimal(12)), (6, Decimal(14))]


def test_a_form_with_a_wrong_number_says_so_beside_it_and_keeps_what_was_said(browser, shelf, noon):
    response = browser.post("/workouts/log/new/", pressed(shelf["run"], minutes="9999", note="비"), headers=HTMX)
    assert response.status_code == 422
    assert "숫자를 확인해 주세요" in text(response)
    assert 'value="9999"' in text(response)
    assert 'value="비"' in text(response)
    assert not WorkoutLog.objects.exists()


def test_a_workout_of_just_after_midnight_stays_on_its_day(browser, shelf, owner, monkeypatch):
    at = datetime(2026, 11, 21, 15, 10, tzinfo=UTC)  # ten past midnight on the 22nd in Seoul
    monkeypatch.setattr(clock, "now", lambda: at)
    browser.post("/workouts/log/", pressed(shelf["run"], minutes="30"), headers=HTMX)
    assert WorkoutLog.objects.get().started_at == at


def test_the_sheet_of_a_workout_tells_how_its_energy_was_worked_out(browser, run, noon):
    sheet = text(browser.get(f"/workouts/logs/{run}/", headers=HTMX))
    for part in ("8.3", "55\N{NO-BREAK SPACE}kg · 프로필", "30분", "228\N{NO-BREAK SPACE}kcal", "시험표"):
        assert part in sheet


def test_correcting_a_workout_changes_only_what_was_changed(browser, lifted, noon):
    before = WorkoutLog.objects.get()
    said = {"minutes": f"{before.minutes:f}", "rpe": "7", "date": DAY.isoformat(), "time": "12:00", "note": "힘들었다"}
    sets = {f"{name}-{order}": value for order in (1, 2, 3) for name, value in (("reps", "8"), ("weight_kg", "14"))}
    response = browser.post(f"/workouts/logs/{lifted}/", said | sets, headers=HTMX)
    assert "onharu:close-sheet" in triggers(response)
    after = WorkoutLog.objects.get()
    assert (after.note, after.minutes_source, after.by_hand) == ("힘들었다", "ESTIMATED", True)
    assert (after.started_at, after.minutes) == (before.started_at, before.minutes)
    assert set(WorkoutSet.objects.values_list("rpe", flat=True)) == {Decimal(8)}


def test_other_sets_day_and_time_are_taken_over(browser, lifted, noon):
    said = {
        "date": YESTERDAY.isoformat(),
        "time": "07:15",
        "reps-1": "5",
        "weight_kg-1": "20",
        "minutes": "12",
        "rpe": "9",
    }
    response = browser.post(f"/workouts/logs/{lifted}/", said, headers=HTMX)
    assert {f"onharu:day:{DAY}", f"onharu:day:{YESTERDAY}"} <= triggers(response).keys()
    log = WorkoutLog.objects.get()
    assert (log.day, log.minutes, log.started_at) == (
        YESTERDAY,
        Decimal(12),
        datetime(2026, 11, 20, 22, 15, tzinfo=UTC),
    )
    assert list(WorkoutSet.objects.values_list("reps", "weight_kg", "rpe")) == [(5, Decimal(20), Decimal(8))]


@pytest.mark.parametrize("wrong", [{"minutes": "abc"}, {"time": "25:00"}, {"date": "soon"}, {"reps-1": "-1"}])
def test_a_wrong_correction_is_refused_with_words(browser, lifted, noon, wrong):
    response = browser.post(f"/workouts/logs/{lifted}/", wrong, headers=HTMX)
    assert response.status_code == 422
    assert "note-problem" in text(response)
    assert not WorkoutLog.objects.get().by_hand


def test_a_deleted_workout_comes_back(browser, run, noon):
    response = browser.post(f"/workouts/logs/{run}/delete/", headers=HTMX)
    assert triggers(response)["onharu:toast"]["message"] == "달리기를 지웠어요."
    assert browser.get(f"/workouts/logs/{run}/").status_code == 404
    undo(browser, response)
    assert browser.get(f"/workouts/logs/{run}/").status_code == 200


def test_deleting_the_log_of_a_task_lets_it_be_to_do_again(browser, owner, squat, noon):
    browser.post(f"/workouts/tasks/{squat}/done/", {"completed": "1"}, headers=HTMX)
    log = WorkoutLog.objects.get()
    response = browser.post(f"/workouts/logs/{log.pk}/delete/", headers=HTMX)
    assert Task.objects.get(pk=squat).state == "planned"
    undo(browser, response)
    assert Task.objects.get(pk=squat).state == "done"


@pytest.mark.parametrize("fragment", [{}, HTMX])
def test_a_strangers_workout_answers_like_a_missing_one(stranger_browser, run, noon, fragment):
    for number in (run, 99999999):
        assert stranger_browser.get(f"/workouts/logs/{number}/", headers=fragment).status_code == 404
        for path in ("", "delete/", "restore/"):
            answer = stranger_browser.post(f"/workouts/logs/{number}/{path}", {"minutes": "1"}, headers=fragment)
            assert answer.status_code == 404
    assert WorkoutLog.objects.alive().get().minutes == Decimal(30)


def test_a_stranger_is_offered_nothing_of_it(stranger_browser, run, noon):
    assert "최근에" not in text(stranger_browser.get("/workouts/log/", headers=HTMX))


def test_everything_is_a_page_without_scripts(browser, run, shelf, noon):
    for path in ("/workouts/log/", f"/workouts/log/new/?exercise={shelf['row']}", f"/workouts/logs/{run}/"):
        assert text(browser.get(path)).startswith("<!doctype html>")
    assert text(browser.get("/workouts/log/", {"q": "달리기"})).startswith("<!doctype html>")
    assert "<h1>한 운동 적기</h1>" in text(browser.get("/workouts/log/new/"))
    response = browser.post("/workouts/log/", pressed(shelf["run"], minutes="30"))
    assert response["Location"] == f"/workouts/?date={DAY}"
    refused = browser.post(f"/workouts/logs/{run}/", {"minutes": "x"})
    assert refused.status_code == 422
    assert text(refused).startswith("<!doctype html>")


@pytest.mark.parametrize("asked", ["/workouts/log/", "/workouts/tasks/add/"])
def test_listing_costs_the_same_for_one_or_many(browser, owner, shelf, run, noon, django_assert_max_num_queries, asked):
    browser.get(asked, headers=HTMX)
    for place, exercise in enumerate(list(shelf.values()) * 6):
        draft = logs.Draft(day=DAY, started_at=noon - timedelta(minutes=place), exercise=exercise, minutes=Decimal(5))
        logs.log_workout(owner_id=owner.pk, draft=draft)
    with django_assert_max_num_queries(5):
        assert text(browser.get(asked, headers=HTMX)).count("row-press") == 12
