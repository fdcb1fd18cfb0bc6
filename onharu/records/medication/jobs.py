"""Background entries of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import close_old_connections

from onharu.kernel import clock, walls
from onharu.kernel.jobs import periodic
from onharu.kernel.ticks import every
from onharu.records.medication.actions import cleaning, forgetting, refilling, shares, ticking

TICK_SECONDS = 2.0
# Several at a time, so that one browser's slow server does not hold up another person's reminder.
_senders = ThreadPoolExecutor(max_workers=3, thread_name_prefix="remind")


@periodic("medication.clean", timedelta(hours=6))
def clean() -> None:
    """Let go of what was deleted."""
    cleaning.forget_deleted()


@every("medication.reminders", TICK_SECONDS)
def remind() -> None:
    """Write what came due, and tell whoever is to be told."""
    ticking.tick(_several)


def _several(deliver: Callable[[int], object], numbers: Iterable[int]) -> Iterable[object]:
    def one(number: int) -> object:
        close_old_connections()
        with walls.for_house():
            return deliver(number)

    return _senders.map(one, numbers)


@periodic("medication.forget_reminders", timedelta(days=1))
def forget_reminders() -> None:
    """Let go of tellings that are long over."""
    forgetting.forget_reminders()
    forgetting.forget_silent_browsers()


@periodic("medication.forget_shares", timedelta(days=1))
def forget_shares() -> None:
    """Let go of invitations that nobody took up, and of what is a year old."""
    shares.forget_shares(at=clock.now())


@periodic("medication.refills", refilling.LOOK)
def warn_of_refills() -> None:
    """Owe the warnings of medicines that run out."""
    refilling.warn_of_refills(at=clock.now())
