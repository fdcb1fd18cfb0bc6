"""Reports of days, notes on them, and a person's own tags."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q

from onharu.kernel.owned import AliveQuerySet, Owned, OwnedQuerySet
from onharu.kernel.sealed import SealedTextField
from onharu.kernel.tags import NamedTag
from onharu.records.journal import rules


class ReportQuerySet(AliveQuerySet):
    """Reports of days."""

    def alive(self) -> ReportQuerySet:
        """Keep what was not deleted."""
        return self.filter(deleted_at__isnull=True)

    def written(self) -> ReportQuerySet:
        """Keep the reports that say something; one whose answers were all taken back says nothing."""
        tagged = DayTag.objects.alive().filter(report=OuterRef("pk"))
        said = Q(mood__isnull=False) | Q(condition__isnull=False) | Q(sleep_quarters__isnull=False)
        return self.alive().filter(said | ~Q(highlights="") | ~Q(challenges="") | Exists(tagged))


def _in_steps(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (rules.LEAST, rules.MOST)})


class DailyReport(Owned):
    """How one local day went. Every answer may be missing; a missing one is no answer, never the lowest."""

    day = models.DateField()
    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    condition = models.PositiveSmallIntegerField(null=True, blank=True)
    sleep_quarters = models.PositiveSmallIntegerField(null=True, blank=True)
    highlights = SealedTextField(max_length=rules.LONGEST_TEXT, blank=True, default="")
    challenges = SealedTextField(max_length=rules.LONGEST_TEXT, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day"], condition=Q(deleted_at__isnull=True), name="one_report_a_day"
            ),
            models.CheckConstraint(condition=_in_steps("mood"), name="report_mood_in_steps"),
            models.CheckConstraint(condition=_in_steps("condition"), name="report_condition_in_steps"),
            models.CheckConstraint(
                condition=Q(sleep_quarters__isnull=True) | Q(sleep_quarters__lte=rules.QUARTERS_A_DAY),
                name="report_sleep_within_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "day"], name="report_of_day"),
            models.Index(fields=["deleted_at"], name="report_deleted", condition=Q(deleted_at__isnull=False)),
        ]

    @property
    def sleep_hours(self) -> Decimal | None:
        """How long this person slept, in hours; None when nothing was said."""
        return rules.hours_of(self.sleep_quarters)


class Tag(NamedTag):
    """A word of one's own for days. `spelling` is what tells two tags apart."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "spelling"], condition=Q(deleted_at__isnull=True), name="one_tag_a_spelling"
            ),
            models.CheckConstraint(condition=~Q(spelling=""), name="tag_says_something"),
        ]
        indexes = [models.Index(fields=["deleted_at"], name="tag_deleted", condition=Q(deleted_at__isnull=False))]


class LinkQuerySet(OwnedQuerySet):
    """Tags on reports."""

    def alive(self) -> LinkQuerySet:
        """Keep the tags that were not deleted."""
        return self.filter(tag__deleted_at__isnull=True)


class DayTag(Owned):
    """A tag on a report."""

    report = models.ForeignKey(DailyReport, on_delete=models.CASCADE, related_name="links")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="links")

    objects = LinkQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "tag"], name="tag_once_a_report")]


class Feedback(Owned):
    """A note on a day, or on that day's plan. `plan_id` is a number of another room, checked when it is written."""

    day = models.DateField()
    plan_id = models.BigIntegerField(null=True, blank=True)
    body = SealedTextField(max_length=rules.LONGEST_NOTE, blank=True, default="")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_in_steps("rating"), name="feedback_rating_in_steps"),
            models.CheckConstraint(condition=~Q(body="") | Q(rating__isnull=False), name="feedback_says_something"),
        ]
        indexes = [
            models.Index(fields=["owner", "day"], name="feedback_of_day"),
            models.Index(fields=["owner", "plan_id"], name="feedback_of_plan", condition=Q(plan_id__isnull=False)),
            models.Index(fields=["deleted_at"], name="feedback_deleted", condition=Q(deleted_at__isnull=False)),
        ]
