"""Reading whole tables: pages, smaller pages, older versions of a service, and quotas that end at midnight."""

import json

import pytest
from werkzeug import Response

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.medicine_facts.backends.data_go_kr import Backend
from onharu.upstream.medicine_facts.backends.data_go_kr_tables import TABLES
from onharu.upstream.medicine_facts.tests.answers import PERMIT, PILL, ROWS
from onharu.upstream.tests.data_go_kr import KEY, as_json, gateway_xml

TOO_LARGE = {"header": {"resultCode": "11", "resultMsg": "ERROR! numOfRows maximum is =[100]"}, "body": {}}


def table_of(httpserver, total, most=500, too_large="", path=TABLES["pills"].paths[0], fail=None):
    """Serve a table of pills; pages of more than `most` rows are answered with `too_large`."""

    def serve(request):
        page, size = int(request.args["pageNo"]), int(request.args["numOfRows"])
        if size > most:
            return Response(too_large, content_type="application/json")
        if fail is not None and (said := fail(page)) is not None:
            return said
        first, last = (page - 1) * size, min(page * size, total)
        rows = [{**PILL, "ITEM_SEQ": f"{200000000 + place}"} for place in range(first, last)]
        return Response(as_json(rows, total=total, page=page, size=size), content_type="application/json")

    httpserver.expect_request(f"/{path}").respond_with_handler(serve)


def sizes(httpserver):
    return [(int(request.args["pageNo"]), int(request.args["numOfRows"])) for request, _ in httpserver.log]


@pytest.fixture
def patient(httpserver, no_waiting):
    return Backend(key=KEY, base_url=httpserver.url_for(""))


def test_a_table_is_read_to_its_end(patient, httpserver):
    table_of(httpserver, 1234)
    pages = list(patient.pages("pills"))
    assert [(page.start, page.next_start, page.arrived, page.total) for page in pages] == [
        (0, 500, 500, 1234), (500, 1000, 500, 1234), (1000, None, 234, 1234)]  # fmt: skip
    assert len({row.item_seq for page in pages for row in page.rows}) == 1234


def test_a_table_of_full_pages_ends_without_asking_beyond(patient, httpserver):
    table_of(httpserver, 1000)
    assert [page.next_start for page in patient.pages("pills")] == [500, None]
    assert sizes(httpserver) == [(1, 500), (2, 500)]


def test_reading_goes_on_where_it_stopped(patient, httpserver):
    table_of(httpserver, 1234)
    assert [page.start for page in patient.pages("pills", start=1000)] == [1000]
    assert sizes(httpserver) == [(3, 500)]


def test_after_smaller_pages_it_goes_on_at_the_same_row(patient, httpserver):
    table_of(httpserver, 1234)
    assert [page.start for page in patient.pages("pills", start=1100)] == [1100, 1200]
    assert sizes(httpserver) == [(12, 100), (13, 100)]
    with pytest.raises(ValueError, match="multiples of 10"):
        next(patient.pages("pills", start=7))


@pytest.mark.parametrize("too_large", [json.dumps(TOO_LARGE), ""], ids=["said", "zero bytes"])
def test_pages_become_smaller_until_they_are_taken(patient, httpserver, too_large):
    table_of(httpserver, 230, most=100, too_large=too_large)
    pages = list(patient.pages("pills"))
    assert [(page.start, page.arrived) for page in pages] == [(0, 100), (100, 100), (200, 30)]
    assert sizes(httpserver)[-3:] == [(1, 100), (2, 100), (3, 100)]


def test_a_page_that_is_too_big_to_read_is_asked_for_in_smaller_ones(source, httpserver):
    heavy = {**PILL, "CHART": "가" * 500}
    path = f"/{TABLES['pills'].paths[0]}"

    def serve(request):
        size = int(request.args["numOfRows"])
        return Response(as_json([heavy] * min(size, 120), total=120, page=int(request.args["pageNo"])))

    httpserver.expect_request(path).respond_with_handler(serve)
    assert next(source.pages("pills")).arrived == 50


def test_the_smallest_page_failing_is_the_fault(patient, httpserver):
    table_of(httpserver, 230, most=1)
    with pytest.raises(Unavailable) as fault:
        list(patient.pages("pills"))
    assert fault.value.reason in {"empty", "breaker_open"}


def test_a_table_that_grows_while_it_is_read_is_read_to_its_new_end(patient, httpserver):
    def serve(request):
        page = int(request.args["pageNo"])
        rows = [{**PILL, "ITEM_SEQ": f"{200000000 + page * 1000 + n}"} for n in range(500 if page < 3 else 1)]
        return Response(as_json(rows, total=1000 if page == 1 else 1001, page=page))

    httpserver.expect_request(f"/{TABLES['pills'].paths[0]}").respond_with_handler(serve)
    assert [page.total for page in patient.pages("pills")] == [1000, 1001, 1001]


def test_a_table_that_ends_early_ends(patient, httpserver):
    table_of(httpserver, 1300, fail=lambda page: Response(as_json("", total=1300, page=page)) if page > 1 else None)
    assert [(page.arrived, page.next_start) for page in patient.pages("pills")] == [(500, 500), (0, None)]


def test_rows_that_cannot_be_read_are_listed_with_their_place(patient, say):
    rows = [PILL, {**PILL, "ITEM_SEQ": "12"}, {**PILL, "ITEM_NAME": " "}, {**PILL, "ITEM_SEQ": None}]
    say("pills", as_json(rows, total=4))
    (page,) = patient.pages("pills")
    assert [row.item_seq for row in page.rows] == ["198000058"]
    assert [(one.place, one.name) for one in page.refused] == [
        (2, PILL["ITEM_NAME"]), (3, "?"), (4, PILL["ITEM_NAME"])]  # fmt: skip
    assert "아홉 자리" in page.refused[0].reason
    assert page.arrived == 4


NO_SUCH = [("API not found", 404), ("Unexpected errors", 500), (gateway_xml(12, "NO_OPENAPI_SERVICE_ERROR"), 200)]


@pytest.mark.parametrize(("body", "status"), NO_SUCH)
@pytest.mark.parametrize("table", ["permits", "permit_details", "substances", "pills"])
def test_the_newest_version_that_exists_is_asked_and_remembered(source, say, asked, table, body, status):
    paths = TABLES[table].paths
    for version in range(len(paths) - 1):
        say(table, body, status, version=version)
    say(table, as_json([ROWS[table]]), version=len(paths) - 1)
    assert [len(page.rows) for page in source.pages(table)] == [1]
    assert [len(page.rows) for page in source.pages(table)] == [1]
    below = [path.removeprefix("1471000/") for path in paths]
    assert asked() == [*below, below[-1]]


def test_the_operations_of_a_service_drift_by_themselves(source, say, asked):
    """In the middle of 2026 the list had version 07, and the details of the same service 06."""
    for table in ("permits", "permit_details"):
        say(table, "API not found", 404, version=0)
        say(table, as_json([ROWS[table]]), version=1)
        assert next(source.pages(table)).rows
    assert [path.rpartition("/")[2] for path in asked()] == [
        "getDrugPrdtPrmsnInq08", "getDrugPrdtPrmsnInq07", "getDrugPrdtPrmsnDtlInq08", "getDrugPrdtPrmsnDtlInq06"]  # fmt: skip


def test_no_version_left_is_a_lasting_refusal(source, say):
    for version in range(len(TABLES["permits"].paths)):
        say("permits", "API not found", 404, version=version)
    with pytest.raises(Refused) as fault:
        list(source.pages("permits"))
    assert fault.value.reason == "no_service"


def test_a_version_that_is_closed_later_is_looked_for_anew(source, say, httpserver):
    say("permits", as_json([PERMIT]))
    list(source.pages("permits"))
    httpserver.clear()
    say("permits", "API not found", 404)
    with pytest.raises(Refused):
        list(source.pages("permits"))
    say("permits", as_json([PERMIT]), version=1)
    assert next(source.pages("permits")).rows


def test_an_operator_can_name_a_newer_path(httpserver, no_waiting, asked):
    path = "DrugPrdtPrmsnInfoService09/getDrugPrdtPrmsnInq09"
    httpserver.expect_request(f"/1471000/{path}").respond_with_data(as_json([PERMIT]))
    source = Backend(key=KEY, base_url=httpserver.url_for(""), paths={"permits": path})
    assert next(source.pages("permits")).rows
    assert asked() == [path]


def test_a_wrong_key_does_not_walk_through_the_versions(source, say, asked):
    say("permits", gateway_xml(30), 403)
    with pytest.raises(Refused) as fault:
        list(source.pages("permits"))
    assert fault.value.reason == "key_unknown"
    assert len(asked()) == 1


def test_a_used_up_quota_is_not_asked_again_and_other_tables_are(source, say, asked):
    say("pills", "API token quota exceeded", 429)
    say("permits", as_json([PERMIT]))
    for _ in range(3):
        with pytest.raises(Unavailable) as fault:
            list(source.pages("pills"))
        assert fault.value.reason == "quota"
        assert 0 < fault.value.retry_after <= 86_402
    assert len(asked()) == 1
    assert next(source.pages("permits")).rows


def test_too_fast_is_tried_again_after_a_pause(source, httpserver):
    where = f"/{TABLES['pills'].paths[0]}"
    httpserver.expect_oneshot_request(where).respond_with_data("API rate limit exceeded", status=429)
    httpserver.expect_oneshot_request(where).respond_with_data(as_json([PILL]))
    assert next(source.pages("pills")).rows


def test_an_unknown_table_is_a_fault_of_ours(source):
    with pytest.raises(KeyError):
        list(source.pages("nonsense"))
