"""What goes over the wire, read by a server that holds the browser's keys and checks the signature."""

import base64
import json
import stat
import threading
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.web_push.backends import embedded, keys
from onharu.upstream.web_push.port import LONGEST, Gone, Sent
from onharu.upstream.web_push.tests.conftest import SUBJECT
from tests.push_endpoint import BrowserKeys, claims_of, raw_of


def test_the_browser_reads_what_was_sent_and_nobody_else(sender, server, subscription, message):
    assert sender.send(subscription, message) == Sent(201)
    (came,) = server.came
    assert server.read(came) == {"title": "복용 시간이에요"}
    assert "복용".encode() not in came.body
    with pytest.raises(Exception, match=""):
        BrowserKeys().read(came.body)


def test_the_headers_say_how_long_how_urgent_and_what_it_replaces(sender, server, subscription, message):
    sender.send(subscription, message)
    (came,) = server.came
    assert came.header("TTL") == "600"
    assert came.header("Urgency") == "high"
    assert came.header("Topic") == "a" * 32
    assert came.header("Content-Encoding") == "aes128gcm"


def test_the_signature_names_the_server_an_end_and_the_operator(sender, server, subscription, message):
    sender.send(subscription, message)
    claims = claims_of(server.came[0].header("Authorization"))
    assert claims["aud"] == server.base
    assert claims["sub"] == SUBJECT
    assert 0 < claims["exp"] - clock.now().timestamp() <= 24 * 3600
    assert claims["key"] == sender.public_key()


def test_two_messages_never_look_alike(sender, server, subscription, message):
    sender.send(subscription, message)
    sender.send(subscription, message)
    first, second = (came.body for came in server.came)
    assert first[:16] != second[:16]
    assert first[21:86] != second[21:86]


def test_the_longest_message_goes_and_a_longer_one_is_refused(sender, server, subscription, message):
    sender.send(subscription, replace(message, payload=b"x" * LONGEST))
    assert len(server.came[0].body) <= 4096
    with pytest.raises(Refused) as fault:
        sender.send(subscription, replace(message, payload=b"x" * (LONGEST + 1)))
    assert fault.value.reason == "too_long"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_told_as_gone(sender, server, subscription, message, status):
    server.answering.status = status
    assert sender.send(subscription, message) == Gone(status)


def test_a_busy_server_says_when_to_come_back(sender, server, subscription, message):
    server.answering.status, server.answering.headers = 429, {"Retry-After": "77"}
    with pytest.raises(Unavailable) as fault:
        sender.send(subscription, message)
    assert fault.value.retry_after == 77
    assert len(server.came) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_that_fails_is_asked_once_and_later(sender, server, subscription, message, status):
    server.answering.status = status
    with pytest.raises(Unavailable):
        sender.send(subscription, message)
    assert len(server.came) == 1


@pytest.mark.parametrize(
    ("status", "word"), [(413, "status_413"), (403, "forbidden"), (400, "status_400"), (302, "redirect")]
)
def test_a_refusal_is_for_good(sender, server, subscription, message, status, word):
    server.answering.status, server.answering.headers = status, {"Location": "https://push.example.com/"}
    with pytest.raises(Refused) as fault:
        sender.send(subscription, message)
    assert fault.value.reason == word
    assert len(server.came) == 1


def test_keys_that_are_none_are_refused_before_anything_is_sent(sender, server, subscription, message):
    with pytest.raises(Refused) as fault:
        sender.send(replace(subscription, p256dh="AAAA"), message)
    assert fault.value.reason == "bad_keys"
    assert server.came == []


def test_one_servers_circuit_is_not_anothers(sender, server, subscription, message, tmp_path):
    other = type(server)()
    both = embedded.Backend(homes=[server.base, other.base], folder=tmp_path)
    server.answering.status = 500
    for _ in range(6):
        with pytest.raises(Unavailable):
            both.send(subscription, message)
    assert len(server.came) == 5
    said = other.subscribe()
    there = replace(subscription, endpoint=said["endpoint"], p256dh=said["keys"]["p256dh"])
    assert both.send(there, message) == Sent(201)
    other.close()


# addresses that a browser would never name


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example.com/1", "https://127.0.0.1/1", "https://[::1]/1", "https://10.0.0.1/1", "https://localhost/1",
     "https://2130706433/1", "https://169.254.169.254/latest", "https://user@push.example.com/1", "https://push.example.com:22/1",
     "ftp://push.example.com/1", "https:///1", "https://push.example.com/\r\nX: 1", "https://푸시.kr/1", "x", ""],
)  # fmt: skip
def test_what_is_no_browsers_server_is_refused_without_a_connection(tmp_path, subscription, message, endpoint):
    asked = []
    sender = embedded.Backend(folder=tmp_path, resolve=lambda *host: asked.append(host) or ["127.0.0.1"])
    with pytest.raises(Refused):
        sender.send(replace(subscription, endpoint=endpoint), message)
    assert asked == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "169.254.169.254", "::1", "fd00::1", "::ffff:127.0.0.1"]
)
def test_a_name_that_leads_home_is_refused(tmp_path, server, subscription, message, address):
    sender = embedded.Backend(folder=tmp_path, resolve=lambda *_: [address])
    with pytest.raises(Refused) as fault:
        sender.send(replace(subscription, endpoint="https://push.example.com/1"), message)
    assert fault.value.reason == "address_refused"


def test_loopback_is_not_allowed_unless_the_operator_named_it(tmp_path, server, subscription, message):
    with pytest.raises(Refused):
        embedded.Backend(folder=tmp_path).send(subscription, message)
    assert server.came == []


# the key of the house


def test_the_key_is_made_once_and_only_we_may_read_it(tmp_path):
    first = embedded.Backend(folder=tmp_path).public_key()
    assert embedded.Backend(folder=tmp_path).public_key() == first
    (kept,) = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(raw_of(first)) == 65


def test_many_at_once_make_one_key(tmp_path):
    found, start = [], threading.Barrier(8)

    def make():
        start.wait()
        found.append(embedded.Backend(folder=tmp_path).public_key())

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8
    assert len(list(tmp_path.iterdir())) == 1


def test_the_operators_key_is_taken_in_both_spellings(tmp_path):
    private = ec.generate_private_key(ec.SECP256R1())
    number = private.private_numbers().private_value.to_bytes(32, "big")
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    spelled = [base64.urlsafe_b64encode(number).decode(), pem, pem.replace("\n", "\\n")]
    assert len({embedded.Backend(key=said, folder=tmp_path).public_key() for said in spelled}) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", ["x", "AAAA", json.dumps({}), base64.urlsafe_b64encode(b"\0" * 31).decode()])
def test_what_is_no_key_is_an_error_that_does_not_repeat_it(tmp_path, said):
    with pytest.raises(ValueError) as error:
        keys.key_of(said, tmp_path / "none")
    assert said not in str(error.value) or said == "x"
