"""Scraps, tags and what was looked at, as frozen values together with what the shelf says of each product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from onharu.catalog.medicines import public as medicines
from onharu.catalog.medicines.public import BriefFacts
from onharu.kernel.owned import AliveQuerySet
from onharu.kernel.tags import most_used
from onharu.records.medication.models import Scrap, ScrapTag, Tag, Understood, Viewed

MINE = (Scrap.Category.FAVORITE, Scrap.Category.GOOD)


@dataclass(frozen=True, slots=True)
class TagEntry:
    """A tag of one's own."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ScrapEntry:
    """A scrap; `medicine` is None for a product that has left the shelf since."""

    id: int
    item_seq: str
    category: str
    notes: str
    tags: tuple[TagEntry, ...]
    created_at: datetime
    changed_at: datetime
    medicine: BriefFacts | None


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A product that somebody looked at, and when last."""

    item_seq: str
    viewed_at: datetime
    medicine: BriefFacts


class ScrapList:
    """A person's scraps, the newest first; a slice of it costs two statements whatever its length."""

    def __init__(self, owner_id: int, *, category: str = "", tag: int | None = None) -> None:
        self.owner_id = owner_id
        rows = Scrap.objects.of(owner_id).alive()
        if category:
            rows = rows.filter(category=category)
        if tag is not None:
            tagged = ScrapTag.objects.of(owner_id).filter(scrap=OuterRef("pk"), tag=tag, tag__deleted_at__isnull=True)
            rows = rows.filter(Exists(tagged))
        self._rows: QuerySet[Scrap] = rows.order_by("-created_at", "-pk")

    def count(self) -> int:
        """Count them."""
        return self._rows.count()

    @overload
    def __getitem__(self, which: slice) -> list[ScrapEntry]: ...
    @overload
    def __getitem__(self, which: int) -> ScrapEntry: ...
    def __getitem__(self, which: slice | int) -> list[ScrapEntry] | ScrapEntry:
        """Read some of them with tags and medicines."""
        if isinstance(which, int):
            return self[which : which + 1][0]
        return _entries(self.owner_id, self._rows.values("pk")[which])


def _entries(owner_id: int, wanted: Any) -> list[ScrapEntry]:
    """Read scraps and their tags in one statement, and their medicines in a second."""
    columns = ("pk", "item_seq", "category", "notes", "created_at", "changed_at")
    joined = ("links__tag_id", "links__tag__name", "links__tag__deleted_at")
    rows = Scrap.objects.of(owner_id).filter(pk__in=wanted).order_by("-created_at", "-pk")
    found: dict[tuple[Any, ...], list[TagEntry]] = {}
    for *own, tag, name, gone in rows.values_list(*columns, *joined):
        tags = found.setdefault(tuple(own), [])
        if tag is not None and gone is None:
            tags.append(TagEntry(tag, name))
    known = medicines.brief_of([own[1] for own in found]) if found else {}
    return [
        ScrapEntry(pk, item_seq, category, notes, in_order(tags), created_at, changed_at, known.get(item_seq))
        for (pk, item_seq, category, notes, created_at, changed_at), tags in found.items()
    ]


def in_order(tags: Iterable[TagEntry]) -> tuple[TagEntry, ...]:
    """Sort tags by name."""
    return tuple(sorted(tags, key=lambda tag: (tag.name, tag.id)))


def scrap_entry(scrap: Scrap) -> ScrapEntry:
    """Freeze a scrap as it is now; two statements."""
    (entry,) = _entries(scrap.owner_id, [scrap.pk])
    return entry


def scrap_of(owner_id: int, item_seq: str) -> ScrapEntry | None:
    """Find a person's living scrap of a product; two statements, one when there is none."""
    found = _entries(owner_id, list(_alive_pks(owner_id, item_seq)))
    return found[0] if found else None


def _alive_pks(owner_id: int, item_seq: str) -> Iterable[int]:
    mark = Scrap.mark_of(owner_id, item_seq)
    return Scrap.objects.of(owner_id).alive().filter(product=mark).values_list("pk", flat=True)


def categories_of(owner_id: int, item_seqs: Sequence[str]) -> dict[str, str]:
    """Tell which of these products a person scrapped, and as what; one statement."""
    marks = [Scrap.mark_of(owner_id, item_seq) for item_seq in item_seqs]
    rows = Scrap.objects.of(owner_id).alive().filter(product__in=marks)
    return dict(rows.values_list("item_seq", "category"))


def liked_of(owner_id: int) -> tuple[str, ...]:
    """List the products that somebody scrapped as FAVORITE or GOOD, the newest first; one statement."""
    rows = Scrap.objects.of(owner_id).alive().filter(category__in=MINE).order_by("-created_at", "-pk")
    return tuple(rows.values_list("item_seq", flat=True))


def tags_of(owner_id: int) -> list[Any]:
    """This person's tags with the number of living scraps they stand on (`uses`), the most used first."""
    return most_used(_counted(owner_id))


def tag_of(owner_id: int, tag_id: int) -> Any:
    """One of this person's tags with its `uses`. Raises Missing."""
    return _counted(owner_id).one_of(owner_id, tag_id)


def _counted(owner_id: int) -> AliveQuerySet:
    alive = Count("links", filter=Q(links__scrap__deleted_at__isnull=True))
    counted: AliveQuerySet = Tag.objects.of(owner_id).alive().annotate(uses=alive)
    return counted


def recent_of(owner_id: int, most: int) -> list[ViewEntry]:
    """List what a person lately looked at, the latest first; two statements."""
    rows = Viewed.objects.of(owner_id).alive().order_by("-viewed_at", "-pk")[:most]
    seen = dict(rows.values_list("item_seq", "viewed_at"))
    known = medicines.brief_of(seen) if seen else {}
    return [ViewEntry(item_seq, at, known[item_seq]) for item_seq, at in seen.items() if item_seq in known]


def has_understood(owner_id: int) -> bool:
    """Whether somebody read what this room is for; one statement."""
    return Understood.objects.of(owner_id).exists()
