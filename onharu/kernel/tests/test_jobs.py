"""One suite over both adapters: whoever hears of a row, it is run once, again, later or never in the same way."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from onharu.kernel import clock, jobs
from onharu.kernel.jobs import Job, broker, enqueue, queue, registry, watching
from onharu.kernel.jobs.periods import key_of


@pytest.fixture(params=["thread", "celery"])
def run_due(request, monkeypatch):
    """Do what is owed as the adapter does, and tell how many ran."""
    if request.param == "thread":
        return jobs.run_due
    numbers = []
    monkeypatch.setattr(broker.run_owed, "apply_async", lambda args, **_: numbers.append(args[0]))
    monkeypatch.setattr(broker, "waiting", lambda: len(numbers))
    monkeypatch.setattr(broker, "RESENT", timedelta(0))
    monkeypatch.setattr(broker, "line", broker._Line())
    monkeypatch.setattr(queue, "senders", [broker.send])

    def sweep_and_work():
        for name, period in registry.periods.items():
            queue.owe_once(name, key_of(name, period.began(clock.now())))
        broker.sweep()
        outcomes = [broker.run_owed.apply(args=[number]).result for number in numbers]
        numbers.clear()
        return len([one for one in outcomes if one != "passed"])

    return sweep_and_work


@pytest.fixture
def ran(monkeypatch):
    """Jobs that note what they were given; `fail` raises."""
    seen = []
    monkeypatch.setattr(registry, "entries", {})
    monkeypatch.setattr(registry, "periods", {})

    @jobs.job("note")
    def note(word):
        seen.append(word)

    @jobs.job("fail")
    def fail():
        seen.append("tried")
        raise ConnectionError("약 이름")

    return seen


@pytest.mark.django_db
def test_a_job_runs_once_and_is_done(ran, run_due):
    enqueue("note", word="가")
    assert run_due() == 1
    assert run_due() == 0
    assert ran == ["가"]
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_the_same_key_is_owed_once(ran, run_due):
    first = enqueue("note", key="k", word="가")
    assert enqueue("note", key="k", word="나") == first
    run_due()
    assert ran == ["가"]


@pytest.mark.django_db
def test_a_job_of_the_future_waits(ran, run_due):
    enqueue("note", run_at=clock.now() + timedelta(hours=1), word="가")
    assert run_due() == 0


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later_and_then_laid_with_the_dead(ran, monkeypatch, run_due):
    enqueue("fail")
    at = clock.now()
    for _ in range(jobs.MOST_ATTEMPTS):
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        run_due()
        at += timedelta(hours=2)
    row = Job.objects.get()
    assert (row.state, row.attempts, len(ran)) == ("dead", 6, 6)
    assert row.error == "ConnectionError"
    assert "약" not in row.error


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_taken_again(ran, run_due):
    enqueue("note", word="가")
    Job.objects.update(state="running", attempts=1, claimed_at=clock.now() - jobs.LEASE - timedelta(seconds=1))
    assert run_due() == 1
    assert ran == ["가"]


@pytest.mark.django_db
def test_a_running_job_is_nobody_elses(ran, run_due):
    enqueue("note", word="가")
    Job.objects.update(state="running", attempts=1, claimed_at=clock.now())
    assert run_due() == 0


@pytest.mark.django_db
def test_an_unknown_name_is_a_failure_and_not_a_crash(ran, run_due):
    enqueue("nobody.knows")
    assert run_due() == 1
    assert Job.objects.get().error == "LookupError"


@pytest.mark.django_db
def test_a_periodic_job_is_owed_once_in_each_period(ran, monkeypatch, run_due):
    jobs.periodic("often", timedelta(hours=1))(lambda: ran.append("tick"))
    at = clock.now()
    for minutes in (0, 0, 61):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: at + timedelta(minutes=minutes))
        run_due()
    assert ran == ["tick", "tick"]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_fails_is_never_owed(ran, run_due):
    def owe_and_fail():
        enqueue("note", word="가")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        owe_and_fail()
    assert run_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_run_a_hundred_jobs_once_each(ran):
    for number in range(100):
        enqueue("note", word=number)

    def work():
        try:
            while jobs.run_due():
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(ran) == list(range(100))


@pytest.mark.django_db(transaction=True)
def test_the_worker_thread_hears_the_bell(ran):
    worker = jobs.Worker()
    worker.start()
    try:
        job_id = enqueue("note", word="가")
        assert jobs.wait(job_id, 10)
    finally:
        worker.stop()
    assert ran == ["가"]
    assert not worker.is_alive()


def test_what_takes_long_by_its_nature_may():
    assert registry.seconds_of("site.backup") == registry.MOST_SECONDS
    assert registry.seconds_of("rights.make_export") >= 900


@pytest.mark.django_db
def test_done_jobs_are_forgotten_after_a_week_and_the_dead_stay(ran, run_due):
    enqueue("note", word="가")
    run_due()
    Job.objects.create(name="fail", state="dead", run_at=clock.now(), finished_at=clock.now() - timedelta(days=30))
    Job.objects.filter(state="done").update(finished_at=clock.now() - timedelta(days=8))
    assert jobs.forget_old() == 1
    assert Job.objects.get().state == "dead"


@pytest.mark.django_db
def test_what_comes_back_after_its_lease_writes_nothing_over_anothers_work(ran, run_due):
    enqueue("note", word="가")
    slow = queue.claim("first")
    Job.objects.update(leased_until=clock.now() - timedelta(seconds=1))
    assert run_due() == 1
    assert queue.put_back(slow, ConnectionError()) == "lost"
    assert queue.run(slow) == "lost"
    assert Job.objects.get().state == "done"
    assert run_due() == 0


@pytest.mark.django_db
def test_a_lease_is_as_long_as_the_job_may_take_and_a_minute(ran):
    jobs.job("long", seconds=1800)(lambda: None)
    enqueue("long")
    at = clock.now()
    row = queue.claim("me")
    row.refresh_from_db()
    assert timedelta(seconds=1859) < row.leased_until - at < timedelta(seconds=1865)
    assert Job.objects.filter(jobs.rows.owed(at + timedelta(seconds=1800))).count() == 0


def test_a_job_that_would_take_longer_than_anybody_waits_is_refused():
    with pytest.raises(ValueError, match="3000"):
        jobs.job("endless", seconds=3001)


@pytest.mark.django_db
def test_a_job_that_takes_its_worker_with_it_lies_with_the_dead_after_six_times(ran, run_due):
    enqueue("note", word="가")
    over = clock.now() - timedelta(seconds=1)
    Job.objects.update(state="running", attempts=6, claimed_at=over, leased_until=over)
    assert run_due() == 0
    row = Job.objects.get()
    assert (row.state, row.error, ran) == ("dead", "WorkerLost", [])


@pytest.mark.django_db
def test_what_a_killed_worker_held_is_owed_again_at_once_and_only_if_it_still_held_it(ran):
    number = enqueue("note", word="가")
    row = queue.claim("dead")
    queue.put_back_lost(number, "somebody else", MemoryError())
    assert Job.objects.get().state == "running"
    queue.put_back_lost(number, "dead", MemoryError())
    row.refresh_from_db()
    assert (row.state, row.error) == ("waiting", "MemoryError")


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", [timedelta(seconds=30), timedelta(seconds=-30)])
def test_a_worker_whose_clock_is_half_a_minute_off_leaves_a_running_job_alone(ran, run_due, monkeypatch, ahead):
    enqueue("note", word="가")
    queue.claim("me")
    limit = clock.now() + timedelta(seconds=registry.SECONDS)
    monkeypatch.setattr(clock, "now", lambda: limit + ahead)
    assert run_due() == 0


@pytest.mark.django_db
def test_a_claim_by_a_clock_that_was_days_ahead_is_not_waited_for(ran, run_due):
    enqueue("note", word="가")
    Job.objects.update(
        state="running",
        attempts=1,
        claimed_at=clock.now() + timedelta(days=2),
        leased_until=clock.now() + timedelta(days=2, minutes=5),
    )
    assert run_due() == 1


def test_pauses_grow_are_never_the_same_and_end_at_an_hour():
    pauses = [[queue.pause_after(tries).total_seconds() for _ in range(50)] for tries in range(1, 12)]
    for tries, found in enumerate(pauses, start=1):
        longest = min(10 * 2 ** (tries - 1), 3600)
        assert all(longest / 2 <= one <= longest for one in found)
        assert len(set(found)) > 40


@pytest.mark.django_db
def test_the_queue_tells_how_much_is_owed_and_how_old_it_is(ran, run_due):
    assert (jobs.state().pending, jobs.state().oldest_pending_seconds) == (0, 0.0)
    enqueue("note", run_at=clock.now() - timedelta(seconds=90), word="가")
    enqueue("note", run_at=clock.now() + timedelta(hours=1), word="나")
    Job.objects.create(name="fail", state="dead", run_at=clock.now() - timedelta(days=3))
    found = jobs.state()
    assert (found.pending, found.dead) == (1, 1)
    assert 90 <= found.oldest_pending_seconds < 100
    run_due()
    assert jobs.state().pending == 0


@pytest.mark.django_db
def test_whoever_counts_hears_of_each_job_and_of_no_name_that_nobody_registered(ran, run_due, monkeypatch):
    heard = []
    monkeypatch.setattr(watching, "_hooks", [])
    jobs.on_ran(lambda name, outcome, seconds: heard.append((name, outcome, seconds >= 0)))
    jobs.on_ran(lambda *_: 1 / 0)
    for name, given in (("note", {"word": "가"}), ("fail", {}), ("nobody.knows", {})):
        enqueue(name, **given)
    run_due()
    assert sorted(heard) == [("fail", "failed", True), ("note", "done", True), ("unknown", "failed", True)]


@pytest.mark.django_db
def test_when_a_periodic_job_last_went_well_is_told(ran, run_due):
    jobs.periodic("often", timedelta(hours=1))(lambda: None)
    run_due()
    assert list(jobs.last_done()) == ["often"]


@pytest.mark.django_db
def test_the_dead_are_owed_again_or_dropped_and_others_are_not(ran, run_due):
    dead, other, alive = (
        Job.objects.create(name="note", args={"word": n}, state=state, run_at=clock.now(), attempts=6)
        for n, state in ((1, "dead"), (2, "dead"), (3, "done"))
    )
    assert jobs.owe_again([dead.pk, alive.pk]) == 1
    assert jobs.drop([other.pk, alive.pk]) == 1
    assert run_due() == 1
    assert ran == [1]
    assert set(Job.objects.values_list("pk", flat=True)) == {dead.pk, alive.pk}


@pytest.mark.django_db
def test_the_dead_that_nobody_settled_in_half_a_year_go():
    for days in (170, 190):
        Job.objects.create(name="x", state="dead", run_at=clock.now(), finished_at=clock.now() - timedelta(days=days))
    assert jobs.forget_dead() == 1
