"""Filling and changing shelves."""

import pytest
from django.db import transaction

from onharu.names import actions
from onharu.names.models import Segment, Shelf
from onharu.names.public import Entry, forget, replace, search, upsert
from onharu.names.queries import current_index

pytestmark = pytest.mark.django_db


def held(shelf="foods"):
    index = current_index(shelf)
    return {index.entry(row).key: index.entry(row).text for row in range(len(index))}


def numbered(count, start=1):
    return [Entry(key, f"이름{key}") for key in range(start, start + count)]


@pytest.fixture
def small_segments(monkeypatch):
    monkeypatch.setattr(actions, "SEGMENT", 8)


def test_replacing_makes_the_shelf_hold_exactly_these():
    assert replace("foods", [Entry(1, "김치"), Entry(2, "국밥")]) == 2
    assert replace("foods", [Entry(2, "순대국밥"), Entry(3, "떡")]) == 2
    assert held() == {2: "순대국밥", 3: "떡"}


def test_replacing_twice_changes_nothing():
    entries = [Entry(2, "국밥"), Entry(1, "김치")]
    replace("foods", entries)
    replace("foods", iter(entries))
    assert held() == {1: "김치", 2: "국밥"}
    assert Shelf.objects.count() == 1


def test_of_two_entries_with_one_key_the_last_counts():
    assert replace("foods", [Entry(1, "김치"), Entry(1, "깍두기")]) == 1
    assert held() == {1: "깍두기"}


def test_a_shelf_can_be_emptied():
    replace("foods", [Entry(1, "김치")])
    assert replace("foods", []) == 0
    assert held() == {}
    assert search("foods", "김치").hits == ()


def test_shelves_do_not_know_each_other():
    replace("foods", [Entry(1, "김치")])
    replace("medicines", [Entry(1, "게보린")])
    forget("medicines", [1])
    assert held("foods") == {1: "김치"}
    assert held("medicines") == {}


def test_upserting_adds_and_changes():
    replace("foods", [Entry(1, "김치"), Entry(2, "국밥")])
    assert upsert("foods", [Entry(2, "순대국밥"), Entry(9, "떡")]) == 2
    assert held() == {1: "김치", 2: "순대국밥", 9: "떡"}


def test_upserting_twice_counts_once():
    upsert("foods", [Entry(1, "김치")])
    upsert("foods", [Entry(1, "김치")])
    assert held() == {1: "김치"}


def test_upserting_nothing_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert upsert("foods", []) == 0


def test_forgetting_twice_or_what_is_not_there_does_no_harm():
    replace("foods", [Entry(1, "김치"), Entry(2, "국밥")])
    forget("foods", [1, 77])
    forget("foods", [1])
    assert held() == {2: "국밥"}


def test_forgetting_on_a_shelf_that_never_was_does_no_harm():
    forget("foods", [1])
    assert held() == {}


def test_weights_aliases_and_makers_survive_a_change_next_to_them():
    entry = Entry(1, "가정식 백반", 0.25, ("집밥", "백반"), generic=False)
    replace("foods", [entry])
    upsert("foods", [Entry(2, "국밥")])
    assert current_index("foods").entry(0) == entry


def test_a_change_rewrites_only_the_segment_it_falls_into(small_segments):
    replace("foods", numbered(64))
    before = dict(Segment.objects.values_list("first_key", "pk"))
    upsert("foods", [Entry(20, "바뀐 이름")])
    after = dict(Segment.objects.values_list("first_key", "pk"))
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == [17]


def test_a_segment_that_grows_too_large_is_split(small_segments):
    upsert("foods", numbered(40))
    assert Segment.objects.count() == 5
    upsert("foods", numbered(30, start=100))
    assert held() == {entry.key: entry.text for entry in numbered(40) + numbered(30, start=100)}


def test_a_segment_that_loses_all_its_names_goes(small_segments):
    replace("foods", numbered(16))
    forget("foods", range(1, 9))
    assert list(Segment.objects.values_list("first_key", flat=True)) == [9]


def test_keys_before_the_first_segment_find_their_place(small_segments):
    replace("foods", numbered(16, start=100))
    upsert("foods", [Entry(5, "앞")])
    forget("foods", [100])
    assert sorted(held()) == [5, *range(101, 116)]


def test_many_changes_at_once_equal_one_replacement(small_segments):
    replace("foods", numbered(50))
    upsert("foods", numbered(50, start=25))
    forget("foods", range(1, 75, 2))
    expected = {entry.key: entry.text for entry in numbered(74) if entry.key % 2 == 0}
    assert held() == expected


def test_a_change_that_is_rolled_back_is_not_remembered():
    replace("foods", [Entry(1, "김치")])
    with transaction.atomic():
        replace("foods", [Entry(1, "깍두기")])
        assert held() == {1: "깍두기"}
        transaction.set_rollback(True)
    assert held() == {1: "김치"}


def test_a_later_change_is_not_taken_for_one_that_was_rolled_back():
    replace("foods", [Entry(1, "김치")])
    with transaction.atomic():
        replace("foods", [Entry(1, "깍두기")])
        held()
        transaction.set_rollback(True)
    replace("foods", [Entry(1, "동치미")])
    assert held() == {1: "동치미"}


def test_rows_say_what_they_are():
    replace("foods", [Entry(7, "김치")])
    segment = Segment.objects.get()
    assert str(segment.shelf) == "foods"
    assert str(segment).endswith(":7")
