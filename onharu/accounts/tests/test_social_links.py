"""Connecting a company to one's account, letting it go, and who tries to do that for somebody else."""

import re
import threading
from datetime import timedelta
from html import unescape

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import connection
from django.test import Client

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts import actions
from onharu.accounts.actions.social_links import LastWayIn
from onharu.accounts.models import SignIn, SignInStart, User
from onharu.accounts.queries import links_of
from onharu.accounts.tests.social import arrive, back, own, who
from onharu.kernel import clock
from onharu.upstream import registry
from onharu.upstream.sign_in.tests.companies import Member

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("company", ["kakao", "naver"])
ATTACKER = Member(number=666, naver_id="attacker", email="")


@pytest.fixture
def haru(companies):
    return make_person("haru")


@pytest.fixture
def mine(haru):
    """Haru's browser, signed in with the password."""
    browser = Client()
    browser.post("/login/", {"username": "haru", "password": PASSWORD})
    return browser


def begin(browser, company="kakao", password=PASSWORD):
    """Prove who asks: the company's address, or nothing."""
    answer = browser.post(f"/me/connections/{company}/", {"password": password})
    found = re.search(r'id="go" href="([^"]+)"', answer.content.decode())
    return unescape(found[1]) if found else None


def connect(companies, browser, company="kakao", member=None):
    return browser.get(own(companies.consent(begin(browser, company), member)))


def linked(user):
    return set(links_of(user.pk))


@both
def test_somebody_signed_in_connects_a_company_and_signs_in_with_it(companies, haru, mine, company):
    answer = connect(companies, mine, company)
    assert answer["Location"] == "/me/#connections" and linked(haru) == {company}
    other = Client()
    arrive(companies, other, company)
    assert who(other) == "haru" and User.objects.count() == 1


def test_an_account_with_the_same_address_is_connected_from_within(companies, haru, mine):
    User.objects.update(email=Member().email)
    assert arrive(companies, Client(), "kakao").status_code == 409
    connect(companies, mine)
    other = Client()
    assert arrive(companies, other, "kakao").status_code == 302 and who(other) == "haru"


def test_connecting_twice_changes_nothing(companies, haru, mine):
    connect(companies, mine)
    assert connect(companies, mine).status_code == 302
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("password", ["", "wrong-password-1", "x" * 900])
def test_connecting_asks_for_the_password_once_more(haru, mine, password):
    assert begin(mine, password=password) is None
    assert not SignInStart.objects.exists()
    assert mine.post("/me/connections/kakao/", {"password": password}).status_code == 422


def test_nobody_guesses_the_password_there(haru, mine):
    statuses = [mine.post("/me/connections/kakao/", {"password": f"guess-{n}"}).status_code for n in range(12)]
    assert set(statuses) == {422}
    assert begin(mine) is None  # the right one does not count for a while either


def test_somebody_without_a_password_signs_in_anew_to_connect_another(companies, monkeypatch):
    browser = Client()
    arrive(companies, browser, "kakao")
    assert "비밀번호를 한 번 더" not in browser.get("/me/connections/naver/").content.decode()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=11))
    assert begin(browser, "naver") is None
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=9))
    assert connect(companies, browser, "naver").status_code == 302
    assert linked(User.objects.get()) == {"kakao", "naver"}


# --- attacks ------------------------------------------------------------------------------------------------


def test_a_get_begins_no_link(haru, mine):
    assert mine.get("/me/connections/kakao/", {"password": PASSWORD}).status_code == 200
    assert not SignInStart.objects.exists()


def test_another_site_begins_no_link(haru):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(haru, backend="onharu.accounts.backends.AccountBackend")
    assert browser.post("/me/connections/kakao/", {"password": PASSWORD}).status_code == 403
    assert browser.post("/me/connections/kakao/end/").status_code == 403
    assert not SignInStart.objects.exists()


def test_link_csrf_the_attackers_identity_is_not_connected_to_the_victim(companies, haru, mine, stranger):
    """The attacker begins to link in their own session and leads the victim to the return."""
    theirs = signed_in(stranger)
    address = own(companies.consent(begin(theirs), ATTACKER))
    begin(mine)  # the victim has a cookie of the way too
    assert mine.get(address).status_code == 400
    assert not SocialAccount.objects.exists() and who(mine) == "haru"


def test_the_return_of_a_sign_in_connects_nothing(companies, haru, mine):
    address = back(companies, Client(), "kakao", ATTACKER)
    assert mine.get(address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_a_link_is_not_finished_by_somebody_else_in_the_same_browser(companies, haru, mine, stranger):
    address = own(companies.consent(begin(mine), ATTACKER))
    mine.force_login(stranger, backend="onharu.accounts.backends.AccountBackend")
    assert mine.get(address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_a_link_is_not_finished_in_another_session_of_the_same_person(companies, haru, mine):
    address = own(companies.consent(begin(mine)))
    way = mine.cookies["onharu_sign_in"].value
    other = signed_in(haru)
    other.cookies["onharu_sign_in"] = way
    assert other.get(address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_a_link_is_not_finished_after_signing_out(companies, haru, mine):
    address = own(companies.consent(begin(mine)))
    mine.post("/logout/")
    assert mine.get(address).status_code == 400
    assert not SocialAccount.objects.exists() and not SignIn.objects.filter(user__isnull=False).exists()


def test_a_link_is_good_once_and_for_ten_minutes(companies, haru, mine, monkeypatch):
    address = own(companies.consent(begin(mine)))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=10, seconds=1))
    assert mine.get(address).status_code == 400
    monkeypatch.setattr(clock, "now", lambda: now)
    assert mine.get(address).status_code == 400
    assert not SocialAccount.objects.exists()


def test_an_identity_of_somebody_else_is_not_taken(companies, haru, mine, stranger):
    SocialAccount.objects.create(user=stranger, provider="kakao", uid=str(Member().number))
    answer = connect(companies, mine)
    assert answer.status_code == 409 and "이미 다른 계정에" in answer.content.decode()
    assert linked(haru) == set() and linked(stranger) == {"kakao"}


def test_a_second_account_of_the_same_company_is_refused(companies, haru, mine):
    connect(companies, mine)
    assert connect(companies, mine, member=ATTACKER).status_code == 409
    assert SocialAccount.objects.get().uid == str(Member().number)


def test_nobody_who_is_not_signed_in_comes_near(companies, client):
    for company in ("kakao", "naver"):
        for path in (f"/me/connections/{company}/", f"/me/connections/{company}/end/"):
            assert client.post(path)["Location"].startswith("/login/")


def test_without_keys_nothing_can_be_connected(haru, mine, settings):
    settings.UPSTREAM = {}
    registry.reset()
    assert mine.get("/me/connections/kakao/").status_code == 404
    assert "연결된 로그인" not in mine.get("/me/").content.decode()


# --- letting go ---------------------------------------------------------------------------------------------


def test_a_connection_is_let_go_and_signs_nobody_in_any_more(companies, haru, mine):
    connect(companies, mine)
    for _ in range(2):
        assert mine.post("/me/connections/kakao/end/")["Location"] == "/me/#connections"
    assert linked(haru) == set()
    other = Client()
    arrive(companies, other, "kakao", Member(email=""))
    assert who(other) != "haru"


def test_the_only_way_in_is_kept(companies):
    browser = Client()
    arrive(companies, browser, "kakao")
    browser.post("/me/connections/kakao/end/")
    assert "로그인할 방법이 없어져요" in browser.get("/me/").content.decode()
    assert linked(User.objects.get()) == {"kakao"}


def test_a_company_without_keys_is_no_way_in(companies, settings):
    browser = Client()
    arrive(companies, browser, "kakao")
    connect(companies, browser, "naver")
    settings.UPSTREAM["sign_in"]["OPTIONS"].pop("naver")
    registry.reset()
    browser.post("/me/connections/kakao/end/")
    assert linked(User.objects.get()) == {"kakao", "naver"}


def test_a_stranger_lets_nothing_of_mine_go(companies, haru, mine, stranger):
    connect(companies, mine)
    signed_in(stranger).post("/me/connections/kakao/end/")
    assert linked(haru) == {"kakao"}


@pytest.mark.django_db(transaction=True)
def test_two_connections_let_go_at_once_leave_one(companies):
    browser = Client()
    arrive(companies, browser, "kakao")
    connect(companies, browser, "naver")
    cache.clear()
    user, start, told = User.objects.get(), threading.Barrier(2), []

    def go(company):
        start.wait()
        try:
            actions.unlink(user_id=user.pk, provider=company)
        except LastWayIn:
            told.append(company)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(company,)) for company in ("kakao", "naver")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(told), SocialAccount.objects.count()) == (1, 1)


def test_the_page_of_oneself_tells_what_is_connected_since_when(companies, haru, mine):
    connect(companies, mine)
    text = mine.get("/me/").content.decode()
    assert "연결된 로그인" in text and "부터 이어져 있어요" in text
    assert "/me/connections/kakao/end/" in text and 'href="/me/connections/naver/"' in text
    mine.cookies["onharu_language"] = "en"
    assert "Connected sign-ins" in mine.get("/me/").content.decode()
