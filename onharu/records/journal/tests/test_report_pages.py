"""The journal's page and its form: what it shows, what it saves, what it costs, who sees it."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from onharu.records.journal.actions import reports
from onharu.records.journal.models import DailyReport, Tag
from onharu.records.journal.queries.days import day_of
from onharu.records.journal.tests.conftest import DAY, statements_of

HTMX = {"HX-Request": "true"}
WAS = ("mood", "condition", "sleep", "highlights", "challenges", "tags")


def twins(page):
    """The hidden twins of the form's fields, as a browser would send them back."""
    found = re.findall(r'name="was-(\w+)" value="([^"]*)"', page)
    return {f"was-{name}": unescape(value) for name, value in found}


def shown(browser, day=DAY):
    return browser.get(f"/journal/?date={day}").content.decode()


def as_shown(page):
    """A form that changes nothing."""
    was = twins(page)
    return {"date": str(DAY), **was, **{name: was[f"was-{name}"] for name in WAS if name != "tags"}} | {
        "tags": was["was-tags"].split(",") if was["was-tags"] else []
    }


def send(browser, form, **headers):
    return browser.post("/journal/report/", form, headers=headers)


def test_an_empty_day_asks_and_presumes_nothing(browser, noon):
    page = shown(browser)
    assert "오늘은 어떤 하루였나요?" in page
    for word in ("아주 나쁨", "나쁨", "보통", "좋음", "아주 좋음"):
        assert f"<span>{word}</span>" in page
    assert 'id="mood-none" value="" checked' in page
    assert not re.search(r'id="mood-[1-5]"[^>]*checked', page)
    assert 'placeholder="—"' in page


def test_a_written_day_is_shown_as_it_was_said(browser, report):
    page = shown(browser)
    assert re.search(r'id="mood-4" value="4" checked', page)
    assert "7시간 15분" in page
    assert ">\n한강을 걸었다.</textarea>" in page
    assert re.search(r'value="\d+" checked><span>산책</span>', page)


def test_without_scripts_the_whole_form_is_saved(browser, noon):
    form = as_shown(shown(browser)) | {
        "mood": "5",
        "sleep": "7:30",
        "highlights": "하나\r\n둘",
        "tag": "산책",
        "save": "1",
    }
    response = send(browser, form)
    assert response["Location"] == f"/journal/?date={DAY}"
    found = day_of(browser.get("/journal/").wsgi_request.user.pk, DAY).report
    assert (found.mood, found.sleep_hours, found.highlights, found.tags[0].name) == (
        5,
        Decimal("7.5"),
        "하나\n둘",
        "산책",
    )
    assert "저장했어요" in shown(browser)


def test_a_form_that_changes_nothing_writes_nothing(browser, noon):
    send(browser, as_shown(shown(browser)))
    assert DailyReport.objects.count() == 0


def test_an_older_screen_overwrites_only_what_it_changed(browser, owner, report):
    old = as_shown(shown(browser))
    said = {"mood": 1, "highlights": "다른 화면의 글", "tags_added": ["집밥"]}
    reports.amend_day(owner_id=owner.pk, day=DAY, said=said)
    send(browser, old | {"challenges": "이 화면의 글"})
    found = day_of(owner.pk, DAY).report
    assert (found.mood, found.highlights, found.challenges) == (1, "다른 화면의 글", "이 화면의 글")
    assert [tag.name for tag in found.tags] == ["산책", "야근", "집밥"]


def test_the_last_word_on_a_question_counts(browser, owner, report):
    old = as_shown(shown(browser))
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"highlights": "다른 화면의 글"})
    send(browser, old | {"highlights": "이 화면의 글"})
    assert day_of(owner.pk, DAY).report.highlights == "이 화면의 글"


def test_answers_are_taken_back(browser, owner, report):
    send(browser, as_shown(shown(browser)) | {"mood": "", "sleep": "", "highlights": "", "tags": []})
    found = day_of(owner.pk, DAY).report
    assert (found.mood, found.sleep_hours, found.highlights, found.tags) == (None, None, "", ())
    assert (found.condition, found.challenges) == (3, "회의가 길었다.")


@pytest.mark.parametrize(("before", "step", "after"), [("", "up", "7"), ("7.25", "down", "6.75"), ("24", "up", "24")])
def test_the_buttons_of_sleep_work_without_scripts(browser, owner, noon, before, step, after):
    send(browser, as_shown(shown(browser)) | {"sleep": before, "sleep-step": step})
    assert day_of(owner.pk, DAY).report.sleep_hours == Decimal(after)


def test_a_half_typed_tag_waits_for_its_button(browser, noon):
    form = as_shown(shown(browser)) | {"mood": "3", "tag": "산"}
    send(browser, form, **HTMX)
    assert Tag.objects.count() == 0
    send(browser, form | {"add": "1", "tag": "산책"}, **HTMX)
    assert Tag.objects.get().name == "산책"


def test_what_cannot_be_read_is_said_beside_it_and_the_rest_is_saved(browser, owner, noon):
    form = as_shown(shown(browser)) | {
        "sleep": "많이",
        "mood": "4",
        "highlights": "가" * 2001,
        "tag": "가" * 31,
        "save": "1",
    }
    response = send(browser, form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "0시간에서 24시간까지" in page
    assert "2,000자까지 적을 수 있어요." in page
    assert "태그는 1~30자로 적어 주세요." in page
    assert "가" * 2001 in page
    assert 'value="많이"' in page
    assert day_of(owner.pk, DAY).report.mood == 4


def test_a_screen_that_saves_is_told_what_is_saved_now(browser, owner, report):
    form = as_shown(shown(browser)) | {"mood": "1"}
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"condition": 5})
    answer = send(browser, form, **HTMX)
    assert answer.status_code == 200
    assert twins(answer.content.decode())["was-mood"] == "1"
    assert twins(answer.content.decode())["was-condition"] == "5"
    assert "<html" not in answer.content.decode()


def test_an_error_on_a_live_screen_names_its_field(browser, noon):
    answer = send(browser, as_shown(shown(browser)) | {"sleep": "25"}, **HTMX).content.decode()
    assert 'data-error="sleep"' in answer


def test_more_tags_than_a_day_can_use_change_nothing(browser, owner, report):
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"tags": [f"태그 {n}" for n in range(20)]})
    answer = send(browser, as_shown(shown(browser)) | {"tag": "하나 더", "add": "1", "mood": "1"}, **HTMX)
    assert 'data-error="form"' in answer.content.decode()
    assert day_of(owner.pk, DAY).report.mood == 4


def test_a_strangers_tag_is_put_on_nothing(browser, owner, stranger, noon):
    theirs = reports.write_report(owner_id=stranger.pk, day=DAY, tags=["비밀"])
    tag = Tag.objects.get()
    send(browser, as_shown(shown(browser)) | {"mood": "3", "tags": [str(tag.pk), "0", "x", "9" * 30]})
    assert day_of(owner.pk, DAY).tags == ()
    assert theirs.links.count() == 1


def test_a_part_says_nothing_when_the_screen_has_its_version(browser, owner, report):
    for path in ("/journal/report/", "/journal/notes/"):
        page = browser.get(f"{path}?date={DAY}", headers=HTMX).content.decode()
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        assert browser.get(f"{path}?date={DAY}&seen={seen}", headers=HTMX).status_code == 204
    reports.amend_day(owner_id=owner.pk, day=DAY, said={"mood": 1})
    assert browser.get(f"/journal/report/?date={DAY}&seen={seen}", headers=HTMX).status_code == 200


def test_a_report_is_deleted_with_an_undo_and_comes_back(browser, report):
    answer = browser.post("/journal/report/delete/", {"date": str(DAY)}, headers=HTMX)
    assert answer.status_code == 204
    undo = f"/journal/report/{report.pk}/restore/"
    assert undo in answer["HX-Trigger"]
    assert ">\n</textarea>" in shown(browser)
    assert browser.post(undo, headers=HTMX).status_code == 204
    assert "한강을 걸었다." in shown(browser)
    assert browser.post("/journal/report/delete/", {"date": str(DAY - timedelta(days=1))}).status_code == 404


def test_a_day_that_has_not_come_offers_no_form_and_takes_none(browser, noon):
    day = DAY + timedelta(days=2)
    page = shown(browser, day)
    assert "아직 오지 않은 날이에요" in page
    assert 'id="report"' not in page
    assert send(browser, {"date": str(day), "mood": "5"}).status_code == 400
    assert DailyReport.objects.count() == 0


@pytest.mark.parametrize("path", ["/journal/", "/journal/report/", "/journal/notes/", "/journal/past/?before=x&"])
@pytest.mark.parametrize("said", ["yesterday", "2026-02-30", "0001-01-01"])
def test_a_day_that_is_none_is_refused_in_words(browser, noon, path, said):
    response = browser.get(f"{path}?date={said}")
    assert response.status_code == 400
    assert "2026-11-22처럼" in response.content.decode()


def fill(owner, noon, count):
    DailyReport.objects.all().delete()
    Tag.objects.all().delete()
    for back in range(count):
        day, tags = DAY - timedelta(days=back), [f"태그 {back}", "산책"]
        reports.write_report(owner_id=owner.pk, day=day, mood=3, highlights=f"글 {back}", tags=tags)


@pytest.mark.parametrize(
    ("path", "most"), [("/journal/", 5), ("/journal/past/", 2), ("/journal/tags/", 1), ("/journal/report/", 3)]
)
def test_a_page_costs_the_same_for_one_day_or_many(browser, owner, noon, path, most):
    for count in (1, 60):
        fill(owner, noon, count)
        assert statements_of(lambda: browser.get(path)) <= most


def test_the_days_before_are_listed_with_words_and_page_by_page(browser, owner, noon):
    fill(owner, noon, 40)
    page = shown(browser)
    assert "기분 보통" in page
    assert page.count('class="past-line"') == 5
    assert "글 0" not in page.split('class="rows past"')[1]
    first = browser.get("/journal/past/").content.decode()
    assert first.count('class="past-line"') == 30
    onward = re.search(r'href="(/journal/past/\?before=[\d-]+)"', first)[1]
    rest = browser.get(onward).content.decode()
    assert rest.count('class="past-line"') == 10
    assert "글 39" in rest
    assert "더 지난 기록은 없어요." in browser.get("/journal/past/?before=2020-01-01").content.decode()


def test_the_week_marks_the_days_that_say_something(browser, owner, noon):
    reports.write_report(owner_id=owner.pk, day=DAY - timedelta(days=1), mood=3)
    reports.write_report(owner_id=owner.pk, day=DAY - timedelta(days=2))
    assert shown(browser).count("week-marked") == 1


def test_a_stranger_sees_an_empty_day_of_their_own(stranger_browser, report, note):
    page = shown(stranger_browser)
    for word in ("한강", "회의가", "산책", "무게가", "data-row"):
        assert word not in page
    assert stranger_browser.post(f"/journal/report/{report.pk}/restore/").status_code == 404
    assert stranger_browser.post("/journal/report/delete/", {"date": str(DAY)}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/journal/", "/journal/past/", "/journal/tags/", "/journal/report/", "/journal/notes/1/"]
)
def test_nobody_signed_in_is_sent_to_sign_in(client, db, path):
    assert client.get(path)["Location"].startswith("/login/?next=")


def test_words_of_the_report_are_in_no_address(browser, report, note):
    page = shown(browser)
    addresses = re.findall(r'(?:href|action|hx-get|hx-post|src)="([^"]*)"', page)
    assert addresses
    assert not [one for one in addresses if "한강" in one or "%ED" in one]


def test_what_was_typed_is_escaped(browser, owner, noon):
    reports.write_report(owner_id=owner.pk, day=DAY, highlights='</textarea><script>alert("x")</script>', tags=["<b>"])
    page = shown(browser)
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_pages_speak_english_when_asked(browser, report, note):
    browser.cookies["onharu_language"] = "en"
    for path in ("/journal/", "/journal/past/", "/journal/tags/", f"/journal/notes/{note.pk}/"):
        page = browser.get(path).content.decode()
        main = page.split("<main")[1].split("</main>")[0]
        visible = re.sub(r"<(textarea|option|template).*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
        left = set(re.findall(r"[가-힣]+", visible)) - {"산책", "야근", "한강을", "걸었다", "무게가", "알맞았다"}
        assert left == set(), path
    assert "Very good" in shown(browser)
