"""The demo's past: believable, the same for the same seed, and of the same rows as everybody's."""

from datetime import timedelta

import pytest

from onharu.accounts.public import person_of
from onharu.records.medication.actions.demo import PAINKILLER, PRESCRIBED, VITAMIN, seed_doses
from onharu.records.medication.models import Dose, DoseEvent, Regimen, Reminder
from onharu.records.medication.queries.adherence import adherence_of
from onharu.records.medication.queries.regimens import regimens_of
from onharu.records.medication.queries.stock import stocks_of
from onharu.records.medication.tests.dosing import DAY, NOON

pytestmark = pytest.mark.usefixtures("noon")
DAYS = 60


@pytest.fixture
def seeded(owner):
    assert seed_doses(person=person_of(owner), days=DAYS, seed=3) == Dose.objects.count()
    return person_of(owner)


def test_three_medicines_with_sixty_days_of_ledger(seeded):
    assert [one.name for one in regimens_of(seeded, at=NOON)] == [PRESCRIBED, VITAMIN, PAINKILLER]
    planned = Dose.objects.filter(planned_at__isnull=False)
    assert 2 * DAYS <= planned.count() <= 2 * (DAYS + 1)
    assert 4 <= Dose.objects.filter(planned_at__isnull=True).count() <= 12


def test_most_is_taken_some_is_skipped_and_some_forgotten(seeded):
    found = adherence_of(seeded, DAY - timedelta(days=DAYS), DAY, at=NOON)
    assert 80 <= found.counts.percent <= 99
    assert found.counts.skipped + found.counts.unanswered > 0


def test_nothing_of_it_rings(seeded):
    assert not Reminder.objects.exists()
    assert not Regimen.objects.filter(reminds=False).exists()


def test_the_stock_is_counted_now(seeded):
    (stock,) = [one for one in stocks_of(seeded, at=NOON) if one.tracked]
    assert (stock.name, stock.days_left) == (PRESCRIBED, 24)


def test_nothing_lies_in_the_future_and_no_limit_was_passed(seeded):
    assert not DoseEvent.objects.filter(at__gt=NOON).exists()
    assert not DoseEvent.objects.filter(over_limit=True).exists()


def test_the_same_seed_makes_the_same_past_and_another_another(owner, relative, stranger):
    def past(user, seed):
        seed_doses(person=person_of(user), days=DAYS, seed=seed)
        return list(DoseEvent.objects.of(user.pk).order_by("at", "pk").values_list("kind", "at", "reason"))

    first = past(owner, 1)
    assert first == past(relative, 1)
    assert first != past(stranger, 2)


def test_who_takes_something_already_keeps_it(seeded):
    before = DoseEvent.objects.count()
    assert seed_doses(person=seeded, days=DAYS, seed=4) == 0
    assert DoseEvent.objects.count() == before
