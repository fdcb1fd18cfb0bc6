"""Background entries of the medicine shelf."""

from __future__ import annotations

from datetime import timedelta

from onharu.catalog.medicines import public as medicines
from onharu.kernel.jobs import periodic


@periodic("medicines.count_questions", timedelta(minutes=1))
def count_questions() -> None:
    """Write down how often things were searched for, without who."""
    medicines.flush_counts()


@periodic("medicines.warm_up", timedelta(minutes=5))
def warm_up() -> None:
    """Have the popular answers ready."""
    medicines.warm_up()


@periodic("medicines.forget_questions", timedelta(days=1))
def forget_questions() -> None:
    """Let go of rare questions, which may be one person's own words."""
    medicines.forget_questions()


@periodic("medicines.summaries", timedelta(hours=1))
def summaries() -> None:
    """Tell new labels in plain words, and let the chosen model say a bounded number of them."""
    medicines.summarise()
    medicines.improve_summaries(limit=40, seconds=120)
