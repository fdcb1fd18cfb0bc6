"""The official tables come anew every week: in steps, by one process at a time, and only where there is a key."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from onharu.catalog.medicines import jobs
from onharu.catalog.medicines.actions import weekly
from onharu.catalog.medicines.actions.refreshing import forget_parked
from onharu.catalog.medicines.models import PlainWords, Product, ProductNotice, Refresh
from onharu.catalog.medicines.public import NAME, SYMPTOM, Asked, facts_of, on_shelf, refresh_weekly
from onharu.catalog.medicines.tests.tables import SETTING, Backend
from onharu.catalog.medicines.tests.test_refreshing import holds, label, pair, pill, product, shapes, splits
from onharu.kernel import clock, readings
from onharu.kernel.jobs import Job, run_due
from onharu.upstream import registry
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.medicine_facts import LABELS, PERMITS, PILLS, SUBSTANCES, notices, product_notices

pytestmark = pytest.mark.django_db


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
    now = [datetime(2026, 11, 22, 3, 0, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


def to_the_end(at, seconds=60.0, most=60):
    """Take steps as the jobs would, until none is due soon; returns how many."""
    for count in range(1, most):
        step = refresh_weekly(seconds=seconds)
        if step.go_on_at is None:
            return count
        at[0] = max(at[0], step.go_on_at)
    raise AssertionError("it never ends")


def asked_tables(wire):
    return list(dict.fromkeys(table for table, _ in wire.asked))


def test_without_a_key_nothing_is_done_and_nothing_said(caplog, capsys, django_assert_num_queries):
    with django_assert_num_queries(0):
        step = refresh_weekly()
    assert (step.report, step.go_on_at) == (None, None)
    assert caplog.text + "".join(capsys.readouterr()) == ""


def test_every_official_table_comes_once_a_week(wire, at):
    wire.tables = {
        LABELS: [label(n) for n in range(4)],
        PILLS: [pill(n, f"A{n}") for n in range(4)],
        notices("pair"): [pair(1)],
        product_notices("split"): [splits(2)],
    }
    assert to_the_end(at) == 3
    assert asked_tables(wire)[:4] == [LABELS, PERMITS, SUBSTANCES, PILLS]
    assert len(asked_tables(wire)) == 4 + 7 + 7
    assert (Product.objects.count(), ProductNotice.objects.count()) == (4, 1)
    wire.asked = []
    at[0] += timedelta(days=6, hours=23)
    assert (to_the_end(at), wire.asked) == (1, [])
    at[0] += timedelta(hours=2)
    assert to_the_end(at) == 3
    assert len(asked_tables(wire)) == 4 + 7 + 7


def test_a_step_ends_when_its_time_is_over_and_the_next_goes_on_at_its_page(wire, at):
    wire.tables = {LABELS: [label(n) for n in range(9)], PERMITS: [product(n, PERMITS) for n in range(2)]}
    first = refresh_weekly(seconds=0)
    assert (first.report.paused, wire.asked) == (True, [(LABELS, 0)])
    assert first.go_on_at == at[0] + readings.NEXT_STEP
    assert Refresh.objects.get(table=LABELS).next_start == 3
    refresh_weekly(seconds=0)
    assert wire.asked == [(LABELS, 0), (LABELS, 3)]
    to_the_end(at, seconds=0)
    assert Product.objects.count() == 9
    assert [start for table, start in wire.asked if table == LABELS] == [0, 3, 6]


def test_a_table_that_cannot_be_gone_on_with_is_read_to_its_end_in_one_step(wire, at):
    wire.tables = {notices("pair"): [pair(n) for n in range(1, 9)]}
    to_the_end(at, seconds=0)
    assert [start for table, start in wire.asked if table == notices("pair")] == [0, 3, 6]


def test_looks_that_are_listed_no_more_go_though_the_reading_was_cut_into_steps(wire, at):
    wire.tables = {PILLS: [pill(n, f"A{n}") for n in range(7)] + [pill(1, "B1")]}
    to_the_end(at, seconds=0)
    assert shapes(1) == ["A1", "B1"]
    wire.tables[PILLS] = [pill(n, f"A{n}") for n in range(7)]
    at[0] += timedelta(days=7)
    to_the_end(at, seconds=0)
    assert shapes(1) == ["A1"]


def test_a_new_process_goes_on_but_takes_nothing_down(wire, at):
    wire.tables = {PILLS: [pill(n, f"A{n}") for n in range(7)] + [pill(1, "B1")]}
    to_the_end(at)
    wire.tables[PILLS] = [pill(n, f"A{n}") for n in range(7)]
    at[0] += timedelta(days=7)
    refresh_weekly()
    refresh_weekly(seconds=0)
    forget_parked()
    to_the_end(at, seconds=0)
    assert shapes(1) == ["A1", "B1"]


def test_while_one_process_refreshes_another_leaves_it_alone(wire, at):
    wire.tables = {LABELS: [label(n) for n in range(9)]}
    refresh_weekly(seconds=0)
    Refresh.objects.filter(table=weekly.WEEKLY).update(touched_at=at[0])
    wire.asked = []
    assert (refresh_weekly().report, wire.asked) == (None, [])
    at[0] += readings.DEAD_AFTER + timedelta(seconds=1)
    refresh_weekly(seconds=0)
    assert wire.asked == [(LABELS, 3)], "who died says nothing any more, and another goes on in its place"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_at_once_one_refreshes(wire):
    wire.tables = {LABELS: [label(n) for n in range(3)]}
    start, reports, failed = threading.Barrier(5), [], []

    def go():
        start.wait()
        try:
            reports.append(refresh_weekly(seconds=0).report)
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
    # Whoever came after the first had ended took the next kind; no table was read twice.
    assert len(wire.asked) == len(set(wire.asked))
    assert Product.objects.count() == 3


def test_a_command_that_runs_meanwhile_is_left_alone(wire, at, monkeypatch):
    wire.tables = {LABELS: [label(n) for n in range(9)]}
    refresh_weekly(seconds=0)
    forget_parked()
    taken = Backend.pages

    def pages(self, table, *, start=0):
        for page in taken(self, table, start=start):
            Refresh.objects.filter(table=LABELS).update(next_start=6)
            yield page

    monkeypatch.setattr(Backend, "pages", pages)
    step = refresh_weekly()
    assert (step.report, step.go_on_at) == (None, None)
    assert Product.objects.count() == 3


def test_a_quota_is_waited_for_and_then_it_goes_on_where_it_was(wire, at):
    wire.tables = {LABELS: [label(n) for n in range(9)]}
    wire.stop(LABELS, 3, Unavailable("data_go_kr", "quota", retry_after=7200))
    step = refresh_weekly()
    assert step.go_on_at == at[0] + timedelta(hours=2)
    wire.stops_at, wire.asked = None, []
    at[0] = step.go_on_at
    to_the_end(at)
    assert wire.asked[0] == (LABELS, 3)
    assert Product.objects.count() == 9


def test_a_refused_key_is_logged_and_tried_again_with_the_next_hour_only(wire, at):
    wire.stop(LABELS, 0, Refused("data_go_kr", "key_expired"))
    step = refresh_weekly()
    assert (step.go_on_at, step.report.stopped.lasting) == (None, True)
    wire.stops_at = None
    wire.tables = {LABELS: [label(1)]}
    at[0] += timedelta(hours=1)
    to_the_end(at)
    assert Product.objects.count() == 1


def test_a_changed_label_is_told_in_new_words_and_found_by_its_new_symptom(wire, at):
    changing = product(1, sections={"efficacy": "이 약은 두통에 사용합니다."})
    wire.tables = {LABELS: [changing, label(2)]}
    to_the_end(at)
    told = PlainWords.objects.get(product__item_seq="202000001", symptom="")
    kept = PlainWords.objects.get(product__item_seq="202000002", symptom="")
    assert "두통" in told.text
    wire.tables[LABELS][0] = product(1, sections={"efficacy": "이 약은 멀미에 사용합니다."})
    at[0] += timedelta(days=7)
    to_the_end(at)
    assert "멀미" in PlainWords.objects.get(product__item_seq="202000001", symptom="").text
    assert PlainWords.objects.get(product__item_seq="202000002", symptom="").made_at == kept.made_at
    found = on_shelf(Asked(SYMPTOM, "멀미", False, 5)).products
    assert [one.brief.item_seq for one in found] == ["202000001"]
    assert [one.brief.item_seq for one in on_shelf(Asked(SYMPTOM, "두통", False, 5)).products] == ["202000002"]


def test_other_substances_make_other_words_due(wire, at):
    wire.tables = {LABELS: [label(1)], SUBSTANCES: [holds(1, 0, "카페인")]}
    to_the_end(at)
    before = PlainWords.objects.get().label_mark
    wire.tables[SUBSTANCES] = [holds(1, 0, "아스피린")]
    at[0] += timedelta(days=7)
    to_the_end(at)
    assert PlainWords.objects.get().label_mark != before


def test_what_is_withdrawn_goes_behind_and_comes_back_with_its_permit(wire, at):
    wire.tables = {LABELS: [label(1), label(2)], PERMITS: [product(1, PERMITS, withdrawn=True), product(2, PERMITS)]}
    to_the_end(at)
    assert facts_of(["202000001"])["202000001"].withdrawn_on == clock.local_day(at[0])
    assert [one.brief.item_seq for one in on_shelf(Asked(NAME, "하루", False, 5)).products] == [
        "202000002",
        "202000001",
    ]
    assert [one.brief.item_seq for one in on_shelf(Asked(SYMPTOM, "두통", False, 5)).products] == ["202000002"]
    wire.tables[PERMITS][0] = product(1, PERMITS)
    at[0] += timedelta(days=7)
    to_the_end(at)
    assert facts_of(["202000001"])["202000001"].withdrawn_on is None
    assert len(on_shelf(Asked(SYMPTOM, "두통", False, 5)).products) == 2


def test_the_job_owes_itself_the_next_step(wire, at, monkeypatch):
    wire.tables = {LABELS: [label(n) for n in range(9)]}
    monkeypatch.setattr(jobs.medicines, "refresh_weekly", lambda: refresh_weekly(seconds=0.0))
    jobs.refresh()
    owed = Job.objects.get(name="medicines.refresh")
    assert owed.run_at == at[0] + readings.NEXT_STEP
    at[0] = owed.run_at
    for _ in range(40):
        run_due()
        at[0] += readings.NEXT_STEP
    assert Product.objects.count() == 9
    assert Refresh.objects.get(table=weekly.WEEKLY).next_start is None


def test_the_job_without_a_key_owes_nothing():
    jobs.refresh()
    assert not Job.objects.exists()
