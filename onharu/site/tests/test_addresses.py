"""Letters that were not escaped are no reason for a 500."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.site.addresses import in_ascii


@pytest.mark.parametrize("query", [b"", b"q=%EB%B0%A5&limit=3", b"a=1+2&b=c%20d", b"q='\"<>{}|^`"])
def test_a_query_in_ascii_stays_as_it_is(query):
    assert in_ascii(query) == query


def test_letters_sent_as_they_are_become_what_they_mean():
    assert in_ascii("q=밥 한 공기&limit=3".encode()) == b"q=%EB%B0%A5 %ED%95%9C %EA%B3%B5%EA%B8%B0&limit=3"


@given(st.text(st.characters(exclude_characters="&=+%#;", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_was_asked_is_what_arrives(text):
    assert parse_qs(in_ascii(f"q={text}".encode()).decode("ascii"), keep_blank_values=True) == {"q": [text]}


@given(st.binary())
def test_any_bytes_become_ascii(query):
    assert in_ascii(query).isascii()
