"""How punctual reminders were, and letting go of what is over."""

from datetime import UTC, datetime, timedelta

import pytest

from onharu.records.medication.actions import forgetting, ticking
from onharu.records.medication.models import DoseEvent, PushSubscription, Reminder
from onharu.records.medication.queries.lateness import lateness
from onharu.records.medication.tests import reminded
from onharu.records.medication.tests.reminded import Clock
from tests.push_endpoint import PushServer

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)


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
def regimen(owner, server, now):
    reminded.browser_of(owner, server)
    reminded.ruled(owner, repeats=0)
    return reminded.medicine(owner)


def test_seconds_from_the_planned_telling_to_the_sending_are_counted(regimen, now):
    for seconds in (0.5, 4, 40):
        reminded.came_due(regimen, now.at)
        now.go(seconds=seconds)
        ticking.tick()
        now.go(hours=1)
    found = lateness(now.at)
    assert dict(found.buckets)[1.0] == 1
    assert dict(found.buckets)[5.0] == 2
    assert dict(found.buckets)[60.0] == 3
    assert (found.count, found.sum_seconds, found.most_seconds) == (3, 44.5, 40.0)


def test_what_is_owed_and_not_told_is_seen(regimen, now):
    reminded.came_due(regimen, now.at)
    now.go(seconds=90)
    found = lateness(now.at)
    assert (found.count, found.waiting, found.oldest_waiting_seconds) == (0, 1, 90.0)


def test_what_failed_is_counted(regimen, now, server):
    server.answering.status = 413
    reminded.came_due(regimen, now.at)
    ticking.tick()
    assert (lateness(now.at).failed, lateness(now.at).count) == (1, 0)


def test_nothing_at_all_is_zero_and_no_error(db):
    found = lateness(EIGHT)
    assert (found.count, found.sum_seconds, found.waiting) == (0, 0.0, 0)


def test_each_sending_is_a_line_with_a_number_and_no_name(regimen, now, caplog):
    caplog.set_level("INFO")
    reminded.came_due(regimen, now.at)
    now.go(seconds=3)
    ticking.tick()
    (line,) = [record.msg for record in caplog.records if "reminder_sent" in str(record.msg)]
    assert "3.0" in str(line)
    assert reminded.NAME not in str(line)


def test_old_tellings_are_forgotten_and_the_ledger_stays(regimen, now):
    dose = reminded.came_due(regimen, now.at)
    ticking.tick()
    now.go(days=61)
    assert forgetting.forget_reminders() == 1
    assert not Reminder.objects.exists()
    assert DoseEvent.objects.get().dose_id == dose.pk


def test_what_still_waits_is_not_forgotten(regimen, now):
    reminded.came_due(regimen, now.at)
    now.go(days=61)
    assert forgetting.forget_reminders() == 0


def test_browsers_that_took_nothing_for_a_month_are_forgotten(regimen, now):
    PushSubscription.objects.update(failures=25, failed_at=now.at, delivered_at=now.at)
    assert forgetting.forget_silent_browsers() == 0
    now.at += timedelta(days=31)
    PushSubscription.objects.update(failed_at=now.at)
    assert forgetting.forget_silent_browsers() == 1
