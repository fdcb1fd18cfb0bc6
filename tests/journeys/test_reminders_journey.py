"""A phone that is reminded: the page, the permission, what the service worker shows and what is pressed on it."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.journey
PAGE = "/medicines/reminders/"
PUSHED = {
    "title": "복용 시간이에요 · 2개", "body": "", "lang": "ko", "tag": "t1", "open": "/medicines/doses/", "unsent": "보내지 못했어요.",
    "actions": [{"action": "taken", "title": "먹었어요"}], "answer": {"url": "/api/reminders/answer/", "token": "no-such-token"},
}  # fmt: skip
SHOWN = "navigator.serviceWorker.ready.then(one => one.getNotifications()).then(all => all.map(n => [n.title, n.body, n.tag]))"


def push(page, said):
    """Have the browser hand a message to its service worker, as its maker's server would."""
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    session = page.context.new_cdp_session(page)
    found = {}
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.update(ids=said["registrations"]))
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    registration = found["ids"][0]["registrationId"]
    origin = page.evaluate("location.origin")
    session.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registration, "data": json.dumps(said)}
    )
    page.wait_for_timeout(500)


def test_the_page_is_clean_in_every_light_and_width(page, complaints, tmp_path):
    for width in (320, 390, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(PAGE)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
            page.screenshot(path=Path(tmp_path) / f"reminders-{width}-{scheme}.png", full_page=True)
    assert complaints == []


def test_the_rule_is_saved_without_a_script(phone, username):
    from tests.journeys.conftest import sign_in

    page = phone(java_script_enabled=False).new_page()
    sign_in(page, username)
    page.goto(PAGE)
    page.select_option("[name=repeat_minutes]", "30")
    page.fill("[name=quiet_from]", "23:00")
    page.fill("[name=quiet_to]", "07:00")
    page.click("#rule-save")
    page.goto(PAGE)
    assert page.input_value("[name=repeat_minutes]") == "30"
    assert page.input_value("[name=quiet_to]") == "07:00"


def test_a_browser_that_blocks_is_told_how_to_unblock(page):
    page.goto(PAGE)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    assert page.locator("#this-device").get_attribute("data-state") in {"off", "denied"}


def test_the_worker_shows_what_it_is_told_and_one_message_takes_the_place_of_another(page, complaints):
    page.context.grant_permissions(["notifications"])
    page.goto(PAGE)
    push(page, PUSHED)
    assert page.evaluate(SHOWN) == [[PUSHED["title"], "", "t1"]]
    push(page, {**PUSHED, "title": "복용 시간이에요 · 3개"})
    assert page.evaluate(SHOWN) == [["복용 시간이에요 · 3개", "", "t1"]]


def test_what_was_pressed_and_could_not_be_sent_comes_back(page):
    page.context.grant_permissions(["notifications"])
    page.goto(PAGE)
    push(page, PUSHED)
    (worker,) = page.context.service_workers
    worker.evaluate(
        """async () => {
          const [shown] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", {notification: shown, action: "taken"}));
        }"""
    )
    page.wait_for_timeout(800)
    assert page.evaluate(SHOWN) == [[PUSHED["title"], PUSHED["unsent"], "t1"]]


def test_signing_out_takes_messages_off_the_screen(page):
    page.context.grant_permissions(["notifications"])
    page.goto(PAGE)
    push(page, PUSHED)
    page.evaluate("navigator.serviceWorker.controller.postMessage('forget')")
    page.wait_for_timeout(800)
    assert page.evaluate(SHOWN) == []
