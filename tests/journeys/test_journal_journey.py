"""Writing a day by thumb, by keyboard, without scripts and on two screens; what is typed is never lost."""

import re
from datetime import timedelta

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from onharu.kernel import clock
from tests.journeys.conftest import PASSWORD, PHONE, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
DESKTOP = {"width": 1280, "height": 900}
GOOD, HARD = "#report-highlights", "#report-challenges"
SAVED = "#report-said:not([hidden])"


@pytest.fixture
def saved(server, username):
    """What the server knows of today, over the API."""
    _, answer = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})
    signed = {"Authorization": f"Bearer {answer['access']}"}
    today = clock.local_day(clock.now())

    def read(day=today):
        status, report = server.ask("GET", f"/api/dailyreports/by-date/{day}/", **signed)
        return report if status == 200 else {}

    return read


@pytest.fixture
def journal(page):
    page.goto("/journal/")
    page.wait_for_selector("html[data-live-state=live]")
    return page


@pytest.fixture
def other(phone, username, complaints):
    """The same person's journal on another screen."""
    page = phone(viewport=DESKTOP).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/journal/")
    page.wait_for_selector("html[data-live-state=live]")
    page.evaluate("window.neverReloaded = true")
    return page


def choose(page, name, value):
    page.locator(f"#{name}-{value}").locator("xpath=..").click()
    page.locator(SAVED, has_text="저장했어요").wait_for()


def wait_for_value(page, selector, wanted):
    page.wait_for_function(
        "([selector, wanted]) => document.querySelector(selector).value === wanted", arg=[selector, wanted]
    )


def wait_saved(page, saved, **wanted):
    """Wait until the server knows it."""
    for _ in range(100):
        report = saved()
        if all(report.get(name) == value for name, value in wanted.items()):
            return
        page.wait_for_timeout(100)
    assert {name: saved().get(name) for name in wanted} == wanted


def test_a_day_is_written_by_thumb_and_every_answer_is_saved_at_once(journal, saved, complaints):
    choose(journal, "mood", 4)
    wait_saved(journal, saved, mood=4, condition=None, sleep_hours=None)
    choose(journal, "condition", 3)
    journal.locator("#sleep-up").click()
    journal.locator("#sleep-up").click()
    assert journal.locator("#sleep-said").inner_text() == "7시간 30분"
    journal.locator(GOOD).press_sequentially("공원을 걸었다.")
    journal.locator(HARD).press_sequentially("회의가 길었다.")
    journal.locator("#report-tag").fill("산책")
    journal.keyboard.press("Enter")
    journal.locator("#report-tags .chip", has_text="산책").wait_for()
    assert journal.locator("#report-tag").input_value() == ""
    wait_saved(journal, saved, mood=4, condition=3, sleep_hours=7.5, highlights="공원을 걸었다.", tags=["산책"])
    wait_saved(journal, saved, challenges="회의가 길었다.")
    journal.locator("#report-tags .chip", has_text="산책").click()
    wait_saved(journal, saved, tags=[])
    assert complaints == []


def test_the_last_change_is_taken_back(journal, saved):
    choose(journal, "mood", 4)
    choose(journal, "mood", 2)
    wait_saved(journal, saved, mood=2)
    journal.get_by_role("button", name="되돌리기").click()
    journal.locator(SAVED, has_text="되돌렸어요").wait_for()
    wait_saved(journal, saved, mood=4)
    journal.locator(GOOD).fill("처음 글")
    journal.locator(GOOD).blur()
    wait_saved(journal, saved, highlights="처음 글")
    journal.locator(GOOD).press_sequentially(" 그리고 더")
    wait_saved(journal, saved, highlights="처음 글 그리고 더")
    journal.get_by_role("button", name="되돌리기").click()
    wait_for_value(journal, GOOD, "처음 글")
    wait_saved(journal, saved, highlights="처음 글")


def test_what_one_screen_writes_stands_on_the_other_at_once(journal, other, saved, complaints):
    choose(journal, "mood", 5)
    other.wait_for_function("() => document.querySelector('#mood-5').checked")
    journal.locator(GOOD).fill("한강을 걸었다.")
    wait_for_value(other, GOOD, "한강을 걸었다.")
    other.locator("#report-tag").fill("산책")
    other.locator("#report-tag-add").click()
    journal.locator("#report-tags .chip:has(:checked)", has_text="산책").wait_for()
    other.locator("#sleep-up").click()
    wait_for_value(journal, "#report-sleep", "7")
    wait_saved(journal, saved, mood=5, highlights="한강을 걸었다.", tags=["산책"], sleep_hours=7)
    assert other.evaluate("window.neverReloaded") is True
    assert complaints == []


def test_two_screens_that_answer_at_the_same_time_lose_nothing(journal, other, saved):
    journal.locator(GOOD).press_sequentially("전화기에서 쓴 좋은 일", delay=20)
    other.locator(HARD).press_sequentially("책상에서 쓴 힘든 일", delay=20)
    journal.locator("#mood-4").locator("xpath=..").click()
    other.locator("#condition-2").locator("xpath=..").click()
    wanted = {"highlights": "전화기에서 쓴 좋은 일", "challenges": "책상에서 쓴 힘든 일", "mood": 4, "condition": 2}
    wait_saved(journal, saved, **wanted)
    wait_for_value(journal, HARD, wanted["challenges"])
    wait_for_value(other, GOOD, wanted["highlights"])


def test_newer_text_waits_beside_what_is_being_typed(journal, other, saved):
    other.locator(GOOD).press_sequentially("쓰는 중")
    wait_for_value(journal, GOOD, "쓰는 중")
    typing = other.evaluate_handle(
        "() => setInterval(() => document.querySelector('#report-highlights').dispatchEvent(new InputEvent('input', {bubbles: true})), 300)"
    )
    journal.locator(GOOD).fill("다른 화면의 새 글")
    held = other.locator("[data-held='highlights']")
    held.get_by_text("다른 화면의 새 글").wait_for()
    assert other.locator(GOOD).input_value() == "쓰는 중"
    other.evaluate("timer => clearInterval(timer)", typing)
    other.locator(GOOD).press_sequentially("이었다")
    wait_saved(journal, saved, highlights="쓰는 중이었다")
    wait_for_value(journal, GOOD, "쓰는 중이었다")
    held.get_by_role("button", name="이 글로 바꾸기").click()
    wait_saved(journal, saved, highlights="다른 화면의 새 글")
    assert held.is_hidden()


def test_newer_text_takes_the_place_of_text_that_nobody_types_on(journal, other, saved):
    other.locator(GOOD).fill("먼저 쓴 글")
    wait_for_value(journal, GOOD, "먼저 쓴 글")
    other.locator(HARD).focus()
    journal.locator(GOOD).fill("나중에 쓴 글")
    wait_for_value(other, GOOD, "나중에 쓴 글")
    assert other.locator("[data-held='highlights']").is_hidden()
    choose(other, "mood", 3)
    wait_saved(journal, saved, highlights="나중에 쓴 글", mood=3)


def test_nothing_is_lost_on_a_reload_in_the_middle_of_a_word(journal, saved):
    journal.locator(GOOD).press_sequentially("끝나지 않은 문")
    journal.reload()
    wait_for_value(journal, GOOD, "끝나지 않은 문")
    wait_saved(journal, saved, highlights="끝나지 않은 문")


def test_without_a_connection_the_words_stay_and_are_saved_later(journal, saved):
    journal.context.set_offline(True)
    journal.locator(GOOD).fill("지하철에서 쓴 글")
    journal.locator(SAVED, has_text="저장하지 못했어요").wait_for()
    assert journal.locator(GOOD).input_value() == "지하철에서 쓴 글"
    journal.context.set_offline(False)
    wait_saved(journal, saved, highlights="지하철에서 쓴 글")
    journal.locator(SAVED, has_text="저장했어요").wait_for()


def test_an_answer_that_cannot_be_read_is_said_beside_it_and_the_others_are_saved(journal, saved):
    journal.locator("#report-sleep").fill("많이")
    journal.locator(GOOD).fill("늦잠을 잤다.")
    journal.locator("#sleep-problem", has_text="0시간에서 24시간까지").wait_for()
    wait_saved(journal, saved, highlights="늦잠을 잤다.", sleep_hours=None)
    journal.locator("#report-sleep").fill("8:15")
    wait_saved(journal, saved, sleep_hours=8.25)
    assert journal.locator("#sleep-problem").is_hidden()


def test_a_deleted_day_is_empty_and_comes_back(journal, saved):
    journal.locator(GOOD).fill("지울 글")
    wait_saved(journal, saved, highlights="지울 글")
    journal.locator("#report-delete").click()
    wait_for_value(journal, GOOD, "")
    assert saved() == {}
    journal.locator("[data-toast-undo]").click()
    wait_for_value(journal, GOOD, "지울 글")


def test_a_note_is_left_corrected_and_taken_back(journal, complaints):
    journal.fill("#new-note-body", "내일은 물병을 챙기자.")
    journal.select_option("#new-note-rating", label="만족해요")
    journal.locator("#note-add").click()
    row = journal.locator("#journal-notes [data-row]", has_text="물병")
    row.wait_for()
    assert journal.locator("#new-note-body").input_value() == ""
    row.locator("a").click()
    journal.fill("dialog[open] #note-body", "내일은 물병과 수건을 챙기자.")
    journal.locator("#note-save").click()
    journal.locator("#journal-notes", has_text="수건").wait_for()
    journal.locator("#journal-notes [data-row] a").click()
    journal.locator("dialog[open] #note-delete").click()
    journal.locator("#journal-notes", has_not_text="수건").wait_for()
    journal.locator("[data-toast-undo]").last.click()
    journal.locator("#journal-notes", has_text="수건").wait_for()
    assert complaints == []


def tab_to(page, selector, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_keyboard_alone_writes_a_day(journal, saved):
    tab_to(journal, "[name=mood]")
    for _ in range(4):
        journal.keyboard.press("ArrowRight")
    wait_saved(journal, saved, mood=4)
    tab_to(journal, "#report-sleep")
    journal.keyboard.type("6.5")
    tab_to(journal, GOOD)
    journal.keyboard.type("첫 줄")
    journal.keyboard.press("Enter")
    journal.keyboard.type("둘째 줄")
    tab_to(journal, "#report-tag")
    journal.keyboard.type("집밥")
    journal.keyboard.press("Enter")
    wait_saved(journal, saved, sleep_hours=6.5, highlights="첫 줄\n둘째 줄", tags=["집밥"])
    assert journal.evaluate("document.activeElement.id") == "report-tag"


def test_without_scripts_the_day_is_written_the_plain_way(phone, username, saved, complaints):
    page = phone(java_script_enabled=False, viewport=PHONE).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/journal/")
    page.locator("#mood-5").locator("xpath=..").click()
    page.fill("#report-sleep", "7")
    page.locator("#sleep-up").click()
    page.wait_for_url("**/journal/?date=**")
    page.fill(GOOD, "글 하나")
    page.fill("#report-tag", "산책")
    page.get_by_role("button", name="저장").last.click()
    page.locator(".toast", has_text="저장했어요").wait_for()
    assert {name: saved()[name] for name in ("mood", "sleep_hours", "highlights", "tags")} == {
        "mood": 5, "sleep_hours": 7.5, "highlights": "글 하나", "tags": ["산책"],
    }  # fmt: skip
    page.fill("#new-note-body", "메모도 하나")
    page.get_by_role("button", name="메모 남기기").click()
    page.locator("#journal-notes", has_text="메모도 하나").wait_for()
    page.get_by_role("link", name=re.compile("태그 고치기")).click()
    page.locator("input[value=산책]").fill("걷기")
    page.get_by_role("button", name="고치기", exact=True).click()
    page.goto("/journal/")
    page.locator("#report-tags .chip", has_text="걷기").wait_for()


def write_some(page, saved):
    page.locator("#mood-4").locator("xpath=..").click()
    page.locator(GOOD).fill("공원을 걸었다.")
    page.locator("#report-tag").fill("산책")
    page.keyboard.press("Enter")
    wait_saved(page, saved, mood=4, highlights="공원을 걸었다.", tags=["산책"])
    page.fill("#new-note-body", "메모")
    page.locator("#note-add").click()
    page.locator("#journal-notes [data-row]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(journal, saved, scheme):
    journal.emulate_media(color_scheme=scheme)
    assert complaints_of(journal) == []
    write_some(journal, saved)
    assert complaints_of(journal) == []
    journal.locator("#journal-notes [data-row] a").click()
    journal.locator("dialog[open]").wait_for()
    assert complaints_of(journal) == []
    for path in ("/journal/past/", "/journal/tags/"):
        journal.goto(path)
        assert complaints_of(journal) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_is_too_wide_or_too_small_to_press(journal, saved, width, language):
    write_some(journal, saved)
    journal.context.add_cookies([{"name": "onharu_language", "value": language, "url": journal.url}])
    journal.set_viewport_size({"width": width, "height": 800})
    for path in ("/journal/", "/journal/past/", "/journal/tags/"):
        journal.goto(path)
        assert journal.evaluate(TOO_WIDE) == [], path
        assert journal.evaluate(TOO_SMALL, f"{PRIMARY}, .report-none") == [], path
    journal.goto("/journal/")
    journal.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert journal.evaluate(TOO_WIDE) == []


def test_the_word_that_it_is_saved_covers_nothing_that_has_the_focus(journal):
    journal.set_viewport_size({"width": 320, "height": 640})
    choose(journal, "mood", 4)
    for _ in range(25):
        journal.keyboard.press("Tab")
        covered = journal.evaluate(
            """() => {
              const box = document.activeElement.getBoundingClientRect();
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
              return Boolean(hit?.closest('.report-said') && !document.activeElement.closest('.report-said'));
            }"""
        )
        assert not covered, journal.evaluate("document.activeElement.outerHTML")


def test_another_day_is_written_and_stands_among_the_days_before(journal, saved):
    yesterday = clock.local_day(clock.now()) - timedelta(days=1)
    journal.locator(".datestrip [rel=prev]").click()
    journal.wait_for_url(f"**/journal/?date={yesterday}")
    choose(journal, "mood", 5)
    journal.locator(GOOD).fill("어제 쓴 글")
    journal.locator(GOOD).blur()
    journal.locator(SAVED).wait_for()
    journal.goto("/journal/")
    journal.locator(".past", has_text="어제 쓴 글").wait_for()
    assert "기분 아주 좋음" in journal.locator(".past").inner_text()


def test_a_part_that_does_not_come_says_so_in_its_place_and_nowhere_else(page):
    page.route("**/insights/words/**", lambda route: route.fulfill(status=503, body=""))
    page.goto("/journal/")
    page.locator("#journal-words", has_text="지금은 보여 드릴 수 없어요.").wait_for()
    page.locator("#journal-streak [data-part-waiting]").wait_for(state="detached")
    assert page.locator("[data-toast]").count() == 0
    choose(page, "mood", 3)
