"""The look in a real browser: accessible, never wider than the screen, large enough to press."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from onharu.design.tests.conftest import DESKTOP, PHONE, SMALL

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PAGES = ("/design/", "/design/day/", "/design/plain/", "/offline/")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

PRIMARY = (
    ".button, .icon-button, .chip, .segment, .nav-link, .choice, .toast-action, .toast-close, .moment-add, summary"
)
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
  .filter(one => one.checkVisibility())
  .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.9 || box.height < 43.9))
  .map(([words, box]) => `${words} ${box.width}x${box.height}`)"""
FADING = """() => {
  for (const one of document.querySelectorAll('.button')) getComputedStyle(one).backgroundColor;
  return document.getAnimations().map(one => one.transitionProperty).filter(one => /^(background|color)/.test(one));
}"""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll('body *')].filter(one =>
    !one.closest('.visually-hidden, .table-box, .patterns, .busy') && one.checkVisibility() &&
    one.getBoundingClientRect().right > wide + 1);
  return document.documentElement.scrollWidth > wide ? outside.map(one => one.className) : [];
}"""


def complaints_of(page: Page) -> list[str]:
    """What axe finds on the page as it is now."""
    results = Axe().run(page, options=RULES).response
    return [f"{found['id']}: {node['html'][:160]}" for found in results["violations"] for node in found["nodes"]]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page, complaints, path, scheme, size):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    page.goto(path)
    assert complaints_of(page) == []
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_open_sheet_with_a_toast(gallery, scheme):
    gallery.emulate_media(color_scheme=scheme)
    gallery.get_by_text("시트 열기").click()
    gallery.locator("dialog[open] .sheet-foot button").click()
    gallery.locator(".toast").wait_for()
    assert complaints_of(gallery) == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_ground_of_a_button_turns_with_the_words_on_it(page, motion):
    """A ground that faded after its words were dark already had too little contrast for as long as it took."""
    page.emulate_media(color_scheme="light", reduced_motion=motion)
    page.goto("/design/")
    page.mouse.move(1, 1)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FADING) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("text", ["100%", "200%"])
def test_nothing_is_wider_than_a_small_screen_even_with_text_of_twice_the_size(page, path, text):
    page.set_viewport_size(SMALL)
    page.goto(path)
    page.evaluate("size => document.documentElement.style.setProperty('font-size', size)", text)
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("size", [SMALL, PHONE, DESKTOP], ids=["small", "phone", "desktop"])
@pytest.mark.parametrize("path", PAGES)
def test_what_is_pressed_is_at_least_44_pixels(page, path, size):
    page.set_viewport_size(size)
    page.goto(path)
    assert page.evaluate(TOO_SMALL, PRIMARY) == []


def outline(page: Page) -> dict[str, str]:
    return page.evaluate(
        """async () => {
          await new Promise(requestAnimationFrame);
          const one = document.activeElement;
          const shown = one.closest('.chip, .segment, .photo-add') ?? one;
          const box = one.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return {
            tag: one.tagName,
            words: one.textContent.trim().slice(0, 20),
            style: getComputedStyle(shown).outlineStyle,
            width: getComputedStyle(shown).outlineWidth,
            top: String(top?.className ?? top),
            covered: String(!(top === one || one.contains(top) || top?.contains(one) || shown.contains(top))),
          };
        }"""
    )


@pytest.mark.parametrize("path", ["/design/", "/design/day/"])
def test_every_stop_of_the_keyboard_is_seen_and_not_covered(page, path):
    page.goto(path)
    stops = []
    for _ in range(70):
        page.keyboard.press("Tab")
        stop = outline(page)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 15
    assert [stop for stop in stops if stop["style"] == "none" or stop["width"] == "0px"] == []
    assert [stop for stop in stops if stop["covered"] == "true"] == []


def test_the_first_stop_skips_to_the_words(gallery):
    gallery.keyboard.press("Tab")
    assert gallery.evaluate("document.activeElement.className") == "skip"
    gallery.keyboard.press("Enter")
    assert gallery.evaluate("document.activeElement.id") == "main"


def test_the_page_has_one_heading_and_its_landmarks(gallery):
    assert gallery.locator("h1").count() == 1
    assert gallery.get_by_role("main").count() == 1
    assert gallery.get_by_role("navigation", name="주 메뉴").count() == 1
    assert gallery.locator("html").get_attribute("lang") == "ko"


def test_a_meter_is_one_thing_with_a_sentence(gallery):
    meter = gallery.get_by_role("meter", name="나트륨")
    assert meter.get_attribute("aria-valuetext").endswith("기준 초과")


def test_the_tab_bar_becomes_a_rail_on_a_wide_screen(gallery):
    bar = gallery.locator(".nav").bounding_box()
    gallery.set_viewport_size(DESKTOP)
    rail = gallery.locator(".nav").bounding_box()
    assert bar["width"] == PHONE["width"]
    assert rail["height"] == DESKTOP["height"]
    assert rail["width"] < 300
