"""An id_token proves somebody in one way, and in no other."""

import pytest

from onharu.kernel import clock
from onharu.upstream.faults import Unavailable
from onharu.upstream.sign_in.id_tokens import Expected, KeyRing, Untrue, public_keys, subject_of
from onharu.upstream.sign_in.tests.companies import (
    CLIENT,
    ISSUER,
    KID,
    good_claims,
    number,
    part,
    private_key,
    public,
    signed,
    signed_with_the_public_key,
    unsigned,
)

EXPECTED = Expected(ISSUER, CLIENT["kakao"], "the-nonce")


@pytest.fixture
def ring():
    return KeyRing(lambda: public_keys({"keys": [public(), public("key-2")]}))


def claims(**changes):
    return good_claims("the-nonce") | changes


def without(name):
    return {key: value for key, value in claims().items() if key != name}


def at(seconds):
    return int(clock.now().timestamp()) + seconds


def test_a_true_token_tells_its_subject(ring):
    assert subject_of(signed(claims()), ring, EXPECTED) == "4012345678"
    assert subject_of(signed(claims(), {"alg": "RS256", "kid": "key-2"}, "key-2"), ring, EXPECTED) == "4012345678"


def test_a_minute_is_forgiven_and_no_more(ring):
    for good in (claims(exp=at(-30)), claims(iat=at(30))):
        assert subject_of(signed(good), ring, EXPECTED)
    for bad in (claims(exp=at(-61)), claims(iat=at(65))):
        with pytest.raises(Untrue):
            subject_of(signed(bad), ring, EXPECTED)


FALSE = {
    "another issuer": (lambda: signed(claims(iss="https://kauth.kakao.com.evil.example")), "id_token_issuer"),
    "an issuer in a list": (lambda: signed(claims(iss=[ISSUER])), "id_token_issuer"),
    "another app's audience": (lambda: signed(claims(aud="another-app")), "id_token_audience"),
    "our audience among others": (lambda: signed(claims(aud=[CLIENT["kakao"], "another-app"])), "id_token_audience"),
    "another sign-in's nonce": (lambda: signed(claims(nonce="another")), "id_token_nonce"),
    "no nonce": (lambda: signed(without("nonce")), "id_token_nonce"),
    "an empty nonce": (lambda: signed(claims(nonce="")), "id_token_nonce"),
    "expired": (lambda: signed(claims(exp=at(-3600))), "id_token_expired"),
    "never expiring": (lambda: signed(without("exp")), "id_token_exp"),
    "an expiry of text": (lambda: signed(claims(exp="9999999999")), "id_token_exp"),
    "an expiry of true": (lambda: signed(claims(exp=True)), "id_token_exp"),
    "an endless expiry": (lambda: signed(claims(exp=float("inf"))), "id_token_exp"),
    "from the future": (lambda: signed(claims(iat=at(3600))), "id_token_future"),
    "from no time": (lambda: signed(without("iat")), "id_token_iat"),
    "nobody": (lambda: signed(without("sub")), "id_token_subject"),
    "a subject of a number": (lambda: signed(claims(sub=4012345678)), "id_token_subject"),
    "an empty subject": (lambda: signed(claims(sub="")), "id_token_subject"),
    "no algorithm": (lambda: unsigned(claims()), "id_token_algorithm"),
    "no algorithm in capitals": (lambda: unsigned(claims(), "NONE"), "id_token_algorithm"),
    "no algorithm under the good name": (lambda: unsigned(claims(), "RS256"), "id_token_signature"),
    "the public key for a secret": (lambda: signed_with_the_public_key(claims()), "id_token_algorithm"),
    "another RSA algorithm": (lambda: signed(claims(), {"alg": "RS512", "kid": KID}), "id_token_algorithm"),
    "an unknown key": (lambda: signed(claims(), {"alg": "RS256", "kid": "mine"}, "mine"), "id_token_key_unknown"),
    "no key named": (lambda: signed(claims(), {"alg": "RS256"}), "id_token_key_unknown"),
    "a key of a list": (lambda: signed(claims(), {"alg": "RS256", "kid": [KID]}), "id_token_key_unknown"),
    "another key under a known name": (lambda: signed(claims(), None, "mine"), "id_token_signature"),
    "the other key's name": (lambda: signed(claims(), {"alg": "RS256", "kid": "key-2"}), "id_token_signature"),
    "a key set of the attacker": (
        lambda: signed(claims(), {"alg": "RS256", "kid": "mine", "jku": "https://evil.example/jwks.json"}, "mine"),
        "id_token_key_unknown",
    ),
    "a key brought along": (
        lambda: signed(claims(), {"alg": "RS256", "kid": KID, "jwk": public("mine")}, "mine"),
        "id_token_signature",
    ),
    "a certificate brought along": (
        lambda: signed(claims(), {"alg": "RS256", "kid": KID, "x5u": "https://evil.example/x.pem"}, "mine"),
        "id_token_signature",
    ),
    "a critical extension": (
        lambda: signed(claims(), {"alg": "RS256", "kid": KID, "crit": ["b64"], "b64": False}),
        "id_token_algorithm",
    ),
    "too long": (lambda: signed(claims(more="x" * 9000)), "id_token_malformed"),
    "a list": (lambda: f"{part(['RS256'])}.{part(claims())}.AAAA", "id_token_malformed"),
    "two parts": (lambda: signed(claims()).rpartition(".")[0], "id_token_malformed"),
    "four parts": (lambda: signed(claims()) + ".AAAA", "id_token_malformed"),
    "padding": (lambda: signed(claims()) + "=", "id_token_malformed"),
    "letters of no alphabet": (lambda: f"한글.{part(claims())}.AAAA", "id_token_malformed"),
    "a body that is no JSON": (lambda: f"{part({'alg': 'RS256', 'kid': KID})}.W1tb.AAAA", "id_token_malformed"),
    "an empty text": (lambda: "", "id_token_malformed"),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_a_false_token_proves_nobody(ring, name):
    made, reason = FALSE[name]
    with pytest.raises(Untrue) as fault:
        subject_of(made(), ring, EXPECTED)
    assert fault.value.reason == reason


def test_no_single_changed_letter_is_let_through(ring):
    token = signed(claims())
    for place, letter in enumerate(token):
        other = "B" if letter == "A" else "A"
        with pytest.raises(Untrue):
            subject_of(f"{token[:place]}{other}{token[place + 1 :]}", ring, EXPECTED)


def test_a_signature_has_one_spelling(ring):
    head, body, mark = signed(claims()).split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for letter in alphabet:
        if letter != mark[-1]:
            with pytest.raises(Untrue):
                subject_of(f"{head}.{body}.{mark[:-1]}{letter}", ring, EXPECTED)


@pytest.mark.parametrize(
    "changes",
    [
        {"kty": "EC"}, {"use": "enc"}, {"alg": "RS512"}, {"n": number(2**1023 + 1)}, {"n": "*"}, {"e": number(1)}, {"kid": ""},
        {"kid": 7}, {"n": None}, {"e": number(2**40 + 1)}, {"n": number(2**9000 + 1)},
    ],
)  # fmt: skip
def test_a_key_that_is_unfit_is_left_out(changes):
    assert public_keys({"keys": [public(**changes), public("key-2")]}).keys() == {"key-2"}


@pytest.mark.parametrize("said", [None, [], {}, {"keys": None}, {"keys": [None, 1, "x"]}])
def test_what_is_no_key_set_has_no_keys(said):
    assert public_keys(said) == {}


def test_a_key_set_is_not_read_without_end():
    assert len(public_keys({"keys": [public() | {"kid": str(number)} for number in range(500)]})) == 20


class Fetched:
    """Counts how often keys are fetched, and changes them."""

    def __init__(self):
        self.times, self.names = 0, ["a"]

    def __call__(self):
        self.times += 1
        return {name: private_key().public_key() for name in self.names}


@pytest.fixture
def time_goes(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(clock, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def test_keys_are_fetched_once_and_kept_a_day(time_goes):
    fetched = Fetched()
    ring = KeyRing(fetched)
    assert all(ring.key("a") for _ in range(50))
    assert fetched.times == 1
    time_goes(86_401)
    assert ring.key("a")
    assert fetched.times == 2


def test_an_unknown_key_is_looked_for_once_a_minute(time_goes):
    fetched = Fetched()
    ring = KeyRing(fetched)
    for _ in range(100):
        assert ring.key("b") is None
    assert fetched.times == 1
    time_goes(61)
    fetched.names = ["b"]
    assert ring.key("b")
    assert (fetched.times, ring.key("a")) == (2, None)


def test_keys_that_cannot_be_fetched_leave_the_ring_as_it_was(time_goes):
    fetched = Fetched()
    ring = KeyRing(fetched)
    assert ring.key("a")
    time_goes(90_000)

    def down():
        raise Unavailable("kakao_sign_in", "timeout")

    ring._fetch = down
    with pytest.raises(Unavailable):
        ring.key("a")
