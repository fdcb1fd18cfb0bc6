"""Searching a shelf in the database."""

import threading

import pytest
from django.db import DatabaseError, connection

from onharu.names import public, queries
from onharu.names.public import Entry, replace, search, upsert

pytestmark = pytest.mark.django_db

DISHES = [
    "김치찌개",
    "된장찌개",
    "비빔밥",
    "쌀밥",
    "두부부침",
    "흰죽",
    "달걀말이",
    "커피_아메리카노 아이스(ICED)",
    "피자_치즈 피자 (L)",
]


@pytest.fixture
def dishes():
    replace("foods", [Entry(key, text, 0.5) for key, text in enumerate(DISHES, start=1)])


def found(query, **options):
    return [hit.text for hit in search("foods", query, **options).hits]


QUERIES = [
    "김치찌개",
    "김치찌게",
    "ㄱㅊㅉㄱ",
    "김ㅊ",
    "rlacl",
    "ㅔㅑㅋㅋㅁ",
    "cafe latte",
    "밥",
    "계란말이",
    "아이스 아메리카노",
    "없는음식이름",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_costs_one_statement(dishes, django_assert_num_queries, query):
    with django_assert_num_queries(1):
        search("foods", query)


def test_the_first_search_of_a_process_costs_one_statement_too(dishes, django_assert_num_queries):
    queries.let_go()
    with django_assert_num_queries(1):
        assert found("밥")[0] == "쌀밥"


def test_an_empty_query_costs_nothing(dishes, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert search("foods", "  ").hits == ()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("밥", "쌀밥"),
        ("두부", "두부부침"),
        ("죽", "흰죽"),
        ("김치찌게", "김치찌개"),
        ("ㄱㅊㅉㄱ", "김치찌개"),
        ("된장ㅉ", "된장찌개"),
        ("qlqlaqkq", "비빔밥"),
        ("믇갸ㅊ무ㅐ", "커피_아메리카노 아이스(ICED)"),
        ("pizza", "피자_치즈 피자 (L)"),
        ("계란말이", "달걀말이"),
    ],
)
def test_every_kind_of_query_is_understood(dishes, query, text):
    assert found(query)[0] == text


def test_the_catalogue_s_spelling_is_shown(dishes):
    assert search("foods", "김치찌게").corrected == "김치찌개"
    assert search("foods", "김치찌개").corrected is None


def test_an_unknown_shelf_has_no_answers():
    assert search("nothing-here", "김치") == public.Results(())


def test_a_change_is_seen_by_the_next_search(dishes):
    assert "김치전" not in found("김치")
    upsert("foods", [Entry(50, "김치전")])
    assert "김치전" in found("김치")


def test_an_index_is_read_once_and_kept(dishes):
    first = queries.current_index("foods")
    assert queries.current_index("foods") is first
    upsert("foods", [Entry(50, "김치전")])
    assert queries.current_index("foods") is not first


def test_a_boosted_name_leads_and_is_found_among_many():
    replace("foods", [Entry(key, f"김치찌개 {key}") for key in range(1, 600)])
    assert search("foods", "김치찌개", boosts={557: 1.0}).hits[0].key == 557


def test_a_boost_does_not_bring_names_that_do_not_fit(dishes):
    assert "흰죽" not in found("김치찌개", boosts={6: 1.0, 999: 1.0})


def test_each_spelling_once_by_the_key_that_stands_best():
    replace(
        "foods",
        [Entry(key, "커피_아메리카노", generic=False) for key in range(1, 10)] + [Entry(20, "커피_아메리카노 핫")],
    )
    results = search("foods", "아메리카노", distinct=True, boosts={5: 1.0})
    assert [hit.key for hit in results.hits] == [5, 20]
    assert len(search("foods", "아메리카노").hits) == 10


def test_the_limit_is_kept(dishes):
    assert len(found("찌개", limit=1)) == 1


def test_the_same_names_score_the_same_on_a_shelf_and_in_a_list(dishes):
    entries = [Entry(key, text, 0.5) for key, text in enumerate(DISHES, start=1)]
    for query in QUERIES:
        assert search("foods", query).hits[:1] == public.rank(query, entries, shelf="foods").hits[:1]


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_wrote_is_seen_by_the_next_search():
    replace("foods", [Entry(1, "김치")])
    assert found("김치") == ["김치"]

    def write_elsewhere():
        try:
            upsert("foods", [Entry(2, "김치전")])
        finally:
            connection.close()

    writer = threading.Thread(target=write_elsewhere)
    writer.start()
    writer.join()
    assert found("김치") == ["김치", "김치전"]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_lose_no_name():
    replace("foods", [Entry(1, "김치")])
    errors = []

    def write(start):
        try:
            for key in range(start, start + 10):
                upsert("foods", [Entry(key, f"이름{key}")])
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(start,)) for start in (100, 200, 300)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    assert len(queries.current_index("foods")) == 31
