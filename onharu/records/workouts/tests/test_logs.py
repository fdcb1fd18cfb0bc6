from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Invalid, Missing
from onharu.records.workouts import ports
from onharu.records.workouts.actions import cleaning, logs, plans, tasks
from onharu.records.workouts.actions.logs import Change, Draft, ImportDeleted
from onharu.records.workouts.actions.writing import ExerciseUnknown, SetValues, TimesBackwards
from onharu.records.workouts.models import Task, WorkoutLog, WorkoutPlan, WorkoutSet
from onharu.records.workouts.queries.days import day_of, days_of, days_written
from onharu.records.workouts.queries.records import milestones, records_history, records_of
from onharu.records.workouts.queries.rows import log_by_id, plan_day

DAY = date(2026, 11, 22)
TEN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def write(owner, **more):
    return logs.log_workout(owner_id=owner.pk, draft=Draft(**{"day": DAY, "started_at": TEN, "name": "걷기", **more}))


def bring(owner, **more):
    said = {
        "day": DAY,
        "started_at": TEN,
        "ended_at": TEN + timedelta(minutes=30),
        "name": "워치 걷기",
        "external_id": "w-1",
    }
    return logs.import_workout(owner_id=owner.pk, draft=Draft(**{**said, **more}))


@pytest.mark.parametrize(
    ("said", "minutes", "source"),
    [
        ({"minutes": Decimal(40)}, 40, "SAID"),
        ({"ended_at": TEN + timedelta(minutes=25)}, 25, "SAID"),
        ({"sets": [SetValues(reps=10)] * 3}, Decimal("5.0"), "ESTIMATED"),
        ({}, None, ""),
    ],
)
def test_minutes_are_said_or_between_instants_or_estimated_or_unknown(owner, noon, said, minutes, source):
    log = log_by_id(owner.pk, write(owner, **said))
    assert (log.minutes, log.minutes_source) == (minutes, source)


def test_a_workout_that_ends_before_it_begins_is_refused(owner, noon):
    for ended_at in (TEN - timedelta(minutes=1), TEN + timedelta(days=1, minutes=1)):
        with pytest.raises(TimesBackwards):
            write(owner, ended_at=ended_at)
    assert WorkoutLog.objects.count() == 0


def test_a_workout_is_named_by_the_catalogue_or_by_the_person(owner, shelf, noon):
    known, own = log_by_id(owner.pk, write(owner, exercise=shelf["run"])), log_by_id(owner.pk, write(owner))
    assert (known.name, known.met, known.met_source) == ("달리기", Decimal("8.3"), "시험표 1")
    assert (own.name, own.exercise, own.met, own.kcal_gross) == ("걷기", None, None, None)
    with pytest.raises(ExerciseUnknown):
        write(owner, name="")


def test_an_imported_workout_and_the_same_one_by_hand_count_once_with_an_equation(owner, noon):
    write(owner, minutes=Decimal(45))
    bring(owner, started_at=TEN + timedelta(minutes=25), ended_at=TEN + timedelta(minutes=55))
    found = day_of(owner.pk, DAY)
    assert (found.minutes, found.overlap_minutes) == (55, 20)
    assert found.equation == "45 + 30 − 20 (겹침) = 55분"
    assert [log.counted_minutes for log in found.logs] == [45, 10]
    assert [log.minutes for log in found.logs] == [45, 30]


def test_energy_of_a_day_is_of_the_minutes_that_count(owner, shelf, noon):
    write(owner, exercise=shelf["walk"], minutes=Decimal(30))
    bring(owner, exercise=shelf["walk"])
    found = day_of(owner.pk, DAY)
    assert found.minutes == 30
    assert found.kcal_gross == found.logs[0].kcal_gross == Decimal("132.0")
    assert found.logs[1].kcal_gross == Decimal("132.0")
    assert found.kcal_net == Decimal("104.5")


def test_without_an_overlap_there_is_no_equation(owner, noon):
    write(owner, minutes=Decimal(45))
    assert day_of(owner.pk, DAY).equation == ""


def test_an_import_again_is_the_one_that_is_there(owner, noon):
    first, again = bring(owner), bring(owner, name="또")
    assert (first.created, again.created, first.log_id) == (True, False, again.log_id)
    log = log_by_id(owner.pk, first.log_id)
    assert (log.name, log.minutes, log.minutes_source, log.source) == ("워치 걷기", 30, "IMPORTED", "IMPORT")


def test_an_import_that_was_deleted_does_not_come_back(owner, noon, monkeypatch):
    first = bring(owner, note="비밀", sets=[SetValues(reps=1)])
    logs.delete_log(owner_id=owner.pk, log_id=first.log_id)
    with pytest.raises(ImportDeleted):
        bring(owner)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=2))
    cleaning.forget_deleted()
    with pytest.raises(ImportDeleted):
        bring(owner)
    left = WorkoutLog.objects.get()
    assert (left.name, left.note, left.body_kg, WorkoutSet.objects.count()) == ("", "", None, 0)


@pytest.mark.parametrize("lack", [{"external_id": ""}, {"ended_at": None}])
def test_an_import_needs_its_id_and_both_instants(owner, noon, lack):
    with pytest.raises(Invalid) as problem:
        bring(owner, **lack)
    assert problem.value.code == "import_incomplete"


def test_two_people_may_have_the_same_external_id(owner, relative, noon):
    assert bring(owner).created
    assert bring(relative).created


def test_the_measured_weight_of_the_day_is_taken_with_its_day(owner, shelf, noon):
    ports.use(lambda _, day: ports.Weighed(kg=Decimal("60.4"), source="", day=day - timedelta(days=2)))
    log = log_by_id(owner.pk, write(owner, exercise=shelf["walk"], minutes=Decimal(60)))
    assert (log.body_kg, log.body_kg_source, log.body_kg_day) == (Decimal("60.4"), "MEASURED", DAY - timedelta(days=2))
    assert log.kcal_gross == Decimal("289.9")


def test_where_nothing_was_measured_the_profiles_weight_is_taken(owner, shelf, noon):
    ports.use(lambda *_: None)
    log = log_by_id(owner.pk, write(owner, exercise=shelf["walk"]))
    assert (log.body_kg, log.body_kg_source) == (55, "PROFILE")


def test_a_weight_that_changes_later_changes_no_log(owner, shelf, noon):
    log_id = write(owner, exercise=shelf["walk"], minutes=Decimal(60))
    owner.profile.weight_kg = 90
    owner.profile.save()
    assert log_by_id(owner.pk, log_id).kcal_gross == Decimal("264.0")
    logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(note="바람"))
    assert log_by_id(owner.pk, log_id).body_kg == 55


def test_a_log_moved_to_another_day_announces_both_and_takes_that_days_weight(owner, shelf, noon):
    log_id = write(owner, exercise=shelf["walk"])
    before, yesterday = version_of(owner.pk, DAY), DAY - timedelta(days=1)
    ports.use(lambda _, day: ports.Weighed(kg=Decimal(61), source="", day=day))
    logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(day=yesterday))
    assert version_of(owner.pk, DAY) > before
    assert version_of(owner.pk, yesterday) > before
    log = log_by_id(owner.pk, log_id)
    assert (log.day, log.body_kg) == (yesterday, 61)
    assert day_of(owner.pk, DAY).logs == ()


def test_correcting_keeps_minutes_that_were_said_and_estimates_the_others_again(owner, noon):
    said, guessed = write(owner, minutes=Decimal(33)), write(owner, sets=[SetValues(reps=10)])
    for log_id in (said, guessed):
        logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(sets=[SetValues(reps=10)] * 3))
    assert log_by_id(owner.pk, said).minutes == 33
    assert (log_by_id(owner.pk, guessed).minutes, log_by_id(owner.pk, guessed).minutes_source) == (5, "ESTIMATED")


def test_other_instants_bring_other_minutes(owner, noon):
    log_id = write(owner, ended_at=TEN + timedelta(minutes=30))
    logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(ended_at=TEN + timedelta(minutes=50)))
    assert log_by_id(owner.pk, log_id).minutes == 50
    with pytest.raises(TimesBackwards):
        logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(started_at=TEN + timedelta(hours=2)))
    assert log_by_id(owner.pk, log_id).minutes == 50


def test_another_exercise_brings_its_own_rate(owner, shelf, noon):
    log_id = write(owner, exercise=shelf["walk"])
    logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(exercise=shelf["run"]))
    assert log_by_id(owner.pk, log_id).met == Decimal("8.3")
    logs.edit_log(owner_id=owner.pk, log_id=log_id, change=Change(name="숨바꼭질"))
    log = log_by_id(owner.pk, log_id)
    assert (log.name, log.exercise, log.met) == ("숨바꼭질", None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", -1), ("minutes", 1441), ("rpe", 0), ("rpe", "10.5"), ("met", -1)],
)
def test_the_database_refuses_numbers_that_nobody_reaches(owner, noon, field, value):
    log_id = write(owner, minutes=Decimal(30))
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkoutLog.objects.filter(pk=log_id).update(**{field: value})


@pytest.mark.parametrize(("field", "value"), [("reps", 1001), ("weight_kg", -1), ("rpe", 11), ("seconds", 86401)])
def test_the_database_refuses_sets_that_nobody_does(owner, noon, field, value):
    write(owner, sets=[SetValues(reps=1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkoutSet.objects.update(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"), [("sets", 0), ("reps_low", 13), ("weight_kg", -1), ("minutes", 1441), ("state", "done")]
)
def test_the_database_refuses_tasks_that_cannot_be(owner, squat, field, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=squat).update(**{field: value})


def test_a_day_of_plan_tasks_logs_and_sets_is_two_statements(owner, plan, squat, noon, django_assert_num_queries):
    for _ in range(5):
        write(owner, minutes=Decimal(10), sets=[SetValues(reps=5)] * 4)
    with django_assert_num_queries(2):
        found = day_of(owner.pk, DAY)
    assert (len(found.tasks), len(found.logs), found.minutes) == (3, 5, 50)
    assert all(len(log.sets) == 4 for log in found.logs)


def test_many_days_are_two_statements_too(owner, noon, django_assert_num_queries):
    for back in range(40):
        day = DAY - timedelta(days=back)
        write(owner, day=day, started_at=TEN - timedelta(days=back), minutes=Decimal(10))
        plans.make_plan(owner_id=owner.pk, draft=plans.PlanDraft(day=day))
    with django_assert_num_queries(2):
        found = days_of(owner.pk, DAY - timedelta(days=99), DAY)
    assert len(found) == 40
    with django_assert_num_queries(1):
        assert len(days_written(owner.pk, DAY - timedelta(days=9), DAY)) == 10


def test_personal_records_come_from_what_was_lifted_and_not_from_what_was_planned(owner, shelf, squat, noon):
    write(owner, exercise=shelf["goblet"], sets=[SetValues(reps=8, weight_kg=Decimal(10))])
    write(
        owner,
        exercise=shelf["goblet"],
        day=DAY + timedelta(days=1),
        sets=[SetValues(reps=5, weight_kg=Decimal("12.5"))],
    )
    (goblet,) = records_of(owner.pk)
    kinds = {one.kind: (one.value, one.estimated) for one in goblet.records}
    assert kinds["heaviest"] == (Decimal("12.5"), False)
    assert kinds["one_rep_max"] == (Decimal("14.6"), True)
    logs_before = records_history(owner.pk)
    from onharu.records.workouts.actions.completion import set_completion

    set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    assert records_history(owner.pk) == logs_before


def test_stretching_longer_is_no_record(owner, shelf, noon):
    write(owner, exercise=shelf["stretch"], sets=[SetValues(seconds=60)])
    write(owner, exercise=shelf["plank"], sets=[SetValues(seconds=60)])
    assert [one.name for one in records_of(owner.pk)] == ["플랭크"]


def test_milestones_name_the_day_of_each_round_number(owner, noon, django_assert_num_queries):
    for back in range(12):
        write(owner, day=DAY - timedelta(days=back))
    write(owner)
    with django_assert_num_queries(1):
        found = milestones(owner.pk)
    assert (found.workouts, found.days, found.first_day, found.last_day) == (13, 12, DAY - timedelta(days=11), DAY)
    assert {one.n: one.day for one in found.nth_day} == {
        1: DAY - timedelta(days=11), 3: DAY - timedelta(days=9), 7: DAY - timedelta(days=5), 10: DAY - timedelta(days=2)
    }  # fmt: skip
    assert log_by_id(owner.pk, found.nth_day[0].log_id).day == found.nth_day[0].day
    assert milestones(987654).days == 0


def test_what_was_deleted_a_day_ago_is_gone_for_good(owner, plan, squat, noon, monkeypatch):
    log_id = write(owner, sets=[SetValues(reps=5)])
    logs.delete_log(owner_id=owner.pk, log_id=log_id)
    tasks.delete_task(owner_id=owner.pk, task_id=squat)
    assert cleaning.forget_deleted() == 0
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=1, minutes=1))
    cleaning.forget_deleted()
    assert (WorkoutLog.objects.count(), WorkoutSet.objects.count(), Task.objects.count()) == (0, 0, 2)
    plans.delete_plan(owner_id=owner.pk, plan_id=plan)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=3))
    cleaning.forget_deleted()
    assert WorkoutPlan.objects.count() == 0


def test_a_log_outlives_the_plan_it_came_from(owner, plan, squat, noon, monkeypatch):
    from onharu.records.workouts.actions.completion import set_completion

    done = set_completion(owner_id=owner.pk, task_id=squat, completed=True, at=noon, today=DAY)
    plans.delete_plan(owner_id=owner.pk, plan_id=plan)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(days=2))
    cleaning.forget_deleted()
    log = log_by_id(owner.pk, done.log_id)
    assert (log.name, log.task_id) == ("덤벨 고블릿 스쿼트", None)
    logs.delete_log(owner_id=owner.pk, log_id=log.id)
    logs.restore_log(owner_id=owner.pk, log_id=log.id)
    assert day_of(owner.pk, DAY).logs[0].id == log.id


def test_the_day_of_a_plan_is_told_to_its_owner_only(owner, stranger, plan):
    assert plan_day(owner.pk, plan) == DAY
    assert plan_day(stranger.pk, plan) is None
    assert plan_day(owner.pk, 2**70) is None


def test_a_stranger_finds_nothing_to_change(owner, stranger, noon):
    log_id = write(owner)
    for attempt in (
        lambda: logs.edit_log(owner_id=stranger.pk, log_id=log_id, change=Change(note="x")),
        lambda: logs.delete_log(owner_id=stranger.pk, log_id=log_id),
        lambda: logs.restore_log(owner_id=stranger.pk, log_id=log_id),
        lambda: log_by_id(stranger.pk, log_id),
    ):
        with pytest.raises(Missing):
            attempt()
    assert day_of(stranger.pk, DAY).logs == ()
