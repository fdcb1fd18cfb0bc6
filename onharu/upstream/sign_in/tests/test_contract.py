"""What both companies promise, asked of both; and what each does in its own way."""

from urllib.parse import parse_qs, urlsplit

import pytest

from onharu.kernel import problems
from onharu.upstream import registry, sign_in
from onharu.upstream.checks import chosen_backends
from onharu.upstream.http import Limits
from onharu.upstream.sign_in.backends import companies as backend
from onharu.upstream.sign_in.backends.embedded import Backend as Embedded
from onharu.upstream.sign_in.tests.companies import Member, answer, kakao_says, naver_says, page

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
both = pytest.mark.parametrize("company", ["kakao", "naver"])


def agreed(companies, company, asking, member=None):
    """Go out and come back."""
    back = companies.consent(sign_in.authorise_url(company, asking), member)
    said = parse_qs(urlsplit(back).query)
    return sign_in.Returning(said["code"][0], said["state"][0], asking.nonce, VERIFIER, asking.redirect_uri)


def refused(companies, company, asking, fault=sign_in.NotProven):
    with pytest.raises(fault) as told:
        sign_in.identity_of(company, agreed(companies, company, asking))
    return told.value.reason


@both
def test_somebody_who_agreed_is_known(companies, company, asking):
    identity = sign_in.identity_of(company, agreed(companies, company, asking))
    subject = {"kakao": "4012345678", "naver": "kT3xYz0-abc_DEF"}[company]
    assert (identity.provider, identity.subject, identity.nickname) == (company, subject, "하루")


@both
def test_a_code_is_good_once(companies, company, asking):
    returning = agreed(companies, company, asking)
    sign_in.identity_of(company, returning)
    with pytest.raises(sign_in.NotProven):
        sign_in.identity_of(company, returning)


def test_kakao_is_asked_for_openid_with_a_challenge_and_a_nonce(companies, asking):
    said = parse_qs(urlsplit(sign_in.authorise_url("kakao", asking)).query)
    assert said["scope"] == ["openid,account_email"]
    assert (said["code_challenge"], said["code_challenge_method"]) == ([asking.challenge], ["S256"])
    assert (said["nonce"], said["state"], said["redirect_uri"]) == (["the-nonce"], ["the-state"], [asking.redirect_uri])


def test_naver_is_asked_with_a_state_alone(companies, asking):
    said = parse_qs(urlsplit(sign_in.authorise_url("naver", asking)).query)
    assert set(said) == {"response_type", "client_id", "redirect_uri", "state"}


def test_no_secret_stands_in_the_address_of_the_browser(companies, asking):
    for company in ("kakao", "naver"):
        assert "secret" not in sign_in.authorise_url(company, asking)


def test_without_the_verifier_kakao_gives_nobody(companies, asking):
    returning = agreed(companies, "kakao", asking)
    stolen = sign_in.Returning(returning.code, returning.state, returning.nonce, "x" * 43, returning.redirect_uri)
    with pytest.raises(sign_in.NotProven):
        sign_in.identity_of("kakao", stolen)


@pytest.mark.parametrize(("valid", "verified"), [(True, False), (False, True), (None, None), ("true", "true"), (1, 1)])
def test_kakaos_address_counts_only_when_valid_and_verified(companies, asking, valid, verified):
    said = kakao_says(Member())
    said["kakao_account"] |= {"is_email_valid": valid, "is_email_verified": verified}
    companies.kakao_me = lambda: answer(said)
    identity = sign_in.identity_of("kakao", agreed(companies, "kakao", asking))
    assert (identity.email, identity.email_verified) == ("", False)


def test_a_verified_address_of_kakao_is_told_and_navers_never_is(companies, asking):
    kakao, naver = (sign_in.identity_of(one, agreed(companies, one, asking)) for one in ("kakao", "naver"))
    assert (kakao.email, kakao.email_verified) == ("haru@kakao.example", True)
    assert (naver.email, naver.email_verified) == ("haru@kakao.example", False)


def test_what_nobody_agreed_to_tell_may_be_missing(companies, asking):
    companies.kakao_me = lambda: answer({"id": 4012345678})
    assert sign_in.identity_of("kakao", agreed(companies, "kakao", asking)).nickname == ""
    companies.naver_me = lambda: answer(naver_says(Member(), response={"id": "only-an-id"}))
    assert sign_in.identity_of("naver", agreed(companies, "naver", asking)).subject == "only-an-id"


def test_names_that_no_table_can_hold_are_cleaned(companies, asking):
    for company in ("kakao", "naver"):
        member = Member(nickname="하\x00루\ud800\u202e")
        assert sign_in.identity_of(company, agreed(companies, company, asking, member)).nickname == "하루"


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30, 1.5, True, None, "4012345678", [1], {"id": 1}])
def test_an_id_of_kakao_that_is_no_positive_64_bit_number_is_nobody(companies, asking, number):
    companies.kakao_me = lambda: answer(kakao_says(Member(), id=number))
    assert refused(companies, "kakao", asking, sign_in.Unavailable) == "garbled"


def test_an_id_of_ten_thousand_digits_is_nobody(companies, asking):
    companies.kakao_me = lambda: page('{"id": ' + "9" * 10_000 + "}")
    assert refused(companies, "kakao", asking, sign_in.Unavailable) == "garbled"


@pytest.mark.parametrize("subject", ["", None, 42, "x" * 65, "a b", "한글", "a\n", ["a"], {"id": "a"}])
def test_an_id_of_naver_that_is_no_text_of_64_letters_is_nobody(companies, asking, subject):
    companies.naver_me = lambda: answer(naver_says(Member(), response={"id": subject}))
    assert refused(companies, "naver", asking, sign_in.Unavailable) == "garbled"


@pytest.mark.parametrize("code", ["024", "028", "0", 0, "000", None, True, "success"])
def test_naver_must_say_00(companies, asking, code):
    companies.naver_me = lambda: answer(naver_says(Member(), resultcode=code))
    assert refused(companies, "naver", asking) == "code_refused"


def test_naver_without_a_result_is_nobody(companies, asking):
    companies.naver_me = lambda: answer({"response": {"id": "abc"}})
    assert refused(companies, "naver", asking) == "code_refused"
    companies.naver_me = lambda: answer({"resultcode": "00", "message": "success"})
    assert refused(companies, "naver", asking, sign_in.Unavailable) == "garbled"


@both
@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({"error": "invalid_request", "error_description": "x"}, sign_in.NotProven),
        ({"error": "invalid_request", "access_token": "a", "token_type": "bearer", "id_token": "x"}, sign_in.NotProven),
        ({"access_token": "a"}, sign_in.NotProven),
        ({"access_token": "a", "token_type": "mac"}, sign_in.NotProven),
        ({"access_token": "a\r\nX-Evil: 1", "token_type": "bearer"}, sign_in.Unavailable),
        ({"access_token": ["a"], "token_type": "bearer"}, sign_in.Unavailable),
        ({"access_token": "", "token_type": "bearer"}, sign_in.Unavailable),
        ([], sign_in.Unavailable),
        ("bearer", sign_in.Unavailable),
    ],
)
def test_a_strange_answer_for_a_code_is_nobody(companies, company, asking, body, fault):
    setattr(companies, f"{company}_token", lambda: answer(body))
    refused(companies, company, asking, fault)
    assert f"{company} me" not in companies.asked


@both
def test_an_error_page_with_status_200_is_nobody(companies, company, asking):
    setattr(companies, f"{company}_me", lambda: page("<h1>점검 중</h1>"))
    assert refused(companies, company, asking, sign_in.Unavailable) == "garbled"


@both
def test_an_answer_that_is_too_large_is_not_read(companies, company, asking):
    setattr(companies, f"{company}_me", lambda: page('{"id": "' + "x" * 100_000 + '"}'))
    assert refused(companies, company, asking, sign_in.Unavailable) == "too_big"


@both
def test_a_redirect_is_not_followed(companies, company, asking):
    def elsewhere():
        response = page("", 302)
        response.headers["Location"] = "http://169.254.169.254/latest/"
        return response

    setattr(companies, f"{company}_token", elsewhere)
    assert refused(companies, company, asking, sign_in.Refused) == "redirect"


def test_wrong_keys_of_ours_are_the_operators_to_mend(companies, asking):
    companies.kakao_token = lambda: answer({"error": "invalid_client", "error_code": "KOE010"}, 401)
    assert refused(companies, "kakao", asking, sign_in.Refused) == "unauthorised"
    companies.naver_token = lambda: answer({"error": "unauthorized_client"})
    assert refused(companies, "naver", asking, sign_in.Refused) == "unauthorised"


def test_kakao_without_openid_is_the_operators_to_mend(companies, asking):
    companies.kakao_token = lambda: answer({"token_type": "bearer", "access_token": "a"})
    assert refused(companies, "kakao", asking, sign_in.Refused) == "openid_switched_off"


def test_refused_codes_do_not_stop_the_sign_ins_of_others(companies, asking):
    for _ in range(12):
        with pytest.raises(sign_in.NotProven):
            sign_in.identity_of("kakao", sign_in.Returning("false", "s", "n", VERIFIER, "r"))
    assert sign_in.identity_of("kakao", agreed(companies, "kakao", asking)).subject


def test_the_calls_of_a_sign_in_share_their_seconds(companies, asking, settings):
    settings.UPSTREAM = companies.settings(seconds=0.01)
    registry.reset()
    assert refused(companies, "naver", asking, sign_in.Unavailable) == "deadline"
    assert companies.asked == []


def test_a_company_that_does_not_answer_is_told_in_time(companies, asking, settings, httpserver):
    limits = Limits(deadline=0.4, connect=0.2, max_bytes=1000, attempts=1)
    settings.UPSTREAM = companies.settings(limits=limits)
    settings.UPSTREAM["sign_in"]["OPTIONS"]["naver"]["auth_url"] = "http://127.0.0.1:9"
    registry.reset()
    assert refused(companies, "naver", asking, sign_in.Unavailable) == "no_connection"


def test_nobody_is_offered_without_keys(settings, asking):
    settings.UPSTREAM = {}
    registry.reset()
    assert sign_in.offered() == ()
    with pytest.raises(sign_in.Refused):
        sign_in.authorise_url("kakao", asking)
    assert "KAKAO_REST_KEY" in Embedded().lacks()


def test_each_company_is_offered_by_its_own_keys(companies):
    options = companies.options()
    for name, one in options.items():
        assert [provider.name for provider in backend.Backend(**{name: one}).providers()] == [name]
    assert backend.Backend().lacks()


def test_the_operator_is_told_that_people_are_sent_out(companies):
    (message,) = chosen_backends(None)
    assert message.id == "onharu.W101" and "(kakao, naver)" in message.msg


def test_not_proven_is_told_like_a_wrong_request():
    assert issubclass(sign_in.NotProven, problems.Invalid)
    assert sign_in.NotProven("kakao", "id_token_nonce").code == "sign_in_not_proven"


def test_the_door_says_exactly_what_it_offers():
    assert sign_in.__all__ == sorted(sign_in.__all__, key=lambda name: (name.islower(), name))
    assert all(hasattr(sign_in, name) for name in sign_in.__all__)
