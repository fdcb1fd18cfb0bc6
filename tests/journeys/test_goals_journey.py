"""A weight in two presses, a target with its reason, a goal with its bar, on two screens at once."""

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]


def body(page):
    """Say the facts that references and guards depend on."""
    page.goto("/setup/body/")
    for name, value in {"height_cm": "163", "weight_kg": "66", "birth_year": "1988"}.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=sex]", "FEMALE")
    page.locator("form.form button").click()
    page.wait_for_url("**/setup/medicine/")


def test_a_weight_is_measured_undone_and_seen_on_another_screen(page, complaints):
    body(page)
    other = page.context.new_page()
    other.goto("/goals/")
    other.wait_for_selector("html[data-live-state=live]")
    page.goto("/goals/")
    page.locator("#goals-measure").click()
    page.locator("dialog[open] [data-step='-1']").first.click()
    assert page.locator("#id_value").input_value() == "65.9"
    assert complaints_of(page) == []
    page.locator("#measure-save").click()
    page.locator("dialog[open]").wait_for(state="detached")
    page.locator("#goals", has_text="65.9").wait_for()
    other.locator("#goals", has_text="65.9").wait_for()
    page.locator(".toast-action").click()
    page.locator("#goals", has_text="65.9").wait_for(state="detached")
    assert complaints == []


def test_a_goal_and_a_target_are_set_refused_and_taken_back(page, complaints):
    body(page)
    page.goto("/goals/")
    page.locator("#goal-new").click()
    page.locator("#kind-WEIGHT").click()
    page.locator("#id_target").fill("40")
    page.locator("#goal-save").click()
    page.locator("#goals-form .form-errors", has_text="18.5").wait_for()
    page.locator("#id_target").fill("62")
    page.locator("#goal-save").click()
    page.locator("dialog[open]").wait_for(state="detached")
    page.get_by_role("meter", name="체중 62 kg").or_(page.get_by_role("img", name="체중 62 kg")).wait_for()
    page.locator("#target-sodium_mg").click()
    page.locator("dialog[open] #id_low").wait_for(state="hidden")
    page.locator("#id_high").fill("1800")
    page.locator("#target-save").click()
    page.locator("#goals [data-row='target-sodium_mg']", has_text="1,800").wait_for()
    page.locator(".toast-action").last.click()
    page.locator("#goals [data-row='target-sodium_mg']", has_text="2,300").wait_for()
    page.locator("#suggestion-accept").click()
    page.locator("#goals [data-row='target-kcal']", has_text="내 목표").wait_for()
    assert complaints == []


def test_everything_works_without_scripts(phone, username):
    page = phone(java_script_enabled=False).new_page()
    sign_in(page, username)
    body(page)
    page.goto("/goals/measure/?kind=BLOOD_PRESSURE")
    assert page.locator("[data-step]").first.is_hidden()
    page.fill("#id_value", "118")
    page.fill("#id_value2", "76")
    page.locator("#measure-save").click()
    page.wait_for_url("**/goals/")
    assert "118/76" in page.locator("#goals").inner_text()
    page.locator("#history-BLOOD_PRESSURE").click()
    page.locator("summary", has_text="표로 보기").click()
    assert page.get_by_role("cell", name="118").is_visible()


PAGES = [
    "/goals/",
    "/goals/measure/?kind=GLUCOSE",
    "/goals/measurements/?kind=WEIGHT",
    "/goals/targets/kcal/",
    "/goals/new/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_fit(page, complaints, width, scheme):
    body(page)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/goals/measure/")
    page.locator("#measure-save").click()
    page.wait_for_url("**/goals/")
    for path in PAGES:
        page.goto(path)
        assert complaints_of(page) == [], path
        assert page.evaluate(TOO_WIDE) == [], path
        assert page.evaluate(TOO_SMALL, PRIMARY) == [], path
    assert complaints == []
