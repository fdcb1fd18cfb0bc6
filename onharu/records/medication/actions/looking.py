"""What was looked at, and that the note before the first use was read."""

from __future__ import annotations

from django.db import transaction

from onharu.catalog.medicines import public as medicines
from onharu.kernel import clock
from onharu.records.medication import rules
from onharu.records.medication.actions.scraps import MedicineUnknown
from onharu.records.medication.models import Understood, Viewed


@transaction.atomic
def note_view(*, owner_id: int, item_seq: str) -> None:
    """Keep that a medicine was looked at now, one row a product, the newest 50. Raises MedicineUnknown."""
    if not rules.is_item_seq(item_seq) or item_seq not in medicines.brief_of([item_seq]):
        raise MedicineUnknown
    seen = {"item_seq": item_seq, "viewed_at": clock.now(), "deleted_at": None}
    mark = Viewed.mark_of(owner_id, item_seq)
    Viewed.objects.update_or_create(owner_id=owner_id, product=mark, defaults=seen)
    mine = Viewed.objects.of(owner_id).alive().order_by("-viewed_at", "-pk")
    Viewed.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[rules.KEPT_VIEWS :])).delete()


@transaction.atomic
def forget_views(*, owner_id: int) -> int:
    """Forget everything that was looked at; `restore_views` takes that back for a day. Returns how many."""
    return Viewed.objects.of(owner_id).alive().update(deleted_at=clock.now())


@transaction.atomic
def restore_views(*, owner_id: int) -> int:
    """Take the forgetting back. Returns how many came back."""
    return Viewed.objects.of(owner_id).filter(deleted_at__isnull=False).update(deleted_at=None)


@transaction.atomic
def understand(*, owner_id: int) -> None:
    """Keep that the note was read. Saying it twice changes nothing."""
    Understood.objects.get_or_create(owner_id=owner_id, defaults={"at": clock.now()})
