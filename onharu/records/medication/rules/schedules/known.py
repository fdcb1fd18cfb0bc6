"""What the planner was told, sorted for asking: where rows stand, and the version whose doses are planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from onharu.records.medication.rules.schedules.days import Span, spans
from onharu.records.medication.rules.schedules.shapes import Answered, Facts, Version


@dataclass(frozen=True, slots=True)
class Line:
    """A version on the line of time: in force from `since`, and before `until` where another one follows it."""

    version: Version
    since: datetime
    until: datetime | None
    spans: tuple[Span, ...]

    @property
    def stem(self) -> str:
        """What the keys of its doses begin with."""
        return f"v{self.version.n}."

    @property
    def gap(self) -> timedelta | None:
        """How long its doses stay apart."""
        return self.version.schedule.limit.gap

    def amount_in(self, span: Span) -> Decimal:
        """Tell the amount of a dose of a phase."""
        return span.phase.amount or self.version.amount


@dataclass(frozen=True, slots=True)
class Known:
    """The facts, and where doses that have rows stand by their keys."""

    facts: Facts
    stand: Mapping[str, datetime]

    def rows_of(self, stem: str) -> list[tuple[datetime, Answered]]:
        """List the rows whose keys begin with `stem`, by when they were planned."""
        rows = ((row.planned_at, row) for row in self.facts.answered if row.key.startswith(stem))
        found = [(planned_at, row) for planned_at, row in rows if planned_at is not None]
        return sorted(found, key=lambda row: (row[0], row[1].key))

    def last_closing(self) -> datetime | None:
        """Tell when a dose of the regimen was last taken or skipped."""
        return max((closed for row in self.facts.answered if (closed := closing_of(row))), default=None)


def closing_of(row: Answered) -> datetime | None:
    """Tell when a dose was taken or skipped; None while it is open."""
    return row.taken_at or row.closed_at


def know(facts: Facts) -> Known:
    """Sort the facts for asking."""
    return Known(facts, {row.key: row.planned_at for row in facts.answered if row.planned_at is not None})


def lines_of(versions: Iterable[Version]) -> list[Line]:
    """Put versions one after the other; each is in force until the next one's `since`."""
    ordered: Sequence[Version] = sorted(versions, key=lambda version: version.n)
    ends = [version.since for version in ordered[1:]]
    for index in range(len(ends) - 2, -1, -1):
        ends[index] = min(ends[index], ends[index + 1])
    pairs = zip(ordered, [*ends, None], strict=True) if ordered else ()
    return [Line(version, version.since, until, spans(version)) for version, until in pairs]
