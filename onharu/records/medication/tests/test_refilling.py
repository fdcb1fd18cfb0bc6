"""Warnings that a medicine runs out: once for each stock, on a working day, by day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.kernel.holidays import ExtraHoliday
from onharu.records.medication import jobs
from onharu.records.medication.actions import doses, refilling, regimens, stock
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.models import RefillWarning, Regimen, Reminder, ReminderRule
from onharu.records.medication.queries.doses import day_of
from onharu.records.medication.tests.dosing import NOON, at_times, regimen, seoul

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)
EARLY = seoul(9, 30, day=FRIDAY)  # 14 of two a day last until Friday the 4th from then


@pytest.fixture
def pill(owner, noon):
    """Twice a day, a week's warning."""
    return regimen(owner, at_times(8, 20), refill_days=7)


def counted(owner, pill, amount, at=NOON):
    stock.set_stock(person=person_of(owner), regimen_id=pill.pk, amount=Decimal(amount), at=at)


def looked(owner, first, hours):
    """Look once an hour, as the job does; answers what was owed, by when."""
    for hour in range(hours):
        refilling.warn_one(owner_id=owner.pk, at=first + timedelta(hours=hour))
    return list(Reminder.objects.filter(kind="refill").order_by("send_at").values_list("send_at", flat=True))


def test_a_stock_is_warned_of_so_many_days_ahead_at_ten(owner, pill):
    counted(owner, pill, 14, at=EARLY)
    assert looked(owner, EARLY, 3) == [seoul(10, day=FRIDAY)]
    (warning,) = RefillWarning.objects.all()
    assert (warning.regimen_id, warning.runs_out) == (pill.pk, date(2026, 12, 4))
    assert warning.reminder.kind == "refill"


def test_a_warning_that_falls_on_a_holiday_comes_before_it(owner, pill):
    for day in (26, 27):
        ExtraHoliday.objects.create(day=date(2026, 11, day))
    wednesday = EARLY - timedelta(days=2)
    counted(owner, pill, 18, at=wednesday)
    assert looked(owner, wednesday, 1) == [seoul(10, day=date(2026, 11, 25))]


def test_a_warning_is_owed_in_the_hour_before_it(owner, pill):
    counted(owner, pill, 14, at=EARLY - timedelta(hours=1))
    assert looked(owner, EARLY - timedelta(hours=1), 1) == []
    assert looked(owner, EARLY, 1) == [seoul(10, day=FRIDAY)]


def test_a_stock_that_is_low_already_is_warned_of_at_once_by_day(owner, pill):
    counted(owner, pill, 3)
    assert looked(owner, NOON, 1) == [NOON]


def test_a_stock_that_is_low_at_night_waits_for_the_day(owner, pill):
    night = seoul(23, 30)
    counted(owner, pill, 3, at=night)
    assert looked(owner, night, 14) == [seoul(10, day=date(2026, 11, 23))]


def test_nothing_left_at_all_is_warned_of(owner, pill):
    counted(owner, pill, 0)
    assert looked(owner, NOON, 2) == [NOON]


def test_a_stock_is_warned_of_once_though_doses_are_missed(owner, pill):
    counted(owner, pill, 10)
    assert len(looked(owner, NOON, 24 * 4)) == 1


def test_a_refilled_stock_is_warned_of_anew(owner, pill):
    counted(owner, pill, 3)
    looked(owner, NOON, 2)
    later = NOON + timedelta(hours=3)
    stock.add_stock(person=person_of(owner), regimen_id=pill.pk, amount=Decimal(2), at=later)
    assert len(looked(owner, later, 1)) == 2
    stock.add_stock(person=person_of(owner), regimen_id=pill.pk, amount=Decimal(300), at=later + timedelta(hours=2))
    assert len(looked(owner, later + timedelta(hours=2), 48)) == 2


def test_two_medicines_that_run_out_together_are_one_telling(owner, pill):
    other = regimen(owner, at_times(8, 20), name="비타민", refill_days=7)
    counted(owner, pill, 14, at=EARLY)
    counted(owner, other, 14, at=EARLY)
    assert len(looked(owner, EARLY, 2)) == 1
    assert RefillWarning.objects.count() == 2


def test_what_was_never_counted_is_not_warned_of(owner, pill):
    Regimen.objects.filter(pk=pill.pk).update(tracks_stock=True)
    assert looked(owner, NOON, 2) == []


def test_a_course_that_ends_before_its_stock_is_not_warned_of(owner, noon):
    short = regimen(owner, at_times(8, 20), end=date(2026, 11, 25))
    counted(owner, short, 30)
    assert looked(owner, NOON, 24) == []


def test_a_medicine_that_was_stopped_deleted_or_is_silent_is_not_warned_of(owner, noon):
    person = person_of(owner)
    stopped, deleted, silent = (regimen(owner, at_times(8), name=name) for name in ("하나", "둘", "셋"))
    for one in (stopped, deleted, silent):
        counted(owner, one, 2)
    regimens.end_regimen(person=person, regimen_id=stopped.pk, at=noon)
    regimens.delete_regimen(person=person, regimen_id=deleted.pk, at=noon)
    regimens.change_regimen(person=person, regimen_id=silent.pk, said={"reminds": False}, at=noon)
    assert looked(owner, NOON, 24) == []


def test_quiet_hours_are_kept(owner, pill):
    ReminderRule.objects.create(
        owner=owner,
        quiet_from=datetime(2026, 1, 1, 9).time(),
        quiet_to=datetime(2026, 1, 1, 13).time(),
        changed_at=NOON,
    )
    noon_of_friday = seoul(12, 30, day=FRIDAY)
    counted(owner, pill, 14, at=noon_of_friday)
    assert looked(owner, noon_of_friday, 2) == [seoul(13, day=FRIDAY)]


def test_what_is_taken_shortens_the_stock(owner, pill):
    counted(owner, pill, 40)
    write_due([pill.pk], NOON + timedelta(hours=12))
    person = person_of(owner)
    evening = day_of(person, date(2026, 11, 22), at=NOON + timedelta(hours=12)).doses[-1]
    doses.take(
        person=person, dose_id=evening.id, at=NOON + timedelta(hours=9),
        said=doses.Said(amount=Decimal(38), anyway=True),
    )  # fmt: skip
    assert len(looked(owner, NOON + timedelta(days=1), 1)) == 1


def test_the_job_looks_at_everybody_who_keeps_a_stock(owner, pill, relative):
    counted(owner, pill, 3)
    theirs = regimen(relative, at_times(8), name="칼슘")
    counted(relative, theirs, 2)
    jobs.warn_of_refills()
    assert set(Reminder.objects.filter(kind="refill").values_list("owner_id", flat=True)) == {owner.pk, relative.pk}
    jobs.warn_of_refills()
    assert Reminder.objects.filter(kind="refill").count() == 2


def test_somebody_who_is_gone_is_not_warned(owner, pill):
    counted(owner, pill, 3)
    type(owner).objects.filter(pk=owner.pk).update(is_active=False)
    assert looked(owner, NOON, 2) == []
