"""The summary: what each room brings, what it costs, and what is kept."""

from datetime import timedelta
from random import Random

import orjson
import pytest
from django.utils import translation

from conftest import signed_in
from onharu.accounts import principal
from onharu.accounts.public import person_of
from onharu.day import parts, standing
from onharu.day.finished import drop_kept, summary_bytes
from onharu.day.standing import Known, standing_of
from onharu.day.summary import day_summaries, day_summary
from onharu.day.tests.days import DAY, a_full_day, eat, measure, move, report, set_target
from onharu.kernel.days import PersonVersion, touch


@pytest.fixture(autouse=True)
def _at_noon(noon):
    """The day is today."""


def body_of(owner, day=DAY):
    return orjson.loads(summary_bytes(person_of(owner), day)[0])


def test_a_day_nobody_wrote_on_costs_one_statement(owner, django_assert_num_queries):
    with django_assert_num_queries(1):
        body = body_of(owner)
    assert (body["meals"], body["tasks"], body["streak_days"], body["unavailable"]) == ([], [], 0, [])
    assert (body["workout_minutes"], body["workout_kcal"], body["water_ml"]) == (None, None, None)


def test_the_first_look_costs_eight_statements_and_a_warm_one_one(owner, rice, walking, django_assert_num_queries):
    for back in range(5):
        a_full_day(owner, rice, walking, day=DAY - timedelta(days=back))
    person = person_of(owner)
    drop_kept()
    with django_assert_num_queries(8):
        first = summary_bytes(person, DAY)
    with django_assert_num_queries(1):
        assert summary_bytes(person, DAY) == first


def test_a_first_request_costs_at_most_nine_statements_with_who_asks(
    browser, owner, rice, walking, django_assert_max_num_queries
):
    for back in range(5):
        a_full_day(owner, rice, walking, day=DAY - timedelta(days=back))
    drop_kept()
    principal.reset()
    with django_assert_max_num_queries(9):
        assert browser.get(f"/api/days/{DAY}/summary/").json()["streak_days"] == 5


WRITES = {
    "meals": (eat, 2),
    "workouts": (lambda owner, _: move(owner), 3),
    "goals": (lambda owner, _: measure(owner, "70.5"), 3),
    "journal": (lambda owner, _: report(owner, mood=2), 2),
}


@pytest.mark.parametrize("room", WRITES)
def test_after_a_write_only_its_room_is_read_again(owner, rice, walking, room, django_assert_max_num_queries):
    write, most = WRITES[room]
    a_full_day(owner, rice, walking)
    _, before = summary_bytes(person_of(owner), DAY)
    write(owner, rice)
    owner.profile.refresh_from_db()
    person = person_of(owner)
    with django_assert_max_num_queries(most):
        _, after = summary_bytes(person, DAY)
    assert after != before


def test_a_request_after_a_write_costs_at_most_four_statements_with_who_asks(
    browser, owner, rice, walking, django_assert_max_num_queries
):
    a_full_day(owner, rice, walking)
    browser.get(f"/api/days/{DAY}/summary/")
    move(owner)
    with django_assert_max_num_queries(4):
        assert browser.get(f"/api/days/{DAY}/summary/").json()["workouts"] == 2


def test_every_room_brings_its_part(owner, rice, walking):
    a_full_day(owner, rice, walking)
    body = body_of(owner)
    assert body["meals"][0]["kcal"] == 341.25
    assert (body["workout_minutes"], body["workouts"]) == (30, 1)
    assert body["workout_kcal"] > body["workout_kcal_net"] > 0
    assert body["measurements"]["weight"]["value"] == 70.5
    assert body["report"]["mood"] == 4
    assert body["streak_days"] == 1


def test_a_failing_part_is_named_and_never_shown_as_zero_nor_kept(owner, rice, walking, monkeypatch):
    def broken(*_):
        raise ConnectionError

    a_full_day(owner, rice, walking)
    with monkeypatch.context() as patched:
        patched.setattr(parts.workouts, "day_of", broken)
        body = body_of(owner)
    assert body["unavailable"] == ["workouts"]
    assert (body["workout_minutes"], body["streak_days"], body["may_still_eat"]["kcal"]) == (None, None, None)
    assert body["meals"] != []
    assert body_of(owner)["unavailable"] == []


def test_without_meals_there_is_no_progress(owner, rice, walking, monkeypatch):
    def broken(*_):
        raise ConnectionError

    eat(owner, rice)
    monkeypatch.setattr(parts.meals, "day_of", broken)
    body = body_of(owner)
    assert (body["nutrition"], body["progress"], body["unavailable"]) == (None, {}, ["meals"])


def test_what_another_process_wrote_is_seen(owner, rice, walking):
    a_full_day(owner, rice, walking)
    assert body_of(owner)["streak_days"] == 1
    eat(owner, rice, day=DAY - timedelta(days=1))
    assert body_of(owner)["streak_days"] == 2


def test_a_database_that_was_put_back_is_read_anew(owner, rice, walking):
    a_full_day(owner, rice, walking)
    summary_bytes(person_of(owner), DAY)
    PersonVersion.objects.filter(owner=owner).update(version=1)
    assert standing_of(owner.pk, DAY).known == Known()


def test_a_weight_of_yesterday_is_todays_latest(owner, rice, walking):
    eat(owner, rice)
    assert body_of(owner)["measurements"] == {"weight": None, "entries": []}
    measure(owner, "68.2", day=DAY - timedelta(days=1))
    found = body_of(owner)["measurements"]
    assert (found["weight"]["value"], found["weight"]["date"]) == (68.2, str(DAY - timedelta(days=1)))
    assert found["entries"] == []


def test_ones_own_target_stands_over_the_reference_and_says_so(owner, rice, walking):
    eat(owner, rice)
    reference = body_of(owner)["targets"]["protein_g"]
    set_target(owner, "protein_g", low=90)
    set_target(owner, "workout_minutes", low=60)
    move(owner)
    body = body_of(owner)
    assert reference["source"] != body["targets"]["protein_g"]["source"] == "직접 정한 목표"
    assert body["targets"]["protein_g"]["low"] == 90
    assert body["progress"]["workout_minutes"] == {
        "amount": 30, "percent": 50, "state": "below", "score": 50, "unknown_rows": 0,
    }  # fmt: skip


def test_a_target_of_ones_own_holds_on_the_days_after(owner, rice, walking):
    eat(owner, rice)
    set_target(owner, "sodium_mg", high=1500)
    assert body_of(owner, DAY + timedelta(days=3))["targets"]["sodium_mg"]["high"] == 1500
    assert body_of(owner, DAY - timedelta(days=1))["targets"]["sodium_mg"]["high"] == 2300


def test_how_much_may_still_be_eaten_is_told_with_its_terms(owner, rice, walking):
    eat(owner, rice)
    move(owner, exercise=walking.pk)
    found = body_of(owner)["may_still_eat"]
    net = body_of(owner)["workout_kcal_net"]
    assert found["eaten"] == 341.25
    assert found["workout_net"] == net > 0
    assert found["kcal"] == pytest.approx(found["target_high"] - 341.25 + net)
    assert found["unknown"] == []


def test_a_food_nobody_knows_the_energy_of_leaves_it_unknown(owner, rice, walking):
    rice.kcal = None
    rice.save()
    eat(owner, rice)
    found = body_of(owner)["may_still_eat"]
    assert (found["kcal"], found["eaten"], found["unknown"]) == (None, None, ["eaten"])


def test_a_workout_nobody_knows_the_energy_of_leaves_it_unknown(owner, rice):
    eat(owner, rice)
    move(owner, name="집안일")
    found = body_of(owner)
    assert found["workout_kcal_unknown"] == 1
    assert (found["may_still_eat"]["kcal"], found["may_still_eat"]["unknown"]) == (None, ["workout_net"])


def test_minutes_imported_over_ones_own_are_counted_once_and_the_sum_says_how(owner, rice, walking):
    move(owner, exercise=walking.pk, minutes=45)
    own = body_of(owner)
    hour = {"source": "import", "external_id": "watch-1", "ended_at": f"{DAY}T19:00:00+09:00"}
    move(owner, exercise=walking.pk, minutes=None, **hour)
    both = body_of(owner)
    assert (own["workout_minutes"], both["workout_minutes"]) == (45, 45)
    assert both["workout_kcal_net"] == own["workout_kcal_net"]
    assert "겹침" in both["workout_equation"]


def test_numbers_out_of_sight_have_no_energy_target(owner, rice, walking):
    owner.profile.hide_numbers = True
    owner.profile.save()
    eat(owner, rice)
    body = body_of(owner)
    assert "kcal" not in body["targets"]
    assert body["may_still_eat"]["kcal"] is None


def test_the_words_of_an_answer_follow_the_language(owner, rice, walking):
    eat(owner, rice)
    _, korean = summary_bytes(person_of(owner), DAY)
    with translation.override("en"):
        _, english = summary_bytes(person_of(owner), DAY)
    assert korean != english


def test_a_month_costs_the_same_for_one_day_or_thirty_one(owner, rice, walking, django_assert_num_queries):
    for back in range(31):
        a_full_day(owner, rice, walking, day=DAY - timedelta(days=back))
    person = person_of(owner)
    drop_kept()
    with django_assert_num_queries(8):
        found = day_summaries(person, DAY - timedelta(days=30), DAY)
    assert [one.date for one in found][:2] == [DAY, DAY - timedelta(days=1)]
    assert [one.streak.days for one in found] == list(range(31, 0, -1))
    with django_assert_num_queries(8):
        assert len(day_summaries(person, DAY, DAY)) == 1


def test_a_list_of_days_says_what_each_day_says(owner, rice, walking):
    a_full_day(owner, rice, walking)
    measure(owner, "68.2", day=DAY - timedelta(days=2))
    person = person_of(owner)
    listed = {one.date: one for one in day_summaries(person, DAY - timedelta(days=3), DAY)}
    for day, of_day in listed.items():
        assert day_summary(person, day) == of_day


def test_a_stranger_sees_nothing_of_it(owner, stranger, rice, walking):
    a_full_day(owner, rice, walking)
    summary_bytes(person_of(owner), DAY)
    body = body_of(stranger)
    assert (body["meals"], body["workouts"], body["streak_days"], body["report"]) == ([], 0, 0, None)


def test_a_touch_without_a_change_costs_one_reading_of_its_part(owner, rice, walking, django_assert_num_queries):
    a_full_day(owner, rice, walking)
    person = person_of(owner)
    summary_bytes(person, DAY)
    touch(owner.pk, DAY, part="profile")
    with django_assert_num_queries(1):
        summary_bytes(person, DAY)
    touch(owner.pk, DAY, part="meals")
    with django_assert_num_queries(2):
        summary_bytes(person, DAY)


STEPS = 30


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_kept_says_the_same_as_a_fresh_look_after_every_write(owner, rice, walking, seed):
    random, rows = Random(seed), []
    for _ in range(STEPS):
        day = DAY - timedelta(days=random.randrange(6))
        what = random.choice(["eat", "move", "report", "measure", "delete", "delete"])
        if what == "delete" and rows:
            assert signed_in(owner).delete(rows.pop(random.randrange(len(rows)))).status_code == 204
        elif what == "eat":
            rows.append(f"/api/meals/{eat(owner, rice, day=day)['id']}/")
        elif what == "move":
            rows.append(f"/api/workoutlogs/{move(owner, day=day, exercise=walking.pk)['id']}/")
        elif what == "measure":
            rows.append(f"/api/measurements/{measure(owner, '70.5', day=day)['id']}/")
        elif what == "report" and f"/{day}/" not in str(rows):
            report(owner, day=day)
        owner.profile.refresh_from_db()
        person, looked = person_of(owner), DAY - timedelta(days=random.randrange(3))
        kept = summary_bytes(person, looked)
        memory = dict(standing._people), dict(standing._values)
        drop_kept()
        assert summary_bytes(person, looked) == kept
        drop_kept()
        standing._people.update(memory[0])
        standing._values.update(memory[1])
