"""What was written down, months of it, and the times somebody lives by."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses as act
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import RoutineOf
from onharu.records.medication.pages.adherence import month_said
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import DAY, after_meals, at_times, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ONE_DAY = timedelta(days=1)
BEFORE = DAY - 3 * ONE_DAY


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def taken(owner, noon):
    """Since three days ago at 8 and 20: taken, skipped, left open, taken and put right."""
    made = regimen(owner, at_times(8, 20), at=seoul(6, day=BEFORE))
    write_due([made.pk], clock.now())
    person = person_of(owner)
    doses = doses_between(person, BEFORE, DAY, at=clock.now())
    first, second, _open, fourth = doses[:4]
    act.take(person=person, dose_id=first.id, at=first.planned_at)
    act.skip(person=person, dose_id=second.id, at=second.planned_at, reason="none_left")
    act.take(person=person, dose_id=fourth.id, at=fourth.planned_at)
    said = act.Said(taken_at=fourth.planned_at + timedelta(minutes=40))
    act.correct(person=person, dose_id=fourth.id, at=clock.now(), said=said)
    return made


def test_history_says_what_when_and_who(browser, taken):
    text = text_of(page(browser, "/medicines/history/"))
    assert "08:00에 1정 먹었어요" in text and "건너뛰었어요 · 약이 떨어졌어요" in text and "기록이 없어요" in text
    assert "내가 오늘 12:00에 적음" in text


def test_a_corrected_entry_shows_both_values(browser, taken):
    html = page(browser, "/medicines/history/")
    text = text_of(html)
    assert "고친 기록" in text and "20:00 → 11/20 (금) 20:40" in text and "20:40에 1정 먹었어요" in text


def test_history_is_newest_first_and_by_day(browser, taken):
    html = page(browser, "/medicines/history/")
    days = re.findall(r'id="day-(\d{8})"', html)
    assert days == sorted(days, reverse=True) and len(days) == 4
    assert "오늘 · 11월 22일 (일)" in html and "어제 · 11월 21일 (토)" in html


def test_history_has_pages_of_two_weeks_as_far_back_as_there_is_something(browser, owner, noon):
    long_ago = DAY - 20 * ONE_DAY
    made = regimen(owner, at_times(8), at=seoul(6, day=long_ago))
    write_due([made.pk], clock.now())
    first = page(browser, "/medicines/history/")
    older = re.search(r'id="older" href="([^"]+)"', first)[1]
    assert 'id="newer"' not in first
    second = page(browser, older)
    assert 'id="older"' not in second and 'id="newer"' in second
    assert len(re.findall(r'id="day-', first)) == 14 and len(re.findall(r'id="day-', second)) == 7


def test_history_of_one_medicine_is_of_that_alone(browser, owner, taken):
    other = regimen(owner, when_needed(), name="두통약")
    act.take_now(person=person_of(owner), regimen_id=other.pk, at=seoul(11))
    assert "혈압약" in page(browser, "/medicines/history/", **HTMX)
    only = page(browser, f"/medicines/history/?regimen={other.pk}", **HTMX)
    assert "두통약" in only and "혈압약" not in only and "<html" not in only


def test_a_regimen_that_is_not_mine_is_no_filter(browser, stranger_browser, taken):
    html = page(stranger_browser, f"/medicines/history/?regimen={taken.pk}")
    assert "혈압약" not in html and "어떤 약을 언제 드세요?" in html
    assert "혈압약" in page(browser, "/medicines/history/?regimen=999999999999999999999")


def test_an_empty_history_says_what_will_stand_there(browser, owner, noon):
    regimen(owner, at_times(20))
    assert "이 기간에는 기록이 없어요" in page(browser, "/medicines/history/")


def test_two_weeks_cost_the_same_whatever_they_hold(browser, owner, taken):
    page(browser, "/medicines/history/")
    before = statements_of(lambda: browser.get("/medicines/history/"))
    for number in range(10):
        made = regimen(owner, at_times(9, 10, 11), name=f"약 {number}", at=seoul(6, day=BEFORE))
        write_due([made.pk], clock.now())
    assert statements_of(lambda: browser.get("/medicines/history/")) == before <= 6


# ---- months


def test_a_month_says_for_each_day_how_many_of_how_many(browser, taken):
    html = page(browser, "/medicines/adherence/")
    text = text_of(html)
    assert "2026년 11월" in text
    assert "11월 19일 (목), 2번 중 1번 먹음 · 건너뜀\N{NO-BREAK SPACE}1" in html
    assert re.findall(r'class="month-count" aria-hidden="true">([^<]+)<', html) == ["1/2", "1/2", "0/2", "0/1"]


def test_a_day_of_which_nothing_is_known_is_blank_and_never_zero(browser, taken):
    html = page(browser, "/medicines/adherence/")
    assert html.count("month-blank") == 26
    assert "11월 3일 (화), 아는 것이 없어요" in html and "0/0" not in html
    assert "안 먹은 날이라는 뜻이 아니에요" in html


def test_the_rule_is_said_in_words(browser, taken):
    assert "복용한 횟수 ÷ 복용하기로 한 횟수" in page(browser, "/medicines/adherence/")


def test_the_same_month_as_a_table(browser, taken):
    html = page(browser, "/medicines/adherence/?view=table")
    assert 'class="month"' not in html
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', html)
    assert len(rows) == 4 and text_of(rows[0]) == "11월 19일 (목) 2 1 1 0"
    assert "아는 날이 없어요" in page(browser, "/medicines/adherence/?view=table&month=2026-10")


def test_a_month_of_one_medicine(browser, owner, taken):
    other = regimen(owner, at_times(9), name="위장약", at=seoul(6, day=BEFORE))
    write_due([other.pk], clock.now())
    html = page(browser, f"/medicines/adherence/?regimen={other.pk}")
    assert "4번 중 0번 먹음" in html and "12번" not in html
    assert "위장약" in page(browser, "/medicines/adherence/")
    assert f"regimen={other.pk}" in re.search(r'id="month-before" href="([^"]+)"', html)[1]


def test_another_month_is_one_press_and_the_future_is_not(browser, taken):
    html = page(browser, "/medicines/adherence/")
    assert "month=2026-10" in html and 'id="month-after"' not in html
    back = page(browser, "/medicines/adherence/?month=2026-10")
    assert "이 달에는 셀 것이 없어요" in back and "month=2026-11" in back


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("2026-02", date(2026, 2, 1)),
        ("2026-13", date(2026, 11, 1)),
        ("1999-12", date(2026, 11, 1)),
        ("내달", date(2026, 11, 1)),
        ("2026-", date(2026, 11, 1)),
        (None, date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
        ("٢٠٢٦-01", date(2026, 11, 1)),
    ],
)
def test_a_month_is_read_from_its_address(said, month):
    assert month_said(said, DAY) == month


def test_a_month_costs_the_same_for_one_medicine_or_many(browser, owner, taken):
    page(browser, "/medicines/adherence/")
    before = statements_of(lambda: browser.get("/medicines/adherence/"))
    for number in range(10):
        made = regimen(owner, at_times(9, 21), name=f"약 {number}", at=seoul(6, day=BEFORE))
        write_due([made.pk], clock.now())
    assert statements_of(lambda: browser.get("/medicines/adherence/")) == before <= 7


def test_a_strangers_month_is_empty(stranger_browser, taken):
    html = page(stranger_browser, f"/medicines/adherence/?regimen={taken.pk}")
    assert "혈압약" not in html and "이 달에는 셀 것이 없어요" in html


# ---- the times somebody lives by

TIMES = {"wake": "06:00", "breakfast": "07:00", "lunch": "12:00", "dinner": "19:00", "sleep": "22:30"}


def test_usual_times_move_what_is_planned_from_now_on(browser, owner, noon):
    regimen(owner, after_meals("dinner"))
    assert 'value="18:30"' in page(browser, "/medicines/routine/")
    assert "19:00" in text_of(page(browser, "/medicines/doses/"))
    assert browser.post("/medicines/routine/", TIMES)["Location"] == "/medicines/doses/"
    assert "19:30" in text_of(page(browser, "/medicines/doses/"))


@pytest.mark.parametrize("changed", [{"lunch": ""}, {"lunch": "정오"}, {"dinner": "06:30"}])
def test_times_that_are_none_are_said_and_change_nothing(browser, noon, changed):
    answer = browser.post("/medicines/routine/", {**TIMES, **changed})
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and ("field-error" in html or "note-problem" in html)
    assert 'value="07:00"' in html
    assert not RoutineOf.objects.exists()


@pytest.mark.parametrize("path", ["/medicines/history/", "/medicines/adherence/", "/medicines/routine/"])
def test_a_page_asks_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/login/")
