"""A photograph by thumb: few taps, honest words, one meal however hurried, and nothing out of reach."""

import re

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PHONE, drawn, sign_in, watch
from tests.journeys.steps import confirm, pick, send_photograph, sum_of

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
COUNT_TAPS = """addEventListener('click', event => {
  if (event.isTrusted && event.detail > 0) window.taps = (window.taps ?? 0) + 1;
}, true)"""
MOST_TAPS = 4
NOTE_SIZE = """() => addEventListener('htmx:beforeSend', event => {
  window.sent = event.detail.requestConfig.formData.get('photo').size;
})"""


@pytest.fixture
def sheet(page):
    """The photo sheet over the diary."""
    page.goto("/meals/?add=photo")
    page.wait_for_selector("#photo-form")
    return page


def test_one_dish_takes_three_taps_and_a_confirmation(page, photograph, complaints):
    page.goto("/meals/")
    page.evaluate(COUNT_TAPS)
    page.locator("#slot-photo").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#photo-input").click()
    chooser.value.set_files(str(photograph))
    page.wait_for_selector("#suggested-form")
    if page.locator(".pick .chip").count():
        page.locator(".pick .chip").first.click()
    else:
        pick(page)
    confirm(page)
    assert page.evaluate("window.taps") <= MOST_TAPS
    page.locator("#diary .row-title").wait_for()
    assert complaints == []


def test_a_photograph_is_picked_changed_confirmed_and_taken_back(sheet, photograph, complaints):
    send_photograph(sheet, photograph)
    food = pick(sheet, "김치찌개")
    assert food == "김치찌개"
    row = sheet.locator(".pick").first
    assert not row.locator("details").get_attribute("open")
    row.locator("[data-step='-1']").click()
    assert row.locator("[data-quantity]").input_value() == "0.5"
    row.locator("[data-quantity]").fill("1,5")
    energy = sum_of(sheet)
    row.locator("[data-unit]").select_option("g")
    assert sum_of(sheet) != energy
    row.locator("[data-quantity]").fill("250")
    assert "250 g" in row.locator("output").inner_text()
    wanted = sum_of(sheet)
    confirm(sheet)
    meal = sheet.locator("#diary .slot", has_text="김치찌개")
    meal.wait_for()
    assert "250" in meal.inner_text() and wanted in meal.inner_text()
    assert sheet.locator("#diary .thumb img").count() == 1
    assert "1개를 담았어요" in sheet.locator(".toast").inner_text()
    sheet.locator(".toast-action").click()
    sheet.locator("#diary", has_not_text="김치찌개").wait_for()
    assert complaints == []


def test_a_hurried_double_press_writes_one_meal(sheet, photograph):
    send_photograph(sheet, photograph)
    pick(sheet, "김치찌개")
    sheet.locator("#suggested-go").dblclick()
    sheet.locator("dialog[open]").wait_for(state="detached")
    sheet.wait_for_function(
        "() => !history.state?.onharuSheet"
    )  # the sheet's own step back would cut the next one short
    sheet.goto("/meals/")
    assert sheet.locator("#diary .row-title", has_text="김치찌개").count() == 1


def test_dishes_are_added_and_left_out_and_the_sum_follows(sheet, photograph):
    send_photograph(sheet, photograph)
    pick(sheet, "김치찌개")
    alone = sum_of(sheet)
    sheet.locator("#one-more").click()
    sheet.locator(".pick").nth(1).wait_for()
    sheet.wait_for_function("() => document.activeElement.type === 'search'")
    pick(sheet, "쌀밥", row=1)
    assert sheet.locator("#suggested-go").inner_text().strip() == "2개 담기"
    both = sum_of(sheet)
    sheet.locator(".pick").nth(1).locator("[data-remove]").check()
    assert (sum_of(sheet), both != alone) == (alone, True)
    assert sheet.locator("#suggested-go").inner_text().strip() == "1개 담기"
    confirm(sheet)
    sheet.locator("#diary .row-title").first.wait_for()
    assert sheet.locator("#diary .row-title").all_inner_texts() == ["김치찌개"]


def test_a_row_that_is_not_ready_says_so_and_has_the_focus(sheet, photograph):
    send_photograph(sheet, photograph)
    sheet.locator("#one-more").click()
    sheet.locator(".pick").nth(1).wait_for()
    pick(sheet, "김치찌개")
    sheet.locator("#suggested-go").click()
    problem = sheet.locator(".pick").nth(1).locator(".field-error")
    problem.wait_for()
    assert "음식을 골라 주세요" in problem.inner_text()
    assert problem.evaluate("one => one === document.activeElement")
    assert sheet.locator(".pick").first.locator("[data-title]").inner_text() == "김치찌개"


def test_a_large_photograph_leaves_the_phone_small(sheet, tmp_path):
    large = tmp_path / "large.jpg"
    large.write_bytes(drawn(3000, noise=True))
    assert large.stat().st_size > 4_000_000
    sheet.evaluate(NOTE_SIZE)
    send_photograph(sheet, large)
    assert 0 < sheet.evaluate("() => window.sent") < large.stat().st_size / 3


def test_six_photographs_are_sent_and_the_seventh_is_named(sheet, tmp_path):
    files = []
    for at in range(7):
        file = tmp_path / f"{at}.jpg"
        file.write_bytes(drawn(320 + at * 8))
        files.append(file)
    sheet.route("**/meals/photo/", lambda route: route.abort())
    sheet.set_input_files("#photo-input", [str(file) for file in files])
    sheet.locator("#photo-problem .field-error").wait_for()
    sheet.unroute("**/meals/photo/")
    send_photograph(sheet, *files[:6])
    assert sheet.locator(".pick").count() == 6


@pytest.mark.parametrize(
    ("name", "content", "words"), [("a.pdf", b"%PDF", "사진 파일이 아니에요"), ("b.jpg", b"text", "올릴 수 있어요")]
)
def test_what_is_no_photograph_is_said_beside_the_input(sheet, tmp_path, name, content, words):
    file = tmp_path / name
    file.write_bytes(content)
    sheet.set_input_files("#photo-input", str(file))
    problem = sheet.locator("#photo-problem .field-error")
    problem.wait_for()
    assert words in problem.inner_text()
    sheet.locator("#photo-input").wait_for()


def test_without_a_connection_the_words_stand_beside_the_input_and_the_next_try_goes(sheet, photograph):
    sheet.context.set_offline(True)
    sheet.set_input_files("#photo-input", str(photograph))
    sheet.locator("#photo-problem", has_text="인터넷에 연결되지 않았어요").wait_for()
    sheet.context.set_offline(False)
    send_photograph(sheet, photograph)
    assert sheet.locator(".pick").count() == 1


def test_sending_shows_progress_and_can_be_stopped(sheet, photograph):
    held = []
    sheet.route("**/meals/photo/", lambda route: held.append(route))  # noqa: PLW0108 Playwright marks its handlers
    sheet.set_input_files("#photo-input", str(photograph))
    sheet.locator("[data-upload-words]", has_text="사진을").wait_for()
    assert sheet.locator("[data-previews] img").count() == 1
    sheet.locator("[data-upload-cancel]").click()
    assert sheet.locator("#photo-input").is_visible()
    assert not sheet.locator("[data-upload]").is_visible()
    for route in held:
        route.abort()


def test_a_photograph_picked_before_the_module_came_is_taken_all_the_same(page, photograph):
    held = []
    page.route("**/meals/photo*.js", lambda route: held.append(route))  # noqa: PLW0108 Playwright marks its handlers
    page.goto("/meals/?add=photo", wait_until="commit")
    page.wait_for_selector("#photo-form", state="attached")
    page.set_input_files("#photo-input", str(photograph))
    page.wait_for_timeout(200)
    for route in held:
        route.continue_()
    page.wait_for_selector("#suggested-form")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way(sheet, photograph, scheme):
    sheet.emulate_media(color_scheme=scheme)
    assert complaints_of(sheet) == []
    send_photograph(sheet, photograph)
    assert complaints_of(sheet) == []
    pick(sheet, "김치찌개")
    sheet.locator("#one-more").click()
    sheet.locator(".pick").nth(1).wait_for()
    assert complaints_of(sheet) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_too_wide_or_too_small_to_press(sheet, photograph, width):
    sheet.set_viewport_size({"width": width, "height": 800})
    assert sheet.evaluate(TOO_SMALL, PRIMARY) == []
    send_photograph(sheet, photograph)
    pick(sheet, "김치찌개")
    assert sheet.evaluate(TOO_WIDE) == []
    assert sheet.evaluate(TOO_SMALL, PRIMARY) == []


def test_without_scripts_a_photograph_goes_the_plain_way(phone, username, photograph, complaints):
    page = phone(java_script_enabled=False, viewport=PHONE).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/meals/photo/")
    page.set_input_files("#photo-input", str(photograph))
    page.get_by_role("button", name="사진 보내기").click()
    page.wait_for_url(re.compile("/meals/photo/[0-9a-f-]{36}/"))
    row = page.locator(".pick").first
    row.locator("input[type=search]").fill("김치찌개")
    row.get_by_role("button", name="찾기").click()
    page.locator(".pick .chip", has_text="김치찌개").first.click()
    page.locator("#suggested-go").click()
    page.wait_for_url("**/meals/?date=**")
    assert "김치찌개" in page.locator("#diary").inner_text()
