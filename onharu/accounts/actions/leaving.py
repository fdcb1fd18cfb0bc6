"""What an account notes of its person's leaving: until when it can be taken back, and that nobody comes in any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from onharu.accounts import principal
from onharu.accounts.models import Profile, SignIn, User
from onharu.kernel.problems import Missing


@transaction.atomic
def note_leaving(*, user_id: int, leaving_at: datetime | None) -> None:
    """Note when an account is to be erased, or that it is not. Whoever is signed in on it signs in anew."""
    if not Profile.objects.filter(pk=user_id).update(leaving_at=leaving_at):
        raise Missing
    if leaving_at is not None:
        SignIn.objects.filter(user_id=user_id).delete()
    transaction.on_commit(lambda: principal.forget(user_id))


@transaction.atomic
def shut(*, user_id: int) -> None:
    """Let nobody in on an account from now on; whoever is in is out. Saying it twice changes nothing."""
    User.objects.filter(pk=user_id).update(is_active=False)
    SignIn.objects.filter(user_id=user_id).delete()
    transaction.on_commit(lambda: principal.forget(user_id))


def remove(*, user_id: int) -> dict[str, int]:
    """Remove an account with whatever still hangs on it; counts what went. Saying it twice changes nothing."""
    gone = User.objects.filter(pk=user_id).delete()[1]
    principal.forget(user_id)
    return {name.lower(): number for name, number in gone.items()}
