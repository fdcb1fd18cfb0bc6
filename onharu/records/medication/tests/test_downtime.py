"""The whole road, from a schedule to the screen: a day without a server, two workers, workers that are killed."""

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from onharu.records.medication.actions import ticking
from onharu.records.medication.models import Delivery, Dose, Regimen, RegimenVersion, Reminder
from onharu.records.medication.rules.schedules.as_json import to_json
from onharu.records.medication.rules.schedules.shapes import At, Phase, Schedule, Slot, Slots
from onharu.records.medication.tests import reminded
from onharu.records.medication.tests.reminded import Clock
from tests import servers
from tests.push_endpoint import PushServer

ROOT = Path(__file__).resolve().parents[4]
MIDNIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # the 21st begins in Seoul
DAILY = [datetime(2026, 1, 1, hour).time() for hour in (8, 13, 19)]


@pytest.fixture
def server(settings, tmp_path):
    found = PushServer()
    settings.ONHARU_DATA = tmp_path
    reminded.ring_at(settings, found)
    yield found
    found.close()


@pytest.fixture
def now(monkeypatch):
    return Clock(monkeypatch, MIDNIGHT)


def three_a_day(owner, name):
    schedule = to_json(Schedule((Phase(when=Slots(tuple(Slot(At(at)) for at in DAILY))),)))
    regimen = reminded.medicine(owner, name, next_at=MIDNIGHT, planned_until=MIDNIGHT)
    start = MIDNIGHT.date() + timedelta(days=1)
    RegimenVersion.objects.filter(regimen=regimen).update(schedule=schedule, since=MIDNIGHT, start=start)
    return regimen


@pytest.mark.django_db
def test_a_day_without_a_server_and_twenty_medicines_are_one_message(owner, server, now):
    for number in range(20):
        three_a_day(owner, f"약 {number}")
    reminded.browser_of(owner, server)
    ticking.tick()
    assert server.came == []
    now.go(hours=24)
    for _ in range(20):
        ticking.tick()
        now.go(minutes=3)
    assert [said["title"] for said in server.messages()] == ["놓친 복용 60건"]
    assert Dose.objects.count() == 60


@pytest.mark.django_db
def test_a_usual_day_rings_at_its_times(owner, server, now):
    three_a_day(owner, "약")
    reminded.browser_of(owner, server)
    reminded.ruled(owner, repeats=0)
    rang = []
    for _ in range(24 * 12):
        ticking.tick()
        if len(server.came) > len(rang):
            rang.append((now.at - MIDNIGHT).total_seconds() / 3600)
        now.go(minutes=5)
    assert len(rang) == 3
    assert all(0 < late - hour <= 5 / 60 + 0.001 for late, hour in zip(rang, (8, 13, 19), strict=True))


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_tell_everything_once(owner, server):
    reminded.browser_of(owner, server)
    reminded.ruled(owner, repeats=0, group_minutes=0, repeat_minutes=120)
    from onharu.kernel import clock

    at = clock.now()
    for number in range(12):
        reminded.came_due(reminded.medicine(owner, f"약 {number}"), at - timedelta(minutes=number))

    def work():
        try:
            for _ in range(6):
                ticking.tick()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(server.came) == 1  # what is due together is told together
    assert sorted(set(Reminder.objects.values_list("state", flat=True))) == ["folded", "sent"]
    assert Delivery.objects.filter(state="sent").count() == 1
    assert Regimen.objects.count() == 12


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.django_db
def test_a_worker_that_is_killed_loses_nothing_and_repeats_only_what_it_held():
    engine = "postgres" if servers.POSTGRES else "sqlite"
    words = [sys.executable, "-m", "bench.reminders", "--trials", "6", "--engine", engine]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=580, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout.strip().splitlines()[-1])
    assert result["trials"] == 6
    assert result["killed"] > 0
    assert (result["lost"], result["unexplained"], result["not_replaced"], result["wrong_rows"]) == (0, 0, 0, 0)
