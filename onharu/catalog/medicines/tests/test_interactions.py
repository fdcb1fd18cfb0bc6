"""The shelf's answer to "may these be taken together": official words, in three statements."""

import pytest

from onharu.catalog.medicines.models import DurRule, DurSalt, Ingredient, Product, ProductIngredient
from onharu.catalog.medicines.public import (
    About,
    import_contraindications,
    import_medicines,
    import_pills,
    interactions,
)
from onharu.catalog.medicines.rules.salts import plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    def product(number, *substances):
        made = Product.objects.create(item_seq=number, name=f"약 {number}", source="시험")
        for place, (name, code) in enumerate(substances):
            held, _ = Ingredient.objects.get_or_create(key=plain(name), defaults={"name": name, "code": code})
            ProductIngredient.objects.create(product=made, ingredient=held, place=place)
        return number

    return product


@pytest.fixture
def pair():
    DurSalt.objects.create(kind="pair", code="D000001", key=plain("염산하나"), m_code="M000001", name="염산하나")
    DurSalt.objects.create(kind="pair", code="D000002", key=plain("둘"), name="둘")
    return DurRule.objects.create(
        kind="pair",
        number="1",
        code="D000001",
        name="하나",
        partner_code="D000002",
        partner_name="둘",
        text="함께 금지",
        source="DUR",
    )


def test_a_pair_is_found_by_the_name_of_a_salt(shelf, pair):
    found = interactions([shelf("100000001", ("염산 하나", "")), shelf("100000002", ("둘", ""))])
    assert [(one.kind, one.texts) for one in found.findings] == [("pair", ("함께 금지",))]
    assert found.uncompared == found.unknown == ()


def test_a_pair_is_found_by_the_code_of_a_salt_whatever_its_spelling(shelf, pair):
    found = interactions([shelf("100000001", ("Hana HCl", "M000001")), shelf("100000002", ("둘", ""))])
    assert [one.kind for one in found.findings] == ["pair"]


def test_an_unknown_number_and_an_unknown_substance_are_said(shelf, pair):
    found = interactions([shelf("100000001", ("없는성분", "")), "999999999", shelf("100000003")])
    assert found.unknown == ("999999999",)
    assert [(one.item_seq, one.substance) for one in found.uncompared] == [("100000001", "없는성분"), ("100000003", "")]


def test_naming_a_product_twice_is_naming_it_once(shelf, pair):
    number = shelf("100000001", ("염산하나", ""))
    assert interactions([number, number]) == interactions([number])


@pytest.mark.parametrize("count", [1, 10])
def test_it_costs_three_statements_whatever_the_number(shelf, pair, count, django_assert_num_queries):
    numbers = [shelf(f"1000000{place:02}", ("염산하나", ""), ("둘", "")) for place in range(count)]
    interactions([])
    with django_assert_num_queries(3):
        interactions(numbers)


def test_no_medicine_costs_nothing_to_compare(db):
    assert interactions([]).findings == ()


@pytest.fixture
def official(real_files):
    import_medicines(path=real_files / "medicines" / "easy_drug_20240603.csv")
    import_pills(path=real_files / "pills" / "pill_identification_20230319.csv")
    for file in sorted((real_files / "dur").glob("dur_*.csv")):
        import_contraindications(path=file)


def number_of(name):
    return Product.objects.filter(name__contains=name).order_by("id").values_list("item_seq", flat=True)[0]


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_official_tables_find_what_is_known(official):
    simvastatin, itraconazole = number_of("(심바스타틴)"), number_of("(이트라코나졸)")
    found = interactions([simvastatin, itraconazole])
    assert [one.severity for one in found.findings if one.kind == "pair"] == ["금기"]

    painkillers = [number_of("(이부프로펜)"), number_of("(나프록센)")]
    assert "비스테로이드성소염제" in " ".join(one.group for one in interactions(painkillers).findings)

    isotretinoin = interactions([number_of("(이소트레티노인)")], About(sex="FEMALE", pregnant=True))
    assert ("pregnancy", True, "1등급") in [(one.kind, one.applies, one.grade) for one in isotretinoin.findings]
