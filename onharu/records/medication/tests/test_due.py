"""Doses come due: each gets one row, however many keep time and however long nobody did."""

from datetime import timedelta

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import Dose, Regimen
from onharu.records.medication.queries.doses import day_of, doses_between
from onharu.records.medication.tests.dosing import (
    DAY,
    NOON,
    after_the_last,
    at_times,
    following,
    regimen,
    seoul,
    when_needed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(monkeypatch):
    """A clock whose hands a test moves."""

    class Hands:
        at = NOON

        def to(self, at):
            self.at = at
            return at

    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.at)
    return hands


def test_a_dose_gets_one_row_when_its_time_has_come(owner, hands):
    pill = regimen(owner, at_times(8, 13, 20))
    assert write_due([pill.pk], NOON + timedelta(minutes=59)) == []
    (dose,) = write_due([pill.pk], NOON + timedelta(minutes=61))
    assert (dose.key, dose.planned_at, dose.day) == ("v1.20261122.1", seoul(13), DAY)
    assert write_due([pill.pk], NOON + timedelta(minutes=61)) == []
    assert write_due([pill.pk], NOON + timedelta(minutes=62)) == []
    assert Dose.objects.count() == 1


def test_what_came_due_while_nobody_kept_time_is_written_later_and_nothing_before_it_was_added(owner, hands):
    pill = regimen(owner, at_times(8, 20))
    later = write_due([pill.pk], NOON + timedelta(days=3))
    assert [dose.planned_at for dose in later] == [
        seoul(20), *(seoul(hour) + timedelta(days=day) for day in (1, 2) for hour in (8, 20)),
        seoul(8) + timedelta(days=3),
    ]  # fmt: skip


def test_the_next_look_is_owed_at_the_next_dose_or_within_an_hour(owner, hands):
    pill = regimen(owner, at_times(13))
    write_due([pill.pk], NOON + timedelta(minutes=1))
    pill.refresh_from_db()
    assert pill.next_at == seoul(13)
    write_due([pill.pk], NOON + timedelta(minutes=61))
    pill.refresh_from_db()
    assert pill.next_at == NOON + timedelta(minutes=121)


def test_nobody_looks_at_what_is_taken_when_needed(owner, hands):
    pill = regimen(owner, when_needed())
    write_due([pill.pk], NOON + timedelta(minutes=1))
    pill.refresh_from_db()
    assert pill.next_at is None


def test_a_dose_taken_early_keeps_its_one_row_and_is_named_when_it_comes_due(owner, hands):
    pill, person = regimen(owner, at_times(13)), person_of(owner)
    doses.take(person=person, dose_id=f"{pill.pk}.v1.20261122.0", at=NOON)
    (dose,) = write_due([pill.pk], seoul(13, 1))
    assert Dose.objects.get() == dose
    (entry,) = day_of(person, DAY, at=hands.to(seoul(14))).doses
    assert (entry.state, entry.taken_at) == ("taken", NOON)


def test_before_and_after_it_is_written_a_dose_reads_the_same(owner, hands):
    pills = [regimen(owner, at_times(8, 13, 20), name=f"약{n}") for n in range(3)]
    person, at = person_of(owner), seoul(13, 5)
    before = doses_between(person, DAY, DAY + timedelta(days=1), at=at)
    write_due([pill.pk for pill in pills], at)
    assert doses_between(person, DAY, DAY + timedelta(days=1), at=at) == before
    assert len(before) == 2 * 3 + 3 * 3


def test_the_dose_after_the_last_one_waits_for_it(owner, hands):
    pill, person = regimen(owner, after_the_last(8), start=DAY), person_of(owner)
    (first,) = write_due([pill.pk], hands.to(NOON + timedelta(minutes=1)))
    assert write_due([pill.pk], hands.to(NOON + timedelta(hours=9))) == []
    doses.take(person=person, dose_id=f"{pill.pk}.{first.key}", at=hands.to(NOON + timedelta(hours=10)))
    pill.refresh_from_db()
    assert pill.next_at == NOON + timedelta(hours=10)
    assert write_due([pill.pk], NOON + timedelta(hours=17)) == []
    (second,) = write_due([pill.pk], NOON + timedelta(hours=19))
    assert second.planned_at == NOON + timedelta(hours=18)


def test_a_taking_told_late_does_not_lose_the_dose_after_it(owner, hands):
    pill, person = regimen(owner, after_the_last(4), start=DAY), person_of(owner)
    (first,) = write_due([pill.pk], hands.to(NOON + timedelta(minutes=1)))
    write_due([pill.pk], hands.to(NOON + timedelta(hours=8)))
    said = doses.Said(taken_at=NOON + timedelta(minutes=30))
    doses.take(person=person, dose_id=f"{pill.pk}.{first.key}", at=hands.at, said=said)
    (second,) = write_due([pill.pk], hands.to(hands.at + timedelta(minutes=1)))
    assert second.planned_at == NOON + timedelta(hours=4, minutes=30)


def test_a_dose_that_follows_another_moves_with_its_taking(owner, hands):
    leader = regimen(owner, at_times(13))
    follower = regimen(owner, following(leader.pk, 30), name="유산균")
    person = person_of(owner)
    day = day_of(person, DAY, at=NOON).doses
    assert [(dose.name, dose.planned_at) for dose in day] == [("혈압약", seoul(13)), ("유산균", seoul(13, 30))]
    write_due([leader.pk, follower.pk], hands.to(seoul(13, 1)))
    doses.take(person=person, dose_id=day[0].id, at=hands.to(seoul(13, 10)))
    moved = day_of(person, DAY, at=hands.at).doses
    assert moved[1].planned_at == seoul(13, 40)
    follower.refresh_from_db()
    assert follower.next_at == hands.at
    (dose,) = write_due([leader.pk, follower.pk], hands.to(seoul(13, 41)))
    assert (dose.regimen_id, dose.planned_at) == (follower.pk, seoul(13, 40))


def test_a_deleted_medicine_comes_due_no_more(owner, hands):
    pill = regimen(owner, at_times(13))
    Regimen.objects.filter(pk=pill.pk).update(deleted_at=NOON)
    assert write_due([pill.pk], seoul(14)) == []
    assert day_of(person_of(owner), DAY, at=NOON).doses == ()
