import collections
import csv
from decimal import Decimal

import pytest

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.models import Exercise, ExerciseTag
from onharu.catalog.exercises.tests.conftest import shipped

pytestmark = pytest.mark.django_db
KHEPI = "khepi_exercise_kcal_20240919.csv"


def test_the_korean_table_is_taken_without_its_bad_rows(real):
    report = import_exercises(path=real / KHEPI)
    assert (report.read, report.new, report.passed) == (375, 368, 0)
    assert [(one.line, one.name) for one in report.refused] == [
        (258, "버피테스트"), (281, "레그 레이즈"), (302, "테스트(중구보건소)"), (304, "킥복싱"), (317, "스케이팅"),
        (359, "제자리 걷기"), (373, "훌라후프"),
    ]  # fmt: skip
    assert [one.name for one in report.made_unknown] == ["레그 레이즈", "훌라후프", "킥복싱"]
    assert Exercise.objects.filter(met__isnull=True).count() == 3


def test_both_encodings_say_the_same(real):
    import_exercises(path=real / KHEPI)
    again = import_exercises(path=real / "khepi_exercise_kcal_20240919_utf8.csv")
    assert (again.new, again.changed, again.same) == (0, 0, 368)


def test_the_compendium_is_taken_as_printed(real):
    report = import_exercises(path=real / "compendium2011_met.csv")
    assert (report.read, report.new, report.passed, report.refused) == (820, 534, 286, ())
    with (real / "compendium2011_met.csv").open(encoding="utf-8-sig") as file:
        printed = {row["code"]: Decimal(row["met"]) for row in csv.DictReader(file)}
    for code, met in Exercise.objects.values_list("code", "met"):
        assert printed[code.removeprefix("CPA-")] == met
    assert not Exercise.objects.filter(name__contains="â").exists()
    assert not Exercise.objects.filter(name__contains="&amp;").exists()


def test_the_english_list_is_taken_whole_without_any_met(real):
    report = import_exercises(path=real / "free_exercise_db.json")
    assert (report.read, report.new, report.refused) == (873, 873, ())
    assert len(report.made_unknown) == 9
    assert {one.reason.rpartition(": ")[2] for one in report.made_unknown} == {"neck"}
    assert Exercise.objects.filter(met__isnull=True).count() == 873
    tools = collections.Counter(ExerciseTag.objects.filter(kind="equipment").values_list("value", flat=True))
    assert (tools["barbell"], tools["dumbbell"], tools["none"]) == (179, 123, 111)


def test_nothing_imported_is_ever_planned(real):
    for name in (KHEPI, "compendium2011_met.csv", "free_exercise_db.json"):
        import_exercises(path=real / name)
    assert Exercise.objects.count() == 368 + 534 + 873
    assert Exercise.objects.filter(planned=True).count() == 0


def test_every_shipped_figure_is_the_one_the_compendium_prints(real):
    with (real / "compendium2011_met.csv").open(encoding="utf-8-sig") as file:
        printed = {row["code"]: row["met"] for row in csv.DictReader(file)}
    told = {row["code"]: (row["met_code"], row["met"]) for row in shipped()}
    assert {code: met for code, (cited, met) in told.items() if printed.get(cited) != met} == {}
