import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from onharu.kernel import clock, jobs
from onharu.kernel.jobs import Job, enqueue, run_due


@pytest.fixture
def ran(monkeypatch):
    """Jobs that note what they were given; `fail` raises."""
    seen = []
    monkeypatch.setattr(jobs, "_entries", {})
    monkeypatch.setattr(jobs, "_periodic", {})

    @jobs.job("note")
    def note(word):
        seen.append(word)

    @jobs.job("fail")
    def fail():
        seen.append("tried")
        raise ConnectionError("약 이름")

    return seen


@pytest.mark.django_db
def test_a_job_runs_once_and_is_done(ran):
    enqueue("note", word="가")
    assert run_due() == 1
    assert run_due() == 0
    assert ran == ["가"]
    assert Job.objects.get().state == "done"


@pytest.mark.django_db
def test_the_same_key_is_owed_once(ran):
    first = enqueue("note", key="k", word="가")
    assert enqueue("note", key="k", word="나") == first
    run_due()
    assert ran == ["가"]


@pytest.mark.django_db
def test_a_job_of_the_future_waits(ran):
    enqueue("note", run_at=clock.now() + timedelta(hours=1), word="가")
    assert run_due() == 0


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_later_and_then_laid_with_the_dead(ran, monkeypatch):
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
def test_a_job_whose_worker_died_is_taken_again(ran):
    enqueue("note", word="가")
    Job.objects.update(state="running", attempts=1, claimed_at=clock.now() - jobs.LEASE - timedelta(seconds=1))
    assert run_due() == 1
    assert ran == ["가"]


@pytest.mark.django_db
def test_a_running_job_is_nobody_elses(ran):
    enqueue("note", word="가")
    Job.objects.update(state="running", attempts=1, claimed_at=clock.now())
    assert run_due() == 0


@pytest.mark.django_db
def test_an_unknown_name_is_a_failure_and_not_a_crash(ran):
    enqueue("nobody.knows")
    assert run_due() == 1
    assert Job.objects.get().error == "LookupError"


@pytest.mark.django_db
def test_a_periodic_job_is_owed_once_in_each_period(ran, monkeypatch):
    jobs.periodic("often", timedelta(hours=1))(lambda: ran.append("tick"))
    at = clock.now()
    for minutes in (0, 0, 61):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: at + timedelta(minutes=minutes))
        run_due()
    assert ran == ["tick", "tick"]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_fails_is_never_owed(ran):
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
            while run_due():
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


@pytest.mark.django_db
def test_done_jobs_are_forgotten_after_a_week_and_the_dead_stay(ran):
    enqueue("note", word="가")
    run_due()
    Job.objects.create(name="fail", state="dead", run_at=clock.now(), finished_at=clock.now() - timedelta(days=30))
    Job.objects.filter(state="done").update(finished_at=clock.now() - timedelta(days=8))
    assert jobs.forget_old() == 1
    assert Job.objects.get().state == "dead"
