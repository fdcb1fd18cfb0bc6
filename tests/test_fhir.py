"""The FHIR part of an archive: R4B as its own library reads it, with LOINC and UCUM."""

import json
import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.medicationadministration import MedicationAdministration
from fhir.resources.R4B.medicationstatement import MedicationStatement
from fhir.resources.R4B.observation import Observation
from fhir.resources.R4B.patient import Patient

from onharu.accounts.models import User
from onharu.accounts.queries import person_of
from onharu.kernel import clock, days
from onharu.records.goals.models import Measurement
from onharu.records.journal.models import DailyReport
from onharu.records.meals.models import Meal, MealItem
from onharu.records.medication.models import Dose, DoseEvent
from onharu.rights.actions.fhir_bundle import resources_of
from onharu.rights.rules import fhir
from tests.test_reading_back import archive_of

KINDS = {
    "Patient": Patient,
    "Observation": Observation,
    "MedicationStatement": MedicationStatement,
    "MedicationAdministration": MedicationAdministration,
}


def bundle_of(user):
    return [resource for resource, _ in resources_of(person_of(user), clock.now())]


def of_code(resources, code):
    return [
        one for one in resources if one["resourceType"] == "Observation" and one["code"]["coding"][0]["code"] == code
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_demo_month_is_a_valid_bundle_with_every_kind_of_resource(tmp_path):
    call_command("load_starter", verbosity=0)
    call_command("seed_demo", username="demo", days=30, verbosity=0)
    demo = User.objects.get(username="demo")
    with zipfile.ZipFile(archive_of(demo.pk, tmp_path)) as archive:
        told = json.loads(archive.read("fhir/bundle.json"))
    resources = [entry["resource"] for entry in told["entry"]]
    for one in resources:
        KINDS[one["resourceType"]].model_validate(one)
    Bundle.model_validate(told)
    assert {one["resourceType"] for one in resources} == KINDS.keys()
    assert len({entry["fullUrl"] for entry in told["entry"]}) == len(resources)
    for measure in (fhir.WEIGHT, fhir.SLEEP, fhir.EXERCISE, fhir.CALORIES):
        assert of_code(resources, measure.code), measure.display
    taken = DoseEvent.objects.filter(owner=demo, kind="taken").values("dose").distinct().count()
    given = [one for one in resources if one["resourceType"] == "MedicationAdministration"]
    assert 0 < len(given) <= taken <= Dose.objects.filter(owner=demo).count()
    assert "demo" not in json.dumps(told) and "하루" not in json.dumps(resources[0], ensure_ascii=False)


@pytest.mark.django_db
def test_every_reference_leads_to_a_resource_of_the_bundle(owner, noon):
    days.touch(owner.pk, noon.date(), part="goals")
    Measurement.objects.create(owner=owner, kind="WEIGHT", day=noon.date(), at=noon, value=61, created_at=noon)
    resources = bundle_of(owner)
    known = {f"urn:uuid:{one['id']}" for one in resources}
    assert {one["subject"]["reference"] for one in resources if "subject" in one} <= known


@pytest.mark.django_db
def test_a_body_is_told_with_the_codes_of_loinc_and_the_units_of_ucum(owner, noon):
    days.touch(owner.pk, noon.date(), part="goals")
    for kind, value, value2 in (("WEIGHT", "61.5", None), ("GLUCOSE", "98", None), ("BLOOD_PRESSURE", "121", "79")):
        Measurement.objects.create(
            owner=owner, kind=kind, day=noon.date(), at=noon, value=value, value2=value2, created_at=noon, note="아침"
        )
    resources = bundle_of(owner)
    found = of_code(resources, "29463-7")
    assert len(found) == 1
    weight = found[0]
    assert weight["valueQuantity"] == {"value": 61.5, "unit": "kg", "system": fhir.UCUM, "code": "kg"}
    assert weight["code"]["coding"][0]["system"] == "http://loinc.org" and weight["note"] == [{"text": "아침"}]
    assert of_code(resources, "2339-0")[0]["valueQuantity"]["code"] == "mg/dL"
    (pressure,) = of_code(resources, "85354-9")
    parts = {one["code"]["coding"][0]["code"]: one["valueQuantity"]["value"] for one in pressure["component"]}
    assert parts == {"8480-6": 121.0, "8462-4": 79.0}
    assert [one["valueQuantity"]["code"] for one in pressure["component"]] == ["mm[Hg]", "mm[Hg]"]
    for one in (weight, pressure):
        Observation.model_validate(one)


@pytest.mark.django_db
def test_what_nobody_said_is_not_told_and_what_is_partly_known_says_so(owner, noon):
    day = noon.date()
    meal = Meal.objects.create(owner=owner, day=day, slot="LUNCH", eaten_at=noon, created_at=noon)
    same = {"owner": owner, "meal": meal, "quantity": 1, "unit": "g", "grams": 100, "created_at": noon}
    MealItem.objects.create(**same, name="밥", kcal=Decimal(150), grams_source="WEIGHED")
    days.touch(owner.pk, day, part="meals")
    (known,) = of_code(bundle_of(owner), "9052-2")
    assert known["valueQuantity"]["value"] == 150.0 and "note" not in known
    MealItem.objects.create(**same, name="모르는 것", kcal=None, grams_source="WEIGHED")
    (partly,) = of_code(bundle_of(owner), "9052-2")
    assert "1 of 2 foods is not known" in partly["note"][0]["text"]
    MealItem.objects.filter(kcal__isnull=False).delete()
    assert of_code(bundle_of(owner), "9052-2") == []
    DailyReport.objects.create(owner=owner, day=day, mood=3, created_at=noon, changed_at=noon)
    days.touch(owner.pk, day, part="journal")
    assert of_code(bundle_of(owner), "93832-4") == []


@pytest.mark.django_db
def test_the_person_has_no_name_and_an_unsaid_sex_stays_unsaid(owner, stranger, noon):
    (patient,) = bundle_of(owner)
    assert patient["gender"] == "female" and patient["birthDate"] == "1986"
    assert "name" not in patient and "identifier" not in patient
    (unsaid,) = bundle_of(stranger)
    assert not {"gender", "birthDate"} & unsaid.keys()
    for one in (patient, unsaid):
        Patient.model_validate(one)


def test_a_course_that_ended_is_completed_and_one_that_was_stopped_is_stopped(noon):
    told = {
        "name": fhir.name_of("regimen", 1),
        "patient_id": fhir.name_of("patient", 1),
        "medicine": fhir.medicine(name="타이레놀", item_seq="202005623"),
        "said_at": noon,
        "first": noon.date(),
        "sentence": "하루 세 번",
    }
    states = [
        fhir.statement(**told, ended=ended, last=last)
        for ended, last in ((False, None), (True, noon.date() + timedelta(days=5)), (True, None))
    ]
    assert [one["status"] for one in states] == ["active", "completed", "stopped"]
    assert states[0]["medicationCodeableConcept"]["coding"][0]["code"] == "202005623"
    for one in states:
        MedicationStatement.model_validate(one)
