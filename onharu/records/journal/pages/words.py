"""How moods, sleep, tags and days are said on the pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onharu.names import public as names
from onharu.records.journal.queries.wording import STEP_WORDS

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


def rating_word(value: int | None) -> str:
    """Name a rating; nothing where there is none."""
    return "" if value is None else str(RATING_WORDS[value])


def hours_typed(hours: Decimal | None) -> str:
    """Write a time asleep the way it is typed: "7", "7.5", "7.25"."""
    if hours is None:
        return ""
    return f"{hours:.2f}".rstrip("0").rstrip(".")


def day_words(day: date) -> str:
    """Name a day of a list: "11월 20일"."""
    return _("{month}월 {day}일").format(month=day.month, day=day.day, date=day)


def deleted_words(tag: str) -> str:
    """Say that a tag is gone."""
    return _("{name_eul} 지웠어요.").format(name=tag, name_eul=names.with_particle(tag, "을/를"))


def neighbours(day: date) -> tuple[date, date]:
    """Name the day before and the day after."""
    return day - timedelta(days=1), day + timedelta(days=1)
