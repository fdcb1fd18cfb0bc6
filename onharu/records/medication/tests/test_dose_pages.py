"""The page of a day's doses: what it shows, what is said on it, what is asked first, and what it costs."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses as act
from onharu.records.medication.actions.regimens import delete_regimen, end_regimen
from onharu.records.medication.models import Dose, DoseEvent
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import DAY, after_meals, at_times, following, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def said(browser, path, form=None, **headers):
    return browser.post(path, form or {}, headers=headers)


def doses_of(user, day=DAY):
    return doses_between(person_of(user), day, day, at=clock.now())


def dose_at(user, hour, minute=0, day=DAY):
    (found,) = [one for one in doses_of(user, day) if one.planned_at == seoul(hour, minute, day)]
    return found


def state(user, hour, minute=0, day=DAY):
    return dose_at(user, hour, minute, day).state


def url(dose, word=""):
    return f"/medicines/doses/{dose.id}/{word}"


@pytest.fixture
def taking(owner, noon):
    """Taken at 8, 13 and 20 o'clock since this morning."""
    return regimen(owner, at_times(8, 13, 20), at=seoul(6))


@pytest.fixture
def needed(owner, noon):
    """When needed, at most 2 in 24 hours, four hours apart."""
    return regimen(owner, when_needed(2, 4 * HOUR), name="두통약")


def test_somebody_who_takes_nothing_is_told_how_to_begin(browser, noon):
    html = page(browser, "/medicines/doses/")
    assert 'href="/medicines/regimens/new/"' in html and "한 문장으로 적으면" in html
    assert "드시는 약이 있나요?" in page(browser, "/medicines/")


@pytest.mark.parametrize("path", ["/medicines/doses/", "/medicines/doses/part/", "/medicines/doses/now/"])
def test_a_page_asks_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/login/")


def test_a_day_is_grouped_by_time_and_says_what_is_due(browser, owner, taking):
    regimen(owner, at_times(8), name="위장약", at=seoul(6))
    html = page(browser, "/medicines/doses/")
    assert re.findall(r'id="at-\d{8}(\d{4})"', html) == ["0800", "1300", "2000"]
    assert "4번 중 0번 먹었어요" in html and "다음: 오늘 13:00 혈압약 1정" in html
    assert "2가지 모두 먹었어요" in html
    assert html.count("아직 안 적었어요") == 1
    assert "혈압약 1정, 아침 8시, 아직 안 먹음" in html


def test_what_is_due_within_the_hour_is_said_to_be_due_and_not_late(browser, owner, noon):
    regimen(owner, at_times(11), at=seoul(6))
    regimen(owner, at_times(12), at=seoul(6))
    html = page(browser, "/medicines/doses/")
    assert html.count("먹을 때예요") == 1 and html.count("아직 안 적었어요") == 1


def test_meals_are_named_beside_their_time(browser, owner, noon):
    regimen(owner, after_meals("breakfast"), at=seoul(6))
    assert "아침 식후 30분" in text_of(page(browser, "/medicines/doses/"))


def test_a_dose_is_taken_with_one_press_and_taken_back(browser, owner, taking):
    dose = dose_at(owner, 8)
    done = said(browser, url(dose, "take/"), {"when": "now"}, **HTMX)
    assert done.status_code == 204
    assert "혈압약: 12:00에 1정 먹었어요" in done["HX-Trigger"].encode().decode("unicode_escape")
    assert url(dose, "undo/") in done["HX-Trigger"] and f"onharu:day:{DAY}" in done["HX-Trigger"]
    assert state(owner, 8) == "taken"
    assert "혈압약 1정, 아침 8시, 낮 12시에 먹음" in page(browser, "/medicines/doses/")
    gone = said(browser, url(dose, "undo/"), **HTMX)
    assert url(dose, "take/") in gone["HX-Trigger"]
    assert state(owner, 8) == "late"


def test_what_was_taken_back_is_said_again_as_it_was(browser, owner, taking):
    dose = dose_at(owner, 8)
    said(browser, url(dose, "take/"), {"when": "told", "day": "2026-11-22", "time": "08:20", "amount": "½"})
    gone = said(browser, url(dose, "undo/"), **HTMX)
    again = re.search(r'"undo": "([^"]+)"', gone["HX-Trigger"])[1]
    said(browser, again, **HTMX)
    back = dose_at(owner, 8)
    assert (back.taken_at, str(back.taken_amount)) == (seoul(8, 20), "0.500")


def test_taking_twice_by_a_plain_form_writes_once_and_leads_back(browser, owner, taking):
    dose = dose_at(owner, 8)
    for _ in range(2):
        done = said(browser, url(dose, "take/"), {"when": "planned"})
        assert done["Location"] == f"/medicines/doses/?date={DAY}"
    assert DoseEvent.objects.filter(kind="taken").count() == 1
    assert dose_at(owner, 8).taken_at == seoul(8)


@pytest.mark.parametrize(
    ("form", "at"),
    [
        ({"when": "now"}, seoul(12)),
        ({}, seoul(12)),
        ({"when": "planned"}, seoul(8)),
        ({"when": "told", "day": "2026-11-22", "time": "09:10"}, seoul(9, 10)),
        ({"when": "told", "day": "2026-11-21", "time": "23:50"}, seoul(23, 50, DAY - timedelta(days=1))),
        ({"when": "told", "time": "09:10"}, seoul(9, 10)),
    ],
)
def test_when_it_was_taken_is_as_it_is_told(browser, owner, taking, form, at):
    said(browser, url(dose_at(owner, 8)), form)
    assert dose_at(owner, 8).taken_at == at


@pytest.mark.parametrize(
    "form",
    [
        {"when": "told", "day": "2026-11-22", "time": "13:00"},
        {"when": "told", "day": "2026-11-22", "time": "곧"},
        {"when": "told", "day": "내일", "time": "08:00"},
        {"when": "now", "amount": "0"},
        {"when": "now", "amount": "많이"},
        {"when": "exact", "at": "08:00"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_is_said_and_what_was_typed_stays(browser, owner, taking, form, headers):
    answer = said(browser, url(dose_at(owner, 8)), form, **headers)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and "note-problem" in html
    assert form.get("amount", "") in html
    assert state(owner, 8) == "late"


def test_the_sheet_asks_when_how_much_and_why_not(browser, owner, taking):
    sheet = page(browser, url(dose_at(owner, 8)), **HTMX)
    assert "<html" not in sheet and "<dialog" in sheet
    text = text_of(sheet)
    for words in (
        "지금 (12:00)",
        "정해진 시각 (오늘 08:00)",
        "다른 시각",
        "어제 (11/21)",
        "먹은 양",
        "약이 떨어졌어요",
    ):
        assert words in text
    assert "<html" in page(browser, url(dose_at(owner, 8)))
    assert "정해진 시각" not in page(browser, url(dose_at(owner, 20)), **HTMX)


def test_a_dose_is_skipped_for_a_reason_and_back(browser, owner, taking):
    dose = dose_at(owner, 8)
    done = said(browser, url(dose, "skip/"), {"reason": "none_left"}, **HTMX)
    assert "close-sheet" in done["HX-Trigger"]
    assert state(owner, 8) == "skipped"
    assert "건너뛰었어요 · 약이 떨어졌어요" in page(browser, "/medicines/doses/")
    gone = said(browser, url(dose, "undo/"), **HTMX)
    assert f"{url(dose, 'skip/')}?reason=none_left" in gone["HX-Trigger"]
    assert state(owner, 8) == "late"


def test_a_reason_of_ones_own_is_words_and_never_markup(browser, owner, taking):
    said(browser, url(dose_at(owner, 8), "skip/"), {"reason": "<b>검사</b>라서"})
    assert b"<b>" not in browser.get("/medicines/doses/").content


def test_a_taken_dose_is_put_right_and_the_old_values_can_come_back(browser, owner, taking):
    dose = dose_at(owner, 8)
    said(browser, url(dose, "take/"), {"when": "planned"})
    sheet = text_of(page(browser, url(dose), **HTMX))
    assert "이렇게 고치기" in sheet and "안 먹었어요 · 되돌리기" in sheet and "건너뛰나요" not in sheet
    form = {"when": "told", "day": "2026-11-22", "time": "08:40", "amount": "0.5"}
    done = said(browser, url(dose), form, **HTMX)
    put_right = dose_at(owner, 8)
    assert (put_right.taken_at, str(put_right.taken_amount)) == (seoul(8, 40), "0.500")
    assert "고친 기록" in page(browser, "/medicines/doses/")
    log = text_of(page(browser, url(dose), **HTMX))
    assert "오늘 08:00 → 오늘 08:40" in log and "1정 → ½정" in log and "내가 오늘 12:00에 적음" in log
    said(browser, re.search(r'"undo": "([^"]+)"', done["HX-Trigger"])[1], **HTMX)
    back = dose_at(owner, 8)
    assert (back.taken_at, back.taken_amount) == (seoul(8), 1)
    assert DoseEvent.objects.filter(kind="corrected").count() == 2


def test_all_of_one_time_are_taken_and_taken_back_together(browser, owner, taking):
    regimen(owner, at_times(8), name="위장약", at=seoul(6))
    ids = [one.id for one in doses_of(owner) if one.planned_at == seoul(8)]
    done = said(browser, "/medicines/doses/all/", {"dose": ids}, **HTMX)
    assert {one.state for one in doses_of(owner) if one.id in ids} == {"taken"}
    said(browser, re.search(r'"undo": "([^"]+)"', done["HX-Trigger"])[1], **HTMX)
    assert {one.state for one in doses_of(owner) if one.id in ids} == {"late"}
    assert said(browser, "/medicines/doses/all/", {"dose": ids})["Location"] == f"/medicines/doses/?date={DAY}"


def test_taking_all_leaves_what_was_taken_before_as_it_was(browser, owner, taking):
    dose = dose_at(owner, 8)
    said(browser, url(dose, "take/"), {"when": "planned"})
    done = said(browser, "/medicines/doses/all/", {"dose": [dose.id]}, **HTMX)
    assert '"undo": ""' in done["HX-Trigger"]
    assert dose_at(owner, 8).taken_at == seoul(8)


@pytest.mark.parametrize("ids", [[], ["1.v1.20261122.0"] * 41 + [f"{n}.v1.20261122.0" for n in range(50)]])
def test_nothing_or_far_too_much_is_no_press_of_a_button(browser, taking, ids):
    assert said(browser, "/medicines/doses/all/", {"dose": ids}).status_code == 400


def test_doses_of_yesterday_are_said_to_be_taken_as_planned(browser, owner, noon, monkeypatch):
    yesterday = DAY - timedelta(days=1)
    regimen(owner, at_times(8, 9), at=seoul(6, day=yesterday))
    html = page(browser, f"/medicines/doses/?date={yesterday}")
    assert 'name="when" value="planned"' in html and 'name="when" value="now"' not in html
    ids = [one.id for one in doses_of(owner, yesterday)]
    said(browser, "/medicines/doses/all/", {"dose": ids})
    assert dose_at(owner, 8, day=yesterday).taken_at == seoul(8, day=yesterday)


def test_a_day_ahead_is_shown_and_its_doses_only_by_the_sheet(browser, owner, taking):
    html = page(browser, f"/medicines/doses/?date={DAY + timedelta(days=1)}")
    assert "아직 오지 않은 날" in html and "미리 먹었어요 · 건너뛰기" in html and "dose-press" not in html
    dose = dose_at(owner, 8, day=DAY + timedelta(days=1))
    said(browser, url(dose), {"when": "now"})
    assert dose_at(owner, 8, day=DAY + timedelta(days=1)).taken_at == seoul(12)


def test_a_medicine_taken_when_needed_says_what_was_taken_lately(browser, owner, needed):
    act.take_now(person=person_of(owner), regimen_id=needed.pk, at=seoul(9))
    html = text_of(page(browser, "/medicines/doses/"))
    for words in (
        "지난 24시간",
        "1정 · 마지막 오늘 09:00",
        "24시간에 2정까지 · 4시간 띄워서",
        "오늘 13:00부터",
        "지금 1정 먹었어요",
    ):
        assert words in html


def take_needed(browser, needed, form=None, **headers):
    form = {"when": "now", "key": f"k{DoseEvent.objects.count()}", **(form or {})}
    return said(browser, f"/medicines/regimens/{needed.pk}/take/", form, **headers)


def test_a_limit_is_asked_about_and_never_passed_silently(browser, owner, needed):
    take_needed(browser, needed, {"when": "told", "day": "2026-11-22", "time": "05:00"})
    take_needed(browser, needed, {"when": "told", "day": "2026-11-22", "time": "09:30"})
    asked = take_needed(browser, needed)
    html = text_of(unescape(asked.content.decode()))
    assert asked.status_code == 422
    for words in ("지난 24시간에 2정을 먹었어요.", "오늘 09:30", "24시간에 2정까지", "내일 05:00부터는 한도 안이에요.", "약사와 상의",
                  "그래도 기록하기", "적지 않을게요"):  # fmt: skip
        assert words in html, words
    assert DoseEvent.objects.filter(kind="taken").count() == 2
    take_needed(browser, needed, {"anyway": "1"})
    assert DoseEvent.objects.filter(kind="taken", over_limit=True).count() == 1
    assert "한도를 넘겨 적음" in page(browser, "/medicines/doses/")


def test_the_question_comes_over_the_page_or_into_the_sheet_that_asked(browser, owner, needed):
    take_needed(browser, needed)
    over = take_needed(browser, needed, **HTMX)
    assert over["HX-Retarget"] == "#sheet-slot" and b"<dialog" in over.content
    inside = take_needed(browser, needed, **HTMX, **{"HX-Target": "dose-edit"})
    assert "HX-Retarget" not in inside and b"<dialog" not in inside.content and b"data-sheet-close" in inside.content


def test_the_answer_to_the_question_says_all_that_was_said(browser, owner, needed):
    take_needed(browser, needed)
    asked = take_needed(browser, needed, {"when": "told", "day": "2026-11-22", "time": "11:45", "amount": "2"})
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', unescape(asked.content.decode())))
    browser.post(f"/medicines/regimens/{needed.pk}/take/", fields)
    newest = DoseEvent.objects.latest("pk")
    assert (newest.at, newest.amount, newest.over_limit) == (seoul(11, 45), 2, True)


def test_one_key_is_one_dose_however_often_it_is_sent(browser, owner, needed):
    for _ in range(3):
        done = said(browser, f"/medicines/regimens/{needed.pk}/take/", {"when": "now", "key": "same"}, **HTMX)
        assert done.status_code == 204
    assert Dose.objects.count() == 1


def test_a_planned_dose_over_its_limit_is_asked_about_too(browser, owner, noon):
    schedule = at_times(8, 9, limit=when_needed(1).limit)
    regimen(owner, at_times(8), at=seoul(6), name="다른 약")
    with pytest.raises(Exception, match="schedule_invalid"):
        regimen(owner, schedule, at=seoul(6))
    made = regimen(owner, at_times(8, 20, limit=when_needed(2).limit), at=seoul(6), name="한도 있는 약")
    act.take_now(person=person_of(owner), regimen_id=made.pk, at=seoul(7), said=act.Said(amount=2))
    dose = next(one for one in doses_of(owner) if one.regimen_id == made.pk and one.planned_at == seoul(8))
    asked = said(browser, "/medicines/doses/all/", {"dose": [dose.id]}, **HTMX)
    assert asked.status_code == 422 and "약사와 상의" in unescape(asked.content.decode())
    assert said(browser, url(dose, "take/"), {"when": "now"}).status_code == 422
    said(browser, url(dose, "take/"), {"when": "now", "anyway": "1"})
    assert next(one for one in doses_of(owner) if one.id == dose.id).over_limit


def test_the_page_of_medicines_begins_with_what_is_due(browser, owner, taking, needed):
    html = page(browser, "/medicines/")
    assert html.index('id="doses-now"') < html.index('id="medicine-q"')
    assert re.findall(r'id="at-\d{8}(\d{4})"', html) == ["0800"]
    assert "지금 1정 먹었어요" in html
    assert 'id="doses-now"' not in page(browser, "/medicines/?q=없는약")
    assert "<html" not in page(browser, "/medicines/doses/now/")


def test_when_all_is_said_the_page_of_medicines_says_what_comes_next(browser, owner, noon):
    regimen(owner, at_times(8), at=seoul(6))
    said(browser, url(dose_at(owner, 8), "take/"), {"when": "planned"})
    text = text_of(page(browser, "/medicines/doses/now/"))
    assert "1번 모두 먹었어요" in text and "지금 먹을 약이 없어요." in text and "다음: 내일 08:00" in text


def test_a_dose_that_follows_another_may_still_move(browser, owner, taking):
    regimen(owner, following(taking.pk, 30), name="따라 먹는 약", at=seoul(6))
    assert "따라 먹는 약" in page(browser, "/medicines/doses/")


def test_a_medicine_that_ended_leaves_its_record_and_one_that_is_gone_does_not(browser, owner, needed):
    take_needed(browser, needed)
    person = person_of(owner)
    end_regimen(person=person, regimen_id=needed.pk, at=clock.now())
    assert "두통약" in page(browser, "/medicines/doses/")
    delete_regimen(person=person, regimen_id=needed.pk, at=clock.now())
    assert "두통약" not in page(browser, "/medicines/doses/")


@pytest.mark.parametrize(
    "path", ["/medicines/doses/9.v1.20261122.0/", "/medicines/doses/1.nothing/", "/medicines/doses/abc/"]
)
def test_a_dose_that_is_none_is_missing(browser, taking, path):
    assert browser.get(path).status_code == 404
    assert browser.post(f"{path}take/").status_code == 404


def test_a_stranger_sees_and_says_nothing_of_it(stranger_browser, owner, taking, needed):
    dose = dose_at(owner, 8)
    assert "혈압약" not in page(stranger_browser, "/medicines/doses/")
    for word in ("", "take/", "skip/", "undo/"):
        assert stranger_browser.post(url(dose, word)).status_code == 404
    assert stranger_browser.post("/medicines/doses/all/", {"dose": [dose.id]}).status_code == 404
    assert stranger_browser.post(f"/medicines/regimens/{needed.pk}/take/", {"key": "x"}).status_code == 404
    assert not DoseEvent.objects.exists()


def test_a_day_that_is_none_is_refused(browser, noon):
    assert browser.get("/medicines/doses/?date=내일").status_code == 400


def test_looking_writes_nothing(browser, owner, taking, needed):
    for path in ("/medicines/doses/", url(dose_at(owner, 8)), "/medicines/", f"/medicines/regimens/{needed.pk}/take/"):
        page(browser, path)
    assert not Dose.objects.exists()


def test_a_day_costs_the_same_with_one_medicine_or_twenty(browser, owner, taking):
    page(browser, "/medicines/doses/part/")
    before = statements_of(lambda: browser.get("/medicines/doses/part/"))
    for number in range(19):
        made = regimen(owner, at_times(7, 21), name=f"약 {number}", at=seoul(6))
        if number % 2:
            act.take_now(person=person_of(owner), regimen_id=made.pk, at=seoul(11))
    assert statements_of(lambda: browser.get("/medicines/doses/part/")) == before <= 6


def test_every_day_of_the_week_can_be_reached(browser, owner, taking):
    said(browser, url(dose_at(owner, 8), "take/"))
    html = page(browser, "/medicines/doses/")
    assert html.count('class="week-day') == 7 and html.count("week-marked") == 1
    assert date(2026, 11, 16).isoformat() in html and "2026-11-23" in html
