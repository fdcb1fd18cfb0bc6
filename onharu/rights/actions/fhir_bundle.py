"""A person's records as FHIR resources, month by month, read through the doors of the rooms."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from onharu.accounts.public import Person
from onharu.kernel.days import DayVersion
from onharu.records.goals import public as goals
from onharu.records.goals.public import MeasurementEntry
from onharu.records.journal import public as journal
from onharu.records.meals import public as meals
from onharu.records.medication import public as medication
from onharu.records.workouts import public as workouts
from onharu.rights.rules import fhir
from onharu.rights.rules.fhir import Measure, Resource

MEASURES: dict[str, Measure] = {"WEIGHT": fhir.WEIGHT, "WAIST": fhir.WAIST, "GLUCOSE": fhir.GLUCOSE}
TENTH = Decimal("0.1")


def resources_of(person: Person, at: datetime) -> Iterator[tuple[Resource, float]]:
    """Tell everything that FHIR has a word for; beside each, which part of the work it was."""
    patient_id = fhir.name_of("patient", person.id, at.isoformat())
    yield fhir.patient(patient_id=patient_id, sex=person.sex, birth_year=person.birth_year), 0
    for told in _statements(person, patient_id, at):
        yield told, 0
    months = _months(person.id)
    for first in months:
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        part = 1 / len(months)
        for told in (*_days(person.id, patient_id, first, last), *_doses(person, patient_id, first, last, at)):
            yield told, part
            part = 0


def _months(owner_id: int) -> list[date]:
    """List the months in which anything was written down."""
    days = DayVersion.objects.filter(owner_id=owner_id).exclude(part="profile").values_list("day", flat=True)
    return sorted({day.replace(day=1) for day in days})


def _statements(person: Person, patient_id: str, at: datetime) -> Iterator[Resource]:
    for one in medication.regimens_of(person, at=at, ended=None):
        yield fhir.statement(
            name=fhir.name_of("regimen", one.id),
            patient_id=patient_id,
            medicine=fhir.medicine(name=one.name, item_seq=one.item_seq),
            ended=one.ended,
            said_at=one.changed_at,
            first=one.start,
            last=one.end,
            sentence=one.sentence,
        )


def _days(owner_id: int, patient_id: str, first: date, last: date) -> Iterator[Resource]:
    for of_goals in goals.days_of(owner_id, first, last).values():
        yield from (_measured(one, patient_id) for one in of_goals.measurements)
    for day, of_journal in journal.days_of(owner_id, first, last).items():
        if of_journal.report and of_journal.report.sleep_hours is not None:
            yield _sum(patient_id, fhir.SLEEP, day, of_journal.report.sleep_hours)
    for day, moved in workouts.moved_days(owner_id, first, last).items():
        if moved.minutes is not None:
            yield _sum(patient_id, fhir.EXERCISE, day, moved.minutes)
    for day, eaten in meals.days_of(owner_id, first, last).items():
        if eaten.meals and (kcal := eaten.total.nutrients.kcal) is not None:
            unknown = eaten.total.unknown.get("kcal", 0)
            note = f"at least: the energy of {unknown} of {eaten.total.count} foods is not known" if unknown else ""
            yield _sum(patient_id, fhir.CALORIES, day, kcal.quantize(TENTH), note)


def _sum(patient_id: str, measure: Measure, day: date, value: Decimal, note: str = "") -> Resource:
    name = fhir.name_of(patient_id, measure.code, day)
    return fhir.observation(name=name, patient_id=patient_id, measure=measure, at=day, value=value, note=note)


def _measured(one: MeasurementEntry, patient_id: str) -> Resource:
    name = fhir.name_of("measurement", one.id)
    if one.value2 is not None:
        return fhir.blood_pressure(
            name=name, patient_id=patient_id, at=one.at, systolic=one.value, diastolic=one.value2, note=one.note
        )
    return fhir.observation(
        name=name, patient_id=patient_id, measure=MEASURES[one.kind], at=one.at, value=one.value, note=one.note
    )


def _doses(person: Person, patient_id: str, first: date, last: date, at: datetime) -> Iterator[Resource]:
    for dose in medication.doses_between(person, first, last, at=at):
        if dose.state == "taken" and dose.taken_at is not None:
            yield fhir.administration(
                name=fhir.name_of("dose", dose.id),
                patient_id=patient_id,
                statement_name=fhir.name_of("regimen", dose.regimen_id),
                medicine=fhir.medicine(name=dose.name, item_seq=dose.item_seq),
                at=dose.taken_at,
                amount=dose.taken_amount or dose.amount,
                unit=dose.unit,
            )
