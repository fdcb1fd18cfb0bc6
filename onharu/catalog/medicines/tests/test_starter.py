"""The shipped medicines: enough of them, true, in our own words, and never in the way of an official label."""

import csv
import json
import re

import pytest

from onharu.catalog.medicines.actions.starter import FOLDER, load_starter
from onharu.catalog.medicines.models import LabelSection, Product
from onharu.catalog.medicines.public import facts_of, import_medicines, import_pills
from onharu.catalog.medicines.rules.naming import without_export_name
from onharu.catalog.medicines.rules.rows import UnfitError
from onharu.catalog.medicines.rules.salts import plain, split_outside_brackets
from onharu.catalog.medicines.rules.starter import SOURCE, starter_rows
from onharu.catalog.medicines.rules.texts import word
from onharu.catalog.medicines.tests.test_imports import LABELS, PILLS, ROUND

ROWS = starter_rows(FOLDER)
STORE = {
    "타이레놀정500밀리그람(아세트아미노펜)", "어린이타이레놀현탁액(아세트아미노펜)", "어린이부루펜시럽(이부프로펜)",
    "판콜에이내복액", "판피린티정", "베아제정", "닥터베아제정", "훼스탈골드정", "훼스탈플러스정", "제일쿨파프",
    "신신파스아렉스",
}  # fmt: skip
TYLENOL = "202106092"


def official_label(**said):
    row = {
        "seq": TYLENOL,
        "name": "타이레놀정500밀리그람(아세트아미노펜)",
        "efficacy": "이 약은 발열에 씁니다.",
        **said,
    }
    return f'{LABELS}{row["seq"]},{row["name"]},한국존슨앤드존슨판매(유),아세트아미노펜,"{row["efficacy"]}",,,,,,,2020-01-02,2024-05-06\n'


@pytest.fixture
def table(tmp_path):
    def written(text, name="table.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return path

    return written


def test_there_are_enough_and_every_medicine_of_convenience_stores():
    assert len(ROWS) == len({row.item_seq for row in ROWS}) >= 150
    assert {row.name for row in ROWS if row.supply == "STORE"} == STORE
    assert {row.supply for row in ROWS} == {"STORE", "OTC"}


@pytest.mark.parametrize("kind", ["efficacy", "use", "cautions", "interactions", "storage"])
def test_every_medicine_says_each_section_shortly(kind):
    texts = {row.sections.get(kind, "") for row in ROWS}
    assert all(8 <= len(text) <= 260 for text in texts), [text for text in texts if not 8 <= len(text) <= 260]


def test_no_dose_of_our_own_is_given():
    dose = re.compile(r"\d|[한두세네] ?(?:알|정|번|회|포|캡슐)|하루|1회|시간마다")
    found = {text for row in ROWS for text in row.sections.values() if dose.search(text)}
    assert found == set()
    assert all("포장" in row.sections["use"] and "약사" in row.sections["use"] for row in ROWS)


def test_no_sentence_of_a_label_was_copied(real_files):
    """No run of thirty letters of ours stands in any official label."""
    with (real_files / "medicines" / "easy_drug_20240603.csv").open(encoding="utf-8-sig", newline="") as lines:
        official = "\n".join("".join(cell.split()) for line in csv.reader(lines) for cell in line[4:11])
    copied = set()
    for text in {text for row in ROWS for text in row.sections.values()}:
        joined = "".join(text.split())
        copied |= {joined[at : at + 30] for at in range(len(joined) - 29) if joined[at : at + 30] in official}
    assert copied == set()


def test_numbers_names_companies_and_ingredients_are_the_official_ones(real_files):
    with (real_files / "medicines" / "easy_drug_20240603.csv").open(encoding="utf-8-sig", newline="") as lines:
        labels = {line["품목일련번호"]: line for line in csv.DictReader(lines)}
    unlabelled = []
    for row in ROWS:
        line = labels.get(row.item_seq)
        if line is None:
            unlabelled.append(row.name)
            continue
        assert plain(without_export_name(word(line["제품명"]))).startswith(plain(row.name)[:6])
        assert row.company == word(line["업체명"])
        official = {plain(one) for one in split_outside_brackets(word(line["주성분"], 2000))}
        assert {plain(held.name) for held in row.holds} == official, row.name
    assert sorted(unlabelled) == ["인사돌정", "인사돌플러스정"]


@pytest.mark.django_db
def test_loading_fills_the_shelf_once_for_each_edition(tmp_path):
    first = load_starter()
    assert (first.new, first.changed, first.passed) == (len(ROWS), 0, 0)
    assert load_starter() is None
    assert Product.objects.filter(starter=True, source=SOURCE).count() == len(ROWS)
    for name in ("medicines.csv", "words.csv"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("한국존슨앤드존슨판매(유)", "새 회사"), encoding="utf-8")
    again = load_starter(folder=tmp_path)
    assert (again.new, again.same + again.changed, again.changed > 0) == (0, len(ROWS), True)
    assert facts_of([TYLENOL])[TYLENOL].company == "새 회사"


@pytest.mark.django_db
def test_strengths_stand_where_the_name_says_them():
    load_starter()
    held = facts_of([TYLENOL])[TYLENOL].ingredients[0]
    assert (held.name, held.amount, held.unit) == ("아세트아미노펜", 500, "mg")
    unknown = facts_of(["197900277"])["197900277"].ingredients
    assert {one.amount for one in unknown} == {None}


@pytest.mark.django_db
def test_an_official_label_takes_over_and_our_words_go(table):
    load_starter()
    report = import_medicines(path=table(official_label()))
    assert (report.new, report.changed) == (0, 1)
    facts = facts_of([TYLENOL])[TYLENOL]
    assert (facts.sections, facts.source) == (
        {"efficacy": "이 약은 발열에 씁니다."},
        "식품의약품안전처 의약품개요정보(e약은요)",
    )
    assert not Product.objects.get(item_seq=TYLENOL).starter
    assert not LabelSection.objects.filter(product__item_seq=TYLENOL, source=SOURCE).exists()


@pytest.mark.django_db
def test_the_starter_never_writes_on_an_official_row(table):
    import_medicines(path=table(official_label()))
    tally = load_starter()
    assert (tally.new, tally.passed) == (len(ROWS) - 1, 1)
    assert facts_of([TYLENOL])[TYLENOL].sections == {"efficacy": "이 약은 발열에 씁니다."}


@pytest.mark.django_db
def test_a_table_of_looks_leaves_our_words_ours(table):
    load_starter()
    import_pills(path=table(PILLS + ROUND.replace("202000001", TYLENOL)))
    product = Product.objects.get(item_seq=TYLENOL)
    assert (product.starter, product.source) == (True, SOURCE)
    assert facts_of([TYLENOL])[TYLENOL].looks[0].imprint_front == "HR"
    import_medicines(path=table(official_label(), "labels.csv"))
    assert not Product.objects.get(item_seq=TYLENOL).starter


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("medicines.csv", "=500 mg", "=반 알"),
        ("medicines.csv", f"{TYLENOL},", "2021,"),
        ("words.csv", "\nacetaminophen,", "\nsomething,"),
    ],
)
def test_a_broken_list_is_refused(tmp_path, name, old, new):
    for file in ("medicines.csv", "words.csv"):
        text = (FOLDER / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace(old, new, 1) if file == name else text, encoding="utf-8")
    with pytest.raises(UnfitError):
        starter_rows(tmp_path)


def test_every_kind_of_words_is_used():
    with (FOLDER / "words.csv").open(encoding="utf-8", newline="") as lines:
        said = {line["words"] for line in csv.DictReader(lines)}
    with (FOLDER / "medicines.csv").open(encoding="utf-8", newline="") as lines:
        assert {line["words"] for line in csv.DictReader(lines)} == said
    assert json.dumps(sorted(said))
