"""Whatever is said in whatever order: one row a key, the past as it was, no limit passed unasked, stock that adds up."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from onharu.accounts.public import person_of
from onharu.kernel.problems import Problem
from onharu.records.medication.actions import doses, regimens, stock
from onharu.records.medication.actions.doses import Said
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import Dose, DoseEvent, Regimen, RegimenVersion
from onharu.records.medication.queries.adherence import adherence_of
from onharu.records.medication.queries.doses import days_of, doses_between
from onharu.records.medication.queries.rows import dose_rows
from onharu.records.medication.queries.stock import stock_of
from onharu.records.medication.rules.adherence import counted, total
from onharu.records.medication.tests.dosing import (
    DAY,
    NOON,
    after_meals,
    after_the_last,
    at_times,
    following,
    regimen,
    when_needed,
)

pytestmark = pytest.mark.django_db
STEPS = 40
A_WEEK = timedelta(days=7)


class Life:
    """Somebody with five medicines, whose clock moves on as they say this and that."""

    def __init__(self, owner, seed):
        self.owner, self.random, self.at = owner, Random(seed), NOON
        self.person = person_of(owner)
        leader = regimen(owner, at_times(8, 20), name="하루 두 번")
        self.pills = [
            leader.pk,
            regimen(owner, after_meals("breakfast", "dinner"), name="식후").pk,
            regimen(owner, after_the_last(6), name="여섯 시간마다", start=DAY).pk,
            regimen(owner, following(leader.pk, 30), name="뒤따라").pk,
            regimen(owner, when_needed("3", timedelta(hours=2)), name="필요시").pk,
        ]
        self.said_anyway = 0

    def live(self):
        """Do one thing at random, a while later."""
        self.at += timedelta(minutes=self.random.randrange(1, 300))
        act = self.random.choice(
            (self.tick, self.tick, self.take, self.take, self.untake, self.skip, self.correct, self.need, self.change)
        )
        try:
            act()
        except Problem as problem:
            return problem.code
        return ""

    def tick(self):
        write_due(self.random.sample(self.pills, self.random.randrange(1, 6)), self.at)

    def dose(self):
        today = self.person.day_at(self.at)
        found = doses_between(self.person, today - timedelta(days=1), today, at=self.at)
        return self.random.choice(found).id if found else f"{self.pills[0]}.v1.20200101.0"

    def said(self):
        anyway = self.random.random() < 0.1
        self.said_anyway += anyway
        return Said(
            self.at - timedelta(minutes=self.random.randrange(0, 400)), Decimal(self.random.randrange(1, 3)), anyway
        )

    def take(self):
        doses.take(person=self.person, dose_id=self.dose(), at=self.at, said=self.said())

    def untake(self):
        doses.untake(person=self.person, dose_id=self.dose(), at=self.at)

    def skip(self):
        doses.skip(person=self.person, dose_id=self.dose(), at=self.at, reason=self.random.choice(["", "메스꺼움"]))

    def correct(self):
        doses.correct(person=self.person, dose_id=self.dose(), at=self.at, said=self.said())

    def need(self):
        doses.take_now(person=self.person, regimen_id=self.pills[4], at=self.at, said=self.said())

    def change(self):
        pill = self.random.choice(self.pills[:2])
        said = self.random.choice(
            (
                {"schedule": at_times(*sorted(self.random.sample(range(6, 23), 3)))},
                {"amount": Decimal(self.random.randrange(1, 4))},
                {"why": "바뀐 까닭"},
            )
        )
        regimens.change_regimen(person=self.person, regimen_id=pill, said=said, at=self.at)

    def rows(self):
        return dose_rows(Dose.objects.of(self.owner.pk))


def past_of(life, until):
    """What is seen of the days before one, without what may still be said of them."""
    found = days_of(life.person, DAY, until, at=life.at)
    return {
        (dose.id, dose.planned_at, dose.amount)
        for day in found.values()
        for dose in day.doses
        if dose.planned_at is not None and dose.planned_at < life.at
    }


@pytest.mark.parametrize("seed", range(12))
def test_every_dose_has_one_row_and_limits_are_only_passed_when_asked(owner, noon, seed):
    life, refused = Life(owner, seed), Counter()
    for _ in range(STEPS):
        refused[life.live()] += 1
    assert set(refused) <= {"", "missing", "dose_limit", "dose_not_taken"}
    rows = life.rows()
    assert len({(row.regimen_id, row.key) for row in rows}) == len(rows)
    limited = [row for row in rows if row.regimen_id == life.pills[4] and row.told.answer == "taken"]
    unasked = sorted((row.told.taken_at, row.told.amount) for row in limited if not row.told.over_limit)
    for at, _ in unasked:
        inside = sum(amount for when, amount in unasked if at - timedelta(days=1) < when <= at)
        assert inside <= 3
    assert all(later - sooner >= timedelta(hours=2) for (sooner, _), (later, _) in pairwise(unasked))


@pytest.mark.parametrize("seed", range(12))
def test_a_change_of_the_schedule_never_rewrites_what_was_planned_before_it(owner, noon, seed):
    life = Life(owner, seed)
    for _ in range(STEPS):
        if life.random.random() < 0.25:
            write_due(life.pills, life.at)
            before = past_of(life, life.person.day_at(life.at))
            life.change()
            assert past_of(life, life.person.day_at(life.at)) == before
        life.live()
    numbers = RegimenVersion.objects.order_by("regimen", "n").values_list("regimen", "n")
    for pill in life.pills:
        assert [n for regimen_id, n in numbers if regimen_id == pill] == list(
            range(1, 1 + RegimenVersion.objects.filter(regimen=pill).count())
        )


@pytest.mark.parametrize("seed", range(6))
def test_what_is_counted_is_what_is_seen_and_what_is_left_adds_up(owner, noon, seed):
    life = Life(owner, seed)
    pill = life.pills[0]
    stock.set_stock(person=life.person, regimen_id=pill, amount=Decimal(500), at=NOON)
    for _ in range(STEPS):
        life.live()
    last = life.person.day_at(life.at)
    seen = doses_between(life.person, DAY, last, at=life.at)
    found = adherence_of(life.person, DAY, last, at=life.at)
    assert found.counts == total(counted(dose.state) for dose in seen if dose.counts)
    taken = sum(
        (
            dose.taken_amount
            for dose in seen
            if dose.regimen_id == pill and dose.state == "taken" and dose.taken_at > NOON
        ),
        Decimal(0),
    )
    assert stock_of(life.person, pill, at=life.at).left == 500 - taken


@pytest.mark.parametrize("seed", range(6))
def test_looking_changes_nothing_and_keeping_time_changes_nothing_that_is_seen_of_clock_times(owner, noon, seed):
    life = Life(owner, seed)
    for _ in range(STEPS // 2):
        life.live()
    last = life.person.day_at(life.at)
    counts = Dose.objects.count(), DoseEvent.objects.count()
    by_clock = life.pills[:2]
    before = doses_between(life.person, DAY, last, at=life.at, regimen_ids=by_clock)
    assert doses_between(life.person, DAY, last, at=life.at, regimen_ids=by_clock) == before
    assert (Dose.objects.count(), DoseEvent.objects.count()) == counts
    write_due(life.pills, life.at)
    assert doses_between(life.person, DAY, last, at=life.at, regimen_ids=by_clock) == before


def test_the_ledger_only_grows(owner, noon):
    life, seen = Life(owner, 99), 0
    for _ in range(STEPS):
        life.live()
        now = DoseEvent.objects.count()
        assert now >= seen
        seen = now
    regimens.delete_regimen(person=life.person, regimen_id=life.pills[0], at=life.at)
    assert DoseEvent.objects.count() == seen
    assert Regimen.objects.alive().count() == len(life.pills) - 1
    assert adherence_of(life.person, DAY, DAY + A_WEEK, at=life.at).counts.planned >= 0
