"""What is left of somebody's medicines, and until when it lasts by their schedules."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from onharu.accounts.public import Person
from onharu.records.medication.models import Dose, DoseEvent, StockEvent
from onharu.records.medication.queries.doses import rows_wanted
from onharu.records.medication.queries.regimens import standings_of
from onharu.records.medication.queries.rows import dose_rows
from onharu.records.medication.queries.standing import Asked, Standing, leaders_of, planned_by
from onharu.records.medication.rules.schedules.shapes import Planned
from onharu.records.medication.rules.stock import Lasts, Left, Moved, Taking, lasts, left_of

AHEAD = (timedelta(days=14), timedelta(days=60), timedelta(days=180), timedelta(days=400))
TAKINGS = (DoseEvent.Kind.TAKEN, DoseEvent.Kind.CORRECTED)
MOST_MOVES = 200


@dataclass(frozen=True, slots=True)
class StockEntry:
    """The stock of one medicine.

    `left` None: nobody counted it. `days_left` counts days from the next dose on, `lasts_until` is the last day it
    covers, `short_at` the first dose it does not; all None where it lasts until the course ends, nothing is planned, or
    it lasts longer than 400 days.
    """

    regimen_id: int
    name: str
    item_seq: str
    unit: str
    tracked: bool
    left: Decimal | None
    counted: Decimal | None
    counted_at: datetime | None
    added_since: Decimal | None
    taken_since: Decimal | None
    short: Decimal | None
    days_left: int | None
    lasts_until: date | None
    short_at: datetime | None
    refill_days: int

    @property
    def is_low(self) -> bool:
        """Whether it is time to fetch more: nothing is left, or it runs out within the days of the warning."""
        return self.left == 0 or (self.days_left is not None and self.days_left <= self.refill_days)


@dataclass(frozen=True, slots=True)
class MoveEntry:
    """A count or a refill."""

    id: int
    kind: str
    amount: Decimal
    at: datetime
    note: str


def stock_of(person: Person, regimen_id: int, *, at: datetime) -> StockEntry | None:
    """Tell the stock of one medicine; None where there is no such medicine."""
    found = stocks_of(person, at=at, only=[regimen_id], tracked=False)
    return found[0] if found else None


def stocks_of(
    person: Person, *, at: datetime, only: Collection[int] | None = None, tracked: bool = True
) -> list[StockEntry]:
    """Tell the stock of a person's medicines, of those only that are tracked unless asked; at most five statements."""
    everything = standings_of(person, at=at)
    wanted = [one for one in everything if (one.entry.tracks_stock or not tracked) and (only is None or one.id in only)]
    moves = _moves_of(person.id, [one.id for one in wanted])
    takings = _takings_of(person.id, moves)
    left = {one.id: left_of(moves.get(one.id, []), takings.get(one.id, [])) for one in wanted}
    going = [one for one in wanted if left[one.id] is not None and not one.entry.ended and not one.entry.as_needed]
    lasting = _lasting(person, at, everything, going, left)
    return [_entry(one, left[one.id], lasting.get(one.id, Lasts())) for one in wanted]


def _moves_of(owner_id: int, regimen_ids: Collection[int]) -> dict[int, list[Moved]]:
    found: dict[int, list[Moved]] = {}
    rows = StockEvent.objects.of(owner_id).filter(regimen__in=regimen_ids).order_by("at", "pk")
    for regimen, kind, amount, at in rows.values_list("regimen", "kind", "amount", "at"):
        found.setdefault(regimen, []).append((kind, amount, at))
    return found


def _takings_of(owner_id: int, moves: dict[int, list[Moved]]) -> dict[int, list[Taking]]:
    """List what was taken since the oldest thing that still counts."""
    since = [said.since for many in moves.values() if (said := left_of(many, [])) is not None]
    if not since:
        return {}
    told = DoseEvent.objects.of(owner_id).filter(kind__in=TAKINGS, at__gte=min(since), dose__regimen__in=moves)
    found: dict[int, list[Taking]] = {}
    for row in dose_rows(Dose.objects.of(owner_id).filter(pk__in=told.values("dose"))):
        if row.told.answer == "taken" and row.told.taken_at is not None:
            found.setdefault(row.regimen_id, []).append((row.told.taken_at, row.told.amount or row.amount))
    return found


def _lasting(
    person: Person, at: datetime, everything: list[Standing], going: list[Standing], left: dict[int, Left | None]
) -> dict[int, Lasts]:
    """Plan ahead, farther only for what lasts longer."""
    if not going:
        return {}
    today = person.day_at(at)
    about = {*leaders_of(going), *(one.id for one in going)}
    rows = dose_rows(rows_wanted(person, going, today, today + timedelta(days=1)).filter(regimen__in=about))
    answered = {(row.regimen_id, row.key) for row in rows if row.told.answered}
    found: dict[int, Lasts] = {}
    for ahead in AHEAD:
        open_ = [one for one in going if one.id not in found]
        asked = Asked(person, everything, rows, at, at + ahead, only={one.id for one in open_})
        for regimen_id, doses in (planned_by(asked) if open_ else {}).items():
            said = left[regimen_id]
            how = lasts(said.amount, _still_open(regimen_id, doses, answered)) if said else Lasts()
            if how.short_at is not None:
                found[regimen_id] = how
    return found


def _still_open(
    regimen_id: int, doses: tuple[Planned, ...], answered: Collection[tuple[int, str]]
) -> Iterator[Planned]:
    return (dose for dose in doses if (regimen_id, dose.key) not in answered)


def _entry(one: Standing, left: Left | None, how: Lasts) -> StockEntry:
    entry = one.entry
    return StockEntry(
        regimen_id=one.id,
        name=entry.name,
        item_seq=entry.item_seq,
        unit=entry.unit,
        tracked=entry.tracks_stock,
        left=left.amount if left else None,
        counted=left.counted if left else None,
        counted_at=left.since if left else None,
        added_since=left.added if left else None,
        taken_since=left.taken if left else None,
        short=left.short if left else None,
        days_left=how.days,
        lasts_until=how.until,
        short_at=how.short_at,
        refill_days=entry.refill_days,
    )


def moves_of(owner_id: int, regimen_id: int) -> list[MoveEntry]:
    """List the newest counts and refills of a medicine, the newest first; one statement."""
    rows = StockEvent.objects.of(owner_id).filter(regimen=regimen_id).order_by("-at", "-pk")[:MOST_MOVES]
    return [MoveEntry(*row) for row in rows.values_list("pk", "kind", "amount", "at", "note")]
