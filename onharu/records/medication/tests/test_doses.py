"""What is said of doses: by whom, when, how much; asked about where it is over a limit; announced to every screen."""

from datetime import timedelta
from decimal import Decimal

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.kernel.days import day_touched
from onharu.kernel.problems import Missing
from onharu.records.medication import public
from onharu.records.medication.actions import doses, regimens
from onharu.records.medication.actions.doses import AmountUnlikely, ReasonTooLong, Said, TakenAhead
from onharu.records.medication.actions.due import write_due
from onharu.records.medication.actions.limits import DoseLimit
from onharu.records.medication.models import Dose, DoseEvent
from onharu.records.medication.queries.doses import day_of, days_answered, dose_of, doses_between
from onharu.records.medication.tests.dosing import DAY, NOON, after_meals, at_times, regimen, seoul, when_needed

pytestmark = pytest.mark.django_db
FIRST = "v1.20261122.0"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def person(owner, noon):
    return person_of(owner)


@pytest.fixture
def pill(owner, noon):
    return regimen(owner, at_times(13, 20))


def taken(person, pill, *hours, amount=1):
    """Take when needed at these hours of the day."""
    for hour in hours:
        doses.take_now(
            person=person, regimen_id=pill.pk, at=NOON, said=Said(taken_at=seoul(hour), amount=Decimal(amount))
        )


def test_the_ledger_refuses_to_be_rewritten(person, pill):
    doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)
    with pytest.raises(TypeError):
        DoseEvent.objects.update(amount=2)


def test_who_said_it_is_kept_and_the_owner_sees_that_it_was_another(person, relative, pill):
    doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON, said=Said(by=relative.pk))
    found = dose_of(person, f"{pill.pk}.{FIRST}", at=NOON)
    assert (found.by_other, [event.by_other for event in found.events]) == (True, [True])
    doses.untake(person=person, dose_id=found.id, at=NOON)
    assert not dose_of(person, found.id, at=NOON).by_other


def test_a_telephone_whose_clock_is_a_little_ahead_is_believed(person, pill):
    name = f"{pill.pk}.{FIRST}"
    doses.take(person=person, dose_id=name, at=NOON, said=Said(taken_at=NOON + timedelta(seconds=50)))
    with pytest.raises(TakenAhead):
        doses.correct(person=person, dose_id=name, at=NOON, said=Said(taken_at=NOON + timedelta(seconds=70)))
    for amount in (Decimal(0), Decimal(-1), Decimal(10_001)):
        with pytest.raises(AmountUnlikely):
            doses.take_now(person=person, regimen_id=pill.pk, at=NOON, said=Said(amount=amount))
    with pytest.raises(ReasonTooLong):
        doses.skip(person=person, dose_id=name, at=NOON, reason="가" * 201)
    assert DoseEvent.objects.count() == 1


def test_a_stranger_finds_no_dose_of_anybody_else(stranger, person, pill):
    other, name = person_of(stranger), f"{pill.pk}.{FIRST}"
    acts = (doses.take, doses.untake, doses.skip, doses.unskip)
    for act in acts:
        with pytest.raises(Missing):
            act(person=other, dose_id=name, at=NOON)
    with pytest.raises(Missing):
        doses.take_now(person=other, regimen_id=pill.pk, at=NOON)
    with pytest.raises(Missing):
        doses.correct(person=other, dose_id=name, at=NOON, said=Said())
    assert doses_between(other, DAY, DAY, at=NOON) == ()
    assert Dose.objects.count() == 0


def test_a_dose_of_a_day_with_its_counts(person, owner, pill, monkeypatch):
    needed = regimen(owner, when_needed(), name="두통약")
    doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)
    taken(person, needed, 9)
    day = day_of(person, DAY, at=NOON)
    assert (day.planned, day.taken, day.unplanned) == (2, 1, 1)
    assert [dose.name for dose in day.doses] == ["두통약", "혈압약", "혈압약"]
    assert day.next(NOON).planned_at == seoul(20)
    assert day.open() == ()
    late = day_of(person, DAY, at=seoul(21, 30))
    assert [dose.state for dose in late.open()] == ["late"]
    assert late.next(seoul(21, 30)) is None
    assert public.empty_day(DAY).planned == 0
    assert days_answered(person.id, DAY - ONE_DAY, DAY + ONE_DAY) == {DAY}


def test_a_dose_without_a_plan_moves_with_its_correction(person, owner):
    needed = regimen(owner, when_needed(), name="두통약")
    name = doses.take_now(person=person, regimen_id=needed.pk, at=NOON)
    doses.correct(person=person, dose_id=name, at=NOON, said=Said(taken_at=NOON - ONE_DAY))
    assert dose_of(person, name, at=NOON).day == DAY - ONE_DAY
    assert day_of(person, DAY, at=NOON).doses == ()


@pytest.mark.parametrize(
    ("most", "gap", "hours", "amount", "passes"),
    [
        ("4", None, (1, 5, 9), 1, True), ("4", None, (1, 5, 9, 10), 1, False), ("4", None, (1, 5, 9), 2, False),
        ("4", None, (), 4, True), ("4", None, (), 5, False), (None, 4, (8,), 1, True), (None, 4, (9,), 1, False),
        ("4", 4, (1, 5), 1, True), (None, None, (9, 10, 11), 9, True),
    ],
)  # fmt: skip
def test_a_limit_is_asked_about_in_any_24_hours_and_by_its_gap(person, owner, most, gap, hours, amount, passes):
    needed = regimen(owner, when_needed(most), name="두통약")
    taken(person, needed, *hours)
    limited = when_needed(most, None if gap is None else timedelta(hours=gap))
    regimens.change_regimen(person=person, regimen_id=needed.pk, said={"schedule": limited}, at=NOON)
    said = Said(amount=Decimal(amount))
    if passes:
        doses.take_now(person=person, regimen_id=needed.pk, at=NOON, said=said)
    else:
        with pytest.raises(DoseLimit):
            doses.take_now(person=person, regimen_id=needed.pk, at=NOON, said=said)
    assert Dose.objects.count() == len(hours) + passes


def test_a_dose_told_for_yesterday_counts_with_what_was_taken_since(person, owner):
    needed = regimen(owner, when_needed("2"), name="두통약")
    taken(person, needed, 8, 10)
    with pytest.raises(DoseLimit):
        doses.take_now(person=person, regimen_id=needed.pk, at=NOON, said=Said(taken_at=seoul(20, 0, DAY - ONE_DAY)))


def test_a_correction_over_the_limit_is_asked_about_too_and_a_dose_taken_back_frees_it(person, owner):
    needed = regimen(owner, when_needed("2"), name="두통약")
    taken(person, needed, 8)
    name = doses.take_now(person=person, regimen_id=needed.pk, at=NOON)
    with pytest.raises(DoseLimit):
        doses.correct(person=person, dose_id=name, at=NOON, said=Said(amount=Decimal(2)))
    doses.correct(person=person, dose_id=name, at=NOON, said=Said(amount=Decimal(2), anyway=True))
    assert dose_of(person, name, at=NOON).over_limit
    doses.untake(person=person, dose_id=name, at=NOON)
    doses.take_now(person=person, regimen_id=needed.pk, at=NOON)


def test_a_planned_dose_is_asked_about_as_well(person, owner):
    limited = at_times(13, limit=when_needed("1").limit)
    pill = regimen(owner, limited)
    doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)
    with pytest.raises(DoseLimit) as caught:
        doses.take_now(person=person, regimen_id=pill.pk, at=NOON)
    assert "약사와 상의" in caught.value.ko
    assert "혈압약" not in caught.value.ko


def test_the_question_tells_the_gap_and_when_the_next_is_within_it(person, owner):
    needed = regimen(owner, when_needed(gap=timedelta(hours=4, minutes=30)), name="두통약")
    taken(person, needed, 10)
    with pytest.raises(DoseLimit) as caught:
        doses.take_now(person=person, regimen_id=needed.pk, at=NOON)
    assert "4시간 30분 이상" in caught.value.ko
    assert "11/22 14:30부터" in caught.value.ko
    assert "4 h 30 min" in caught.value.en


def test_every_word_of_a_dose_is_announced_once_and_saying_it_again_is_not(
    person, owner, pill, django_capture_on_commit_callbacks
):
    heard = []

    def hear(sender, touched, **_):
        heard.append((touched.owner_id, touched.day))

    day_touched.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)
            doses.take(person=person, dose_id=f"{pill.pk}.{FIRST}", at=NOON)
        assert heard == [(owner.pk, DAY)]
        with django_capture_on_commit_callbacks(execute=True):
            doses.skip(person=person, dose_id=f"{pill.pk}.v1.20261123.0", at=NOON)
        assert heard[1:] == [(owner.pk, DAY + ONE_DAY)]
    finally:
        day_touched.disconnect(hear)


def test_a_meal_arms_what_is_taken_after_it_and_the_clock_calls_without_one(person, owner):
    from onharu.records.medication import ports

    wired = list(ports._answers)
    pill = regimen(owner, after_meals("lunch"))
    (usual,) = day_of(person, DAY, at=NOON).doses
    assert usual.planned_at == seoul(13)
    try:
        public.use_meal_times(lambda *_: {(DAY, "lunch"): seoul(11, 40)})
        public.meals_changed(owner_id=owner.pk)
        (armed,) = day_of(person, DAY, at=NOON).doses
        assert armed.planned_at == seoul(12, 10)
        pill.refresh_from_db()
        assert pill.next_at == clock.now()
    finally:
        ports._answers[:] = wired


FLIGHTS = [
    ("Asia/Seoul", "America/New_York"), ("America/New_York", "Asia/Seoul"), ("Pacific/Honolulu", "Asia/Seoul"),
    ("Asia/Seoul", "Pacific/Honolulu"), ("Pacific/Kiritimati", "Pacific/Pago_Pago"), ("Asia/Seoul", "Asia/Tokyo"),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "there"), FLIGHTS)
@pytest.mark.parametrize("hours", range(0, 24, 5))
def test_a_flight_neither_loses_nor_doubles_a_dose(owner, noon, zone, there, hours):
    def live_in(name):
        owner.profile.zone = name
        owner.profile.save()
        return person_of(owner)

    before, flight = live_in(zone), NOON + timedelta(days=4, hours=hours)
    pill = regimen(owner, at_times(8, 20))
    write_due([pill.pk], flight)
    after = live_in(there)
    write_due([pill.pk], flight + timedelta(minutes=1))
    write_due([pill.pk], flight + timedelta(days=3))
    first, last = before.day_at(NOON) + ONE_DAY, after.day_at(flight) + ONE_DAY
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    keys = list(Dose.objects.filter(day__range=(first - ONE_DAY, last + ONE_DAY)).values_list("key", flat=True))
    assert {f"v1.{day:%Y%m%d}.{slot}" for day in days for slot in (0, 1)} <= set(keys)
    assert len(keys) == len(set(keys))


def test_a_flight_on_the_first_day_brings_no_dose_of_before(owner, noon):
    pill = regimen(owner, at_times(8, 20), at=NOON - ONE_DAY)
    write_due([pill.pk], NOON)
    owner.profile.zone = "America/New_York"
    owner.profile.save()
    write_due([pill.pk], NOON + timedelta(days=2))
    keys = list(Dose.objects.order_by("key").values_list("key", flat=True))
    assert keys[:4] == ["v1.20261121.1", "v1.20261122.0", "v1.20261122.1", "v1.20261123.0"]
