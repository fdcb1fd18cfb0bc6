from decimal import Decimal

import pytest
from openpyxl import Workbook

from onharu.catalog.foods.actions import imports, storing
from onharu.catalog.foods.actions.imports import import_foods
from onharu.catalog.foods.models import Food, FoodUnit
from onharu.catalog.foods.public import find, food_by_code
from onharu.catalog.foods.tests.conftest import LATTE, PER_100, RICE, STEW
from onharu.kernel import workbooks
from onharu.kernel.problems import Invalid
from onharu.names import public as names

pytestmark = pytest.mark.django_db
PER_SERVING = (
    "식품코드,상용제품,식품명,지역 / 제조사,식품대분류,1회제공량,내용량_단위,"
    "에너지(㎉),단백질(g),나트륨(㎎),철(㎎),철(㎍)"
)
RDA = "식품명,단백질(g),지방(g),탄수화물(g),당류(g),에너지(kcal)"
JOIN = "식품코드_2025,식품명_2025,1회제공량,단위,consistent_5pct"


def test_a_food_is_kept_as_its_table_says(stew):
    food = Food.objects.get(code="D306-266000000-0001")
    assert (food.name, food.basis, food.kcal, food.sodium_mg) == ("김치찌개", "100g", Decimal(61), Decimal(300))
    assert (food.category, food.kind, food.representative) == ("찌개·전골", "dish", True)
    assert (food.edition, str(food.as_of)) == ("2025-04-08", "2025-04-08")
    assert food.source == "식품의약품안전처 식품영양성분 데이터베이스"


def test_groups_that_mix_portions_are_told_apart_by_the_name(stew):
    assert Food.objects.get(code__startswith="D220").category == "커피"


def test_what_a_table_does_not_know_stays_unknown(stew):
    latte = Food.objects.get(code__startswith="D220")
    assert latte.fat_g is None
    assert latte.cholesterol_mg is None
    assert (latte.basis, latte.kind) == ("100ml", "product")


def test_a_second_import_changes_nothing(stew, table):
    again = import_foods(path=table(STEW, RICE, LATTE))
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert Food.objects.count() == 3


def test_a_new_edition_changes_only_what_differs(stew, table):
    before = Food.objects.get(name="김치찌개").pk
    report = import_foods(path=table(STEW.replace(",61,", ",70,"), RICE, LATTE))
    assert (report.new, report.changed, report.same) == (0, 1, 2)
    assert Food.objects.get(name="김치찌개").pk == before
    assert Food.objects.get(name="김치찌개").kcal == 70


def test_a_changed_name_is_found_by_its_new_spelling(stew, table):
    import_foods(path=table(STEW.replace("김치찌개", "묵은지찌개")))
    assert find("묵은지찌개").hits[0].facts.name == "묵은지찌개"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_each_official_encoding_is_read(table, encoding):
    import_foods(path=table(STEW, encoding=encoding))
    assert Food.objects.get().name == "김치찌개"


@pytest.mark.parametrize("missing", ["", "-", " - ", "N/A", "1g 미만", "Tr"])
def test_each_way_of_not_knowing_is_unknown(table, missing):
    import_foods(path=table(STEW.replace(",1.9,", f",{missing},")))
    assert Food.objects.get().sugars_g is None


def test_a_thousands_separator_is_no_fault(table):
    import_foods(path=table(STEW.replace(",300", ',"1,300.5"')))
    assert Food.objects.get().sodium_mg == Decimal("1300.5")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (STEW.replace(",1.9,", ",-1.9,"), "당류 -1.9: 0보다 작아요"),
        (STEW.replace(",61,", ",951,"), "에너지 951: 100에 들 수 있는 양(950)을 넘어요"),
        (STEW.replace(",61,", ",많음,"), "에너지(kcal): 숫자가 아니에요 ('많음')"),
        (STEW.replace(",61,", ",NaN1,"), "에너지(kcal): 숫자가 아니에요 ('NaN1')"),
        (STEW.replace(",61,", ",1e99,"), "에너지(kcal): 숫자가 아니에요 ('1e99')"),
        (STEW.replace(",61,", ",Infinity,"), "에너지(kcal): 숫자가 아니에요 ('Infinity')"),
        (STEW.replace("100g", "1회분"), "기준량은 100g 또는 100ml여야 해요 ('1회분')"),
        (STEW.replace("김치찌개", " "), "식품명이 없거나 너무 길어요"),
        (STEW.replace("D306-266000000-0001", ""), "식품코드가 없거나 너무 길어요"),
        ("D1-1,빈 음식,100g,-,-,-,-,-,-", "알려진 성분이 하나도 없어요"),
        (f"{RICE}\n{RICE}", "3번째 줄과 식품코드가 같아요: D301-022000000-0001"),
        ("D1-1,모자란 줄,100g,1", "칸이 4개예요 (머리글은 9개)"),
        (f"{STEW},남는 칸", "칸이 10개예요 (머리글은 9개)"),
    ],
)
def test_a_line_that_cannot_be_true_is_listed_and_the_rest_is_taken(table, line, reason):
    report = import_foods(path=table(LATTE, line))
    assert [(one.line, one.reason) for one in report.refused] == [(3 + line.count("\n"), reason)]
    assert Food.objects.filter(code__startswith="D220").exists()
    assert report.read == 2 + line.count("\n")


def test_one_impossible_figure_does_not_lose_the_food(table):
    line = "D306-266000000-0001,김치찌개,100g,61,4.7,2.52,5.05,102.5,300"
    report = import_foods(path=table(LATTE, line))
    assert report.refused == ()
    assert [(one.line, one.reason) for one in report.made_unknown] == [
        (3, "당류 102.5: 100에 들 수 있는 양(100)을 넘어요")
    ]
    stew = Food.objects.get(name="김치찌개")
    assert (stew.kcal, stew.sugars_g, stew.sodium_mg) == (61, None, 300)


def test_a_refused_line_says_which_food_it_is(table):
    report = import_foods(path=table(LATTE, STEW.replace(",61,", ",1061,")))
    assert report.refused[0].name == "김치찌개"


def test_a_table_of_nothing_but_faults_is_refused_whole(table):
    with pytest.raises(Invalid) as caught:
        import_foods(path=table(STEW.replace(",61,", ",x,"), RICE.replace(",166,", ",y,")))
    assert caught.value.code == "nothing_to_import"
    assert len(caught.value.errors["lines"]) == 2
    assert not Food.objects.exists()


def test_an_unknown_table_is_refused_with_the_header_found(table):
    with pytest.raises(Invalid) as caught:
        import_foods(path=table("1,2,3", header="약품코드,제품명,업체명"))
    assert caught.value.code == "unknown_table"
    assert "약품코드, 제품명, 업체명" in caught.value.ko


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "unknown_table"), (b"\x00\x01\x02", "not_a_table"), (b"\xff\xfe\xfd" * 9, "unknown_encoding")],
)
def test_what_is_no_table_is_refused(tmp_path, content, code):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(Invalid) as caught:
        import_foods(path=path)
    assert caught.value.code == code


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(Invalid) as caught:
        import_foods(path=tmp_path / "none.csv")
    assert caught.value.code == "no_such_file"


@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_leaves_nothing(table, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 1)
    written = []
    real = storing.store_foods

    def crash(rows, **kwargs):
        if len(written) == 2:
            raise RuntimeError("power cut")
        written.append(rows)
        real(rows, **kwargs)

    monkeypatch.setattr(imports, "store_foods", crash)
    with pytest.raises(RuntimeError):
        import_foods(path=table(STEW, RICE, LATTE))
    assert len(written) == 2
    assert not Food.objects.exists()
    assert not names.search("foods", "김치찌개").hits


@pytest.mark.django_db(transaction=True)
def test_a_failing_index_leaves_no_foods_without_names(table, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(storing.names, "upsert", fail)
    with pytest.raises(RuntimeError):
        import_foods(path=table(STEW))
    assert not Food.objects.exists()


def test_figures_per_serving_become_figures_per_hundred(table):
    line = "D000006,품목대표,꿩불고기,충주,구이류,500,g,368.8,33.5,1264.31,-,2500"
    import_foods(path=table(line, header=PER_SERVING, name="x.csv"))
    food = Food.objects.get()
    assert (food.kcal, food.protein_g) == (Decimal("73.76"), Decimal("6.7"))
    assert (food.iron_mg, food.serving_grams) == (Decimal("0.5"), Decimal(500))
    assert (food.maker, food.representative, food.category) == ("", True, "구이")
    facts = food_by_code("D000006")
    assert [(unit.name, unit.grams, unit.guess) for unit in facts.units[:1]] == [("인분", Decimal(500), False)]


def test_a_chains_product_keeps_its_maker_and_its_basis(table):
    line = "D010001,외식,자바칩 프라푸치노,스타벅스,음료 및 차류,355,mL,340,6,180,-,-"
    import_foods(path=table(line, header=PER_SERVING))
    food = Food.objects.get()
    assert (food.maker, food.kind, food.basis) == ("스타벅스", "product", "100ml")
    assert find("스타벅스 자바칩").hits[0].facts.id == food.pk


def test_a_serving_of_nothing_is_refused(table):
    good = "D000006,품목대표,꿩불고기,충주,구이류,500,g,368.8,33.5,1264.31,-,-"
    report = import_foods(path=table(good, good.replace(",500,", ",0,").replace("006", "007"), header=PER_SERVING))
    assert report.refused[0].reason == "1회제공량: 0보다 커야 해요 ('0')"


def test_an_ingredient_gets_the_same_code_from_its_name_every_time(table):
    path = table('"김치, 배추김치, 생것",2.0,0.5,3.9,-,29', header=RDA)
    import_foods(path=path)
    code = Food.objects.get().code
    assert code.startswith("RDA-")
    assert import_foods(path=path).same == 1
    assert Food.objects.get().code == code
    assert find("배추김치").hits[0].facts.code == code


def test_brackets_that_a_spreadsheet_made_negative_are_read_as_estimates(table):
    import_foods(path=table('"멥쌀, 백미, 미음",-0.3,0,-4.7,0,19', header=RDA))
    food = Food.objects.get()
    assert (food.protein_g, food.carbohydrate_g) == (Decimal("0.3"), Decimal("4.7"))


def test_servings_join_foods_by_code_and_only_where_energies_agree(stew, table):
    report = import_foods(
        path=table(
            "D306-266000000-0001,김치찌개,400,g,Y",
            "D301-022000000-0001,쌀밥,900,g,N",
            "D999-000000000-0001,모름,100,g,Y",
            header=JOIN,
        )
    )
    assert (report.new, report.passed, report.read) == (1, 1, 3)
    assert [one.reason for one in report.refused] == ["이 식품코드의 음식이 없어요 (음식 표를 먼저 가져와 주세요)"]
    unit = FoodUnit.objects.get()
    assert (unit.food.name, unit.name, unit.grams, unit.guess) == ("김치찌개", "인분", Decimal(400), False)


def test_servings_may_be_joined_again(stew, table):
    path = table("D306-266000000-0001,김치찌개,400,g,Y", header=JOIN)
    import_foods(path=path)
    assert import_foods(path=path).same == 1
    changed = import_foods(path=table("D306-266000000-0001,김치찌개,450,g,Y", header=JOIN))
    assert changed.changed == 1
    assert FoodUnit.objects.get().grams == 450


def test_our_own_tables_are_read(table):
    import_foods(path=table("X-1,우리 떡볶이,100g,150,테스트", header="code,name,basis,kcal,source"))
    report = import_foods(path=table("X-1,접시,300,테스트,1", header="food,unit,grams,source,guess"))
    assert report.new == 1
    assert food_by_code("X-1").units[0].guess is True


def test_the_wide_official_table_gives_makers_groups_and_servings(table):
    header = (
        "식품코드,식품명,식품대분류명,영양성분함량기준량,에너지 (kcal),식이섬유(g),칼슘(㎎),콜레스테롤(mg),"
        "포화지방산(g),식품중량,1회 섭취참고량,업체명"
    )
    import_foods(
        path=table(
            "P116-705070200-1080,대추 쌀과자,과자류,100g,382,2,10,0,1,120g,30g,해당없음",
            "D101-004160000-0001,국밥_돼지머리,국 및 탕류,100g,137,,10,0,1,1회분(450g),,해당없음",
            "R101-000000000-0001,현미,곡류,100g,350,2,10,0,1,,,",
            header=header,
        )
    )
    rows = {food.name: food for food in Food.objects.all()}
    assert {food.kind for food in rows.values()} == {"product", "dish", "ingredient"}
    assert rows["대추 쌀과자"].serving_grams == 30
    assert rows["국밥_돼지머리"].serving_grams == 450
    assert rows["현미"].serving_grams is None
    assert {food.maker for food in rows.values()} == {""}


def workbook(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_workbook_is_read_like_a_csv(tmp_path):
    cells = [PER_100.split(","), [*STEW.split(",")[:3], 61, 4.7, 2.52, 5.05, None, "-"]]
    import_foods(path=workbook(tmp_path / "book.xlsx", cells))
    food = Food.objects.get()
    assert (food.kcal, food.sugars_g, food.sodium_mg) == (61, None, None)


def test_the_dust_of_binary_floats_is_wiped_off(tmp_path):
    cells = [PER_100.split(","), [*STEW.split(",")[:3], 61, 6.700000000000001, 2.52, 5.05, 1e-9, 300]]
    path = workbook(tmp_path / "book.xlsx", cells)
    import_foods(path=path)
    assert Food.objects.get().protein_g == Decimal("6.7")
    assert import_foods(path=path).same == 1


def test_title_lines_above_the_header_are_passed_over(tmp_path):
    path = workbook(tmp_path / "b.xlsx", [["음식 영양성분"], [], ["2025-04-08"], PER_100.split(","), STEW.split(",")])
    assert import_foods(path=path).new == 1


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    import zipfile

    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(Invalid) as caught:
        import_foods(path=path)
    assert caught.value.code == "not_a_table"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = workbook(tmp_path / "b.xlsx", [PER_100.split(","), STEW.split(",")])
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    with pytest.raises(Invalid) as caught:
        import_foods(path=path)
    assert caught.value.code == "too_large"
    assert not Food.objects.exists()


def test_tabs_may_part_the_cells(table):
    import_foods(path=table(STEW.replace(",", "\t"), header=PER_100.replace(",", "\t"), name="x.tsv"))
    assert Food.objects.count() == 1


def test_progress_hears_of_the_last_line(table):
    heard = []
    import_foods(path=table(STEW, RICE), progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (2, 3)


def test_an_edition_is_read_from_the_file_name_or_left_unknown(table):
    assert import_foods(path=table(STEW, name="음식_2024-12-31.csv")).edition == "2024-12-31"
    assert import_foods(path=table(RICE, name="foods.csv")).edition == ""
    assert import_foods(path=table(LATTE, name="foods_20251331.csv")).edition == ""
