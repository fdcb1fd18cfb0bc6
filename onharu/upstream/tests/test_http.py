"""The one wire, on real sockets of this machine."""

import time
from datetime import timedelta
from email.utils import format_datetime

import pytest
from structlog.testing import capture_logs
from werkzeug import Request, Response

from onharu.kernel import clock, problems
from onharu.upstream import tally
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits
from onharu.upstream.tests.sockets import own_certificate, saying, serving, silent

QUICK = Limits(deadline=0.6, connect=0.5, max_bytes=1000, attempts=1)
PATIENT = Limits(deadline=5.0, connect=1.0, max_bytes=1000, attempts=3)


@pytest.fixture
def home(httpserver):
    """A way out to the test server, as if the operator had configured it."""
    http = Http("stub", homes=[httpserver.url_for("/")], limits=PATIENT)
    yield http
    http.close()


def hits(httpserver):
    return len(httpserver.log)


def ask(url, limits=QUICK, method="GET", **more):
    http = Http("stub", homes=[url], limits=limits)
    try:
        return http.request(method, url, **more)
    finally:
        http.close()


def test_an_answer_has_status_headers_and_body(home, httpserver):
    httpserver.expect_request("/a", query_string="q=%EB%B0%A5").respond_with_json({"ok": True}, headers={"X-Kind": "b"})
    answer = home.request("GET", httpserver.url_for("/a"), params={"q": "밥"})
    assert (answer.status, answer.json(), answer.headers["x-kind"]) == (200, {"ok": True}, "b")


def test_requests_say_who_asks_and_want_no_compression(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("ok")
    home.request("GET", httpserver.url_for("/a"))
    sent = httpserver.log[0][0].headers
    assert sent["User-Agent"].startswith("onharu/")
    assert sent["Accept-Encoding"] == "identity"


def test_faults_belong_to_the_families_that_pages_know():
    assert issubclass(Unavailable, problems.Unavailable)
    assert issubclass(Refused, problems.Refused)
    assert Refused("stub", "unauthorised").status == 502


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_of_a_repeatable_call_is_tried_again(no_waiting, home, httpserver, status):
    httpserver.expect_oneshot_request("/a").respond_with_data("no", status=status)
    httpserver.expect_oneshot_request("/a").respond_with_data("yes")
    assert home.request("GET", httpserver.url_for("/a")).body == b"yes"


def test_a_post_is_sent_once_unless_repeating_does_no_harm(no_waiting, home, httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=503)
    with pytest.raises(Unavailable):
        home.request("POST", httpserver.url_for("/a"), content=b"x")
    assert hits(httpserver) == 1
    with pytest.raises(Unavailable):
        home.request("POST", httpserver.url_for("/a"), content=b"x", repeatable=True)
    assert hits(httpserver) == 1 + PATIENT.attempts


@pytest.mark.parametrize(
    ("status", "reason"),
    [(400, "status_400"), (401, "unauthorised"), (402, "no_credit"), (403, "forbidden"), (404, "not_found"),
     (410, "gone"), (413, "status_413"), (422, "status_422")],
)  # fmt: skip
def test_a_lasting_refusal_is_not_repeated(no_waiting, home, httpserver, status, reason):
    httpserver.expect_request("/a").respond_with_data("no", status=status)
    with pytest.raises(Refused) as refused:
        home.request("GET", httpserver.url_for("/a"))
    assert refused.value.reason == reason
    assert hits(httpserver) == 1


def test_retry_after_is_waited_for_within_the_deadline(home, httpserver):
    httpserver.expect_oneshot_request("/a").respond_with_data("no", status=429, headers={"Retry-After": "1"})
    httpserver.expect_oneshot_request("/a").respond_with_data("yes")
    started = time.monotonic()
    assert home.request("GET", httpserver.url_for("/a")).body == b"yes"
    assert 1.0 <= time.monotonic() - started < 2.0


@pytest.mark.parametrize("dated", [False, True])
def test_a_retry_after_beyond_the_deadline_is_handed_on_at_once(home, httpserver, dated):
    said = format_datetime(clock.now() + timedelta(seconds=90), usegmt=True) if dated else "90"
    httpserver.expect_request("/a").respond_with_data("no", status=503, headers={"Retry-After": said})
    started = time.monotonic()
    with pytest.raises(Unavailable) as fault:
        home.request("GET", httpserver.url_for("/a"))
    assert 85 <= fault.value.retry_after <= 91
    assert time.monotonic() - started < 1
    assert hits(httpserver) == 1


def test_a_nonsense_retry_after_is_no_reason_to_fail_differently(no_waiting, home, httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=503, headers={"Retry-After": "soon"})
    with pytest.raises(Unavailable) as fault:
        home.request("GET", httpserver.url_for("/a"))
    assert fault.value.retry_after is None


OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"


def dripping_then_still(connection):
    saying(OK_HEAD, b"x", every=0.05, times=10)(connection)
    time.sleep(5)


@pytest.mark.parametrize(
    "serve",
    [
        pytest.param(dripping_then_still, id="a drip that stops just before the end"),
        pytest.param(saying(OK_HEAD, b"x", every=0.05, times=200), id="a dripping body"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", every=0.05, times=200), id="dripping headers"),
        pytest.param(saying(OK_HEAD + b"half", b"", every=5), id="a body that stops"),
        pytest.param(silent, id="silence"),
    ],
)
def test_the_deadline_covers_everything_a_slow_server_can_do(serve):
    with serving(serve) as (url, _):
        started = time.monotonic()
        with pytest.raises(Unavailable) as fault:
            ask(url)
    assert fault.value.reason in {"deadline", "timeout"}
    assert time.monotonic() - started < QUICK.deadline + 0.4


def test_a_slow_name_server_does_not_outlast_the_deadline():
    http = Http("stub", limits=QUICK, resolve=lambda *_: time.sleep(2) or [])
    started = time.monotonic()
    with pytest.raises(Unavailable):
        http.request("GET", "http://slow.example/")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "serve",
    [
        pytest.param(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", b"x"), id="announced"),
        pytest.param(saying(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, times=1600), id="not announced"),
        pytest.param(
            saying(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"400\r\n" + b"x" * 1024 + b"\r\n", times=99
            ),
            id="in chunks",
        ),
    ],
)
def test_a_hundred_megabytes_are_not_read(serve):
    with serving(serve) as (url, _), pytest.raises(Unavailable) as fault:
        ask(url, Limits(deadline=3, max_bytes=1000, attempts=3))
    assert fault.value.reason == "too_big"


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (saying(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n", b"xx"), "garbled"),
        (saying(OK_HEAD, b"cut"), "broken_connection"),
        (saying(b""), "broken_connection"),
        (saying(b"SSH-2.0-OpenSSH\r\n\r\n"), "broken_connection"),
        (saying(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n"), "broken_connection"),
    ],
    ids=["compressed", "cut off", "hung up", "not http", "endless header"],
)
def test_what_cannot_be_read_is_unavailable(serve, reason):
    with serving(serve) as (url, _), pytest.raises(Unavailable) as fault:
        ask(url)
    assert fault.value.reason == reason


def test_a_closed_port_is_unavailable():
    with serving(silent) as (url, _):
        pass
    with pytest.raises(Unavailable) as fault:
        ask(url)
    assert fault.value.reason == "no_connection"


def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path):
    with serving(saying(OK_HEAD), own_certificate(tmp_path)) as (url, hits_), pytest.raises(Unavailable) as fault:
        ask(url)
    assert fault.value.reason == "bad_certificate"
    assert hits_ == []


def test_an_error_page_with_status_200_is_no_json(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("<html>sorry</html>")
    with pytest.raises(Unavailable):
        home.request("GET", httpserver.url_for("/a")).json()


def test_after_five_failures_the_server_is_left_alone(httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=500)
    http = Http("stub", homes=[httpserver.url_for("/")], limits=QUICK)
    for _ in range(20):
        with pytest.raises(Unavailable):
            http.request("GET", httpserver.url_for("/a"))
    assert hits(httpserver) == 5
    started = time.monotonic()
    with pytest.raises(Unavailable):
        http.request("GET", httpserver.url_for("/a"))
    assert time.monotonic() - started < 0.05


def test_refusals_do_not_open_the_circuit(httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=404)
    http = Http("stub", homes=[httpserver.url_for("/")], limits=QUICK)
    for _ in range(8):
        with pytest.raises(Refused):
            http.request("GET", httpserver.url_for("/a"))
    assert hits(httpserver) == 8


def test_a_vendors_own_word_for_waiting_is_heard(home, httpserver):
    httpserver.expect_request("/a").respond_with_json({"wait": 77}, status=503)
    with pytest.raises(Unavailable) as fault:
        home.request("GET", httpserver.url_for("/a"), wait_hint=lambda answer: answer.json()["wait"])
    assert fault.value.retry_after == 77


def test_keys_queries_and_bodies_stay_out_of_logs_and_errors(no_waiting, home, httpserver):
    def echo(request: Request) -> Response:
        return Response(f"bad key {request.headers['Authorization']}", status=401)

    httpserver.expect_request("/a").respond_with_handler(echo)
    httpserver.expect_request("/b").respond_with_data("CANARY", status=503)
    with capture_logs() as lines:
        for path in ("/a", "/b"):
            with pytest.raises((Refused, Unavailable)) as fault:
                home.request(
                    "POST", httpserver.url_for(path), headers={"Authorization": "Bearer CANARY"},
                    params={"serviceKey": "CANARY"}, content=b"CANARY", repeatable=True,
                )  # fmt: skip
            assert "CANARY" not in repr(fault.value) + str(fault.value) + str(fault.value.__cause__)
    assert lines
    assert "CANARY" not in repr(lines)


def test_every_call_is_logged_and_counted_with_its_outcome(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("ok")
    httpserver.expect_request("/b").respond_with_data("no", status=404)
    with capture_logs() as lines:
        home.request("GET", httpserver.url_for("/a"))
        with pytest.raises(Refused):
            home.request("GET", httpserver.url_for("/b"))
    assert [line["outcome"] for line in lines if line["event"] == "upstream_call"] == ["ok", "not_found"]
    assert tally.counted() == {("stub", "ok"): 1, ("stub", "not_found"): 1}


def test_connections_are_used_again():
    def twice(connection):
        for _ in range(2):
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    with serving(twice) as (url, connections):
        http = Http("stub", homes=[url], limits=QUICK)
        assert [http.request("GET", url).body for _ in range(2)] == [b"ok", b"ok"]
        http.close()
    assert len(connections) == 1


def test_a_vendor_s_own_words_are_heard_first_and_count_for_the_circuit(no_waiting, httpserver):
    """An error page with status 200 is a failure like any other: tried again, and five of them open the circuit."""
    httpserver.expect_request("/a").respond_with_data("error 5")

    def verdict(answer):
        if answer.body == b"error 5":
            raise Unavailable("stub", "error_5")

    http = Http("stub", homes=[httpserver.url_for("/")], limits=PATIENT, verdict=verdict)
    reasons = []
    for _ in range(3):
        with pytest.raises(Unavailable) as fault:
            http.request("GET", httpserver.url_for("/a"))
        reasons.append(fault.value.reason)
    assert reasons == ["error_5", "breaker_open", "breaker_open"]
    assert hits(httpserver) == 5


def test_a_verdict_may_excuse_nothing(httpserver):
    httpserver.expect_request("/a").respond_with_data("no", status=403)
    http = Http("stub", homes=[httpserver.url_for("/")], limits=PATIENT, verdict=lambda _: None)
    with pytest.raises(Refused) as fault:
        http.request("GET", httpserver.url_for("/a"))
    assert fault.value.reason == "forbidden"


def test_one_call_may_have_limits_of_its_own(home, httpserver):
    httpserver.expect_request("/a").respond_with_data("x" * 500)
    assert home.request("GET", httpserver.url_for("/a"))
    with pytest.raises(Unavailable) as fault:
        home.request("GET", httpserver.url_for("/a"), limits=Limits(max_bytes=499, attempts=1))
    assert fault.value.reason == "too_big"
    with serving(silent) as (url, _):
        http = Http("stub", homes=[url], limits=PATIENT)
        started = time.monotonic()
        with pytest.raises(Unavailable):
            http.request("GET", url, limits=QUICK)
        assert time.monotonic() - started < PATIENT.deadline - 1
