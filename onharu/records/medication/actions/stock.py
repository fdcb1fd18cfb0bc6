"""Stock: counted anew, or added to. What was taken is known from the ledger."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from onharu.accounts.public import Person
from onharu.kernel.days import touch
from onharu.kernel.problems import Invalid
from onharu.kernel.spelling import text_spelling
from onharu.records.medication.actions.due import PART
from onharu.records.medication.models import Regimen, StockEvent
from onharu.records.medication.queries.stock import stock_of

MOST_STOCK = Decimal(100_000)
LONGEST_NOTE = 200


class StockRefused(Invalid):
    """An amount that no cupboard holds, or a note that is too long."""

    code = "stock_invalid"
    ko = f"남은 양은 0~{MOST_STOCK:,}, 메모는 {LONGEST_NOTE}자까지 적어 주세요."
    en = f"Write an amount of 0 to {MOST_STOCK:,} and a note of at most {LONGEST_NOTE} characters."


@transaction.atomic
def set_stock(*, person: Person, regimen_id: int, amount: Decimal, at: datetime, note: str = "") -> None:
    """Have counted what is left; from now on the stock is tracked. The same count twice changes nothing.

    Raises Missing, StockRefused.
    """
    regimen = _held(person, regimen_id)
    there = stock_of(person, regimen_id, at=at)
    if there is not None and regimen.tracks_stock and there.left == amount and not note and there.short == 0:
        return
    _write(person, regimen, StockEvent(kind=StockEvent.Kind.COUNTED, amount=amount, note=note, at=at))


@transaction.atomic
def add_stock(*, person: Person, regimen_id: int, amount: Decimal, at: datetime, note: str = "") -> None:
    """Add to what is left; from now on the stock is tracked. Raises Missing, StockRefused."""
    if amount <= 0:
        raise StockRefused(errors={"amount": ["> 0"]})
    regimen = _held(person, regimen_id)
    _write(person, regimen, StockEvent(kind=StockEvent.Kind.ADDED, amount=amount, note=note, at=at))


def _held(person: Person, regimen_id: int) -> Regimen:
    regimen: Regimen = Regimen.objects.alive().select_for_update().one_of(person.id, regimen_id)
    return regimen


def _write(person: Person, regimen: Regimen, event: StockEvent) -> None:
    event.note = text_spelling(event.note)
    if not 0 <= event.amount <= MOST_STOCK or len(event.note) > LONGEST_NOTE:
        raise StockRefused(errors={"amount": [f"0-{MOST_STOCK}"]})
    event.owner_id, event.regimen = person.id, regimen
    event.save(force_insert=True)
    Regimen.objects.filter(pk=regimen.pk).update(tracks_stock=True)
    touch(person.id, person.day_at(event.at), part=PART)
