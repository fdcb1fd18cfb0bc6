"""What goes in and out: serializers without logic, and answers written from frozen entries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from rest_framework import serializers

from onharu.kernel.spelling import LONGEST_TAG
from onharu.records.journal import rules
from onharu.records.journal.queries.days import FeedbackEntry, ReportEntry


class StepField(serializers.IntegerField):
    """One of five steps, from 1 to 5; null is no answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=rules.LEAST,
            max_value=rules.MOST,
            allow_null=True,
            required=False,
            help_text="1 (very bad) to 5 (very good); null is no answer.",
            **kwargs,
        )


class SleepField(serializers.DecimalField):
    """Hours asleep in quarters of an hour, 0 to 24; written as a number, null is no answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=4,
            decimal_places=2,
            min_value=Decimal(0),
            max_value=Decimal(24),
            allow_null=True,
            required=False,
            coerce_to_string=False,
            help_text="Hours in steps of 0.25; null is no answer.",
            **kwargs,
        )

    def to_internal_value(self, data: Any) -> Decimal:
        """Read hours; anything between two quarters is refused."""
        hours: Decimal = super().to_internal_value(data)
        if rules.quarters_of(hours) is None:
            raise serializers.ValidationError("0.25 단위로 적어 주세요. / Use steps of 0.25.")
        return hours


class TagNamesField(serializers.ListField):
    """Names of tags; those that are new are made."""

    def __init__(self, **kwargs: Any) -> None:
        child = serializers.CharField(max_length=2 * LONGEST_TAG)
        super().__init__(child=child, max_length=rules.MOST_TAGS_OF_A_DAY, required=False, **kwargs)


class AnswersIn(serializers.Serializer[Any]):
    """The answers of a report. Said with PUT, what is left out is no answer; with PATCH, it stays."""

    mood = StepField()
    condition = StepField()
    sleep_hours = SleepField()
    highlights = serializers.CharField(max_length=rules.LONGEST_TEXT, required=False, allow_blank=True)
    challenges = serializers.CharField(max_length=rules.LONGEST_TEXT, required=False, allow_blank=True)
    tags = TagNamesField()


class ReportIn(AnswersIn):
    """The first report of a day; today when no date is given."""

    date = serializers.DateField(required=False)


class ReportOut(serializers.Serializer[Any]):
    """How a day went."""

    id = serializers.IntegerField()
    date = serializers.DateField()
    mood = StepField()
    condition = StepField()
    sleep_hours = SleepField()
    highlights = serializers.CharField()
    challenges = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    changed_at = serializers.DateTimeField()


class FeedbackIn(serializers.Serializer[Any]):
    """A note on a day, or on a plan and the plan's day; today when neither is named. Words or a rating, or both."""

    date = serializers.DateField(required=False)
    plan = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    body = serializers.CharField(max_length=rules.LONGEST_NOTE, default="", allow_blank=True)
    rating = StepField()


class FeedbackPatchIn(serializers.Serializer[Any]):
    """What of a note changes."""

    body = serializers.CharField(max_length=rules.LONGEST_NOTE, required=False, allow_blank=True)
    rating = StepField()


class FeedbackOut(serializers.Serializer[Any]):
    """A note."""

    id = serializers.IntegerField()
    date = serializers.DateField()
    plan = serializers.IntegerField(allow_null=True)
    body = serializers.CharField()
    rating = StepField()
    created_at = serializers.DateTimeField()


class TagIn(serializers.Serializer[Any]):
    """A tag by name."""

    name = serializers.CharField(max_length=2 * LONGEST_TAG)


class TagOut(serializers.Serializer[Any]):
    """A tag and on how many reports it stands."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    uses = serializers.IntegerField()


def report(entry: ReportEntry) -> dict[str, Any]:
    """Write a report (`ReportOut`)."""
    return {
        "id": entry.id,
        "date": entry.day,
        "mood": entry.mood,
        "condition": entry.condition,
        "sleep_hours": entry.sleep_hours,
        "highlights": entry.highlights,
        "challenges": entry.challenges,
        "tags": [tag.name for tag in entry.tags],
        "changed_at": localtime(entry.changed_at),
    }


def feedback(entry: FeedbackEntry) -> dict[str, Any]:
    """Write a note (`FeedbackOut`)."""
    return {
        "id": entry.id,
        "date": entry.day,
        "plan": entry.plan_id,
        "body": entry.body,
        "rating": entry.rating,
        "created_at": localtime(entry.created_at),
    }
