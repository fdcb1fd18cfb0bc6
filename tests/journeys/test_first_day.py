"""The journey that everything later stands on: from nothing to a day that changes on every screen."""

import re
import uuid

import pytest

from tests.journeys.conftest import PASSWORD, sign_in, watch
from tests.journeys.steps import confirm, pick, send_photograph, sum_of

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
ENERGY = "#day-now .meter-value >> nth=0"
SHOWS = """wanted => document.querySelector('#day-now .meter-value').textContent.trim() === wanted"""
A_SECOND = 1000


def sign_up(page, username):
    page.goto("/")
    page.get_by_role("link", name=re.compile("시작")).first.click()
    page.wait_for_url("**/signup/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=nickname]", "하루")
    page.get_by_role("button", name="가입하기").click()
    page.wait_for_url("**/me/consents/health/**")
    page.get_by_role("button", name="동의해요", exact=True).click()
    page.wait_for_url("**/setup/purpose/")


def answer_setup(page):
    page.locator("button[name=purpose]").first.click()
    page.wait_for_url("**/setup/body/")
    page.fill("[name=birth_year]", "1986")
    page.fill("[name=height_cm]", "160")
    page.fill("[name=weight_kg]", "55")
    page.get_by_role("button", name="다음").click()
    page.wait_for_url("**/setup/medicine/")
    page.get_by_role("button", name="없어요").click()
    page.wait_for_url("**/today/")


def open_elsewhere(phone, username, complaints):
    """The same person's day on another screen, listening."""
    other = phone(viewport={"width": 1280, "height": 900}).new_page()
    watch(other, complaints)
    sign_in(other, username)
    other.wait_for_selector("html[data-live-state=live]")
    other.evaluate("window.neverReloaded = true")
    return other


def test_a_first_day_from_signing_up_to_the_other_screen_and_back(phone, photograph, complaints):
    page, username = phone().new_page(), f"first{uuid.uuid4().hex[:8]}"
    watch(page, complaints)
    sign_up(page, username)
    answer_setup(page)
    other = open_elsewhere(phone, username, complaints)
    before = other.locator(ENERGY).inner_text()

    page.get_by_role("button", name="기록").click()
    page.locator("#record-sheet").get_by_role("link", name=re.compile("사진으로")).click()
    page.wait_for_selector("#photo-form")
    send_photograph(page, photograph)
    food = pick(page)
    once = sum_of(page)
    page.locator(".pick [data-step='1']").first.click()
    wanted = sum_of(page)
    assert wanted != once

    with page.expect_response(re.compile("/confirm/")) as written:
        confirm(page)
    assert written.value.status == 204
    other.wait_for_function(SHOWS, arg=wanted, timeout=A_SECOND)
    other.locator("#day-timeline", has_text=food).wait_for()
    assert food in page.locator("#diary").inner_text()

    with page.expect_response(re.compile("/delete/")):
        page.get_by_role("button", name="되돌리기").click()
    other.wait_for_function(SHOWS, arg=before, timeout=A_SECOND)
    page.wait_for_function("food => !document.querySelector('#diary').textContent.includes(food)", arg=food)
    assert other.evaluate("window.neverReloaded") is True
    assert complaints == []
