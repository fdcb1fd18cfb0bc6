"""What a model says leads to foods of the starter catalogue, or is honestly listed as missing."""

import pytest

from onharu.catalog.foods.tests.starter_files import foods, labels, public_rows

NAMES = {row["name"] for row in foods()}
WITHOUT_A_PUBLIC_ROW = {
    *("과카몰리", "그릭샐러드", "나초", "데블드에그", "라비올리", "라자냐"),
    *("랍스터롤", "랍스터비스크", "맥앤치즈", "바클라바", "베녜", "베이징덕"),
    *("브레드푸딩", "브루스케타", "비트샐러드", "사모사", "산라탕", "새우그리츠"),
    *("세비체", "에그베네딕트", "우에보스란체로스", "참치타르타르", "춘권", "카놀리"),
    *("카르파초", "카프레제샐러드", "컵케이크", "크랩케이크", "크렘브륄레", "크로크마담"),
    *("타코", "타코야키", "파에야", "판나코타", "팔라펠", "푸틴"),
    *("풋콩", "피시앤칩스", "후무스"),
}
WITHOUT_ANY_FOOD = {
    *("baklava", "bread_pudding", "cannoli", "creme_brulee", "falafel", "huevos_rancheros", "hummus", "lasagna"),
    *("macaroni_and_cheese", "panna_cotta", "samosa", "tacos", "takoyaki"),
}


def candidates(row):
    return row["ko"].split("|")


@pytest.mark.parametrize(("table", "count"), [("food101", 101), ("imagenet", 55), ("korean", 150)])
def test_a_table_is_whole_and_repeats_nothing(table, count):
    rows = labels(table)
    key = next(iter(rows[0]))
    assert len({row[key] for row in rows}) == len(rows) == count
    assert all(len(set(candidates(row))) == len(candidates(row)) for row in rows)


def test_food101_names_are_foods_except_those_without_a_public_row():
    named = {name for row in labels("food101") for name in candidates(row)}
    assert named - NAMES == WITHOUT_A_PUBLIC_ROW


def test_most_food101_labels_lead_to_a_food():
    lost = {row["label"] for row in labels("food101") if not NAMES.intersection(candidates(row))}
    assert lost == WITHOUT_ANY_FOOD


@pytest.mark.parametrize("table", ["imagenet", "korean"])
def test_every_candidate_is_a_food(table):
    assert {name for row in labels(table) for name in candidates(row)} - NAMES == set()


def test_imagenet_covers_the_food_classes():
    indexes = {int(row["index"]) for row in labels("imagenet")}
    assert indexes == {*range(118, 125), *range(924, 970), 987, 996, 997} - {958}  # 958 is hay


def test_korean_labels_are_the_hundred_and_fifty_published_ones():
    published = {row["english_name"] for row in public_rows("kfood150_labels_en_ko.csv")}
    assert {row["english"] for row in labels("korean")} == published
