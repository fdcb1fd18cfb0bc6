"""What a DUR code covers: its own salts and never those of its neighbours in a compound."""

import csv
import importlib

import pytest
from django.apps import apps

from onharu.catalog.medicines.models import DurRule, DurSalt, Ingredient, Product, ProductIngredient
from onharu.catalog.medicines.public import import_contraindications, interactions
from onharu.catalog.medicines.rules.covers import covers, is_compound, korean
from onharu.catalog.medicines.rules.rows import DurRow
from onharu.catalog.medicines.rules.salts import plain
from onharu.catalog.medicines.rules.tables import column, read_dur

IBUPROFEN = (("M051259", "이부프로펜"), ("M071015", "이부프로펜리신"))
CODEINE = (("M206948", "인산코데인"),)


def row(code, name, salts=(), parts=(), **said):
    return DurRow(
        kind=said.pop("kind", "dose"),
        number="1",
        code=code,
        name=name,
        name_en="",
        salts=salts,
        compound=bool(parts),
        parts=parts,
        **said,
    )


def names_of(rows, code):
    return sorted({one.name for one in covers(rows) if one.code == code})


def compound(**said):
    return row("D000177", "코데인", CODEINE + IBUPROFEN, (("D000363", "이부프로펜"),), **said)


def test_a_single_substance_covers_every_salt_beside_it():
    single = row("D000363", "이부프로펜", IBUPROFEN)
    assert names_of([single], "D000363") == ["이부프로펜", "이부프로펜리신"]
    assert {one.m_code for one in covers([single])} == {"", "M051259", "M071015"}


def test_a_compound_gives_its_first_code_no_salt_of_another_part():
    assert names_of([compound()], "D000177") == ["인산코데인", "코데인"]


def test_a_compound_alone_tells_of_its_parts_by_their_names():
    assert names_of([compound()], "D000363") == ["이부프로펜", "이부프로펜리신"]


def test_a_single_substance_has_the_last_word_whichever_row_came_first():
    single = row("D000363", "이부프로펜", IBUPROFEN[:1])
    for rows in ([single, compound()], [compound(), single]):
        assert names_of(rows, "D000363") == ["이부프로펜"]


def test_the_partner_of_a_pair_is_read_by_its_own_word():
    pair = row(
        "D000716",
        "메토트렉세이트",
        kind="pair",
        partner_code="D000177",
        partner_name="코데인",
        partner_salts=(*CODEINE, ("M040353", "아세트아미노펜")),
        partner_compound=True,
        partner_parts=(("D000147", "아세트아미노펜"),),
    )
    assert names_of([pair], "D000177") == ["인산코데인", "코데인"]
    assert names_of([pair], "D000147") == ["아세트아미노펜"]


@pytest.mark.parametrize(
    ("own", "other", "salt", "owner"),
    [
        ("요오드", "요오드화칼륨", "요오드화칼륨", "D2"),
        ("요오드", "요오드화칼륨", "요오드", "D1"),
        ("L-메티오닌", "이부프로펜", "DL-메티오닌", ""),
        ("클라불란산칼륨", "티카실린", "클라불란산칼륨·티카르실린나트륨(1:15)", ""),
        ("육계", "작약", "육계/당귀/작약혼합추출물", ""),
        ("폴리믹신비", "네오마이신", "폴리믹신B황산염", ""),
    ],
)
def test_a_salt_is_of_the_part_whose_longest_name_it_holds_or_of_none(own, other, salt, owner):
    found = covers([row("D1", own, (("M1", salt),), (("D2", other),))])
    assert [one.code for one in found if one.m_code] == ([owner] if owner else [])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Oteracil(오테라실)", "오테라실"),
        ("PulvisSyzygiiFlos(ClovePowder)(정향가루)", "정향가루"),
        ("liveattenuatedvirus(H3N2)(약독생바이러스(H3N2))", "약독생바이러스(H3N2)"),
        ("레보도파", "레보도파"),
        ("카페인(함수)", "카페인(함수)"),
        ("Ibuprofen", "Ibuprofen"),
        ("", ""),
    ],
)
def test_a_part_is_called_by_its_korean_name(said, name):
    assert korean(said) == name


def test_a_compound_is_known_by_the_word_of_the_source_or_by_its_parts():
    assert is_compound("복합", ())
    assert is_compound("", (("D000147", "아세트아미노펜"),))
    assert not is_compound("단일", ())


def put(number, name, *substances):
    made = Product.objects.create(item_seq=number, name=name, source="시험")
    for place, substance in enumerate(substances):
        held, _ = Ingredient.objects.get_or_create(key=plain(substance), defaults={"name": substance})
        ProductIngredient.objects.create(product=made, ingredient=held, place=place)
    return number


@pytest.mark.django_db
def test_wrong_salts_of_an_earlier_import_are_gone_before_the_next():
    migration = importlib.import_module("onharu.catalog.medicines.migrations.0004_salts_by_kind")
    said = {"kind": "dose", "source": "DUR"}
    DurRule.objects.create(number="1", code="D000177", name="코데인", combined="D000363", **said)
    DurRule.objects.create(number="2", code="D000713", name="심바스타틴", **said)
    for code, salt in (
        ("D000177", "이부프로펜"),
        ("D000177", "인산코데인"),
        ("D000713", "심바스타틴"),
        ("D9", "없어진약"),
    ):
        DurSalt.objects.create(kind="", code=code, key=salt, name=salt)
    migration.keep_what_is_sure(apps, None)
    assert set(DurSalt.objects.values_list("kind", "code", "name")) == {
        ("dose", "D000177", "코데인"),
        ("dose", "D000713", "심바스타틴"),
    }


@pytest.fixture
def notices(real_files):
    for file in sorted((real_files / "dur").glob("dur_*.csv")):
        import_contraindications(path=file)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("notices")
class TestOfficialTables:
    """The official tables name compounds of ibuprofen with codeine and with acetaminophen."""

    def test_ibuprofen_is_not_codeine(self):
        codes = set(DurSalt.objects.filter(key="이부프로펜").values_list("code", flat=True))
        assert codes == {"D000363"}
        assert set(DurSalt.objects.filter(key="아세트아미노펜").values_list("code", flat=True)) == {"D000147"}
        assert set(DurSalt.objects.filter(code="D000177").values_list("name", flat=True)) == {
            "코데인", "인산코데인", "코데인인산염수화물",
        }  # fmt: skip

    def test_ibuprofen_and_acetaminophen_are_neither_the_same_nor_of_one_series(self):
        found = interactions(
            [put("100000001", "부루펜정", "이부프로펜"), put("100000002", "타이레놀정", "아세트아미노펜")]
        )
        assert {one.kind for one in found.findings}.isdisjoint({"same_substance", "duplicate", "pair"})
        assert found.uncompared == ()

    def test_levodopa_alone_has_no_notice_that_is_on_its_compounds(self):
        alone, compounds = (
            put("100000001", "레보정", "레보도파"),
            put("100000002", "시네메트정", "레보도파", "카르비도파"),
        )
        assert "duplicate" not in {one.kind for one in interactions([alone, compounds]).findings}
        twice = interactions([compounds, put("100000003", "퍼킨정", "레보도파", "카르비도파")])
        assert "duplicate" in {one.kind for one in twice.findings}


@pytest.mark.slow
def test_names_in_compounds_never_say_more_of_a_code_than_its_own_rows_do(real_files):
    rows = []
    for path in sorted((real_files / "dur").glob("dur_*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            rows += [read_dur({column(key): cell for key, cell in line.items()}) for line in lines]
    rows = [row for row in rows if row]
    own = covers(row for row in rows if not row.compound and not row.partner_compound)
    single = {one.code for one in own if one.m_code}
    told = [one for one in covers(row for row in rows if row.compound) if one.code in single and one.m_code]
    assert len(told) > 300
    assert {(one.code, one.m_code) for one in told} <= {(one.code, one.m_code) for one in covers(rows)}
