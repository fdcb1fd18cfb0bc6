"""Owing a telling that a medicine runs out: once for each stock, on a working day, by day."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onharu.accounts.public import Person
from onharu.kernel import holidays
from onharu.records.medication.actions.reminding import owe
from onharu.records.medication.models import RefillWarning, Regimen, StockEvent
from onharu.records.medication.queries.reminders import told_of
from onharu.records.medication.queries.standing import routine_of
from onharu.records.medication.queries.stock import StockEntry, stocks_of
from onharu.records.medication.rules import refill
from onharu.records.medication.rules.refill import Wakeful

REFILL = "refill"
LOOK = timedelta(hours=1)
AROUND = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class _Day:
    """A look at one person's stocks: when, how they live, and which days around are working days."""

    person: Person
    at: datetime
    wakeful: Wakeful
    working: Container[date]


def warn_of_refills(*, at: datetime) -> int:
    """Owe the warnings whose time comes within the hour, to everybody who keeps a stock; returns how many."""
    keepers = Regimen.objects.alive().filter(tracks_stock=True, stock_events__isnull=False)
    return sum(warn_one(owner_id=owner_id, at=at) for owner_id in keepers.values_list("owner_id", flat=True).distinct())


def warn_one(*, owner_id: int, at: datetime) -> int:
    """Owe one person's warnings whose time comes within the hour. Saying it twice changes nothing."""
    told = told_of(owner_id)
    if told is None:
        return 0
    low = [one for one in stocks_of(told.person, at=at) if _runs_out(one, told.person) is not None]
    if not low:
        return 0
    rule = told.rule
    quiet = (rule.quiet_from, rule.quiet_to) if rule.quiet_from is not None and rule.quiet_to is not None else None
    today = told.person.day_at(at)
    day = _Day(
        person=told.person,
        at=at,
        wakeful=Wakeful(told.person.zone, routine_of(owner_id), quiet),
        working=set(holidays.working_days_between(today - AROUND, today + AROUND)),
    )
    return sum(_warn(day, one) for one in low)


def _runs_out(stock: StockEntry, person: Person) -> date | None:
    """Tell the last day that a stock covers; where it covers none, the day of the dose that is missing."""
    if stock.short_at is None:
        return None
    return stock.lasts_until or person.day_at(stock.short_at)


@transaction.atomic
def _warn(day: _Day, stock: StockEntry) -> bool:
    runs_out = _runs_out(stock, day.person)
    if runs_out is None or runs_out > day.person.day_at(day.at) + AROUND:
        return False
    warn_at = refill.warn_at(
        runs_out=runs_out,
        days_before=stock.refill_days,
        works=day.working.__contains__,
        wakeful=day.wakeful,
        now=day.at,
    )
    if warn_at > day.at + LOOK or not _held_and_new(day, stock, runs_out):
        return False
    reminder = owe(day.person.id, REFILL, warn_at, warn_at)
    RefillWarning.objects.create(
        owner_id=day.person.id,
        regimen_id=stock.regimen_id,
        reminder=reminder,
        runs_out=runs_out,
        warned_at=day.at,
    )
    return True


def _held_and_new(day: _Day, stock: StockEntry, runs_out: date) -> bool:
    """Hold the medicine, and tell whether its present stock was warned of; somebody may have let it go meanwhile."""
    held = Regimen.objects.select_for_update().of(day.person.id).alive().filter(pk=stock.regimen_id, reminds=True)
    if held.first() is None:
        return False
    last = StockEvent.objects.of(day.person.id).filter(regimen=stock.regimen_id).order_by("-at", "-pk").first()
    said = RefillWarning.objects.of(day.person.id).filter(regimen=stock.regimen_id)
    if last is not None:
        said = said.filter(warned_at__gte=last.at)
    newest = said.order_by("-warned_at").values_list("runs_out", flat=True).first()
    return refill.is_news(runs_out=runs_out, warned=newest)
