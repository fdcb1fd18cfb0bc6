"""A sentence by thumb and by keyboard alone."""

import pytest

from onharu.design.tests.test_gallery_browser import complaints_of
from tests.journeys.steps import confirm, sum_of

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
SENTENCE = "김치찌개 한 그릇이랑 밥 반 공기, 계란 2개"
FOCUSED = "() => document.activeElement.id"


@pytest.fixture
def sheet(page):
    """The text sheet over the diary."""
    page.goto("/meals/?add=text")
    page.wait_for_selector("#text-form")
    return page


def tab_to(page, wanted, most=60):
    """Press Tab until something has the focus; it must be reachable."""
    for _ in range(most):
        if page.evaluate(wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} was not reached with {most} tabs")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sentence_becomes_a_meal(sheet, complaints, scheme):
    sheet.emulate_media(color_scheme=scheme)
    assert complaints_of(sheet) == []
    sheet.fill("#text-said", SENTENCE)
    sheet.locator("#text-go").click()
    sheet.wait_for_selector("#suggested-form")
    assert sheet.locator("[data-title]").all_inner_texts()[0] == "김치찌개"
    assert sheet.locator("[data-quantity]").evaluate_all("all => all.map(one => one.value)") == ["1", "0.5", "2"]
    assert complaints_of(sheet) == []
    energy = sum_of(sheet)
    confirm(sheet)
    sheet.locator("#diary", has_text=energy).wait_for()
    assert complaints == []


def test_the_keyboard_alone_writes_a_meal_down_and_takes_it_back(sheet, complaints):
    sheet.wait_for_function("() => document.activeElement.id === 'text-said'")
    sheet.keyboard.type("김치찌개 한 그릇, 뿡빵뿡 두 개")
    sheet.keyboard.press("Enter")
    sheet.wait_for_selector("#suggested-form")
    sheet.wait_for_function("() => document.activeElement.closest('#suggested-form') !== null")
    tab_to(sheet, "() => document.activeElement.id === 'quantity-0'")
    sheet.keyboard.press("Control+a")
    sheet.keyboard.type("2")
    tab_to(sheet, "() => document.activeElement.id === 'q-1'")
    sheet.keyboard.type("쌀밥")
    sheet.locator(".pick").nth(1).locator(".chip").first.wait_for()
    tab_to(sheet, "() => document.activeElement.name === 'food-1'")
    sheet.keyboard.press("Space")
    assert sheet.locator(".pick").nth(1).locator("[data-title]").inner_text() == "쌀밥"
    assert sheet.evaluate("() => document.activeElement.name") == "food-1"
    tab_to(sheet, "() => document.activeElement.id === 'suggested-go'")
    sheet.keyboard.press("Enter")
    sheet.locator("dialog[open]").wait_for(state="detached")
    sheet.locator("#diary .row-title").first.wait_for()
    assert sheet.locator("#diary .row-title").all_inner_texts() == ["김치찌개", "쌀밥"]
    tab_to(sheet, "() => document.activeElement.matches('.toast-action')")
    sheet.keyboard.press("Enter")
    sheet.locator("#diary", has_not_text="김치찌개").wait_for()
    assert complaints == []


def test_enter_in_an_amount_writes_down_and_enter_in_a_search_does_not(sheet):
    sheet.fill("#text-said", "김치찌개 한 그릇")
    sheet.keyboard.press("Enter")
    sheet.wait_for_selector("#suggested-form")
    sheet.locator(".pick summary").click()
    sheet.fill("#q-0", "된장찌개")
    sheet.keyboard.press("Enter")
    sheet.locator(".pick .chip", has_text="된장찌개").first.wait_for()
    assert sheet.locator("#suggested-form").is_visible()
    sheet.fill("#quantity-0", "3")
    sheet.keyboard.press("Enter")
    sheet.locator("dialog[open]").wait_for(state="detached")
    sheet.locator("#diary .slot", has_text="3그릇").wait_for()
