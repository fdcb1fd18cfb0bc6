"""A recipe written down once is found by name from then on."""

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.steps import pick

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_recipe_is_written_found_deleted_and_brought_back(page, complaints):
    page.goto("/meals/foods/recipes/new/")
    page.fill("#id_name", "할머니 감자국")
    pick(page, "감자")
    page.locator("#one-more").click()
    page.locator(".pick").nth(1).wait_for()
    pick(page, "된장", row=1)
    assert complaints_of(page) == []
    page.locator("#suggested-go").click()
    page.wait_for_url("**/meals/foods/")
    assert "할머니 감자국" in page.locator("#own-foods").inner_text()
    page.goto("/meals/?add=text")
    page.fill("#text-said", "할머니 감자국 1인분")
    page.keyboard.press("Enter")
    page.locator("[data-title]", has_text="할머니 감자국").wait_for()
    page.goto("/meals/foods/")
    page.get_by_role("button", name="할머니 감자국 지우기").click()
    page.locator("#own-foods", has_text="아직 내 음식이 없어요").wait_for()
    page.locator(".toast-action").click()
    page.locator("#own-foods li", has_text="할머니 감자국").wait_for()
    assert complaints == []


@pytest.mark.parametrize("path", ["/meals/foods/", "/meals/foods/new/", "/meals/foods/recipes/new/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_fit(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    assert complaints_of(page) == []
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(TOO_SMALL, PRIMARY) == []
