"""How the wordings of a medicine follow each other, and what the plan of each hangs on."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.kernel.problems import Missing
from onharu.records.medication import ports
from onharu.records.medication.actions import regimens
from onharu.records.medication.actions.regimens import EndBehind, RegimenRefused
from onharu.records.medication.actions.routine import RoutineRefused, set_routine
from onharu.records.medication.actions.wordings import hangs_on_meals, hangs_on_takings
from onharu.records.medication.models import Regimen, RegimenVersion
from onharu.records.medication.queries.doses import days_of
from onharu.records.medication.queries.mine import mine_of
from onharu.records.medication.queries.regimens import RegimenList, regimen_of, regimens_of, standing_of, versions_of
from onharu.records.medication.queries.standing import routine_of
from onharu.records.medication.rules.schedules.shapes import Phase, Routine, Schedule
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
from tests import medicine_shelf as shelf

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


@pytest.fixture
def person(owner, noon):
    return person_of(owner)


@pytest.mark.parametrize(
    ("schedule", "meals", "takings"),
    [
        (at_times(8), False, False), (after_meals("lunch"), True, False), (after_the_last(8), False, True),
        (following(7, 30), False, True), (when_needed("4"), False, False),
    ],
)  # fmt: skip
def test_a_schedule_knows_what_it_hangs_on(schedule, meals, takings):
    assert (hangs_on_meals(schedule), hangs_on_takings(schedule)) == (meals, takings)


def test_a_medicine_keeps_what_its_newest_wording_hangs_on(person, owner):
    pill = regimen(owner, after_meals("lunch"))
    assert Regimen.objects.get().by_meals
    regimens.change_regimen(person=person, regimen_id=pill.pk, said={"schedule": after_the_last(8)}, at=NOON)
    kept = Regimen.objects.get()
    assert (kept.by_meals, kept.by_takings, kept.next_at) == (False, True, NOON)


def test_a_taper_is_planned_phase_by_phase(person, owner):
    when = at_times(8).phases[0].when
    taper = Schedule((Phase(when, length=2, amount=Decimal(3)), Phase(when, length=2, amount=Decimal(2)), Phase(when)))
    regimen(owner, taper, start=DAY + ONE_DAY)
    found = days_of(person, DAY, DAY + 6 * ONE_DAY, at=NOON)
    assert [day.doses[0].amount for day in found.values()] == [3, 3, 2, 2, 1, 1]
    assert min(found) == DAY + ONE_DAY


def test_every_wording_is_kept_with_its_sentence(person, owner):
    pill = regimen(owner, at_times(8))
    regimens.change_regimen(person=person, regimen_id=pill.pk, said={"amount": Decimal(2)}, at=NOON)
    regimens.end_regimen(person=person, regimen_id=pill.pk, at=NOON + ONE_DAY)
    regimens.resume_regimen(person=person, regimen_id=pill.pk, at=NOON + 2 * ONE_DAY)
    regimens.resume_regimen(person=person, regimen_id=pill.pk, at=NOON + 2 * ONE_DAY)
    found = versions_of(person, pill.pk, at=NOON + 3 * ONE_DAY)
    assert [(one.n, one.amount, one.stops) for one in found] == [
        (1, 1, False),
        (2, 2, False),
        (3, 2, True),
        (4, 2, False),
    ]
    assert ["2정" in one.sentence for one in found] == [False, True, True, True]
    entry = regimen_of(person, pill.pk, at=NOON + 3 * ONE_DAY)
    assert (entry.version, entry.ended, entry.sentence) == (4, False, found[-1].sentence)


def test_a_course_that_has_ended_is_taken_up_without_its_end(person, owner):
    pill = regimen(owner, at_times(8), end=DAY)
    later = NOON + 3 * ONE_DAY
    assert regimen_of(person, pill.pk, at=later).ended
    assert not regimen_of(person, pill.pk, at=NOON).ended
    regimens.resume_regimen(person=person, regimen_id=pill.pk, at=later)
    entry = regimen_of(person, pill.pk, at=later)
    assert (entry.ended, entry.end) == (False, None)
    assert list(days_of(person, DAY + ONE_DAY, DAY + 5 * ONE_DAY, at=later)) == [DAY + 4 * ONE_DAY, DAY + 5 * ONE_DAY]


def test_a_last_day_before_the_first_is_refused(person, owner):
    pill = regimen(owner, at_times(8), start=DAY + 7 * ONE_DAY)
    for on in (DAY - ONE_DAY, DAY + ONE_DAY):
        with pytest.raises(EndBehind):
            regimens.end_regimen(person=person, regimen_id=pill.pk, at=NOON, on=on)
    regimens.end_regimen(person=person, regimen_id=pill.pk, at=NOON, on=DAY + 8 * ONE_DAY)
    regimens.end_regimen(person=person, regimen_id=pill.pk, at=NOON, on=DAY + 8 * ONE_DAY)
    assert RegimenVersion.objects.count() == 2


@pytest.mark.parametrize(
    "said", [{"name": ""}, {"name": " \u200e\n "}, {"name": "가" * 201}, {"unit": "spoon"}, {"note": "가" * 1001},
             {"refill_days": 61}, {"position": -1}]
)  # fmt: skip
def test_what_names_no_medicine_is_refused(owner, noon, said):
    with pytest.raises(RegimenRefused):
        regimen(owner, at_times(8), **said)
    assert Regimen.objects.count() == 0


def test_names_are_spelled_on_one_line(owner, noon):
    assert regimen(owner, at_times(8), name="  혈압\n약 ").name == "혈압 약"


def test_medicines_are_listed_in_their_order_and_by_whether_they_ended(person, owner, stranger):
    first, second = regimen(owner, at_times(8), name="가"), regimen(owner, at_times(8), name="나", position=0)
    over = regimen(owner, at_times(8), name="다", end=DAY - ONE_DAY)
    assert [one.name for one in regimens_of(person, at=NOON, ended=None)] == ["나", "가", "다"]
    assert [one.id for one in regimens_of(person, at=NOON)] == [second.pk, first.pk]
    ended = RegimenList(person, NOON, ended=True)
    assert (ended.count(), ended[0].id, [one.id for one in ended[0:9]]) == (1, over.pk, [over.pk])
    assert regimens_of(person_of(stranger), at=NOON, ended=None) == []
    with pytest.raises(Missing):
        standing_of(person_of(stranger), first.pk, at=NOON)


def test_mine_are_what_is_taken_then_what_went_well_each_once(person, owner, tablet, partner, scrap):
    regimen(owner, at_times(8), item_seq=shelf.PARTNER, name="")
    regimen(owner, at_times(8), item_seq=shelf.TABLET, name="내가 부르는 이름")
    assert mine_of(owner.pk) == (shelf.PARTNER, shelf.TABLET)
    assert [one.name for one in regimens_of(person, at=NOON)] == [partner.name, "내가 부르는 이름"]


def test_a_routine_is_said_once_and_in_the_order_of_a_day(person, owner):
    usual = Routine()
    assert routine_of(owner.pk) == usual
    set_routine(person=person, routine=usual, at=NOON)
    said = replace(usual, breakfast=time(9, 15), sleep=time(1))
    set_routine(person=person, routine=said, at=NOON)
    assert routine_of(owner.pk) == said
    pill = regimen(owner, after_meals("breakfast"))
    assert standing_of(person, pill.pk, at=NOON).routine == said
    with pytest.raises(RoutineRefused):
        set_routine(person=person, routine=replace(usual, dinner=time(11)), at=NOON)
    assert routine_of(owner.pk) == said


def test_until_somebody_answers_nothing_was_eaten(owner):
    wired = list(ports._answers)
    try:
        ports.use(None)
        assert ports.meals_between(owner.pk, DAY, DAY) == {}
        ports.use(lambda *_: {(DAY, "lunch"): NOON})
        assert ports.meals_between(owner.pk, DAY, DAY) == {(DAY, "lunch"): NOON}
    finally:
        ports._answers[:] = wired


def test_meals_are_only_asked_for_where_a_dose_hangs_on_them(person, owner):
    asked, wired = [], list(ports._answers)
    try:
        ports.use(lambda *question: asked.append(question) or {})
        regimen(owner, at_times(8))
        days_of(person, DAY, DAY, at=NOON)
        assert asked == []
        regimen(owner, after_meals("lunch"))
        days_of(person, DAY, DAY, at=NOON)
        assert [owner_id for owner_id, *_ in asked] == [owner.pk]
    finally:
        ports._answers[:] = wired
