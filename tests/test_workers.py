"""Real workers, killed, emptied, hung and stopped: what is owed is done, and its effect is had once."""

import os
import signal
import time

import pytest

from onharu.kernel import clock
from onharu.kernel.holidays import ExtraHoliday
from onharu.kernel.jobs import Job
from tests.workhouse import Workhouse, storm

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.django_db(transaction=True)]
both = pytest.mark.parametrize("house", ["thread", "celery"], indirect=True)
celery = pytest.mark.parametrize("house", ["celery"], indirect=True)


@pytest.fixture
def house(request, tmp_path):
    found = Workhouse(request.param, tmp_path)
    try:
        found.open()
        yield found
    finally:
        found.close()


def effects():
    return ExtraHoliday.objects.filter(name="toy").count()


@celery
def test_a_broker_that_is_emptied_loses_nothing_and_doubles_nothing(house):
    began = time.monotonic()
    house.owe(list(range(1, 201)))
    house.until(lambda: sum(house.said().values()) >= 40)
    for _ in range(3):
        house.flush()
        time.sleep(0.3)
    house.until(lambda: not house.owing())
    said = house.said()
    assert effects() == 200
    assert {f"ended {number}": said[f"ended {number}"] for number in range(1, 201)} == {
        f"ended {number}": 1 for number in range(1, 201)
    }
    assert time.monotonic() - began < 60


@both
def test_a_worker_that_is_killed_again_and_again_has_each_effect_once(house):
    kills = 20 if house.adapter == "celery" else 4
    storm(house, jobs=60, kills=kills, whole_every=10 if house.adapter == "celery" else 1)
    assert effects() == 60
    assert set(Job.objects.filter(name="toy.effect").values_list("state", flat=True)) == {"done"}


@celery
def test_children_that_follow_each_other_fill_no_folder_with_figures(house):
    storm(house, jobs=30, kills=10, whole_every=1000)
    worker = str(house.processes["worker"].pid)
    assert {"place0"} <= house.counting() <= {worker, "place0", "place1"}


@celery
def test_a_broker_that_hangs_and_returns_loses_nothing(house):
    server = house.engines.running[0]
    server.send_signal(signal.SIGSTOP)
    house.owe(list(range(1, 11)))
    time.sleep(3)
    server.send_signal(signal.SIGCONT)
    house.until(lambda: not house.owing())
    assert effects() == 10


@celery
def test_what_takes_too_long_is_stopped_and_what_kills_its_worker_lies_with_the_dead(house):
    at = clock.now()
    names = ("toy.slow", "toy.deaf", "toy.poison", "toy.unheard_of")
    Job.objects.bulk_create([Job(name=name, run_at=at) for name in names])
    house.until(lambda: Job.objects.filter(name__in=names, state="dead").count() == 4, 300)
    errors = dict(Job.objects.filter(name__in=names).values_list("name", "error"))
    assert errors == {
        "toy.slow": "SoftTimeLimitExceeded",
        "toy.deaf": "TimeLimitExceeded",
        "toy.poison": "WorkerLostError",
        "toy.unheard_of": "LookupError",
    }
    said = house.said()
    assert (said["slow"], said["deaf"], said["poison"]) == (6, 6, 6)


@both
def test_a_worker_that_is_told_to_end_finishes_the_job_at_hand(house):
    house.owe([1], seconds=1.5)
    house.until(lambda: house.said()["began 1"])
    process = house.processes.pop("worker")
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(60) == 0
    assert house.said()["ended 1"] == 1
    assert Job.objects.get(args__number=1).state == "done"


def test_a_server_that_is_told_to_end_finishes_the_job_at_hand(tmp_path):
    house = Workhouse("thread", tmp_path)
    try:
        house.start("up", "--port", "0", "--data", str(tmp_path / "data"))
        house.owe([1], seconds=3.5)
        house.until(lambda: house.said()["began 1"])
        server = house.processes.pop("up")
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(60) == 0
        assert house.said() == {"began 1": 1, "ended 1": 1}
        assert Job.objects.get(args__number=1).state == "done"
    finally:
        house.close()


@celery
def test_a_beat_that_is_told_to_end_ends(house):
    process = house.processes.pop("beat")
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(60) == 0
