"""The calendar of a secret address: whose it is, what state it has, and the doses it shows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from onharu.accounts.public import Person, person_of
from onharu.kernel.days import PersonVersion
from onharu.kernel.problems import Missing
from onharu.records.medication.models import CalendarFeed, Regimen
from onharu.records.medication.queries import ics
from onharu.records.medication.queries.amounts import amount_words
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.entries import DoseEntry, by_taking
from onharu.records.medication.queries.standing import standings
from onharu.records.medication.rules.calendar import Told, events_of
from onharu.records.medication.rules.schedules.shapes import Schedule

AHEAD = timedelta(days=2 * 366)
EDITION = 1


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A person's living address, without the secret, which nobody knows any more."""

    id: int
    names_shown: bool
    alarms: bool
    created_at: datetime
    read_at: datetime | None


def feed_of(owner_id: int) -> FeedEntry | None:
    """Tell whether a person has a living address. One statement."""
    row = CalendarFeed.objects.of(owner_id).filter(revoked_at__isnull=True).first()
    if row is None:
        return None
    return FeedEntry(row.pk, row.names_shown, row.alarms, row.created_at, row.read_at)


def living_feed(secret_hash: str) -> CalendarFeed:
    """Find a living address by the hash of its secret, with its owner. Raises Missing. One statement.

    Looking a hash up tells by its time at most how hashes begin, and nobody can choose a secret by its hash.
    """
    found = CalendarFeed.objects.select_related("owner__profile").filter(
        secret_hash=secret_hash, revoked_at__isnull=True, owner__is_active=True
    )
    feed: CalendarFeed | None = found.first()
    if feed is None:
        raise Missing
    return feed


@dataclass(frozen=True, slots=True)
class Shown:
    """What a calendar shows: from the Monday of last week, two years ahead; so it changes with its doses, or weekly."""

    person: Person
    feed: CalendarFeed
    at: datetime
    version: int

    @property
    def first(self) -> date:
        """The first day."""
        today = self.person.day_at(self.at)
        return today - timedelta(days=7 + today.weekday())

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + AHEAD

    @property
    def etag(self) -> str:
        """Name this state: the same name is the same calendar."""
        parts = (
            EDITION, self.feed.pk, self.version, self.first, self.feed.names_shown, self.feed.alarms,
            self.person.version, self.person.zone, self.person.day_start_hour, self.person.language,
        )  # fmt: skip
        return f'"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'

    @property
    def stamp(self) -> datetime:
        """When anything last changed: the person's version is microseconds of the clock."""
        changed = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.version)
        return max(changed, self.feed.created_at).replace(microsecond=0)


def shown_by(feed: CalendarFeed, at: datetime) -> Shown:
    """Tell which state of the calendar an address shows at a moment. One statement."""
    person = person_of(feed.owner)
    version = PersonVersion.objects.filter(owner=person.id).values_list("version", flat=True).first()
    return Shown(person, feed, at, version or 0)


def body_of(shown: Shown) -> bytes:
    """Write the calendar, in the language of its owner; at most five statements."""
    with translation.override(shown.person.language):
        cover = ics.Cover(
            name=_("온하루 복용"),
            title=_("복용 시간"),
            stamp=shown.stamp,
            names_shown=shown.feed.names_shown,
            alarms=shown.feed.alarms,
        )
        return ics.written(events_of(_told(shown), shown.person.zone), cover)


def _told(shown: Shown) -> list[Told]:
    living: QuerySet[Regimen] = Regimen.objects.of(shown.person.id).alive()
    elapsed = {one.id for one in standings(shown.person, living, shown.at) if is_elapsed(one.entry.schedule)}
    doses = doses_between(shown.person, shown.first, shown.last, at=shown.at)
    return [_told_of(dose, dose.planned_at, dose.regimen_id in elapsed) for dose in doses if dose.planned_at]


def is_elapsed(schedule: Schedule) -> bool:
    """Whether a schedule keeps the time between doses and not the time of the clock on the wall."""
    return schedule.clock == "elapsed" or by_taking(schedule)


def _told_of(dose: DoseEntry, at: datetime, elapsed: bool) -> Told:  # noqa: FBT001 within this module
    label = f"{dose.name} {amount_words(dose.amount, dose.unit)}"
    return Told(dose.id, series_of(dose.id, dose.amount), at, elapsed, label)


def series_of(dose_id: str, amount: Decimal) -> str:
    """Name the place of the plan that a dose is of: those that come again there are one series."""
    regimen, version, place = (*dose_id.split(".", 2), "")[:3]
    slot = place.rpartition(".")[2] if place[:8].isdecimal() else place[:1]
    return f"{regimen}.{version}.{slot}x{amount.normalize():f}"
