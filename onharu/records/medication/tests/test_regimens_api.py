"""Medicines to take over HTTP: by a schedule or a sentence, changed from now on, stopped, gone and back."""

from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import Dose, Regimen, RegimenVersion
from onharu.records.medication.rules.schedules.as_json import to_json
from onharu.records.medication.tests.dosing import NOON, at_times, following, regimen, when_needed
from tests import medicine_shelf as shelf

pytestmark = pytest.mark.django_db
JSON = "application/json"
TWICE = to_json(at_times(8, 20))


def post(browser, **body):
    return browser.post("/api/regimens/", body, content_type=JSON)


def patch(browser, pk, **body):
    return browser.patch(f"/api/regimens/{pk}/", body, content_type=JSON)


def times(browser, day):
    return [dose["planned_at"][11:16] for dose in browser.get(f"/api/schedules/?date={day}").json()["results"]]


def test_a_medicine_is_added_by_a_schedule_and_reads_as_a_sentence(browser, noon):
    answer = post(browser, name="혈압약", why="혈압", schedule=TWICE, end="2026-12-31")
    made = answer.json()
    assert answer.status_code == 201
    assert made["schedule"] == TWICE
    assert (made["amount"], made["unit"], made["start"], made["end"]) == (1, "tablet", "2026-11-22", "2026-12-31")
    assert "08:00, 20:00" in made["sentence"]
    assert "1정" in made["sentence"]
    assert browser.get(f"/api/regimens/{made['id']}/").json() == made
    assert browser.get("/api/regimens/").json()["results"] == [made]
    assert times(browser, "2026-11-22") == ["20:00"]


def test_a_medicine_is_added_by_a_sentence(browser, noon):
    made = post(browser, name="감기약", sentence="아침저녁 식후 30분 1정씩 7일", stock=14).json()
    assert (made["start"], made["end"], made["amount"], made["unit"]) == ("2026-11-22", "2026-11-28", 1, "tablet")
    assert made["tracks_stock"] is True
    assert len(times(browser, "2026-11-28")) == 2
    assert times(browser, "2026-11-29") == []


def test_a_schedule_leads_over_a_sentence(browser, noon):
    made = post(browser, name="약", schedule=TWICE, sentence="아무 말이나").json()
    assert made["schedule"] == TWICE


def test_a_sentence_that_is_not_understood_is_said_so_with_its_words(browser, noon):
    answer = post(browser, name="약", sentence="무지개 너머 어딘가에")
    said = answer.json()
    assert (answer.status_code, said["code"]) == (400, "sentence_not_understood")
    assert "무지개" in said["errors"]["sentence"][0]
    assert said["messages"]["ko"] != said["messages"]["en"]
    assert Regimen.objects.count() == 0


def test_words_that_are_left_over_add_no_medicine(browser, noon):
    answer = post(browser, name="약", sentence="아침저녁 식후 30분 1정씩 무지갯빛으로")
    assert (answer.status_code, answer.json()["code"]) == (400, "sentence_not_understood")
    assert "무지갯빛" in answer.json()["detail"]
    assert Regimen.objects.count() == 0


def test_a_sentence_is_read_without_keeping_anything(browser, noon):
    found = browser.post(
        "/api/regimens/sentence/", {"sentence": "아침저녁 식후 30분 1정씩 7일"}, content_type=JSON
    ).json()
    assert (found["start"], found["end"], found["not_understood"]) == ("2026-11-22", "2026-11-28", "")
    slots = found["schedule"]["phases"][0]["when"]["slots"]
    assert [slot["anchor"]["meal"] for slot in slots] == ["breakfast", "dinner"]
    assert Regimen.objects.count() == 0


def test_a_product_of_the_shelf_lends_its_name_and_an_unknown_one_is_missing(browser, noon):
    product = shelf.tablet()
    made = post(browser, item_seq=product.item_seq, schedule=TWICE).json()
    assert (made["item_seq"], made["name"]) == (product.item_seq, product.name)
    answer = post(browser, item_seq="999999999", schedule=TWICE)
    assert (answer.status_code, answer.json()["code"]) == (404, "medicine_missing")


def test_medicines_that_are_taken_are_compared_as_mine(browser, noon, pair):
    post(browser, item_seq=shelf.PARTNER, schedule=TWICE)
    sent = {"item_seqs": [shelf.TABLET], "with_mine": True}

    def mine():
        found = browser.post("/api/medicines/interactions/", sent, content_type=JSON).json()
        return [one["item_seq"] for one in found["medicines"] if one["mine"]], len(found["findings"])

    assert mine() == ([shelf.PARTNER], 1)
    (made,) = browser.get("/api/regimens/").json()["results"]
    browser.put(f"/api/regimens/{made['id']}/end/", {}, content_type=JSON)
    assert mine() == ([], 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"schedule": TWICE}, "regimen_invalid"),
        ({"name": "약"}, "schedule_invalid"),
        ({"name": "약", "schedule": {"phases": []}}, "schedule_invalid"),
        ({"name": "약", "schedule": {"phases": "x"}}, "invalid"),
        ({"name": "약", "schedule": 5}, "invalid"),
        ({"name": "약", "schedule": {**TWICE, "more": 1}}, "invalid"),
        ({"name": "약", "schedule": TWICE, "end": "2026-11-21"}, "schedule_invalid"),
        ({"name": "약", "schedule": TWICE, "amount": 0}, "invalid"),
        ({"name": "약", "schedule": TWICE, "unit": "spoon"}, "invalid"),
        ({"name": "약", "schedule": TWICE, "why": "가" * 201}, "invalid"),
        ({"name": "약", "schedule": to_json(following(987654, 30))}, "schedule_invalid"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_kept(browser, noon, body, code):
    answer = post(browser, **body)
    assert (answer.status_code, answer.json()["code"]) == (400, code), answer.json()
    assert (Regimen.objects.count(), RegimenVersion.objects.count()) == (0, 0)


def test_adding_twice_with_a_key_adds_once(browser, noon):
    for _ in range(2):
        browser.post(
            "/api/regimens/", {"name": "약", "schedule": TWICE}, content_type=JSON, headers={"Idempotency-Key": "a"}
        )
    assert Regimen.objects.count() == 1


def test_another_schedule_holds_from_now_on_and_yesterday_stays(browser, owner, noon, monkeypatch):
    pill = regimen(owner, at_times(8, 20), at=NOON - timedelta(days=1))
    write_due([pill.pk], NOON)
    before = times(browser, "2026-11-21"), times(browser, "2026-11-22")
    patch(browser, pill.pk, schedule=to_json(at_times(9, 15, 21)), amount=2)
    assert times(browser, "2026-11-21") == before[0] == ["20:00"]
    assert times(browser, "2026-11-22") == ["08:00", "15:00", "21:00"]
    assert times(browser, "2026-11-23") == ["09:00", "15:00", "21:00"]
    (first, second) = browser.get(f"/api/regimens/{pill.pk}/versions/").json()["versions"]
    assert (first["schedule"], second["amount"]) == (TWICE, 2)
    assert Dose.objects.filter(amount=1).count() == 2
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=4))
    (dose,) = write_due([pill.pk], clock.now())
    assert (dose.key, dose.amount) == ("v2.20261122.1", 2)


def test_saying_the_same_schedule_again_makes_no_new_wording(browser, owner, noon):
    pill = regimen(owner, at_times(8, 20))
    patch(browser, pill.pk, schedule=TWICE, why="혈압", position=3)
    assert RegimenVersion.objects.count() == 1
    found = browser.get(f"/api/regimens/{pill.pk}/").json()
    assert (found["why"], found["position"], found["version"]) == ("혈압", 3, 1)


def test_a_change_that_is_refused_changes_nothing(browser, owner, noon):
    pill = regimen(owner, at_times(8, 20))
    before = browser.get(f"/api/regimens/{pill.pk}/").json()
    assert patch(browser, pill.pk, name="다른 이름", end="2020-01-01").status_code == 400
    assert patch(browser, pill.pk, sentence="무지개").status_code == 400
    assert browser.get(f"/api/regimens/{pill.pk}/").json() == before


def test_a_regimen_follows_no_chain_and_not_itself(browser, owner, noon):
    leader = regimen(owner, at_times(8))
    follower = regimen(owner, following(leader.pk, 30), name="뒤따르는 약")
    for pk, of in ((leader.pk, follower.pk), (leader.pk, leader.pk), (follower.pk, follower.pk)):
        answer = patch(browser, pk, schedule=to_json(following(of, 30)))
        assert (answer.status_code, answer.json()["code"]) == (400, "schedule_invalid")
    assert post(browser, name="셋째", schedule=to_json(following(follower.pk, 5))).status_code == 400


def test_product_and_unit_stay_once_doses_were_written_down(browser, owner, noon):
    pill = regimen(owner, at_times(13))
    assert patch(browser, pill.pk, unit="capsule").json()["unit"] == "capsule"
    browser.put(f"/api/schedules/{pill.pk}.v2.20261122.0/taken/", {}, content_type=JSON)
    answer = patch(browser, pill.pk, unit="ml")
    assert (answer.status_code, answer.json()["code"]) == (409, "regimen_fixed")
    product = shelf.tablet()
    linked = patch(browser, pill.pk, item_seq=product.item_seq)
    assert linked.json()["item_seq"] == product.item_seq
    shelf.partner()
    assert patch(browser, pill.pk, item_seq=shelf.PARTNER).status_code == 409


def test_stopping_leaves_the_past_and_taking_up_again_leaves_a_gap(browser, owner, noon, monkeypatch):
    pill = regimen(owner, at_times(8, 20), at=NOON - timedelta(days=2))
    write_due([pill.pk], NOON)
    end = f"/api/regimens/{pill.pk}/end/"
    stopped = browser.put(end, {}, content_type=JSON).json()
    assert (stopped["ended"], stopped["stopped_at"]) == (True, "2026-11-22T12:00:00+09:00")
    assert browser.put(end, {}, content_type=JSON).json() == stopped
    assert (times(browser, "2026-11-21"), times(browser, "2026-11-22")) == (["08:00", "20:00"], ["08:00"])
    assert browser.get("/api/regimens/?ended=false").json()["count"] == 0
    assert browser.get("/api/regimens/?ended=true").json()["count"] == 1
    assert browser.get("/api/regimens/?ended=x").status_code == 400
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=2))
    again = browser.put(f"/api/regimens/{pill.pk}/resume/", content_type=JSON).json()
    assert (again["ended"], again["stopped_at"]) == (False, None)
    assert write_due([pill.pk], clock.now()) == []
    assert [times(browser, f"2026-11-{day}") for day in (23, 24, 25)] == [[], ["20:00"], ["08:00", "20:00"]]


def test_a_last_day_is_chosen_from_today_on(browser, owner, noon):
    pill = regimen(owner, at_times(8, 20))
    end = f"/api/regimens/{pill.pk}/end/"
    assert browser.put(end, {"on": "2026-11-21"}, content_type=JSON).json()["code"] == "end_in_past"
    found = browser.put(end, {"on": "2026-11-23"}, content_type=JSON).json()
    assert (found["end"], found["ended"]) == ("2026-11-23", False)
    assert (times(browser, "2026-11-23"), times(browser, "2026-11-24")) == (["08:00", "20:00"], [])


def test_a_deleted_medicine_comes_back_with_its_doses(browser, owner, noon):
    pill = regimen(owner, at_times(13))
    dose = f"/api/schedules/{pill.pk}.v1.20261122.0/"
    browser.put(f"{dose}taken/", {}, content_type=JSON)
    assert [browser.delete(f"/api/regimens/{pill.pk}/").status_code for _ in range(2)] == [204, 204]
    for path in (f"/api/regimens/{pill.pk}/", dose, f"/api/regimens/{pill.pk}/stock/"):
        assert browser.get(path).status_code == 404
    assert browser.get("/api/schedules/").json()["count"] == 0
    assert browser.put(f"/api/regimens/{pill.pk}/restore/").status_code == 200
    assert browser.get(dose).json()["state"] == "taken"


def test_after_a_day_a_deleted_medicine_is_gone_for_good(browser, owner, noon, monkeypatch):
    from onharu.records.medication.actions.cleaning import forget_deleted

    pill = regimen(owner, at_times(13))
    browser.put(f"/api/schedules/{pill.pk}.v1.20261122.0/taken/", {}, content_type=JSON)
    browser.delete(f"/api/regimens/{pill.pk}/")
    assert forget_deleted() == 0
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=25))
    assert forget_deleted() == 4
    assert (Regimen.objects.count(), Dose.objects.count()) == (0, 0)


def test_there_is_an_end_to_how_many_medicines_are_kept(browser, owner, noon, monkeypatch):
    from onharu.records.medication.actions import regimens

    monkeypatch.setattr(regimens, "MOST_REGIMENS", 1)
    pill = regimen(owner, when_needed())
    assert post(browser, name="약", schedule=TWICE).json()["code"] == "regimens_too_many"
    browser.delete(f"/api/regimens/{pill.pk}/")
    assert post(browser, name="약", schedule=TWICE).status_code == 201
    assert browser.put(f"/api/regimens/{pill.pk}/restore/").status_code == 409


def test_a_routine_moves_what_is_planned_by_meals(browser, noon):
    usual = browser.get("/api/routine/").json()
    assert usual == {"wake": "07:00", "breakfast": "08:00", "lunch": "12:30", "dinner": "18:30", "sleep": "23:00"}
    post(browser, name="약", sentence="저녁 식후 30분 1정")
    (before,) = times(browser, "2026-11-22")
    said = {**usual, "dinner": "20:00"}
    assert browser.put("/api/routine/", said, content_type=JSON).json() == said
    (after,) = times(browser, "2026-11-22")
    assert (int(after[:2]) * 60 + int(after[3:])) - (int(before[:2]) * 60 + int(before[3:])) == 90
    assert (
        browser.put("/api/routine/", {**usual, "lunch": "07:30"}, content_type=JSON).json()["code"] == "routine_invalid"
    )
    assert browser.put("/api/routine/", {"wake": "x"}, content_type=JSON).status_code == 400
    assert browser.get("/api/routine/").json() == said


def test_a_medicine_is_said_in_english_too(browser, owner, noon):
    pill = regimen(owner, at_times(8, 20))
    found = browser.get(f"/api/regimens/{pill.pk}/", headers={"Accept-Language": "en"}).json()
    assert "tablet" in found["sentence"]
    assert found["clock_said"].startswith("Keeps")
