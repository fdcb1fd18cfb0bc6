"""Doses as a part of the day: what they cost, what the clock alone changes, and how meals move them."""

from dataclasses import replace
from datetime import time, timedelta

import orjson
import pytest
from django.test import TestCase

from conftest import signed_in
from onharu.accounts import principal
from onharu.accounts.public import person_of
from onharu.day import parts, wiring
from onharu.day.doses import mark_of
from onharu.day.finished import drop_kept, summary_bytes
from onharu.day.pages.doses import dose_row
from onharu.day.standing import standing_of
from onharu.day.summary import day_summaries, day_summary
from onharu.day.tests.days import DAY, eat, move
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.medication import public as medication

NEXT = timedelta(days=1)


class Hands:
    """A clock that a test moves."""

    def __init__(self, at):
        self.at = at

    def to(self, hour, minute=0, day=DAY):
        self.at = clock.instant_of(day, time(hour, minute))


@pytest.fixture
def hands(noon, monkeypatch):
    hands = Hands(noon)
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


def takes(person, *times, name="혈압약", meal="", **more):
    """Let somebody take a medicine every day, at these hours or after a meal."""
    slots = [{"anchor": {"kind": "at", "at": f"{hour:02}:00"}} for hour in times]
    if meal:
        slots = [{"anchor": {"kind": "meal", "meal": meal, "relation": "after", "minutes": 30}}]
    schedule = {"phases": [{"when": {"kind": "slots", "slots": slots}}]}
    body = {"name": name, "schedule": schedule, **more}
    response = signed_in(person).post("/api/regimens/", body, content_type="application/json")
    assert response.status_code == 201, response.content
    return response.json()


def take(person, dose_id):
    response = signed_in(person).put(f"/api/schedules/{dose_id}/taken/", {}, content_type="application/json")
    assert response.status_code == 200, response.content


def doses_of(person, day=DAY):
    return orjson.loads(summary_bytes(person_of(person), day)[0])["doses"]


def etag_of(person, day=DAY):
    return summary_bytes(person_of(person), day)[1]


def test_somebody_who_takes_nothing_has_no_doses_and_pays_nothing(owner, hands, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert doses_of(owner) == {"planned": 0, "taken": 0, "open": 0, "next": None}


def test_a_plan_holds_on_days_on_which_nobody_wrote(owner, hands):
    hands.to(7)
    takes(owner, 8, 20)
    for day in (DAY, DAY + NEXT, DAY + 30 * NEXT):
        assert doses_of(owner, day)["planned"] == 2
    assert doses_of(owner, DAY - NEXT)["planned"] == 0


def test_the_summary_says_planned_taken_and_next(owner, hands):
    hands.to(7)
    made = takes(owner, 8, 20)
    first = doses_of(owner)["next"]
    assert (first["name"], first["planned_at"], first["regimen"]) == ("혈압약", "2026-11-21T23:00:00+00:00", made["id"])
    hands.to(8, 10)
    take(owner, first["id"])
    found = doses_of(owner)
    assert (found["planned"], found["taken"], found["open"]) == (2, 1, 0)
    assert found["next"]["planned_at"] == "2026-11-22T11:00:00+00:00"


def test_a_dose_that_comes_due_changes_answer_and_etag_without_a_write(owner, hands):
    hands.to(7)
    takes(owner, 8, 20)
    told = [(etag_of(owner), doses_of(owner)["open"], doses_of(owner)["next"]["planned_at"][11:16])]
    for hour, minute in ((7, 59), (8, 0), (8, 59), (9, 0)):
        hands.to(hour, minute)
        told.append((etag_of(owner), doses_of(owner)["open"], doses_of(owner)["next"]["planned_at"][11:16]))
    etags = [etag for etag, *_ in told]
    assert etags[0] == etags[1]
    assert len({*etags[1:]}) == 3  # to come, due, late
    assert etags[2] == etags[3]
    assert [left[1:] for left in told] == [(0, "23:00")] * 2 + [(1, "11:00")] * 3


def test_a_client_that_has_the_answer_gets_304_until_the_clock_changes_it(owner, browser, hands):
    hands.to(7)
    takes(owner, 8)
    address = f"/api/days/{DAY}/summary/"
    etag = browser.get(address)["ETag"]
    hands.to(7, 30)
    assert browser.get(address, headers={"If-None-Match": etag}).status_code == 304
    hands.to(8)
    answer = browser.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.json()["doses"]["open"]) == (200, 1)


def test_a_fresh_process_names_the_same_state_by_the_same_etag(owner, hands):
    hands.to(7)
    takes(owner, 8, 20)
    for hour in (7, 8, 9, 21):
        hands.to(hour)
        kept = summary_bytes(person_of(owner), DAY)
        drop_kept()
        assert summary_bytes(person_of(owner), DAY) == kept


def test_a_warm_summary_is_one_statement_also_when_the_clock_moves(owner, hands, django_assert_num_queries):
    hands.to(7)
    takes(owner, 8, 20)
    person = person_of(owner)
    summary_bytes(person, DAY)
    for hour in (7, 8, 10, 23):
        hands.to(hour)
        with django_assert_num_queries(1):
            summary_bytes(person, DAY)


def test_after_a_dose_was_taken_three_statements_and_who_asks(owner, browser, hands, django_assert_max_num_queries):
    hands.to(7)
    takes(owner, 8, 20)
    browser.get(f"/api/days/{DAY}/summary/")
    take(owner, doses_of(owner)["next"]["id"])
    principal.reset()
    with django_assert_max_num_queries(4):
        assert browser.get(f"/api/days/{DAY}/summary/").json()["doses"]["taken"] == 1


def test_another_rooms_write_reads_no_doses(owner, hands, rice, django_assert_num_queries):
    hands.to(7)
    takes(owner, 8, 20)
    person = person_of(owner)
    eat(owner, rice)
    summary_bytes(person, DAY)
    eat(owner, rice)
    with django_assert_num_queries(2):
        summary_bytes(person, DAY)


def test_doses_cost_the_same_for_one_medicine_or_twenty(owner, hands, django_assert_num_queries):
    hands.to(7)
    takes(owner, 8)
    person = person_of(owner)
    for _ in range(2):
        drop_kept()
        with django_assert_num_queries(3):
            summary_bytes(person, DAY)
        for number in range(19):
            takes(owner, 8, 12, 18, name=f"약{number}")


def test_a_month_of_days_costs_two_statements_more(owner, hands, django_assert_num_queries):
    hands.to(7)
    takes(owner, 8, 20)
    person = person_of(owner)
    drop_kept()
    with django_assert_num_queries(10):
        found = day_summaries(person, DAY - 15 * NEXT, DAY + 15 * NEXT)
    assert [one.parts.doses.planned for one in found] == [2] * 16 + [0] * 15
    assert all(one == day_summary(person, one.date) for one in found)


def test_days_in_a_row_are_not_touched_by_medicines(owner, hands, rice, django_assert_num_queries):
    hands.to(7)
    takes(owner, 8)
    take(owner, doses_of(owner)["next"]["id"])
    assert orjson.loads(summary_bytes(person_of(owner), DAY)[0])["streak_days"] == 0
    eat(owner, rice)
    person = person_of(owner)
    assert orjson.loads(summary_bytes(person, DAY)[0])["streak_days"] == 1
    touch(owner.pk, DAY - NEXT, part="doses")
    with django_assert_num_queries(3):  # the doses are read again, and no room is asked whether yesterday was written
        assert orjson.loads(summary_bytes(person, DAY)[0])["streak_days"] == 1
    assert standing_of(owner.pk, DAY).changed == {}


def test_a_failing_room_is_named_and_neither_zero_nor_kept(owner, hands, monkeypatch, rice):
    def broken(*_, **__):
        raise ConnectionError

    hands.to(7)
    takes(owner, 8)
    eat(owner, rice)
    with monkeypatch.context() as patched:
        patched.setattr(parts.medication, "day_of", broken)
        patched.setattr("onharu.day.doses.medication.day_of", broken)
        drop_kept()
        first = orjson.loads(summary_bytes(person_of(owner), DAY)[0])
        etag = etag_of(owner)
        hands.to(7, 1)
        assert etag_of(owner) != etag
    assert first["doses"] == {"planned": None, "taken": None, "open": None, "next": None}
    assert (first["unavailable"], first["streak_days"]) == (["doses"], 1)
    assert doses_of(owner)["planned"] == 1


def test_what_the_zone_changes_is_read_again(owner, hands):
    hands.to(7)
    takes(owner, 8)
    before = doses_of(owner)["next"]["planned_at"]
    owner.profile.zone = "Asia/Tokyo"
    owner.profile.version += 1
    owner.profile.save()
    assert doses_of(owner)["next"]["planned_at"] == before  # the same hour over there
    owner.profile.zone = "Asia/Kolkata"
    owner.profile.version += 1
    owner.profile.save()
    assert doses_of(owner)["next"]["planned_at"] == "2026-11-22T02:30:00+00:00"


def test_a_stranger_has_none_of_it(owner, stranger, hands):
    hands.to(7)
    takes(owner, 8)
    assert doses_of(stranger)["planned"] == 0


def test_a_meal_that_is_written_moves_the_dose_after_it(owner, hands, rice):
    hands.to(11)
    takes(owner, meal="lunch")
    usual = doses_of(owner)["next"]["planned_at"]
    hands.to(12, 10)
    eat(owner, rice, at="12:05", slot="LUNCH")
    assert doses_of(owner)["next"]["planned_at"] == "2026-11-22T03:35:00+00:00" != usual


def test_a_meal_that_moves_doses_costs_one_statement_more(owner, hands, rice, django_assert_max_num_queries):
    hands.to(11)
    takes(owner, meal="lunch")
    summary_bytes(person_of(owner), DAY)
    eat(owner, rice, at="11:00", slot="LUNCH")
    person = person_of(owner)
    with django_assert_max_num_queries(5):
        summary_bytes(person, DAY)


def test_of_two_rows_of_one_meal_the_earlier_is_told(owner, hands, rice, django_assert_num_queries):
    eat(owner, rice, at="12:40", slot="LUNCH")
    eat(owner, rice, at="12:10", slot="LUNCH")
    eat(owner, rice, at="15:00", slot="SNACK")
    with django_assert_num_queries(1):
        found = wiring.meal_times(owner.pk, DAY - NEXT, DAY)
    assert found == {(DAY, "lunch"): clock.instant_of(DAY, time(12, 10))}


@pytest.fixture
def heard(monkeypatch):
    calls = []
    monkeypatch.setattr(medication, "meals_changed", lambda *, owner_id: calls.append(("meals", owner_id)))
    monkeypatch.setattr(medication, "clock_changed", lambda *, owner_id: calls.append(("clock", owner_id)))
    return calls


def test_medicines_hear_of_a_meal_once_and_after_the_commit(owner, hands, heard):
    with TestCase.captureOnCommitCallbacks(execute=True):
        touch(owner.pk, DAY, part="meals")
        assert heard == []
    assert heard == [("meals", owner.pk)]


def test_medicines_hear_of_a_moved_clock_and_of_nothing_else(owner, hands, heard):
    with TestCase.captureOnCommitCallbacks(execute=True):
        for part in ("workouts", "journal", "goals", "doses", "profile"):
            touch(owner.pk, DAY, part=part)
        touch(owner.pk, DAY - 30 * NEXT, part="meals")
    assert heard == [("clock", owner.pk)]


def test_a_meal_is_written_even_when_medicines_cannot_hear_of_it(owner, hands, rice, monkeypatch):
    def broken(**_):
        raise ConnectionError

    monkeypatch.setattr(medication, "meals_changed", broken)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert eat(owner, rice)["id"]


def test_a_mark_names_states_and_nothing_where_there_is_nothing(owner, hands):
    hands.to(7)
    assert mark_of(medication.empty_day(DAY), hands.at) == ""
    takes(owner, 8)
    day = medication.day_of(person_of(owner), DAY, at=hands.at)
    later = day.seen_at(clock.instant_of(DAY, time(8)))
    assert mark_of(day, hands.at) == mark_of(day.seen_at(hands.at), hands.at) != mark_of(later, hands.at)
    assert mark_of(None, hands.at) != mark_of(None, hands.at + timedelta(seconds=1))


def shown(browser, path="/today/"):
    return browser.get(path).content.decode()


def test_the_meter_is_there_only_for_who_takes_something(owner, browser, hands):
    hands.to(7)
    assert "meter-doses" not in shown(browser)
    takes(owner, 8, 20)
    take(owner, doses_of(owner)["next"]["id"])
    assert 'aria-valuetext="복약 2번 중 1번"' in shown(browser)


def test_doses_stand_in_the_line_by_the_clock(owner, browser, hands, rice):
    hands.to(7)
    takes(owner, 8, 20, name="혈압약")
    takes(owner, 8, name="비타민")
    hands.to(13)
    eat(owner, rice, at="12:10")
    move(owner, at="08:30", name="달리기")
    page = shown(browser, f"/today/timeline/?date={DAY}")
    order = [page.index(word) for word in ("비타민", "달리기", "쌀밥", "먹을 예정이에요")]
    assert order == sorted(order)
    assert page.count('/take/" hx-post') == 3


def test_a_dose_is_taken_and_taken_back_from_the_line_without_a_script(owner, browser, hands):
    hands.to(7)
    takes(owner, 8)
    hands.to(8, 5)
    dose = medication.day_of(person_of(owner), DAY, at=hands.at).doses[0].id
    page = browser.post(f"/medicines/doses/{dose}/take/", {"when": "now", "next": "/today/"}, follow=True)
    assert page.redirect_chain[-1][0] == "/today/"
    assert "08:05에 먹었어요" in page.content.decode()
    page = browser.post(f"/medicines/doses/{dose}/undo/", {"next": "/today/"}, follow=True)
    assert "아직 안 먹었어요" in page.content.decode()


def test_who_wrote_it_is_told_only_while_it_is_written(owner, hands):
    hands.to(7)
    takes(owner, 8)
    person = person_of(owner)
    (dose,) = medication.day_of(person, DAY, at=hands.at).doses
    told = [("taken", True), ("skipped", True), ("planned", False), ("late", False)]
    rows = [dose_row(replace(dose, state=state, by_other=True), DAY) for state, _ in told]
    assert [row.by_other for row in rows] == [by_other for _, by_other in told]


def test_the_next_thing_is_the_dose_when_it_is_due_or_nearly(owner, browser, hands):
    hands.to(7)
    takes(owner, 9)
    takes(owner, 9, name="비타민")
    for hour, minute, said in (
        (8, 29, False), (8, 30, "곧 약 먹을 시간이에요 · 09:00"), (9, 0, "약 먹을 시간이에요 · 09:00"),
        (13, 0, "약 먹을 시간이에요 · 09:00"), (13, 1, False),
    ):  # fmt: skip
        hands.to(hour, minute)
        page = shown(browser)
        assert ("next-taken" in page) == bool(said), (hour, minute)
        assert not said or said in page
    hands.to(9)
    ids = [dose.id for dose in medication.day_of(person_of(owner), DAY, at=hands.at).doses]
    browser.post("/medicines/doses/all/", {"dose": ids, "next": "/today/"})
    assert "next-taken" not in shown(browser)


def test_a_screen_that_has_a_state_asks_again_when_the_clock_made_a_dose_due(owner, browser, hands):
    hands.to(7)
    takes(owner, 8)
    for part in ("now", "timeline"):
        page = shown(browser, f"/today/{part}/?date={DAY}")
        seen = page.split('name="seen" value="')[1].split('"')[0]
        hands.to(7, 30)
        assert browser.get(f"/today/{part}/?date={DAY}&seen={seen}").status_code == 204
        hands.to(8)
        assert browser.get(f"/today/{part}/?date={DAY}&seen={seen}").status_code == 200
        hands.to(7)


def test_what_cannot_be_read_is_said_on_the_page(owner, browser, hands, monkeypatch):
    def broken(*_, **__):
        raise ConnectionError

    hands.to(7)
    takes(owner, 8)
    monkeypatch.setattr("onharu.day.doses.medication.day_of", broken)
    drop_kept()
    assert shown(browser).count("복약 기록을 지금 읽지 못했어요.") == 2


def test_the_day_of_tomorrow_has_no_button(owner, browser, hands):
    hands.to(7)
    takes(owner, 8)
    page = shown(browser, f"/today/timeline/?date={DAY + NEXT}")
    assert "먹을 예정이에요" in page
    assert "/take/" not in page
