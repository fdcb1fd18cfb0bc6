"""The hours of a pharmacy: eight kinds of day, each with its intervals, or unknown."""

from __future__ import annotations

MONDAY, SUNDAY, HOLIDAY = 0, 6, 7
KINDS = 8
DAY_MINUTES = 24 * 60

# Minutes after the midnight with which the day begins: 0 <= opens < 1440, opens < closes <= opens + 1440.
# What closes after 1440 closes on the day after.
Interval = tuple[int, int]
# The intervals of one kind of day, in order, not touching; () where a source says that it is closed. None: not known.
Day = tuple[Interval, ...] | None
# Monday to Sunday, then public holidays.
Week = tuple[Day, Day, Day, Day, Day, Day, Day, Day]
UNKNOWN: Week = (None, None, None, None, None, None, None, None)
