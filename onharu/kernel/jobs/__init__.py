"""One queue: durable rows, claimed by a conditional UPDATE, run by whoever works here.

A job is a name and plain arguments (ids in). `enqueue` writes the row in the caller's transaction, so an
effect and its follow-up commit together. A job may run more than once when a process dies, so its action
must be safe to repeat. A claimed row whose worker died is taken again when its lease is over.

The row is the truth; who hears of it is an adapter (`ONHARU_JOBS`). `thread`: a thread of the embedded server asks the
table. `celery`: the number of the row goes to a broker, and a worker elsewhere claims it in the same way; what the
broker loses is sent again. Only this package knows Celery.
"""

from onharu.kernel.jobs.periods import Period
from onharu.kernel.jobs.queue import enqueue, forget_dead, forget_old, run_due, wait
from onharu.kernel.jobs.registry import job, periodic
from onharu.kernel.jobs.rows import LEASE, MOST_ATTEMPTS, DeadLetter, Job, Pulse
from onharu.kernel.jobs.settling import drop, owe_again
from onharu.kernel.jobs.thread import Worker
from onharu.kernel.jobs.watching import State, last_done, on_ran, state

__all__ = [
    "LEASE",
    "MOST_ATTEMPTS",
    "DeadLetter",
    "Job",
    "Period",
    "Pulse",
    "State",
    "Worker",
    "drop",
    "enqueue",
    "forget_dead",
    "forget_old",
    "job",
    "last_done",
    "on_ran",
    "owe_again",
    "periodic",
    "run_due",
    "state",
    "wait",
]
