"""Who may see whose doses, what a viewer sees of them, and what the owner reads of that.

Nothing of a share is kept in memory: whether it holds is asked of the database each time, so an end counts at once,
in every process.

Here, and in the actions on shares, is the one gate in the wall between people (kernel.walls): the house looks whether
somebody was let in, and what they then see is asked for as the owner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from django.db.models import Q, QuerySet

from onharu.accounts.public import Person, person_of
from onharu.kernel import walls
from onharu.kernel.problems import Missing
from onharu.records.medication.models import Dose, DoseEvent, Share, ShareEvent
from onharu.records.medication.queries.doses import day_of, dose_id
from onharu.records.medication.queries.entries import DoseEntry
from onharu.records.medication.queries.rows import dose_rows
from onharu.records.medication.rules.ledger import State

Stands = Literal["invited", "living", "over", "left", "revoked"]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShareEntry:
    """A share as its owner sees it. `viewer` is empty until somebody took the invitation up."""

    id: int
    label: str
    viewer: str
    may_mark: bool
    is_told: bool
    until: date | None
    stands: Stands
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    ended_at: datetime | None

    @property
    def name(self) -> str:
        """What the owner calls this person, else how they call themselves."""
        return self.label or self.viewer


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What somebody did with a share: who, when, what, of which day, and which dose."""

    id: int
    share_id: int
    who: str
    what: str
    day: date
    dose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """A share that holds, as its viewer has it: whose doses, and what may be done with them."""

    id: int
    owner: Person
    viewer_id: int
    may_mark: bool
    is_told: bool
    until: date | None
    accepted_at: datetime

    def today(self, at: datetime) -> date:
        """Name the owner's day."""
        return self.owner.day_at(at)

    def shows(self, day: date, at: datetime) -> bool:
        """Whether a day may be seen: the owner's yesterday, today and tomorrow; what was before is not shared."""
        return abs(day - self.today(at)) <= ONE_DAY


@dataclass(frozen=True, slots=True)
class SharedDose:
    """A dose as a viewer sees it: no reason, no note, no product number, nothing of what else happened to it."""

    id: str
    name: str
    unit: str
    amount: Decimal
    planned_at: datetime | None
    day: date
    state: State
    taken_at: datetime | None
    taken_amount: Decimal | None
    by_me: bool

    @property
    def at(self) -> datetime | None:
        """When it stands in the day."""
        return self.planned_at or self.taken_at


def living_rows(at: datetime) -> QuerySet[Share]:
    """Choose the shares that may hold; their last day is a matter of the owner's clock and is asked of each row."""
    found: QuerySet[Share] = Share.objects.filter(
        viewer__isnull=False, accepted_at__lte=at, revoked_at__isnull=True, owner__is_active=True
    )
    return found.select_related("owner__profile")


def holds(share: Share, at: datetime) -> bool:
    """Whether the last day of a share has not passed, by the owner's clock."""
    return share.until is None or share.until >= person_of(share.owner).day_at(at)


def shared_of(share: Share) -> Shared:
    """Freeze a share for its viewer. Raises Missing for an invitation that nobody took up."""
    if share.viewer_id is None or share.accepted_at is None:
        raise Missing
    return Shared(
        id=share.pk,
        owner=person_of(share.owner),
        viewer_id=share.viewer_id,
        may_mark=share.may_mark,
        is_told=share.is_told,
        until=share.until,
        accepted_at=share.accepted_at,
    )


@walls.for_house()
def shared_with(viewer_id: int, at: datetime) -> list[Shared]:
    """List whose doses somebody may see now, the newest first. One statement."""
    rows = living_rows(at).filter(viewer_id=viewer_id).order_by("-accepted_at", "-pk")
    return [shared_of(row) for row in rows if holds(row, at)]


@walls.for_house()
def one_shared(viewer_id: int, share_id: int, at: datetime) -> Shared:
    """Find a share that holds for its viewer. One statement. Raises Missing for any other."""
    row = living_rows(at).filter(viewer_id=viewer_id, pk=share_id).first()
    if row is None or not holds(row, at):
        raise Missing
    return shared_of(row)


def shared_day(shared: Shared, day: date, at: datetime) -> list[SharedDose]:
    """List the owner's doses of a day as the viewer may see them; at most four statements. Raises Missing."""
    if not shared.shows(day, at):
        raise Missing
    with walls.as_person(shared.owner.id):
        doses = day_of(shared.owner, day, at=at).doses
    mine = marked_by(shared, day) if any(dose.by_other for dose in doses) else frozenset()
    return [_shared_dose(dose, by_me=dose.id in mine) for dose in doses]


def marked_by(shared: Shared, day: date) -> frozenset[str]:
    """Name the doses of a day that the viewer said were taken, and nobody else since. One statement."""
    with walls.as_person(shared.owner.id):
        theirs = DoseEvent.objects.of(shared.owner.id).filter(by=shared.viewer_id, dose__day=day)
        rows = dose_rows(Dose.objects.of(shared.owner.id).filter(pk__in=theirs.values("dose")))
        said = (row for row in rows if row.told.answer == "taken" and row.told.by == shared.viewer_id)
        return frozenset(dose_id(row.regimen_id, row.key) for row in said)


def _shared_dose(dose: DoseEntry, *, by_me: bool) -> SharedDose:
    return SharedDose(
        id=dose.id,
        name=dose.name,
        unit=dose.unit,
        amount=dose.amount,
        planned_at=dose.planned_at,
        day=dose.day,
        state=dose.state,
        taken_at=dose.taken_at,
        taken_amount=dose.taken_amount,
        by_me=by_me,
    )


class ShareList:
    """A person's shares, the newest first, ended ones too; a slice of it costs one statement."""

    def __init__(self, person: Person, at: datetime) -> None:
        self.person, self.at = person, at
        self._rows = Share.objects.of(person.id).select_related("viewer__profile").order_by("-pk")

    def count(self) -> int:
        """Count them."""
        return self._rows.count()

    def __getitem__(self, which: slice) -> list[ShareEntry]:
        """Read some of them."""
        return [entry_of(row, self.person, self.at) for row in self._rows[which]]


def share_of(person: Person, share_id: int, at: datetime) -> ShareEntry:
    """Find one of a person's shares. One statement. Raises Missing."""
    row: Share = Share.objects.select_related("viewer__profile").one_of(person.id, share_id)
    return entry_of(row, person, at)


def entry_of(row: Share, person: Person, at: datetime) -> ShareEntry:
    """Freeze a share for its owner."""
    return ShareEntry(
        id=row.pk,
        label=row.label,
        viewer=row.viewer.profile.shown_name if row.viewer else "",
        may_mark=row.may_mark,
        is_told=row.is_told,
        until=row.until,
        stands=_stands(row, person, at),
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        ended_at=row.revoked_at,
    )


def _stands(row: Share, person: Person, at: datetime) -> Stands:
    if row.left_at is not None:
        return "left"
    if row.revoked_at is not None:
        return "revoked"
    over = row.until is not None and row.until < person.day_at(at)
    if over or (row.viewer_id is None and row.expires_at <= at):
        return "over"
    return "invited" if row.viewer_id is None else "living"


class LogList:
    """What was done with a person's shares, or with one of them, the newest first."""

    def __init__(self, owner_id: int, share_id: int | None = None) -> None:
        of_share = Q() if share_id is None else Q(share=share_id)
        rows = ShareEvent.objects.of(owner_id).filter(of_share)
        self._rows = rows.select_related("share__viewer__profile", "dose__regimen").order_by("-at", "-pk")

    def count(self) -> int:
        """Count the entries."""
        return self._rows.count()

    def __getitem__(self, which: slice) -> list[LogEntry]:
        """Read some of them; one statement."""
        return [_logged(row) for row in self._rows[which]]


def _logged(row: ShareEvent) -> LogEntry:
    viewer = row.share.viewer
    return LogEntry(
        id=row.pk,
        share_id=row.share_id,
        who=row.share.label or (viewer.profile.shown_name if viewer else ""),
        what=row.what,
        day=row.day,
        dose=row.dose.regimen.name if row.dose else "",
        at=row.at,
    )
