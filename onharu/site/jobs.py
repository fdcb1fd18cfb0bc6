"""Background entries of the site: the backup of the night, where the environment names a folder for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings

from onharu.kernel import clock
from onharu.kernel.backups import notes, taking
from onharu.kernel.jobs import periodic
from onharu.kernel.jobs.registry import MOST_SECONDS
from onharu.kernel.problems import Problem
from onharu.site import backing

log = structlog.get_logger(__name__)
HOUR = 3  # of the house's clock: everybody sleeps
UNDER_WAY = "backup_under_way"


@periodic("site.backup", timedelta(hours=1), seconds=MOST_SECONDS)
def back_up() -> None:
    """Take a backup once a night; one that failed, or was slept through, is made up for within the hour."""
    if not settings.BACKUPS or not due(notes.read(settings.ONHARU_DATA).finished_at):
        return
    try:
        taken = taking.take(
            house=backing.house(),
            key=backing.key(make=True),
            to=backing.place(),
            keep=settings.BACKUPS_KEPT,
            heard=lambda _done, _total: None,
        )
    except Exception as error:  # noqa: BLE001 whatever is in the way: it is told, and tried again in an hour
        _tell(error)
    else:
        log.info("backup_taken", size=taken.size, seconds=round(taken.seconds, 1), aged_out=len(taken.gone))


def due(finished_at: str) -> bool:
    """Whether nothing was backed up since the last three o'clock at night."""
    here = clock.now().astimezone(clock.zone(clock.DEFAULT_ZONE))
    night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    night -= timedelta(days=1 if here < night else 0)
    return not finished_at or datetime.fromisoformat(finished_at) < night


def _tell(error: Exception) -> None:
    """Log a failure by its kind and note it for the doctor; that another process is at it is none."""
    fault = error.code if isinstance(error, Problem) else type(error).__name__
    if fault == UNDER_WAY:
        return
    notes.failed(settings.ONHARU_DATA, at=clock.now().isoformat(timespec="seconds"), fault=fault)
    log.error("backup_failed", fault=fault)
