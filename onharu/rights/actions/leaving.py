"""Leaving: asked for at once or in a week, taken back within it, done by a job that begins anew where it fell."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from onharu.accounts.public import User, note_leaving, shut
from onharu.kernel import access, clock, jobs
from onharu.kernel.problems import Conflict
from onharu.rights.actions.tombstones import mark_of
from onharu.rights.models import Erasure

ERASE = "rights.erase"
REGRET = timedelta(days=7)


class ErasureBegun(Conflict):
    """The erasure has begun; what is gone does not come back."""

    code = "erasure_begun"
    ko = "이미 지우기 시작해서 되돌릴 수 없어요."
    en = "The erasure has begun and cannot be taken back."


@transaction.atomic
def leave(*, user_id: int, now: bool, asked_by: str = Erasure.Asked.SELF) -> Erasure:
    """Owe a person's erasure: at once, or after a week in which it can be taken back.

    Said again, the earlier of the two holds. Whoever is signed in on the account is signed out.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    at = clock.now()
    erasure = Erasure.objects.filter(person=user.pk).first()
    if erasure is None:
        erasure = Erasure(receipt=secrets.token_urlsafe(16), person=user.pk, mark=mark_of(user), asked_at=at)
        erasure.due_at = at if now else at + REGRET
    elif now:
        erasure.due_at = min(erasure.due_at, at)
    erasure.asked_by = asked_by
    erasure.save()
    _prepare(erasure, at)
    access.done(access.Kind.ERASE, whose=user.pk)
    return erasure


def _prepare(erasure: Erasure, at: datetime) -> None:
    assert erasure.person is not None  # noqa: S101 it was just asked for
    note_leaving(user_id=erasure.person, leaving_at=erasure.due_at)
    if erasure.due_at <= at:
        shut(user_id=erasure.person)
    key = f"{ERASE}:{erasure.receipt}:{clock.microseconds(erasure.due_at)}"
    jobs.enqueue(ERASE, key=key, run_at=erasure.due_at, receipt=erasure.receipt)


@transaction.atomic
def stay(*, user_id: int) -> None:
    """Take one's leaving back within the week. Saying it twice changes nothing. Raises ErasureBegun."""
    erasure = Erasure.objects.select_for_update().filter(person=user_id).first()
    if erasure is None:
        return
    if erasure.begun_at is not None or erasure.due_at <= clock.now():
        raise ErasureBegun
    erasure.delete()
    note_leaving(user_id=user_id, leaving_at=None)


def erase_for_staff(*, user_id: int) -> str:
    """Owe the erasure of a person whom staff remove, at once; returns the receipt."""
    return leave(user_id=user_id, now=True, asked_by=Erasure.Asked.STAFF).receipt
