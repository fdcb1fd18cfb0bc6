"""The small modules, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from onharu.design.tests import urls

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _nothing_was_pressed_yet():
    urls.presses.clear()
    urls.connections.clear()


@pytest.fixture
def forms(page: Page) -> Page:
    page.goto("/forms/", wait_until="load")
    return page


# toast.js


def test_a_toast_comes_from_a_header_and_can_be_undone(gallery):
    gallery.locator("#press").click()
    toast = gallery.locator("[data-toast]")
    expect(toast).to_contain_text("되돌리기")
    expect(gallery.locator("#toasts")).to_have_attribute("aria-live", "polite")
    with gallery.expect_request("**/design/press/"):
        toast.get_by_role("button", name="되돌리기").click()


def test_a_toast_stays_six_seconds_and_longer_while_it_has_the_focus(page):
    page.clock.install()
    page.goto("/design/", wait_until="load")
    page.locator("#press").click()
    toast = page.locator("[data-toast]")
    expect(toast).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(6000)
    expect(toast).to_be_visible()
    toast.get_by_role("button", name="닫기").focus()
    page.clock.run_for(20000)
    expect(toast).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(8000)
    expect(toast).to_have_count(0)


def test_escape_closes_a_toast_and_the_focus_is_not_lost(gallery):
    gallery.locator("#press").click()
    gallery.locator("[data-toast-close]").focus()
    gallery.keyboard.press("Escape")
    expect(gallery.locator("[data-toast]")).to_have_count(0)
    assert gallery.evaluate("document.activeElement.id") == "main"


def test_a_toast_arrives_once_though_what_was_pressed_was_replaced_meanwhile(forms):
    with forms.expect_response("**/told/"):
        forms.locator("#late").click()
        forms.evaluate("document.getElementById('replaced').replaceChildren()")
    expect(forms.locator("[data-toast]")).to_have_count(1)
    with forms.expect_request("**/design/press/"):
        forms.get_by_role("button", name="되돌리기").click()


# sheet.js


def test_a_sheet_traps_the_focus_and_gives_it_back(gallery):
    opener = gallery.get_by_role("button", name="기록 시트")
    opener.click()
    sheet = gallery.locator("#record-sheet")
    expect(sheet).to_be_visible()
    for _ in range(12):
        gallery.keyboard.press("Tab")
        assert gallery.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    gallery.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_back_button_closes_a_sheet_and_stays_on_the_page(gallery):
    gallery.get_by_role("button", name="기록 시트").click()
    expect(gallery.locator("#record-sheet")).to_be_visible()
    gallery.evaluate("history.back()")
    expect(gallery.locator("#record-sheet")).to_be_hidden()
    assert gallery.url.endswith("/design/")


def test_a_closed_sheet_leaves_no_step_in_the_history(gallery):
    gallery.goto("/design/day/")
    gallery.goto("/design/")
    gallery.get_by_role("button", name="기록 시트").click()
    gallery.locator("#record-sheet [data-sheet-close]").click()
    expect(gallery.locator("#record-sheet")).to_be_hidden()
    gallery.wait_for_function("!history.state?.onharuSheet")
    gallery.go_back()
    assert gallery.url.endswith("/design/day/")


def test_a_fragment_opens_by_itself_and_goes_when_closed(gallery):
    gallery.get_by_role("link", name="시트 열기").click()
    sheet = gallery.locator("#sheet")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="2개 기록하기").click()
    expect(sheet.locator("[data-toast]")).to_be_visible()
    gallery.evaluate("document.dispatchEvent(new CustomEvent('onharu:close-sheet'))")
    expect(sheet).to_have_count(0)
    expect(gallery.locator("body > #toasts [data-toast]")).to_be_visible()


def test_a_tap_outside_closes_a_sheet(gallery):
    gallery.get_by_role("button", name="기록 시트").click()
    gallery.mouse.click(200, 20)
    expect(gallery.locator("#record-sheet")).to_be_hidden()


# ime.js


def test_a_search_waits_for_a_pause_and_asks_each_text_once(forms):
    forms.evaluate(
        """() => {
          const search = document.querySelector('#search');
          for (let length = 1; length <= 6; length += 1) {
            search.value = 'kimchi'.slice(0, length);
            search.dispatchEvent(new InputEvent('input', {bubbles: true}));
          }
        }"""
    )
    expect(forms.locator("#results a")).to_have_count(2)
    forms.locator("#search").press("Shift")
    forms.wait_for_timeout(300)
    assert urls.presses == ["kimchi"]


def test_half_typed_syllables_are_searched_while_they_are_composed(forms):
    forms.locator("#search").focus()
    typing = forms.context.new_cdp_session(forms)
    for text in ("ㄱ", "기", "김"):
        typing.send("Input.imeSetComposition", {"text": text, "selectionStart": 1, "selectionEnd": 1})
        forms.wait_for_timeout(250)
    typing.send("Input.insertText", {"text": "김"})
    forms.wait_for_timeout(300)
    assert urls.presses == ["ㄱ", "기", "김"]


def test_enter_that_ends_a_composition_sends_nothing(forms):
    forms.locator("#search").focus()
    forms.evaluate(
        """() => document.querySelector('#search').dispatchEvent(
             new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    forms.wait_for_timeout(200)
    assert urls.presses == []


def test_enter_twice_asks_once(forms):
    forms.locator("#search").fill("밥")
    forms.keyboard.press("Enter")
    forms.keyboard.press("Enter")
    forms.wait_for_timeout(400)
    assert urls.presses == ["밥"]


def test_the_arrows_walk_through_the_results_and_back(forms):
    forms.locator("#search").fill("밥")
    expect(forms.locator("#results a")).to_have_count(2)
    forms.locator("#search").press("ArrowDown")
    expect(forms.locator("#results a").first).to_be_focused()
    forms.keyboard.press("ArrowDown")
    expect(forms.locator("#results a").last).to_be_focused()
    forms.keyboard.press("ArrowUp")
    forms.keyboard.press("ArrowUp")
    expect(forms.locator("#search")).to_be_focused()


# progress.js


def test_a_form_that_is_on_its_way_is_not_sent_twice(forms):
    forms.evaluate("() => { const b = document.querySelector('#plain button'); b.click(); b.click(); b.click(); }")
    forms.wait_for_timeout(1200)
    assert urls.presses == ["POST"]


def test_a_form_of_htmx_is_not_sent_twice_either(forms):
    forms.evaluate("() => { const b = document.querySelector('#swapped button'); b.click(); b.click(); }")
    expect(forms.locator("#answer")).to_have_text("slow")
    assert urls.presses == ["POST"]


def test_waiting_over_300_ms_is_shown_and_said(forms):
    button = forms.locator("#swapped button")
    button.click()
    expect(forms.locator("#busy")).to_be_visible()
    expect(button).to_have_attribute("aria-busy", "true")
    expect(forms.locator("#busy-words")).to_have_text("처리하고 있어요")
    expect(forms.locator("#busy")).to_be_hidden()
    expect(button).not_to_have_attribute("aria-busy", "true")


def test_a_refusal_is_told_in_the_servers_words(forms):
    forms.locator("#refused").click()
    expect(forms.locator("[data-toast]")).to_contain_text("이미 지운 기록이에요.")


# theme.js


def test_a_chosen_theme_is_remembered_and_the_next_page_comes_in_it(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/design/")
    page.get_by_role("button", name="어둡게").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    contents = page.locator('meta[name="theme-color"]').evaluate_all("metas => metas.map(meta => meta.content)")
    assert contents == ["#161412", "#161412"]
    page.goto("/design/day/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("button", name="어둡게")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="기기 설정대로").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") is None


# live.js


def test_a_day_event_reaches_the_fragment_of_that_day(page):
    page.goto("/live/?stream=/events/")
    expect(page.locator("#fragment")).to_contain_text("첫째")
    assert page.locator("html").get_attribute("data-live-state") in {"live", "waiting"}


def test_a_reconnect_says_where_it_left_off(page):
    page.goto("/live/?stream=/events/")
    page.wait_for_timeout(600)
    assert len(urls.connections) > 1
    assert urls.connections[0] == ""
    assert all(urls.connections[1:])


def test_a_refused_stream_is_tried_again(page):
    page.goto("/live/?stream=/broken-events/")
    page.wait_for_timeout(2500)
    assert len(urls.connections) >= 2
    expect(page.locator("html")).to_have_attribute("data-live-state", "waiting")


# offline.js and the service worker


def test_being_offline_is_said_and_being_back_too(gallery, context):
    context.set_offline(True)
    expect(gallery.locator("#offline-banner")).to_contain_text("오프라인이에요")
    context.set_offline(False)
    expect(gallery.locator("#offline-banner")).to_contain_text("다시 연결되었어요")


def installed(page: Page) -> None:
    """Wait until the worker is in charge of the page."""
    page.goto("/design/")
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def kept(page: Page) -> list[str]:
    """The paths of everything that the caches hold."""
    return page.evaluate(
        """async () => {
          const names = await caches.keys();
          const requests = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
          return requests.flat().map(one => new URL(one.url).pathname);
        }"""
    )


def test_without_a_connection_the_worker_shows_the_offline_page(page, context):
    installed(page)
    context.set_offline(True)
    page.goto("/design/day/")
    expect(page.get_by_role("heading", level=1)).to_have_text("지금은 연결되지 않았어요")
    context.set_offline(False)
    page.get_by_role("link", name="다시 시도").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("11월 22일")


def test_the_worker_keeps_the_shell_and_no_page_that_was_visited(page):
    installed(page)
    page.goto("/design/day/")
    page.goto("/forms/")
    paths = kept(page)
    assert "/offline/" in paths
    assert [path for path in paths if not path.startswith("/static/") and path != "/offline/"] == []


def test_signing_out_empties_what_the_device_kept(page):
    installed(page)
    page.evaluate("caches.open('onharu-something-else').then(cache => cache.put('/private/', new Response('x')))")
    page.goto("/forms/")
    page.locator("#out").click()
    page.wait_for_timeout(500)
    assert "/private/" not in kept(page)
