"""What is told of the queue to whoever counts: how much is owed, how old it is, what ran. Never of whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db.models import Count, Max, Min, Q

from onharu.kernel import clock
from onharu.kernel.jobs import registry
from onharu.kernel.jobs.rows import Job, Pulse, owed

log = structlog.get_logger(__name__)
LOOKED = "jobs"
Ran = Callable[[str, str, float], object]
_hooks: list[Ran] = []


@dataclass(frozen=True, slots=True)
class State:
    """How much is due and not done, for how long the oldest of it, how many died, and when somebody last looked."""

    pending: int
    oldest_pending_seconds: float
    dead: int
    last_tick: datetime | None


def state() -> State:
    """Count the queue: two statements over an index. A lease that is over is due again."""
    at = clock.now()
    dead = Q(state=Job.State.DEAD)
    found = Job.objects.filter(owed(at) | dead).aggregate(
        pending=Count("pk", filter=~dead), oldest=Min("run_at", filter=~dead), dead=Count("pk", filter=dead)
    )
    waited = (at - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return State(found["pending"], max(0.0, waited), found["dead"], last_tick())


def last_tick() -> datetime | None:
    """Tell when the queue was last looked after, in any process; None when never."""
    return Pulse.objects.filter(name=LOOKED).values_list("at", flat=True).first()


def looked() -> None:
    """Write down that the queue is looked after now."""
    Pulse.objects.update_or_create(name=LOOKED, defaults={"at": clock.now()})


def last_done() -> dict[str, datetime]:
    """Tell when each periodic job last went well, as far as its rows are kept (a week)."""
    rows = Job.objects.filter(state=Job.State.DONE, name__in=registry.periods).values_list("name")
    return dict(rows.annotate(Max("finished_at")).order_by())


def on_ran(hook: Ran) -> Ran:
    """Have `hook(name, outcome, seconds)` called after each job in this process: done, failed, dead or lost."""
    _hooks.append(hook)
    return hook


def ran(name: str, outcome: str, seconds: float) -> None:
    """Tell every hook. A name that nobody registered is "unknown", so that what is counted stays bounded."""
    for hook in _hooks:
        try:
            hook(name if name in registry.entries else "unknown", outcome, seconds)
        except Exception:
            log.exception("job_hook_failed")
