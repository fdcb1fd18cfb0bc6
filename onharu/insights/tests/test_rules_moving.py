"""Cards over workouts and their plans: when they speak, and when they keep silent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onharu.insights.rules import moving
from onharu.insights.rules.seen import Beaten, SeenDay
from onharu.insights.tests.days import DAY, back, moved, reported, seen, task, trained

USUALLY = [moved(back(ago)) for ago in (5, 8, 11)]


def test_three_still_days_are_told_to_somebody_who_usually_moves():
    card = moving.still_days(seen(*[moved(back(ago)) for ago in (4, 8, 11)]))
    assert card.params == {"days": 3}
    assert card.evidence[0].day == back(4)


@pytest.mark.parametrize(
    "days",
    [
        [],
        USUALLY[:2],
        [*USUALLY, moved(back(3))],
        [*USUALLY, moved(back(0))],
        [*USUALLY, SeenDay(back(0), rest_day=True)],
    ],
    ids=["never", "twice", "three days ago", "today", "rest is planned"],
)
def test_stillness_keeps_silent(days):
    assert moving.still_days(seen(*days)) is None


def test_a_week_of_minutes_is_told_from_an_hour_on():
    card = moving.week_minutes(seen(moved(back(1), trained(40)), moved(back(3), trained(30), trained(None))))
    assert card.params == {"minutes": "70", "goal": "150", "left": "80", "days": 2, "untimed": 1, "reached": 0}
    assert card.source.edition == "2020"
    assert len(card.evidence) == 3


def test_a_full_week_is_told_as_reached():
    assert moving.week_minutes(seen(moved(back(0), trained(160)))).params["reached"] == 1


def test_minutes_keep_silent_below_an_hour_and_for_the_young():
    assert moving.week_minutes(seen(moved(back(1), trained(59)))) is None
    assert moving.week_minutes(seen(moved(back(7), trained(100)))) is None
    assert moving.week_minutes(seen(moved(back(1), trained(100)), age=17)) is None
    assert moving.week_minutes(seen(moved(back(1), trained(None)))) is None


def test_a_short_night_before_a_hard_plan_is_told():
    today = replace(reported(back(0), 5.5), planned=(task(rpe=8), task(rpe=7), task("done", rpe=9)))
    card = moving.sleep_heavy(seen(today))
    assert card.params == {"hours": "5.5", "short": "6", "tasks": 1, "rpe": "8"}
    assert [row.room for row in card.evidence] == ["journal", "workouts"]


@pytest.mark.parametrize(
    ("hours", "tasks", "more"),
    [
        (6, [task(rpe=9)], {}),
        (None, [task(rpe=9)], {}),
        (5, [task(rpe=7)], {}),
        (5, [], {}),
        (5, [task(rpe=9)], {"now": None}),
    ],
    ids=["slept enough", "nobody knows", "light plan", "no plan", "a day that is over"],
)
def test_sleep_and_load_keep_silent(hours, tasks, more):
    assert moving.sleep_heavy(seen(replace(reported(back(0), hours), planned=tuple(tasks)), **more)) is None


def test_hard_sessions_in_a_row_are_told():
    hard = [moved(back(ago), trained(rpe=9)) for ago in (1, 3, 5)]
    card = moving.hard_sessions(seen(*hard, moved(back(7), trained(rpe=6))))
    assert card.params == {"hard": 3, "sessions": 4, "rpe": "9"}
    assert moving.hard_sessions(seen(*hard[:2])) is None
    assert moving.hard_sessions(seen(*(moved(back(ago), trained(rpe=9)) for ago in (8, 9, 10)))) is None


def test_a_record_of_the_day_is_told():
    beaten = Beaten(4, "스쿼트", "heaviest", Decimal("62.5"), Decimal(60), 5, Decimal("62.5"))
    card = moving.record_today(seen(beaten=(beaten, replace(beaten, log_id=5, name="데드리프트"))))
    assert card.params["name"] == "스쿼트"
    assert (card.params["value"], card.params["before"], card.params["count"]) == ("62.5", "60", 2)
    assert [row.id for row in card.evidence] == [4, 5]
    assert moving.record_today(seen()) is None


def test_reasons_for_skipping_are_told_with_pain_first():
    tired = [SeenDay(back(ago), planned=(task("skipped", reason="no_time"),)) for ago in (1, 2, 3)]
    assert moving.skip_reasons(seen(*tired)).params == {"reason": "no_time", "count": 3, "days": 14}
    hurt = [SeenDay(back(ago), planned=(task("skipped", reason="pain"),)) for ago in (5, 6)]
    assert moving.skip_reasons(seen(*tired, *hurt)).params["reason"] == "pain"
    assert moving.skip_reasons(seen(*tired[:2])) is None
    assert moving.skip_reasons(seen(SeenDay(DAY, planned=(task("skipped", reason="dislike"),) * 9))) is None
