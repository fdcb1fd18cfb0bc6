"""How moods, sleep, tags and days are said on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from onharu.names import public as names
from onharu.records.journal.queries.days import ReportEntry

STEP_WORDS: dict[int, Promise] = {
    1: pgettext_lazy("mood", "아주 나쁨"),
    2: pgettext_lazy("mood", "나쁨"),
    3: pgettext_lazy("mood", "보통"),
    4: pgettext_lazy("mood", "좋음"),
    5: pgettext_lazy("mood", "아주 좋음"),
}
RATING_WORDS: dict[int, Promise] = {
    1: gettext_lazy("많이 아쉬워요"),
    2: gettext_lazy("조금 아쉬워요"),
    3: gettext_lazy("그럭저럭이에요"),
    4: gettext_lazy("만족해요"),
    5: gettext_lazy("아주 만족해요"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One of five steps to choose from; a face goes with the word, never instead of it."""

    value: int
    word: str
    icon: str
    chosen: bool


def steps(chosen: int | None) -> list[Step]:
    """List the five steps from very bad to very good with the chosen one marked."""
    return [Step(value, str(word), f"mood-{value}", value == chosen) for value, word in STEP_WORDS.items()]


def step_word(value: int | None) -> str:
    """Name a step; nothing where there is no answer."""
    return "" if value is None else str(STEP_WORDS[value])


def rating_word(value: int | None) -> str:
    """Name a rating; nothing where there is none."""
    return "" if value is None else str(RATING_WORDS[value])


def hours_typed(hours: Decimal | None) -> str:
    """Write a time asleep the way it is typed: "7", "7.5", "7.25"."""
    if hours is None:
        return ""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def hours_words(hours: Decimal | None) -> str:
    """Say a time asleep: "7시간 30분"; nothing where it is unknown."""
    if hours is None:
        return ""
    whole, minutes = divmod(int(hours * 60), 60)
    if not minutes:
        return _("{hours}시간").format(hours=whole)
    return _("{hours}시간 {minutes}분").format(hours=whole, minutes=minutes)


def facts(report: ReportEntry) -> str:
    """Say a report's answers in one line: "기분 좋음 · 몸 상태 보통 · 잠 7시간"; what was not answered is left out."""
    said = []
    if report.mood is not None:
        said.append(_("기분 {word}").format(word=step_word(report.mood)))
    if report.condition is not None:
        said.append(_("몸 상태 {word}").format(word=step_word(report.condition)))
    if report.sleep_hours is not None:
        said.append(_("잠 {hours}").format(hours=hours_words(report.sleep_hours)))
    return " · ".join(said)


def day_words(day: date) -> str:
    """Name a day of a list: "11월 20일"."""
    return _("{month}월 {day}일").format(month=day.month, day=day.day, date=day)


def first_line(text: str, most: int = 60) -> str:
    """Take the first line of a text, cut where it is long."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def deleted_words(tag: str) -> str:
    """Say that a tag is gone."""
    return _("{name_eul} 지웠어요.").format(name=tag, name_eul=names.with_particle(tag, "을/를"))


def neighbours(day: date) -> tuple[date, date]:
    """Name the day before and the day after."""
    return day - timedelta(days=1), day + timedelta(days=1)
