"""Cards over meals and water: when they speak, and when they keep silent."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest

from onharu.insights.rules import eating
from onharu.insights.rules.seen import SeenDay
from onharu.insights.tests.days import LIMITS, SODIUM, back, eaten, food, meal, moved, seen

SALTY = [eaten(back(ago), sodium_mg=3000) for ago in range(1, 8)]


def test_a_salty_week_is_told_with_its_days_and_foods():
    card = eating.sodium_week(seen(*SALTY[:5], eaten(back(6), sodium_mg=1000), eaten(back(7), sodium_mg=None)))
    assert card.params == {"days": 6, "mean": "2667", "high": "2300", "over": 5, "unknown": 1}
    assert card.source.title == "기준표"
    assert len(card.evidence) == 6
    assert card.evidence[0].amount == Decimal(3000)


@pytest.mark.parametrize(
    "days",
    [
        [],
        SALTY[:3],
        [eaten(back(ago), sodium_mg=2300) for ago in range(1, 8)],
        [eaten(back(ago), sodium_mg=None) for ago in range(1, 8)],
        [eaten(back(ago), sodium_mg=3000) for ago in range(20, 27)],
    ],
    ids=["nothing", "three days", "at the limit", "unknown", "long ago"],
)
def test_sodium_keeps_silent(days):
    assert eating.sodium_week(seen(*days)) is None


def test_an_unfinished_day_is_not_counted():
    assert eating.sodium_week(seen(*SALTY[:3], eaten(back(0), sodium_mg=9000))) is None
    assert eating.sodium_week(seen(*SALTY[:3], eaten(back(0), sodium_mg=9000), now=None)).params["days"] == 4


def test_without_a_reference_nothing_is_compared():
    assert eating.sodium_week(seen(*SALTY, limits={})) is None
    assert eating.sugars_week(seen(*SALTY, limits={})) is None
    assert eating.fiber_week(seen(*SALTY, limits={})) is None


def test_a_reference_that_was_assumed_says_so():
    card = eating.sodium_week(seen(*SALTY, limits={"sodium_mg": replace(SODIUM, assumed=True)}))
    assert card.source.assumed


def test_sugars_are_told_like_sodium():
    card = eating.sugars_week(seen(*(eaten(back(ago), sugars_g=120) for ago in range(1, 5))))
    assert (card.rule, card.params["mean"], card.params["over"]) == ("sugars_week", "120", 4)


def test_too_little_is_told_only_where_nearly_all_is_known():
    low = [eaten(back(ago), fiber_g=8) for ago in range(1, 6)]
    assert eating.fiber_week(seen(*low)).params == {"days": 5, "mean": "8", "low": "20"}
    with_gaps = [SeenDay(day.day, sittings=(meal(food(fiber_g=8), food(2, fiber_g=None)),)) for day in low]
    assert eating.fiber_week(seen(*with_gaps)) is None
    assert eating.fiber_week(seen(*(eaten(back(ago), fiber_g=25) for ago in range(1, 6)))) is None


def test_protein_is_told_of_training_days_only():
    training = [replace(moved(back(ago)), sittings=(meal(food(protein_g=30)),)) for ago in (1, 3, 5)]
    card = eating.protein_training(seen(*training))
    assert card.params == {"days": 3, "mean": "30", "low": "50"}
    assert {row.room for row in card.evidence} == {"workouts"}
    assert eating.protein_training(seen(*training[:2])) is None
    assert eating.protein_training(seen(*(eaten(back(ago), protein_g=30) for ago in range(1, 8)))) is None


def test_what_cannot_be_told_is_told():
    days = [eaten(back(ago), sodium_mg=None) for ago in range(1, 7)]
    card = eating.unknown_share(seen(*days))
    assert card.params == {"foods": 6, "unknown": 6}
    assert eating.unknown_share(seen(*days[:4])) is None
    assert eating.unknown_share(seen(*(eaten(back(ago), sodium_mg=100) for ago in range(1, 7)))) is None


def test_what_is_certain_needs_no_doubt():
    both = [SeenDay(day.day, sittings=(meal(food(sodium_mg=4000), food(2)),)) for day in SALTY]
    assert eating.sodium_week(seen(*both)) is not None
    assert eating.unknown_share(seen(*both)) is None


def test_caffeine_is_told_of_the_day_itself():
    cups = SeenDay(back(0), sittings=(meal(food(1, "커피", caffeine_mg=250), food(2, "커피", caffeine_mg=200)),))
    card = eating.caffeine_day(seen(cups))
    assert card.params == {"amount": "450", "high": "400"}
    assert not card.source.assumed
    assert eating.caffeine_day(seen(cups, age=None)).source.assumed
    assert eating.caffeine_day(seen(cups, age=15)) is None
    assert eating.caffeine_day(seen(eaten(back(0), caffeine_mg=400))) is None


def nights(late, skipped):
    """Fourteen pairs of an evening and a morning, so that `late` and `skipped` name days ago."""
    days = []
    for ago in range(1, 16):
        sittings = [meal(at=time(19), slot="DINNER")]
        if ago in late:
            sittings.append(meal(at=time(22, 30), slot="SNACK", number=ago))
        if ago not in skipped:
            sittings.append(meal(at=time(8), slot="BREAKFAST"))
        days.append(SeenDay(back(ago), sittings=tuple(sittings)))
    return days


def test_late_evenings_before_skipped_breakfasts_are_told_with_both_counts():
    card = eating.late_breakfast(seen(*nights(late={2, 4, 6, 8, 10}, skipped={1, 3, 5, 7, 12})))
    assert card.params == {"skipped": 5, "late": 4, "eaten": 9, "other_late": 1}
    assert [row.day for row in card.evidence] == [back(2), back(4), back(6), back(8)]


@pytest.mark.parametrize(
    ("late", "skipped"),
    [(set(range(1, 16)), {1, 3, 5, 7}), ({2, 4, 6}, {1, 3, 5}), (set(), {1, 3, 5, 7}), ({2, 4}, {1, 3, 5, 7, 9})],
    ids=["always late", "three mornings", "never late", "not mostly"],
)
def test_late_breakfast_keeps_silent(late, skipped):
    assert eating.late_breakfast(seen(*nights(late, skipped))) is None


def test_after_midnight_is_late_too():
    days = nights(late=set(), skipped={1, 3, 5, 7})
    late = [
        replace(day, sittings=(*day.sittings, meal(at=time(1, 30), slot="SNACK")))
        if day.day in {back(2), back(4), back(6), back(8)}
        else day
        for day in days
    ]
    assert eating.late_breakfast(seen(*late)).params["late"] == 4


def test_water_is_asked_for_in_the_afternoon_of_people_who_write_it():
    drank = [SeenDay(back(ago), water_ml=1500) for ago in range(1, 6)]
    assert eating.water_today(seen(*drank)).params == {"days": 5, "mean": "1500"}
    assert eating.water_today(seen(*drank, now=time(14))) is None
    assert eating.water_today(seen(*drank, now=None)) is None
    assert eating.water_today(seen(*drank[:4])) is None
    assert eating.water_today(seen(*drank, SeenDay(back(0), water_ml=0))) is None


def test_the_rules_need_no_more_limits_than_they_name():
    assert set(LIMITS) == {"sodium_mg", "sugars_g", "fiber_g", "protein_g"}
