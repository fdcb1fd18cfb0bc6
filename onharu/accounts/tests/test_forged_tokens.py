"""Tokens that nobody here wrote, and the change of the key that they are signed with."""

import base64
import hashlib
import hmac
import json
import random
import string
from datetime import timedelta
from io import StringIO

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.management import call_command

from onharu.accounts import jwts, principal
from onharu.accounts.tests.conftest import Script
from onharu.accounts.ways_in import SigningKey
from onharu.kernel import clock

MANY = 10_000
OVER_HTTP = 300
LETTERS = string.ascii_letters + string.digits + "-_"
STRANGE = "\x00 \n=+/!%.~\u00e9"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
TIMES = (None, "", "1", -1, 0, 1, 1.5, 2**31, 2**63, 10**400, True, [], {}, "NaN")
NAMES = ("", "onharu ", "ONHARU", "onharu.api.evil", "https://evil.example", ["onharu.api", "evil"], None, 7, {}, True)


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def parts_of(token):
    return [json.loads(base64.urlsafe_b64decode(one + "==")) for one in token.split(".")[:2]]


def key_now():
    return SigningKey.objects.get(signs=True)


def signed(head, said, secret, algorithm=hashlib.sha256):
    text = f"{part(head)}.{part(said)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), algorithm).digest())}"


def as_written(said, kid=None, use="access", secret=None):
    """Sign any claims at all with the key of this house, under the header that it writes."""
    if secret is None:
        key = key_now()
        kid, secret = key.kid, key.secret
    text = f"{jwts._head(use, kid)}.{part(said)}"
    return f"{text}.{part(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())}"


def mutants(token, chance):
    """Make false tokens without end, each kind in its turn."""
    head, said = parts_of(token)
    secret, kid = key_now().secret.encode(), head["kid"]
    public = RSA.public_key().public_numbers()
    jwk = {"kty": "RSA", "n": str(public.n), "e": "AQAB", "kid": kid}
    h, s, sig = token.split(".")

    def own(claims):
        return as_written(claims, kid=kid, secret=secret.decode())

    def flipped():
        place, bit = chance.randrange(len(token)), 1 << chance.randrange(7)
        return token[:place] + chr(ord(token[place]) ^ bit) + token[place + 1 :]

    def lettered():
        place = chance.randrange(len(token))
        return token[:place] + chance.choice([one for one in LETTERS if one != token[place]]) + token[place + 1 :]

    def added():
        place = chance.randrange(len(token) + 1)
        return token[:place] + chance.choice(LETTERS + STRANGE) + token[place:]

    def cut():
        return token[: chance.randrange(len(token))]

    def other_claim(*names):
        name = chance.choice(names or list(said))
        return {**said, name: chance.choice([*TIMES, *NAMES, "x" * 300, str(int(said["sub"]) + 1)])}

    kinds = (
        flipped,
        lettered,
        added,
        cut,
        lambda: f"{part({**head, 'alg': chance.choice(['none', 'None', 'NONE', 'nOnE', '', None, 0])})}.{s}.",
        lambda: f"{part({**head, 'alg': 'none'})}.{part(other_claim())}.{chance.choice([sig, ''])}",
        lambda: signed({**head, "alg": chance.choice(["HS384", "HS512", "hs256", "RS256", "ES256"])}, said, secret),
        lambda: jwt.encode(other_claim("sub"), RSA, "RS256", {"kid": kid, "typ": "at+jwt"}),
        lambda: signed(head, said, str(public.n).encode()),
        lambda: signed({**head, "jwk": jwk}, said, secret),
        lambda: signed({**head, chance.choice(["jku", "x5u"]): "https://evil.example/keys"}, said, secret),
        lambda: signed({**head, "crit": ["exp"], "b64": False}, said, secret),
        lambda: signed(
            {**head, "kid": chance.choice(["", "../../dev/null", "0", "' OR 1=1 --", None, 7, ["a"], "a" * 5000])},
            said,
            b"",
        ),
        lambda: signed({**head, "kid": "t" + "0" * 10}, said, b"\0" * 32),
        lambda: signed({**head, "typ": chance.choice(["rt+jwt", "JWT", "", None])}, said, secret),
        lambda: signed(head, other_claim(), bytes(chance.randrange(256) for _ in range(32))),
        lambda: own({**said, chance.choice(["iss", "aud"]): chance.choice(NAMES)}),
        lambda: own({**said, "token_use": chance.choice(["refresh", "id", "", None, 1])}),
        lambda: own({**said, "exp": chance.choice(TIMES)}),
        lambda: own({**said, "exp": said["iat"] - chance.randrange(1, 10**6)}),
        lambda: own({**said, "exp": said["exp"] + chance.randrange(1, 10**9)}),
        lambda: own({**said, "iat": chance.choice(TIMES)}),
        lambda: own({**said, "iat": said["iat"] + 3600, "exp": said["exp"] + 3600}),
        lambda: own({**said, "nbf": said["iat"] + chance.randrange(60, 10**6)}),
        lambda: own({**said, "nbf": chance.choice(["soon", None, [], 2**63])}),
        lambda: own({**said, "sub": chance.choice([*NAMES, "0", "1 OR 1=1", "9" * 30, str(int(said["sub"]) + 1)])}),
        lambda: own({**said, "sid": chance.choice([*NAMES, "AAAA", "A" * 24, "A" * 64, "\u00e9" * 40])}),
        lambda: own({name: one for name, one in said.items() if name != chance.choice([*list(said)])} | {"exp": None}),
        lambda: own(chance.choice([[], None, "x", 7, {}, [said]])),
        lambda: f"{h}.{s}.{sig}{chance.choice(['=', '.', ' ', chr(10), '..', '.' + sig])}",
    )
    number = 0
    while True:
        yield number % len(kinds), kinds[number % len(kinds)]()
        number += 1


@pytest.mark.timeout(600)
def test_of_ten_thousand_false_tokens_none_is_believed(tokens):
    false = mutants(tokens["access"], random.Random(7))
    believed, tried = [], 0
    for kind, one in false:
        if one == tokens["access"]:
            continue
        tried += 1
        # The lists where nothing is remembered are asked too: what was refused once must be refused again.
        if principal.user_of_token(one) is not None or jwts.read(one, jwts.REFRESH) is not None:
            believed.append((kind, one))
        if tried == MANY:
            break
    assert believed == []
    assert principal.user_of_token(tokens["access"]) is not None


def test_every_kind_of_false_token_is_a_401_and_nothing_worse(tokens, client):
    false = mutants(tokens["access"], random.Random(11))
    for _ in range(OVER_HTTP):
        kind, one = next(false)
        if one == tokens["access"]:
            continue
        answer = client.get("/api/users/me/", headers={"Authorization": f"Bearer {one}"})
        # The spaces around a token belong to the header, not to the token.
        if one.strip() == tokens["access"]:
            continue
        assert answer.status_code == 401, (kind, one)


@pytest.mark.parametrize("path", ["/auth/token/verify/", "/auth/token/refresh/"])
def test_false_refresh_tokens_are_refused_too(tokens, path):
    false = mutants(tokens["refresh"], random.Random(13))
    for _ in range(60):
        kind, one = next(false)
        body = {"token": one, "refresh": one}
        if one.strip() != tokens["refresh"]:
            assert Script().post(path, body).status_code in {400, 401}, (kind, one)
    assert Script().post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).status_code == 200


def test_what_this_house_signs_says_for_whom_by_whom_and_what_it_is(tokens):
    for use, kind in (("access", "at+jwt"), ("refresh", "rt+jwt")):
        head, said = parts_of(tokens[use])
        assert head == {"alg": "HS256", "typ": kind, "kid": key_now().kid}
        assert (said["iss"], said["aud"], said["token_use"]) == ("onharu", "onharu.api", use)
    assert principal.user_of_token(as_written(parts_of(tokens["access"])[1])) is not None


def test_the_key_of_tokens_is_sealed_in_its_row(tokens, django_db_blocker):
    row = SigningKey.objects.extra(select={"raw": "secret"}).get()
    assert row.raw.startswith("s1.")
    assert row.secret not in row.raw


def rotate():
    said = StringIO()
    call_command("rotate_signing_key", stdout=said)
    return said.getvalue()


def later(monkeypatch, **by):
    at = clock.now() + timedelta(**by)
    monkeypatch.setattr(clock, "now", lambda: at)


def access(pair):
    return Script(pair["access"]).get("/api/users/me/").status_code


def exchanged(pair):
    return Script().post("/auth/token/refresh/", {"refresh": pair["refresh"]})


def test_after_a_rotation_new_tokens_carry_the_new_key_and_the_old_ones_live_out(tokens, monkeypatch):
    old = key_now().kid
    assert key_now().kid not in rotate().replace(key_now().kid, "", 1)
    fresh = exchanged(tokens).json()
    assert parts_of(fresh["access"])[0]["kid"] == key_now().kid != old
    assert access(tokens) == access(fresh) == 200
    later(monkeypatch, minutes=15)
    assert access(tokens) == 401


def test_what_the_old_key_signs_after_the_rotation_is_refused(tokens, monkeypatch):
    old = key_now()
    rotate()
    said = parts_of(tokens["access"])[1]
    stolen = {**said, "iat": said["iat"] + 60, "exp": said["exp"] + 60}
    later(monkeypatch, minutes=2)
    assert principal.user_of_token(as_written(stolen, kid=old.kid, secret=old.secret)) is None
    backdated = as_written(said, kid=old.kid, secret=old.secret)
    assert principal.user_of_token(backdated) is not None
    later(monkeypatch, minutes=14)
    assert principal.user_of_token(backdated) is None


def test_refreshing_goes_on_over_two_rotations(tokens, monkeypatch):
    rotate()
    later(monkeypatch, days=20)
    rotate()
    answer = exchanged(tokens)
    assert answer.status_code == 200
    assert access(answer.json()) == 200


def test_keys_that_nothing_stands_on_any_more_are_removed(tokens, monkeypatch):
    rotate()
    later(monkeypatch, days=31)
    rotate()
    assert SigningKey.objects.count() == 2


@pytest.mark.forgets
def test_another_worker_signs_with_the_new_key_within_a_second(tokens, monkeypatch):
    """What a rotation in another process looks like from here: the rows change, and nothing tells this process."""
    monkeypatch.setattr(jwts, "forget", lambda: None)
    ticking = [clock.monotonic()]
    monkeypatch.setattr(jwts.clock, "monotonic", lambda: ticking[0])
    old = key_now().kid
    jwts._held.clear()
    assert parts_of(jwts.write("access", sub="1", sid="A" * 24)[0])[0]["kid"] == old
    rotate()
    assert parts_of(jwts.write("access", sub="1", sid="A" * 24)[0])[0]["kid"] == old
    ticking[0] += jwts.REMEMBERED + 0.001
    assert parts_of(jwts.write("access", sub="1", sid="A" * 24)[0])[0]["kid"] == key_now().kid
    assert jwts.REMEMBERED < 1 < jwts.LEEWAY
