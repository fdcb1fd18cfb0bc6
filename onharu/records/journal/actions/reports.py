"""Writing down how a day went: whole or answer by answer, gone and back. There is one report a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict

from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.spelling import text_spelling
from onharu.records.journal import rules
from onharu.records.journal.actions.tags import named, set_tags
from onharu.records.journal.models import DailyReport, DayTag

PART = "journal"


class ReportExists(Conflict):
    """The day has a report already; there is one a day. `errors["id"]` names it."""

    code = "report_exists"

    def __init__(self, report_id: int) -> None:
        super().__init__(
            ko=f"이날의 하루 기록이 이미 있어요 ({report_id}번). 그 기록을 고쳐 주세요.",
            en=f"This day already has a report ({report_id}). Change that one.",
            errors={"id": [str(report_id)]},
        )


class ReportRefused(Invalid):
    """An answer that none of the questions has; `errors` names the field."""

    code = "report_invalid"
    ko = "하루 기록에 적을 수 없는 값이 있어요."
    en = "The report has a value that no answer has."


class ReportSaid(TypedDict, total=False):
    """What of a report is said; what is left out stays. Tags: all of them, or only those that come and go."""

    mood: int | None
    condition: int | None
    sleep_hours: Decimal | None
    highlights: str
    challenges: str
    tags: Sequence[str]
    tags_added: Sequence[str]
    tags_removed: Sequence[int]


@transaction.atomic
def write_report(
    *,
    owner_id: int,
    day: date,
    mood: int | None = None,
    condition: int | None = None,
    sleep_hours: Decimal | None = None,
    highlights: str = "",
    challenges: str = "",
    tags: Sequence[str] = (),
) -> DailyReport:
    """Say the whole report of a day: what is left out is no answer. Saying it twice changes nothing."""
    said: ReportSaid = {
        "mood": mood,
        "condition": condition,
        "sleep_hours": sleep_hours,
        "highlights": highlights,
        "challenges": challenges,
        "tags": tags,
    }
    return amend_day(owner_id=owner_id, day=day, said=said)


@transaction.atomic
def start_report(*, owner_id: int, day: date, said: ReportSaid) -> DailyReport:
    """Write the first report of a day. Raises ReportExists, which names the one that is there."""
    report, made = _report_on(owner_id, day)
    if not made:
        raise ReportExists(report.pk)
    return _say(report, said, made=True)


@transaction.atomic
def amend_day(*, owner_id: int, day: date, said: ReportSaid) -> DailyReport:
    """Answer some questions about a day; the others stay. The last word on each question counts."""
    report, made = _report_on(owner_id, day)
    return _say(report, said, made=made)


@transaction.atomic
def change_report(*, owner_id: int, report_id: int, said: ReportSaid) -> DailyReport:
    """Correct some answers of a report; the others stay."""
    report: DailyReport = DailyReport.objects.alive().select_for_update().one_of(owner_id, report_id)
    return _say(report, said, made=False)


def _report_on(owner_id: int, day: date) -> tuple[DailyReport, bool]:
    """Lock the day's report, or make it; of two that make it at once, the second finds the first's."""
    here = DailyReport.objects.of(owner_id).alive().filter(day=day).select_for_update()
    if (found := here.first()) is not None:
        return found, False
    at = clock.now()
    try:
        with transaction.atomic():
            return DailyReport.objects.create(owner_id=owner_id, day=day, created_at=at, changed_at=at), True
    except IntegrityError:
        return here.get(), False


def _say(report: DailyReport, said: ReportSaid, *, made: bool) -> DailyReport:
    before = _answers(report)
    _put(report, said)
    tagged = _tag(report, said)
    if not (made or tagged or _answers(report) != before):
        return report
    report.changed_at = clock.now()
    report.save()
    touch(report.owner_id, report.day, part=PART)
    return report


def _answers(report: DailyReport) -> tuple[object, ...]:
    return report.mood, report.condition, report.sleep_quarters, report.highlights, report.challenges


def _put(report: DailyReport, said: ReportSaid) -> None:
    """Put the answers into the row. Raises ReportRefused, which names every field that cannot be."""
    errors = {**_put_steps(report, said), **_put_texts(report, said)}
    if "sleep_hours" in said:
        report.sleep_quarters = rules.quarters_of(said["sleep_hours"])
        if report.sleep_quarters is None and said["sleep_hours"] is not None:
            errors["sleep_hours"] = ["0–24, 0.25"]
    if errors:
        raise ReportRefused(errors=errors)


def _put_steps(report: DailyReport, said: ReportSaid) -> dict[str, list[str]]:
    report.mood, report.condition = said.get("mood", report.mood), said.get("condition", report.condition)
    steps = {"mood": report.mood, "condition": report.condition}
    wrong = [name for name, value in steps.items() if value is not None and not rules.in_steps(value)]
    return {name: [f"{rules.LEAST}–{rules.MOST}"] for name in wrong}


def _put_texts(report: DailyReport, said: ReportSaid) -> dict[str, list[str]]:
    report.highlights = text_spelling(said.get("highlights", report.highlights))
    report.challenges = text_spelling(said.get("challenges", report.challenges))
    texts = {"highlights": report.highlights, "challenges": report.challenges}
    return {name: [f"≤ {rules.LONGEST_TEXT}"] for name, text in texts.items() if len(text) > rules.LONGEST_TEXT}


def _tag(report: DailyReport, said: ReportSaid) -> bool:
    """Set the tags of a report; tells whether they changed."""
    if not {"tags", "tags_added", "tags_removed"} & said.keys():
        return False
    now = set(DayTag.objects.alive().filter(report=report).values_list("tag_id", flat=True))
    if "tags" in said:
        wanted = {tag.pk for tag in named(owner_id=report.owner_id, names=said["tags"])}
    else:
        added = named(owner_id=report.owner_id, names=said.get("tags_added", ()))
        wanted = (now - set(said.get("tags_removed", ()))) | {tag.pk for tag in added}
    return set_tags(report=report, now=now, wanted=wanted)


@transaction.atomic
def delete_report(*, owner_id: int, report_id: int) -> DailyReport:
    """Delete a report; `restore_report` takes it back for a day. Saying it twice changes nothing."""
    report: DailyReport = DailyReport.objects.select_for_update().one_of(owner_id, report_id)
    if report.deleted_at is None:
        report.deleted_at = clock.now()
        report.save(update_fields=["deleted_at"])
        touch(owner_id, report.day, part=PART)
    return report


@transaction.atomic
def restore_report(*, owner_id: int, report_id: int) -> DailyReport:
    """Take a deletion back. Raises ReportExists where the day was written anew in between."""
    report: DailyReport = DailyReport.objects.select_for_update().one_of(owner_id, report_id)
    if report.deleted_at is None:
        return report
    anew = DailyReport.objects.of(owner_id).alive().filter(day=report.day).first()
    if anew is not None:
        raise ReportExists(anew.pk)
    report.deleted_at = None
    try:
        with transaction.atomic():
            report.save(update_fields=["deleted_at"])
    except IntegrityError:
        raise ReportExists(DailyReport.objects.of(owner_id).alive().get(day=report.day).pk) from None
    touch(owner_id, report.day, part=PART)
    return report
