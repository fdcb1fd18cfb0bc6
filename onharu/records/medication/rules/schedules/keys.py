"""How doses are named within their regimen, and what a name tells."""

from __future__ import annotations

import re
from datetime import date, datetime

from onharu.records.medication.rules.schedules.times import EPOCH, MINUTE

DATED_KEY = re.compile(r"v(\d{1,9})\.(\d{8})\.(\d{1,4})", re.ASCII)
COUNTED_KEY = re.compile(r"v(\d{1,9})\.k(?:(\d{1,3})\.)?(\d{1,9})", re.ASCII)
AFTER_TAKING_KEY = re.compile(r"v(\d{1,9})\.(?:start|t(\d{1,9}))", re.ASCII)
FOLLOWING_KEY = re.compile(r"v(\d{1,9})\.f\.(.{1,50})", re.ASCII)


def date_of_stamp(stamp: str) -> date:
    """Read the date of a key; ValueError where there is none such."""
    return date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:]))


def after_taking(stem: str, closed_at: datetime) -> str:
    """Name the dose that comes after a taking."""
    return f"{stem}t{(closed_at - EPOCH) // MINUTE}"


def counted(stem: str, number: int) -> str:
    """Say what the keys of the elapsed interval of a phase begin with."""
    return f"{stem}k" if number == 0 else f"{stem}k{number}."
