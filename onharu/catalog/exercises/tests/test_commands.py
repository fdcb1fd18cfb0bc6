import io

import pytest
from django.core.management import CommandError, call_command

from onharu.catalog.exercises.actions.imports import import_exercises
from onharu.catalog.exercises.actions.starter import FILE, load_starter
from onharu.catalog.exercises.models import Exercise, ExerciseTag, Loaded
from onharu.catalog.exercises.public import exercise_by_code, find
from onharu.kernel.problems import Invalid

pytestmark = pytest.mark.django_db


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_import_command_ends_with_counts(table):
    said = run("import", "exercises", str(table("요가,2.5", "버피테스트,83", "킥복싱,10", "킥복싱,5")))
    assert "2024-09-19" in said
    assert "읽음 4 · 새로 2 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 2" in said
    assert "3번째 줄 버피테스트: 있을 수 없는 MET이에요: 83" in said
    assert "4번째 줄 킥복싱: 표가 서로 다른 MET를 말해요: 10, 5" in said


def test_a_file_that_gives_nothing_ends_in_failure(table):
    with pytest.raises(CommandError) as caught:
        run("import", "exercises", str(table("1", header="모르는 머리글")))
    assert caught.value.returncode == 1
    assert Exercise.objects.count() == 0


def test_the_shipped_exercises_are_loaded_once(db, django_assert_num_queries):
    first = load_starter()
    assert first.new == Exercise.objects.filter(starter=True).count() >= 140
    with django_assert_num_queries(1):
        assert load_starter() is None


def test_a_new_edition_is_loaded_over_the_old_one(starter, tmp_path):
    text = FILE.read_text("utf-8").replace("push-up,팔굽혀펴기,", "push-up,엎드려 밀기,", 1)
    text = text.replace("quads|glutes|hamstrings,none,home|gym|outdoor,knee|hip", "quads,none,home,knee", 1)
    newer = tmp_path / "exercises.csv"
    newer.write_text(text, "utf-8")
    tally = load_starter(file=newer)
    assert (tally.new, tally.changed) == (0, 2)
    assert find("엎드려 밀기").hits[0].facts.code == "push-up"
    squat = exercise_by_code("squat")
    assert (squat.targets, squat.places, squat.loads) == (("quads",), ("home",), ("knee",))
    assert ExerciseTag.objects.filter(exercise__code="squat").count() == 4
    assert Loaded.objects.filter(table="exercises.starter").count() == 1


def test_loading_never_takes_away_what_people_imported(table, tmp_path):
    import_exercises(path=table("요가,2.5"))
    load_starter()
    shorter = tmp_path / "exercises.csv"
    shorter.write_text("\n".join(FILE.read_text("utf-8").splitlines()[:10]), "utf-8")
    load_starter(file=shorter)
    assert Exercise.objects.filter(starter=False).count() == 1
    assert Exercise.objects.filter(starter=True).count() >= 140


def test_a_broken_starter_is_not_loaded(db, tmp_path):
    broken = tmp_path / "exercises.csv"
    broken.write_text(FILE.read_text("utf-8").replace("push-up,팔굽혀펴기,", "push-up,,", 1), "utf-8")
    with pytest.raises(Invalid, match="broken_starter"):
        load_starter(file=broken)
    assert Exercise.objects.count() == 0


def test_the_load_command_says_what_it_did(db):
    first = run("load_starter")
    assert "기본 운동 표: 새로" in first
    assert "기본 음식 표: 새로" in first
    assert "기본 운동 표: 이미" in run("load_starter")
    assert run("load_starter", "--verbosity", "0") == ""


def test_staff_may_look_and_change_nothing(admin_client, starter):
    exercise = Exercise.objects.first()
    assert admin_client.get("/admin/exercises/exercise/").status_code == 200
    assert admin_client.get(f"/admin/exercises/exercise/{exercise.pk}/change/").status_code == 200
    assert admin_client.post(f"/admin/exercises/exercise/{exercise.pk}/change/", {"name": "x"}).status_code == 403
    assert admin_client.get("/admin/exercises/exercise/add/").status_code == 403
