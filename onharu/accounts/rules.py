"""What a name, a body and a device may be, and how old somebody is. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import available_timezones

from onharu.kernel import clock

SHORTEST_USERNAME = 3
LONGEST_USERNAME = 30
LONGEST_PASSWORD = 128  # a longer one would only be a way to keep the hash function busy
LONGEST_NICKNAME = 40
FIRST_BIRTH_YEAR = 1900
LAST_DAY_START = 6

# Lower-case letters, whole Hangul syllables, digits, and . _ - inside. No @: a name must never look like an address.
USERNAME = re.compile(r"\A[0-9a-z가-힣][0-9a-z가-힣._-]{2,29}\Z")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

RANGES: dict[str, tuple[Decimal, Decimal]] = {
    "height_cm": (Decimal(50), Decimal(260)),
    "weight_kg": (Decimal(2), Decimal(400)),
}


@dataclass(frozen=True, slots=True)
class Person:
    """The facts of a person that targets, days and words depend on; an unknown fact is None."""

    id: int
    nickname: str
    sex: str | None
    birth_year: int | None
    height_cm: Decimal | None
    weight_kg: Decimal | None
    activity: str
    zone: str
    day_start_hour: int
    language: str
    version: int
    photos_may_leave: bool = False
    words_may_leave: bool = False
    place_may_leave: bool = False
    maternity: str | None = None
    hide_numbers: bool = False
    may_keep_health: bool = True

    def age_on(self, day: date) -> int | None:
        """Count the years reached in the calendar year of `day`; None when the birth year is unknown."""
        return None if self.birth_year is None else max(0, day.year - self.birth_year)

    def day_at(self, at: datetime) -> date:
        """Name the local day an instant belongs to for this person."""
        return clock.local_day(at, self.zone, self.day_start_hour)

    def instant_of(self, day: date, at: time) -> datetime:
        """Place a wall-clock time on a day of this person."""
        return clock.instant_of(day, at, self.zone, self.day_start_hour)


def username_spelling(text: str) -> str:
    """Spell a sign-in name the one way it is stored: NFKC (so NFD Hangul and full-width letters fold), lower case."""
    return unicodedata.normalize("NFKC", text.strip()).lower()


def email_spelling(text: str | None) -> str | None:
    """Spell an e-mail address the one way it is stored: lower case; nothing is None."""
    return (text or "").strip().lower() or None


def nickname_spelling(text: str) -> str:
    """Spell a nickname: NFC, no control or direction marks, single spaces."""
    return " ".join(CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())


def is_username(text: str) -> bool:
    """Whether a spelling can be a sign-in name."""
    return USERNAME.fullmatch(text) is not None


def in_range(fact: str, value: Decimal) -> bool:
    """Whether a measure of a body is one that people have."""
    low, high = RANGES[fact]
    return low <= value <= high


def is_birth_year(year: int, today: date) -> bool:
    """Whether somebody who lives on `today` can be born in this year."""
    return FIRST_BIRTH_YEAR <= year <= today.year


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """List the time zones by IANA name."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Whale", "Whale"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Name a device in two words a person recognises ("Chrome · Android"); the full user agent is never kept."""
    found = [_first(user_agent, names) for names in (_BROWSERS, _SYSTEMS)]
    if not any(found):
        found = [re.split(r"[/ (]", nickname_spelling(user_agent), maxsplit=1)[0][:30]]
    return " · ".join(name for name in found if name)


def is_known_device(device: str) -> bool:
    """Whether a device was named in our own words only."""
    known = {shown for _mark, shown in (*_BROWSERS, *_SYSTEMS)}
    return bool(device) and set(device.split(" · ")) <= known


def _first(text: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((shown for mark, shown in names if mark in text), "")
