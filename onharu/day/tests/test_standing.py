"""What a process remembers of people: never older than it says, never another's, and no more than it may."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from onharu.day import standing
from onharu.day.standing import Known, kept, remember, standing_of, tried
from onharu.kernel.days import touch

DAY = date(2026, 11, 22)
YESTERDAY = DAY - timedelta(days=1)
pytestmark = pytest.mark.usefixtures("noon")


def test_the_first_look_names_every_part_of_every_day(owner):
    touch(owner.pk, DAY, part="meals")
    touch(owner.pk, YESTERDAY, part="journal")
    now = standing_of(owner.pk, DAY)
    assert now.changed == {DAY: {"meals"}, YESTERDAY: {"journal"}}
    assert (set(now.parts), now.known) == ({"meals"}, Known())


def test_after_that_only_what_changed_is_named(owner, django_assert_num_queries):
    touch(owner.pk, DAY, YESTERDAY, part="meals")
    remember(standing_of(owner.pk, DAY), frozenset({DAY}))
    assert standing_of(owner.pk, DAY).changed == {}
    touch(owner.pk, YESTERDAY, part="goals")
    with django_assert_num_queries(1):
        now = standing_of(owner.pk, DAY)
    assert now.changed == {YESTERDAY: {"goals"}}
    assert (now.known.written, set(now.by_part)) == ({DAY}, {"meals", "goals"})


def test_an_older_look_never_replaces_a_newer_one(owner):
    touch(owner.pk, DAY, part="meals")
    older = standing_of(owner.pk, DAY)
    touch(owner.pk, DAY, part="meals")
    newer = standing_of(owner.pk, DAY)
    remember(newer, frozenset({DAY, YESTERDAY}))
    remember(older, frozenset())
    assert standing_of(owner.pk, DAY).known.written == {DAY, YESTERDAY}


def test_people_are_remembered_apart(owner, stranger):
    touch(owner.pk, DAY, part="meals")
    remember(standing_of(owner.pk, DAY), frozenset({DAY}))
    assert standing_of(stranger.pk, DAY).known == Known()


def test_a_value_is_read_again_when_its_version_is_another(owner):
    now, read = standing_of(owner.pk, DAY), []

    def ask():
        read.append(1)
        return len(read)

    assert [kept(now, "meals", DAY, stamp, ask) for stamp in (5, 5, 6, 6, 5)] == [1, 1, 2, 2, 3]


def test_a_value_is_kept_for_each_person_part_name_and_language(owner, stranger):
    mine, theirs = standing_of(owner.pk, DAY), standing_of(stranger.pk, DAY)
    kept(mine, "meals", DAY, 5, lambda: "mine")
    assert kept(theirs, "meals", DAY, 5, lambda: "theirs") == "theirs"
    assert kept(mine, "workouts", DAY, 5, lambda: "moved") == "moved"
    assert kept(mine, "meals", YESTERDAY, 5, lambda: "before") == "before"
    with translation.override("en"):
        assert kept(mine, "meals", DAY, 5, lambda: "English") == "English"
    assert kept(mine, "meals", DAY, 5, lambda: "new") == "mine"


def test_what_fails_is_named_once_logged_and_never_kept(owner, caplog):
    now, failed = standing_of(owner.pk, DAY), []

    def broken():
        raise ConnectionError

    for _ in range(2):
        assert tried("meals", lambda: kept(now, "meals", DAY, 5, broken), failed) is None
    assert failed == ["meals"]
    assert caplog.text.count("day_part_failed") == 2
    assert tried("meals", lambda: kept(now, "meals", DAY, 5, lambda: "there"), failed) == "there"


def test_memory_is_bounded_by_the_days_written(owner, monkeypatch):
    monkeypatch.setattr(standing, "_people", standing.LRUCache(100, getsizeof=standing._people.getsizeof))
    touch(owner.pk, DAY, part="meals")
    now = standing_of(owner.pk, DAY)
    remember(now, frozenset(DAY - timedelta(days=back) for back in range(60)))
    assert standing._people.currsize == standing.A_PERSON + 60
    assert standing._people.maxsize == 100


def test_forgetting_everybody_is_a_first_look_again(owner):
    touch(owner.pk, DAY, part="meals")
    remember(standing_of(owner.pk, DAY), frozenset({DAY}))
    standing.forget_all()
    assert standing_of(owner.pk, DAY).known == Known()
