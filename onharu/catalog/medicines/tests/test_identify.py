"""Pills are told by their marks: either side first, half of them, one letter misread, by shape and colour."""

import pytest

from onharu.catalog.medicines.actions.indexing import changed
from onharu.catalog.medicines.models import Look, Product
from onharu.catalog.medicines.public import identify
from onharu.catalog.medicines.rules.imprints import Mark, Marks, color_meant, shape_meant
from onharu.catalog.medicines.rules.texts import folded_imprint

PILLS = Marks(
    [
        Mark(1, 1, "tylenol", "500", "장방형", ("하양",)),
        Mark(2, 2, "tylenoler", "", "타원형", ("하양",)),
        Mark(3, 3, "gr", "", "삼각형", ("분홍",)),
        Mark(4, 4, "vt", "160", "타원형", ("노랑", "투명")),
        Mark(5, 5, "160", "vt", "원형", ("노랑",)),
        Mark(6, 6, "", "", "원형", ("하양",)),
        Mark(7, 7, "s100", "", "원형", ("하양",)),
    ]
)


def products(imprint="", **narrowed):
    return [mark.product_id for _, mark in PILLS.search(imprint, **narrowed)]


@pytest.mark.parametrize(
    "imprint", ["TYLENOL 500", "500 tylenol", "tylenol500", "TYLENOL/500", "tylenol", "500", "tylen0l 5OO"]
)
def test_a_pill_is_found_by_either_side_in_any_order(imprint):
    assert products(imprint)[0] == 1


@pytest.mark.parametrize("imprint", ["tylenpl500", "tylnol500", "tyylenol500", "tyleonl500"])
def test_one_letter_misread_still_finds_it(imprint):
    assert products(imprint) == [1]


def test_the_whole_of_a_mark_leads_its_beginning_and_a_slip():
    found = PILLS.search("tylenol")
    assert [mark.product_id for _, mark in found] == [1, 2]
    assert found[0][0] > found[1][0]
    assert products("vt160") == [4, 5]
    assert set(products("tylen")) == {1, 2}


def test_letters_that_look_alike_are_one():
    assert [products(read)[0] for read in ("S100", "5I00", "SlOO", "5100")] == [7] * 4


def test_shape_and_colour_narrow_and_are_enough_alone():
    assert products("vt160", shape="원형") == [5]
    assert products(shape="원형", color="하양") == [6, 7]
    assert products(color="투명") == [4]
    assert products("gr", color="하양") == []
    assert products() == []


@pytest.mark.parametrize(
    ("said", "meant"), [("흰색", "하양"), ("하얀색", "하양"), ("핑크", "분홍"), ("초록색", "초록"), ("금색", "금색")]
)
def test_colours_are_read_as_people_say_them(said, meant):
    assert color_meant(said) == meant


@pytest.mark.parametrize(("said", "meant"), [("동그란", "원형"), ("타원", "타원형"), ("네모", "사각형"), ("별", "별")])
def test_shapes_are_read_as_people_say_them(said, meant):
    assert shape_meant(said) == meant


@pytest.mark.parametrize(
    ("written", "folded"), [("V분할선T", "vt"), ("마크분할선C8", "c8"), ("ID·5", "id5"), ("COΛ", "coa"), ("마크", "")]
)
def test_score_lines_and_logos_are_no_letters(written, folded):
    assert folded_imprint(written) == folded


@pytest.mark.django_db
def test_looks_are_read_again_only_after_the_shelf_changed(django_assert_num_queries):
    product = Product.objects.create(item_seq="200000001", name="하루정", source="시험")
    Look.objects.create(product=product, imprint_front="HR", folded_front="hr", source="시험", color_front="하양, 투명")
    changed()
    assert [one.brief.name for one in identify(imprint="HR", color="투명")] == ["하루정"]
    with django_assert_num_queries(2):
        identify(imprint="HR")
    Look.objects.update(folded_front="xx")
    assert identify(imprint="HR")
    changed()
    assert identify(imprint="HR") == ()


@pytest.mark.django_db
def test_a_product_with_several_looks_comes_once_by_the_best():
    product = Product.objects.create(item_seq="200000001", name="하루정", source="시험")
    for place, mark in enumerate(("hr10", "hr5")):
        Look.objects.create(product=product, place=place, imprint_front=mark, folded_front=mark, source="시험")
    changed()
    found = identify(imprint="hr5")
    assert [(one.look.imprint_front, one.score) for one in found] == [("hr5", 100.0)]
