"""Two spellings of one salt meet; two salts never do."""

from decimal import Decimal

import pytest

from onharu.catalog.medicines.rules.naming import bare, strengths, substances_in, without_export_name
from onharu.catalog.medicines.rules.salts import coded, plain, split_outside_brackets


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("아세트아미노펜", "아세트아미노펜(미분화)"),
        ("토코페롤아세테이트 2배산", "토코페롤아세테이트2배산"),
        ("DL-메틸에페드린염산염", "dl-메틸에페드린염산염"),
        ("Selegiline Hydrochloride", "SelegilineHydrochloride"),
        ("글루타티온(환원형)", "글루타티온"),
    ],
)
def test_spellings_of_one_substance_meet(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("셀레길린", "셀레길린염산염"),
        ("카페인", "카페인무수물"),
        ("니코틴산벤질(피리딘-베타-카르복실산벤질에스테르)", "니코틴산벤질"),
        ("철", "아연"),
    ],
)
def test_different_substances_stay_apart(one, other):
    assert plain(one) != plain(other)


def test_a_code_in_brackets_is_split_from_the_name():
    assert coded("[M222864]셀레길린염산염") == ("M222864", "셀레길린염산염")
    assert coded("셀레길린염산염") == ("", "셀레길린염산염")


def test_a_comma_within_brackets_does_not_split():
    assert split_outside_brackets("효모(1,3-글루칸),산화아연, ") == ("효모(1,3-글루칸)", "산화아연")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("게보린정(수출명:돌로린정)", "게보린정"),
        ("타이레놀정500밀리그람(아세트아미노펜)", "타이레놀정"),
        ("페라트라정2.5밀리그램(레트로졸)", "페라트라정"),
        ("칸데사르플러스정16/12.5밀리그램", "칸데사르플러스정"),
        ("활명수", "활명수"),
        ("판콜에스내복액", "판콜에스내복액"),
    ],
)
def test_a_name_is_cut_to_what_people_say(name, said):
    assert bare(name) == said


def test_an_export_name_may_hold_brackets():
    assert without_export_name("보리정(수출명:보리센신(BOR) TAB)") == "보리정"


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("페라트라정2.5밀리그램(레트로졸)", [("레트로졸", Decimal("2.5"), "mg")]),
        ("가스디알정50밀리그램(디메크로틴산마그네슘)", [("디메크로틴산마그네슘", Decimal(50), "mg")]),
        (
            "코자정5/100밀리그램(암로디핀/로사르탄칼륨)",
            [("암로디핀", Decimal(5), "mg"), ("로사르탄칼륨", Decimal(100), "mg")],
        ),
        ("로나센정(블로난세린)", [("블로난세린", None, "")]),
        ("아세리돈정(수출용)", []),
        ("게보린정(수출명:돌로린정)", []),
        ("비타민정(30정)", []),
        ("어린이시럽(소아용)", []),
        ("활명수", []),
    ],
)
def test_substances_are_read_from_a_name_only_where_it_says_them(name, held):
    assert [(one.name, one.amount, one.unit) for one in substances_in(name)] == held


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("타이레놀정500밀리그람", ((Decimal(500), "mg"),)),
        ("씬지로이드정0.05밀리그램", ((Decimal("0.05"), "mg"),)),
        ("아스피린 100mg", ((Decimal(100), "mg"),)),
        ("1,000밀리그램정", ((Decimal(1000), "mg"),)),
        ("라믹탈정25밀리그램,50밀리그램,100밀리그램", ()),
        ("현탁액32mg/mL", ()),
        ("활명수", ()),
    ],
)
def test_a_strength_is_read_where_a_name_has_exactly_one(name, found):
    assert strengths(name) == found
