"""The secret address of a person's calendar: made, made anew, taken back. Only a hash of the secret is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction

from onharu.kernel import clock
from onharu.kernel.problems import Conflict
from onharu.records.medication.models import CalendarFeed

SECRET_BYTES = 32
SECRET_LENGTH = 43
READ_NOTED = timedelta(hours=1)


class AnotherFeed(Conflict):
    """A newer address is there, so an older one does not come back."""

    code = "calendar_feed_renewed"
    ko = "그 뒤에 만든 새 주소가 있어서 예전 주소는 되살리지 않았어요."
    en = "A newer address was made since, so the old one stays revoked."


@dataclass(frozen=True, slots=True)
class Made:
    """A new address: the one time that its secret is known."""

    feed: CalendarFeed
    secret: str


def hash_of(secret: str) -> str:
    """Hash a secret. It is 256 random bits, so a plain hash neither gives it away nor can be searched for."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_feed(*, owner_id: int, names_shown: bool = False, alarms: bool = True) -> Made:
    """Make an address; the one before it ends at once. Raises AnotherFeed when somebody made one at this moment."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    try:
        with transaction.atomic():
            revoke_feed(owner_id=owner_id)
            feed = CalendarFeed.objects.create(
                owner_id=owner_id,
                secret_hash=hash_of(secret),
                names_shown=names_shown,
                alarms=alarms,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise AnotherFeed from None
    return Made(feed=feed, secret=secret)


@transaction.atomic
def change_feed(*, owner_id: int, names_shown: bool, alarms: bool) -> int:
    """Let the living address show names or not, and ring or not. Returns how many there were: 0 or 1."""
    living = CalendarFeed.objects.of(owner_id).filter(revoked_at__isnull=True)
    return living.update(names_shown=names_shown, alarms=alarms)


@transaction.atomic
def revoke_feed(*, owner_id: int) -> CalendarFeed | None:
    """End the living address: from now on it answers like one that never was. None when there is none."""
    feed: CalendarFeed | None = (
        CalendarFeed.objects.select_for_update().of(owner_id).filter(revoked_at__isnull=True).first()
    )
    if feed is not None:
        feed.revoked_at = clock.now()
        feed.save(update_fields=["revoked_at"])
    return feed


@transaction.atomic
def restore_feed(*, owner_id: int, feed_id: int) -> CalendarFeed:
    """Take the ending of an address back, within a day. Raises Missing, AnotherFeed."""
    feed: CalendarFeed = CalendarFeed.objects.select_for_update().one_of(owner_id, feed_id)
    if feed.revoked_at is None:
        return feed
    if CalendarFeed.objects.of(owner_id).filter(revoked_at__isnull=True).exists():
        raise AnotherFeed
    feed.revoked_at = None
    feed.save(update_fields=["revoked_at"])
    return feed


def note_read(*, feed: CalendarFeed) -> None:
    """Keep that a calendar program read the address, once an hour at most."""
    now = clock.now()
    if feed.read_at is None or feed.read_at < now - READ_NOTED:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
