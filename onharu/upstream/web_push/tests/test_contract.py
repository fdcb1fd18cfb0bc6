"""What every backend that reaches browsers promises, asked of each of them."""

import pytest
from django.core.checks import run_checks

from onharu.upstream import checks, registry, web_push
from onharu.upstream.faults import Refused
from onharu.upstream.web_push.backends import off
from tests.push_endpoint import raw_of

OFF = "onharu.upstream.web_push.backends.off.Backend"


@pytest.fixture(params=["embedded", "off"])
def backend(request):
    return request.getfixturevalue("sender") if request.param == "embedded" else off.Backend()


def test_it_says_who_it_is_and_whether_it_leaves_home(backend):
    assert backend.source
    assert backend.leaves_home == backend.offered


def test_it_has_a_key_exactly_where_it_is_offered(backend):
    assert bool(backend.public_key()) == backend.offered
    if backend.offered:
        assert raw_of(backend.public_key())[0] == 4


def test_it_sends_or_refuses(backend, server, subscription, message):
    if backend.offered:
        assert backend.send(subscription, message).status == 201
        return
    with pytest.raises(Refused) as fault:
        backend.send(subscription, message)
    assert fault.value.reason == "off"
    assert server.came == []


def test_it_lacks_nothing_here(backend):
    assert backend.lacks() == ""


def test_the_door_asks_whom_the_settings_choose(settings, subscription, message):
    settings.UPSTREAM = {"web_push": {"BACKEND": OFF}}
    registry.reset()
    assert (web_push.is_offered(), web_push.public_key(), web_push.homes()) == (False, "", ())
    with pytest.raises(Refused):
        web_push.send(subscription, message)


def test_without_any_setting_messages_are_offered_and_that_is_said(settings, tmp_path):
    settings.UPSTREAM, settings.ONHARU_DATA = {}, tmp_path
    registry.reset()
    assert web_push.is_offered()
    assert web_push.public_key() == web_push.public_key() != ""
    said = {one.id: one for one in checks.speaking_unasked(None)}
    assert "other companies" in said["onharu.I101"].msg
    assert "VAPID_SUBJECT" in said["onharu.I102"].msg
    assert "onharu.I101" in {one.id for one in run_checks()}


def test_an_address_of_the_operators_makes_it_no_warning(settings, tmp_path):
    embedded = "onharu.upstream.web_push.backends.embedded.Backend"
    settings.ONHARU_DATA = tmp_path
    settings.UPSTREAM = {"web_push": {"BACKEND": embedded, "OPTIONS": {"subject": "https://diary.example"}}}
    registry.reset()
    assert [one.id for one in checks.chosen_backends(None)] == ["onharu.I101"]


def test_a_house_that_switched_it_off_has_nothing_to_say(settings):
    settings.UPSTREAM = {"web_push": {"BACKEND": OFF}}
    registry.reset()
    assert checks.speaking_unasked(None) == []


@pytest.mark.parametrize(
    ("endpoint", "word"),
    [("https://fcm.googleapis.com/fcm/send/abc:def", ""), ("https://web.push.apple.com/Q1", ""), ("http://a.example/1", "not_https"),
     ("https://a.example:8443/1", "strange_port"), ("https://1.2.3.4/1", "not_public"), ("https://host/1", "not_public"),
     ("https://a.example/" + "x" * 1000, "unreadable"), ("https://a.example:99999/", "unreadable")],
)  # fmt: skip
def test_an_endpoint_is_judged_in_one_word(endpoint, word):
    assert web_push.endpoint_fault(endpoint) == word


def test_keys_are_a_point_of_the_curve_and_sixteen_bytes(subscription):
    assert web_push.is_key_pair(subscription.p256dh, subscription.auth)
    assert not web_push.is_key_pair(subscription.p256dh, "AAAA")
    assert not web_push.is_key_pair("A" * 87, subscription.auth)
    assert not web_push.is_key_pair("키", subscription.auth)
