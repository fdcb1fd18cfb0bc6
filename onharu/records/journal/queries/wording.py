"""How answers of a report are said: steps by words, sleep in hours and minutes, a report in one line."""

from __future__ import annotations

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from onharu.records.journal.queries.days import ReportEntry

STEP_WORDS: dict[int, Promise] = {
    1: pgettext_lazy("mood", "아주 나쁨"),
    2: pgettext_lazy("mood", "나쁨"),
    3: pgettext_lazy("mood", "보통"),
    4: pgettext_lazy("mood", "좋음"),
    5: pgettext_lazy("mood", "아주 좋음"),
}


def step_word(value: int | None) -> str:
    """Name a step; nothing where there is no answer."""
    return "" if value is None else str(STEP_WORDS[value])


def hours_words(hours: Decimal | None) -> str:
    """Say a time asleep: "7시간 30분"; nothing where it is unknown."""
    if hours is None:
        return ""
    whole, minutes = divmod(int(hours * 60), 60)
    if not minutes:
        return _("{hours}시간").format(hours=whole)
    return _("{hours}시간 {minutes}분").format(hours=whole, minutes=minutes)


def report_words(report: ReportEntry) -> str:
    """Say a report's answers in one line: "기분 좋음 · 몸 상태 보통 · 잠 7시간"; what was not answered is left out."""
    said = []
    if report.mood is not None:
        said.append(_("기분 {word}").format(word=step_word(report.mood)))
    if report.condition is not None:
        said.append(_("몸 상태 {word}").format(word=step_word(report.condition)))
    if report.sleep_hours is not None:
        said.append(_("잠 {hours}").format(hours=hours_words(report.sleep_hours)))
    return " · ".join(said)


def first_line(text: str, most: int = 60) -> str:
    """Take the first line of a text, cut where it is long."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def report_line(report: ReportEntry) -> str:
    """Take the first line of what was good, else of what was hard."""
    return first_line(report.highlights or report.challenges)
