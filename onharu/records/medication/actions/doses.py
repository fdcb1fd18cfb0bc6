"""What is said of doses: taken, taken back, skipped, put right, taken when needed. Every word is one more entry.

Whoever writes of a dose holds its regimen, so of twenty who say the same at once one writes.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict, Invalid, Missing
from onharu.kernel.spelling import text_spelling
from onharu.records.medication.actions.due import PART, new_dose
from onharu.records.medication.actions.limits import ask_first
from onharu.records.medication.models import Dose, DoseEvent, Regimen, RegimenVersion
from onharu.records.medication.queries.doses import dose_id as name_of
from onharu.records.medication.queries.doses import parts_of, planned_of
from onharu.records.medication.queries.rows import dose_rows
from onharu.records.medication.rules.ledger import Told

AHEAD = timedelta(minutes=1)  # how much a telephone's clock may be ahead of ours
MOST_AMOUNT = Decimal(10_000)
LONGEST_REASON = 200


class TakenAhead(Invalid):
    """A taking that lies in the future."""

    code = "taken_in_future"
    ko = "아직 오지 않은 시각이에요. 먹은 시각을 확인해 주세요."
    en = "This time has not come yet. Check when it was taken."


class AmountUnlikely(Invalid):
    """An amount that nobody takes."""

    code = "amount_invalid"
    ko = "먹은 양은 0보다 크고 10,000 이하로 적어 주세요."
    en = "Write an amount above 0 and of at most 10,000."


class ReasonTooLong(Invalid):
    """A reason that is too long."""

    code = "reason_too_long"
    ko = f"이유는 {LONGEST_REASON}자까지 적어 주세요."
    en = f"Write a reason of at most {LONGEST_REASON} characters."


class NotTaken(Conflict):
    """Only what was taken can be put right."""

    code = "dose_not_taken"
    ko = "먹었다고 적은 기록이 없어 고칠 것이 없어요."
    en = "This dose was not said to be taken, so there is nothing to put right."


@dataclass(frozen=True, slots=True)
class Said:
    """When and how much was taken; None is what is there already, else now and as planned. `by`: who says it."""

    taken_at: datetime | None = None
    amount: Decimal | None = None
    anyway: bool = False
    by: int | None = None


NOTHING_SAID = Said()


@transaction.atomic
def take(*, person: Person, dose_id: str, at: datetime, said: Said = NOTHING_SAID) -> None:
    """Have a dose taken. Saying it twice changes nothing; another time or amount corrects it.

    Raises Missing, TakenAhead, AmountUnlikely, DoseLimit.
    """
    dose, told = _to_change(person, dose_id, at)
    if told.answer == "taken":
        _correct(person, dose, told, at, said)
        return
    when, much = said.taken_at or at, dose.amount if said.amount is None else said.amount
    _write_taking(person, dose, DoseEvent.Kind.TAKEN, _Taking(when, much, at, said))


@transaction.atomic
def untake(*, person: Person, dose_id: str, at: datetime, by: int | None = None) -> None:
    """Take it back that a dose was taken; one that was not is left alone. Raises Missing."""
    _undo(person, dose_id, "taken", at, by)


@transaction.atomic
def skip(*, person: Person, dose_id: str, at: datetime, reason: str = "", by: int | None = None) -> None:
    """Have a dose skipped. Saying it twice changes nothing. Raises Missing, ReasonTooLong."""
    dose, told = _to_change(person, dose_id, at)
    why = text_spelling(reason)
    if len(why) > LONGEST_REASON:
        raise ReasonTooLong
    if (told.answer, told.reason) != ("skipped", why):
        _write(person, dose, DoseEvent(kind=DoseEvent.Kind.SKIPPED, at=at, reason=why, by_id=by or person.id), at)


@transaction.atomic
def unskip(*, person: Person, dose_id: str, at: datetime, by: int | None = None) -> None:
    """Take it back that a dose was skipped; one that was not is left alone. Raises Missing."""
    _undo(person, dose_id, "skipped", at, by)


@transaction.atomic
def correct(*, person: Person, dose_id: str, at: datetime, said: Said) -> None:
    """Put right when or how much was taken. Raises Missing, NotTaken, TakenAhead, AmountUnlikely, DoseLimit."""
    dose, told = _to_change(person, dose_id, at)
    if told.answer != "taken":
        raise NotTaken
    _correct(person, dose, told, at, said)


@transaction.atomic
def take_now(*, person: Person, regimen_id: int, at: datetime, said: Said = NOTHING_SAID) -> str:
    """Write down a dose without a plan (필요시); answers its name. Under several at once the limit holds.

    Raises Missing, TakenAhead, AmountUnlikely, DoseLimit.
    """
    regimen = _hold(person.id, regimen_id)
    version = _newest(regimen)
    when = said.taken_at or at
    dose = Dose(
        owner_id=person.id,
        regimen=regimen,
        version=version,
        key=f"p.{uuid.uuid4().hex[:16]}",
        day=person.day_at(when),
        amount=version.amount if said.amount is None else said.amount,
        created_at=at,
    )
    _write_taking(person, dose, DoseEvent.Kind.TAKEN, _Taking(when, dose.amount, at, said))
    return name_of(regimen.pk, dose.key)


@dataclass(frozen=True, slots=True)
class _Taking:
    """A taking as it will be written at `at`."""

    taken_at: datetime
    amount: Decimal
    at: datetime
    said: Said


def _to_change(person: Person, said: str, at: datetime) -> tuple[Dose, Told]:
    """Hold the regimen of a dose, and find or make its row. Raises Missing."""
    regimen_id, key = parts_of(said)
    _hold(person.id, regimen_id)
    here = Dose.objects.of(person.id).filter(regimen=regimen_id, key=key)
    if rows := dose_rows(here):
        return here.get(), rows[0].told
    one, planned = planned_of(person, regimen_id, key, at)
    dose = new_dose(person, one, planned, at)
    dose.save()
    return dose, Told()


def _hold(owner_id: int, regimen_id: int) -> Regimen:
    """Lock a regimen and those whose doses move with takings, in the order in which the tick claims them."""
    mine = Regimen.objects.of(owner_id).alive().filter(Q(pk=regimen_id) | Q(by_takings=True))
    held: dict[int, Regimen] = {regimen.pk: regimen for regimen in mine.select_for_update().order_by("pk")}
    if regimen_id not in held:
        raise Missing
    return held[regimen_id]


def _newest(regimen: Regimen) -> RegimenVersion:
    found: RegimenVersion = RegimenVersion.objects.of(regimen.owner_id).filter(regimen=regimen).latest("n")
    return found


def _correct(person: Person, dose: Dose, told: Told, at: datetime, said: Said) -> None:
    when = said.taken_at or told.taken_at or at
    much = said.amount or told.amount or dose.amount
    if (when, much) != (told.taken_at, told.amount):
        _write_taking(person, dose, DoseEvent.Kind.CORRECTED, _Taking(when, much, at, said))


def _write_taking(person: Person, dose: Dose, kind: str, taking: _Taking) -> None:
    """Write a taking, after asking where it is over the limit."""
    if taking.taken_at > taking.at + AHEAD:
        raise TakenAhead(errors={"taken_at": [taking.at.isoformat()]})
    if not 0 < taking.amount <= MOST_AMOUNT:
        raise AmountUnlikely(errors={"amount": [f"0 < … ≤ {MOST_AMOUNT}"]})
    version = _newest(dose.regimen)
    over = ask_first(person, dose, version, (taking.taken_at, taking.amount), anyway=taking.said.anyway)
    days = {dose.day}
    if dose.planned_at is None:
        dose.day = person.day_at(taking.taken_at)
    if dose.pk is None or dose.day not in days:
        dose.save()
    event = DoseEvent(
        kind=kind,
        at=taking.taken_at,
        amount=taking.amount,
        over_limit=over,
        by_id=taking.said.by or person.id,
    )
    _write(person, dose, event, taking.at)
    if dose.day not in days:
        touch(person.id, *days, part=PART)


def _undo(person: Person, dose_id: str, answer: str, at: datetime, by: int | None) -> None:
    dose, told = _to_change(person, dose_id, at)
    if told.answer == answer:
        _write(person, dose, DoseEvent(kind=DoseEvent.Kind.UNDONE, at=at, by_id=by or person.id), at)


def _write(person: Person, dose: Dose, event: DoseEvent, at: datetime) -> None:
    """Add an entry to the ledger; what hangs on takings is looked at again."""
    event.owner_id, event.dose, event.recorded_at = person.id, dose, clock.now()
    event.save(force_insert=True)
    Regimen.objects.of(person.id).alive().filter(by_takings=True).update(next_at=at)
    touch(person.id, dose.day, part=PART)
