"""Notes on a day or on that day's plan."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db import transaction

from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid
from onharu.kernel.spelling import text_spelling
from onharu.records.journal import rules
from onharu.records.journal.models import Feedback
from onharu.records.journal.ports import day_of_plan

PART = "journal"


class FeedbackRefused(Invalid):
    """A note that says nothing, or a rating nobody can give."""

    code = "feedback_invalid"
    ko = f"메모를 1~{rules.LONGEST_NOTE}자로 적거나 1~5점 중에서 골라 주세요."
    en = f"Write a note of 1 to {rules.LONGEST_NOTE} characters, or rate from 1 to 5."


class PlanOfAnotherDay(Invalid):
    """The plan stands on another day than the note."""

    code = "plan_of_another_day"
    ko = "그 운동 계획은 다른 날의 것이에요."
    en = "That plan belongs to another day."


class FeedbackSaid(TypedDict, total=False):
    """What of a note changes; what is left out stays."""

    body: str
    rating: int | None


@transaction.atomic
def write_feedback(
    *, owner_id: int, day: date | None = None, body: str = "", rating: int | None = None, plan_id: int | None = None
) -> Feedback:
    """Write a note on a day, or on a plan and the plan's day. Raises FeedbackRefused, PlanUnknown, PlanOfAnotherDay."""
    if plan_id is not None:
        planned = day_of_plan(owner_id, plan_id)
        if day not in (None, planned):
            raise PlanOfAnotherDay(errors={"plan": [planned.isoformat()]})
        day = planned
    if day is None:
        raise FeedbackRefused("feedback_without_day", "날짜나 운동 계획을 알려 주세요.", "Name a date or a plan.")
    at = clock.now()
    note = Feedback(owner_id=owner_id, day=day, plan_id=plan_id, created_at=at, changed_at=at)
    _put(note, {"body": body, "rating": rating})
    note.save()
    touch(owner_id, day, part=PART)
    return note


@transaction.atomic
def change_feedback(*, owner_id: int, feedback_id: int, said: FeedbackSaid) -> Feedback:
    """Correct a note. Saying it twice changes nothing."""
    note: Feedback = Feedback.objects.alive().select_for_update().one_of(owner_id, feedback_id)
    before = note.body, note.rating
    _put(note, said)
    if (note.body, note.rating) != before:
        note.changed_at = clock.now()
        note.save()
        touch(owner_id, note.day, part=PART)
    return note


def _put(note: Feedback, said: FeedbackSaid) -> None:
    if "body" in said:
        note.body = text_spelling(said["body"])
    if "rating" in said:
        note.rating = said["rating"]
    rated = note.rating is not None
    if len(note.body) > rules.LONGEST_NOTE or not (note.body or rated):
        raise FeedbackRefused(errors={"body": [f"1–{rules.LONGEST_NOTE}"]})
    if note.rating is not None and not rules.in_steps(note.rating):
        raise FeedbackRefused(errors={"rating": [f"{rules.LEAST}–{rules.MOST}"]})


@transaction.atomic
def delete_feedback(*, owner_id: int, feedback_id: int) -> Feedback:
    """Delete a note; `restore_feedback` takes it back for a day. Saying it twice changes nothing."""
    note: Feedback = Feedback.objects.select_for_update().one_of(owner_id, feedback_id)
    if note.deleted_at is None:
        note.deleted_at = clock.now()
        note.save(update_fields=["deleted_at"])
        touch(owner_id, note.day, part=PART)
    return note


@transaction.atomic
def restore_feedback(*, owner_id: int, feedback_id: int) -> Feedback:
    """Take a deletion back."""
    note: Feedback = Feedback.objects.select_for_update().one_of(owner_id, feedback_id)
    if note.deleted_at is not None:
        note.deleted_at = None
        note.save(update_fields=["deleted_at"])
        touch(owner_id, note.day, part=PART)
    return note
