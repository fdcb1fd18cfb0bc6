"""How rows of four rooms become the days that rules look at; and how long what was read is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from onharu.accounts.public import Visit, person_of
from onharu.insights.actions.away import bring_back, put_away
from onharu.insights.models import PutAway
from onharu.insights.queries.cards import cards_on
from onharu.insights.queries.life import life_of
from onharu.insights.queries.reading import seen_by
from onharu.insights.queries.standing import standing_of
from onharu.insights.tests.writes import DAY, back, eat, measure, move, report, sent
from onharu.kernel.days import PersonVersion
from onharu.kernel.problems import Missing


@pytest.fixture
def visit(owner, noon):
    """The owner at noon."""
    person = person_of(owner)
    return Visit(person=person, at=noon, today=person.day_at(noon))


def seen(visit, day=DAY):
    return seen_by(visit, day, standing_of(visit))


def test_a_meal_is_seen_with_the_time_on_the_wall(visit, owner, stew):
    eat(owner, stew, at="21:30", slot="SNACK")
    (sitting,) = seen(visit).today.sittings
    assert (sitting.slot, sitting.at) == ("SNACK", time(21, 30))
    (food,) = sitting.foods
    assert (food.name, food.amounts["sodium_mg"]) == ("김치찌개", Decimal(1600))


def test_what_a_food_does_not_tell_is_unknown_and_not_zero(visit, owner, rice, stew):
    eat(owner, rice)
    eat(owner, stew, at="18:00", slot="DINNER")
    today = seen(visit).today
    assert today.unknown("sodium_mg") == 1
    assert today.known("sodium_mg") == Decimal(1600)
    assert today.known("caffeine_mg") is None


def test_a_workout_is_seen_with_minutes_counted_once(visit, owner):
    move(owner, minutes=40)
    sent(owner, "/api/workoutlogs/", {"date": str(DAY), "name": "요가", "started_at": f"{DAY}T20:00:00+09:00"})
    today = seen(visit).today
    assert [one.minutes for one in today.trained] == [Decimal(40), None]
    assert today.minutes == Decimal(40)


def test_a_report_is_seen_only_when_it_says_something(visit, owner):
    report(owner, mood=4, sleep_hours=7.25, highlights="한강")
    today = seen(visit).today
    assert (today.mood, today.sleep_hours, today.said) == (4, Decimal("7.25"), ("한강",))
    report(owner, mood=None, sleep_hours=None, highlights="")
    assert seen(visit).today.report_id is None
    assert not seen(visit).today.written


def test_weights_are_seen_and_other_measurements_are_not(visit, owner):
    measure(owner, "62.3")
    sent(owner, "/api/measurements/", {"kind": "WAIST", "value": 80, "date": str(DAY)})
    assert [one.kg for one in seen(visit).today.weights] == [Decimal("62.3")]


def test_a_plan_is_seen_with_its_state(visit, owner):
    plan = sent(
        owner, "/api/workoutplans/", {"date": str(DAY), "tasks": [{"name": "스쿼트", "sets": 3, "rpe_target": 8}]}
    )
    assert [one.state for one in seen(visit).today.planned] == ["planned"]
    task = plan["tasks"][0]["id"]
    sent(owner, f"/api/tasks/{task}/skip/", {"reason": "pain"}, method="put")
    (planned,) = seen(visit).today.planned
    assert (planned.state, planned.skip_reason, planned.rpe_target) == ("skipped", "pain", Decimal(8))


def test_what_was_deleted_is_not_seen(visit, owner, browser, stew):
    meal, log = eat(owner, stew), move(owner)
    assert seen(visit).today.written
    browser.delete(f"/api/meals/{meal['id']}/")
    browser.delete(f"/api/workoutlogs/{log['id']}/")
    assert not seen(visit).days


def test_five_weeks_are_seen_and_no_day_more(visit, owner, stew):
    eat(owner, stew, day=back(34))
    eat(owner, stew, day=back(35))
    assert set(seen(visit).days) == {back(34)}


def test_only_today_has_a_time_on_the_wall(visit, owner, stew):
    assert seen(visit).now == time(12)
    assert seen(visit, back(1)).now is None


def test_the_reference_stands_behind_ones_own_targets(visit, owner):
    reference = seen(visit).limits["sodium_mg"]
    assert (reference.high, reference.edition) == (Decimal(2300), "KDRI 2020")
    target = {"key": "sodium_mg", "direction": "at_most", "high": 2000, "from_day": str(DAY)}
    sent(owner, "/api/dailygoals/", target)
    assert seen(visit).limits["sodium_mg"].high == Decimal(2000)
    assert seen(visit).limits["protein_g"].edition == "KDRI 2020"


def test_without_facts_of_the_body_only_the_adult_reference_stands(stranger, noon):
    person = person_of(stranger)
    limits = seen_by(visit := Visit(person, noon, DAY), DAY, standing_of(visit)).limits
    assert set(limits) == {"sodium_mg"}
    assert limits["sodium_mg"].assumed


def test_a_room_that_fails_is_named_and_not_kept(visit, owner, stew, monkeypatch):
    eat(owner, stew)
    with monkeypatch.context() as broken:
        broken.setattr("onharu.records.goals.public.days_of", lambda *_: 1 // 0)
        assert seen(visit).failed == {"goals"}
        assert seen(visit).today.sittings
    assert seen(visit).failed == frozenset()


def test_what_was_read_is_kept_until_something_is_written(visit, owner, stew, django_assert_num_queries):
    eat(owner, stew)
    seen(visit)
    with django_assert_num_queries(1):
        assert len(seen(visit).today.sittings) == 1
    eat(owner, stew, at="18:00", slot="DINNER")
    assert len(seen(visit).today.sittings) == 2


def test_nobody_is_answered_with_what_was_kept_of_another(visit, owner, stranger, noon, stew):
    eat(owner, stew)
    assert seen(visit).today.written
    other = Visit(person_of(stranger), noon, DAY)
    assert not seen(other).today.written
    assert not life_of(stranger.pk, DAY).written


def test_a_changed_profile_is_held_against_at_once(visit, owner, noon):
    assert "protein_g" in seen(visit).limits
    owner.profile.birth_year, owner.profile.version = 2012, owner.profile.version + 1
    young = person_of(owner)
    assert seen(Visit(young, noon, DAY)).limits == {}


def test_the_standing_of_a_person_who_never_wrote_is_zero(visit, stranger, noon):
    assert standing_of(Visit(person_of(stranger), noon, DAY)).latest == 0
    assert not PersonVersion.objects.exists()


def test_life_stops_at_today(visit, owner, stew):
    eat(owner, stew, day=DAY + timedelta(days=1))
    assert life_of(owner.pk, DAY).meals == frozenset()


def test_a_card_is_put_away_and_brought_back_as_a_state(visit, owner):
    for until in (back(-7), back(-30), back(-30)):
        put_away(owner_id=owner.pk, rule="water_today", until=until, today=DAY, at=visit.at)
    assert standing_of(visit).away == {"water_today": back(-30)}
    for _ in range(2):
        bring_back(owner_id=owner.pk, rule="water_today")
    assert cards_on(visit, DAY).away == {}
    with pytest.raises(Missing):
        bring_back(owner_id=owner.pk, rule="nonsense")


def test_a_pause_that_ended_is_not_told(visit, owner):
    put_away(owner_id=owner.pk, rule="water_today", until=DAY, today=DAY, at=visit.at)
    later = Visit(visit.person, datetime(2026, 11, 23, 3, tzinfo=UTC), back(-1))
    assert standing_of(later).away == {}


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_put_one_card_away(owner):
    at = datetime(2026, 11, 22, 3, tzinfo=UTC)

    def press(days):
        try:
            put_away(owner_id=owner.pk, rule="sodium_week", until=back(-days), today=DAY, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(press, range(1, 21)))
    assert PutAway.objects.of(owner.pk).count() == 1
