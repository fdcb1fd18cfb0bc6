"""알림 설정: works without a script, and says in words what happens."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from onharu.records.medication.actions import ticking
from onharu.records.medication.models import Delivery, PushSubscription, ReminderRule
from onharu.records.medication.queries.reminders import rule_of
from onharu.records.medication.tests import reminded
from onharu.records.medication.tests.reminded import Clock
from onharu.upstream import registry
from tests.push_endpoint import PushServer

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
PAGE = "/medicines/reminders/"
SAID = {"by_push": "on", "repeat_minutes": 15, "repeats": 5, "group_minutes": 0, "quiet_from": "23:00", "quiet_to": "07:00",
        "rings_in_quiet": "on", "escalate_minutes": ""}  # fmt: skip


@pytest.fixture
def server(settings, tmp_path):
    found = PushServer()
    settings.ONHARU_DATA = tmp_path
    reminded.ring_at(settings, found)
    yield found
    found.close()


@pytest.fixture
def now(monkeypatch):
    return Clock(monkeypatch, EIGHT)


def words(response):
    return response.content.decode()


def test_the_page_is_for_people_who_are_signed_in(client):
    assert client.get(PAGE).status_code == 302


def test_what_is_saved_is_what_holds(browser, owner, server):
    assert browser.post(PAGE, SAID).status_code == 302
    rule = rule_of(owner.pk)
    assert (rule.repeat_minutes, rule.repeats, rule.group_minutes, rule.names_shown) == (15, 5, 0, False)
    assert f"{rule.quiet_from:%H:%M}" == "23:00"
    assert 'value="23:00"' in words(browser.get(PAGE))


def test_an_end_of_quiet_hours_alone_is_asked_for(browser, server):
    answer = browser.post(PAGE, {**SAID, "quiet_to": ""})
    assert answer.status_code == 422
    assert "시작과 끝을 함께 적어 주세요." in words(answer)
    assert not ReminderRule.objects.exists()


def test_a_value_of_another_client_is_kept_by_the_form(browser, owner, server):
    reminded.ruled(owner, repeat_minutes=7)
    assert '<option value="7" selected>' in words(browser.get(PAGE))
    assert browser.post(PAGE, {**SAID, "repeat_minutes": 7}).status_code == 302


def test_what_a_message_says_is_told_on_the_page(browser, server):
    page = words(browser.get(PAGE))
    assert "복용 시간이에요 · 2개" in page
    assert "조용한 시간에 먹기로 한 약은 그 시각에 한 번 알려요" in page
    assert "홈 화면에 추가" in page


def test_letters_are_offered_only_where_there_is_a_mail_server(browser, server, settings):
    assert "이메일로도 알려요" not in words(browser.get(PAGE))
    settings.MAIL_OFFERED = True
    assert "이메일로도 알려요" in words(browser.get(PAGE))


def test_a_test_from_a_plain_form_comes_back_to_the_page_and_says_how_far_it_came(browser, owner, server, now):
    reminded.browser_of(owner, server, "phone")
    assert browser.post(f"{PAGE}test/")["Location"] == f"{PAGE}#test"
    assert "보내는 중이에요" in words(browser.get(PAGE))
    ticking.tick()
    assert "보냈어요. 기기가 켜지면 보여요." in words(browser.get(PAGE))
    Delivery.objects.update(shown_at=timezone.now())
    assert "기기에 보였어요" in words(browser.get(PAGE))


def test_a_test_with_no_way_says_so(browser, server):
    answer = browser.post(f"{PAGE}test/", headers={"HX-Request": "true"})
    assert "알림을 받을 기기나 이메일이 없어요" in words(answer)


def test_the_part_asks_again_only_while_something_may_change(browser, owner, server, now):
    reminded.browser_of(owner, server)
    browser.post(f"{PAGE}test/")
    assert "hx-trigger" in words(browser.get(f"{PAGE}test/"))
    now.go(seconds=61)
    assert "hx-trigger" not in words(browser.get(f"{PAGE}test/"))


def test_what_went_wrong_is_said_in_words(browser, owner, server, now):
    row = reminded.browser_of(owner, server)
    PushSubscription.objects.filter(pk=row.pk).update(fault="forbidden")
    assert "기기를 다시 등록해야 해요" in words(browser.get(PAGE))


def test_a_browser_is_taken_off_the_list_by_its_owner_only(browser, stranger_browser, owner, server):
    row = reminded.browser_of(owner, server)
    path = f"{PAGE}browsers/{row.pk}/remove/"
    assert stranger_browser.post(path).status_code == 404
    assert browser.post(path).status_code == 302
    assert not PushSubscription.objects.exists()


def test_a_house_that_sends_nothing_says_so(browser, settings):
    settings.UPSTREAM = {"web_push": {"BACKEND": "onharu.upstream.web_push.backends.off.Backend"}}
    registry.reset()
    page = words(browser.get(PAGE))
    assert 'data-key=""' in page
    assert "이 서버에서는 기기 알림을 꺼 두었어요." in page


def test_the_page_costs_the_same_with_many_browsers(browser, owner, server, django_assert_max_num_queries):
    for number in range(12):
        reminded.browser_of(owner, server, f"b{number}")
    with django_assert_max_num_queries(9):
        browser.get(PAGE)
