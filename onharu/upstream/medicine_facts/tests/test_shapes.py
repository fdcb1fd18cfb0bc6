"""Every table in every envelope and shape that data.go.kr is known to use."""

import pytest

from onharu.upstream.faults import Unavailable
from onharu.upstream.medicine_facts.port import TABLES
from onharu.upstream.medicine_facts.tests.answers import ROWS, items_of
from onharu.upstream.tests.data_go_kr import as_json, as_xml


def only(source, table):
    (page,) = source.pages(table)
    return page


def test_every_table_has_a_row_here():
    assert set(ROWS) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_json_and_xml_say_the_same(source, say, httpserver, table):
    row = ROWS[table]
    say(table, as_json(items_of(table, [row])))
    page = only(source, table)
    httpserver.clear()
    say(table, as_xml([row]), content_type="application/xml;charset=UTF-8")
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
@pytest.mark.parametrize("table", ["labels", "notices.pair", "substances"])
def test_rows_are_found_in_any_shape(source, say, table, shape, inside):
    say(table, as_json(shape(ROWS[table]), inside=inside))
    assert len(only(source, table).rows) == 1


@pytest.mark.parametrize("nothing", ["", [], {}, None, " ", {"item": []}, {"item": ""}, {"item": None}], ids=repr)
@pytest.mark.parametrize("table", TABLES)
def test_nothing_in_any_shape_is_an_empty_page(source, say, table, nothing):
    say(table, as_json(nothing, total=0))
    page = only(source, table)
    assert (page.rows, page.arrived, page.total, page.next_start) == ((), 0, 0, None)


@pytest.mark.parametrize(
    "body",
    [
        '{"header":{"resultCode":"00","resultMsg":"OK"},"body":{}}',
        '{"header":{"resultCode":"00","resultMsg":"OK"},"body":null}',
        '{"header":{"resultCode":"00","resultMsg":"OK"}}',
        '{"header":{"resultCode":"03","resultMsg":"NODATA_ERROR"},"body":{}}',
        '{"header":{"resultCode":3,"resultMsg":"NODATA_ERROR"}}',
        '{"response":{"header":{"resultCode":"03","resultMsg":"NODATA_ERROR"}}}',
        "<response><header><resultCode>03</resultCode><resultMsg>NODATA_ERROR</resultMsg></header><body/></response>",
        "<response><header><resultCode>00</resultCode></header><body><items/><totalCount>0</totalCount></body></response>",
    ],
)
def test_no_data_is_an_empty_page_and_no_fault(source, say, body):
    say("pills", body)
    assert only(source, "pills").rows == ()


@pytest.mark.parametrize("code", ["00", "0", "0000", "000", 0])
def test_all_is_well_in_any_number_of_zeros(source, say, code):
    say("pills", as_json([ROWS["pills"]], code=code))
    assert len(only(source, "pills").rows) == 1


def test_counters_may_be_words_and_cells_may_be_numbers(source, say):
    say("notices.age", as_json([{**ROWS["notices.age"], "DUR_SEQ": 41, "GRADE": 1}], total="1", page="1"))
    (row,) = only(source, "notices.age").rows
    assert (row.number, row.grade) == ("41", "1")


def test_a_byte_order_mark_and_spaces_before_are_no_harm(source, say):
    say("pills", b"\xef\xbb\xbf \n" + as_json([ROWS["pills"]]).encode())
    assert len(only(source, "pills").rows) == 1


def test_a_namespace_in_xml_is_no_harm(source, say):
    say("pills", as_xml([ROWS["pills"]]).replace("<response>", '<response xmlns="urn:x">'))
    assert len(only(source, "pills").rows) == 1


@pytest.mark.parametrize(
    "body",
    [
        '["a"]', '"text"', "{}", '{"header":{}}', '{"header":"x","body":{}}', '{"header":{"resultCode":"00"},"body":[]}',
        '{"header":{"resultCode":"00"},"body":{"items":["a","b"]}}', "<response/>", "<html><body>503</body></html>",
        "<response><header>", "maintenance until six", '{"a":' * 20000, "<a>" * 5000, "\ufffd",
        '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><response>&c;</response>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x"><response/>',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_garbled(source, say, body):
    say("pills", body)
    with pytest.raises(Unavailable) as fault:
        only(source, "pills")
    assert fault.value.reason == "garbled"


@pytest.mark.parametrize("depth", [50, 200, 400, 800, 900, 950, 970, 990, 2000])
def test_rows_nested_beyond_reason_break_nothing(source, say, depth):
    deep = '{"x":' * depth + "1" + "}" * depth
    say("pills", as_json([]).replace('"items": []', '"items": [{"ITEM_SEQ": ' + deep + "}]"))
    try:
        came = len(only(source, "pills").rows)
    except Unavailable as fault:
        came = fault.reason
    assert came in {0, "garbled"}


def test_another_charset_is_garbled_and_not_misread(source, say):
    say("labels", as_json([ROWS["labels"]]).encode("cp949", "replace"))
    with pytest.raises(Unavailable) as fault:
        only(source, "labels")
    assert fault.value.reason == "garbled"
