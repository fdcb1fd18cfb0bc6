"""When a periodic job is owed: every so long, or at a time of the day in Seoul. Plain Python.

Each period has one beginning that everybody works out alike; it is the name of what is owed, so two that look at the
same time, or at different times of one period, owe one job.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from onharu.kernel import clock

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUNDAY = 0
FAR_BACK = 400  # days; the rarest line of a schedule is a day of a year


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a schedule as cron has them: what each part allows. Sunday is 0."""

    minutes: Collection[int]
    hours: Collection[int] = range(24)
    weekdays: Collection[int] = range(7)
    days: Collection[int] = range(1, 32)
    months: Collection[int] = range(1, 13)

    def latest(self, at: datetime, zone: tzinfo | None = None) -> datetime:
        """Find when the line was last due, up to and with `at`; UTC."""
        there = at.astimezone(zone or clock.zone(clock.DEFAULT_ZONE))
        for back in range(FAR_BACK):
            day = there.date() - timedelta(days=back)
            for one in self._times(day):
                instant = datetime.combine(day, one, tzinfo=there.tzinfo).astimezone(UTC)
                if instant <= at:
                    return instant
        raise ValueError("a line that is never due")

    def _allows(self, day: date) -> bool:
        return day.day in self.days and day.month in self.months and day.isoweekday() % 7 in self.weekdays

    def _times(self, day: date) -> Iterator[time]:
        """Go through what a day has, the latest first."""
        if self._allows(day):
            for hour in sorted(self.hours, reverse=True):
                yield from (time(hour, minute) for minute in sorted(self.minutes, reverse=True))


@dataclass(frozen=True, slots=True)
class Period:
    """Every so many minutes or hours of a day; or once a day or a week, at a time in Seoul."""

    every: timedelta
    at: time = time(0)

    def __post_init__(self) -> None:
        whole = self.every in {DAY, WEEK} or (self.every < DAY and not DAY % self.every)
        if not whole or self.every % timedelta(minutes=1) or (self.every < DAY and self.at != time(0)):
            raise ValueError(f"no schedule can say every {self.every} at {self.at}")

    def line(self) -> Line:
        """Say the period as a line of a schedule."""
        minutes = self.every // timedelta(minutes=1)
        if self.every >= DAY:
            return Line([self.at.minute], [self.at.hour], range(7) if self.every == DAY else [SUNDAY])
        if minutes < 60:
            return Line(range(0, 60, minutes))
        return Line([0], range(0, 24, minutes // 60))

    def words(self) -> dict[str, str]:
        """Say the period as cron writes it."""
        minutes = self.every // timedelta(minutes=1)
        if self.every >= DAY:
            weekday = "*" if self.every == DAY else str(SUNDAY)
            return {"minute": str(self.at.minute), "hour": str(self.at.hour), "day_of_week": weekday}
        if minutes < 60:
            return {"minute": _each(minutes), "hour": "*", "day_of_week": "*"}
        return {"minute": "0", "hour": _each(minutes // 60), "day_of_week": "*"}

    def began(self, at: datetime) -> datetime:
        """Find when the period that `at` lies in began; UTC. It is asked every second, so it is sums alone."""
        there = at.astimezone(clock.zone(clock.DEFAULT_ZONE))
        begin = datetime.combine(there.date(), self.at, tzinfo=there.tzinfo)
        if self.every < DAY:
            begin += (there - begin) // self.every * self.every
        elif begin > there:
            begin -= DAY
        if self.every == WEEK:
            begin -= timedelta(days=begin.isoweekday() % 7)
        return begin.astimezone(UTC)


def _each(number: int) -> str:
    return "*" if number == 1 else f"*/{number}"


def key_of(name: str, began: datetime) -> str:
    """Name what is owed in the period that began then."""
    return f"{name}@{began.astimezone(UTC):%Y%m%dT%H%MZ}"
