"""The door of the journal: values and ids, never models."""

from __future__ import annotations

from datetime import date

from onharu.records.journal.actions import feedbacks as _notes
from onharu.records.journal.actions import reports as _reports
from onharu.records.journal.actions.demo import Writer, seed_journal
from onharu.records.journal.actions.reports import ReportSaid
from onharu.records.journal.belongings import BELONGINGS
from onharu.records.journal.ports import PlanDays
from onharu.records.journal.ports import use as use_plan_days
from onharu.records.journal.queries.days import (
    FeedbackEntry,
    JournalDay,
    Milestones,
    Reached,
    ReportEntry,
    TagEntry,
    day_of,
    days_of,
    days_written,
    empty_day,
    feedback_entry,
    milestones,
    report_entry,
)
from onharu.records.journal.queries.wording import report_line, report_words

__all__ = [
    "BELONGINGS",
    "FeedbackEntry",
    "JournalDay",
    "Milestones",
    "PlanDays",
    "Reached",
    "ReportEntry",
    "ReportSaid",
    "TagEntry",
    "Writer",
    "day_of",
    "days_of",
    "days_written",
    "empty_day",
    "milestones",
    "report_line",
    "report_words",
    "seed_journal",
    "use_plan_days",
    "write_feedback",
    "write_report",
]


def write_report(*, owner_id: int, day: date, said: ReportSaid) -> ReportEntry:
    """Answer some questions about a day; the others stay. Saying it twice changes nothing."""
    return report_entry(_reports.amend_day(owner_id=owner_id, day=day, said=said))


def write_feedback(
    *, owner_id: int, day: date | None = None, body: str = "", rating: int | None = None, plan_id: int | None = None
) -> FeedbackEntry:
    """Write a note on a day or a plan, as `actions.feedbacks.write_feedback` does, and answer with its value."""
    note = _notes.write_feedback(owner_id=owner_id, day=day, body=body, rating=rating, plan_id=plan_id)
    return feedback_entry(note)
