"""What measuring and aiming do: the profile follows, days hear of it, the past stays, the database defends itself."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from conftest import make_person
from onharu.accounts import principal
from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.kernel.days import DayVersion, versions_of
from onharu.kernel.problems import Missing
from onharu.records.goals import public
from onharu.records.goals.actions import cleaning, long, measuring, targets
from onharu.records.goals.actions.long import Wish
from onharu.records.goals.actions.targets import Aimed
from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.queries.progress import progress_of
from onharu.records.goals.rules.measuring import Said

DAY = date(2026, 11, 22)


def profile_kg(mina):
    mina.profile.refresh_from_db()
    return mina.profile.weight_kg


def salt(high=2000, **more):
    return Aimed("sodium_mg", "at_most", high=Decimal(high), **more)


def test_the_latest_weight_is_the_profiles_and_an_earlier_one_is_not(mina, weigh):
    weigh(69)
    assert profile_kg(mina) == 69
    weigh(72, days_ago=3)
    assert profile_kg(mina) == 69


def test_of_one_day_the_later_weight_counts(mina, weigh):
    weigh(69, hours=1)
    weigh(70, hours=5)
    assert profile_kg(mina) == 69
    assert public.weight_on(mina.pk, DAY).kg == 69


def test_a_weight_that_is_taken_back_leaves_no_trace(mina, weigh, person):
    first, second = weigh(69, days_ago=1), weigh(68)
    measuring.delete(person=person, measurement_id=second.pk)
    assert profile_kg(mina) == 69
    measuring.delete(person=person, measurement_id=first.pk)
    assert profile_kg(mina) == 70
    measuring.restore(person=person, measurement_id=second.pk)
    assert profile_kg(mina) == 68


def test_deleting_an_earlier_weight_leaves_what_the_person_wrote_since(mina, weigh, person):
    earlier = weigh(69, days_ago=3)
    weigh(68, days_ago=1)
    Profile.objects.filter(user=mina).update(weight_kg=Decimal(66))
    measuring.delete(person=person, measurement_id=earlier.pk)
    assert profile_kg(mina) == 66


def test_a_corrected_latest_weight_is_the_profiles(mina, weigh, person):
    row = weigh(69)
    measuring.correct(person=person, measurement_id=row.pk, value=Decimal("68.5"))
    assert profile_kg(mina) == Decimal("68.5")


def test_the_profiles_version_grows_once_for_a_new_weight_and_not_for_the_same(mina, weigh):
    weigh(69, days_ago=1)
    mina.profile.refresh_from_db()
    version = mina.profile.version
    weigh(69)
    mina.profile.refresh_from_db()
    assert mina.profile.version == version


def test_a_waist_changes_no_weight(mina, person, noon):
    measuring.measure(person=person, said=Said("WAIST", Decimal(90)), at=noon)
    assert profile_kg(mina) == 70


def test_a_measurement_touches_its_day_and_today(mina, weigh):
    weigh(69, days_ago=5)
    touched = DayVersion.objects.filter(owner=mina, part="goals").values_list("day", flat=True)
    assert set(touched) == {DAY, DAY - timedelta(days=5)}


def test_deleting_twice_changes_nothing(mina, weigh, person):
    row = weigh(69)
    measuring.delete(person=person, measurement_id=row.pk)
    before = versions_of(mina.pk, DAY, DAY)
    measuring.delete(person=person, measurement_id=row.pk)
    assert versions_of(mina.pk, DAY, DAY) == before


def test_a_strangers_measurement_cannot_be_changed(stranger, weigh, noon):
    row, other = weigh(69), person_of(stranger)
    for act in (measuring.delete, measuring.restore, measuring.correct):
        with pytest.raises(Missing):
            act(person=other, measurement_id=row.pk)


def test_setting_a_target_twice_is_one_version(person):
    for _ in range(2):
        targets.set_target(person=person, aimed=salt())
    assert DailyTarget.objects.count() == 1


def test_a_target_of_today_is_corrected_and_one_of_before_stays(mina, person, noon):
    old = {"owner": mina, "key": "sodium_mg", "direction": "at_most", "created_at": noon}
    DailyTarget.objects.create(**old, high=2200, from_day=DAY - timedelta(days=9))
    targets.set_target(person=person, aimed=salt(2000))
    targets.set_target(person=person, aimed=salt(1900))
    assert [(row.from_day, row.high) for row in DailyTarget.objects.order_by("from_day")] == [
        (DAY - timedelta(days=9), 2200), (DAY, 1900),
    ]  # fmt: skip
    days = public.days_of(mina.pk, DAY - timedelta(days=10), DAY)
    held = [[one.high for one in days[DAY - timedelta(days=ago)].targets] for ago in (10, 9, 1, 0)]
    assert held == [[], [2200], [2200], [1900]]


def test_all_targets_are_set_or_none(person):
    with pytest.raises(Exception, match="target_under_floor"):
        targets.set_targets(person=person, aimed=[salt(), Aimed("kcal", "at_most", high=Decimal(900))])
    assert DailyTarget.objects.count() == 0


def test_removing_goes_back_to_the_reference_and_lets_go_of_what_was_to_come(person):
    targets.set_target(person=person, aimed=salt())
    targets.set_target(person=person, aimed=salt(1800), from_day=DAY + timedelta(days=30))
    removed = targets.remove_target(person=person, key="sodium_mg")
    assert removed.high == 2000
    assert [(row.from_day, row.removed) for row in DailyTarget.objects.all()] == [(DAY, True)]
    assert targets.remove_target(person=person, key="sodium_mg") is None


def test_a_change_of_a_target_touches_today_and_its_first_day(mina, person):
    targets.set_target(person=person, aimed=salt(), from_day=DAY + timedelta(days=3))
    touched = DayVersion.objects.filter(owner=mina, part="goals").values_list("day", flat=True)
    assert set(touched) == {DAY, DAY + timedelta(days=3)}


def test_a_day_is_read_in_two_statements_however_many_rows(mina, weigh, person, noon, django_assert_num_queries):
    weigh(70, days_ago=40)
    targets.set_target(person=person, aimed=salt())
    row = {"owner": mina, "kind": "WAIST", "value": 90, "created_at": noon, "at": noon, "day": DAY}
    Measurement.objects.bulk_create(Measurement(**row) for _ in range(500))
    with django_assert_num_queries(2):
        found = public.day_of(mina.pk, DAY)
    assert (len(found.measurements), found.weight.value, len(found.targets)) == (500, 70, 1)
    with django_assert_num_queries(2):
        days = public.days_of(mina.pk, DAY - timedelta(days=45), DAY)
    assert len(days) == 46
    assert days[DAY - timedelta(days=41)].weight is None
    assert days[DAY - timedelta(days=1)].weight.day == DAY - timedelta(days=40)


def test_a_day_without_a_word_is_empty(mina):
    assert public.day_of(mina.pk, DAY) == public.empty_day(DAY)
    assert public.weight_on(mina.pk, DAY) is None


def test_milestones_count_days_and_goals(mina, weigh, person):
    weigh(70, days_ago=2)
    weigh(69, days_ago=2, hours=1)
    weigh(69)
    goal = long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150)))
    long.change_goal(person=person, goal_id=goal.pk, state="DONE")
    found = public.milestones(mina.pk)
    assert (found.measured_days, found.first_day, found.goals_done) == (2, DAY - timedelta(days=2), 1)
    assert public.days_measured(mina.pk, DAY - timedelta(days=1), DAY) == {DAY}
    assert public.goals_of(mina.pk) == ()


def test_a_goal_that_only_others_can_tell_is_unknown_without_them(mina, weigh, person, monkeypatch):
    from onharu.records.goals import ports

    monkeypatch.setattr(ports, "_answers", [])
    weigh(68)
    long.set_goal(person=person, wish=Wish("WEIGHT", Decimal(65)))
    long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150)))
    weight, minutes = (one.progress for one in progress_of(person, DAY))
    assert (weight.percent, weight.now) == (40, 68)
    assert (minutes.percent, minutes.now) == (None, None)
    ports.use(lambda *_: {})
    assert [one.progress.percent for one in progress_of(person, DAY)] == [None, None]


def test_the_page_and_the_api_tell_the_same_progress(minas, mina, weigh, person):
    weigh(68)
    long.set_goal(person=person, wish=Wish("WEIGHT", Decimal(65)))
    (told,) = minas.get("/api/goalprogress/").json()["goals"]
    (shown,) = progress_of(person, DAY)
    assert (told["percent"], told["now"]) == (shown.progress.percent, shown.progress.now)


def test_what_was_deleted_is_let_go_after_a_day(mina, weigh, person, noon, monkeypatch):
    row = weigh(70)
    goal = long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150)))
    measuring.delete(person=person, measurement_id=row.pk)
    long.delete_goal(person=person, goal_id=goal.pk)
    assert cleaning.forget_deleted() == 0
    monkeypatch.setattr("onharu.kernel.clock.now", lambda: noon + timedelta(days=2))
    assert cleaning.forget_deleted() == 2


@pytest.mark.parametrize("columns", [
    {"kind": "WEIGHT", "value": 70, "value2": 40}, {"kind": "BLOOD_PRESSURE", "value": 118},
    {"kind": "LOVE", "value": 70},
    {"kind": "WEIGHT", "value": 70, "context": "FASTING"}, {"kind": "GLUCOSE", "value": 90, "context": "LATER"},
])  # fmt: skip
def test_the_database_takes_no_measurement_that_cannot_be(mina, noon, columns):
    with pytest.raises(DatabaseError), transaction.atomic():
        Measurement.objects.create(owner=mina, day=DAY, at=noon, created_at=noon, **columns)


@pytest.mark.parametrize("columns", [
    {"direction": "at_least"}, {"direction": "at_most", "low": 1}, {"direction": "within", "low": 2, "high": 1},
    {"direction": "at_most", "low": 1, "high": 2}, {"direction": "about", "low": 1, "high": 2}, {"removed": True, "low": 1},
    {"key": "love", "direction": "at_least", "low": 1}, {"direction": "at_least", "low": -1},
    {"direction": "at_most", "high": 100_001},
])  # fmt: skip
def test_the_database_takes_no_target_without_a_form(mina, noon, columns):
    with pytest.raises(DatabaseError), transaction.atomic():
        DailyTarget.objects.create(**{"owner": mina, "key": "kcal", "from_day": DAY, "created_at": noon, **columns})


@pytest.mark.parametrize("columns", [
    {"kind": "WEIGHT", "target": 401}, {"kind": "MINUTES", "target": 0}, {"kind": "HABIT", "target": 3},
    {"kind": "HABIT", "target": 8, "habit": "MEALS"}, {"kind": "MINUTES", "target": 150, "habit": "MEALS"},
    {"kind": "STRENGTH", "target": 60}, {"kind": "MINUTES", "target": 150, "due": DAY - timedelta(days=1)},
])  # fmt: skip
def test_the_database_takes_no_goal_without_sense(mina, noon, columns):
    with pytest.raises(DatabaseError), transaction.atomic():
        Goal.objects.create(owner=mina, start_day=DAY, created_at=noon, **columns)


def test_two_versions_of_a_day_cannot_be(mina, noon):
    row = {"owner": mina, "key": "kcal", "direction": "at_least", "low": 1, "from_day": DAY, "created_at": noon}
    DailyTarget.objects.create(**row)
    with pytest.raises(DatabaseError), transaction.atomic():
        DailyTarget.objects.create(**row)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_demo_person_has_a_believable_body(mina, person, seed):
    written = public.seed_goals(person=person, days=60, seed=seed)
    assert written > 25
    kinds = set(Measurement.objects.of(mina.pk).values_list("kind", flat=True))
    assert {"WEIGHT", "BLOOD_PRESSURE", "WAIST"} <= kinds
    assert Goal.objects.of(mina.pk).count() == 3
    assert profile_kg(mina) == public.weight_on(mina.pk, DAY).kg
    assert {row.day for row in Measurement.objects.all()} <= {DAY - timedelta(days=ago) for ago in range(1, 60)}


def test_a_seed_says_the_same_and_another_something_else(db, noon):
    def told(name, seed):
        user = make_person(name, birth_year=1986, sex="FEMALE", height_cm=160, weight_kg=70)
        principal.reset()
        public.seed_goals(person=person_of(user), days=30, seed=seed)
        return list(Measurement.objects.of(user.pk).order_by("at", "kind").values_list("kind", "day", "value"))

    assert told("one", 1) == told("two", 1)
    assert told("three", 1) != told("four", 2)


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_set_one_version_and_the_latest_weight_holds(noon):
    user = make_person("busy", birth_year=1986, sex="FEMALE", height_cm=160, weight_kg=70)
    person = person_of(user)
    gate, failed = threading.Barrier(10), []

    def write(number):
        gate.wait()
        try:
            targets.set_target(person=person, aimed=salt(2000))
            said = Said("WEIGHT", Decimal(60 + number))
            measuring.measure(person=person, said=said, at=noon - timedelta(minutes=number))
        except (DatabaseError, Missing) as error:
            failed.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert failed == []
    assert DailyTarget.objects.count() == 1
    assert Measurement.objects.count() == 10
    user.profile.refresh_from_db()
    assert user.profile.weight_kg == 60
