"""An entry of the schedule for each periodic job: laid out by a migration, and whenever beat starts."""

from __future__ import annotations

from typing import Any

from onharu.kernel import clock
from onharu.kernel.jobs import registry


def lay_out(entries: Any, lines: Any) -> list[str]:
    """Give every periodic job that has no entry the one it names itself. What staff changed stays. Returns the new.

    The tables are handed in, as a migration has its own.
    """
    here = set(entries.objects.values_list("task", flat=True))
    new = sorted(registry.periods.keys() - here)
    for name in new:
        words = {**registry.periods[name].words(), "day_of_month": "*", "month_of_year": "*"}
        line = lines.objects.filter(**words, timezone=clock.DEFAULT_ZONE).first()
        line = line or lines.objects.create(**words, timezone=clock.DEFAULT_ZONE)
        entries.objects.create(name=name, task=name, crontab=line)
    return new


def strangers(entries: Any) -> list[str]:
    """Name the entries of jobs that nobody registered: they are never owed."""
    tasks = entries.objects.values_list("task", flat=True)
    return sorted(name for name in tasks if name not in registry.entries)
