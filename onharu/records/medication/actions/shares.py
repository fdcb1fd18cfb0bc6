"""Letting family see doses: invited by a code, once; taken up, changed, ended by either side; none of it is silent."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.db import IntegrityError, transaction

from onharu.accounts.public import Person
from onharu.kernel import access, rates, walls
from onharu.kernel.problems import Conflict, Invalid, Missing
from onharu.kernel.spelling import text_spelling
from onharu.records.medication.actions.agreeing import ENDED, agreed_to_share
from onharu.records.medication.actions.notifying import set_rule
from onharu.records.medication.models import Share, ShareEvent
from onharu.records.medication.queries.reminders import rule_of
from onharu.records.medication.queries.shares import Shared, holds, living_rows, shared_of

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike
CODE_LENGTH = 16  # 80 random bits
VALID_FOR = timedelta(days=7)
UNDO_FOR = timedelta(days=1)
MOST_SHARES = 20
LONGEST_LABEL = 40
LAST_DAY = date(2199, 12, 31)
TRIES_A_MINUTE = 10
TOLD_AFTER_MINUTES = 60
LOOKS_TOGETHER = timedelta(minutes=10)
KEPT = timedelta(days=365)
What = ShareEvent.What


class ShareRefused(Invalid):
    """A share whose words are too long, or whose last day is over."""

    code = "share_invalid"
    ko = "부르는 이름과 마지막 날을 확인해 주세요."
    en = "Check the name and the last day."


class TooManyShares(Conflict):
    """More shares than a person can keep."""

    code = "shares_too_many"
    ko = f"함께 보는 사람은 {MOST_SHARES}명까지 둘 수 있어요."
    en = f"At most {MOST_SHARES} people can look."


class WithOneself(Conflict):
    """A person's own invitation."""

    code = "share_with_oneself"
    ko = "내가 만든 초대예요. 함께 볼 사람에게 전해 주세요."
    en = "This invitation is your own. Hand it to whoever is to look."


class NotAgain(Conflict):
    """A share that cannot be taken up again: the viewer left, or has a newer one."""

    code = "share_over"
    ko = "이 나눔은 되돌릴 수 없어요. 새로 초대해 주세요."
    en = "This cannot be taken back. Invite them anew."


class ShareSaid(TypedDict, total=False):
    """What of a share is said; what is left out stays, or is: may look, is not told, no last day."""

    label: str
    may_mark: bool
    is_told: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new share: the one time that its code is known."""

    share: Share
    code: str


def code_spelling(said: str) -> str:
    """Spell a code the one way it is hashed: capitals without spaces and dashes."""
    return "".join(sign for sign in text_spelling(said).upper() if sign.isalnum())


def hash_of(code: str) -> str:
    """Hash a code. It is 80 random bits, so a plain hash cannot be searched for."""
    return hashlib.sha256(f"onharu.share:{code_spelling(code)}".encode()).hexdigest()


@transaction.atomic
def invite(*, person: Person, said: ShareSaid, at: datetime, how: str = "api") -> Invitation:
    """Make an invitation that is good for seven days and one person. Raises ShareRefused, TooManyShares."""
    mine = Share.objects.of(person.id).filter(revoked_at__isnull=True)
    if mine.exclude(viewer__isnull=True, expires_at__lte=at).count() >= MOST_SHARES:
        raise TooManyShares
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    share = Share(owner_id=person.id, code_hash=hash_of(code), created_at=at, expires_at=at + VALID_FOR)
    _say(share, person, said, at)
    share.save()
    agreed_to_share(share, given=True, how=how, at=at)
    return Invitation(share, "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)))


@transaction.atomic
def change_share(*, person: Person, share_id: int, said: ShareSaid, at: datetime) -> None:
    """Change what a viewer may, from their next request on. Raises Missing, ShareRefused."""
    share: Share = Share.objects.select_for_update().one_of(person.id, share_id)
    if share.revoked_at is not None:
        raise Missing
    before = (share.label, share.may_mark, share.is_told, share.until)
    _say(share, person, said, at)
    if before != (share.label, share.may_mark, share.is_told, share.until):
        share.save(update_fields=["label", "may_mark", "is_told", "until"])
        _log(share, What.CHANGED, person.day_at(at), at)


def _say(share: Share, person: Person, said: ShareSaid, at: datetime) -> None:
    share.label = " ".join(text_spelling(said.get("label", share.label)).split())
    share.may_mark, share.is_told = said.get("may_mark", share.may_mark), said.get("is_told", share.is_told)
    share.until = said.get("until", share.until)
    if len(share.label) > LONGEST_LABEL:
        raise ShareRefused(errors={"label": [f"≤ {LONGEST_LABEL}"]})
    if "until" in said and share.until is not None and not person.day_at(at) <= share.until <= LAST_DAY:
        raise ShareRefused(errors={"until": [str(person.day_at(at))]})
    if share.is_told and rule_of(person.id).escalate_minutes is None:
        set_rule(owner_id=person.id, said={"escalate_minutes": TOLD_AFTER_MINUTES}, at=at)


def accept(*, viewer_id: int, code: str, at: datetime) -> Shared:
    """Take an invitation up; one from the same person takes the place of an earlier one.

    A wrong code, a used one and one that is over answer like one that never was. Raises Missing, TooMany, WithOneself.
    """
    rates.spend(f"share-code:{viewer_id}", most=TRIES_A_MINUTE)
    try:
        return _accept(viewer_id, code, at)
    except IntegrityError:  # the same two people, at this very moment
        raise Missing from None


@walls.for_house()
@transaction.atomic
def _accept(viewer_id: int, code: str, at: datetime) -> Shared:
    open_ones = Share.objects.filter(viewer__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    share = open_ones.select_related("owner__profile").filter(code_hash=hash_of(code), owner__is_active=True).first()
    if share is None or not holds(share, at):
        raise Missing
    if share.owner_id == viewer_id:
        raise WithOneself
    for earlier in Share.objects.of(share.owner_id).filter(viewer=viewer_id, revoked_at__isnull=True):
        Share.objects.filter(pk=earlier.pk).update(revoked_at=at)
        agreed_to_share(earlier, given=False, how=ENDED, at=at)
    # Of two who hold the same code one gets it.
    if not open_ones.filter(pk=share.pk).update(viewer=viewer_id, accepted_at=at):
        raise Missing
    share.viewer_id, share.accepted_at = viewer_id, at
    shared = shared_of(share)
    access.of(share.owner_id)
    _log(share, What.ACCEPTED, shared.today(at), at)
    return shared


@transaction.atomic
def revoke(*, person: Person, share_id: int, at: datetime, how: str = "api") -> Share:
    """End a share: the viewer's next request finds nothing. Saying it twice changes nothing. Raises Missing."""
    share: Share = Share.objects.select_for_update().one_of(person.id, share_id)
    if share.revoked_at is None:
        share.revoked_at = at
        share.save(update_fields=["revoked_at"])
        agreed_to_share(share, given=False, how=how, at=at)
        _log(share, What.REVOKED, person.day_at(at), at)
    return share


@transaction.atomic
def restore(*, person: Person, share_id: int, at: datetime, how: str = "api") -> Share:
    """Take the ending of a share back within a day; not where the viewer left. Raises Missing, NotAgain."""
    share: Share = Share.objects.select_for_update().one_of(person.id, share_id)
    if share.revoked_at is None:
        return share
    newer = Share.objects.of(person.id).filter(viewer=share.viewer_id, revoked_at__isnull=True)
    if share.left_at or share.revoked_at < at - UNDO_FOR or (share.viewer_id and newer.exists()):
        raise NotAgain
    share.revoked_at = None
    share.save(update_fields=["revoked_at"])
    agreed_to_share(share, given=True, how=how, at=at)
    _log(share, What.RESTORED, person.day_at(at), at)
    return share


@walls.for_house()
@transaction.atomic
def leave(*, viewer_id: int, share_id: int, at: datetime) -> None:
    """Stop looking at somebody's doses. Raises Missing."""
    share = held(viewer_id, share_id, at)
    access.of(share.owner.id)
    Share.objects.filter(pk=share.id).update(revoked_at=at, left_at=at)
    agreed_to_share(Share(pk=share.id, owner_id=share.owner.id), given=False, how=ENDED, at=at)
    _note(share, What.LEFT, share.today(at), at)


@walls.for_house()
def held(viewer_id: int, share_id: int, at: datetime) -> Shared:
    """Hold a share that holds, so that its end waits until what is done with it is written. Raises Missing."""
    row = living_rows(at).filter(viewer_id=viewer_id, pk=share_id).select_for_update(of=("self",)).first()
    if row is None or not holds(row, at):
        raise Missing
    return shared_of(row)


def note_look(*, shared: Shared, day: date, at: datetime) -> None:
    """Keep for the owner that the viewer looked at a day; looks within ten minutes are one."""
    access.of(shared.owner.id)
    lately = ShareEvent.objects.of(shared.owner.id).filter(
        share=shared.id, what=What.LOOKED, day=day, at__gt=at - LOOKS_TOGETHER, at__lte=at
    )
    with walls.as_person(shared.owner.id):
        if not lately.exists():
            _note(shared, What.LOOKED, day, at)


def note_mark(*, shared: Shared, what: str, day: date, dose_pk: int, at: datetime) -> None:
    """Keep for the owner what the viewer marked."""
    ShareEvent.objects.create(owner_id=shared.owner.id, share_id=shared.id, what=what, day=day, dose_id=dose_pk, at=at)


def _note(shared: Shared, what: str, day: date, at: datetime) -> None:
    ShareEvent.objects.create(owner_id=shared.owner.id, share_id=shared.id, what=what, day=day, at=at)


def _log(share: Share, what: str, day: date, at: datetime) -> None:
    ShareEvent.objects.create(owner_id=share.owner_id, share_id=share.pk, what=what, day=day, at=at)


def forget_shares(*, at: datetime) -> int:
    """Remove what a year has passed over: the log, and shares that ended; and invitations that nobody took up."""
    gone = Share.objects.filter(viewer__isnull=True, expires_at__lt=at - VALID_FOR).delete()[0]
    gone += Share.objects.filter(revoked_at__lt=at - KEPT).delete()[0]
    return gone + ShareEvent.objects.filter(at__lt=at - KEPT).delete()[0]
