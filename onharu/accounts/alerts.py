"""What a person is told of their account: written beside what happened, listed for them, and who may answer.

A session cannot vouch for itself. "That was me" is believed neither from the session that an alert is about, nor from
its device, nor from a device that waits to be vouched for itself; so who got in by a stolen password cannot say it in
the person's place, however often they sign in. "That was not me" is believed from every session but the one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from onharu.accounts import devices, principal
from onharu.accounts.alerted import Alert, SeenDevice
from onharu.accounts.devices import Where, where_of
from onharu.accounts.models import Profile, User
from onharu.accounts.queries import place_id
from onharu.kernel import clock, jobs
from onharu.upstream import mail

KEPT = timedelta(days=60)
MOST_SHOWN = 50
UNVOUCHED_SHOWN = timedelta(days=7)
SEND = "accounts.send_alert"
Kind = Alert.Kind


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as its person reads it. `answer` says whether it was them, None while nobody has said."""

    id: int
    kind: str
    said: str
    at: datetime
    device: str
    address: str
    here: bool
    may_vouch: bool
    may_deny: bool
    answer: bool | None


def tell(user_id: int, kind: Alert.Kind, where: Where, *, place: str = "") -> None:
    """Write an alert, have it shown in the person's sessions, and owe the letter about it."""
    row = Alert.objects.create(
        owner_id=user_id,
        kind=kind,
        at=clock.now(),
        device=where.device,
        address=where.address,
        place=place,
        mark=where.mark,
    )
    Profile.objects.filter(pk=user_id).update(alerted=True)
    principal.forget(user_id)
    if mail.is_offered():
        jobs.enqueue(SEND, alert_id=row.pk)


def tell_of(request: HttpRequest, user_id: int, kind: Alert.Kind) -> None:
    """Tell of something that was done in the session of a request."""
    key = principal.session_key_of(request)
    tell(user_id, kind, where_of(request, user_id), place=place_id(key) if key else "")


class Reader:
    """One session of a person that reads their alerts: which there are, and which of them it may answer."""

    def __init__(self, user_id: int, session_key: str) -> None:
        self.user_id = user_id
        self._key = session_key

    @cached_property
    def rows(self) -> Sequence[Alert]:
        """Read the alerts of the last two months, the newest first. One statement."""
        since = clock.now() - KEPT
        return list(Alert.objects.of(self.user_id).filter(at__gt=since).order_by("-at", "-pk")[:MOST_SHOWN])

    def told(self) -> list[Told]:
        """List them for the person."""
        return [
            Told(
                id=row.pk,
                kind=row.kind,
                said=row.get_kind_display(),
                at=row.at,
                device=row.device,
                address=row.address,
                here=bool(row.place) and row.place == self._place,
                may_vouch=self.may_vouch(row),
                may_deny=self.may_deny(row),
                answer=row.mine,
            )
            for row in self.rows
        ]

    def waiting(self) -> Alert | None:
        """Tell the newest that waits for an answer, of another device; where it cannot be vouched for, for a week."""
        lately = clock.now() - UNVOUCHED_SHOWN
        waits = (row for row in self.rows if row.answered_at is None and self.may_deny(row) and not self._same(row))
        return next((row for row in waits if row.at > lately or self.may_vouch(row)), None)

    def may_deny(self, row: Alert) -> bool:
        """Whether this session may say that it was not the person."""
        return bool(self._place) and row.place != self._place

    def may_vouch(self, row: Alert) -> bool:
        """Whether this session may say that it was the person."""
        return self.may_deny(row) and not self._same(row) and not self._doubted

    def _same(self, row: Alert) -> bool:
        return bool(row.mark) and row.mark == self._mark

    @cached_property
    def _place(self) -> str:
        return place_id(self._key) if self._key else ""

    @cached_property
    def _mark(self) -> str:
        return devices.mark_of(self._key)

    @cached_property
    def _doubted(self) -> bool:
        new = Alert.objects.of(self.user_id).filter(kind=Kind.NEW_DEVICE).exclude(mine=True)
        mine = Q(place=self._place) | (Q(mark=self._mark) & ~Q(mark=""))
        return bool(new.filter(mine).exists())


def banner(request: HttpRequest) -> dict[str, object]:
    """Offer pages the alert that waits to be answered here; asked for only where the profile says that there is one."""
    return {"account_alert": SimpleLazyObject(lambda: _waiting(request))}


def still_alerted(user_id: int) -> None:
    """Settle whether anything waits for this person's answer."""
    waits = Alert.objects.of(user_id).filter(answered_at__isnull=True, at__gt=clock.now() - KEPT).exists()
    Profile.objects.filter(pk=user_id).update(alerted=waits)
    principal.forget(user_id)


def forget_old() -> None:
    """Remove alerts and devices of more than two months ago, and what they left on profiles. Safe to repeat."""
    at = clock.now()
    Alert.objects.filter(at__lte=at - KEPT).delete()
    SeenDevice.objects.filter(known_until__lte=at).delete()
    open_ones = Alert.objects.filter(owner_id=OuterRef("pk"), answered_at__isnull=True)
    Profile.objects.filter(~Exists(open_ones), alerted=True).update(alerted=False)


def _waiting(request: HttpRequest) -> Alert | None:
    user = request.user
    return Reader(user.pk, request.session.session_key or "").waiting() if isinstance(user, User) else None
