"""What is written onto the shelf: empty never takes away, whoever has the label leads, parts are told once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from onharu.catalog.medicines.actions import gathering
from onharu.catalog.medicines.actions.indexing import index_products, index_symptoms
from onharu.catalog.medicines.actions.permits import store_permits
from onharu.catalog.medicines.actions.storing import Tally, products_by_seq, store_products
from onharu.catalog.medicines.models import Ingredient, LabelSection, Look, Mention, Product, ProductIngredient
from onharu.catalog.medicines.queries.labels import labels_told, symptoms_of
from onharu.catalog.medicines.rules.rows import HeldRow, LookRow, PermitRow, ProductRow
from onharu.catalog.medicines.rules.starter import SOURCE as OURS
from onharu.catalog.medicines.rules.tables import FROM_NAME, PERMITS

pytestmark = pytest.mark.django_db
ROW = ProductRow(
    item_seq="202000001",
    name="하루정",
    source="라벨",
    company="온하루제약",
    supply="OTC",
    holds=(HeldRow("아세트아미노펜", amount=Decimal(500), unit="mg"),),
    holds_source="라벨",
    sections={"efficacy": "두통에 씁니다.", "storage": "실온에 둡니다."},
    as_of=date(2026, 1, 2),
)
LOOK = LookRow(shape="원형", color_front="하양", imprint_front="HR", imprint_back="5·00")


def store(*rows):
    tally = Tally()
    store_products(rows, tally=tally)
    return tally


def counts(tally):
    return tally.new, tally.changed, tally.same


def the_product():
    return Product.objects.get(item_seq="202000001")


def held():
    return list(ProductIngredient.objects.values_list("ingredient__name", "amount", "unit", "place"))


def bare(**said):
    """A row of another table, which knows little."""
    return ProductRow(**{"item_seq": "202000001", "name": "다른 이름", "source": "낱알", **said})


# --- products


def test_a_product_is_new_once_then_the_same_and_changed_only_by_a_change():
    assert counts(store(ROW)) == (1, 0, 0)
    assert counts(store(ROW)) == (0, 0, 1)
    assert counts(store(replace(ROW, company="새회사"))) == (0, 1, 0)
    assert the_product().company == "새회사"


def test_only_products_that_changed_are_to_be_indexed():
    store(ROW, replace(ROW, item_seq="202000002"))
    tally = store(ROW, replace(ROW, item_seq="202000002", sections={"efficacy": "멀미에 씁니다."}))
    assert tally.touched == {Product.objects.get(item_seq="202000002").pk}


@pytest.mark.parametrize("column", ["name_en", "supply", "class_code", "class_name", "form", "image_url"])
def test_what_a_source_leaves_empty_takes_nothing_away(column):
    said = {"name_en": "Haru", "supply": "RX", "class_code": "01140", "class_name": "해열제", "form": "나정",
            "image_url": "https://nedrug.mfds.go.kr/1"}  # fmt: skip
    store(replace(ROW, **said))
    store(replace(ROW, **dict.fromkeys(said, "")))
    assert getattr(the_product(), column) == said[column]


@pytest.mark.parametrize("column", ["name", "company", "source", "as_of"])
def test_whoever_has_the_label_names_the_product(column):
    store(ROW)
    store(bare(company="다른회사", as_of=date(2026, 5, 5), form="나정"))
    assert getattr(the_product(), column) == getattr(ROW, column)
    assert the_product().form == "나정", "but what it adds is taken"


def test_a_label_takes_the_name_over_from_a_table_of_looks():
    store(bare(company="다른회사"))
    store(ROW)
    assert (the_product().name, the_product().source) == ("하루정", "라벨")


def test_what_a_convenience_store_sells_stays_so_though_a_table_says_over_the_counter():
    store(replace(ROW, supply="STORE"))
    store(replace(ROW, supply="OTC"))
    assert the_product().supply == "STORE"
    store(replace(ROW, supply="RX"))
    assert the_product().supply == "RX"


def test_a_product_of_six_hundred_others_keeps_its_own_parts():
    """More rows than one statement asks about at once."""
    rows = [
        replace(ROW, item_seq=f"{300000000 + n}", name=f"약 {n}", holds=(HeldRow(f"성분 {n}"),), look=LOOK)
        for n in range(1100)
    ]
    assert counts(store(*rows)) == (1100, 0, 0)
    assert counts(store(*rows)) == (0, 0, 1100)
    assert len(products_by_seq(row.item_seq for row in rows)) == 1100
    last = ProductIngredient.objects.get(product__item_seq="300001099")
    assert last.ingredient.name == "성분 1099"


def test_withdrawal_is_not_undone_by_a_label():
    store(ROW)
    Product.objects.update(withdrawn_on=date(2026, 3, 4))
    store(replace(ROW, name="하루정 새이름"))
    assert the_product().withdrawn_on == date(2026, 3, 4)


# --- parts


def test_a_section_that_a_newer_label_lacks_stays():
    store(ROW)
    store(replace(ROW, sections={"efficacy": "두통, 치통에 씁니다."}))
    assert dict(LabelSection.objects.values_list("kind", "text")) == {
        "efficacy": "두통, 치통에 씁니다.", "storage": "실온에 둡니다.",
    }  # fmt: skip


def test_our_own_words_go_whole_with_the_first_official_section():
    store(
        replace(
            ROW, source=OURS, starter=True, sections={"efficacy": "우리 말", "use": "우리 말", "storage": "우리 말"}
        )
    )
    assert the_product().starter
    store(replace(ROW, sections={"efficacy": "두통에 씁니다."}))
    assert dict(LabelSection.objects.values_list("kind", "text")) == {"efficacy": "두통에 씁니다."}
    assert not the_product().starter


def test_looks_leave_a_shipped_product_ours():
    store(replace(ROW, source=OURS, starter=True))
    store(bare(look=LOOK))
    assert the_product().starter
    assert LabelSection.objects.count() == 2


def test_a_changed_section_says_of_when_it_is():
    store(ROW)
    store(replace(ROW, sections={**ROW.sections, "efficacy": "치통에 씁니다."}, as_of=date(2026, 6, 6)))
    assert dict(LabelSection.objects.values_list("kind", "as_of")) == {
        "efficacy": date(2026, 6, 6), "storage": date(2026, 1, 2),
    }  # fmt: skip


def test_substances_keep_their_order_and_are_told_once():
    store(replace(ROW, holds=(HeldRow("카페인"), HeldRow("아스피린"), HeldRow("카 페 인"), HeldRow("  "))))
    assert [(name, place) for name, _, _, place in held()] == [("카페인", 0), ("아스피린", 1)]


def test_two_spellings_of_one_substance_are_one_ingredient():
    store(replace(ROW, holds=(HeldRow("아세트아미노펜(미분화)"),)))
    store(replace(ROW, item_seq="202000002", holds=(HeldRow("아세트아미노펜"),)))
    assert Ingredient.objects.count() == 1


def test_what_only_a_name_says_gives_way_and_never_comes_back():
    store(replace(ROW, holds=(HeldRow("이름에서"),), holds_source=FROM_NAME))
    assert [name for name, *_ in held()] == ["이름에서"]
    store(ROW)
    store(replace(ROW, holds=(HeldRow("이름에서"),), holds_source=FROM_NAME))
    assert [name for name, *_ in held()] == ["아세트아미노펜"]


def test_an_unknown_amount_is_null_and_never_zero():
    store(replace(ROW, holds=(HeldRow("아세트아미노펜"),)))
    assert held() == [("아세트아미노펜", None, "", 0)]


def test_another_amount_is_a_change_and_none_of_the_old_one_stays():
    store(ROW)
    assert counts(store(replace(ROW, holds=(HeldRow("아세트아미노펜", amount=Decimal(325), unit="mg"),)))) == (0, 1, 0)
    assert held() == [("아세트아미노펜", Decimal(325), "mg", 0)]


def test_looks_of_one_product_are_replaced_together_and_folded_to_be_found():
    store(replace(ROW, look=LOOK), replace(ROW, look=replace(LOOK, imprint_front="HR2")))
    assert list(Look.objects.values_list("place", "folded_front", "folded_back")) == [
        (0, "hr", "500"),
        (1, "hr2", "500"),
    ]
    store(replace(ROW, look=replace(LOOK, imprint_front="HR3")))
    assert list(Look.objects.values_list("folded_front", flat=True)) == ["hr3"]


def test_a_look_told_twice_is_one_look():
    assert counts(store(replace(ROW, look=LOOK), replace(ROW, look=LOOK))) == (1, 0, 0)
    assert Look.objects.count() == 1


def test_a_row_without_a_look_leaves_the_looks():
    store(replace(ROW, look=LOOK))
    assert counts(store(ROW)) == (0, 0, 1)
    assert Look.objects.count() == 1


# --- permits, which have no numbers


def permit(**said):
    return PermitRow(**{"name": "하루정", "company": "온하루제약", "name_en": "Haru Tab.", "class_code": "01140",
                        "class_name": "해열.진통.소염제", "supply": "RX", "image_url": "", "substances_en": (), **said})  # fmt: skip


def permitted(*rows):
    tally = Tally()
    store_permits(rows, tally=tally)
    return tally


def test_a_permit_fills_what_is_empty_and_overwrites_nothing():
    store(ROW)
    assert permitted(permit()).changed == 1
    assert (the_product().name_en, the_product().class_code, the_product().supply) == ("Haru Tab.", "01140", "OTC")
    assert permitted(permit()).same == 1


@pytest.mark.parametrize("company", ["온하루제약(주)", "(주)온하루제약", "주식회사 온하루제약", "온하루 제약"])
def test_a_company_is_the_same_however_it_is_incorporated(company):
    store(ROW)
    assert permitted(permit(company=company)).changed == 1


def test_a_permit_that_names_two_products_or_none_is_passed():
    store(ROW, replace(ROW, item_seq="202000002"))
    assert permitted(permit(), permit(name="없는정"), permit(company="남의제약")).passed == 3
    assert not Product.objects.exclude(name_en="").exists()


def test_an_export_name_does_not_hide_a_product_from_its_permit():
    store(replace(ROW, name="하루정(수출명:HARU Tab.)"))
    assert permitted(permit()).changed == 1


def test_no_permit_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        permitted()


# --- parts that come on different pages


def test_looks_on_later_pages_are_added_to_what_stands_and_superfluous_ones_are_named_at_the_end():
    store(replace(ROW, look=LOOK), replace(ROW, look=replace(LOOK, imprint_front="GONE")))
    looks = gathering.looks()
    new = replace(LOOK, imprint_front="NEW")
    laid = looks.lay({"202000001": [LOOK]})
    assert [look.imprint_front for look in laid["202000001"]] == ["HR", "GONE"]
    laid = looks.lay({"202000001": [new]})
    assert [look.imprint_front for look in laid["202000001"]] == ["HR", "GONE", "NEW"]
    store(*(replace(ROW, look=look) for look in laid["202000001"]))
    (superfluous,) = looks.superfluous()
    assert [look.imprint_front for look in superfluous["202000001"]] == ["HR", "NEW"]


def test_what_stands_as_it_came_is_not_superfluous():
    store(replace(ROW, look=LOOK))
    looks = gathering.looks()
    looks.lay({"202000001": [LOOK]})
    assert list(looks.superfluous()) == [{}]


def test_substances_from_another_source_are_replaced_and_not_added_to():
    store(ROW)
    substances = gathering.substances(PERMITS)
    laid = substances.lay({"202000001": [HeldRow("카페인", amount=Decimal(50), unit="mg")]})
    assert [one.name for one in laid["202000001"]] == ["카페인"]


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ([("카페인", 50), ("카페인", 30)], [("카페인", None)]),
        ([("카페인", 50), ("아스피린", 100)], [("카페인", 50), ("아스피린", 100)]),
        ([("카페인", 50), ("카페인(무수)", 50)], [("카페인", None)]),
        ([("", 50)], []),
        ([], []),
    ],
)
def test_a_substance_told_twice_has_an_amount_that_nobody_knows(told, kept):
    rows = [HeldRow(name, amount=Decimal(amount), unit="mg") for name, amount in told]
    said = [(one.name, one.amount) for one in gathering.told_once(rows)]
    assert [amount for _, amount in said] == [amount and Decimal(amount) for _, amount in kept]
    assert len(said) == len(kept)


# --- what is searched


def test_symptoms_are_read_from_the_efficacy_only():
    store(replace(ROW, sections={"efficacy": "멀미에 씁니다.", "side_effects": "두통이 생길 수 있습니다."}))
    index_products([the_product().pk])
    assert set(Mention.objects.values_list("symptom", flat=True)) == {"멀미"}


def test_a_label_that_names_another_symptom_forgets_the_first():
    store(ROW)
    index_products([the_product().pk])
    store(replace(ROW, sections={"efficacy": "멀미에 씁니다."}))
    index_products([the_product().pk])
    assert set(Mention.objects.values_list("symptom", flat=True)) == {"멀미"}


def test_symptoms_are_read_anew_from_every_living_label():
    store(ROW, replace(ROW, item_seq="202000002"))
    Product.objects.filter(item_seq="202000002").update(withdrawn_on=date(2026, 1, 1))
    assert index_symptoms() == 1
    assert set(Mention.objects.values_list("product__item_seq", "symptom")) == {("202000001", "두통")}


def test_indexing_nothing_tells_nobody_of_a_change(django_assert_num_queries):
    with django_assert_num_queries(0):
        index_products([])


def test_labels_that_say_the_same_of_the_same_substances_have_one_mark():
    other = {"item_seq": "202000002", "name": "저녁정"}
    store(ROW, replace(ROW, **other), replace(ROW, item_seq="202000003", holds=(HeldRow("카페인"),)))
    ((one, two, three),) = labels_told()
    assert one.mark == two.mark != three.mark
    assert (one.ingredients, three.ingredients) == (("아세트아미노펜",), ("카페인",))


def test_labels_are_told_for_those_asked_about_only(django_assert_num_queries):
    store(ROW, replace(ROW, item_seq="202000002"))
    asked = the_product().pk
    with django_assert_num_queries(2):
        ((told,),) = labels_told([asked])
    assert told.product_id == asked
    with django_assert_num_queries(0):
        assert list(labels_told([])) == []


def test_symptoms_come_the_foremost_first():
    store(replace(ROW, sections={"efficacy": "두통, 치통, 발열에 씁니다."}))
    index_products([the_product().pk])
    assert symptoms_of([the_product().pk]) == {the_product().pk: ["두통", "치통", "발열"]}
