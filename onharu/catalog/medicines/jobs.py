"""Background entries of the medicine shelf."""

from __future__ import annotations

from datetime import timedelta

from onharu.catalog.medicines import public as medicines
from onharu.kernel.jobs import enqueue, periodic
from onharu.kernel.ticks import in_each_process


@in_each_process("medicines.count_questions", 60)
def count_questions() -> None:
    """Write down how often things were searched for in this process, without who."""
    medicines.flush_counts()


@in_each_process("medicines.warm_up", 300)
def warm_up() -> None:
    """Have the popular answers ready in this process."""
    medicines.warm_up()


@periodic("medicines.forget_questions", timedelta(days=1))
def forget_questions() -> None:
    """Let go of rare questions, which may be one person's own words."""
    medicines.forget_questions()


@periodic("medicines.refresh", timedelta(hours=1))
def refresh() -> None:
    """Refresh the official tables once a week, where there is a key: a step now, the next one as soon as it may be."""
    step = medicines.refresh_weekly()
    if step.go_on_at is not None:
        enqueue("medicines.refresh", run_at=step.go_on_at, key=f"medicines.refresh>{step.go_on_at:%Y%m%d%H%M%S}")


@periodic("medicines.summaries", timedelta(hours=1))
def summaries() -> None:
    """Tell new labels in plain words, and let the chosen model say a bounded number of them."""
    medicines.summarise()
    medicines.improve_summaries(limit=40, seconds=120)
