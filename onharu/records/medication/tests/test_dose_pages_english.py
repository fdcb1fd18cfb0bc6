"""Every page of doses in English, with something on it; only names and what somebody wrote stay Korean."""

import re
from datetime import timedelta
from html import unescape

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses as act
from onharu.records.medication.actions import stock
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.tests.dosing import DAY, after_meals, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def english(owner, browser, noon):
    """Somebody who reads English and takes two medicines."""
    browser.cookies["onharu_language"] = "en"
    person = person_of(owner)
    planned = regimen(owner, after_meals("breakfast", "dinner"), name="Amlo", at=seoul(6, day=YESTERDAY))
    write_due([planned.pk], clock.now())
    doses = doses_between(person, YESTERDAY, DAY, at=clock.now())
    act.take(person=person, dose_id=doses[0].id, at=doses[0].planned_at)
    act.correct(person=person, dose_id=doses[0].id, at=clock.now(), said=act.Said(taken_at=seoul(9, day=YESTERDAY)))
    act.skip(person=person, dose_id=doses[1].id, at=clock.now(), reason="forgot")
    needed = regimen(owner, when_needed(2, timedelta(hours=4)), name="Ibu")
    act.take_now(person=person, regimen_id=needed.pk, at=seoul(11))
    stock.set_stock(person=person, regimen_id=planned.pk, amount=30, at=clock.now())
    return planned, needed, doses


def words(html):
    assert '<html lang="ko"' not in html
    html = re.sub(r"<head>.*?</head>|<nav class=\"nav\".*?</nav>", " ", html, flags=re.DOTALL)
    html = re.sub(r'<(\w+)[^>]* lang="ko".*?</\1>', " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(html)).split())


def hangul(html):
    said = words(html).replace("온하루", "").replace("한국어", "")
    for example in ("아침저녁 식후 30분 1정씩 7일", "말일"):
        said = said.replace(example, "")
    return re.findall(r"[가-힣][가-힣 ]*", said)


def test_no_korean_is_left_on_any_page(browser, english):
    planned, needed, doses = english
    for path in (
        "/medicines/doses/", f"/medicines/doses/?date={YESTERDAY}", f"/medicines/doses/?date={DAY + timedelta(days=1)}",
        f"/medicines/doses/{doses[0].id}/", f"/medicines/doses/{doses[2].id}/", "/medicines/doses/now/",
        "/medicines/regimens/", "/medicines/regimens/new/", f"/medicines/regimens/{planned.pk}/",
        f"/medicines/regimens/{needed.pk}/take/", "/medicines/history/", "/medicines/adherence/",
        "/medicines/adherence/?view=table", "/medicines/routine/",
    ):  # fmt: skip
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert hangul(answer.content.decode()) == [], path


def test_the_question_before_a_limit_is_asked_in_english(browser, english):
    asked = browser.post(f"/medicines/regimens/{english[1].pk}/take/", {"when": "now", "key": "k"})
    assert asked.status_code == 422
    assert hangul(asked.content.decode()) == []
    assert "1 tablet taken in the last 24 hours." in words(asked.content.decode())


def test_a_sentence_is_said_back_in_english(browser, english):
    form = {"form": "1", "sentence": "아침저녁 식후 30분 1정씩 7일", "act": "read", "key": "k"}
    said = words(browser.post("/medicines/regimens/new/", form).content.decode())
    assert "This is what was understood" in said and "breakfast" in said
    assert hangul(browser.post("/medicines/regimens/new/", form).content.decode()) == []


def test_what_is_wrong_is_said_in_english(browser, english):
    form = {"form": "1", "sentence": "", "act": "save", "key": "k", "name": "", "amount": "x", "p0-kind": "interval"}
    answer = browser.post("/medicines/regimens/new/", form)
    assert answer.status_code == 422
    assert hangul(answer.content.decode()) == []


def test_edges_of_english(browser, english):
    said = words(browser.get("/medicines/doses/").content.decode())
    assert "Amlo 1 tablet, 8:30 AM, not taken yet" in said
    assert "at most 2 tablets in 24 hours · 4 hours apart" in said
