"""Where the wire goes and where it never goes, on real sockets of this machine."""

import pytest

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits

QUICK = Limits(deadline=0.6, connect=0.5, max_bytes=1000, attempts=1)


@pytest.fixture
def home(httpserver):
    """A way out to the test server, as if the operator had configured it."""
    http = Http("stub", homes=[httpserver.url_for("/")], limits=QUICK)
    yield http
    http.close()


def hits(httpserver):
    return len(httpserver.log)


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "http://", "no address", "http://a:b:c/"])
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(Refused) as refused:
        Http("stub", limits=QUICK).request("GET", url)
    assert refused.value.reason == "bad_address"


TO_THIS_MACHINE = ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1", "0177.0.0.1", "127.1",
                   "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "LOCALHOST", "127.0.0.1."]  # fmt: skip
PRIVATE = ["10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]"]


@pytest.mark.parametrize("host", TO_THIS_MACHINE + PRIVATE)
def test_a_strangers_url_never_reaches_this_house(httpserver, host):
    httpserver.expect_request("/").respond_with_data("canary")
    with pytest.raises((Refused, Unavailable)) as fault:
        Http("stub", limits=QUICK).request("GET", f"http://{host}:{httpserver.port}/")
    assert fault.value.reason in {"address_refused", "no_connection", "bad_address"}
    assert hits(httpserver) == 0


def test_one_private_address_among_public_ones_spoils_the_name(httpserver):
    http = Http("stub", limits=QUICK, resolve=lambda *_: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(Refused) as refused:
        http.request("GET", f"http://two-faced.example:{httpserver.port}/")
    assert refused.value.reason == "address_refused"


def test_the_connection_goes_to_the_address_that_was_judged(httpserver):
    """A name that answers differently the second time gains nothing: it is asked once."""
    httpserver.expect_request("/").respond_with_data("ok")
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    base = f"http://model.home.example:{httpserver.port}"
    http = Http("stub", homes=[base], limits=QUICK, resolve=rebinding)
    assert http.request("GET", f"{base}/").body == b"ok"
    assert asked == ["model.home.example"]


def test_the_operators_own_url_may_be_in_the_house_but_only_that_port(httpserver):
    httpserver.expect_request("/").respond_with_data("ok")
    http = Http("stub", homes=[httpserver.url_for("/")], limits=QUICK)
    assert http.request("GET", httpserver.url_for("/")).body == b"ok"
    with pytest.raises(Refused):
        http.request("GET", "http://127.0.0.1:1/")


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/canary", "http://169.254.169.254/", "https://a.example/"])
def test_redirects_are_refused(home, httpserver, target):
    httpserver.expect_request("/canary").respond_with_data("canary")
    location = target.format(port=httpserver.port)
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": location})
    with pytest.raises(Refused) as refused:
        home.request("GET", httpserver.url_for("/a"))
    assert refused.value.reason == "redirect"
    assert [request.path for request, _ in httpserver.log] == ["/a"]


def test_a_proxy_in_the_environment_is_not_used(monkeypatch, httpserver):
    monkeypatch.setenv("HTTP_PROXY", httpserver.url_for("/"))
    monkeypatch.setenv("ALL_PROXY", httpserver.url_for("/"))
    http = Http("stub", limits=QUICK, resolve=lambda *_: [])
    with pytest.raises(Unavailable):
        http.request("GET", "http://a.example/")
    assert hits(httpserver) == 0
