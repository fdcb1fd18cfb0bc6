"""Packed names and the index built of them."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.names import rules, shelf_index
from onharu.names.rules import Entry
from onharu.names.shelf_index import ShelfIndex, entries_of, packed, unpacked

ENTRIES = st.lists(
    st.builds(
        Entry,
        key=st.integers(-(2**62), 2**62),
        text=st.text(alphabet=st.sampled_from("김치찌개국밥 _()A1"), max_size=12),
        weight=st.floats(0, 1, width=32),
        aliases=st.lists(st.text(alphabet="가나다라", min_size=1, max_size=4), max_size=2).map(tuple),
        generic=st.booleans(),
    ),
    unique_by=lambda entry: entry.key,
    max_size=20,
).map(lambda entries: sorted(entries, key=lambda entry: entry.key))


def index_of(*texts, size=8, **marks):
    entries = [Entry(key, text, **marks) for key, text in enumerate(texts, start=1)]
    return ShelfIndex([unpacked(packed(entries[at : at + size])) for at in range(0, len(entries), size)])


def looked_up(index, query, most=10):
    return [index.entry(row).text for row, _ in index.candidates(rules.word_grams(query), most)]


@given(ENTRIES)
def test_packing_loses_nothing(entries):
    assert entries_of(unpacked(packed(entries))) == entries


@given(ENTRIES, st.integers(1, 9))
def test_an_index_of_several_blocks_holds_every_entry_in_its_row(entries, size):
    index = ShelfIndex([unpacked(packed(entries[at : at + size])) for at in range(0, len(entries), size)])
    assert [index.entry(row) for row in range(len(index))] == entries
    assert index.rows_of(entry.key for entry in entries) == list(range(len(entries)))


@given(ENTRIES, st.integers(1, 9))
def test_a_name_shares_all_clues_with_itself_wherever_its_block_lies(entries, size):
    index = ShelfIndex([unpacked(packed(entries[at : at + size])) for at in range(0, len(entries), size)])
    for row, entry in enumerate(entries):
        forms = rules.forms_of(entry.text)
        if forms:
            shares = dict(index.candidates(rules.word_grams(forms[0].words), len(entries)))
            assert shares[row] == 1.0


def test_names_that_share_more_clues_are_taken_first():
    index = index_of("미역국", "김치전", "김치찌개", "된장찌개")
    assert looked_up(index, "김치찌개", most=1) == ["김치찌개"]


def test_a_misspelled_name_still_shares_most_clues():
    index = index_of(
        *(f"{one}{other}" for one in ("미역", "콩나물", "된장", "배추") for other in ("국", "전", "찜")), "김치찌개"
    )
    assert looked_up(index, "킴치찌게", most=1) == ["김치찌개"]


def test_of_equals_the_representative_and_short_are_looked_at():
    entries = [Entry(1, "김밥 큰것 아주 큰것"), Entry(2, "김밥 큰것"), Entry(3, "김밥 큰것 아주", weight=1.0)]
    index = ShelfIndex([unpacked(packed(entries))])
    rows = [row for row, _ in index.candidates(rules.word_grams("김"), 2)]
    assert sorted(index.entry(row).key for row in rows) == [2, 3]


def test_no_more_than_asked_for_are_returned():
    index = index_of(*(f"김치{number}" for number in range(100)), size=16)
    assert len(index.candidates(rules.word_grams("김치"), 7)) == 7


def test_an_empty_index_answers_nothing():
    index = ShelfIndex([])
    assert len(index) == 0
    assert index.candidates(rules.word_grams("김치"), 5) == []
    assert index.rows_of([1, 2]) == []


def test_no_clues_find_nothing():
    assert index_of("김치").candidates(set(), 5) == []


def test_keys_that_are_not_there_have_no_row():
    index = index_of("김치", "국밥")
    assert index.rows_of([2, 99, -1]) == [1]


def test_bytes_of_another_format_are_read_for_their_names(monkeypatch):
    entries = [Entry(1, "김치찌개", 0.5), Entry(2, "국밥", aliases=("따로국밥",))]
    monkeypatch.setattr(shelf_index, "FORMAT", 0)
    old = packed(entries)
    monkeypatch.undo()
    block = unpacked(old)
    assert entries_of(block) == entries
    assert np.array_equal(block.planes, unpacked(packed(entries)).planes)


def test_bytes_that_hold_no_names_are_refused():
    with pytest.raises(ValueError, match="no names"):
        unpacked(struct.pack("<4sHHII", b"ABCD", 1, 640, 0, 0))


def test_a_name_takes_little_memory():
    index = index_of(*(f"김치찌개_{number}번 돼지고기" for number in range(2048)), size=512)
    assert index.size_in_bytes / len(index) < 200  # 40 MB for 200,000 names
