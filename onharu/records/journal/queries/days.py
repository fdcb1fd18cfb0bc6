"""A day's report, notes and tags as a frozen value; which days say something; how far the writing came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, Prefetch, Q, QuerySet, Value, Window
from django.db.models.fields import CharField, DateTimeField, TextField
from django.db.models.functions import RowNumber

from onharu.kernel.owned import AliveQuerySet
from onharu.kernel.problems import Missing
from onharu.kernel.tags import most_used
from onharu.records.journal.models import DailyReport, DayTag, Feedback, Tag
from onharu.records.journal.rules import hours_of

MILESTONES = (1, 7, 14, 30, 50, 100, 200, 365)


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A tag of one's own."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """How a day went; mood and condition count from 1 (very bad) to 5, and None or "" is no answer."""

    id: int
    day: date
    mood: int | None
    condition: int | None
    sleep_hours: Decimal | None
    highlights: str
    challenges: str
    tags: tuple[TagEntry, ...]
    changed_at: datetime

    @property
    def says_something(self) -> bool:
        """Whether anything was answered, written or tagged."""
        answers = (self.mood, self.condition, self.sleep_hours)
        return any(one is not None for one in answers) or bool(self.highlights or self.challenges or self.tags)


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """A note on a day, or on that day's plan."""

    id: int
    day: date
    plan_id: int | None
    body: str
    rating: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class JournalDay:
    """What one person wrote about one day; `report` is None when there is none."""

    day: date
    report: ReportEntry | None
    feedbacks: tuple[FeedbackEntry, ...]

    @property
    def tags(self) -> tuple[TagEntry, ...]:
        """The tags of the day's report."""
        return self.report.tags if self.report else ()


@dataclass(frozen=True, slots=True)
class Reached:
    """The nth report, by day: which it is and which day it tells of."""

    nth: int
    report_id: int
    day: date


@dataclass(frozen=True, slots=True)
class Milestones:
    """How many reports say something, and the rows that reached each milestone, the first one first."""

    reports: int
    reached: tuple[Reached, ...]


_REPORT, _NOTE = "REPORT", "NOTE"
# A sealed text opens as one of its own column, so notes have a place of their own in the statement of a day.
BODY: Any = Feedback._meta.get_field("body")  # noqa: SLF001


def day_of(owner_id: int, day: date) -> JournalDay:
    """Read one day of the journal in one statement."""
    return days_of(owner_id, day, day).get(day) or empty_day(day)


def empty_day(day: date) -> JournalDay:
    """A day about which nothing was written."""
    return JournalDay(day=day, report=None, feedbacks=())


def days_of(owner_id: int, first: date, last: date) -> dict[date, JournalDay]:
    """Read the days from `first` to `last` that have a report or a note, in one statement."""
    reports: dict[date, list[dict[str, Any]]] = {}
    notes: dict[date, list[FeedbackEntry]] = {}
    for row in _report_rows(owner_id, first, last).union(_note_rows(owner_id, first, last), all=True):
        if row["kind_"] == _REPORT:
            reports.setdefault(row["day_"], []).append(row)
        else:
            notes.setdefault(row["day_"], []).append(_note(row))
    return {
        day: JournalDay(
            day=day,
            report=_report(reports[day]) if day in reports else None,
            feedbacks=tuple(sorted(notes.get(day, ()), key=lambda note: (note.created_at, note.id))),
        )
        for day in sorted({*reports, *notes})
    }


def _report_rows(owner_id: int, first: date, last: date) -> QuerySet[Any, dict[str, Any]]:
    """One row for each tag of a report, or one row."""
    return DailyReport.objects.of(owner_id).alive().filter(day__range=(first, last)).order_by().values(
        kind_=Value(_REPORT, output_field=CharField()), pk_=F("pk"), day_=F("day"), first_=F("mood"),
        second_=F("condition"), third_=F("sleep_quarters"), text_=F("highlights"), more_=F("challenges"),
        body_=Value("", output_field=BODY), at_=F("changed_at"),
        tag_=F("links__tag_id"), tag_name_=F("links__tag__name"),
        tag_gone_=F("links__tag__deleted_at"),
    )  # fmt: skip


def _note_rows(owner_id: int, first: date, last: date) -> QuerySet[Any, dict[str, Any]]:
    """The notes in the same columns, so that a whole day is one statement."""
    number = Value(None, output_field=IntegerField())
    words = Value("", output_field=TextField())
    return Feedback.objects.of(owner_id).alive().filter(day__range=(first, last)).order_by().values(
        kind_=Value(_NOTE, output_field=CharField()), pk_=F("pk"), day_=F("day"), first_=F("rating"),
        second_=number, third_=number, text_=words, more_=words,
        body_=F("body"), at_=F("created_at"), tag_=F("plan_id"), tag_name_=Value("", output_field=CharField()),
        tag_gone_=Value(None, output_field=DateTimeField()),
    )  # fmt: skip


def _report(rows: Sequence[dict[str, Any]]) -> ReportEntry:
    one = rows[0]
    tags = [
        TagEntry(row["tag_"], row["tag_name_"]) for row in rows if row["tag_"] is not None and row["tag_gone_"] is None
    ]
    return ReportEntry(
        id=one["pk_"],
        day=one["day_"],
        mood=one["first_"],
        condition=one["second_"],
        sleep_hours=hours_of(one["third_"]),
        highlights=one["text_"],
        challenges=one["more_"],
        tags=in_order(tags),
        changed_at=one["at_"],
    )


def _note(row: dict[str, Any]) -> FeedbackEntry:
    return FeedbackEntry(
        id=row["pk_"],
        day=row["day_"],
        plan_id=row["tag_"],
        body=row["body_"],
        rating=row["first_"],
        created_at=row["at_"],
    )


def in_order(tags: Iterable[TagEntry]) -> tuple[TagEntry, ...]:
    """Sort tags by name."""
    return tuple(sorted(tags, key=lambda tag: (tag.name.casefold(), tag.id)))


def reports_of(owner_id: int) -> QuerySet[DailyReport]:
    """This person's reports with their tags, the latest day first; two statements whatever their number."""
    return _with_tags(DailyReport.objects.of(owner_id).alive())


def written_of(owner_id: int) -> QuerySet[DailyReport]:
    """The reports that say something, with their tags, the latest day first; two statements."""
    return _with_tags(DailyReport.objects.of(owner_id).written())


def _with_tags(reports: QuerySet[DailyReport]) -> QuerySet[DailyReport]:
    links = DayTag.objects.alive().select_related("tag")
    return reports.order_by("-day", "-pk").prefetch_related(Prefetch("links", queryset=links, to_attr="alive_links"))


def report_on(owner_id: int, day: date) -> DailyReport:
    """Find a day's report. Raises Missing."""
    found = reports_of(owner_id).filter(day=day).first()
    if found is None:
        raise Missing
    return found


def report_entry(report: DailyReport) -> ReportEntry:
    """Freeze a report; its tags are those read by `reports_of`, else they are asked."""
    links = getattr(report, "alive_links", None)
    if links is None:
        links = DayTag.objects.alive().filter(report=report).select_related("tag")
    return ReportEntry(
        id=report.pk,
        day=report.day,
        mood=report.mood,
        condition=report.condition,
        sleep_hours=report.sleep_hours,
        highlights=report.highlights,
        challenges=report.challenges,
        tags=in_order(TagEntry(link.tag_id, link.tag.name) for link in links),
        changed_at=report.changed_at,
    )


def feedbacks_of(owner_id: int) -> QuerySet[Feedback]:
    """This person's notes, the latest day first."""
    return Feedback.objects.of(owner_id).alive().order_by("-day", "-created_at", "-pk")


def feedback_entry(note: Feedback) -> FeedbackEntry:
    """Freeze a note."""
    return FeedbackEntry(
        id=note.pk,
        day=note.day,
        plan_id=note.plan_id,
        body=note.body,
        rating=note.rating,
        created_at=note.created_at,
    )


def tags_of(owner_id: int) -> list[Any]:
    """This person's tags with the number of living reports they stand on (`uses`), the most used first."""
    return most_used(_counted(owner_id))


def tag_of(owner_id: int, tag_id: int) -> Any:
    """One of this person's tags with its `uses`. Raises Missing."""
    return _counted(owner_id).one_of(owner_id, tag_id)


def _counted(owner_id: int) -> AliveQuerySet:
    alive = Count("links", filter=Q(links__report__deleted_at__isnull=True))
    counted: AliveQuerySet = Tag.objects.of(owner_id).alive().annotate(uses=alive)
    return counted


def days_written(owner_id: int, first: date, last: date) -> frozenset[date]:
    """Name the days from `first` to `last` whose report says something; one statement."""
    written = DailyReport.objects.of(owner_id).written().filter(day__range=(first, last))
    return frozenset(written.values_list("day", flat=True))


def milestones(owner_id: int, counts: Sequence[int] = MILESTONES) -> Milestones:
    """Tell how many reports there are and which one was the 1st, 7th, 30th …, by day; one statement."""
    numbered = DailyReport.objects.of(owner_id).written().annotate(
        nth=Window(RowNumber(), order_by=["day", "pk"]), total=Window(Count("pk")),
    )  # fmt: skip
    rows = list(numbered.filter(nth__in={1, *counts}).order_by("nth").values_list("nth", "pk", "day", "total"))
    reached = tuple(Reached(nth, pk, day) for nth, pk, day, _ in rows if nth in counts)
    return Milestones(reports=rows[0][3] if rows else 0, reached=reached)
