"""The words of the gateway: every code, every sentence, in whichever format; and the key in both of its forms."""

import json
from datetime import UTC, datetime

import pytest

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Answer
from onharu.upstream.medicine_facts.backends.data_go_kr import Backend
from onharu.upstream.medicine_facts.backends.data_go_kr_tables import tables
from onharu.upstream.medicine_facts.tests.answers import ROWS
from onharu.upstream.tests.data_go_kr import ENCODED_KEY, KEY, as_json, gateway_json, gateway_xml

dialect = tables.dialect
LATER = {1: "application_error", 2: "database_error", 4: "http_error", 5: "service_timeout", 21: "key_paused",
         22: "quota", 23: "rate_limited", 99: "unknown_error", 77: "code_77"}  # fmt: skip
NEVER = {10: "bad_request", 11: "missing_parameter", 12: "no_service", 20: "not_applied_for", 29: "address_blocked",
         30: "key_unknown", 31: "key_expired", 32: "address_unknown", 33: "unsigned_call"}  # fmt: skip
CODES = [(code, Unavailable, word) for code, word in LATER.items()] + [
    (code, Refused, word) for code, word in NEVER.items()
]


def judged(body, status=200, **headers):
    with pytest.raises((Unavailable, Refused)) as fault:
        dialect.verdict(Answer("data_go_kr", status, headers, body if isinstance(body, bytes) else body.encode()))
    return fault.value


@pytest.mark.parametrize(("code", "family", "word"), CODES)
def test_each_code_of_a_provider_means_one_thing(code, family, word):
    said = {"header": {"resultCode": f"{code:02}", "resultMsg": "X"}, "body": {}}
    fault = judged(json.dumps(said))
    assert (type(fault), fault.reason) == (family, word)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 429, 500])
@pytest.mark.parametrize(("code", "family", "word"), [one for one in CODES if one[0] != 77])
def test_each_code_of_the_gateway_means_the_same_in_xml_and_json_with_any_status(code, family, word, status):
    for body in (gateway_xml(code, "X"), gateway_json(str(code), "X", "Y")):
        fault = judged(body, status)
        assert (type(fault), fault.reason) == (family, word)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        (("SERVICE ERROR", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR", ""), "key_unknown"),
        (
            ("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "등록되지 않은 서비스키", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR"),
            "key_unknown",
        ),
        (("", "등록되지 않은 서비스키", ""), "key_unknown"),
        (("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", "", ""), "quota"),
        (("LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR", "", ""), "rate_limited"),
        (("x", "SERVICE_ACCESS_DENIED_ERROR", "20.0"), "not_applied_for"),
        (("", "", ""), "unknown_error"),
    ],
)
def test_the_fields_of_the_gateway_may_swap_their_roles(fields, word):
    message, auth, code = fields
    assert judged(gateway_json(code, message, auth)).reason == word


@pytest.mark.parametrize(
    ("sentence", "status", "family", "word"),
    [
        ("Unauthorized", 401, Refused, "unauthorised"),
        ("Forbidden", 403, Refused, "forbidden"),
        ("Forbidden\n", 200, Refused, "forbidden"),
        ("API not found", 404, Refused, "no_service"),
        ("Unexpected errors", 500, Refused, "no_service"),
        ("Unexpected error", 500, Refused, "no_service"),
        ("API rate limit exceeded", 429, Unavailable, "rate_limited"),
        ("API token quota exceeded", 429, Unavailable, "quota"),
        ("Error forwarding request to backend server", 502, Unavailable, "backend_error"),
        ("Error receiving response from backend server", 503, Unavailable, "backend_error"),
    ],
)
def test_each_bare_sentence_means_one_thing(sentence, status, family, word):
    fault = judged(sentence, status)
    assert (type(fault), fault.reason) == (family, word)


@pytest.mark.parametrize("body", ["", "<html>404</html>", "gone fishing", '{"error":"not found"}'])
def test_a_404_without_that_sentence_is_a_passing_one(body):
    fault = judged(body, 404)
    assert (type(fault), fault.reason) == (Unavailable, "status_404")


@pytest.mark.parametrize("status", [400, 401, 403, 429, 500, 502, 503])
@pytest.mark.parametrize("body", ["", "<html>x</html>", "gone fishing", '{"error":"x"}'])
def test_a_body_without_meaning_leaves_the_word_to_the_status(body, status):
    dialect.verdict(Answer("data_go_kr", status, {}, body.encode()))


@pytest.mark.parametrize("most", ["=[100]", "=[500]"])
def test_a_page_that_is_too_large_says_so(most):
    message = f"NO MANDATORY REQUEST PARAMETERS ERROR! \n numOfRows maximum is {most}"
    said = {"header": {"resultCode": "11", "resultMsg": message}, "body": {}}
    assert judged(json.dumps(said)).reason == "page_too_large"


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (datetime(2026, 11, 22, 14, 59, 0, tzinfo=UTC), 61),
        (datetime(2026, 11, 22, 15, 0, 0, tzinfo=UTC), 86401),
        (datetime(2026, 11, 22, 3, 0, 0, tzinfo=UTC), 12 * 3600 + 1),
    ],
)
def test_a_used_up_quota_begins_anew_at_midnight_in_seoul(monkeypatch, now, seconds):
    monkeypatch.setattr(clock, "now", lambda: now)
    assert judged("API token quota exceeded", 429).retry_after == seconds


def test_too_fast_is_waited_for_as_long_as_the_server_says():
    assert judged("API rate limit exceeded", 429).retry_after == 1
    assert judged("API rate limit exceeded", 429, **{"retry-after": "7"}).retry_after == 7
    assert judged("API rate limit exceeded", 429, **{"retry-after": "soon"}).retry_after == 1


@pytest.mark.parametrize("key", [KEY, ENCODED_KEY, f" {ENCODED_KEY}\n"])
def test_the_key_in_either_form_is_encoded_once(no_waiting, httpserver, key):
    httpserver.expect_request("/").respond_with_data("x")
    source = Backend(key=key, base_url=httpserver.url_for(""))
    httpserver.expect_request("/1471000/DrbEasyDrugInfoService/getDrbEasyDrugList").respond_with_data(
        as_json([ROWS["labels"]])
    )
    source.products_named("활명수")
    (request, _) = httpserver.log[0]
    assert f"serviceKey={ENCODED_KEY}&" in request.query_string.decode()
    assert request.args["serviceKey"] == KEY


def test_a_key_of_hexadecimal_digits_is_left_alone():
    assert dialect.decoded("0a1b" * 16) == "0a1b" * 16
    assert dialect.decoded("a+b%zz") == "a+b%zz"
