"""One line by the clock on a phone: written elsewhere it arrives in its place, and without a script it is there too."""

from datetime import UTC, datetime, timedelta

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PASSWORD, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(180)]
YESTERDAY = (datetime.now(UTC) + timedelta(hours=9)).date() - timedelta(days=1)


@pytest.fixture
def write(server, username):
    """Write yesterday down over the API, as another device does."""
    _, answer = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})
    signed = {"Authorization": f"Bearer {answer['access']}"}

    def written(path, body):
        status, answer = server.ask("POST", path, body, **signed)
        assert status == 201, answer

    def eat(at):
        items = [{"food": server.ask("GET", "/api/foods/?q=%EC%8C%80%EB%B0%A5", **signed)[1]["results"][0]["id"]}]
        instant = f"{YESTERDAY}T{at}:00+09:00"
        written("/api/meals/", {"log_date": str(YESTERDAY), "meal_type": "LUNCH", "eaten_at": instant, "items": items})

    def move(name, at):
        instant = f"{YESTERDAY}T{at}:00+09:00"
        written("/api/workoutlogs/", {"date": str(YESTERDAY), "started_at": instant, "name": name, "minutes": 20})

    return eat, move


def times(page):
    return page.locator("#day-timeline time").all_inner_texts()


def test_a_workout_written_elsewhere_arrives_between_the_meals(page, write, complaints):
    eat, move = write
    eat("08:00")
    eat("19:00")
    page.goto(f"/today/?date={YESTERDAY}")
    assert times(page) == ["08:00", "19:00"]
    page.wait_for_function("() => document.documentElement.dataset.liveState === 'live'")
    move("계단 오르기", "12:30")
    page.locator("#day-timeline .arrived", has_text="계단 오르기").wait_for()
    assert times(page) == ["08:00", "12:30", "19:00"]
    page.locator("#meter-movement", has_text="20").wait_for()
    page.locator("#day-timeline .row-press", has_text="계단 오르기").click()
    page.locator("dialog[open]", has_text="계단 오르기").wait_for()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_day_is_readable_to_all_and_fits_a_small_phone(phone, username, write, scheme):
    eat, move = write
    eat("08:00")
    move("아주 길고 긴 이름의 상체와 하체를 함께 쓰는 전신 운동", "12:30")
    page = phone(color_scheme=scheme).new_page()
    sign_in(page, username)
    for place in ("/today/", f"/today/?date={YESTERDAY}"):
        page.goto(place)
        page.locator("#water-more").wait_for()
        assert complaints_of(page) == [], place
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(TOO_WIDE) == [], place
        assert page.evaluate(TOO_SMALL, PRIMARY) == [], place
        page.set_viewport_size({"width": 390, "height": 844})


def test_without_scripts_the_line_and_the_other_rooms_are_there(phone, username, write, complaints):
    eat, move = write
    move("달리기", "07:00")
    eat("08:00")
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto(f"/today/?date={YESTERDAY}")
    assert times(page) == ["07:00", "08:00"]
    for place in ("workouts", "goals", "journal", "trends"):
        page.goto("/today/")
        page.click(f"#place-{place}")
        assert page.locator("h1").count() == 1
    assert complaints == []
