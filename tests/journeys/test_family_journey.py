"""Two people: one invites, one looks and marks; what is said on one screen is on the others; and it ends at once."""

import json
import os
import re
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PASSWORD, PHONE, sign_in, somewhere, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(600)]
SIZES = ({"width": 320, "height": 640}, PHONE, {"width": 1280, "height": 900})
FAMILY = "/medicines/family/"
PILL = "혈압약"


def add(page, name=PILL, sentence="매일 00:00, 23:59에 1정"):
    """Write down a medicine for the first and the last minute of the day, with the day behind it already."""
    page.goto("/medicines/regimens/new/")
    page.fill("#f-sentence", sentence)
    page.locator(".told-understood").wait_for()
    page.fill("#f-name", name)
    page.click("#regimen-save")
    page.wait_for_url(re.compile(r"/medicines/regimens/\d+/$"))


def due_in_ten_minutes():
    """Name a time that the card of the next thing speaks of."""
    return f"매일 {datetime.now(UTC) + timedelta(hours=9, minutes=10):%H:%M}에 1정"


@pytest.fixture
def somebody(server):
    name = f"p{uuid.uuid4().hex[:10]}"
    body = {
        "username": name,
        "email": f"{name}@example.com",
        "password": PASSWORD,
        "nickname": "미나",
        "health_data": True,
    }
    status, answer = server.ask("POST", "/auth/register/", body, **somewhere())
    assert status == 201, answer
    return name


@pytest.fixture
def viewer(phone, somebody, complaints):
    page = phone().new_page()
    watch(page, complaints)
    sign_in(page, somebody)
    return page


def invite(page, **said):
    page.goto(FAMILY)
    page.fill("#invite_label", "미나")
    page.check(f"#invite_may_{said.get('may', 1)}")
    page.click("#invite")
    return page.input_value("#share-link")


def accept(viewer, link):
    viewer.goto(link)
    viewer.click("#join")
    viewer.wait_for_url(re.compile(r"/medicines/family/\d+/$"))


def test_a_mark_of_the_family_is_on_the_owners_screen_and_the_end_counts_at_once(page, viewer, complaints):
    add(page)
    accept(viewer, invite(page))
    page.goto("/today/")
    page.locator(".timeline", has_text=PILL).wait_for()
    button = viewer.locator("button", has_text="먹었어요").last
    button.click()
    viewer.locator(".row-note", has_text="내가 표시함").wait_for()
    page.locator(".timeline .row-note", has_text="다른 사람이 적음").wait_for()  # no reload: the stream told it
    viewer.locator("button", has_text="되돌리기").first.click()
    page.locator(".timeline .row-note", has_text="다른 사람이 적음").wait_for(state="detached")
    page.goto(FAMILY)
    assert "미나 님이 오늘 혈압약을 먹었다고 표시했어요" in page.locator("#main").inner_text()
    page.locator("button", has_text="그만두기").first.click()
    page.locator(".toast, [role=status]", has_text="그만뒀어요").first.wait_for()
    assert viewer.reload().status == 404
    assert [one for one in complaints if "404" not in one] == []


def test_a_dose_taken_on_one_screen_changes_the_others(page, phone, username, complaints):
    add(page, sentence=due_in_ten_minutes())
    other = phone().new_page()
    watch(other, complaints)
    sign_in(other, username)
    other.locator("#next-taken").wait_for()
    page.goto("/today/")
    page.locator("#next-taken").click()
    other.locator("#next-taken").wait_for(state="detached")
    other.locator(".timeline .row-note", has_text="먹었어요").wait_for()
    other.get_by_role("meter", name="복약").wait_for()
    other.locator(".timeline button", has_text="되돌리기").click()
    page.locator("#next-taken").wait_for()
    assert complaints == []


def test_family_works_without_scripts(page, phone, somebody):
    add(page)
    plain = phone(java_script_enabled=False).new_page()
    plain.goto("/login/")
    plain.fill("[name=username]", somebody)
    plain.fill("[name=password]", PASSWORD)
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/today/")
    accept(plain, invite(page))
    plain.locator("button", has_text="먹었어요").last.click()
    assert "내가 표시함" in plain.locator("#main").inner_text()
    plain.locator("button", has_text="되돌리기").first.click()
    assert "내가 표시함" not in plain.locator("#main").inner_text()
    plain.click("#family-leave")
    plain.wait_for_url(f"**{FAMILY}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_whole_on_every_screen(page, viewer, scheme):
    add(page)
    add(page, "비타민 디 이천 단위 아주 긴 이름의 캡슐", due_in_ten_minutes())
    link = invite(page)
    accept(viewer, link)
    viewer.locator("button", has_text="먹었어요").last.click()
    viewer.locator(".row-note", has_text="내가 표시함").wait_for()
    share = re.search(r"/family/(\d+)/", viewer.url)[1]
    wrong = []
    for asked, path in (
        (page, FAMILY), (page, f"{FAMILY}{share}/settings/"), (page, "/today/"),
        (viewer, f"{FAMILY}{share}/"), (viewer, f"{FAMILY}join/?code=ABCD-EFGH"), (viewer, FAMILY),
    ):  # fmt: skip
        asked.emulate_media(color_scheme=scheme)
        asked.goto(path)
        for size in SIZES:
            asked.set_viewport_size(size)
            asked.wait_for_timeout(150)
            wrong += [(path, size["width"], one) for one in complaints_of(asked)]
            wrong += [(path, size["width"], one) for one in asked.evaluate(TOO_WIDE)]
            wrong += [(path, size["width"], one) for one in asked.evaluate(TOO_SMALL, PRIMARY)]
            if folder := os.environ.get("ONHARU_PICTURES"):
                name = re.sub(r"\W+", "-", path).strip("-")
                picture = Path(folder) / f"{name}-{size['width']}-{scheme}.png"
                asked.screenshot(path=str(picture), full_page=True)
    assert wrong == [], json.dumps(wrong, ensure_ascii=False, indent=1)
