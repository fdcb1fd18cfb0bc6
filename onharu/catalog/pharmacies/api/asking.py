"""Reads a question for pharmacies; what cannot be answered is a problem in Korean and English that names the fields.

A position goes no further than into the answer: no message of a problem repeats what was sent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from onharu.catalog.pharmacies.public import Place
from onharu.kernel import clock
from onharu.kernel.problems import Invalid

Read = TypeVar("Read")
RADIUS, MOST_METRES = 2000, 20_000
LIMIT, MOST = 20, 100
FARTHEST = timedelta(days=370)
LONGEST_NUMBER, LONGEST_INSTANT, LONGEST_WORDS = 32, 40, 100
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
# An instant needs its time. A "+" that an address turned into a space is understood.
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+)(?:(Z)|([+ -])([0-9]{2}:?[0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field must be: for people in both languages, and short for `errors`."""

    ko: str
    en: str
    short: str


RULES: Mapping[str, Rule] = {
    "lat": Rule("lat(위도)은 -90부터 90까지의 수예요.", "lat is a number from -90 to 90.", "-90..90"),
    "lon": Rule("lon(경도)은 -180부터 180까지의 수예요.", "lon is a number from -180 to 180.", "-180..180"),
    "q": Rule(
        f"q는 동 이름이나 약국 이름 {LONGEST_WORDS}자까지예요.",
        f"q is the name of a 동 or a pharmacy, at most {LONGEST_WORDS} characters.",
        f"<= {LONGEST_WORDS} characters",
    ),
    "radius": Rule(
        f"radius는 1부터 {MOST_METRES:,}까지의 미터예요.",
        f"radius is whole metres from 1 to {MOST_METRES:,}.",
        f"1..{MOST_METRES}",
    ),
    "limit": Rule(f"limit은 1부터 {MOST}까지의 수예요.", f"limit is a number from 1 to {MOST}.", f"1..{MOST}"),
    "open_at": Rule(
        f"open_at은 now나 2026-11-22T21:30 같은 때예요. 오늘에서 {FARTHEST.days}일 안이에요.",
        f"open_at is now or an instant like 2026-11-22T21:30, within {FARTHEST.days} days of today.",
        "now | ISO 8601",
    ),
    "unknown": Rule("unknown은 include예요.", "unknown is include.", "include"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a place or words, how far and how many, and for which instant.

    `open_only`: those that are known to be open then; `with_unknown` keeps those of which nobody knows it.
    """

    at: datetime
    place: Place | None
    words: str
    radius: int
    limit: int
    open_only: bool
    with_unknown: bool


def question_of(said: Mapping[str, object], *, now: datetime) -> Question:
    """Read one question: `lat` and `lon`, or `q`. Raises Invalid that names everything that is wrong with it."""
    wrong: list[str] = []
    words = _read(said, "q", _words, wrong) or ""
    latitude = _read(said, "lat", _latitude, wrong)
    longitude = _read(said, "lon", _longitude, wrong)
    radius = _read(said, "radius", lambda value: _whole(value, MOST_METRES), wrong)
    limit = _read(said, "limit", lambda value: _whole(value, MOST), wrong)
    open_at = _read(said, "open_at", lambda value: _instant(value, now), wrong)
    unknown = _read(said, "unknown", lambda value: value == "include" or None, wrong)
    if not words:
        wrong += _unsaid(said, wrong)
    if wrong:
        raise _invalid(wrong)
    if words and (latitude is not None or longitude is not None):
        raise Invalid(
            "ask_one_way",
            "lat과 lon, 또는 q 가운데 한 가지로만 물어 주세요.",
            "Ask either by lat and lon, or by q.",
            errors={"q": ["not together with lat and lon"]},
        )
    return Question(
        at=open_at or now,
        place=None if latitude is None or longitude is None else Place(latitude, longitude),
        words=words,
        radius=radius or RADIUS,
        limit=limit or LIMIT,
        open_only=open_at is not None,
        with_unknown=unknown is not None,
    )


def place_of(said: Mapping[str, object]) -> Place:
    """Read a place alone, as the old addresses ask. Raises Invalid."""
    wrong: list[str] = []
    latitude = _read(said, "lat", _latitude, wrong)
    longitude = _read(said, "lon", _longitude, wrong)
    wrong += _unsaid(said, wrong)
    if latitude is None or longitude is None:
        raise _invalid(wrong)
    return Place(latitude, longitude)


def instant_of(said: Mapping[str, object], *, now: datetime) -> datetime:
    """Read for which instant, now when nothing is said. Raises Invalid."""
    wrong: list[str] = []
    at = _read(said, "open_at", lambda value: _instant(value, now), wrong)
    if wrong:
        raise _invalid(wrong)
    return at or now


def fields_of(body: object) -> Mapping[str, object]:
    """Take the fields of a body. Raises Invalid for one that has none, as a list."""
    if not isinstance(body, Mapping):
        raise Invalid("malformed", "요청 본문을 읽을 수 없어요.", "The request body cannot be read.")
    return body


def _read(
    said: Mapping[str, object], name: str, reader: Callable[[object], Read | None], wrong: list[str]
) -> Read | None:
    value = said.get(name)
    if value is None or value == "":
        return None
    found = reader(value)
    if found is None:
        wrong.append(name)
    return found


def _unsaid(said: Mapping[str, object], wrong: Iterable[str]) -> list[str]:
    return [name for name in ("lat", "lon") if name not in wrong and said.get(name) in (None, "")]


def _invalid(wrong: Iterable[str]) -> Invalid:
    names = sorted(wrong, key=list(RULES).index)
    return Invalid(
        f"{names[0]}_invalid",
        " ".join(RULES[name].ko for name in names),
        " ".join(RULES[name].en for name in names),
        errors={name: [RULES[name].short] for name in names},
    )


def _latitude(value: object) -> float | None:
    return _decimal(value, 90)


def _longitude(value: object) -> float | None:
    return _decimal(value, 180)


def _decimal(value: object, most: int) -> float | None:
    text = value.strip(" ") if isinstance(value, str) else str(_plain(value))
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) and abs(number) <= most else None


def _plain(value: object) -> float | None:
    """Take a number of a JSON body as it is; true and false are none, nor is what no float can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _whole(value: object, most: int) -> int | None:
    if isinstance(value, str):
        text = value.strip(" ")
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else 0
    else:
        said = _plain(value)
        number = int(said) if said is not None and math.isfinite(said) and said == int(said) else 0
    return number if 1 <= number <= most else None


def _words(value: object) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_WORDS:
        return None
    return " ".join(value.replace("\x00", "").split())


def _instant(value: object, now: datetime) -> datetime | None:
    if value == "now":
        return now
    found = _INSTANT.fullmatch(value.strip(" ")) if isinstance(value, str) and len(value) <= LONGEST_INSTANT else None
    if not found:
        return None
    local, utc, sign, offset = found.groups(default="")
    try:
        at = datetime.fromisoformat(local + utc + sign.replace(" ", "+") + offset)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=clock.zone(clock.DEFAULT_ZONE))
    return at if abs(at - now) <= FARTHEST else None
