import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from onharu.kernel import days
from onharu.kernel.days import DayVersion, changed_since, day_touched, news_of, touch, version_of, versions_of

DAY = date(2026, 11, 22)
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def heard():
    found = []

    def listen(touched, **_):
        found.append(touched)

    day_touched.connect(listen)
    yield found
    day_touched.disconnect(listen)


def test_a_day_nobody_wrote_on_has_version_zero(owner):
    assert version_of(owner.pk, DAY) == 0


def test_versions_only_grow_even_when_the_clock_stands_still(owner, noon):
    touch(owner.pk, DAY, part="meals")
    first = version_of(owner.pk, DAY)
    touch(owner.pk, DAY, part="meals")
    assert version_of(owner.pk, DAY) == first + 1


def test_screens_hear_of_a_change_only_after_it_is_committed(owner, heard, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        touch(owner.pk, DAY, DAY, part="meals")
        assert heard == []
    assert [(one.owner_id, one.day) for one in heard] == [(owner.pk, DAY)]
    assert heard[0].version == version_of(owner.pk, DAY)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_is_never_heard_of(heard, django_user_model):
    owner = django_user_model.objects.create_user("somebody", "s@example.com", "x")

    def write_and_fail():
        touch(owner.pk, DAY, part="meals")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        write_and_fail()
    assert heard == []
    assert version_of(owner.pk, DAY) == 0


def test_a_broken_stream_resumes_from_what_it_missed(owner, stranger, noon):
    touch(owner.pk, date(2026, 11, 20), part="meals")
    seen = version_of(owner.pk, date(2026, 11, 20))
    touch(owner.pk, DAY, part="meals")
    touch(stranger.pk, DAY, part="meals")
    missed = list(changed_since(owner.pk, seen - 1))
    assert [one.day for one in missed] == [date(2026, 11, 20), DAY]
    assert all(isinstance(one, days.Touched) and one.owner_id == owner.pk for one in missed)


def test_each_part_of_a_day_has_its_own_version_and_the_day_has_the_latest(owner, noon, django_assert_num_queries):
    touch(owner.pk, DAY, part="meals")
    touch(owner.pk, DAY, part="workouts")
    with django_assert_num_queries(1):
        news = news_of(owner.pk, DAY, after=0)
    assert news.parts["workouts"] == news.parts["meals"] + 1 == news.version == version_of(owner.pk, DAY)
    touch(owner.pk, DAY, part="meals")
    later = news_of(owner.pk, DAY, after=0)
    assert later.parts["workouts"] == news.parts["workouts"]
    assert later.version == later.parts["meals"] == news.version + 1


def test_what_changed_after_a_version_is_told_with_its_day_and_part(owner, stranger, noon):
    touch(owner.pk, DAY, YESTERDAY, part="meals")
    touch(stranger.pk, DAY, part="journal")
    known = news_of(owner.pk, DAY, after=0)
    assert {(day, part) for day, part, _ in known.changed} == {(DAY, "meals"), (YESTERDAY, "meals")}
    touch(owner.pk, YESTERDAY, part="goals")
    news = news_of(owner.pk, DAY, after=known.latest)
    assert news.changed == ((YESTERDAY, "goals", news.latest),)
    assert (news.version, news.latest) == (known.version, known.latest + 1)
    assert news_of(owner.pk, DAY, after=news.latest).changed == ()


def test_somebody_who_wrote_nothing_has_no_news(owner):
    news = news_of(owner.pk, DAY, after=0)
    assert (news.latest, news.version, news.parts, news.changed) == (0, 0, {}, ())


def test_a_person_counts_on_over_all_days_even_when_the_clock_goes_back(owner, noon, monkeypatch):
    touch(owner.pk, DAY, part="meals")
    monkeypatch.setattr(days.clock, "now", lambda: noon - timedelta(hours=1))
    touch(owner.pk, YESTERDAY, part="workouts")
    assert version_of(owner.pk, YESTERDAY) == version_of(owner.pk, DAY) + 1


def test_a_range_tells_the_latest_part_of_each_day(owner, noon, django_assert_num_queries):
    touch(owner.pk, DAY, part="meals")
    touch(owner.pk, DAY, part="journal")
    touch(owner.pk, YESTERDAY, part="meals")
    with django_assert_num_queries(1):
        found = versions_of(owner.pk, YESTERDAY, DAY)
    assert found == {DAY: version_of(owner.pk, DAY), YESTERDAY: version_of(owner.pk, YESTERDAY)}


def test_a_day_with_several_changed_parts_is_resumed_once(owner, noon):
    touch(owner.pk, DAY, part="meals")
    touch(owner.pk, YESTERDAY, part="workouts")
    touch(owner.pk, DAY, part="journal")
    assert [one.day for one in changed_since(owner.pk, 0)] == [YESTERDAY, DAY]
    assert [one.version for one in changed_since(owner.pk, 0)][1] == version_of(owner.pk, DAY)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_writers_at_once_get_a_hundred_versions(django_user_model):
    owner_id = django_user_model.objects.create_user("somebody", "s@example.com", "x").pk
    parts, heard = ("meals", "workouts", "goals", "journal"), []
    start = threading.Barrier(10)

    def write(number):
        try:
            start.wait(30)
            for again in range(10):
                touch(owner_id, DAY - timedelta(days=again % 2), part=parts[(number + again) % 4])
        finally:
            connection.close()

    def listen(touched, **_):
        heard.append(touched.version)

    day_touched.connect(listen)
    writers = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    day_touched.disconnect(listen)
    assert len(set(heard)) == 100
    assert news_of(owner_id, DAY, after=0).latest == max(heard)
    assert DayVersion.objects.filter(owner_id=owner_id).count() == 8


@pytest.mark.django_db(transaction=True)
def test_days_from_before_there_were_parts_become_meals_and_can_go_back(django_user_model):
    owner_id = django_user_model.objects.create_user("somebody", "s@example.com", "x").pk
    MigrationExecutor(connection).migrate([("kernel", "0001_initial")])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_dayversion (owner_id, day, version) VALUES (%s, %s, 7), (%s, %s, 9)",
            [owner_id, YESTERDAY, owner_id, DAY],
        )
    MigrationExecutor(connection).migrate([("kernel", "0002_parts_of_a_day")])
    news = news_of(owner_id, DAY, after=0)
    assert (news.latest, news.parts) == (9, {"meals": 9})
    touch(owner_id, DAY, part="journal")
    newest = version_of(owner_id, DAY)
    MigrationExecutor(connection).migrate([("kernel", "0001_initial")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM kernel_dayversion WHERE owner_id = %s AND day = %s", [owner_id, DAY])
        assert cursor.fetchall() == [(newest,)]
    everything = MigrationExecutor(connection)
    everything.migrate(everything.loader.graph.leaf_nodes())
