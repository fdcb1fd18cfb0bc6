"""Keeping doses apart: where clocks are put forward or a meal is early, a dose waits until the gap is kept.

The wait of one dose may push the next, so the plan counts on from before the stretch that is asked for: from two
beginnings, one with nothing before it and one with a dose long put off. Once both say the same, what lay further back
does not matter; where they do not meet, the count starts farther back, at the latest where the regimen began.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from onharu.records.medication.rules.schedules.keys import AFTER_TAKING_KEY
from onharu.records.medication.rules.schedules.known import Line
from onharu.records.medication.rules.schedules.shapes import Planned

FIRST_REACH = timedelta(days=6)
LONGEST_WAIT = timedelta(hours=36)
IN_ORDER = attrgetter("at", "key")
Nominal = Callable[[Line, datetime, datetime], list[Planned]]


@dataclass(frozen=True, slots=True)
class Apart:
    """What keeping apart needs: the versions, how to plan one of them, and which doses stay where they are."""

    lines: Sequence[Line]
    nominal: Nominal
    stand: Mapping[str, datetime]

    def between(self, since: datetime, until: datetime) -> list[Planned]:
        """Plan the doses from `since` on and before `until`, kept apart. In order."""
        begin, reach = self.lines[0].since, FIRST_REACH
        while since - reach > begin:
            from_here = since - reach
            stretch = self._stretch(from_here, until)
            low = self._counted(stretch, None, since, until)
            if low == self._counted(stretch, from_here + LONGEST_WAIT, since, until):
                return low
            reach *= 4
        return self._counted(self._stretch(begin, until), None, since, until)

    def _stretch(self, since: datetime, until: datetime) -> list[tuple[Line, list[Planned]]]:
        return [(line, self.nominal(line, since, until)) for line in self.lines]

    def _counted(
        self,
        stretch: list[tuple[Line, list[Planned]]],
        last: datetime | None,
        since: datetime,
        until: datetime,
    ) -> list[Planned]:
        """Put each dose off until the gap to the one before is kept; one that leaves its version's time is dropped."""
        found = []
        for line, doses in stretch:
            for dose in doses:
                at = dose.at
                if last is not None and line.gap is not None and not self._stays(dose):
                    at = max(at, last + line.gap)
                if line.until is not None and at >= line.until:
                    continue
                last = at if last is None else max(at, last)
                if since <= at < until:
                    found.append(dose if at == dose.at else replace(dose, at=at))
        return sorted(found, key=IN_ORDER)

    def _stays(self, dose: Planned) -> bool:
        """Tell whether a dose stays where it is: it has a row, or it is counted from a taking as it is."""
        return dose.key in self.stand or AFTER_TAKING_KEY.fullmatch(dose.key) is not None
