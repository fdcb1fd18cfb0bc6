"""Many hands at once: one taking, one dose within the limit, one row for a dose that comes due."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections

from onharu.accounts.public import person_of
from onharu.kernel.problems import Problem
from onharu.records.medication.actions import doses, regimens
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.actions.limits import DoseLimit
from onharu.records.medication.models import Dose, DoseEvent, Regimen, RegimenVersion, Reminder
from onharu.records.medication.tests.dosing import (
    NOON,
    after_the_last,
    at_times,
    following,
    regimen,
    seoul,
    when_needed,
)

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "v1.20261122.0"


def at_once(*acts):
    """Do all of these at the same moment; tells what each came to."""
    start, came = threading.Barrier(len(acts)), Counter()

    def run(act):
        try:
            start.wait()
            act()
            came["done"] += 1
        except Problem as problem:
            came[type(problem).__name__] += 1
        except Exception as error:  # noqa: BLE001 what is unexpected is named in the answer
            came[repr(error)] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(came)


def test_twenty_who_take_the_same_dose_at_once_write_one_entry(owner, noon):
    pill, person = regimen(owner, at_times(13)), person_of(owner)

    def take():
        doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)

    assert at_once(*[take] * 20) == {"done": 20}
    assert list(DoseEvent.objects.values_list("kind", flat=True)) == ["taken"]
    assert Dose.objects.count() == 1


def test_of_two_doses_at_the_limit_exactly_one_passes_unasked(owner, noon):
    pill, person = regimen(owner, when_needed("1")), person_of(owner)

    def take():
        doses.take_now(person=person, regimen_id=pill.pk, at=NOON)

    assert at_once(take, take) == {"done": 1, DoseLimit.__name__: 1}
    assert Dose.objects.count() == DoseEvent.objects.count() == 1


def test_a_gap_is_held_by_many_at_once_too(owner, noon):
    pill, person = regimen(owner, when_needed(gap=timedelta(hours=4))), person_of(owner)

    def take():
        doses.take_now(person=person, regimen_id=pill.pk, at=NOON)

    assert at_once(*[take] * 8) == {"done": 1, DoseLimit.__name__: 7}


def test_many_who_keep_time_write_each_dose_once_with_one_reminder(owner, noon):
    pills = [regimen(owner, at_times(13, 14), name=f"약{n}").pk for n in range(4)]
    written = []

    def tick():
        written.extend(write_due(pills, seoul(15)))

    assert at_once(*[tick] * 6) == {"done": 6}
    assert len(written) == Dose.objects.count() == 8
    assert Reminder.objects.filter(kind="dose").count() == 2


def test_taking_changing_and_keeping_time_at_once_lose_nothing(owner, noon):
    person = person_of(owner)
    leader = regimen(owner, at_times(13))
    last = regimen(owner, after_the_last(1), name="한 시간마다")
    pills = [leader.pk, last.pk, *(regimen(owner, following(leader.pk, 5), name=f"뒤{n}").pk for n in range(3))]
    write_due(pills, NOON + timedelta(minutes=1))
    (dose,) = Dose.objects.filter(regimen=last)
    acts = [
        lambda: doses.take(person=person, dose_id=f"{leader.pk}.{FIRST}", at=NOON),
        lambda: doses.take(person=person, dose_id=f"{last.pk}.{dose.key}", at=NOON),
        lambda: write_due(pills, seoul(13, 30)),
        lambda: write_due(reversed(pills), seoul(13, 31)),
        lambda: regimens.clock_changed(owner_id=owner.pk),
        lambda: regimens.change_regimen(person=person, regimen_id=last.pk, said={"why": "물"}, at=NOON),
    ]
    assert at_once(*acts * 2) == {"done": 12}
    write_due(pills, seoul(13, 40))
    assert Dose.objects.filter(regimen=leader).count() == 1
    assert Dose.objects.filter(regimen__in=pills[2:]).count() == 3
    assert DoseEvent.objects.filter(kind="taken").count() == 2


def test_changes_at_once_are_numbered_one_after_the_other(owner, noon):
    pill, person = regimen(owner, at_times(13)), person_of(owner)

    def change(hour):
        return lambda: regimens.change_regimen(
            person=person, regimen_id=pill.pk, said={"schedule": at_times(hour)}, at=NOON
        )

    assert at_once(*[change(hour) for hour in range(14, 22)]) == {"done": 8}
    assert list(RegimenVersion.objects.order_by("n").values_list("n", flat=True)) == list(range(1, 10))
    assert Regimen.objects.get().next_at == NOON
