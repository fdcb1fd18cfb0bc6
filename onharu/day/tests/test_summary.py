from datetime import date, timedelta

import orjson
import pytest

from onharu.accounts.public import person_of
from onharu.day import summary
from onharu.day.summary import day_summaries, summary_bytes
from onharu.kernel.days import touch

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _nothing_kept():
    summary.drop_kept()


def test_a_cold_day_costs_two_statements_and_a_warm_one_one(owner, django_assert_num_queries):
    person = person_of(owner)
    with django_assert_num_queries(2):
        first = summary_bytes(person, DAY)
    with django_assert_num_queries(1):
        assert summary_bytes(person, DAY) == first


def test_a_touched_day_is_computed_anew(owner, django_assert_num_queries):
    person = person_of(owner)
    _, before = summary_bytes(person, DAY)
    touch(owner.pk, DAY)
    with django_assert_num_queries(2):
        _, after = summary_bytes(person, DAY)
    assert after != before


def test_a_failing_part_is_named_and_never_shown_as_zero_nor_kept(owner, monkeypatch):
    def broken(*_):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(summary.meals, "day_of", broken)
        body = orjson.loads(summary_bytes(person_of(owner), DAY)[0])
    assert body["unavailable"] == ["meals"]
    assert body["nutrition"] is None
    assert body["progress"] == {}
    assert orjson.loads(summary_bytes(person_of(owner), DAY)[0])["unavailable"] == []


def test_parts_that_are_not_kept_here_are_null(owner):
    body = orjson.loads(summary_bytes(person_of(owner), DAY)[0])
    assert (body["workout_minutes"], body["streak_days"], body["doses"]["planned"]) == (None, None, None)


def test_a_month_costs_two_statements(owner, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = day_summaries(person_of(owner), DAY - timedelta(days=30), DAY)
    assert [one.date for one in found][:2] == [DAY, DAY - timedelta(days=1)]
    assert len(found) == 31
