"""Fourteen ways to fail, for every call there is: each ends in the fault that it is, and tells nobody the key."""

import json
import logging
import socket

import pytest
from structlog.testing import capture_logs

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.medicine_facts.backends.data_go_kr import Backend
from onharu.upstream.medicine_facts.port import LABELS, PERMIT_DETAILS, TABLES
from onharu.upstream.medicine_facts.tests.answers import ROWS, items_of
from onharu.upstream.tests.data_go_kr import (
    ENCODED_KEY,
    KEY,
    answered,
    as_json,
    gateway_json,
    gateway_xml,
    reset,
)
from onharu.upstream.tests.sockets import saying, serving, silent

PATIENT = Limits(deadline=20.0, connect=5.0, max_bytes=30_000, attempts=3)
HURRIED = Limits(deadline=0.2, connect=0.2, max_bytes=30_000, attempts=3)
# Not a multiple of a larger page: a page that fails is not asked for in smaller ones.
START = 10


def pages_of(table):
    return lambda source: list(source.pages(table, start=START))


def by_name(source):
    return source.products_named("활명수")


CALLS = {**{table: pages_of(table) for table in TABLES}, "name in labels": by_name, "name in permits": by_name}


def wrong(call):
    """Rows of another page, or of names that nobody asked for."""
    if call == "name in labels":
        return as_json([{**ROWS[LABELS], "itemName": "타이레놀"}] * 3, total=4757)
    if call == "name in permits":
        return as_json([{**ROWS[PERMIT_DETAILS], "ITEM_NAME": "타이레놀"}] * 3, total=42709)
    return as_json(items_of(call, [ROWS[call]]), total=900, page=7)


OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n"
LATE = {"deadline", "timeout"}
FAULTS = {
    "silence": (lambda _: silent, Unavailable, LATE),
    "reset": (lambda _: reset, Unavailable, {"broken_connection"}),
    "slow drip": (lambda _: saying(OK_HEAD, b"x", every=0.02, times=50), Unavailable, LATE),
    "500": (lambda _: answered("<html>oops</html>", 500, "text/html"), Unavailable, {"status_500"}),
    "503": (lambda _: answered("", 503), Unavailable, {"status_503"}),
    "too fast": (lambda _: answered("API rate limit exceeded", 429, "text/plain"), Unavailable, {"rate_limited"}),
    "quota": (lambda _: answered("API token quota exceeded", 429, "text/plain"), Unavailable, {"quota"}),
    "quota in XML": (lambda _: answered(gateway_xml(22, "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR")), Unavailable, {"quota"}),
    "not applied for": (lambda _: answered("Forbidden", 403, "text/plain"), Refused, {"forbidden"}),
    "gateway XML in JSON": (lambda _: answered(gateway_xml(30)), Refused, {"key_unknown"}),
    "gateway JSON": (lambda _: answered(gateway_json("31", "DEADLINE_HAS_EXPIRED_ERROR", ""), 403), Refused, {"key_expired"}),
    "zero bytes": (lambda _: answered(""), Unavailable, {"empty"}),
    "truncated": (lambda call: answered(wrong(call).encode()[:-9]), Unavailable, {"garbled"}),
    "a page of HTML": (lambda _: answered("<!doctype html><title>점검 중</title>", 200, "text/html"), Unavailable, {"garbled"}),
    "wrong rows": (lambda call: answered(wrong(call)), Unavailable, {"wrong_rows"}),
    "too large": (lambda _: answered(json.dumps({"x": "y" * 40_000})), Unavailable, {"too_big"}),
}  # fmt: skip
NOTHING_IN_LABELS = as_json([], total=0).encode()


def after_labels(serve):
    """Say that the labels know nothing, and let the permits fail."""

    def either(connection):
        if b"DrbEasyDrug" in connection.recv(65536, socket.MSG_PEEK):
            answered(NOTHING_IN_LABELS)(connection)
        else:
            serve(connection)

    return either


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_each_fault_of_each_call_ends_as_what_it_is(no_waiting, caplog, call, fault):
    serve, family, reasons = FAULTS[fault]
    handler = serve(call)
    limits = HURRIED if reasons == LATE else PATIENT
    caplog.set_level(logging.DEBUG)
    with serving(after_labels(handler) if call == "name in permits" else handler) as (url, _), capture_logs() as lines:
        source = Backend(key=ENCODED_KEY, base_url=url, for_a_name=limits, for_a_page=limits)
        with pytest.raises(family) as raised:
            CALLS[call](source)
    assert raised.value.reason in reasons
    assert raised.value.upstream == "data_go_kr"
    said = repr(raised.value) + str(raised.value) + repr(raised.value.__cause__) + repr(lines)
    said += " ".join(record.getMessage() for record in caplog.records if record.name.startswith(("onharu", "http")))
    for secret in (KEY, ENCODED_KEY, "활명수", "%ED%99%9C"):
        assert secret not in said
