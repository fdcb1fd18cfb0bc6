"""Whoever moves to another zone, or begins the day at another hour, keeps every row exactly once, on its day."""

from collections import Counter
from datetime import timedelta

import pytest

from conftest import signed_in
from onharu.day.finished import drop_kept
from onharu.day.tests.days import DAY, eat, measure, move, report, sent

pytestmark = pytest.mark.usefixtures("noon")
MOVES = [
    {"zone": "America/New_York"},
    {"zone": "Pacific/Kiritimati"},
    {"zone": "Pacific/Pago_Pago", "day_start_hour": 6},
    {"day_start_hour": 4},
]


def written(person):
    """List every row of the days around with the day it stands on, room by room."""
    browser = signed_in(person)
    days = browser.get(f"/api/days/?from={DAY - timedelta(days=9)}&to={DAY + timedelta(days=2)}").json()["results"]
    rows = Counter()
    for day in days:
        rows.update(("meal", meal["id"], day["date"]) for meal in day["meals"])
        rows.update(("item", item["id"], day["date"]) for meal in day["meals"] for item in meal["items"])
        rows.update(("measurement", one["id"], day["date"]) for one in day["measurements"]["entries"])
        if day["report"]:
            rows.update([("report", day["report"]["id"], day["date"])])
    for log in browser.get("/api/workoutlogs/").json()["results"]:
        rows.update([("workout", log["id"], log["date"])])
    assert sum(day["workouts"] for day in days) == len([one for one in rows if one[0] == "workout"])
    return rows


def runs(person):
    browser = signed_in(person)
    return [browser.get(f"/api/days/{DAY - timedelta(days=back)}/summary/").json()["streak_days"] for back in range(5)]


@pytest.fixture
def lived(owner, rice):
    """Five days with something at the edges of the day, before and after midnight."""
    for back in range(5):
        day = DAY - timedelta(days=back)
        eat(owner, rice, day=day, at="00:20", slot="SNACK")
        eat(owner, rice, day=day, at="23:50", slot="DINNER")
        move(owner, day=day, at="05:10")
        move(owner, day=day, at="22:40")
        measure(owner, "70.5", day=day)
        report(owner, day=day)
    return owner


@pytest.mark.parametrize("change", MOVES)
def test_every_row_stays_once_and_on_its_day(lived, change):
    before, run = written(lived), runs(lived)
    assert len(before) == 5 * 8
    assert set(before.values()) == {1}
    sent(lived, "/api/users/me/", change, method="patch")
    assert written(lived) == before
    assert runs(lived) == run == [5, 4, 3, 2, 1]
    drop_kept()
    assert written(lived) == before
    assert runs(lived) == run


def test_there_and_back_again_changes_nothing(lived):
    before = written(lived)
    for change in ({"zone": "America/New_York", "day_start_hour": 5}, {"zone": "Asia/Seoul", "day_start_hour": 0}):
        sent(lived, "/api/users/me/", change, method="patch")
    assert written(lived) == before


def test_the_timeline_of_a_day_shows_all_its_rows_after_a_move(lived):
    sent(lived, "/api/users/me/", MOVES[2], method="patch")
    page = signed_in(lived).get(f"/today/timeline/?date={DAY}").content.decode()
    assert page.count("data-row") == 4
