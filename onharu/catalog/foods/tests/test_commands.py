import io

import pytest
from django.core.management import CommandError, call_command

from onharu.catalog.foods.actions import starter as shipping
from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.actions.starter import load_starter
from onharu.catalog.foods.models import Food, Loaded
from onharu.catalog.foods.public import find
from onharu.catalog.foods.tests.conftest import RICE, STEW

pytestmark = pytest.mark.django_db


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_import_command_ends_with_counts(table):
    said = run("import", "foods", str(table(STEW, RICE, RICE)))
    assert "식약처 100 g 기준 2025-04-08" in said
    assert "읽음 3 · 새로 2 · 바뀜 0 · 그대로 0 · 건너뜀 0 · 거절 1" in said
    assert "4번째 줄 쌀밥: 3번째 줄과 식품코드가 같아요" in said


def test_only_the_first_fifty_refused_lines_are_shown(table):
    said = run("import", "foods", str(table(STEW, *[RICE] * 61)))
    assert said.count("번째 줄 쌀밥:") == 50
    assert "그 밖에 10줄" in said


def test_a_file_that_gives_nothing_ends_in_failure(table):
    with pytest.raises(CommandError) as caught:
        run("import", "foods", str(table("1", header="모르는 머리글")))
    assert caught.value.returncode == 1
    assert "모르는 머리글" in str(caught.value)


def test_why_nothing_was_taken_is_listed(table):
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import", "foods", str(table(STEW.replace(",61,", ",x,"))), stdout=out)
    assert "2: 김치찌개: 에너지(kcal)" in out.getvalue()


def test_an_unknown_kind_is_refused(table):
    with pytest.raises(CommandError):
        run("import", "spaceships", str(table(STEW)))


def test_the_shipped_foods_are_loaded_once(db):
    first = load_starter()
    assert first.new >= 400
    assert first.refused == []
    assert Food.objects.filter(starter=True).count() == first.new
    assert load_starter() is None


def test_a_loaded_edition_costs_one_statement(starter, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert load_starter() is None


def test_a_new_edition_is_loaded_over_the_old_one(starter, tmp_path):
    text = shipping.FILE.read_text("utf-8-sig").replace(",쌀밥,", ",흰쌀로 지은 밥,", 1)
    newer = tmp_path / "foods.csv"
    newer.write_text(text, "utf-8")
    tally = load_starter(file=newer)
    assert (tally.new, tally.changed) == (0, 1)
    assert find("흰쌀로 지은 밥").hits[0].facts.code == "ST-0001"
    assert Loaded.objects.count() == 1


def test_loading_never_takes_away_what_people_imported(stew, tmp_path):
    load_starter()
    assert Food.objects.filter(starter=False).count() == 3
    shorter = tmp_path / "foods.csv"
    shorter.write_text("\n".join(shipping.FILE.read_text("utf-8-sig").splitlines()[:10]), "utf-8")
    load_starter(file=shorter)
    assert Food.objects.filter(starter=False).count() == 3
    assert Food.objects.filter(starter=True).count() >= 400


def test_the_shipped_and_the_imported_stand_side_by_side(starter, table):
    import_foods(path=table(STEW))
    assert Food.objects.filter(name="김치찌개").count() == 2


def test_the_load_command_says_what_it_did(db):
    assert "새로" in run("load_starter")
    assert "이미" in run("load_starter")
    assert run("load_starter", "--verbosity", "0") == ""


def test_staff_may_look_and_change_nothing(admin_client, stew):
    food = Food.objects.first()
    assert admin_client.get("/admin/foods/food/").status_code == 200
    page = admin_client.get(f"/admin/foods/food/{food.pk}/change/")
    assert page.status_code == 200
    assert admin_client.post(f"/admin/foods/food/{food.pk}/change/", {"name": "x"}).status_code == 403
    assert admin_client.get("/admin/foods/food/add/").status_code == 403
