"""The directory comes anew every night: in steps, by one process at a time, and only where there is a key."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from onharu.catalog.pharmacies import jobs
from onharu.catalog.pharmacies.actions.nightly import NIGHTLY, last_night, refresh_nightly
from onharu.catalog.pharmacies.models import Pharmacy, Refresh
from onharu.catalog.pharmacies.tests.directory import SETTING, Backend, facts
from onharu.kernel import clock, readings
from onharu.kernel.jobs import Job, run_due
from onharu.upstream import registry
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.pharmacy_directory import DIRECTORY

pytestmark = pytest.mark.django_db
# Ten in the morning in Seoul.
MORNING = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FOUR = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


@pytest.fixture
def wire(settings):
    settings.UPSTREAM = SETTING
    registry.reset()
    Backend.reset()
    yield Backend
    Backend.reset()
    registry.reset()


@pytest.fixture
def at(monkeypatch):
    """A clock that a test moves."""
    now = [MORNING]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


def to_the_end(at, seconds=60.0, most=30):
    """Take steps as the jobs would, until none is due soon; returns how many."""
    for count in range(1, most):
        step = refresh_nightly(seconds=seconds)
        if step.go_on_at is None:
            return count
        at[0] = max(at[0], step.go_on_at)
    raise AssertionError("it never ends")


@pytest.mark.parametrize(
    ("now", "four"),
    [
        (FOUR, FOUR),
        (FOUR - timedelta(microseconds=1), FOUR - timedelta(days=1)),
        (FOUR + timedelta(hours=23, minutes=59), FOUR),
        (MORNING, FOUR - timedelta(days=1)),
    ],
)
def test_it_was_four_in_seoul_last(now, four):
    assert last_night(now) == four


def test_without_a_key_nothing_is_done_and_nothing_said(caplog, capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        step = refresh_nightly()
    assert (step.report, step.go_on_at) == (None, None)
    assert caplog.text + "".join(capsys.readouterr()) == ""


def test_a_new_key_is_used_at_once_and_then_every_night_at_four(wire, at):
    wire.tables = {DIRECTORY: facts(4)}
    refresh_nightly()
    assert wire.asked == [(DIRECTORY, 0), (DIRECTORY, 3)]
    nights = []
    for hour in range(1, 73):
        at[0] = MORNING + timedelta(hours=hour)
        wire.asked[:] = []
        refresh_nightly()
        if wire.asked:
            nights.append(at[0])
    assert nights == [FOUR, FOUR + timedelta(days=1), FOUR + timedelta(days=2)]


def test_a_house_that_slept_at_four_does_it_when_it_wakes(wire, at):
    wire.tables = {DIRECTORY: facts(4)}
    refresh_nightly()
    at[0] = FOUR + timedelta(hours=3, minutes=20)
    wire.asked[:] = []
    refresh_nightly()
    assert wire.asked


def test_a_step_ends_when_its_time_is_over_and_the_next_goes_on_at_its_page(wire, at):
    wire.tables = {DIRECTORY: facts(9)}
    first = refresh_nightly(seconds=0)
    assert (first.report.paused, wire.asked) == (True, [(DIRECTORY, 0)])
    assert first.go_on_at == at[0] + readings.NEXT_STEP
    to_the_end(at, seconds=0)
    assert [start for _, start in wire.asked] == [0, 3, 6]
    assert Pharmacy.objects.count() == 9


def test_while_one_process_refreshes_another_leaves_it_alone(wire, at):
    wire.tables = {DIRECTORY: facts(9)}
    refresh_nightly(seconds=0)
    Refresh.objects.filter(table=NIGHTLY).update(touched_at=at[0])
    wire.asked = []
    assert (refresh_nightly().report, wire.asked) == (None, [])
    at[0] += readings.DEAD_AFTER + timedelta(seconds=1)
    refresh_nightly(seconds=0)
    assert wire.asked == [(DIRECTORY, 3)], "who died says nothing any more, and another goes on in its place"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_at_once_one_refreshes(wire):
    wire.tables = {DIRECTORY: facts(3)}
    start, failed = threading.Barrier(5), []

    def go():
        start.wait()
        try:
            refresh_nightly(seconds=0)
        except Exception as error:  # noqa: BLE001 the test says what went wrong in any thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert wire.asked == [(DIRECTORY, 0)]
    assert Pharmacy.objects.count() == 3


def test_a_command_that_runs_meanwhile_is_left_alone(wire, at, monkeypatch):
    wire.tables = {DIRECTORY: facts(9)}
    refresh_nightly(seconds=0)
    taken = Backend.pages

    def pages(self, table, *, start=0):
        for page in taken(self, table, start=start):
            Refresh.objects.filter(table=DIRECTORY).update(next_start=6)
            yield page

    monkeypatch.setattr(Backend, "pages", pages)
    step = refresh_nightly()
    assert (step.report, step.go_on_at) == (None, None)
    assert Pharmacy.objects.count() == 3


def test_a_quota_is_waited_for_and_then_it_goes_on_where_it_was(wire, at):
    wire.tables = {DIRECTORY: facts(9)}
    wire.faults = {(DIRECTORY, 3): Unavailable("data_go_kr_nmc", "quota", retry_after=7200)}
    step = refresh_nightly()
    assert step.go_on_at == at[0] + timedelta(hours=2)
    wire.faults, wire.asked = {}, []
    at[0] = step.go_on_at
    to_the_end(at)
    assert wire.asked[0] == (DIRECTORY, 3)
    assert Pharmacy.objects.count() == 9


def test_a_refused_key_is_tried_again_with_the_next_hour_only(wire, at):
    wire.tables = {DIRECTORY: facts(1)}
    wire.faults = {(DIRECTORY, 0): Refused("data_go_kr_nmc", "key_expired")}
    step = refresh_nightly()
    assert (step.go_on_at, step.report.stopped.lasting) == (None, True)
    wire.faults = {}
    at[0] += timedelta(hours=1)
    to_the_end(at)
    assert Pharmacy.objects.count() == 1


def test_the_job_owes_itself_the_next_step(wire, at, monkeypatch):
    wire.tables = {DIRECTORY: facts(9)}
    monkeypatch.setattr(jobs.pharmacies, "refresh_nightly", lambda: refresh_nightly(seconds=0.0))
    jobs.refresh()
    owed = Job.objects.get(name="pharmacies.refresh")
    assert owed.run_at == at[0] + readings.NEXT_STEP
    at[0] = owed.run_at
    for _ in range(6):
        run_due()
        at[0] += readings.NEXT_STEP
    assert Pharmacy.objects.count() == 9
    assert Refresh.objects.get(table=NIGHTLY).next_start is None


def test_the_job_without_a_key_owes_nothing():
    jobs.refresh()
    assert not Job.objects.exists()
