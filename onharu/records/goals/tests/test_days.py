"""A day of targets and measurements as other rooms read it, and the summary that is made of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import make_person, signed_in
from onharu.accounts import principal
from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.records.goals import public
from onharu.records.goals.actions import long, measuring, targets
from onharu.records.goals.actions.long import Wish
from onharu.records.goals.actions.targets import Aimed
from onharu.records.goals.models import DailyTarget, Goal, Measurement
from onharu.records.goals.queries.lists import course, latest_of
from onharu.records.goals.rules.measuring import Said

DAY = date(2026, 11, 22)


def salt(high=2000):
    return Aimed("sodium_mg", "at_most", high=Decimal(high))


def test_measurements_of_a_day_stand_in_clock_order(mina, weigh):
    late, early = weigh(69, hours=1), weigh(70, hours=4)
    found = public.day_of(mina.pk, DAY)
    assert [entry.id for entry in found.measurements] == [early.pk, late.pk]
    assert found.weight.id == late.pk


def test_a_deleted_measurement_is_on_no_day(mina, weigh, person):
    row = weigh(69)
    measuring.delete(person=person, measurement_id=row.pk)
    assert public.day_of(mina.pk, DAY) == public.empty_day(DAY)
    assert public.days_measured(mina.pk, DAY, DAY) == frozenset()


def test_the_weight_of_a_day_is_the_latest_by_its_end(mina, weigh):
    weigh(72, days_ago=10)
    weigh(70, days_ago=4)
    days = public.days_of(mina.pk, DAY - timedelta(days=12), DAY)
    held = {ago: days[DAY - timedelta(days=ago)].weight for ago in (12, 10, 5, 4, 0)}
    assert {ago: weight and weight.value for ago, weight in held.items()} == {12: None, 10: 72, 5: 72, 4: 70, 0: 70}
    assert public.weight_on(mina.pk, DAY - timedelta(days=5)) == public.Weighed(Decimal(72), DAY - timedelta(days=10))


def test_a_strangers_rows_are_on_no_day_of_mine(mina, stranger, weigh, noon):
    weigh(69)
    assert public.day_of(stranger.pk, DAY) == public.empty_day(DAY)
    assert public.goals_of(stranger.pk) == ()
    assert latest_of(stranger.pk) == {}


def test_a_target_carries_its_source_to_other_rooms(mina, person):
    targets.set_target(person=person, aimed=salt())
    (found,) = public.day_of(mina.pk, DAY).targets
    assert (found.nutrient, found.direction, found.low, found.high) == ("sodium_mg", "at_most", None, 2000)
    assert (found.source, found.edition) == ("직접 정한 목표", "2026-11-22")


def test_a_target_to_come_is_not_in_force_today(mina, person):
    targets.set_target(person=person, aimed=salt(), from_day=DAY + timedelta(days=1))
    days = public.days_of(mina.pk, DAY, DAY + timedelta(days=2))
    assert [len(days[day].targets) for day in sorted(days)] == [0, 1, 1]


def test_the_summary_of_the_day_holds_own_targets_over_references(minas, person):
    before = minas.get("/api/today/summary/").json()["targets"]["sodium_mg"]
    targets.set_target(person=person, aimed=salt(1800))
    after = minas.get("/api/today/summary/").json()["targets"]["sodium_mg"]
    assert (before["high"], after["high"]) == (2300, 1800)
    assert after["source"] != before["source"]


def test_a_weight_of_yesterday_changes_todays_summary_at_once(minas, weigh):
    weigh(70, days_ago=3)
    assert minas.get("/api/today/summary/").json()["measurements"]["weight"]["value"] == 70
    weigh(69, days_ago=1)
    assert minas.get("/api/today/summary/").json()["measurements"]["weight"]["value"] == 69


def test_a_new_weight_changes_what_the_day_needs(minas, weigh, django_capture_on_commit_callbacks):
    before = minas.get("/api/today/summary/").json()["targets"]["kcal"]["high"]
    with django_capture_on_commit_callbacks(execute=True):
        weigh(60)
    after = minas.get("/api/today/summary/").json()["targets"]["kcal"]["high"]
    assert after < before


@pytest.mark.parametrize(("hour", "day"), [(0, date(2026, 11, 21)), (3, date(2026, 11, 21)), (4, date(2026, 11, 22))])
def test_a_measurement_lies_on_the_local_day_of_its_moment(db, hour, day, noon):
    user = make_person("owl", day_start_hour=4, birth_year=1990, sex="MALE", height_cm=170, weight_kg=70)
    at = datetime(2026, 11, 21, 15, tzinfo=UTC) + timedelta(hours=hour)  # midnight in Seoul and later
    row = measuring.measure(person=person_of(user), said=Said("WAIST", Decimal(80)), at=at)
    assert row.day == day


def test_a_change_of_zone_moves_no_measurement(mina, weigh):
    row = weigh(69, days_ago=1)
    Profile.objects.filter(user=mina).update(zone="America/New_York", day_start_hour=5)
    principal.reset()
    days = public.days_of(mina.pk, DAY - timedelta(days=3), DAY)
    assert [day for day, one in days.items() if one.measurements] == [row.day]


SEEN = st.lists(
    st.tuples(st.integers(0, 20), st.decimals(40, 120, places=1), st.booleans()), max_size=12
)  # days ago, kg, deleted again


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=SEEN)
def test_the_profile_has_the_latest_living_weight_whatever_came_and_went(mina, noon, said):
    Measurement.objects.of(mina.pk).delete()
    Profile.objects.filter(user=mina).update(weight_kg=Decimal(70))
    mina.profile.refresh_from_db()
    person, rows = person_of(mina), []
    for number, (days_ago, kg, deleted) in enumerate(said):
        at = noon - timedelta(days=days_ago, minutes=number)
        rows.append((measuring.measure(person=person, said=Said("WEIGHT", kg), at=at), deleted))
    for row, deleted in rows:
        if deleted:
            measuring.delete(person=person, measurement_id=row.pk)
    living = [row for row, deleted in rows if not deleted]
    mina.profile.refresh_from_db()
    if living:
        assert mina.profile.weight_kg == max(living, key=lambda row: (row.day, row.at)).value
    latest = public.weight_on(mina.pk, DAY)
    assert (latest is None) == (not living)


def test_a_course_follows_one_kind_between_two_days(mina, weigh, person, noon):
    weigh(70, days_ago=30)
    weigh(69, days_ago=2)
    measuring.measure(person=person, said=Said("WAIST", Decimal(88)), at=noon)
    found = course(mina.pk, "WEIGHT", DAY - timedelta(days=10), DAY)
    assert [(one.day, one.value) for one in found.values.days] == [(DAY - timedelta(days=2), 69)]
    assert (found.unit, found.second) == ("kg", None)


def test_a_course_is_read_in_one_statement(mina, weigh, django_assert_num_queries):
    for days_ago in range(6):
        weigh(70, days_ago=days_ago)
    with django_assert_num_queries(1):
        course(mina.pk, "WEIGHT", DAY - timedelta(days=10), DAY)


def test_the_latest_of_every_kind_is_one_statement(mina, weigh, person, noon, django_assert_num_queries):
    weigh(70, days_ago=1)
    newest = weigh(69)
    pressure = Said("BLOOD_PRESSURE", Decimal(118), Decimal(76))
    measuring.measure(person=person, said=pressure, at=noon)
    with django_assert_num_queries(1):
        found = latest_of(mina.pk)
    assert set(found) == {"WEIGHT", "BLOOD_PRESSURE"}
    assert found["WEIGHT"].id == newest.pk
    assert (found["BLOOD_PRESSURE"].value, found["BLOOD_PRESSURE"].value2) == (118, 76)


def test_goals_are_told_with_their_unit_the_oldest_first(mina, person):
    long.set_goal(person=person, wish=Wish("WEIGHT", Decimal(65)))
    long.set_goal(person=person, wish=Wish("STRENGTH", Decimal(60), exercise_name="스쿼트", start_value=Decimal(40)))
    long.set_goal(person=person, wish=Wish("HABIT", Decimal(3), habit="JOURNAL"))
    long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150), due=DAY + timedelta(days=60)))
    found = public.goals_of(mina.pk)
    assert [(goal.kind, goal.unit) for goal in found] == [
        ("WEIGHT", "kg"), ("STRENGTH", "kg"), ("HABIT", "일/주"), ("MINUTES", "분/주"),
    ]  # fmt: skip
    weight, strength, habit, minutes = found
    assert (weight.direction, weight.start_value, weight.start_day) == ("DOWN", 70, DAY)
    assert (strength.direction, strength.start_value, strength.exercise_name) == ("UP", 40, "스쿼트")
    assert (habit.habit, habit.start_value) == ("JOURNAL", None)
    assert minutes.due == DAY + timedelta(days=60)


def test_a_goal_to_gain_weight_goes_up(person):
    row = long.set_goal(person=person, wish=Wish("WEIGHT", Decimal(75)))
    assert row.direction == "UP"
    assert long.change_goal(person=person, goal_id=row.pk, target=Decimal(66)).direction == "DOWN"


def test_closed_and_deleted_goals_are_not_pursued(mina, person):
    done = long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150)))
    gone = long.set_goal(person=person, wish=Wish("MINUTES", Decimal(200)))
    long.change_goal(person=person, goal_id=done.pk, state="DONE")
    long.delete_goal(person=person, goal_id=gone.pk)
    assert public.goals_of(mina.pk) == ()
    long.restore_goal(person=person, goal_id=gone.pk)
    long.restore_goal(person=person, goal_id=gone.pk)
    assert [goal.id for goal in public.goals_of(mina.pk)] == [gone.pk]


def test_a_habit_of_measuring_is_counted_by_days(minas, mina, weigh, person):
    for days_ago, hours in ((0, 0), (0, 2), (1, 0), (9, 0)):
        weigh(70, days_ago=days_ago, hours=hours)
    long.set_goal(person=person, wish=Wish("HABIT", Decimal(4), habit="MEASURE"))
    (told,) = minas.get("/api/goalprogress/").json()["goals"]
    assert (told["now"], told["percent"], told["reached"]) == (2, 50, False)


def test_a_persons_rows_leave_with_them(mina, weigh, person):
    weigh(70)
    targets.set_target(person=person, aimed=salt())
    long.set_goal(person=person, wish=Wish("MINUTES", Decimal(150)))
    mina.delete()
    assert (Measurement.objects.count(), DailyTarget.objects.count(), Goal.objects.count()) == (0, 0, 0)


def test_staff_see_that_rows_are_there_and_none_of_their_values(mina, weigh, person, noon):
    row = weigh(61.7)
    targets.set_target(person=person, aimed=salt(1777))
    goal = long.set_goal(person=person, wish=Wish("WEIGHT", Decimal("60.3"), title="아무도 몰라야 해요"))
    target = DailyTarget.objects.get()
    staff = make_person("staff")
    type(staff).objects.filter(pk=staff.pk).update(is_staff=True, is_superuser=True)
    office = signed_in(staff)
    for model, pk in (("measurement", row.pk), ("dailytarget", target.pk), ("goal", goal.pk)):
        for path in (f"/admin/goals/{model}/", f"/admin/goals/{model}/{pk}/change/"):
            page = office.get(path).content.decode()
            assert str(mina.pk) in page
            for secret in ("61.7", "1777", "60.3", "아무도 몰라야 해요"):
                assert secret not in page
        assert office.get(f"/admin/goals/{model}/{pk}/delete/").status_code == 403
