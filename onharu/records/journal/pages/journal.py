"""The journal's page: a day's report, its notes, and the days before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from onharu.accounts.public import Visit, signed_in, visit_of
from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.journal import rules
from onharu.records.journal.pages import answers, door, words
from onharu.records.journal.queries import days as asked
from onharu.records.journal.queries.days import FeedbackEntry, JournalDay, ReportEntry, TagEntry
from onharu.records.journal.queries.wording import hours_words, report_line, report_words

OFFERED_TAGS = 16
SOME_DAYS, A_PAGE = 5, 30


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the strip."""

    day: date
    url: str
    selected: bool
    is_today: bool
    marked: bool
    future: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag to put on the day or take off it."""

    id: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note as a row."""

    entry: FeedbackEntry
    rating: str


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day before, in one row."""

    day: date
    url: str
    mood: int | None
    facts: str
    line: str
    tags: tuple[str, ...]


def page_context(visit: Visit, day: date) -> dict[str, Any]:
    """Read a day of the journal, its week, the tags and the days before: five statements."""
    version = door.version_of(visit, day)
    monday = day - timedelta(days=day.weekday())
    week = asked.days_of(visit.person.id, monday, monday + timedelta(days=6))
    found = week.get(day) or asked.empty_day(day)
    before, after = words.neighbours(day)
    written = [one for one, of_day in week.items() if of_day.report and of_day.report.says_something]
    return {
        **report_context(visit, found, version, tags_by_id(visit)),
        "week": week_of(visit, day, written),
        "previous_url": door.journal_url(before),
        "next_url": door.journal_url(after) if day < visit.today else "",
        "today_url": "/journal/",
        "future": day > visit.today,
        "notes": notes_of(found),
        "note_key": uuid.uuid4().hex,
        "ratings": words.RATING_WORDS.items(),
        "past": past_days(visit, day, SOME_DAYS),
    }


def report_context(visit: Visit, found: JournalDay, version: int, known: Mapping[int, str]) -> dict[str, Any]:
    """Lay a day's report out for its form."""
    values = answers.shown_values(found.report)
    return {
        "day": found.day,
        "version": version,
        "is_today": found.day == visit.today,
        "report": found.report,
        "values": values,
        "moods": words.steps(values["mood"]),
        "conditions": words.steps(values["condition"]),
        "sleep": words.hours_typed(values["sleep"]),
        "sleep_words": hours_words(values["sleep"]),
        "chips": chips(values["tags"], known),
        "other_tags": list(known.values())[OFFERED_TAGS:],
        "tag_ids": ",".join(str(tag.id) for tag in values["tags"]),
        "errors": {},
        "longest": rules.LONGEST_TEXT,
        "longest_note": rules.LONGEST_NOTE,
        "longest_tag": LONGEST_TAG,
    }


def tags_by_id(visit: Visit) -> dict[int, str]:
    """Read the person's tags, the most used first."""
    return {tag.pk: tag.name for tag in asked.tags_of(visit.person.id)}


def chips(chosen: Iterable[TagEntry], known: Mapping[int, str]) -> list[Chip]:
    """Offer the most used tags and every one that is on the day."""
    on_day = {tag.id: tag.name for tag in chosen}
    offered = dict(list(known.items())[:OFFERED_TAGS]) | on_day
    return [Chip(id=tag, name=name, chosen=tag in on_day) for tag, name in offered.items()]


def notes_of(found: JournalDay) -> list[NoteShown]:
    """Show a day's notes."""
    return [NoteShown(entry=note, rating=words.rating_word(note.rating)) for note in found.feedbacks]


def week_of(visit: Visit, day: date, written: Iterable[date]) -> list[WeekDay]:
    """Lay out the week of a day, Monday first."""
    marked = set(written)
    monday = day - timedelta(days=day.weekday())
    return [
        WeekDay(one, door.journal_url(one), one == day, one == visit.today, one in marked, one > visit.today)
        for one in (monday + timedelta(days=ahead) for ahead in range(7))
    ]


def past_days(visit: Visit, before: date, most: int) -> list[PastDay]:
    """List the latest days before a day whose report says something; two statements."""
    rows = asked.written_of(visit.person.id).filter(day__lt=before)[:most]
    return [past_day(asked.report_entry(row)) for row in rows]


def past_day(report: ReportEntry) -> PastDay:
    """Show a report in one row."""
    return PastDay(
        day=report.day,
        url=door.journal_url(report.day),
        mood=report.mood,
        facts=report_words(report),
        line=report_line(report),
        tags=tuple(tag.name for tag in report.tags),
    )


@signed_in
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show a day of the journal."""
    visit = visit_of(request)
    return door.shown(request, visit, "journal/journal.html", page_context(visit, visit.day(request.GET.get("date"))))


@signed_in
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Show the days that something was written about, page by page into the past; `before` says where to go on."""
    visit = visit_of(request)
    before = visit.day(request.GET.get("before") or (visit.today + timedelta(days=1)).isoformat())
    found = past_days(visit, before, A_PAGE + 1)
    context = {
        "past": found[:A_PAGE],
        "next_before": found[A_PAGE - 1].day if len(found) > A_PAGE else None,
        "first_page": not request.GET.get("before"),
    }
    return door.shown(request, visit, "journal/past.html", context)
