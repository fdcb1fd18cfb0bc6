"""Erasing anew after a backup was restored: by the list of the erased, which no backup of the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from onharu.kernel import access, clock
from onharu.rights.actions.erasing import erase_person
from onharu.rights.actions.tombstones import risen
from onharu.rights.models import Erasure


def erase_again(*, path: Path) -> Iterator[str]:
    """Erase whoever a restored backup brought back, now; tells the receipts. Saying it twice changes nothing."""
    for stone, user in list(risen(path)):
        at = clock.now()
        with transaction.atomic():
            Erasure.objects.filter(person=user.pk).exclude(pk=stone.receipt).delete()
            Erasure.objects.update_or_create(
                pk=stone.receipt,
                defaults={
                    "person": user.pk,
                    "mark": stone.mark,
                    "asked_by": Erasure.Asked.BACKUP,
                    "asked_at": at,
                    "due_at": at,
                    "begun_at": None,
                    "finished_at": None,
                    "removed": {},
                },
            )
            access.done(access.Kind.ERASE, whose=user.pk)
        erase_person(receipt=stone.receipt)
        yield stone.receipt
