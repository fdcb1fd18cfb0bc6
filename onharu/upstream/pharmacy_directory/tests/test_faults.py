"""Ways to fail, for both calls: each ends in the fault that it is, and tells nobody the key."""

import json
import logging

import pytest
from structlog.testing import capture_logs

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.pharmacy_directory.backends.data_go_kr import Backend
from onharu.upstream.pharmacy_directory.port import DIRECTORY, LIST
from onharu.upstream.pharmacy_directory.tests.answers import ROW
from onharu.upstream.tests.data_go_kr import (
    ENCODED_KEY,
    KEY,
    answered,
    as_json,
    as_xml,
    gateway_json,
    gateway_xml,
    reset,
)
from onharu.upstream.tests.sockets import saying, serving, silent

PATIENT = Limits(deadline=20.0, connect=5.0, max_bytes=30_000, attempts=3)
HURRIED = Limits(deadline=0.2, connect=0.2, max_bytes=30_000, attempts=3)
# Not a multiple of a larger page: a page that fails is not asked for in smaller ones.
START = 100
WHOLE_JSON, WHOLE_XML = as_json([ROW] * 3, total=900, page=2), as_xml([ROW] * 3, total=900, page=2)
BOMB = '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><response>&c;</response>'
OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n"
LATE = {"deadline", "timeout"}
FAULTS = {
    "silence": (silent, Unavailable, LATE),
    "reset": (reset, Unavailable, {"broken_connection"}),
    "slow drip": (saying(OK_HEAD, b"x", every=0.02, times=50), Unavailable, LATE),
    "500": (answered("<html>oops</html>", 500, "text/html"), Unavailable, {"status_500"}),
    "502": (answered("<html>502 Bad Gateway</html>", 502, "text/html"), Unavailable, {"status_502"}),
    "503": (answered("", 503), Unavailable, {"status_503"}),
    "gateway time-out": (answered('{"response":{"header":{"resultCode":"05","resultMsg":"X"}}}'), Unavailable, {"service_timeout"}),
    "too fast": (answered("API rate limit exceeded", 429, "text/plain"), Unavailable, {"rate_limited"}),
    "quota": (answered("API token quota exceeded", 429, "text/plain"), Unavailable, {"quota"}),
    "quota in XML": (answered(gateway_xml(22, "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR")), Unavailable, {"quota"}),
    "not applied for": (answered("Forbidden", 403, "text/plain"), Refused, {"forbidden"}),
    "no such path": (answered("API not found", 404, "text/plain"), Refused, {"no_service"}),
    "a wrong key": (answered("Unauthorized", 401, "text/plain"), Refused, {"unauthorised"}),
    "gateway XML in JSON": (answered(gateway_xml(30)), Refused, {"key_unknown"}),
    "gateway JSON": (answered(gateway_json("31", "DEADLINE_HAS_EXPIRED_ERROR", ""), 403), Refused, {"key_expired"}),
    "zero bytes": (answered(""), Unavailable, {"empty"}),
    "JSON cut off": (answered(WHOLE_JSON.encode()[:-9]), Unavailable, {"garbled"}),
    "XML cut off": (answered(WHOLE_XML.encode()[:-9]), Unavailable, {"garbled"}),
    "another charset": (answered(WHOLE_JSON.encode("cp949")), Unavailable, {"garbled"}),
    "entities": (answered(BOMB, kind="application/xml"), Unavailable, {"garbled"}),
    "a page of HTML": (answered("<!doctype html><title>점검 중</title>", 200, "text/html"), Unavailable, {"garbled"}),
    "wrong rows": (answered(as_xml([ROW], total=900, page=7)), Unavailable, {"wrong_rows"}),
    "too large": (answered(json.dumps({"x": "y" * 40_000})), Unavailable, {"too_big"}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("table", [DIRECTORY, LIST])
def test_each_fault_of_each_call_ends_as_what_it_is(no_waiting, caplog, table, fault):
    serve, family, reasons = FAULTS[fault]
    limits = HURRIED if reasons == LATE else PATIENT
    caplog.set_level(logging.DEBUG)
    with serving(serve) as (url, _), capture_logs() as lines:
        source = Backend(key=ENCODED_KEY, base_url=url, for_a_page=limits)
        with pytest.raises(family) as raised:
            list(source.pages(table, start=START))
    assert raised.value.reason in reasons
    assert raised.value.upstream == "data_go_kr_nmc"
    said = repr(raised.value) + str(raised.value) + repr(raised.value.__cause__) + repr(lines)
    said += " ".join(record.getMessage() for record in caplog.records if record.name.startswith(("onharu", "http")))
    for secret in (KEY, ENCODED_KEY):
        assert secret not in said
