"""What a person scrapped, their own tags, and what they lately looked at."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from onharu.kernel.owned import AliveQuerySet, Owned
from onharu.kernel.sealed import SealedTextField
from onharu.kernel.sealing import blind
from onharu.kernel.tags import NamedTag
from onharu.records.medication import rules


class OfProduct(Owned):
    """A row about a product of the shelf. `product` is the blind index of its number, by which it is found."""

    item_seq = SealedTextField(max_length=9, validators=[RegexValidator(rules.NINE_DIGITS)])
    product = models.CharField(max_length=32, default="")

    class Meta:
        abstract = True

    @classmethod
    def mark_of(cls, owner_id: int, item_seq: str) -> str:
        """Make what `product` holds for this person's row about a product."""
        return blind(f"{cls._meta.db_table}.item_seq", owner_id, item_seq)


class Scrap(OfProduct):
    """A product of the shelf that somebody keeps, how it went with it, and a note. One living row a product."""

    class Category(models.TextChoices):
        FAVORITE = "FAVORITE", "자주 찾는 약"
        GOOD = "GOOD", "잘 맞았어요"
        BAD = "BAD", "안 맞았어요"

    category = models.CharField(max_length=8, choices=Category)
    notes = SealedTextField(max_length=rules.LONGEST_NOTE, blank=True, default="")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "product"], condition=Q(deleted_at__isnull=True), name="one_scrap_a_product"
            ),
            models.CheckConstraint(condition=~Q(product=""), name="scrap_is_of_a_product"),
            models.CheckConstraint(condition=Q(category__in=["FAVORITE", "GOOD", "BAD"]), name="scrap_category_known"),
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


class Viewed(OfProduct):
    """That somebody looked at a product, and when last: one row a product, the newest 50 of a person."""

    viewed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = AliveQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "product"], name="one_view_a_product"),
            models.CheckConstraint(condition=~Q(product=""), name="view_is_of_a_product"),
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
