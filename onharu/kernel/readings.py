"""How far the reading of official tables from the wire has come: notes to go on by, reports, and whose turn it is.

A note and the page it tells of are written in one transaction, so a stop at any moment costs one page at most. Two
runs never disturb each other: whoever finds another row than it left gives up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from onharu.kernel import clock
from onharu.kernel.problems import Conflict
from onharu.kernel.sheets import Refused

# A table that is read on after so long has changed too much: it is read anew.
TOO_OLD = timedelta(days=3)
# What stands is replaced only by a table of which at least so much of what it announced could be read.
ENOUGH = 0.9
# A step ends after so many seconds, so that other work is not kept waiting.
STEP = 60.0
NEXT_STEP = timedelta(seconds=5)
# Nobody who works goes longer without a word than one page takes, failures and all.
DEAD_AFTER = timedelta(minutes=10)


class Reading(models.Model):
    """How far the reading of an official table from the wire has come, so that it goes on where it stopped."""

    table = models.CharField(max_length=40, primary_key=True)
    next_start = models.PositiveIntegerField(null=True, blank=True, help_text="rows before it; null: read to its end")
    total = models.PositiveIntegerField(default=0)
    arrived = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.table


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table. `start` is the row this run began at; `kept` says that too little came to replace.

    `gone` counts what stood and was not listed any more.
    """

    table: str
    start: int
    total: int
    arrived: int
    new: int
    changed: int
    same: int
    passed: int
    refused: tuple[Refused, ...]
    finished: bool
    kept: bool
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a refresh ended early, at which row of which table, and when to go on; `lasting` wants somebody to act."""

    table: str
    row: int
    reason: str
    lasting: bool
    go_on_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did, table by table; `paused` when its time was over before its tables."""

    kind: str
    tables: tuple[TableReport, ...]
    stopped: Stopped | None
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: the report of the kind it read, if any, and when to take the next one (None: not soon)."""

    report: RefreshReport | None = None
    go_on_at: datetime | None = None


# Refreshes one kind of official data, until a moment of `clock.monotonic`; tells a progress that it lives.
Refresher = Callable[..., RefreshReport]


class Notes:
    """The notes of a shelf's tables, each in the row of its table."""

    def __init__(self, rows: models.Manager[Any]) -> None:
        self._rows = rows

    def unfinished(self, tables: Collection[str], *, anew: bool, too_old: timedelta = TOO_OLD) -> set[str]:
        """Name the tables at which a run stopped lately; notes that are too old are forgotten, with `anew` all."""
        begun = self._rows.filter(table__in=tables)
        if anew:
            begun.delete()
        begun.filter(touched_at__lt=clock.now() - too_old).delete()
        return set(begun.filter(next_start__isnull=False).values_list("table", flat=True))

    def begin(self, table: str, *, resumes: bool = True) -> tuple[datetime, int]:
        """Find where to begin, and since when: where an unfinished reading stopped, or at the first row."""
        now = clock.now()
        begun, _ = self._rows.get_or_create(table=table, defaults={"next_start": 0, "begun_at": now, "touched_at": now})
        if begun.next_start and resumes:
            return begun.begun_at, begun.next_start
        return self.restart(table), 0

    def restart(self, table: str) -> datetime:
        """Begin a table at its first row; returns the instant."""
        now = clock.now()
        self._rows.filter(table=table).update(next_start=0, total=0, arrived=0, refused=0, begun_at=now, touched_at=now)
        return now

    def advance(
        self, table: str, begun_at: datetime, at: int, next_start: int, *, total: int, arrived: int, refused: int
    ) -> None:
        """Note a page that begins `at` a row, in the transaction that writes it.

        Raises Conflict when another run noted one meanwhile.
        """
        mine = self._rows.filter(table=table, next_start=at, begun_at=begun_at)
        if not mine.update(
            next_start=next_start,
            total=total,
            arrived=F("arrived") + arrived,
            refused=F("refused") + refused,
            touched_at=clock.now(),
        ):
            raise Conflict(
                "refresh_runs_elsewhere",
                f"다른 곳에서 같은 표({table})를 갱신하고 있어요. 그것이 끝난 뒤에 다시 하세요.",
                f"Another process refreshes the same table ({table}). Try again when it is done.",
            )

    def of(self, table: str) -> Reading:
        """Return a table's note."""
        note: Reading = self._rows.get(table=table)
        return note

    def finish(self, table: str) -> None:
        """Note that a table was read to its end."""
        self._rows.filter(table=table).update(next_start=None)


class Turn:
    """The right to refresh regularly, which one process has until it leaves or has said nothing for long.

    It stands as a note among the tables': `next_start` is the place of the kind to refresh next, null when all are
    done for this time; `begun_at` is when this time began.
    """

    def __init__(self, rows: models.Manager[Any], name: str) -> None:
        self._rows, self._name = rows, name

    def step(self, kinds: Sequence[Refresher], *, if_begun_before: datetime, seconds: float = STEP) -> Step:
        """Refresh for some seconds the kind whose place it is; nothing while nothing is due or another process does.

        Gives way to a command that is given meanwhile.
        """
        place = self.take(if_begun_before=if_begun_before)
        if place is None:
            return Step()
        try:
            report = kinds[place](progress=self.alive, until=clock.monotonic() + seconds)
        except Conflict:
            return Step()
        finally:
            self.leave()
        if report.stopped is not None:
            return Step(report, report.stopped.go_on_at)
        if report.paused or not self.done(place, of=kinds):
            return Step(report, clock.now() + NEXT_STEP)
        return Step(report)

    def take(self, *, if_begun_before: datetime) -> int | None:
        """Take the turn and return the place to refresh; None when another process has it or nothing is due.

        A new time begins when the last one is done and had begun at or before `if_begun_before`.
        """
        now = clock.now()
        mine = self._rows.filter(table=self._name)
        self._rows.get_or_create(
            table=self._name, defaults={"next_start": 0, "begun_at": now, "touched_at": now - DEAD_AFTER}
        )
        mine.filter(next_start__isnull=True, begun_at__lte=if_begun_before).update(next_start=0, begun_at=now)
        idle = Q(touched_at__lte=now - DEAD_AFTER)
        if not mine.filter(idle, next_start__isnull=False).update(touched_at=now):
            return None
        place: int | None = mine.values_list("next_start", flat=True).get()
        return place or 0

    def alive(self, _done: int = 0, _total: int | None = None) -> None:
        """Say that whoever has the turn works; may be given as a progress."""
        self._rows.filter(table=self._name).update(touched_at=clock.now())

    def leave(self) -> None:
        """Give the turn back."""
        self._rows.filter(table=self._name).update(touched_at=clock.now() - DEAD_AFTER)

    def done(self, place: int, *, of: Sequence[object]) -> bool:
        """Note that a place is done; returns whether it was the last one."""
        last = place + 1 == len(of)
        self._rows.filter(table=self._name).update(next_start=None if last else place + 1)
        return last


def stopped(table: str, at: int, *, reason: str, lasting: bool, retry_after: int | None) -> Stopped:
    """Say why and where a reading ended, before which row, and when to go on."""
    go_on_at = clock.now() + timedelta(seconds=retry_after) if retry_after else None
    return Stopped(table, at + 1, reason, lasting, go_on_at)


def too_little(note: Reading, *, standing: int = 0) -> bool:
    """Whether so little of a table could be read that it may not take away what stands, `standing` rows or some."""
    fit = note.arrived - note.refused
    return fit < ENOUGH * max(note.total, standing) or not fit
