"""Ready-made shares between two people, the way they come about: invited, taken up."""

from __future__ import annotations

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import shares
from onharu.records.medication.models import Share


def invited(owner, **said):
    """Invite somebody; answers with the invitation and its code."""
    owner.refresh_from_db()
    return shares.invite(person=person_of(owner), said=said, at=clock.now())


def share_with(owner, viewer, **said):
    """Have a viewer take an invitation up."""
    made = invited(owner, **said)
    shares.accept(viewer_id=viewer.pk, code=made.code, at=clock.now())
    return Share.objects.get(pk=made.share.pk)
