"""Owing, claiming, running and putting back: the same for every adapter."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import SystemRandom
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from onharu.kernel import clock
from onharu.kernel.jobs import registry, watching
from onharu.kernel.jobs.periods import WEEK, key_of
from onharu.kernel.jobs.registry import lease_of, periodic
from onharu.kernel.jobs.rows import MOST_ATTEMPTS, Job, owed

log = structlog.get_logger(__name__)
KEPT = timedelta(days=7)
KEPT_DEAD = timedelta(days=180)
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 3600.0
LOST = "WorkerLost"

Sender = Callable[[int, str], object]
_bell = threading.Condition()
_chance = SystemRandom()
# Whoever tells others of a row: one adapter at most. It never raises, as the row is owed anyway.
senders: list[Sender] = []


def enqueue(name: str, *, run_at: datetime | None = None, key: str | None = None, **args: Any) -> int:
    """Owe a job from the moment the caller's transaction commits; the same key owes it once. Returns its id."""
    at = clock.now()
    now = run_at is None or run_at <= at
    values = {"name": name, "args": args, "run_at": run_at or at, "sent_at": at if now and senders else None}
    if key is None:
        row, new = Job.objects.create(**values), True
    else:
        row, new = Job.objects.get_or_create(key=key, defaults=values)
    transaction.on_commit(partial(_tell, row.pk, name) if new and now else ring)
    return row.pk


def _tell(number: int, name: str) -> None:
    for send in senders:
        send(number, name)
    ring()


def ring() -> None:
    """Wake who waits in this process."""
    with _bell:
        _bell.notify_all()


def rest(seconds: float) -> None:
    """Wait until somebody rings, at most `seconds`."""
    with _bell:
        _bell.wait(seconds)


def wait(job_id: int, seconds: float) -> bool:
    """Wait until a job is done, at most `seconds`; tells whether it is."""
    until = clock.monotonic() + seconds
    while True:
        if Job.objects.filter(pk=job_id, state=Job.State.DONE).exists():
            return True
        left = until - clock.monotonic()
        if left <= 0:
            return False
        rest(min(left, 0.2))


def run_due(limit: int = 20) -> int:
    """Claim and run what is due now, one by one; returns how many ran."""
    owe_periodic({})
    ran = 0
    while ran < limit and (row := claim(uuid.uuid4().hex)):
        run(row)
        ran += 1
    return ran


def owe_periodic(known: dict[str, str]) -> None:
    """Owe each periodic job for the period that is now; `known` remembers what needs no asking again."""
    at = clock.now()
    for name, period in registry.periods.items():
        key = key_of(name, period.began(at))
        if known.get(name) != key:
            owe_once(name, key)
            known[name] = key


def owe_once(name: str, key: str) -> None:
    """Owe a job under a key, unless it is or was owed under it."""
    if not Job.objects.filter(key=key).exists():
        enqueue(name, key=key)


def claim(token: str, number: int | None = None) -> Job | None:
    """Take a job that is owed, or the one of this number if it is; None when somebody else has it or none is."""
    at = clock.now()
    due = owed(at)
    rows = (
        Job.objects.filter(due).order_by("run_at", "pk")[:5] if number is None else Job.objects.filter(due, pk=number)
    )
    for row in rows:
        if row.attempts >= MOST_ATTEMPTS:
            _settle(row, LOST, dead=True)  # it took its worker with it each time
        elif Job.objects.filter(due, pk=row.pk, attempts=row.attempts).update(
            state=Job.State.RUNNING,
            claimed_at=at,
            claimed_by=token,
            leased_until=at + lease_of(row.name),
            attempts=F("attempts") + 1,
        ):
            row.attempts += 1
            return row
    return None


def run(row: Job) -> str:
    """Run a job that was claimed and write down how it went; tells the outcome: done, failed, dead or lost."""
    began = clock.monotonic()
    try:
        if row.name not in registry.entries:
            raise LookupError(f"no job is registered as {row.name}")
        registry.entries[row.name].entry(**row.args)
    except Exception as error:  # noqa: BLE001 whatever a job raises must not end the worker
        outcome = put_back(row, error)
    else:
        outcome = "done" if _write(row, state=Job.State.DONE, finished_at=clock.now(), error="") else "lost"
    watching.ran(row.name, outcome, clock.monotonic() - began)
    ring()
    return outcome


def put_back(row: Job, error: BaseException) -> str:
    """Owe a failed job again after a growing pause, or lay it with the dead.

    Only the error's type is kept: a message could carry health text.
    """
    dead = row.attempts >= MOST_ATTEMPTS
    log.warning("job_failed", job=row.name, job_id=row.pk, attempt=row.attempts, dead=dead, exc_info=error)
    return _settle(row, type(error).__name__, dead=dead)


def put_back_lost(number: int, token: str, error: BaseException) -> None:
    """Owe again what a worker of ours held when it died; nothing where somebody else has it by now."""
    row = Job.objects.filter(pk=number, state=Job.State.RUNNING, claimed_by=token).first()
    if row is not None:
        watching.ran(row.name, put_back(row, error), 0.0)


def pause_after(attempts: int) -> timedelta:
    """Tell how long a job that failed so often rests: about twice as long each time, never the same for all."""
    longest = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return timedelta(seconds=_chance.uniform(longest / 2, longest))


def _settle(row: Job, error: str, *, dead: bool) -> str:
    at = clock.now()
    state = Job.State.DEAD if dead else Job.State.WAITING
    run_at = row.run_at if dead else at + pause_after(row.attempts)
    ended = at if dead else None
    kept = _write(row, state=state, run_at=run_at, finished_at=ended, error=error, sent_at=None)
    return ("dead" if dead else "failed") if kept else "lost"


def _write(row: Job, **values: Any) -> bool:
    """Write how it went, unless the lease was over and somebody else took the job meanwhile."""
    held = Job.objects.filter(pk=row.pk, attempts=row.attempts, state=Job.State.RUNNING)
    return bool(held.update(**values))


@periodic("kernel.forget_jobs", timedelta(days=1), at=time(3, 50))
def forget_old() -> int:
    """Drop jobs that were done more than `KEPT` ago; the dead stay to be looked at. Returns how many."""
    return Job.objects.filter(state=Job.State.DONE, finished_at__lt=clock.now() - KEPT).delete()[0]


@periodic("kernel.forget_dead_jobs", WEEK, at=time(4, 40))
def forget_dead() -> int:
    """Drop the dead that nobody settled in half a year. Returns how many."""
    return Job.objects.filter(state=Job.State.DEAD, finished_at__lt=clock.now() - KEPT_DEAD).delete()[0]
