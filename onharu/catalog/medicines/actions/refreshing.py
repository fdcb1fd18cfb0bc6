"""Brings official tables from the wire onto the shelf, page by page, and goes on where it was stopped.

Each page and the note of how far the reading has come are written together, so a stop at any moment (a quota, a
failure, a pulled plug) costs one page at most. Reading a table again changes only what changed there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from onharu.catalog.medicines.actions.indexing import changed, index_products
from onharu.catalog.medicines.actions.stages import Stage, stage_of
from onharu.catalog.medicines.actions.storing import Tally
from onharu.catalog.medicines.actions.summaries import summarise
from onharu.catalog.medicines.models import ON_PRODUCTS, Refresh
from onharu.kernel import clock
from onharu.kernel.problems import Invalid
from onharu.kernel.readings import Notes, RefreshReport, Stopped, TableReport, stopped, too_little
from onharu.kernel.sheets import Progress
from onharu.kernel.sheets import Refused as RefusedRow
from onharu.upstream import medicine_facts
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.medicine_facts import DUR_KINDS, LABELS, PERMITS, PILLS, SUBSTANCES, Page

TABLES = {
    "medicines": (LABELS, PERMITS, SUBSTANCES),
    "pills": (PILLS,),
    "contraindications": (
        *map(medicine_facts.notices, DUR_KINDS),
        *map(medicine_facts.product_notices, ON_PRODUCTS),
    ),
}
_notes = Notes(Refresh.objects)


def refresh_medicines(
    *, progress: Progress | None = None, anew: bool = False, until: float | None = None
) -> RefreshReport:
    """Refresh labels, permits and what products hold; until a moment of `clock.monotonic`, if one is given."""
    return _refreshed("medicines", progress, anew=anew, until=until)


def refresh_pills(*, progress: Progress | None = None, anew: bool = False, until: float | None = None) -> RefreshReport:
    """Refresh the looks of pills."""
    return _refreshed("pills", progress, anew=anew, until=until)


def refresh_contraindications(
    *, progress: Progress | None = None, anew: bool = False, until: float | None = None
) -> RefreshReport:
    """Refresh what DUR warns of, by substance and by product."""
    return _refreshed("contraindications", progress, anew=anew, until=until)


def _refreshed(kind: str, progress: Progress | None, *, anew: bool, until: float | None) -> RefreshReport:
    if not medicine_facts.may_be_asked():
        raise _nobody_to_ask()
    reports: list[TableReport] = []
    for table in _tables_left(TABLES[kind], anew=anew):
        reading = _Reading(table, progress, until)
        try:
            reading.read()
        except (Unavailable, Refused) as fault:
            return RefreshReport(kind, (*reports, reading.report()), reading.stopped(fault))
        reports.append(reading.report())
        if reading.paused:
            return RefreshReport(kind, tuple(reports), None, paused=True)
    return RefreshReport(kind, tuple(reports), None)


def _tables_left(tables: tuple[str, ...], *, anew: bool) -> tuple[str, ...]:
    """Begin with the table at which the last run stopped, if it stopped lately; with the first one otherwise."""
    unfinished = _notes.unfinished(tables, anew=anew)
    first = next((place for place, table in enumerate(tables) if table in unfinished), 0)
    return tables[first:]


@dataclass
class _Reading:
    """One table on its way onto the shelf."""

    table: str
    progress: Progress | None
    until: float | None = None
    tally: Tally = field(default_factory=Tally)
    finished: bool = False
    kept: bool = False
    paused: bool = False
    total: int = 0
    arrived: int = 0

    def __post_init__(self) -> None:
        self.stage: Stage = stage_of(self.table)
        self.begun_at, self.start = _notes.begin(self.table, resumes=self.stage.resumes)
        self.at = self.start
        parked = _parked.pop(self.table, None)
        if parked is not None and (parked.begun_at, parked.at) == (self.begun_at, self.at):
            self.stage, self.start = parked.stage, parked.start

    def read(self) -> None:
        """Read page by page to the end, or until the time is over; raises Unavailable or Refused."""
        for page in medicine_facts.pages(self.table, start=self.at):
            for row in page.refused:
                self.tally.refused.append(RefusedRow(row.place, row.name, row.reason))
            with transaction.atomic():
                self._take(page)
            self.total, self.arrived = page.total, self.arrived + page.arrived
            if self.progress:
                self.progress(min(page.start + page.arrived, page.total), page.total)
            if self._is_over(page):
                self.paused = True
                _parked[self.table] = self
                return

    def report(self) -> TableReport:
        """Say what became of the table so far."""
        tally = self.tally
        return TableReport(
            self.table, self.start, self.total, self.arrived, tally.new, tally.changed, tally.same, tally.passed,
            tuple(tally.refused), self.finished, self.kept,
        )  # fmt: skip

    def stopped(self, fault: Unavailable | Refused) -> Stopped:
        """Say why and where the reading ended, and when to go on."""
        lasting = isinstance(fault, Refused)
        return stopped(self.table, self.at, reason=fault.reason, lasting=lasting, retry_after=fault.retry_after)

    def _take(self, page: Page) -> None:
        """Write a page, and where to go on; two runs of one table do not disturb each other."""
        next_start = page.next_start if self.stage.resumes and page.next_start is not None else self.at
        _notes.advance(
            self.table,
            self.begun_at,
            self.at,
            next_start,
            total=page.total,
            arrived=page.arrived,
            refused=len(page.refused),
        )
        self.stage.take(page, self._on_its_own(page))
        summarise(self.tally.touched)
        self.at = next_start
        if page.next_start is None:
            self._finish()

    def _is_over(self, page: Page) -> bool:
        """Whether to go on another time; a table that cannot be gone on with is read to its end."""
        over = self.until is not None and clock.monotonic() >= self.until
        return over and self.stage.resumes and page.next_start is not None

    def _on_its_own(self, page: Page) -> Tally:
        """Return the counts; products that a page touched are indexed with it, not again with the next."""
        self.tally.touched.clear()
        return self.tally

    def _finish(self) -> None:
        """Do what all pages were needed for, unless too little came to take anything away for it."""
        row = _notes.of(self.table)
        if self.stage.replaces() and too_little(row):
            self.kept = True
            _notes.restart(self.table)
            return
        self.tally.touched.clear()
        self.stage.finish(self.tally, begun_at=row.begun_at, whole=self.start == 0 and row.arrived >= row.total)
        index_products(self.tally.touched)
        summarise(self.tally.touched)
        changed()
        _notes.finish(self.table)
        self.finished = True


# Tables that were paused in this process, with what their pages so far brought.
_parked: dict[str, _Reading] = {}


def forget_parked() -> None:
    """Forget what was paused here, as a new process would: it goes on, but takes nothing down. For tests."""
    _parked.clear()


def _nobody_to_ask() -> Invalid:
    lacks = medicine_facts.lacks()
    return Invalid(
        "nobody_to_ask",
        f"물어볼 곳이 없어요. 환경 변수 {lacks}에 data.go.kr 인증키를 넣거나, 받은 파일을 onharu import로 가져오세요.",
        f"There is nobody to ask: set {lacks} to a key of data.go.kr, or import files with onharu import.",
    )
