"""The second third of a day, by thumb on a phone in Korean: a plan, its sets, the report, and all of it on 오늘."""

import re
import uuid

import pytest

from onharu.design.tests.test_gallery_browser import TOO_WIDE, complaints_of
from tests.journeys.conftest import PHONE, watch
from tests.journeys.test_first_day import answer_setup, sign_up

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
MOST_SETS = 8


@pytest.fixture
def phone_page(phone, complaints):
    """The phone of somebody who signs up and answers the three questions."""
    page = phone(viewport=PHONE).new_page()
    watch(page, complaints)
    sign_up(page, f"second{uuid.uuid4().hex[:8]}")
    answer_setup(page)
    return page


def make_plan(page):
    """Have today's plan made, from 오늘; tells the name of its first exercise that is counted in sets."""
    page.locator(".nav-link[href^='/workouts/']").click()
    page.locator("#make-plan").click()
    page.locator(".task-now").wait_for()
    task = page.locator(".task", has=page.locator("[id^='sets-']")).first
    return task.locator(".task-name").inner_text().strip(), task


def mark_sets(page, task):
    """Go through an exercise set by set until it is done."""
    number = re.search(r"sets-(\d+)", task.locator("[id^='sets-']").first.get_attribute("id"))[1]
    if not page.locator(f"#sets-{number}").is_visible():
        task.locator("summary").first.click()
    page.locator(f"#sets-{number} > summary").click()
    for _ in range(MOST_SETS):
        if page.locator(f"[id^='task-{number}-done']").count():
            break
        done = page.locator(f"[id^='set-{number}-'][id$='-done']").count()
        page.locator(f"#set-go-{number}").click()
        page.wait_for_function(
            """([number, before]) => document.querySelector(`[id^='task-${number}-done']`) ||
              document.querySelectorAll(`[id^='set-${number}-'][id$='-done']`).length > before""",
            arg=[number, done],
        )
    page.locator(f"[id^='task-{number}-done']").wait_for(state="attached")


def write_report(page):
    """Answer how the day went; every answer saves itself."""
    page.locator("#place-journal").click()
    page.wait_for_url("**/journal/**")
    page.locator("#mood-4").locator("xpath=..").click()
    page.locator("#sleep-up").click()
    page.locator("#report-highlights").fill("계획한 운동을 다 했다.")
    page.locator("#report-highlights").blur()
    page.wait_for_function("() => document.querySelector('[name=was-highlights]').value === '계획한 운동을 다 했다.'")
    page.locator("#report-said", has_text="저장했어요").wait_for()


def test_a_plan_its_sets_and_the_report_stand_on_today(phone_page, complaints):
    page = phone_page
    exercise, task = make_plan(page)
    mark_sets(page, task)
    page.locator(".nav-link[href^='/today/']").click()
    write_report(page)
    page.locator(".nav-link[href^='/today/']").click()
    page.wait_for_url("**/today/**")

    line = page.locator("#day-timeline")
    assert exercise.split("\n")[0] in line.inner_text()
    assert re.search(r"\d세트", line.inner_text())
    assert "기분 좋음 · 잠 7시간" in line.inner_text()
    assert "계획한 운동을 다 했다." in line.inner_text()
    titles = line.locator(".moment h3").all_inner_texts()
    assert titles == ["운동", "일기"], "in the order of the clock"
    assert "연속 1일" in page.locator("#day-streak").inner_text()

    assert page.evaluate(TOO_WIDE) == []
    assert complaints_of(page) == []
    line.get_by_role("link", name="일기").click()
    page.wait_for_url("**/journal/**")
    assert page.locator("#mood-4").is_checked()
    assert complaints == []
