"""Brings the official directory of pharmacies from the wire onto the shelf, and goes on where it was stopped.

Each page and the note of how far the reading has come are written together, so a stop at any moment costs one page at
most. The whole directory is read; where it does not exist any more or comes short, the list completes it. Only a
reading that came nearly whole ends those that were not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from onharu.catalog.pharmacies.actions.storing import end_listing, store_pharmacies
from onharu.catalog.pharmacies.actions.tallies import Tally
from onharu.catalog.pharmacies.actions.wire_rows import wire_row
from onharu.catalog.pharmacies.models import Listing, Pharmacy, Refresh
from onharu.kernel import clock
from onharu.kernel.problems import Invalid
from onharu.kernel.readings import Notes, RefreshReport, Stopped, TableReport, stopped, too_little
from onharu.kernel.sheets import Progress
from onharu.kernel.sheets import Refused as RefusedRow
from onharu.upstream import pharmacy_directory
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.pharmacy_directory import DIRECTORY, LIST, Page

KIND = "pharmacies"
# What a table says that exists no more, as far as anybody here knows its path.
NO_SERVICE = "no_service"

_notes = Notes(Refresh.objects)


def refresh_pharmacies(
    *, progress: Progress | None = None, anew: bool = False, until: float | None = None
) -> RefreshReport:
    """Refresh the pharmacies of the country; until a moment of `clock.monotonic`, if one is given."""
    if not pharmacy_directory.may_be_asked():
        raise _nobody_to_ask()
    reports: list[TableReport] = []
    for table in _tables_left(anew=anew):
        reading = _Reading(table, progress, until)
        fault = reading.read()
        reports.append(reading.report())
        if fault is not None and (table == LIST or fault.reason != NO_SERVICE):
            return RefreshReport(KIND, tuple(reports), reading.stopped(fault))
        if reading.paused:
            return RefreshReport(KIND, tuple(reports), None, paused=True)
        if reading.finished:
            break
    return RefreshReport(KIND, tuple(reports), None)


def _tables_left(*, anew: bool) -> tuple[str, ...]:
    """Go on with the list where a run stopped in it lately; begin with the directory otherwise."""
    return (LIST,) if LIST in _notes.unfinished((DIRECTORY, LIST), anew=anew) else (DIRECTORY, LIST)


@dataclass
class _Reading:
    """One table on its way onto the shelf. `finished`: the shelf knows now which pharmacies there are."""

    table: str
    progress: Progress | None
    until: float | None = None
    tally: Tally = field(default_factory=Tally)
    finished: bool = False
    kept: bool = False
    paused: bool = False
    total: int = 0
    arrived: int = 0
    gone: int = 0

    def __post_init__(self) -> None:
        self.begun_at, self.start = _notes.begin(self.table)
        self.at = self.start

    def read(self) -> Unavailable | Refused | None:
        """Read page by page to the end, or until the time is over; returns the fault that ended it before."""
        try:
            for page in pharmacy_directory.pages(self.table, start=self.at):
                with transaction.atomic():
                    self._take(page)
                self.total, self.arrived = page.total, self.arrived + page.arrived
                if self.progress:
                    self.progress(min(page.start + page.arrived, page.total), page.total)
                if self.until is not None and clock.monotonic() >= self.until and page.next_start is not None:
                    self.paused = True
                    return None
        except (Unavailable, Refused) as fault:
            return fault
        return None

    def report(self) -> TableReport:
        """Say what became of the table so far."""
        tally = self.tally
        return TableReport(
            self.table, self.start, self.total, self.arrived, tally.new, tally.changed, tally.same, tally.passed,
            tuple(tally.refused), self.finished, self.kept, self.gone,
        )  # fmt: skip

    def stopped(self, fault: Unavailable | Refused) -> Stopped:
        """Say why and where the reading ended, and when to go on."""
        lasting = isinstance(fault, Refused)
        return stopped(self.table, self.at, reason=fault.reason, lasting=lasting, retry_after=fault.retry_after)

    def _take(self, page: Page) -> None:
        """Write a page, and where to go on; two runs of one table do not disturb each other."""
        next_start = self.at if page.next_start is None else page.next_start
        _notes.advance(
            self.table,
            self.begun_at,
            self.at,
            next_start,
            total=page.total,
            arrived=page.arrived,
            refused=len(page.refused),
        )
        now = clock.now()
        store_pharmacies([wire_row(fact, clock.local_day(now)) for fact in page.rows], tally=self.tally)
        _confirm(page, now)
        self.tally.refused += [RefusedRow(row.place, row.name, row.reason) for row in page.refused]
        self.at = next_start
        if page.next_start is None:
            self._finish()

    def _finish(self) -> None:
        """End those that were not listed, unless too little came; a directory that came short leaves it to the list."""
        note = _notes.of(self.table)
        _notes.finish(self.table)
        standing = Listing.objects.filter(kind="nmc", gone_on__isnull=True).count()
        little = too_little(note, standing=standing)
        if self.table == DIRECTORY and (little or note.arrived < note.total):
            return
        self.kept, self.finished = little, not little
        if self.finished:
            self.gone = end_listing("nmc", _since(note.begun_at), clock.local_day(clock.now()))
            _notes.finish(DIRECTORY)


def _since(begun_at: datetime) -> datetime:
    """Tell when the reading of the directory began that this table completes, or is."""
    first = Refresh.objects.filter(table=DIRECTORY, begun_at__lte=begun_at).values_list("begun_at", flat=True).first()
    return first or begun_at


def _confirm(page: Page, now: datetime) -> None:
    """Note that the wire said these pharmacies just now; one whose row is unfit is listed all the same."""
    Pharmacy.objects.filter(hpid__in=[fact.hpid for fact in page.rows]).update(refreshed_at=now)
    if unfit := {row.hpid for row in page.refused if row.hpid}:
        Listing.objects.filter(kind="nmc", key__in=unfit).update(seen_at=now)


def _nobody_to_ask() -> Invalid:
    lacks = pharmacy_directory.lacks()
    return Invalid(
        "nobody_to_ask",
        f"물어볼 곳이 없어요. 환경 변수 {lacks}에 data.go.kr 인증키를 넣거나, 받은 파일을 onharu import로 가져오세요.",
        f"There is nobody to ask: set {lacks} to a key of data.go.kr, or import files with onharu import.",
    )
