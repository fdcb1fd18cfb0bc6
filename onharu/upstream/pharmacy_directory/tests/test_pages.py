"""Both tables in every envelope and shape; pages, smaller pages, pages that nobody asked for, and quotas."""

import json

import pytest
from werkzeug import Response

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.pharmacy_directory.backends.data_go_kr import TABLES, Backend
from onharu.upstream.pharmacy_directory.port import DIRECTORY, LIST
from onharu.upstream.pharmacy_directory.tests.answers import ROW, rows
from onharu.upstream.tests.data_go_kr import KEY, as_json, as_xml, gateway_xml

EACH = pytest.mark.parametrize("table", [DIRECTORY, LIST])
TOO_LARGE = json.dumps({"header": {"resultCode": "11", "resultMsg": "numOfRows maximum is =[500]"}, "body": {}})


def only(source, table):
    (page,) = source.pages(table)
    return page


def table_of(httpserver, total, table=DIRECTORY, *, most=1000, too_large=None, wrap=as_xml):
    """Serve a table; a page of more than `most` rows is answered with `too_large`, or silently cut to `most`."""

    def serve(request):
        page, size = int(request.args["pageNo"]), int(request.args["numOfRows"])
        if size > most and too_large is not None:
            return Response(too_large)
        size = min(size, most)
        first = (page - 1) * size
        return Response(wrap(rows(max(0, min(size, total - first)), first), total=total, page=page, size=size))

    httpserver.expect_request(f"/{TABLES[table].paths[0]}").respond_with_handler(serve)


def sizes(httpserver):
    return [(int(request.args["pageNo"]), int(request.args["numOfRows"])) for request, _ in httpserver.log]


@EACH
def test_json_and_xml_say_the_same(source, say, httpserver, table):
    say(table, as_json({"item": [ROW]}, inside=True))
    page = only(source, table)
    httpserver.clear()
    say(table, as_xml([ROW]), content_type="application/xml;charset=UTF-8")
    assert only(source, table) == page
    assert (page.total, page.arrived, len(page.rows), page.refused, page.next_start) == (1, 1, 1, (), None)


SHAPES = {
    "a list": lambda row: [row],
    "a list of wrapped rows": lambda row: [{"item": row}],
    "a wrapped list": lambda row: {"item": [row]},
    "one wrapped row": lambda row: {"item": row},
    "one row": lambda row: row,
}


@pytest.mark.parametrize("inside", [False, True], ids=["envelope A", "envelope B"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@EACH
def test_rows_are_found_in_any_shape(source, say, table, shape, inside):
    say(table, as_json(shape(ROW), inside=inside))
    assert len(only(source, table).rows) == 1


@pytest.mark.parametrize("nothing", ["", [], {}, None, " ", {"item": []}, {"item": ""}, {"item": None}], ids=repr)
@EACH
def test_nothing_in_any_shape_is_an_empty_page(source, say, table, nothing):
    say(table, as_json(nothing, total=0, inside=True))
    page = only(source, table)
    assert (page.rows, page.arrived, page.total, page.next_start) == ((), 0, 0, None)


@pytest.mark.parametrize(
    "body",
    [
        '{"response":{"header":{"resultCode":"00","resultMsg":"OK"},"body":{}}}',
        '{"response":{"header":{"resultCode":"03","resultMsg":"NODATA_ERROR"}}}',
        "<response><header><resultCode>03</resultCode></header><body/></response>",
        "<response><header><resultCode>00</resultCode></header><body><items/><totalCount>0</totalCount></body></response>",
    ],
)
@EACH
def test_no_data_is_an_empty_page_and_no_fault(source, say, table, body):
    say(table, body)
    assert only(source, table).rows == ()


@pytest.mark.parametrize("wrap", [as_json, as_xml], ids=["JSON", "XML"])
@EACH
def test_a_table_is_read_to_its_end(source, httpserver, table, wrap):
    table_of(httpserver, 2345, table, wrap=wrap)
    pages = list(source.pages(table))
    assert [(page.start, page.next_start, page.arrived, page.total) for page in pages] == [
        (0, 1000, 1000, 2345), (1000, 2000, 1000, 2345), (2000, None, 345, 2345)]  # fmt: skip
    assert len({row.hpid for page in pages for row in page.rows}) == 2345


@EACH
def test_reading_goes_on_where_it_stopped(source, httpserver, table):
    table_of(httpserver, 2345, table)
    assert [page.start for page in source.pages(table, start=2000)] == [2000]
    assert [page.start for page in source.pages(table, start=2300)] == [2300]
    assert sizes(httpserver) == [(3, 1000), (24, 100)]
    with pytest.raises(ValueError, match="multiples of 100"):
        next(source.pages(table, start=7))


@pytest.mark.parametrize("too_large", [TOO_LARGE, "", None], ids=["said", "zero bytes", "cut without a word"])
def test_pages_become_smaller_until_they_are_taken(source, httpserver, too_large):
    table_of(httpserver, 1150, most=500, too_large=too_large)
    pages = list(source.pages(DIRECTORY))
    assert [(page.start, page.arrived) for page in pages] == [(0, 500), (500, 500), (1000, 150)]
    assert sizes(httpserver)[-3:] == [(1, 500), (2, 500), (3, 500)]
    assert len({row.hpid for page in pages for row in page.rows}) == 1150


def test_rows_are_never_skipped_where_the_smallest_page_is_cut(source, httpserver):
    table_of(httpserver, 1150, most=30)
    with pytest.raises(Unavailable) as fault:
        list(source.pages(DIRECTORY))
    assert fault.value.reason == "page_too_large"


def test_a_page_that_is_too_big_to_read_is_asked_for_in_smaller_ones(httpserver, no_waiting):
    table_of(httpserver, 600)
    hurried = Backend(key=KEY, base_url=httpserver.url_for(""), for_a_page=Limits(20.0, 5.0, 200_000, 3))
    assert next(hurried.pages(DIRECTORY)).arrived == 100


@EACH
def test_another_page_than_the_one_asked_for_is_not_believed(source, say, table):
    say(table, as_xml([ROW], total=25000, page=7, size=1000))
    with pytest.raises(Unavailable) as fault:
        only(source, table)
    assert fault.value.reason == "wrong_rows"


def test_a_wrong_path_is_a_lasting_refusal_of_that_table_alone(source, say):
    say(DIRECTORY, "Unexpected errors", 500)
    say(LIST, as_xml([ROW]))
    with pytest.raises(Refused) as fault:
        only(source, DIRECTORY)
    assert fault.value.reason == "no_service"
    assert only(source, LIST).rows


def test_a_used_up_quota_is_not_asked_again_and_the_other_table_is(source, say, httpserver):
    say(DIRECTORY, gateway_xml(22, "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR"), content_type="application/json")
    say(LIST, as_xml([ROW]))
    for _ in range(3):
        with pytest.raises(Unavailable) as fault:
            only(source, DIRECTORY)
        assert fault.value.reason == "quota"
        assert 0 < fault.value.retry_after <= 86_402
    assert len(httpserver.log) == 1
    assert only(source, LIST).rows
