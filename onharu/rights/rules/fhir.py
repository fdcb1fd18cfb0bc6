"""Resources of HL7 FHIR R4B, as plain JSON: who, what was measured, what is taken and what was.

Codes are LOINC, units UCUM. LOINC is copyright Regenstrief Institute, Inc., free of charge under its licence.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Resource = dict[str, Any]
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
ITEM_SEQ = "https://nedrug.mfds.go.kr/item-seq"
HOUSE = uuid.UUID("6d4f1c4e-3c55-5d0f-9a86-6f6e68617275")
SEXES = {"FEMALE": "female", "MALE": "male"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: its LOINC code and words, its UCUM unit, and the category of HL7."""

    code: str
    display: str
    unit: str
    shown: str
    category: str


WEIGHT = Measure("29463-7", "Body weight", "kg", "kg", "vital-signs")
WAIST = Measure("8280-0", "Waist Circumference at umbilicus by Tape measure", "cm", "cm", "exam")
SYSTOLIC = Measure("8480-6", "Systolic blood pressure", "mm[Hg]", "mmHg", "vital-signs")
DIASTOLIC = Measure("8462-4", "Diastolic blood pressure", "mm[Hg]", "mmHg", "vital-signs")
PRESSURE = Measure("85354-9", "Blood pressure panel with all children optional", "mm[Hg]", "mmHg", "vital-signs")
GLUCOSE = Measure("2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", "mg/dL", "laboratory")
SLEEP = Measure("93832-4", "Sleep duration", "h", "h", "activity")
EXERCISE = Measure("55411-3", "Exercise duration", "min", "min", "activity")
CALORIES = Measure("9052-2", "Calorie intake total", "kcal", "kcal", "activity")


def name_of(*parts: object) -> str:
    """Name a resource by what it is about, the same in every archive, and by nothing that names a person."""
    return str(uuid.uuid5(HOUSE, ":".join(map(str, parts))))


def patient(*, patient_id: str, sex: str | None, birth_year: int | None) -> Resource:
    """Tell of the person without a name: sex and year of birth where they were said."""
    told: Resource = {"resourceType": "Patient", "id": patient_id, "active": True}
    if sex in SEXES:
        told["gender"] = SEXES[sex]
    if birth_year:
        told["birthDate"] = f"{birth_year:04}"
    return told


def observation(
    *, name: str, patient_id: str, measure: Measure, at: datetime | date, value: Decimal, note: str = ""
) -> Resource:
    """Tell of one measurement or one day's sum."""
    told = _observed(name, patient_id, measure, at, note)
    told["valueQuantity"] = _quantity(value, measure)
    return told


def blood_pressure(
    *, name: str, patient_id: str, at: datetime, systolic: Decimal, diastolic: Decimal, note: str = ""
) -> Resource:
    """Tell of one blood pressure: a panel of two."""
    told = _observed(name, patient_id, PRESSURE, at, note)
    told["component"] = [
        {"code": _concept(measure), "valueQuantity": _quantity(value, measure)}
        for measure, value in ((SYSTOLIC, systolic), (DIASTOLIC, diastolic))
    ]
    return told


def statement(
    *,
    name: str,
    patient_id: str,
    medicine: Resource,
    ended: bool,
    said_at: datetime,
    first: date,
    last: date | None,
    sentence: str,
) -> Resource:
    """Tell of a medicine that is or was taken, with its schedule in words."""
    period = {"start": first.isoformat(), **({"end": last.isoformat()} if last else {})}
    return {
        "resourceType": "MedicationStatement",
        "id": name,
        "status": "stopped" if ended and last is None else "completed" if ended else "active",
        "medicationCodeableConcept": medicine,
        "subject": _subject(patient_id),
        "effectivePeriod": period,
        "dateAsserted": said_at.isoformat(),
        "informationSource": _subject(patient_id),
        **({"dosage": [{"text": sentence}]} if sentence else {}),
    }


def administration(
    *, name: str, patient_id: str, statement_name: str, medicine: Resource, at: datetime, amount: Decimal, unit: str
) -> Resource:
    """Tell of a dose that was taken."""
    return {
        "resourceType": "MedicationAdministration",
        "id": name,
        "status": "completed",
        "medicationCodeableConcept": medicine,
        "subject": _subject(patient_id),
        "effectiveDateTime": at.isoformat(),
        "supportingInformation": [{"reference": f"urn:uuid:{statement_name}"}],
        "dosage": {"dose": {"value": float(amount), "unit": unit}},
    }


def medicine(*, name: str, item_seq: str) -> Resource:
    """Name a medicine: its words, and the Ministry's number where it has one."""
    coded = {"coding": [{"system": ITEM_SEQ, "code": item_seq}]} if item_seq else {}
    return {**coded, "text": name}


def _observed(name: str, patient_id: str, measure: Measure, at: datetime | date, note: str) -> Resource:
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": measure.category}]}],
        "code": _concept(measure),
        "subject": _subject(patient_id),
        "effectiveDateTime": at.isoformat(),
        **({"note": [{"text": note}]} if note else {}),
    }


def _concept(measure: Measure) -> Resource:
    return {"coding": [{"system": LOINC, "code": measure.code, "display": measure.display}], "text": measure.display}


def _quantity(value: Decimal, measure: Measure) -> Resource:
    return {"value": float(value), "unit": measure.shown, "system": UCUM, "code": measure.unit}


def _subject(patient_id: str) -> Resource:
    return {"reference": f"urn:uuid:{patient_id}"}
