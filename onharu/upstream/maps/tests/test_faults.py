"""Each way in which a wire fails ends as what it is, in time, and tells nobody where somebody was."""

import logging
import time

import pytest
from structlog.testing import capture_logs

from onharu.upstream import tally
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Limits
from onharu.upstream.maps.backends.kakao import LIMITS, Backend
from onharu.upstream.maps.tests.answers import HERE, document, error, listing, wire
from onharu.upstream.tests.sockets import own_certificate, saying, serving, silent

KEY = "0123456789abcdef0123456789abcdef"
HURRIED = Limits(deadline=0.6, connect=0.3, max_bytes=20_000, attempts=2)
ECHO = error("AccessDeniedError", f"wrong appKey({KEY}) at 37.4979,127.0276")


def answered(*said, **more):
    return saying(wire(*said, **more))


FAULTS = {
    "silence": (silent, Unavailable, {"deadline", "timeout"}),
    "slow drip": (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", b" ", every=0.05, times=90), Unavailable, {"deadline", "timeout"}),
    "hung up": (lambda connection: connection.recv(65536), Unavailable, {"broken_connection"}),
    "cut off": (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b'{"documents"'), Unavailable, {"broken_connection"}),
    "not HTTP": (saying(b"220 mail.example ESMTP\r\n"), Unavailable, {"broken_connection"}),
    "too large": (answered(listing(document(address_name="가" * 30_000))), Unavailable, {"too_big"}),
    "endless": (saying(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536, times=99), Unavailable, {"too_big"}),
    "compressed": (answered("{}", head="Content-Encoding: gzip\r\n"), Unavailable, {"garbled"}),
    "zero bytes": (answered(""), Unavailable, {"garbled"}),
    "truncated": (answered('{"documents": [{"id": "1"'), Unavailable, {"garbled"}),
    "a page of HTML": (answered("<!doctype html><title>점검 중</title>", 200, "text/html"), Unavailable, {"garbled"}),
    "deep nesting": (answered("[" * 9000), Unavailable, {"garbled"}),
    "an error of theirs": (answered(error("InternalError", ""), 500), Unavailable, {"status_500"}),
    "bad gateway": (answered("<h1>502</h1>", 502, "text/html"), Unavailable, {"status_502"}),
    "throttled": (answered(error("RequestThrottled", "37.4979"), 429), Unavailable, {"rate_limited"}),
    "a redirect": (answered("", 302, head="Location: http://evil.example/\r\n"), Refused, {"redirect"}),
    "a wrong key": (answered(ECHO, 401), Refused, {"unauthorised"}),
    "a list of errors": (answered([ECHO], 400), Refused, {"not_understood"}),
    "switched off": (answered(error("NotAuthorizedError", "disabled OPEN_MAP_AND_LOCAL"), 403), Refused, {"maps_switched_off"}),
}  # fmt: skip


@pytest.fixture
def everything_said(caplog):
    """What stood in logs, counters and the error."""
    caplog.set_level(logging.DEBUG)

    def said(fault, lines):
        records = (record.getMessage() for record in caplog.records)
        return " ".join(
            [
                repr(fault),
                str(fault),
                repr(getattr(fault, "__cause__", "")),
                repr(lines),
                repr(tally.counted()),
                *records,
            ]
        )

    return said


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_ends_as_what_it_is_and_names_neither_place_nor_key(no_waiting, everything_said, fault):
    serve, family, reasons = FAULTS[fault]
    started = time.monotonic()
    with serving(serve) as (url, _), capture_logs() as lines:
        backend = Backend(rest_key=KEY, base_url=url, limits=HURRIED)
        with pytest.raises(family) as raised:
            backend.pharmacies_near(*HERE, radius=1000)
    assert raised.value.reason in reasons
    assert raised.value.upstream == "kakao"
    assert time.monotonic() - started < HURRIED.deadline + 0.5
    said = everything_said(raised.value, lines)
    assert "kakao" in said
    for secret in (KEY, "37.4979", "127.0276", "37.49", "127.02"):
        assert secret not in said


def test_a_certificate_nobody_vouches_for_ends_the_call(no_waiting, tmp_path):
    context = own_certificate(tmp_path)
    with serving(answered(listing(document())), context) as (url, _), pytest.raises(Unavailable) as fault:
        Backend(rest_key=KEY, base_url=url, limits=HURRIED).pharmacies_near(*HERE, radius=1000)
    assert fault.value.reason == "bad_certificate"


def test_nobody_there_ends_the_call(no_waiting):
    with serving(silent) as (url, _):
        pass
    with pytest.raises(Unavailable) as fault:
        Backend(rest_key=KEY, base_url=url, limits=HURRIED).pharmacies_near(*HERE, radius=1000)
    assert fault.value.reason == "no_connection"


def test_a_good_answer_leaves_no_trace_of_the_place_either(everything_said):
    with serving(answered(listing(document()), head="Connection: close\r\n")) as (url, _), capture_logs() as lines:
        found = Backend(rest_key=KEY, base_url=url).pharmacies_near(*HERE, radius=1000)
    assert len(found) == 1
    said = everything_said(None, lines)
    assert "upstream_call" in said
    assert not any(secret in said for secret in (KEY, "37.49", "127.02"))


def test_all_pages_together_take_no_longer_than_the_deadline(no_waiting):
    def slow(connection):
        connection.recv(65536)
        time.sleep(0.35)
        number = len(hits)
        connection.sendall(wire(listing(document(number), is_end=False), head="Connection: close\r\n"))

    with serving(slow) as (url, hits):
        started = time.monotonic()
        found = Backend(rest_key=KEY, base_url=url, limits=HURRIED).pharmacies_near(*HERE, radius=1000)
    assert [one.name for one in found] == ["보기1약국"]
    assert time.monotonic() - started < HURRIED.deadline + 0.3


def test_somebody_in_the_street_waits_two_seconds_at_most():
    assert LIMITS.deadline <= 2
