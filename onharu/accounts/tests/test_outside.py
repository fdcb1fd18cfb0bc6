"""What left the house for a person is told to them, and to nobody else, for a year."""

from datetime import timedelta

import pytest

from conftest import signed_in
from onharu.accounts.jobs import forget_what_left
from onharu.accounts.models import Outgoing
from onharu.accounts.tests.social import arrive, back, changed
from onharu.kernel import clock, leaving


@pytest.fixture
def photo_left(owner):
    with leaving.leaving(owner.pk, "photo"):
        leaving.sent("hugging_face", 48213, ok=True)
    return Outgoing.objects.get()


def test_a_call_is_kept_with_its_size_and_without_its_content(photo_left, owner):
    kept = (photo_left.owner_id, photo_left.upstream, photo_left.purpose, photo_left.sent, photo_left.ok)
    assert kept == (owner.pk, "hugging_face", "photo", 48213, True)
    columns = {one.name for one in Outgoing._meta.concrete_fields}
    assert columns == {"id", "owner", "at", "upstream", "purpose", "sent", "ok"}


def test_a_person_reads_their_own_newest_first(browser, owner, stranger, photo_left):
    with leaving.leaving(owner.pk, "mail"):
        leaving.sent("mail", 900, ok=False)
    found = browser.get("/api/me/outside/").json()
    assert [(one["purpose"], one["sent"], one["ok"]) for one in found["results"]] == [
        ("mail", 900, False),
        ("photo", 48213, True),
    ]
    page = browser.get("/me/outside/").content.decode()
    assert page.index("이메일 알림 · 메일 서버") < page.index("사진 알아보기")
    assert signed_in(stranger).get("/api/me/outside/").json()["results"] == []


def test_the_page_costs_the_same_for_one_or_many(browser, owner, photo_left, django_assert_max_num_queries):
    browser.get("/me/outside/")
    Outgoing.objects.bulk_create(
        Outgoing(owner=owner, at=clock.now(), upstream="mail", purpose="mail", sent=1, ok=True) for _ in range(200)
    )
    with django_assert_max_num_queries(6):
        assert browser.get("/me/outside/?page=2").status_code == 200


def test_the_ways_out_say_what_is_open_for_this_person(browser, companies):
    ways = {one["capability"]: one for one in browser.get("/api/me/outside/ways/").json()}
    assert ways["sign_in"]["open"] is True
    assert (ways["food_vision"]["upstream"], ways["food_vision"]["open"]) == ("", False)
    assert ways["web_push"]["open"] is False


def test_it_is_forgotten_after_a_year(photo_left):
    Outgoing.objects.update(at=clock.now() - timedelta(days=364))
    forget_what_left()
    assert Outgoing.objects.count() == 1
    Outgoing.objects.update(at=clock.now() - timedelta(days=366))
    forget_what_left()
    assert Outgoing.objects.count() == 0


@pytest.mark.parametrize("company", ["kakao", "naver"])
def test_a_sign_in_with_another_company_is_listed_for_who_came(companies, client, company):
    arrive(companies, client, company)
    rows = client.get("/api/me/outside/").json()["results"]
    assert rows
    assert {(one["purpose"], one["ok"]) for one in rows} == {("sign_in", True)}
    assert all(one["sent"] > 10 for one in rows)


def test_a_sign_in_of_nobody_is_nobodys(companies, client):
    client.get(changed(back(companies, client, "kakao"), code="stolen"))
    assert Outgoing.objects.count() == 0
