"""What beat does when an entry is due: it owes a row. No broker is asked, so none can lose it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from celery import schedules
from django.db import Error
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler

from onharu.kernel import clock
from onharu.kernel.jobs import queue, registry
from onharu.kernel.jobs.periods import Line, key_of
from onharu.kernel.schedule.laying import lay_out

log = structlog.get_logger(__name__)


def began_of(schedule: Any, at: datetime) -> datetime:
    """Find the beginning of the period that an entry is in: two beats, or one that started twice, find the same."""
    if isinstance(schedule, schedules.crontab):
        said: Any = schedule
        line = Line(said.minute, said.hour, said.day_of_week, said.day_of_month, said.month_of_year)
        return line.latest(at, said.tz)
    every = max(1, int(schedule.run_every.total_seconds()))
    return datetime.fromtimestamp(int(at.timestamp()) // every * every, tz=at.tzinfo)


class Scheduler(DatabaseScheduler):  # type: ignore[misc]  # the package has no types
    """Owes jobs by their name under the key of their period. Any number may run at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.unpaid: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Lay out what is new since the last start."""
        if new := lay_out(PeriodicTask, CrontabSchedule):
            log.info("schedule_laid_out", jobs=new)

    def enabled_models_qs(self) -> Any:
        """Read every entry: the package leaves out those of other hours, and so never makes up for a missed night."""
        return self.Model.objects.enabled()

    @property
    def producer(self) -> None:
        """No broker is opened."""
        return

    def apply_entry(self, entry: Any, producer: object = None) -> None:
        """Owe the job of an entry for its period; what the database does not take now is owed at the next tick."""
        if entry.task not in registry.entries:
            log.warning("schedule_names_nobody", entry=entry.task)
            return
        self.unpaid[key_of(entry.task, began_of(entry.schedule, clock.now()))] = entry.task
        self.pay()

    def pay(self) -> None:
        """Owe what is not owed yet."""
        for key, name in list(self.unpaid.items()):
            try:
                queue.owe_once(name, key)
            except Error:
                log.exception("schedule_unpaid", job=name)
                return
            del self.unpaid[key]

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Look once; returns for how many seconds nothing is due."""
        self.pay()
        return float(super().tick(*args, **kwargs) or 0)

    def close(self) -> None:
        """Write down when each entry was last due."""
        self.sync()
