"""What the house does with its access record every night: let go of what is two years old, and see that the rest holds.

It stands outside of `access`, which the walls stand on, which jobs stand behind.
"""

from __future__ import annotations

from datetime import time, timedelta

import structlog

from onharu.kernel import clock
from onharu.kernel.access import checking, folding
from onharu.kernel.jobs import periodic

log = structlog.get_logger(__name__)


class RecordBroken(Exception):
    """The access record is not as it was written; `onharu verify_access` says where."""


@periodic("kernel.fold_access", timedelta(days=1), at=time(2, 50))
def fold_access() -> int:
    """Fold what is older than two years. Returns how many rows went."""
    return folding.fold(at=clock.now())


@periodic("kernel.verify_access", timedelta(days=1), at=time(3, 20), seconds=1800)
def verify_access() -> int:
    """Walk the record. Returns how many rows hold; raises RecordBroken, so that the job is found among the dead."""
    found = checking.check_and_tell()
    if found.fault:
        log.error("access_record_broken", fault=found.fault, rows=found.rows)
        raise RecordBroken
    return found.rows
