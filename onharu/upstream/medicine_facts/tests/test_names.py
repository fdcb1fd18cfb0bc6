"""Asking for one name: the labels first, then the permits, three seconds for both, and only rows that fit."""

import time

import pytest

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.medicine_facts.backends.data_go_kr import FOR_A_NAME, Backend
from onharu.upstream.medicine_facts.tests.answers import DETAIL, LABEL
from onharu.upstream.tests.data_go_kr import KEY, as_json
from onharu.upstream.tests.sockets import serving, silent

LABELS, DETAILS = "DrbEasyDrugInfoService/getDrbEasyDrugList", "DrugPrdtPrmsnInfoService08/getDrugPrdtPrmsnDtlInq08"
NOTHING = as_json("", total=0)


def named(row, name, **more):
    return {**row, ("itemName" if "itemName" in row else "ITEM_NAME"): name, **more}


def test_a_name_that_the_labels_know_is_one_call(source, say, asked, httpserver):
    say("labels", as_json([LABEL], total=1))
    (found,) = source.products_named("활명수")
    assert (found.item_seq, found.name, found.company, found.table) == ("195700020", "활명수", "동화약품(주)", "labels")
    assert asked() == [LABELS]
    sent = httpserver.log[0][0].args
    assert (sent["itemName"], sent["type"], sent["pageNo"], sent["numOfRows"]) == ("활명수", "json", "1", "50")
    assert httpserver.log[0][0].headers["User-Agent"]


def test_the_permits_are_asked_where_the_labels_know_nothing(source, say, asked, httpserver):
    say("labels", NOTHING)
    say("permit_details", as_json([DETAIL]))
    (found,) = source.products_named("포도당생리식염액")
    assert [(held.name, held.code, str(held.amount), held.unit) for held in found.holds] == [
        ("포도당", "M040702", "50", "그램"),
        ("염화나트륨", "M040426", "1009.5", "밀리그램"),
    ]
    assert asked() == [LABELS, DETAILS]
    assert httpserver.log[1][0].args["item_name"] == "포도당생리식염액"


def test_what_nobody_knows_is_an_answer(source, say, asked):
    say("labels", NOTHING)
    say("permit_details", NOTHING)
    assert source.products_named("없는약") == ()
    assert asked() == [LABELS, DETAILS]


def test_rows_of_other_names_are_left_out(source, say):
    rows = [LABEL, named(LABEL, "까스활명수큐액", itemSeq="195700021"), named(LABEL, "타이레놀정", itemSeq="195700022")]
    say("labels", as_json(rows, total=3))
    assert [found.name for found in source.products_named("활명수")] == ["활명수", "까스활명수큐액"]


def test_spaces_case_and_composition_make_no_difference(source, say):
    say("labels", as_json([named(LABEL, "Tylenol 타이레놀정 500mg")]))
    assert source.products_named("tylenol 타이레놀정500MG")
    assert source.products_named("타이레놀정")


def test_a_whole_table_in_answer_to_a_name_is_not_believed(source, say, asked):
    say("labels", as_json([named(LABEL, f"다른약{n}", itemSeq=f"19570{n:04}") for n in range(50)], total=4757))
    with pytest.raises(Unavailable) as fault:
        source.products_named("활명수")
    assert fault.value.reason == "wrong_rows"
    assert asked() == [LABELS]


def test_a_product_that_comes_twice_is_one_with_its_picture(source, say):
    say(
        "labels",
        as_json([named(LABEL, "활명수", itemImage=None), LABEL, named(LABEL, "활명수", itemImage="")], total=3),
    )
    (found,) = source.products_named("활명수")
    assert found.image_url.endswith("/1")


def test_withdrawn_and_exported_products_are_not_for_people_here(source, say):
    say("labels", NOTHING)
    rows = [
        named(DETAIL, "포도당액", CANCEL_NAME="취하", CANCEL_DATE="20200101"),
        named(DETAIL, "포도당주사(수출용)", ITEM_SEQ="195500006"),
        named(DETAIL, "포도당정(수출명:Glu)", ITEM_SEQ="195500007"),
    ]
    say("permit_details", as_json(rows, total=3))
    assert [found.item_seq for found in source.products_named("포도당")] == ["195500007"]


@pytest.mark.parametrize(
    "name", ["", " ", "a", "약" * 41, "이 사람이 오늘 무엇을 먹고 어디가 어떻게 아팠는지 길게 적어 둔 한 문장이에요"]
)
def test_what_is_no_name_never_leaves_the_house(source, asked, name):
    assert source.products_named(name) == ()
    assert asked() == []


def test_without_a_key_nobody_is_asked(httpserver):
    source = Backend(base_url=httpserver.url_for(""))
    assert source.lacks() == "DATA_GO_KR_KEY"
    with pytest.raises(Refused) as fault:
        source.products_named("활명수")
    assert fault.value.reason == "key_missing"
    assert httpserver.log == []


def test_three_seconds_are_for_everything_together(no_waiting, httpserver):
    assert FOR_A_NAME.deadline == 3.0

    def slowly(_request):
        time.sleep(0.5)
        return httpserver_response(NOTHING)

    httpserver.expect_request(f"/1471000/{LABELS}").respond_with_handler(slowly)
    httpserver.expect_request(f"/1471000/{DETAILS}").respond_with_handler(slowly)
    source = Backend(key=KEY, base_url=httpserver.url_for(""), for_a_name=Limits(deadline=0.8, connect=0.5, attempts=2))
    started = time.monotonic()
    with pytest.raises(Unavailable) as fault:
        source.products_named("활명수")
    assert fault.value.reason in {"deadline", "timeout"}
    assert time.monotonic() - started < 1.2
    until = time.monotonic() + 5  # the server ends what was given up; the next test counts its calls
    while time.monotonic() < until and len(httpserver.log) < 2:
        time.sleep(0.02)


def httpserver_response(body):
    from werkzeug import Response

    return Response(body, content_type="application/json")


def test_a_server_that_hangs_is_left_alone_after_five_calls():
    quick = Limits(deadline=0.1, connect=0.1, attempts=1)
    with serving(silent) as (url, hits):
        source = Backend(key=KEY, base_url=url, for_a_name=quick)
        reasons = []
        for _ in range(8):
            with pytest.raises(Unavailable) as fault:
                source.products_named("활명수")
            reasons.append(fault.value.reason)
    assert reasons[5:] == ["breaker_open"] * 3
    assert sum(hits) == 5


def test_a_passing_fault_is_tried_again(source, httpserver):
    where = f"/1471000/{LABELS}"
    httpserver.expect_oneshot_request(where).respond_with_data("Error forwarding request to backend server", status=502)
    httpserver.expect_oneshot_request(where).respond_with_data(as_json([LABEL]))
    assert source.products_named("활명수")
