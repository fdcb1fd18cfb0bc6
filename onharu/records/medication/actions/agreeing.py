"""Consents that stand in this room: each share with family and each device that rings is agreed to on its own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from onharu.accounts.public import note_consent
from onharu.records.medication.models import PushSubscription, Share, ShareEvent

CAREGIVER, PUSH, ENDED = "caregiver", "push", "ended"


def agreed_to_share(share: Share, *, given: bool, how: str, at: datetime) -> None:
    """Record that a person lets somebody look, or does no longer."""
    note_consent(owner_id=share.owner_id, purpose=CAREGIVER, given=given, how=how, at=at, about=f"share:{share.pk}")


def agreed_to_ring(owner_id: int, device_id: int, *, given: bool, how: str, at: datetime) -> None:
    """Record that a person lets a device ring, or does no longer."""
    note_consent(owner_id=owner_id, purpose=PUSH, given=given, how=how, at=at, about=f"device:{device_id}")


class Shares:
    """Everybody whom a person lets look."""

    def standing(self, *, owner_id: int, at: datetime) -> int:
        """Count shares that hold and invitations that may still be taken up."""
        alive = Share.objects.of(owner_id).filter(revoked_at__isnull=True)
        return alive.filter(Q(viewer__isnull=False) | Q(expires_at__gt=at)).count()

    @transaction.atomic
    def end(self, *, owner_id: int, at: datetime) -> None:
        """End all of them; each viewer's next request finds nothing."""
        for share in Share.objects.of(owner_id).select_for_update().filter(revoked_at__isnull=True):
            share.revoked_at = at
            share.save(update_fields=["revoked_at"])
            what, day = ShareEvent.What.REVOKED, at.date()
            ShareEvent.objects.create(owner_id=owner_id, share=share, what=what, day=day, at=at)
            agreed_to_share(share, given=False, how=ENDED, at=at)


class Devices:
    """Every device that rings."""

    def standing(self, *, owner_id: int, at: datetime) -> int:
        """Count them."""
        return PushSubscription.objects.of(owner_id).count()

    @transaction.atomic
    def end(self, *, owner_id: int, at: datetime) -> None:
        """Take all of them off the list; buttons of notifications that they still show do nothing any more."""
        for device in PushSubscription.objects.of(owner_id).select_for_update():
            agreed_to_ring(owner_id, device.pk, given=False, how=ENDED, at=at)
            device.delete()
