"""What staff do with a dead job: owe it again, or let it go."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.jobs.queue import ring
from onharu.kernel.jobs.rows import Job


@transaction.atomic
def owe_again(numbers: Iterable[int]) -> int:
    """Owe dead jobs anew, as if they had never been tried. Saying it twice changes nothing. Returns how many."""
    dead = Job.objects.filter(pk__in=list(numbers), state=Job.State.DEAD)
    anew = dead.update(
        state=Job.State.WAITING, attempts=0, run_at=clock.now(), finished_at=None, error="", sent_at=None
    )
    transaction.on_commit(ring)
    return anew


def drop(numbers: Iterable[int]) -> int:
    """Let dead jobs go for good. Returns how many."""
    return Job.objects.filter(pk__in=list(numbers), state=Job.State.DEAD).delete()[0]
