"""Attacks on signing in with another company. Each is refused: no session, no person, no connection, no code.

An attack gets a world with a victim's browser and the attacker's own, and answers what the house said last.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts import social
from onharu.accounts.models import SignIn, SignInCode, SignInStart, User
from onharu.accounts.tests.conftest import Script
from onharu.accounts.tests.social import (
    APP,
    COOKIE,
    VERIFIER,
    app_code,
    app_query,
    arrive,
    back,
    changed,
    exchange,
    go,
    own,
    rows,
    who,
)
from onharu.kernel import clock
from onharu.upstream import registry
from onharu.upstream.http import Limits
from onharu.upstream.sign_in.tests import companies as stub
from onharu.upstream.sign_in.tests.companies import Companies, Member
from onharu.upstream.tests.sockets import serving, silent

pytestmark = pytest.mark.django_db
REFUSED = {400, 401, 403, 404, 405, 409, 502, 503}
ATTACKER = Member(number=666, naver_id="attacker", nickname="공격자", email="attacker@kakao.example")


@dataclass
class World:
    """Two browsers, both companies, and a clock that can be set forward."""

    companies: Companies
    later: Callable[[timedelta], None]
    settings: Any
    victim: Client = field(default_factory=Client)
    attacker: Client = field(default_factory=Client)


@pytest.fixture
def world(companies, settings, monkeypatch):
    def later(by):
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + by)

    return World(companies, later, settings)


ATTACKS: dict[str, Callable[[World], Any]] = {}


def attack(company=None):
    """Put an attack on the list, for one company or for each."""

    def listed(made):
        name = made.__name__.replace("_", " ")
        if company is not None:
            ATTACKS[f"{company}: {name}"] = lambda world: made(world, company)
        else:
            ATTACKS.update({f"{one}: {name}": lambda world, one=one: made(world, one) for one in ("kakao", "naver")})
        return made

    return listed


# --- the state ----------------------------------------------------------------------------------------------


@attack()
def no_state(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), state=None))


@attack()
def an_empty_state(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), state=""))


@attack()
def a_made_up_state(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), state="x" * 43))


@attack()
def two_states(world, company):
    address = back(world.companies, world.victim, company)
    return world.victim.get(f"{address}&state={'x' * 43}")


@attack()
def a_state_of_strange_letters(world, company):
    back(world.companies, world.victim, company)
    return world.victim.get(f"/auth/{company}/callback/?code=x&state=%00%ff' OR 1=1--")


@attack()
def a_state_from_yesterday(world, company):
    address = back(world.companies, world.victim, company)
    world.later(timedelta(minutes=10, seconds=1))
    return world.victim.get(address)


@attack()
def login_csrf_with_the_attackers_return(world, company):
    """The victim is led to the attacker's address of return, to write into the attacker's book."""
    address = back(world.companies, world.attacker, company, ATTACKER)
    go(world.victim, company)  # the victim has a cookie of their own
    return world.victim.get(address)


@attack()
def login_csrf_without_any_cookie(world, company):
    return world.victim.get(back(world.companies, world.attacker, company, ATTACKER))


@attack()
def a_code_of_the_attacker_under_the_victims_state(world, company):
    """Where the code carries a challenge or a state of another sign-in, the company itself refuses it."""
    theirs = re.search(r"code=([^&]+)", back(world.companies, world.attacker, company, ATTACKER))
    return world.victim.get(changed(back(world.companies, world.victim, company), code=theirs[1]))


@attack()
def a_stolen_return_in_the_attackers_browser(world, company):
    return world.attacker.get(back(world.companies, world.victim, company))


@attack()
def a_stolen_return_spent_before_its_owner_comes(world, company):
    address = back(world.companies, world.victim, company)
    world.attacker.get(address)
    return world.victim.get(address)


@attack()
def a_cookie_of_another_value(world, company):
    address = back(world.companies, world.victim, company)
    world.victim.cookies[COOKIE] = social.drawn()
    return world.victim.get(address)


@attack()
def the_digest_for_the_cookie(world, company):
    """Who has read the table has no cookie to show for it."""
    address = back(world.companies, world.victim, company)
    world.attacker.cookies[COOKIE] = SignInStart.objects.get().browser
    return world.attacker.get(address)


@attack("kakao")
def mix_up_kakao_begun_naver_returned(world, company):
    return world.victim.get(back(world.companies, world.victim, company).replace("/kakao/", "/naver/"))


@attack("naver")
def mix_up_naver_begun_kakao_returned(world, company):
    return world.victim.get(back(world.companies, world.victim, company).replace("/naver/", "/kakao/"))


@attack("kakao")
def a_state_of_kakao_with_a_code_of_naver(world, company):
    theirs = re.search(r"code=([^&]+)", back(world.companies, world.attacker, "naver", ATTACKER))
    return world.victim.get(changed(back(world.companies, world.victim, company), code=theirs[1]))


@attack()
def a_preview_that_asks_with_head(world, company):
    return world.victim.head(back(world.companies, world.victim, company))


@attack()
def a_return_that_is_posted(world, company):
    return Client(enforce_csrf_checks=True).post(back(world.companies, world.victim, company))


# --- the code -----------------------------------------------------------------------------------------------


@attack()
def no_code(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), code=None))


@attack()
def two_codes(world, company):
    return world.victim.get(back(world.companies, world.victim, company) + "&code=other")


@attack()
def an_endless_code(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), code="x" * 3000))


@attack()
def a_code_with_line_ends(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), code="a\r\nHost: evil.example"))


@attack()
def a_made_up_code(world, company):
    return world.victim.get(changed(back(world.companies, world.victim, company), code="made-up"))


@attack()
def a_code_beside_an_error(world, company):
    return world.victim.get(back(world.companies, world.victim, company) + "&error=access_denied")


@attack("kakao")
def a_code_without_the_verifier_of_this_browser(world, company):
    """The company compares the challenge that went out with the verifier that comes in."""
    url = re.sub(r"code_challenge=[^&]+", f"code_challenge={social.challenge_of('y' * 43)}", go(world.victim, company))
    return world.victim.get(own(world.companies.consent(url)))


# --- the id_token -------------------------------------------------------------------------------------------


def id_token(**claims):
    """Answer with these claims, truly signed."""

    def made(world, company):
        world.companies.claims = claims
        return arrive(world.companies, world.victim, company)

    return made


def forged(token):
    """Answer with a token that is made another way."""

    def made(world, company):
        world.companies.token = token
        return arrive(world.companies, world.victim, company)

    return made


def flipped(claims):
    token = stub.signed(claims)
    return f"{token[:-20]}{'A' if token[-20] != 'A' else 'B'}{token[-19:]}"


def with_another_body(claims):
    head, _, mark = stub.signed(claims).split(".")
    return f"{head}.{stub.part(claims | {'sub': '4012345678', 'admin': True})}.{mark}"


def of_the_attackers_key(header):
    return forged(lambda claims: stub.signed(claims, {"alg": "RS256"} | header, "mine"))


AT = 1_700_000_000
TOKENS = {
    "the nonce of another sign-in": id_token(nonce="another"),
    "no nonce": id_token(nonce=None),
    "the audience of another app": id_token(aud="another-app"),
    "several audiences": id_token(aud=[stub.CLIENT["kakao"], "another-app"]),
    "another issuer": id_token(iss="https://evil.example"),
    "the issuer with a slash": id_token(iss="https://kauth.kakao.com/"),
    "an expired token": id_token(exp=AT, iat=AT - 10),
    "a token of the future": id_token(iat=9_999_999_990, exp=9_999_999_999),
    "no expiry": id_token(exp=None),
    "another subject than the account's": id_token(sub="4012345679"),
    "a subject with a leading zero": id_token(sub="04012345678"),
    "a subject in other digits": id_token(sub="４０１２３４５６７８"),
    "no subject": id_token(sub=None),
    "no algorithm": forged(stub.unsigned),
    "no signature under RS256": forged(lambda claims: stub.unsigned(claims, "RS256")),
    "HS256 with the public key": forged(stub.signed_with_the_public_key),
    "an unknown kid": of_the_attackers_key({"kid": "mine"}),
    "a known kid over another key": of_the_attackers_key({"kid": stub.KID}),
    "a jku of the attacker": of_the_attackers_key({"kid": "mine", "jku": "https://evil.example/jwks.json"}),
    "a jwk in the header": of_the_attackers_key({"kid": stub.KID, "jwk": stub.public("mine")}),
    "a flipped bit of the signature": forged(flipped),
    "another body under the signature": forged(with_another_body),
    "no token at all": forged(lambda _: ""),
    "a token that is no text": forged(lambda claims: claims),
}
for _name, _made in TOKENS.items():
    ATTACKS[f"kakao: {_name}"] = lambda world, made=_made: made(world, "kakao")


# --- the account and the wire -------------------------------------------------------------------------------


def answers(company, step, body, status=200):
    """Let a company answer this at one step."""

    def made(world):
        setattr(world.companies, f"{company}_{step}", lambda: stub.answer(body, status))
        return arrive(world.companies, world.victim, company)

    return made


def says(company, step, text, status=200):
    def made(world):
        setattr(world.companies, f"{company}_{step}", lambda: stub.page(text, status))
        return arrive(world.companies, world.victim, company)

    return made


PERSON = Member()
ATTACKS |= {
    "kakao: an id of 2^63": answers("kakao", "me", stub.kakao_says(PERSON, id=2**63)),
    "kakao: an id of a thousand digits": says("kakao", "me", '{"id": ' + "9" * 1000 + "}"),
    "kakao: an id of true": answers("kakao", "me", stub.kakao_says(PERSON, id=True)),
    "kakao: the account of somebody else": answers("kakao", "me", stub.kakao_says(PERSON, id=4012345679)),
    "kakao: no id": answers("kakao", "me", {"kakao_account": {}}),
    "kakao: an error with status 200 for a code": answers("kakao", "token", {"error": "invalid_grant"}),
    "kakao: an error with status 200 for an account": answers("kakao", "me", {"msg": "no token", "code": -401}),
    "naver: resultcode 024 with status 200": answers("naver", "me", stub.naver_says(PERSON, resultcode="024")),
    "naver: resultcode 0": answers("naver", "me", stub.naver_says(PERSON, resultcode=0)),
    "naver: no resultcode": answers("naver", "me", {"response": {"id": "abc"}}),
    "naver: no id": answers("naver", "me", stub.naver_says(PERSON, response={"nickname": "하루"})),
    "naver: an id that is a number": answers("naver", "me", stub.naver_says(PERSON, response={"id": 10**30})),
    "naver: an id too long": answers("naver", "me", stub.naver_says(PERSON, response={"id": "x" * 65})),
    "naver: an error with status 200 for a code": answers("naver", "token", {"error": "invalid_request"}),
    "naver: a token beside an error": answers(
        "naver", "token", {"error": "x", "access_token": "a", "token_type": "bearer"}
    ),
}
for _company in ("kakao", "naver"):
    ATTACKS |= {
        f"{_company}: a page for JSON": says(_company, "me", "<h1>점검</h1>"),
        f"{_company}: an answer too large": says(_company, "token", '{"x": "' + "x" * 200_000 + '"}'),
        f"{_company}: deep nesting": says(_company, "me", "[" * 30_000),
        f"{_company}: a broken server": says(_company, "token", "oops", 500),
        f"{_company}: a redirect for an answer": says(_company, "token", "", 302),
        f"{_company}: a list for an answer": answers(_company, "me", []),
    }


@attack()
def a_company_that_is_dead(world, company):
    world.settings.UPSTREAM = world.companies.settings()
    for options in world.settings.UPSTREAM["sign_in"]["OPTIONS"].values():
        options["auth_url"] = "http://127.0.0.1:9"
    registry.reset()
    go(world.victim, company)
    state = re.search(r"state=([^&]+)", go(world.victim, company))[1]
    return world.victim.get(f"/auth/{company}/callback/?code=x&state={state}")


@attack()
def a_company_that_never_answers(world, company):
    with serving(silent) as (url, hits):
        quick = Limits(deadline=0.5, connect=0.3, max_bytes=1000, attempts=1)
        world.settings.UPSTREAM = world.companies.settings(limits=quick)
        for options in world.settings.UPSTREAM["sign_in"]["OPTIONS"].values():
            options["auth_url"] = url
        registry.reset()
        state = re.search(r"state=([^&]+)", go(world.victim, company))[1]
        answer = world.victim.get(f"/auth/{company}/callback/?code=x&state={state}")
    assert hits
    return answer


# --- addresses and apps -------------------------------------------------------------------------------------


def begins(**changes):
    def made(world):
        return world.victim.get("/auth/kakao/login/", app_query() | changes)

    return made


ATTACKS |= {
    "app: an address that is not on the list": begins(redirect_uri="onharu://evil"),
    "app: an address that only begins like one": begins(redirect_uri=f"{APP}.evil.example"),
    "app: an address with more behind it": begins(redirect_uri=f"{APP}?next=https://evil.example"),
    "app: an address in capitals": begins(redirect_uri=APP.upper()),
    "app: an address of a script": begins(redirect_uri="javascript:alert(1)"),
    "app: no address": begins(redirect_uri=""),
    "app: no challenge": begins(challenge=""),
    "app: a challenge that is too short": begins(challenge="abc"),
    "app: a plain verifier for a challenge": begins(challenge=VERIFIER + "=="),
    "app: a client that nobody knows": begins(client="television"),
}


def redeems(**changes):
    """Show a code wrongly; then it is spent for its owner too."""

    def made(world):
        code = app_code(world.companies, world.victim)
        said = {"code": code, "verifier": VERIFIER, "redirect_uri": APP} | changes
        world.settings.SIGN_IN_APP_REDIRECTS = [APP, "other://app"]
        answer = exchange(**said)
        assert exchange(code).status_code == 400 or "code" in changes
        return answer

    return made


CODES = {
    "a verifier of somebody else": redeems(verifier="z" * 43),
    "the challenge for a verifier": redeems(verifier=social.challenge_of(VERIFIER)),
    "a verifier that is too short": redeems(verifier="short"),
    "the code of another app": redeems(redirect_uri="other://app"),
    "a made-up code": redeems(code="m" * 43),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_leaves_nothing(world, name):
    answer = ATTACKS[name](world)
    assert answer.status_code in REFUSED, answer.status_code
    assert rows() == (0, 0, 0, 0)
    assert who(world.victim) is None and who(world.attacker) is None
    if answer.status_code not in (404, 405) and answer.headers.get("Content-Type", "").startswith("text/html"):
        assert 'id="why"' in answer.content.decode() or answer.status_code == 403


def test_there_are_more_than_a_hundred_of_them():
    assert len(ATTACKS) + len(CODES) > 100


@pytest.mark.parametrize("name", CODES)
def test_a_code_shown_wrongly_opens_nothing(world, name):
    answer = CODES[name](world)
    assert answer.status_code == 400 and answer.json()["code"] == "sign_in_code_refused"
    people, links, sessions, _ = rows()
    assert (people, links, sessions) == (1, 1, 0 if "made-up" not in name else 1)


def test_a_code_shown_again_ends_what_it_opened(world):
    code = app_code(world.companies, world.victim)
    pair = exchange(code).json()
    assert Script(pair["access"]).get("/api/users/me/").status_code == 200
    assert exchange(code).status_code == 400
    assert Script(pair["access"]).get("/api/users/me/").status_code == 401
    refreshed = Client().post("/auth/token/refresh/", {"refresh": pair["refresh"]}, content_type="application/json")
    assert refreshed.status_code == 401 and not SignIn.objects.filter(user__isnull=False).exists()


def test_a_code_shown_again_after_its_minute_still_ends_what_it_opened(world):
    code = app_code(world.companies, world.victim)
    assert exchange(code).status_code == 200
    world.later(timedelta(hours=3))
    assert exchange(code, verifier="z" * 43).status_code == 400
    assert not SignIn.objects.filter(user__isnull=False).exists()


def test_a_code_lives_a_minute(world):
    code = app_code(world.companies, world.victim)
    world.later(timedelta(seconds=61))
    assert exchange(code).status_code == 400
    assert rows()[2] == 0


def test_a_code_of_a_closed_account_opens_nothing(world):
    code = app_code(world.companies, world.victim)
    User.objects.update(is_active=False)
    assert exchange(code).status_code == 400
    assert rows()[2] == 0


@pytest.mark.parametrize(
    "body", [{}, {"code": "x"}, {"code": "\ud800", "verifier": "x", "redirect_uri": APP}, {"code": ["x"]}]
)
def test_nonsense_for_a_code_is_a_problem(world, body):
    answer = Client().post("/auth/exchange/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_an_app_that_left_the_list_meanwhile_gets_nothing(world):
    address = back(world.companies, world.victim, "kakao", **app_query())
    world.settings.SIGN_IN_APP_REDIRECTS = []
    assert world.victim.get(address).status_code == 400


def test_a_return_is_good_once(world):
    address = back(world.companies, world.victim, "kakao")
    assert world.victim.get(address).status_code == 302
    world.victim.logout()
    before = rows()
    assert world.victim.get(address).status_code == 400
    assert who(world.victim) is None and rows() == before


NEXT = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("wish", NEXT)
def test_an_open_redirect_ends_at_home(world, wish):
    arrive(world.companies, world.attacker, "kakao")
    assert arrive(world.companies, world.victim, "kakao", next=wish)["Location"] == "/today/"
    assert world.victim.get("/auth/kakao/login/", {"next": wish})["Location"] == "/today/"


# --- taking an account over ---------------------------------------------------------------------------------


@pytest.fixture
def haru(db):
    """Somebody with a password and the address that Kakao and Naver name."""
    user = make_person("haru")
    User.objects.filter(pk=user.pk).update(email=Member().email)
    return User.objects.get(pk=user.pk)


def test_a_verified_address_takes_nobodys_account(world, haru):
    answer = arrive(world.companies, world.attacker, "kakao", Member(number=666, email="HARU@kakao.example"))
    assert answer.status_code == 409
    assert "이미 있는 계정이에요. 로그인한 뒤 나 &gt; 연결에서 이어 주세요." in answer.content.decode()
    assert rows() == (1, 0, 0, 0) and who(world.attacker) is None


def test_an_address_that_was_not_verified_takes_nobodys_account_either(world, haru):
    for company, member in (("kakao", Member(number=666, verified=False)), ("naver", Member(naver_id="attacker"))):
        browser = Client()
        assert arrive(world.companies, browser, company, member).status_code == 302
        assert who(browser) != "haru"
    assert not SocialAccount.objects.filter(user=haru).exists()
    assert User.objects.exclude(pk=haru.pk).filter(email__isnull=False).count() == 0


def test_an_app_is_told_of_an_account_in_a_word_and_gets_no_code(world, haru):
    answer = arrive(world.companies, world.attacker, "kakao", **app_query())
    assert answer["Location"] == f"{APP}?error=sign_in_account_exists"
    assert not SignInCode.objects.exists()


def test_the_subject_of_one_company_is_nobody_at_the_other(world, haru):
    SocialAccount.objects.create(user=haru, provider="kakao", uid="12345")
    arrive(world.companies, world.attacker, "naver", Member(naver_id="12345", email=""))
    assert who(world.attacker) != "haru"


def test_a_closed_account_stays_closed(world, haru):
    SocialAccount.objects.create(user=haru, provider="kakao", uid=str(Member().number))
    User.objects.update(is_active=False)
    assert arrive(world.companies, world.victim, "kakao").status_code == 403
    assert rows() == (1, 1, 0, 0)


def test_a_return_in_a_browser_that_signed_in_meanwhile_changes_nobody(world, haru):
    address = back(world.companies, world.victim, "kakao", Member(number=666, email=""))
    world.victim.post("/login/", {"username": "haru", "password": PASSWORD})
    assert world.victim.get(address)["Location"] == "/today/"
    assert who(world.victim) == "haru" and not SocialAccount.objects.exists()


def test_signing_in_with_a_company_connects_nothing_to_who_is_signed_in(world, haru):
    browser = signed_in(haru)
    assert browser.get("/auth/kakao/login/").headers["Location"] == "/today/"
    assert not SignInStart.objects.exists()


def test_tries_are_counted(world):
    statuses = [world.victim.get("/auth/kakao/login/").status_code for _ in range(61)]
    assert set(statuses[:60]) == {302} and statuses[60] == 429


def test_a_refusal_is_told_in_english_and_to_scripts_as_a_document(world):
    browser = {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"}
    korean = world.victim.get("/auth/kakao/callback/?state=x", headers=browser)
    assert "처음부터 다시 해 주세요." in korean.content.decode()  # Korean first, like every page
    world.victim.cookies["onharu_language"] = "en"
    english = world.victim.get("/auth/kakao/callback/?state=x", headers=browser)
    assert "Please start again." in english.content.decode()
    script = world.victim.get("/auth/kakao/callback/?state=x", headers={"Accept": "application/json"})
    assert (script.status_code, script.json()["code"]) == (400, "sign_in_state_refused")


def test_what_the_company_said_stands_on_no_page(world):
    world.companies.kakao_token = lambda: stub.answer(
        {"error": "invalid_grant", "error_description": "<b>canary</b>"}, 400
    )
    assert "canary" not in arrive(world.companies, world.victim, "kakao").content.decode()
    page = world.victim.get("/auth/kakao/callback/?error=<script>canary</script>&error_description=canary")
    assert "<script>canary" not in page.content.decode()
