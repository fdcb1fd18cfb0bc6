"""Keeping medicines of the shelf: scrapped, corrected, gone and back. There is one scrap a product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from django.db import IntegrityError, transaction

from onharu.catalog.medicines import public as medicines
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid, Missing
from onharu.kernel.spelling import text_spelling
from onharu.records.medication import rules
from onharu.records.medication.actions.tags import set_tags
from onharu.records.medication.models import Scrap


class MedicineUnknown(Missing):
    """The number is not on the shelf."""

    code = "medicine_missing"
    ko = "이 품목번호의 약을 찾을 수 없어요."
    en = "There is no medicine with this number."


class ScrapExists(Conflict):
    """The medicine is scrapped already; there is one scrap a product. `errors["id"]` names it."""

    code = "scrap_exists"

    def __init__(self, scrap_id: int) -> None:
        super().__init__(
            ko=f"이미 담아 둔 약이에요 ({scrap_id}번). 그 기록을 고쳐 주세요.",
            en=f"This medicine is already scrapped ({scrap_id}). Change that one.",
            errors={"id": [str(scrap_id)]},
        )


class ScrapRefused(Invalid):
    """A category that is none, or a note that is too long."""

    code = "scrap_invalid"
    ko = f"분류는 FAVORITE, GOOD, BAD 중에서 고르고 메모는 {rules.LONGEST_NOTE:,}자까지 적어 주세요."
    en = f"Choose FAVORITE, GOOD or BAD, and write notes of at most {rules.LONGEST_NOTE:,} characters."


class TooManyScraps(Conflict):
    """More scraps than a person can keep."""

    code = "scraps_too_many"
    ko = f"약은 {rules.MOST_SCRAPS}개까지 담아 둘 수 있어요."
    en = f"At most {rules.MOST_SCRAPS} medicines can be scrapped."


class ScrapSaid(TypedDict, total=False):
    """What of a scrap is said; what is left out stays. `tags` are all of them, by name."""

    category: str
    notes: str
    tags: Sequence[str]


@transaction.atomic
def start_scrap(*, owner_id: int, item_seq: str, said: ScrapSaid) -> Scrap:
    """Scrap a medicine that is not scrapped yet. Raises ScrapExists, MedicineUnknown, ScrapRefused, TooManyScraps."""
    scrap, made = _scrap_of(owner_id, item_seq)
    if not made:
        raise ScrapExists(scrap.pk)
    return _say(scrap, said)


@transaction.atomic
def set_scrap(*, owner_id: int, item_seq: str, said: ScrapSaid) -> Scrap:
    """Have a scrap of a medicine that says this; what is left out stays. Saying it twice changes nothing."""
    scrap, _ = _scrap_of(owner_id, item_seq)
    return _say(scrap, said)


@transaction.atomic
def change_scrap(*, owner_id: int, scrap_id: int, said: ScrapSaid) -> Scrap:
    """Correct a scrap; what is left out stays."""
    scrap: Scrap = Scrap.objects.alive().select_for_update().one_of(owner_id, scrap_id)
    return _say(scrap, said)


def _scrap_of(owner_id: int, item_seq: str) -> tuple[Scrap, bool]:
    """Lock the scrap of a product, or make it; of two that make it at once, the second finds the first's."""
    mark = Scrap.mark_of(owner_id, item_seq)
    here = Scrap.objects.of(owner_id).alive().filter(product=mark).select_for_update()
    if (found := here.first()) is not None:
        return found, False
    if not rules.is_item_seq(item_seq) or item_seq not in medicines.brief_of([item_seq]):
        raise MedicineUnknown
    if Scrap.objects.of(owner_id).alive().count() >= rules.MOST_SCRAPS:
        raise TooManyScraps
    at = clock.now()
    category = Scrap.Category.FAVORITE
    fresh = Scrap(owner_id=owner_id, item_seq=item_seq, product=mark, category=category, created_at=at, changed_at=at)
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:
        return here.get(), False
    return fresh, True


def _say(scrap: Scrap, said: ScrapSaid) -> Scrap:
    before = scrap.category, scrap.notes
    scrap.category = said.get("category", scrap.category)
    scrap.notes = text_spelling(said.get("notes", scrap.notes))
    if scrap.category not in Scrap.Category.values:
        raise ScrapRefused(errors={"category": list(Scrap.Category.values)})
    if len(scrap.notes) > rules.LONGEST_NOTE:
        raise ScrapRefused(errors={"notes": [f"≤ {rules.LONGEST_NOTE}"]})
    tagged = "tags" in said and set_tags(scrap=scrap, names=said["tags"])
    if tagged or (scrap.category, scrap.notes) != before:
        scrap.changed_at = clock.now()
        scrap.save(update_fields=["category", "notes", "changed_at"])
    return scrap


@transaction.atomic
def delete_scrap(*, owner_id: int, scrap_id: int) -> Scrap:
    """Let a scrap go; `restore_scrap` takes it back for a day. Saying it twice changes nothing."""
    scrap: Scrap = Scrap.objects.select_for_update().one_of(owner_id, scrap_id)
    if scrap.deleted_at is None:
        scrap.deleted_at = clock.now()
        scrap.save(update_fields=["deleted_at"])
    return scrap


@transaction.atomic
def restore_scrap(*, owner_id: int, scrap_id: int) -> Scrap:
    """Take a deletion back, with note and tags. Raises ScrapExists where the medicine was scrapped anew in between."""
    scrap: Scrap = Scrap.objects.select_for_update().one_of(owner_id, scrap_id)
    if scrap.deleted_at is None:
        return scrap
    anew = Scrap.objects.of(owner_id).alive().filter(product=scrap.product)
    scrap.deleted_at = None
    try:
        with transaction.atomic():
            scrap.save(update_fields=["deleted_at"])
    except IntegrityError:
        raise ScrapExists(anew.get().pk) from None
    return scrap
