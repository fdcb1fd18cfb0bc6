"""Cards over sleep, mood, weight and the writing itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from onharu.insights.rules import living
from onharu.insights.tests.days import DAY, back, eaten, moved, reported, seen, weighed


def test_short_nights_are_told_with_how_many():
    card = living.sleep_week(seen(*(reported(back(ago), hours) for ago, hours in enumerate((6, 6.5, 5, 7)))))
    assert card.params == {"nights": 4, "mean": "6.1", "enough": "7"}
    assert [row.unit for row in card.evidence] == ["h"] * 4


def test_sleep_keeps_silent():
    assert living.sleep_week(seen(*(reported(back(ago), 5) for ago in range(3)))) is None
    assert living.sleep_week(seen(*(reported(back(ago), 7) for ago in range(5)))) is None
    assert living.sleep_week(seen(*(reported(back(ago), None) for ago in range(5)))) is None
    assert living.sleep_week(seen(*(reported(back(ago), 5) for ago in range(5)), age=16)) is None


def test_mood_on_days_with_movement_is_told_with_both_means():
    days = [reported(back(ago), mood=4, moved_too=True) for ago in range(1, 6)]
    days += [reported(back(ago), mood=3) for ago in range(6, 11)]
    card = living.mood_moving(seen(*days))
    assert card.params == {"moved": 5, "mood": "4", "still": 5, "other": "3"}
    assert living.mood_moving(seen(*days[:9])) is None
    assert living.mood_moving(seen(*(replace(day, mood=3) for day in days))) is None


def test_a_weight_that_moves_is_told_with_its_line():
    days = [weighed(back(ago), Decimal("63.0") + Decimal(ago) / 14) for ago in (0, 7, 14, 21)]
    card = living.weight_trend(seen(*days))
    assert card.params == {"n": 4, "days": 21, "change": "1.5", "a_week": "0.5", "down": 1, "fast": 0}
    assert card.evidence[0].day == DAY


def test_a_fast_change_is_marked():
    days = [weighed(back(ago), 60 + ago / 7) for ago in (0, 7, 14, 21)]
    assert living.weight_trend(seen(*days)).params["fast"] == 1


@pytest.mark.parametrize(
    "days",
    [
        [weighed(back(ago), 60) for ago in (0, 7, 14, 21)],
        [weighed(back(ago), 60 + ago) for ago in (0, 7, 14)],
        [weighed(back(ago), 60 + ago) for ago in (0, 1, 2, 3)],
    ],
    ids=["steady", "three weighings", "one week"],
)
def test_weight_keeps_silent(days):
    assert living.weight_trend(seen(*days)) is None


def test_the_line_through_one_day_is_flat():
    assert living.slope([(DAY, Decimal(60)), (DAY, Decimal(70))]) == 0


def test_a_streak_is_told_on_the_evening_it_may_break():
    days = [eaten(back(ago)) for ago in (2, 3, 4)]
    card = living.streak_risk(seen(*days))
    assert card.params == {"days": 3, "more": 0}
    assert {row.room for row in card.evidence} == {"meals"}
    assert living.streak_risk(seen(*days, now=None)) is None
    assert living.streak_risk(seen(*days, eaten(back(0)))) is None
    assert living.streak_risk(seen(*(eaten(back(ago)) for ago in (1, 2, 3)))) is None, "today may still be the free day"
    assert living.streak_risk(seen(*days[:2])) is None


def test_a_streak_longer_than_what_was_read_is_told_as_more():
    card = living.streak_risk(seen(*(eaten(back(ago)) for ago in range(2, 35))))
    assert card.params == {"days": 33, "more": 1}


def test_every_written_day_has_a_row_behind_it():
    days = [eaten(back(2)), moved(back(3)), reported(back(4)), weighed(back(5), 60)]
    rows = living.streak_risk(seen(*days)).evidence
    assert [row.room for row in rows] == ["meals", "workouts", "journal", "goals"]


def test_a_missing_report_is_asked_for_gently():
    days = [reported(back(ago)) for ago in (5, 6, 7)]
    assert living.report_missing(seen(*days)).params == {"days": 4}
    assert living.report_missing(seen(*days[:2])) is None
    assert living.report_missing(seen(*days, reported(back(4)))) is None
    assert living.report_missing(seen(*days, now=None)) is None
