"""Notes and tags on the pages: written once, corrected in a sheet, gone and back."""

import json
import re

import pytest

from onharu.records.journal.actions import feedbacks
from onharu.records.journal.models import Feedback, Tag
from onharu.records.journal.queries.days import day_of
from onharu.records.journal.tests.conftest import DAY, PLAN
from tests.sealed_rows import row_where

HTMX = {"HX-Request": "true"}


def form(browser, **said):
    page = browser.get(f"/journal/?date={DAY}").content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    return {"date": str(DAY), "key": key, "body": "", "rating": "", **said}


def test_a_note_is_written_once_however_often_its_form_arrives(browser, owner, noon):
    sent = form(browser, body="내일은 물병을 챙기자.", rating="4")
    for _ in range(2):
        assert browser.post("/journal/notes/new/", sent)["Location"] == f"/journal/?date={DAY}"
    (note,) = day_of(owner.pk, DAY).feedbacks
    assert (note.body, note.rating) == ("내일은 물병을 챙기자.", 4)
    page = browser.get("/journal/").content.decode()
    assert "내일은 물병을 챙기자." in page
    assert "만족해요" in page


def test_a_live_screen_gets_an_empty_form_a_toast_and_an_undo(browser, noon):
    answer = browser.post("/journal/notes/new/", form(browser, body="짧은 메모"), headers=HTMX)
    said = json.loads(answer["HX-Trigger"])
    undo = said["onharu:toast"]["undo"]
    assert f"onharu:day:{DAY}" in said
    assert "짧은 메모" not in answer.content.decode()
    assert browser.post(undo, headers=HTMX).status_code == 204
    assert "짧은 메모" not in browser.get(f"/journal/notes/?date={DAY}").content.decode()


@pytest.mark.parametrize("said", [{}, {"body": "  "}, {"rating": "6"}, {"rating": "x"}, {"body": "가" * 1001}])
def test_a_note_that_says_nothing_is_refused_in_words(browser, noon, said):
    response = browser.post("/journal/notes/new/", form(browser, **said), headers=HTMX)
    assert response.status_code == 400
    assert "1~1000자" in response.json()["messages"]["ko"]
    assert Feedback.objects.count() == 0


def test_a_note_is_corrected_in_a_sheet_or_on_a_page(browser, note):
    path = f"/journal/notes/{note.pk}/"
    assert "<dialog" in browser.get(path, headers=HTMX).content.decode()
    assert "<h1>메모</h1>" in browser.get(path).content.decode()
    answer = browser.post(path, {"body": "다시 적은 메모", "rating": ""}, headers=HTMX)
    assert "onharu:close-sheet" in answer["HX-Trigger"]
    note.refresh_from_db()
    assert (note.body, note.rating) == ("다시 적은 메모", None)


def test_a_note_goes_and_comes_back(browser, owner, note):
    path = f"/journal/notes/{note.pk}/"
    browser.post(f"{path}delete/", headers=HTMX)
    assert browser.get(path).status_code == 404
    assert browser.post(f"{path}restore/")["Location"] == f"/journal/?date={DAY}"
    assert len(day_of(owner.pk, DAY).feedbacks) == 1


def test_a_note_on_a_plan_says_so(browser, owner, plans, noon):
    feedbacks.write_feedback(owner_id=owner.pk, plan_id=PLAN, body="알맞은 계획")
    page = browser.get("/journal/notes/?date=2026-11-21").content.decode()
    assert "운동 계획" in page


@pytest.mark.parametrize("path", ["", "delete/", "restore/"])
def test_a_stranger_finds_no_note(stranger_browser, note, path):
    answer = stranger_browser.post(f"/journal/notes/{note.pk}/{path}", {"body": "x"})
    assert answer.status_code == 404
    note.refresh_from_db()
    assert (note.body, note.deleted_at) == ("무게가 알맞았다.", None)


@pytest.fixture
def tag(report):
    return row_where(Tag.objects, name="야근")


def test_a_tag_is_renamed_deleted_and_restored_on_its_page(browser, owner, tag):
    path = f"/journal/tags/{tag.pk}/"
    assert browser.post(path, {"name": "늦은 퇴근"})["Location"] == "/journal/tags/"
    assert 'value="늦은 퇴근"' in browser.get("/journal/tags/").content.decode()
    gone = browser.post(f"{path}delete/", headers=HTMX)
    assert "늦은 퇴근" not in gone.content.decode()
    undo = json.loads(gone["HX-Trigger"])["onharu:toast"]["undo"]
    back = browser.post(undo, headers=HTMX)
    assert "onharu:tags" in back["HX-Trigger"]
    assert [one.name for one in day_of(owner.pk, DAY).tags] == ["늦은 퇴근", "산책"]


def test_a_name_that_is_taken_is_refused_in_words(browser, tag):
    response = browser.post(f"/journal/tags/{tag.pk}/", {"name": "산책"}, headers=HTMX)
    assert (response.status_code, response.json()["code"]) == (409, "tag_exists")
    tag.refresh_from_db()
    assert tag.name == "야근"


@pytest.mark.parametrize("path", ["", "delete/", "restore/"])
def test_a_stranger_finds_no_tag(stranger_browser, tag, path):
    assert stranger_browser.post(f"/journal/tags/{tag.pk}/{path}", {"name": "x"}).status_code == 404
    tag.refresh_from_db()
    assert (tag.name, tag.deleted_at) == ("야근", None)
    assert "야근" not in stranger_browser.get("/journal/tags/").content.decode()
