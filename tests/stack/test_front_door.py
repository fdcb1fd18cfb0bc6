"""The front door, as `deploy/nginx` describes it: what it lets in, what it keeps to itself, and how it sends things."""

import json
import re
import socket
import ssl
import time

import pytest

from tests.stack.house import HOST
from tests.stack.person import client, context

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(400)]

STREAM = {"Accept": "text/event-stream"}


@pytest.fixture
def visitor(house):
    found = client(house)
    yield found
    found.close()


def handshake(house, *protocols, **versions):
    told = context(house)
    told.set_alpn_protocols(list(protocols))
    for name, version in versions.items():
        setattr(told, name, version)
    place = (house.places.address("front"), house.places.port("front"))
    with socket.create_connection(place, 5) as plain, told.wrap_socket(plain, server_hostname=HOST) as found:
        return found.version(), found.selected_alpn_protocol()


def test_it_speaks_http2_over_tls_of_today(house):
    assert handshake(house, "h2", "http/1.1") == ("TLSv1.3", "h2")
    assert handshake(house, "http/1.1", maximum_version=ssl.TLSVersion.TLSv1_2) == ("TLSv1.2", "http/1.1")


def test_who_comes_without_tls_is_sent_to_it(house):
    with socket.create_connection((house.places.address("front"), house.places.port("front", 8080)), 5) as plain:
        plain.sendall(f"GET /today/?a=1 HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        said = plain.recv(4096).decode()
    assert said.startswith("HTTP/1.1 308 ")
    assert f"Location: https://{HOST}/today/?a=1\r\n" in said


def test_answers_are_squeezed_as_the_browser_can(visitor):
    page = {"Accept": "text/html"}
    plain = visitor.get("/signup/", headers={**page, "Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    for way in ("br", "gzip"):
        with visitor.stream("GET", "/signup/", headers={**page, "Accept-Encoding": way}) as answer:
            raw = b"".join(answer.iter_raw())
        assert answer.headers["Content-Encoding"] == way
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(raw) < len(plain.content) / 2


def test_static_files_are_kept_for_ever_and_come_from_nginx(visitor):
    page = visitor.get("/login/", headers={"Accept": "text/html"}).text
    names = re.findall(r'/static/[^"\']+\.(?:css|js)', page)
    assert names
    for name in names:
        for way in ("br", "gzip"):
            answer = visitor.get(name, headers={"Accept-Encoding": way})
            assert answer.status_code == 200, name
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            if len(answer.content) > 1000:
                assert answer.headers["Content-Encoding"] == way
            assert "X-Request-ID" not in answer.headers, "the house was not asked"
    assert visitor.get("/static/../../deploy/secrets/secret_key").status_code == 404
    assert visitor.get("/static/%2e%2e/deploy/secrets/secret_key").status_code in {400, 404}


def test_a_static_file_that_is_not_here_is_asked_of_the_house_and_not_kept_as_missing(visitor):
    answer = visitor.get("/static/of-the-next-version.0123456789ab.css")
    assert answer.status_code == 404
    assert "X-Request-ID" in answer.headers, "the house was asked"
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_the_watcher_is_shut(visitor, house, path):
    token = (house.written.secrets / "metrics_token").read_text()
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"X-Forwarded-For": "127.0.0.1"}):
        answer = visitor.get(path, headers=headers)
        assert answer.status_code == 404
        assert b"http_requests_total" not in answer.content


def test_whether_it_and_the_house_live_can_be_asked(visitor):
    assert visitor.get("/healthz").json() == {"status": "ok"}
    assert "X-Request-ID" not in visitor.get("/healthz").headers
    answer = visitor.get("/probe/api-healthz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert "X-Request-ID" in answer.headers


def test_a_body_that_is_too_large_is_not_taken(person):
    answer = person.client.post("/api/ai/meal-analyze/", files={"image": ("a.jpg", b"0" * (14 << 20), "image/jpeg")})
    assert answer.status_code == 413


def test_who_asks_too_often_is_told_when_to_come_again(visitor, person):
    answers = [visitor.get("/login/") for _ in range(40)]
    refused = [one for one in answers if one.status_code == 429]
    assert len(answers) - len(refused) >= 20
    assert refused
    assert refused[0].headers["Content-Type"].startswith("application/problem+json")
    assert refused[0].json()["code"] == "rate_limited"
    assert int(refused[0].headers["Retry-After"]) > 0
    assert person.client.get("/login/").status_code in {200, 302}, "another address is not counted with it"


def test_where_a_stranger_says_he_comes_from_is_not_believed(house, visitor):
    """Tries of a password are counted for the address that nginx saw, whatever the stranger writes."""
    said = []
    for number in range(25):
        elsewhere = f"203.0.113.{number}"
        headers = {"X-Forwarded-For": elsewhere, "Forwarded": f"for={elsewhere}", "X-Real-IP": elsewhere}
        body = {"username": f"nobody{number}", "password": "wrong-password-9"}
        answer = visitor.post("/auth/token/", json=body, headers=headers)
        said.append((answer.status_code, answer.json()["code"]))
        time.sleep(0.15)  # slow enough for nginx
    assert said[0] == (401, "credentials_wrong")
    assert {code for status, code in said if status == 429} == {"too_many_tries"}


def test_a_stranger_cannot_say_that_the_way_was_safe_or_another_house_is_meant(house, visitor):
    answer = visitor.get("/login/", headers={"Host": "evil.example", "Accept": "text/html"})
    assert answer.status_code == 400
    answer = visitor.get("/", headers={"X-Forwarded-Host": "evil.example", "Accept": "text/html"})
    assert "evil.example" not in answer.text + str(answer.headers)


def test_the_live_stream_is_not_held_back(person, proof):
    """Written through one process, told by another: they share nothing but PostgreSQL and Redis."""
    food = person.food()
    took = []
    with person.again() as other, other.client.stream("GET", "/events/", headers=STREAM) as stream:
        assert (stream.status_code, stream.headers.get("Content-Encoding")) == (200, None)
        lines = stream.iter_lines()
        assert next(lines).startswith("retry:")
        for _ in range(6):
            began = time.monotonic()
            assert person.write(food).status_code == 201
            told = next(line for line in lines if line.startswith("data:"))
            took.append(time.monotonic() - began)
            assert "version" in json.loads(told[5:])
    proof.note(
        "A change on another screen",
        f"slowest of {len(took)}: {1000 * max(took):.0f} ms",
        "≤ 1 s",
        "from the press to the other screen: nginx, api, PostgreSQL, Redis, events, nginx",
    )
    assert max(took) <= 1
