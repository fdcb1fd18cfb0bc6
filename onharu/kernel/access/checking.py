"""Walking the record from its oldest row to its newest: the first thing that is not as it was written is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from onharu.kernel import clock, milestones
from onharu.kernel.access import mark
from onharu.kernel.access.chain import digest_of
from onharu.kernel.access.mark import Mark
from onharu.kernel.access.tables import GENESIS, TAIL, AccessCheckpoint, AccessRow, AccessTail

AT_ONCE = 2000
WAIT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Found:
    """How far the record holds; `fault` names the first thing that is wrong, "" when nothing is."""

    rows: int
    sequence: int
    digest: str
    fault: str = ""


def check() -> Found:
    """Walk the whole record and compare its end with the tail and with the mark outside of the database."""
    begin = _checkpoint()
    found = _walked(begin)
    folded_meanwhile = found.fault and _checkpoint() != begin
    return _walked(_checkpoint()) if folded_meanwhile else found


def check_and_tell() -> Found:
    """Check, and leave word for the watcher when all of it holds."""
    found = check()
    if not found.fault:
        milestones.reached(milestones.ACCESS, at=clock.now())
    return found


def _checkpoint() -> AccessCheckpoint | None:
    return AccessCheckpoint.objects.order_by("-sequence").first()


def _walked(begin: AccessCheckpoint | None) -> Found:
    sequence, digest = (begin.sequence, begin.digest) if begin else (0, GENESIS)
    passed: dict[int, str] = {sequence: digest}
    wanted, rows = mark.kept(), 0
    for row in AccessRow.objects.order_by("sequence").iterator(AT_ONCE):
        if fault := _wrong(row, sequence, digest):
            return Found(rows, sequence, digest, fault)
        rows, sequence, digest = rows + 1, row.sequence, row.digest
        if wanted is not None and sequence in {wanted.sequence, wanted.folded}:
            passed[sequence] = digest
    found = Found(rows, sequence, digest)
    faults = (_ends_wrong(found), _differs(found, wanted, passed, begin), _beyond(found))
    return Found(rows, sequence, digest, next((fault for fault in faults if fault), ""))


def _wrong(row: AccessRow, sequence: int, digest: str) -> str:
    if row.digest != digest_of(row):
        written_as = next(_places(row), None)
        if written_as is None:
            return f"row {row.sequence} was changed"
        return f"row {row.sequence} was moved: it was written as row {written_as}"
    if row.sequence != sequence + 1:
        return f"row {sequence + 1} is missing"
    if row.before != digest:
        return f"row {row.sequence} does not follow row {sequence}: one of them was put there later"
    return ""


def _places(row: AccessRow) -> Iterator[int]:
    """Find which number a row had when it was sealed."""
    here, newest = row.sequence, AccessRow.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    for place in range(1, max(newest or 0, here) + AT_ONCE):
        row.sequence = place
        if row.digest == digest_of(row):
            row.sequence = here
            yield place
    row.sequence = here


def _ends_wrong(found: Found) -> str:
    tail = AccessTail.objects.filter(pk=TAIL).first()
    if tail is None:
        return "the tail is gone" if found.sequence else ""
    if tail.sequence > found.sequence and not AccessRow.objects.filter(sequence__gt=found.sequence).exists():
        return f"the end was cut: row {found.sequence + 1} is missing"
    if tail.sequence == found.sequence and tail.digest != found.digest:
        return f"row {found.sequence} is not the one that was written last"
    return f"the tail stands at row {tail.sequence}, before the last row" if tail.sequence < found.sequence else ""


def _differs(found: Found, wanted: Mark | None, passed: dict[int, str], begin: AccessCheckpoint | None) -> str:
    if wanted is None:
        return f"{mark.place()} is gone or cannot be read" if found.sequence else ""
    if (begin.sequence if begin else 0) != wanted.folded or (begin and begin.digest != wanted.folded_digest):
        return f"the rows before row {(begin.sequence if begin else 0) + 1} were not folded by this house"
    if wanted.sequence > found.sequence:
        return f"the end was cut: row {found.sequence + 1} is missing"
    if passed.get(wanted.sequence, wanted.digest) != wanted.digest:
        return f"row {wanted.sequence} is not the one that was kept outside: the record was written anew"
    return ""


def _beyond(found: Found) -> str:
    """Wait a moment for the mark, which is written right after a row: who writes past the house never moves it."""
    until = clock.monotonic() + WAIT_SECONDS
    while (kept := mark.kept()) is not None and kept.sequence < found.sequence:
        if clock.monotonic() > until:
            return f"row {kept.sequence + 1} and what follows was not written by this house"
        time.sleep(0.05)
    return ""


def trust_anew() -> Found:
    """Keep the end as it is now as the mark, after a backup was restored. The record itself must hold."""
    begin = _checkpoint()
    newest = AccessRow.objects.order_by("-sequence").first()
    folded, folded_digest = (begin.sequence, begin.digest) if begin else (0, GENESIS)
    sequence, digest = (newest.sequence, newest.digest) if newest else (folded, folded_digest)
    mark.set_anew(Mark(sequence, digest, folded, folded_digest))
    return check()
