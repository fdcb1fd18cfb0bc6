"""Reminders over HTTP: the rule, browsers, the test, and what was pressed on a notification."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.test import Client

from onharu.records.medication.actions import ticking
from onharu.records.medication.actions.notifying import MOST_BROWSERS
from onharu.records.medication.models import Delivery, DoseEvent, PushSubscription, Reminder
from onharu.records.medication.queries.reminder_words import read_ticket, ticket_of
from onharu.records.medication.tests import reminded
from onharu.records.medication.tests.reminded import NAME, Clock
from tests.push_endpoint import BrowserKeys, PushServer

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
SETTINGS, SUBSCRIPTIONS, ANSWER = "/api/reminders/settings/", "/api/push/subscriptions/", "/api/reminders/answer/"


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


@pytest.fixture
def regimen(owner, now):
    return reminded.medicine(owner)


@pytest.fixture
def told(owner, server, regimen, now):
    """A dose whose notification is on the screen."""
    reminded.browser_of(owner, server)
    dose = reminded.came_due(regimen, EIGHT)
    ticking.tick()
    return dose


@pytest.fixture
def nobody():
    """A browser without a session: a notification alone."""
    return Client(enforce_csrf_checks=True)


def put(browser, path, body):
    return browser.put(path, body, content_type="application/json")


def post(browser, path, body):
    return browser.post(path, body, content_type="application/json")


def token_of(server):
    return server.messages()[-1]["answer"]["token"]


def press(nobody, server, what, token=None):
    return post(nobody, ANSWER, {"token": token or token_of(server), "answer": what})


def kinds(dose):
    return list(DoseEvent.objects.filter(dose=dose).order_by("pk").values_list("kind", flat=True))


# the rule


def test_who_never_said_anything_has_the_usual_rule(browser):
    said = browser.get(SETTINGS).json()
    assert (said["repeat_minutes"], said["repeats"], said["names_shown"], said["quiet_from"]) == (10, 3, False, None)
    assert (said["push_offered"], said["email_offered"]) == (True, False)


def test_what_is_left_out_stays(browser):
    put(browser, SETTINGS, {"quiet_from": "23:00", "quiet_to": "07:00"})
    said = put(browser, SETTINGS, {"repeats": 5}).json()
    assert (said["quiet_from"], said["quiet_to"], said["repeats"]) == ("23:00", "07:00", 5)
    assert browser.get(SETTINGS).json() == said


@pytest.mark.parametrize(
    "said",
    [{"quiet_from": "23:00"}, {"repeat_minutes": 1}, {"repeats": 13}, {"group_minutes": 61}, {"escalate_minutes": 5},
     {"quiet_from": "25:00", "quiet_to": "07:00"}, {"by_email": True}, {"repeats": "many"}],
)  # fmt: skip
def test_a_rule_that_cannot_be_changes_nothing(browser, said):
    before = browser.get(SETTINGS).json()
    answer = put(browser, SETTINGS, said)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert browser.get(SETTINGS).json() == before


def test_a_rule_is_ones_own(browser, stranger_browser):
    put(browser, SETTINGS, {"repeats": 7})
    assert stranger_browser.get(SETTINGS).json()["repeats"] == 3


# browsers


def test_a_browser_is_told_once_and_its_address_is_never_told_again(browser, server):
    said = {**server.subscribe(), "label": "내  전화기"}
    first, second = post(browser, SUBSCRIPTIONS, said), post(browser, SUBSCRIPTIONS, said)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    listed = browser.get(SUBSCRIPTIONS).json()
    assert listed["count"] == 1
    assert listed["results"][0]["label"] == "내 전화기"
    assert said["endpoint"] not in str(listed)
    assert said["keys"]["auth"] not in str(listed)


@pytest.mark.parametrize(
    "change",
    [{"endpoint": "http://push.example.com/1"}, {"endpoint": "https://127.0.0.1/1"}, {"endpoint": "https://localhost/x"},
     {"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, {"keys": {}}, {"endpoint": ""}, {"keys": None}],
)  # fmt: skip
def test_what_is_no_browser_is_refused(browser, server, change):
    answer = post(browser, SUBSCRIPTIONS, {**server.subscribe(), **change})
    assert answer.status_code == 400
    assert not PushSubscription.objects.exists()


def test_a_device_that_changed_hands_rings_for_whoever_holds_it(browser, stranger_browser, stranger, server):
    said = server.subscribe()
    post(browser, SUBSCRIPTIONS, said)
    assert post(stranger_browser, SUBSCRIPTIONS, said).status_code == 200
    assert PushSubscription.objects.get().owner_id == stranger.pk


def test_knowing_an_address_alone_takes_nobodys_browser(browser, stranger_browser, owner, server):
    said = server.subscribe()
    post(browser, SUBSCRIPTIONS, said)
    assert post(stranger_browser, SUBSCRIPTIONS, {**said, "keys": BrowserKeys().said}).status_code == 400
    assert PushSubscription.objects.get().owner_id == owner.pk


def test_the_list_of_browsers_has_an_end(browser, server):
    for number in range(MOST_BROWSERS):
        assert post(browser, SUBSCRIPTIONS, server.subscribe(f"b{number}")).status_code == 201
    answer = post(browser, SUBSCRIPTIONS, server.subscribe("more"))
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_browsers")


def test_a_browser_leaves_by_its_number_or_its_address(browser, server):
    one, two = server.subscribe("one"), server.subscribe("two")
    pk = post(browser, SUBSCRIPTIONS, one).json()["id"]
    post(browser, SUBSCRIPTIONS, two)
    assert browser.delete(f"{SUBSCRIPTIONS}{pk}/").status_code == 204
    for _ in range(2):
        gone = browser.delete(SUBSCRIPTIONS, {"endpoint": two["endpoint"]}, content_type="application/json")
        assert gone.status_code == 204
    assert browser.get(SUBSCRIPTIONS).json()["count"] == 0


def test_a_stranger_cannot_take_a_browser_off_the_list(browser, stranger_browser, server):
    said = server.subscribe()
    pk = post(browser, SUBSCRIPTIONS, said).json()["id"]
    assert stranger_browser.delete(f"{SUBSCRIPTIONS}{pk}/").status_code == 404
    stranger_browser.delete(SUBSCRIPTIONS, {"endpoint": said["endpoint"]}, content_type="application/json")
    assert PushSubscription.objects.count() == 1


def test_the_key_is_for_people_who_are_signed_in(browser, nobody, server):
    assert len(browser.get("/api/push/key/").json()["key"]) == 87
    assert nobody.get("/api/push/key/").status_code == 401


# the test


def test_a_test_takes_the_road_of_reminders_and_says_how_far_it_came(browser, server, now):
    post(browser, SUBSCRIPTIONS, server.subscribe())
    asked = post(browser, "/api/reminders/test/", {})
    assert asked.status_code == 202
    assert asked.json()["ways"][0]["state"] == "waiting"
    ticking.tick()
    (way,) = browser.get("/api/reminders/test/").json()["ways"]
    assert (way["state"], way["shown_at"]) == ("sent", None)
    assert server.messages()[0]["title"] == "시험 알림이에요"
    assert post(Client(), ANSWER, {"token": token_of(server), "answer": "shown"}).status_code == 200
    assert browser.get("/api/reminders/test/").json()["ways"][0]["shown_at"]


def test_two_tests_at_once_are_one(browser, server, now):
    post(browser, SUBSCRIPTIONS, server.subscribe())
    for _ in range(3):
        post(browser, "/api/reminders/test/", {})
    assert Reminder.objects.filter(kind="test").count() == 1
    now.go(seconds=11)
    post(browser, "/api/reminders/test/", {})
    assert Reminder.objects.filter(kind="test").count() == 2


def test_a_test_without_any_way_says_so(browser, server):
    answer = post(browser, "/api/reminders/test/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_way_to_tell")
    assert not Reminder.objects.exists()
    assert browser.get("/api/reminders/test/").json() == {"asked_at": None, "ways": []}


# what was pressed


def test_taken_is_written_from_the_notification_alone(told, nobody, server):
    answer = press(nobody, server, "taken")
    assert answer.json() == {"answer": "taken", "doses": 1, "to_check": 0}
    assert kinds(told) == ["sent", "taken"]


def test_pressing_twice_is_once(told, nobody, server):
    token = token_of(server)
    answers = [press(nobody, server, "taken", token) for _ in range(3)]
    assert [one.status_code for one in answers] == [200] * 3
    assert kinds(told) == ["sent", "taken"]


def test_skipped_is_written_and_stops_the_repeats(told, nobody, server, now):
    press(nobody, server, "skipped")
    now.go(minutes=30)
    ticking.tick()
    assert kinds(told) == ["sent", "skipped"]
    assert len(server.came) == 1


def test_in_ten_minutes_means_ten_minutes_from_the_pressing(told, nobody, server, now):
    now.go(minutes=7)
    assert press(nobody, server, "later").json()["doses"] == 1
    now.go(minutes=5)
    ticking.tick()
    assert len(server.came) == 1
    now.go(minutes=5)
    ticking.tick()
    assert len(server.came) == 2
    assert kinds(told) == ["sent", "snoozed", "sent"]


def test_a_repeated_later_does_not_push_it_further(told, nobody, server, now):
    token = token_of(server)
    press(nobody, server, "later", token)
    now.go(minutes=6)
    assert press(nobody, server, "later", token).json()["doses"] == 0
    now.go(minutes=4)
    ticking.tick()
    assert len(server.came) == 2


def test_later_after_the_last_repeat_rings_once_more(owner, server, regimen, nobody, now):
    reminded.ruled(owner, repeats=0)
    reminded.browser_of(owner, server)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    press(nobody, server, "later")
    now.go(minutes=10)
    ticking.tick()
    assert len(server.came) == 2


def test_what_the_browser_showed_is_written_once(told, nobody, server):
    for _ in range(3):
        press(nobody, server, "shown")
    assert kinds(told) == ["sent", "shown"]
    assert Delivery.objects.get().shown_at == EIGHT


@pytest.mark.parametrize("token", ["", "x", "1.1", "1.1:abc:def", "١.1"])
def test_a_forged_token_does_nothing(told, nobody, token):
    answer = post(nobody, ANSWER, {"token": token, "answer": "taken"})
    assert answer.status_code in (400, 403)
    assert kinds(told) == ["sent"]


def test_a_token_ends_with_its_day(told, nobody, server):
    import time_machine

    token = token_of(server)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        assert press(nobody, server, "taken", token).json()["code"] == "ticket_over"
    assert kinds(told) == ["sent"]


def test_a_lost_telephone_can_do_nothing_once_it_is_off_the_list(told, nobody, server, browser):
    token = token_of(server)
    (one,) = browser.get(SUBSCRIPTIONS).json()["results"]
    browser.delete(f"{SUBSCRIPTIONS}{one['id']}/")
    assert press(nobody, server, "taken", token).status_code == 403
    assert kinds(told) == ["sent"]


def test_a_token_answers_its_own_doses_only(told, owner, nobody, server, now):
    token = token_of(server)
    now.go(hours=4)
    other = reminded.came_due(reminded.medicine(owner, "다른 약"), now.at)
    press(nobody, server, "taken", token)
    assert kinds(other) == []


def test_a_token_that_may_only_say_shown_marks_nothing(told, nobody):
    token = ticket_of(Delivery.objects.get().pk, may_answer=False)
    assert post(nobody, ANSWER, {"token": token, "answer": "taken"}).status_code == 403
    assert read_ticket(token).may_answer is False


def test_somebody_who_may_not_sign_in_any_more_cannot_answer_either(told, nobody, server, owner):
    owner.is_active = False
    owner.save()
    assert press(nobody, server, "taken").status_code == 403


def test_the_token_is_in_no_address_and_the_message_names_no_medicine(told, server):
    (said,) = server.messages()
    assert said["answer"]["url"] == ANSWER
    assert said["answer"]["token"] not in said["open"]
    assert NAME not in str(said)


def test_no_log_line_names_a_medicine_an_address_or_a_token(owner, server, regimen, nobody, caplog, now):
    caplog.set_level("DEBUG")
    reminded.ruled(owner, names_shown=True)
    reminded.browser_of(owner, server)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    press(nobody, server, "taken")
    text = caplog.text + "".join(str(record.msg) for record in caplog.records)
    for canary in (NAME, "/push/one", token_of(server), server.browsers["one"].said["auth"]):
        assert canary not in text


# letters


@pytest.fixture
def letters(settings, owner):
    settings.MAIL_OFFERED, settings.PUBLIC_URL = True, "https://haru.example"
    reminded.ruled(owner, by_email=True, by_push=False, names_shown=True)
    return outbox.outbox


def test_a_letter_names_no_medicine_in_its_subject(letters, owner, server, regimen, now):
    dose = reminded.came_due(regimen, EIGHT)
    ticking.tick()
    (letter,) = letters
    assert letter.to == [owner.email]
    assert letter.subject == "복용 시간이에요 · 1개"
    assert NAME in letter.body
    assert "https://haru.example/medicines/doses/" in letter.body
    assert letter.extra_headers["Message-ID"].startswith("<onharu-")
    assert kinds(dose) == ["sent"]


def test_repeats_are_no_letters(letters, server, regimen, now):
    reminded.came_due(regimen, EIGHT)
    for _ in range(5):
        ticking.tick()
        now.go(minutes=11)
    assert len(letters) == 1


def test_without_a_mail_server_no_letter_is_offered(browser, settings, owner, regimen, server, now):
    reminded.ruled(owner, by_email=True, by_push=False)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    assert outbox.outbox == []
    assert browser.get(SETTINGS).json()["email_offered"] is False
