import json

import pytest

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.models import Exercise, Loaded
from onharu.catalog.exercises.public import exercise_by_code, find
from onharu.catalog.exercises.tests.conftest import COMPENDIUM
from onharu.kernel.problems import Invalid

pytestmark = pytest.mark.django_db
CURL = {
    "name": "Zottman Curl", "force": "pull", "level": "intermediate", "equipment": "dumbbell",
    "primaryMuscles": ["biceps"], "secondaryMuscles": ["forearms"], "category": "strength", "id": "Zottman_Curl",
}  # fmt: skip


@pytest.fixture
def listed(tmp_path):
    def write(*entries, name="free_exercise_db.json"):
        path = tmp_path / name
        path.write_text(json.dumps(entries), "utf-8")
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_korean_names_are_read_in_every_official_encoding(table, encoding):
    report = import_exercises(path=table("하타 요가,2.5", "스피닝,9", encoding=encoding))
    assert (report.shape, report.edition, report.read, report.new) == ("khepi", "2024-09-19", 2, 2)
    yoga = find("하타 요가").hits[0].facts
    assert (str(yoga.met), yoga.edition, yoga.measure) == ("2.50", "2024-09-19", "minutes")
    assert "kcal/kg/h" in yoga.met_source
    assert (yoga.planned, yoga.level, yoga.targets) == (False, 0, ())


def test_a_second_run_changes_nothing(table, django_assert_max_num_queries):
    path = table("요가,2.5", "스피닝,9")
    import_exercises(path=path)
    stamp = Loaded.objects.get(table="exercises").edition
    with django_assert_max_num_queries(4):
        again = import_exercises(path=path)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert Loaded.objects.get(table="exercises").edition == stamp


def test_a_new_edition_changes_the_same_rows(table):
    import_exercises(path=table("요가,2.5", "스피닝,9"))
    newer = import_exercises(path=table("요가,3", "스피닝,9", name="khepi_20250919.csv"))
    assert (newer.new, newer.changed, newer.same) == (0, 2, 0)
    assert Exercise.objects.count() == 2
    assert find("요가").hits[0].facts.edition == "2025-09-19"


def test_known_bad_rows_are_refused_with_their_reason(table):
    report = import_exercises(path=table("버피테스트,83", "테스트(중구보건소),13", "버피테스트,7"))
    assert [(one.line, one.name) for one in report.refused] == [(2, "버피테스트"), (3, "테스트(중구보건소)")]
    assert "83" in report.refused[0].reason
    assert "시험" in report.refused[1].reason
    assert str(find("버피테스트").hits[0].facts.met) == "7.00"


def test_a_name_said_twice_is_kept_once(table):
    report = import_exercises(path=table("스케이팅,7", "스케이팅,7"))
    assert (report.new, [one.line for one in report.refused]) == (1, [3])
    assert str(find("스케이팅").hits[0].facts.met) == "7.00"


def test_a_table_that_contradicts_itself_knows_nothing(table):
    report = import_exercises(path=table("킥복싱,10", "요가,2", "킥복싱,5"))
    assert [(one.line, one.name) for one in report.made_unknown] == [(2, "킥복싱")]
    assert "10, 5" in report.made_unknown[0].reason
    kick = find("킥복싱").hits[0].facts
    assert (kick.met, kick.met_source, kick.edition) == (None, "", "")


@pytest.mark.parametrize("line", ["요가", ",3", "요가,", "요가,많이", f"{'가' * 201},3"])
def test_a_broken_line_is_refused_and_the_rest_is_taken(table, line):
    report = import_exercises(path=table(line, "스피닝,9"))
    assert (report.new, [one.line for one in report.refused]) == (1, [2])


def test_the_compendium_gives_exercise_and_passes_the_rest(table):
    path = table(
        '01003,14.0,bicycling,"bicycling, mountain, uphill, vigorous"',
        "07010,1.0,inactivity,lying quietly",
        '02030,3.5,conditioning_exercise,"calisthenics, going up &amp; down"',
        "2030,3.5,conditioning_exercise,short code",
        header=COMPENDIUM,
        name="compendium2011_met.csv",
    )
    report = import_exercises(path=path)
    assert (report.shape, report.edition, report.new, report.passed, len(report.refused)) == (
        "compendium", "2011", 2, 1, 1,
    )  # fmt: skip
    bike = exercise_by_code("CPA-01003")
    assert (bike.pattern, str(bike.met)) == ("cardio", "14.00")
    assert bike.met_source == "Compendium of Physical Activities, 01003"
    assert exercise_by_code("CPA-02030").name == "calisthenics, going up & down"


def test_the_english_list_keeps_our_codes_and_no_met(listed):
    report = import_exercises(path=listed(CURL))
    assert (report.shape, report.new, report.refused, report.made_unknown) == ("free", 1, (), ())
    curl = exercise_by_code("FEDB-Zottman_Curl")
    assert (curl.targets, curl.equipment, curl.pattern, curl.level) == (
        ("biceps", "forearms"),
        ("dumbbell",),
        "pull",
        2,
    )
    assert (curl.met, curl.met_source, curl.edition, curl.planned) == (None, "", "", False)


def test_what_has_no_code_here_is_left_out_and_listed(listed):
    odd = {**CURL, "primaryMuscles": ["neck"], "equipment": "trampoline"}
    report = import_exercises(path=listed(odd))
    assert report.new == 1
    assert "neck, trampoline" in report.made_unknown[0].reason
    assert exercise_by_code("FEDB-Zottman_Curl").targets == ("forearms",)


@pytest.mark.parametrize("odd", [{}, {"name": None}, {"name": ""}, 3, "text", None])
def test_an_odd_entry_is_refused_and_the_rest_is_taken(listed, odd):
    report = import_exercises(path=listed(CURL, odd))
    assert (report.new, len(report.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unknown_table"),
        ("모르는,머리글\n1,2\n".encode(), "unknown_table"),
        (b"[]", "unknown_table"),
        (b'[{"a": 1}]', "unknown_table"),
        (b"[1, 2]", "unknown_table"),
        (b"[{", "broken_table"),
        (b"[" * 100_000, "broken_table"),
        ("운동명,단위체중당에너지소비량\n버피테스트,83\n".encode(), "nothing_to_import"),
        ("운동명,단위체중당에너지소비량\n".encode(), "nothing_to_import"),
        (b"\x00\x01\x02", "not_a_table"),
        (b"\xff\xfe\x00", "not_a_table"),
    ],
)
def test_a_file_that_is_no_table_changes_nothing(tmp_path, content, code):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as caught:
        import_exercises(path=path)
    assert caught.value.code == code
    assert Exercise.objects.count() == 0


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Invalid, match="no_such_file"):
        import_exercises(path=tmp_path / "nothing.csv")


def test_an_import_is_all_or_nothing(table, monkeypatch):
    monkeypatch.setattr("onharu.catalog.exercises.actions.storing.names.upsert", _break)
    with pytest.raises(RuntimeError):
        import_exercises(path=table("요가,2.5"))
    assert Exercise.objects.count() == 0


def _break(*_):
    raise RuntimeError


def test_progress_is_heard(table):
    heard = []
    import_exercises(path=table("요가,2.5", "스피닝,9"), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]


def test_official_rows_never_touch_the_shipped_ones(starter, table):
    before = exercise_by_code("squat")
    import_exercises(path=table("스쿼트,5.5"))
    assert exercise_by_code("squat") == before
    assert find("스쿼트").hits[0].facts == before
    assert Exercise.objects.filter(name="스쿼트").count() == 2
