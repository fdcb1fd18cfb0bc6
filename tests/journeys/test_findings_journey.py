"""What the day-book noticed: on 오늘, with its rows, put away and brought back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from onharu.design.tests.test_gallery_browser import complaints_of
from tests.journeys.conftest import PASSWORD, somewhere

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
CARD = "#insight-week_minutes"


@pytest.fixture
def walked(server, username):
    """Ninety minutes of walking today."""
    _, tokens = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD}, **somewhere())
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Seoul"))
    body = {"date": f"{today.date()}", "name": "걷기", "minutes": 90, "started_at": f"{today.date()}T00:05:00+09:00"}
    status, answer = server.ask("POST", "/api/workoutlogs/", body, Authorization=f"Bearer {tokens['access']}")
    assert status == 201, answer


def test_a_finding_shows_its_rows_goes_away_and_comes_back(walked, page, complaints):
    page.goto("/today/")
    page.wait_for_selector(CARD)
    assert "모두 90분 움직였어요" in page.locator("article", has=page.locator(CARD)).inner_text()
    card = page.locator("article", has=page.locator(CARD))
    card.locator("summary").click()
    assert "걷기 · 90분" in card.locator("ul").inner_text()
    assert complaints_of(page) == []
    card.get_by_text("일주일 끄기").click()
    page.wait_for_selector(CARD, state="detached")
    page.locator("#toasts").get_by_text("되돌리기").click()
    page.wait_for_selector(CARD)
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_earned_is_shown_with_its_day(walked, page, complaints, scheme):
    page.emulate_media(color_scheme=scheme)
    for path, words in (("achievements", "첫 운동"), ("words", "운동(걷기)은 90분"), ("today", "일주일 움직임")):
        page.goto(f"/insights/{path}/")
        page.locator("#insights-live", has_text=words).wait_for()
        assert complaints_of(page) == []
    assert complaints == []
