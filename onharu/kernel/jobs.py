"""One queue: durable rows, claimed by a conditional UPDATE, run by a thread of the embedded server.

A job is a name and plain arguments (ids in). `enqueue` writes the row in the caller's transaction, so an
effect and its follow-up commit together. A job may run more than once when a process dies, so its action
must be safe to repeat. A claimed row whose worker died is taken again after `LEASE`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from django.db import close_old_connections, models, transaction
from django.db.models import F, Q

from onharu.kernel import clock

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=5)
POLL_SECONDS = 1.0
LATE_SECONDS = 120.0
MOST_ATTEMPTS = 6
KEPT = timedelta(days=7)

Entry = Callable[..., object]
E = TypeVar("E", bound=Entry)
_entries: dict[str, Entry] = {}
_periodic: dict[str, timedelta] = {}
_bell = threading.Condition()


class Job(models.Model):
    """A piece of work that is owed. `key`, where given, keeps the same work from being owed twice."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    key = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 null keeps unkeyed rows apart
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["state", "run_at"], name="job_due")]


def job(name: str) -> Callable[[E], E]:
    """Register a background entry under a stable name."""

    def register(entry: E) -> E:
        _entries[name] = entry
        return entry

    return register


def periodic(name: str, every: timedelta) -> Callable[[E], E]:
    """Register a background entry that is owed once in each period."""
    _periodic[name] = every
    return job(name)


def enqueue(name: str, *, run_at: datetime | None = None, key: str | None = None, **args: Any) -> int:
    """Owe a job from the moment the caller's transaction commits; the same key owes it once. Returns its id."""
    values = {"name": name, "args": args, "run_at": run_at or clock.now()}
    if key is None:
        row = Job.objects.create(**values)
    else:
        row, _ = Job.objects.get_or_create(key=key, defaults=values)
    transaction.on_commit(_ring)
    return row.pk


def wait(job_id: int, seconds: float) -> bool:
    """Wait until a job is done, at most `seconds`; tells whether it is."""
    until = clock.monotonic() + seconds
    while True:
        if Job.objects.filter(pk=job_id, state=Job.State.DONE).exists():
            return True
        left = until - clock.monotonic()
        if left <= 0:
            return False
        with _bell:
            _bell.wait(min(left, 0.2))


def run_due(limit: int = 20) -> int:
    """Claim and run what is due now, one by one; returns how many ran."""
    _owe_periodic()
    ran = 0
    while ran < limit and (row := _claim()):
        _run(row)
        ran += 1
    return ran


def _owe_periodic() -> None:
    at = clock.now()
    for name, every in _periodic.items():
        period = clock.microseconds(at) // (every // timedelta(microseconds=1))
        key = f"{name}@{period}"
        if not Job.objects.filter(key=key).exists():
            enqueue(name, key=key)


def _claim() -> Job | None:
    at = clock.now()
    due = Q(state=Job.State.WAITING, run_at__lte=at) | Q(state=Job.State.RUNNING, claimed_at__lte=at - LEASE)
    for row in Job.objects.filter(due).order_by("run_at", "pk")[:5]:
        mine = Job.objects.filter(due, pk=row.pk, attempts=row.attempts).update(
            state=Job.State.RUNNING, claimed_at=at, attempts=F("attempts") + 1
        )
        if mine:
            row.attempts += 1
            return row
    return None


def _run(row: Job) -> None:
    entry = _entries.get(row.name)
    try:
        if entry is None:
            raise LookupError(f"no job is registered as {row.name}")
        entry(**row.args)
    except Exception as error:  # noqa: BLE001 whatever a job raises must not end the worker
        _put_back(row, error)
    else:
        Job.objects.filter(pk=row.pk).update(state=Job.State.DONE, finished_at=clock.now(), error="")
    _ring()


def _put_back(row: Job, error: Exception) -> None:
    """Owe a failed job again after a growing pause, or lay it with the dead.

    Only the error's type is kept: a message could carry health text.
    """
    at = clock.now()
    dead = row.attempts >= MOST_ATTEMPTS
    pause = timedelta(seconds=min(2**row.attempts * 5, 3600))
    Job.objects.filter(pk=row.pk).update(
        state=Job.State.DEAD if dead else Job.State.WAITING,
        run_at=at + pause,
        finished_at=at if dead else None,
        error=type(error).__name__,
    )
    log.warning("job_failed", job=row.name, job_id=row.pk, attempt=row.attempts, dead=dead, exc_info=error)


@periodic("kernel.forget_jobs", timedelta(days=1))
def forget_old() -> int:
    """Drop jobs that were done more than `KEPT` ago; the dead stay to be looked at. Returns how many."""
    return Job.objects.filter(state=Job.State.DONE, finished_at__lt=clock.now() - KEPT).delete()[0]


def _ring() -> None:
    with _bell:
        _bell.notify_all()


def keeping_up() -> bool:
    """Whether this process's worker lives and looked at the queue lately; true where another process works."""
    worker = next((one for one in threading.enumerate() if isinstance(one, Worker)), None)
    return worker is None or clock.monotonic() - worker.beat_at < LATE_SECONDS


class Worker(threading.Thread):
    """The embedded server's worker: runs what is due, sleeps until the bell rings or a second passes."""

    def __init__(self) -> None:
        super().__init__(name="onharu-jobs", daemon=True)
        self._stopping = threading.Event()
        self.beat_at: float = clock.monotonic()

    def run(self) -> None:
        """Work until `stop` is called."""
        while not self._stopping.is_set():
            self.beat_at = clock.monotonic()
            try:
                close_old_connections()
                ran = run_due()
            except Exception:
                log.exception("jobs_unreachable")
                ran = 0
            if not ran:
                with _bell:
                    _bell.wait(POLL_SECONDS)

    def end_soon(self) -> None:
        """Take no further job; returns at once."""
        self._stopping.set()

    def stop(self, seconds: float = 10.0) -> None:
        """Finish the job at hand and end."""
        self.end_soon()
        _ring()
        self.join(seconds)
