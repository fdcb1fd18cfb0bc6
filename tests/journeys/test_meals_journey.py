"""Writing meals down by thumb, by keyboard, without scripts and on two screens; each budget is counted."""

import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PASSWORD, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(180)]
DESKTOP = {"width": 1280, "height": 900}
SEOUL = timedelta(hours=9)
COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
  return !(document.activeElement.contains(hit) || hit?.contains(document.activeElement));
}"""


class Taps:
    """A thumb that counts."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, selector, **more):
        self.count += 1
        self.page.locator(selector).filter(**more).first.click()


@pytest.fixture
def tap(page):
    return Taps(page)


@pytest.fixture
def eaten(server, username):
    """Write meals of earlier days down over the API."""
    _, answer = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})
    signed = {"Authorization": f"Bearer {answer['access']}"}

    def eat(slot, *names, back=1):
        day = ((datetime.now(UTC) + SEOUL) - timedelta(days=back)).date()
        keys = [server.ask("GET", f"/api/foods/?q={quote(name)}", **signed)[1]["results"][0]["id"] for name in names]
        body = {"log_date": day.isoformat(), "meal_type": slot, "items": [{"food": key} for key in keys]}
        status, answer = server.ask("POST", "/api/meals/", body, **signed)
        assert status == 201, answer

    return eat


def rows(page, inside="#diary"):
    return page.locator(f"{inside} [data-row] .row-title").all_inner_texts()


def wait_for_rows(page, count, inside="#diary"):
    page.wait_for_function(
        "([inside, count]) => document.querySelectorAll(`${inside} [data-row]`).length === count", arg=[inside, count]
    )


def test_yesterdays_lunch_takes_two_taps(page, tap, eaten, complaints):
    eaten("LUNCH", "쌀밥", "김치찌개")
    page.goto("/today/")
    tap(".nav-link[href='/meals/']")
    tap("#copy-LUNCH")
    wait_for_rows(page, 2)
    assert tap.count == 2
    assert rows(page) == ["쌀밥", "김치찌개"]
    assert complaints == []


def test_a_recent_food_takes_two_taps_from_the_first_page(page, tap, eaten, complaints):
    for slot in ("BREAKFAST", "LUNCH", "DINNER", "SNACK"):
        eaten(slot, "쌀밥", back=3)
    page.goto("/today/")
    tap("#next-find")
    tap("#found-list .row-press", has_text="쌀밥")
    wait_for_rows(page, 1, "#day-timeline")
    assert tap.count == 2
    assert complaints == []


def test_a_home_meal_of_three_foods_takes_six_taps_with_its_amounts(page, tap, eaten, complaints):
    eaten("DINNER", "쌀밥", "김치찌개", "배추김치", back=3)
    page.goto("/meals/")
    tap("#add-DINNER")
    tap("#found-list .row-press", has_text="쌀밥")
    page.locator("#add-tray").get_by_text("쌀밥").wait_for()
    tap("#add-tray [id^=tray-down]")
    page.locator("#add-tray .stepper-said", has_text="½").wait_for()
    tap("#found-list .row-press", has_text="김치찌개")
    tap("#found-list .row-press", has_text="배추김치")
    page.locator("#add-tray").get_by_text("앞서 담은 2개").wait_for()
    tap("#tray-done")
    wait_for_rows(page, 3)
    assert tap.count <= 6
    page.wait_for_timeout(400)
    assert page.locator("#busy").is_hidden(), "nothing is on its way any more"
    assert "½공기" in page.locator("#diary").inner_text()
    assert complaints == []


def test_a_hurried_double_press_writes_one_food_and_two_quick_foods_write_both(page, eaten, complaints):
    eaten("LUNCH", "쌀밥", "김치찌개", back=3)
    page.goto("/meals/")
    page.click("#add-LUNCH")
    page.locator("#found-list .row-press", has_text="쌀밥").dblclick()
    page.locator("#found-list .row-press", has_text="김치찌개").click()
    page.locator("#add-tray").get_by_text("앞서 담은 1개").wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")
    wait_for_rows(page, 2)
    assert sorted(rows(page)) == ["김치찌개", "쌀밥"]
    assert complaints == []


def tab_to(page, selector, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def test_the_keyboard_alone_searches_writes_corrects_deletes_and_takes_back(page, complaints):
    page.goto("/meals/")
    tab_to(page, "#add-LUNCH")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] #add-q")
    tab_to(page, "#add-q")
    page.keyboard.type("김치찌게")
    page.get_by_text("‘김치찌게’ → 김치찌개로 찾았어요").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#add-tray").get_by_text("김치찌개").wait_for()
    assert page.evaluate("document.activeElement.id.startsWith('pick-')"), "the focus stays where the press was"
    page.keyboard.press("Escape")
    wait_for_rows(page, 1)
    page.wait_for_function("() => document.activeElement.id === 'add-LUNCH'")
    tab_to(page, "#diary .row-press")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open] #item-edit")
    tab_to(page, "#item-up")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#item-quantity').value === '1.5'")
    assert page.evaluate("document.activeElement.id") == "item-up"
    tab_to(page, "#item-delete")
    page.keyboard.press("Enter")
    wait_for_rows(page, 0)
    tab_to(page, "[data-toast-undo]", most=120)
    page.keyboard.press("Enter")
    wait_for_rows(page, 1)
    assert complaints == []


def test_the_tray_covers_nothing_that_has_the_focus(page, eaten):
    eaten("LUNCH", "쌀밥", "김치찌개", "배추김치", "된장찌개", "비빔밥", "불고기", back=3)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/meals/")
    page.click("#add-LUNCH")
    for _ in range(2):
        page.locator("#found-list .row-press").nth(1).click()
        page.wait_for_timeout(250)
    page.locator("#add-q").focus()
    seen = []
    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        assert not page.evaluate(COVERED), seen[-1]
    assert any(one.startswith("pick-") for one in seen)
    assert any(one.startswith("tray-") for one in seen)


def open_elsewhere(phone, username, complaints):
    other = phone(viewport=DESKTOP).new_page()
    watch(other, complaints)
    sign_in(other, username)
    other.wait_for_selector("html[data-live-state=live]")
    other.wait_for_selector("#day-water #water-more")
    other.wait_for_timeout(400)
    other.evaluate("window.neverReloaded = true")
    return other


def test_another_screen_follows_within_a_second_and_loses_neither_focus_nor_place(
    page, phone, username, eaten, complaints
):
    eaten("LUNCH", "쌀밥", back=3)
    other = open_elsewhere(phone, username, complaints)
    other.click("#day-nutrients summary")
    other.focus("#water-more")
    other.evaluate("window.scrollTo(0, 180)")
    place = other.evaluate("scrollY")
    page.goto("/meals/")
    page.click("#add-LUNCH")
    pressed = time.monotonic()
    page.locator("#found-list .row-press", has_text="쌀밥").click()
    other.wait_for_function("() => document.querySelector('#day-timeline').textContent.includes('쌀밥')", timeout=1000)
    other.wait_for_function("() => document.querySelector('#day-now .meter-value').textContent !== '0'", timeout=1000)
    assert time.monotonic() - pressed < 1
    assert other.evaluate("document.activeElement.id") == "water-more"
    assert other.evaluate("document.querySelector('#day-nutrients').open")
    assert other.evaluate("scrollY") == place
    assert other.locator("#day-timeline .arrived").count() == 1
    assert other.evaluate("window.neverReloaded")
    assert complaints == []


def test_water_follows_on_the_other_screen_and_is_said_as_an_amount(page, phone, username, complaints):
    other = open_elsewhere(phone, username, complaints)
    page.goto("/today/")
    page.click("#water-more")
    other.wait_for_function("() => document.querySelector('#water-set').textContent.includes('200')", timeout=1000)
    page.wait_for_function("() => document.querySelector('#water-more').value === '400'")
    page.click("#water-more")
    other.wait_for_function("() => document.querySelector('#water-set').textContent.includes('400')", timeout=1000)
    page.get_by_role("button", name="되돌리기").last.click()
    other.wait_for_function("() => document.querySelector('#water-set').textContent.includes('200')", timeout=1000)
    assert complaints == []


def test_a_food_is_moved_and_swapped_in_its_sheet(page, eaten, complaints):
    eaten("LUNCH", "쌀밥", back=0)
    page.goto("/meals/")
    page.locator("#diary .row-press").click()
    page.click("#item-swap summary")
    page.fill("#swap-q", "된장찌개")
    page.locator("#swap-found .row-press", has_text="된장찌개").first.click()
    page.wait_for_function("() => document.querySelector('#diary').textContent.includes('된장찌개')")
    page.locator("dialog[open]").wait_for(state="detached")
    page.locator("#diary .row-press").click()
    page.click("#item-move summary")
    page.get_by_role("radio", name="저녁").check()
    page.click("#item-move-go")
    page.locator("section:has(#slot-DINNER) .row-title", has_text="된장찌개").wait_for()
    assert complaints == []


PLACES = {
    "today": ("/today/", ""), "meals": ("/meals/", ""), "adding": ("/meals/", "#add-LUNCH"),
    "correcting": ("/meals/", "#diary .row-press"), "water": ("/meals/?add=water", ""), "page": ("/meals/add/", ""),
}  # fmt: skip


def at(page, place):
    path, press = PLACES[place]
    page.goto(path)
    if press:
        page.locator(press).first.click()
        page.wait_for_selector("dialog[open]")
        for summary in page.locator("dialog[open] summary").all():
            summary.click()
    if path == "/today/":
        page.wait_for_selector("#day-water #water-more")
    page.wait_for_timeout(200)


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_days_full_and_empty(page, eaten, scheme, size, complaints):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for place in ("today", "meals", "adding", "water"):
        at(page, place)
        assert complaints_of(page) == [], f"empty {place}"
    eaten("LUNCH", "쌀밥", "김치찌개", "배추김치", back=0)
    eaten("DINNER", "비빔밥", back=1)
    for place in PLACES:
        at(page, place)
        assert complaints_of(page) == [], f"full {place}"
    assert complaints == []


def test_nothing_is_too_wide_or_too_small_to_press_on_a_small_phone(page, eaten):
    eaten("LUNCH", "쌀밥", "김치찌개", "배추김치", back=0)
    eaten("DINNER", "비빔밥", back=1)
    page.set_viewport_size({"width": 320, "height": 640})
    for place in PLACES:
        at(page, place)
        assert page.evaluate(TOO_WIDE) == [], place
        assert page.evaluate(TOO_SMALL, PRIMARY) == [], place


def test_without_scripts_a_meal_is_searched_written_corrected_and_deleted(phone, username, complaints):
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.get_by_role("link", name=re.compile("식사 모두 보기")).click()
    page.click("#add-LUNCH")
    page.fill("#add-q", "김치찌개")
    page.keyboard.press("Enter")
    page.locator("#found-list .row-press").first.click()
    page.locator("#add-tray [id^=tray-up]").click()
    assert "1½" in page.locator("#add-tray .stepper-said").inner_text()
    page.click("#tray-done")
    page.locator("#diary .row-press", has_text="김치찌개").click()
    page.fill("#item-quantity", "2")
    page.click("#item-save")
    assert "2인분" in page.locator("#diary .row-note").inner_text()
    page.locator("#diary .row-press").click()
    page.click("#item-delete")
    assert "김치찌개를 지웠어요." in page.locator("#toasts").inner_text()
    assert page.locator("#diary [data-row]").count() == 0
    page.click("#water-more")
    assert "200" in page.locator("#water-set").inner_text()
    assert complaints == []
