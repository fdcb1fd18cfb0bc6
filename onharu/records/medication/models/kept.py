"""What a person scrapped, their own tags, and what they lately looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.tags import NamedTag
from onharu.records.medication import rules

NINE_DIGITS = r"^[0-9]{9}$"


class Scrap(Owned):
    """A product of the shelf that somebody keeps, how it went with it, and a note. One living row a product."""

    class Category(models.TextChoices):
        FAVORITE = "FAVORITE", "자주 찾는 약"
        GOOD = "GOOD", "잘 맞았어요"
        BAD = "BAD", "안 맞았어요"

    item_seq = models.CharField(max_length=9)
    category = models.CharField(max_length=8, choices=Category)
    notes = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "item_seq"], condition=Q(deleted_at__isnull=True), name="one_scrap_a_product"
            ),
            models.CheckConstraint(condition=Q(item_seq__regex=NINE_DIGITS), name="scrap_seq_is_nine_digits"),
            models.CheckConstraint(condition=Q(category__in=["FAVORITE", "GOOD", "BAD"]), name="scrap_category_known"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("notes"), rules.LONGEST_NOTE), name="scrap_notes_bounded"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="scraps_of"),
            models.Index(fields=["deleted_at"], name="scrap_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class Tag(NamedTag):
    """A word of one's own for medicines. `spelling` is what tells two tags apart."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "spelling"], condition=Q(deleted_at__isnull=True), name="one_medicine_tag_a_spelling"
            ),
            models.CheckConstraint(condition=~Q(spelling=""), name="medicine_tag_says_something"),
        ]
        indexes = [
            models.Index(fields=["deleted_at"], name="medicine_tag_deleted", condition=Q(deleted_at__isnull=False))
        ]


class ScrapTag(Owned):
    """A tag on a scrap."""

    scrap = models.ForeignKey(Scrap, on_delete=models.CASCADE, related_name="links")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scrap", "tag"], name="tag_once_a_scrap")]


class Viewed(Owned):
    """That somebody looked at a product, and when last: one row a product, the newest 50 of a person."""

    item_seq = models.CharField(max_length=9)
    viewed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "item_seq"], name="one_view_a_product"),
            models.CheckConstraint(condition=Q(item_seq__regex=NINE_DIGITS), name="viewed_seq_is_nine_digits"),
        ]
        indexes = [
            models.Index(fields=["owner", "-viewed_at"], name="views_of"),
            models.Index(fields=["deleted_at"], name="view_deleted", condition=Q(deleted_at__isnull=False)),
        ]


class Understood(Owned):
    """That somebody read what this room is for and what it is not."""

    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="understood_once")]
