"""Official tables come onto the shelf all or nothing, and a second time without harm."""

import json

import pytest

from onharu.catalog.medicines.models import DurRule, DurSalt, Ingredient, LabelSection, Look, Product
from onharu.catalog.medicines.public import facts_of, import_contraindications, import_medicines, import_pills
from onharu.kernel.problems import Invalid
from onharu.names import public as names

pytestmark = pytest.mark.django_db

LABELS = (
    "품목일련번호,제품명,업체명,주성분,이 약의 효능은 무엇입니까?,이 약은 어떻게 사용합니까?,"
    "이 약을 사용하기 전에 반드시 알아야 할 내용은 무엇입니가?,이 약의 사용상 주의사항은 무엇입니까?,"
    "이 약을 사용하는 동안 주의해야 할 약 또는 음식은 무엇입니까?,이 약은 어떤 이상반응이 나타날 수 있습니까?,"
    "이 약은 어떻게 보관해야 합니까?,공개일자,수정일자\n"
)
TABLET = '202000001,하루정500밀리그람(아세트아미노펜),온하루제약,아세트아미노펜,"이 약은 두통에\n\n사용합니다.",1회 1정,,,,구역,실온,2020-01-02,2024-05-06\n'
PILLS = (
    "품목일련번호,품목명,업소명,성상,큰제품이미지,표시앞,표시뒤,의약품제형,색상앞,색상뒤,분할선앞,분할선뒤,"
    "크기장축,크기단축,크기두께,분류번호,분류명,전문일반구분,제형코드명,변경일자\n"
)
ROUND = "202000001,하루정500밀리그람(아세트아미노펜),온하루제약,하얀 원형 정제,https://example.kr/1,HR,500,원형,하양,,,-,7.6,7.6,3.6,01140,해열.진통.소염제,일반의약품,나정,20240101\n"
DUR = (
    "DUR일련번호,DUR유형,단일복합구분코드,DUR성분코드,DUR성분명영문,DUR성분명,복합제,관계성분,약효분류코드,효능군,고시일자,"
    "금기내용,제형,연령기준,최대투여기간,1일최대용량,등급,병용금기단일복합구분코드,병용금기DUR성분코드,병용금기DUR성분영문명,"
    "병용금기DUR성분명,병용금기복합제,병용금기관계성분,병용금기약효분류,비고,상태,계열명"
)
PAIR = (
    "23,병용금기,단일,D000353,Paroxetine,파록세틴,-,[M050607]염산파록세틴/[M222896]파록세틴염산염수화물,-,-,20090303,"
    "세로토닌성증후군(고혈압|고열),-,-,-,-,-,단일,D000139,SelegilineHydrochloride,셀레길린염산염,-,[M222864]셀레길린염산염,-,-,정상,-"
)


@pytest.fixture
def file(tmp_path):
    def written(text, name="table.csv", encoding="utf-8-sig"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return written


def counts(report):
    return (report.read, report.new, report.changed, report.same, report.passed, len(report.refused))


def test_a_label_becomes_a_product_with_substances_and_sections(file):
    report = import_medicines(path=file(LABELS + TABLET))
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    facts = facts_of(["202000001"])["202000001"]
    assert (facts.name, facts.company) == ("하루정500밀리그람(아세트아미노펜)", "온하루제약")
    assert [(one.name, one.amount, one.unit) for one in facts.ingredients] == [("아세트아미노펜", 500, "mg")]
    assert facts.sections == {
        "efficacy": "이 약은 두통에\n\n사용합니다.",
        "use": "1회 1정",
        "side_effects": "구역",
        "storage": "실온",
    }
    assert str(facts.as_of) == "2024-05-06"


def test_a_section_that_was_not_published_is_no_row(file):
    import_medicines(path=file(LABELS + TABLET))
    assert not LabelSection.objects.filter(kind__in=["warnings", "interactions"]).exists()


def test_importing_again_changes_nothing_and_keeps_every_id(file):
    path = file(LABELS + TABLET)
    import_medicines(path=path)
    before = Product.objects.get().pk
    assert counts(import_medicines(path=path)) == (1, 0, 0, 1, 0, 0)
    assert Product.objects.get().pk == before


def test_a_changed_label_changes_its_section_only(file):
    import_medicines(path=file(LABELS + TABLET))
    report = import_medicines(path=file(LABELS + TABLET.replace("구역", '"구역, 구토"')))
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    assert facts_of(["202000001"])["202000001"].sections["side_effects"] == "구역, 구토"


def test_looks_and_labels_meet_at_the_number(file):
    import_medicines(path=file(LABELS + TABLET))
    report = import_pills(path=file(PILLS + ROUND))
    assert counts(report) == (1, 0, 1, 0, 0, 0)
    facts = facts_of(["202000001"])["202000001"]
    assert facts.sections["use"] == "1회 1정"
    assert (facts.supply, facts.class_name, facts.form) == ("OTC", "해열.진통.소염제", "나정")
    assert [(one.shape, one.colors, one.imprint_front) for one in facts.looks] == [("원형", ("하양",), "HR")]


def test_a_name_never_takes_away_what_a_table_of_substances_said(file):
    import_medicines(path=file(LABELS + TABLET.replace(",아세트아미노펜,", ',"아세트아미노펜,카페인무수물",')))
    import_pills(path=file(PILLS + ROUND))
    assert len(facts_of(["202000001"])["202000001"].ingredients) == 2


def test_a_product_of_two_strengths_has_two_looks(file):
    report = import_pills(path=file(PILLS + ROUND + ROUND.replace("하양", "분홍") + ROUND))
    assert counts(report)[:4] == (3, 1, 0, 0)
    assert list(Look.objects.values_list("place", "color_front")) == [(0, "하양"), (1, "분홍")]
    assert counts(import_pills(path=file(PILLS + ROUND + ROUND.replace("하양", "분홍"))))[:4] == (2, 0, 0, 1)


def test_a_product_for_export_is_not_shown_to_people_here(file):
    report = import_pills(path=file(PILLS + ROUND.replace("(아세트아미노펜)", "(수출용)")))
    assert counts(report) == (1, 0, 0, 0, 1, 0)
    assert not Product.objects.exists()


@pytest.mark.parametrize("wrong", ["20200001", "2020000011", "20200000a", ""])
def test_a_line_without_a_proper_number_is_refused_by_line(file, wrong):
    report = import_medicines(path=file(LABELS + TABLET + TABLET.replace("202000001", wrong, 1)))
    assert [(one.line, one.name) for one in report.refused] == [(7, "하루정500밀리그람(아세트아미노펜)")]
    assert Product.objects.count() == 1


def test_a_picture_that_is_not_https_is_left_out(file):
    import_pills(path=file(PILLS + ROUND.replace("https://example.kr/1", "javascript:alert(1)")))
    assert facts_of(["202000001"])["202000001"].image_url == ""


def test_a_table_of_another_kind_is_refused_with_its_header(file):
    with pytest.raises(Invalid) as refused:
        import_pills(path=file(LABELS + TABLET))
    assert "품목일련번호" in refused.value.ko
    assert not Product.objects.exists()


def test_permits_fill_what_is_empty_on_the_one_product_they_name(file):
    import_medicines(path=file(LABELS + TABLET))
    permits = [
        {
            "name": "하루정500밀리그람(아세트아미노펜)",
            "nameEn": "Haru Tab.",
            "company": "온하루제약(주)",
            "ingredient": "Acetaminophen",
            "category": "[01140]해열.진통.소염제",
            "image": "",
            "type": "일반의약품",
        },
        {"name": "없는약", "nameEn": "", "company": "", "ingredient": "", "category": "", "image": "", "type": ""},
    ]
    report = import_medicines(path=file(json.dumps(permits), "permits.json", "utf-8"))
    assert counts(report) == (2, 0, 1, 0, 1, 0)
    facts = facts_of(["202000001"])["202000001"]
    assert (facts.name_en, facts.class_name, facts.supply) == ("Haru Tab.", "해열.진통.소염제", "OTC")


def test_names_can_be_searched_at_once(file):
    import_medicines(path=file(LABELS + TABLET))
    (hit, *_) = names.search("medicines", "하루정").hits
    assert hit.key == Product.objects.get().pk


def test_a_notice_is_kept_verbatim_with_its_day(file):
    report = import_contraindications(path=file(f"{DUR}\n{PAIR}\n"))
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    rule = DurRule.objects.get()
    assert (rule.kind, rule.code, rule.partner_code) == ("pair", "D000353", "D000139")
    assert (rule.text, str(rule.noticed_on)) == ("세로토닌성증후군(고혈압,고열)", "2009-03-03")


def test_a_code_covers_its_salts_and_itself(file):
    import_contraindications(path=file(f"{DUR}\n{PAIR}\n"))
    assert set(DurSalt.objects.filter(code="D000353").values_list("name", flat=True)) == {
        "파록세틴",
        "염산파록세틴",
        "파록세틴염산염수화물",
    }


def test_another_edition_takes_away_what_the_earlier_one_said_a_code_covers(file):
    import_contraindications(path=file(f"{DUR}\n{PAIR}\n"))
    import_contraindications(path=file(f"{DUR}\n{PAIR.replace('[M050607]염산파록세틴/', '')}\n"))
    assert not DurSalt.objects.filter(name="염산파록세틴").exists()
    assert DurSalt.objects.filter(name="파록세틴염산염수화물").exists()


def test_what_a_code_covers_stays_when_another_kind_is_imported(file):
    import_contraindications(path=file(f"{DUR}\n{PAIR}\n"))
    import_contraindications(
        path=file(f"{DUR}\n{PAIR.replace('23,병용금기', '9,노인주의').replace('[M050607]', '')}\n")
    )
    assert set(DurSalt.objects.filter(code="D000353").values_list("kind", flat=True)) == {"pair", "elderly"}
    assert DurSalt.objects.filter(m_code="M050607").exists()


def test_the_original_file_with_stray_quotes_keeps_every_line(file):
    stray = PAIR.replace("세로토닌성", '"세로토닌성').replace("23,", "24,", 1)
    report = import_contraindications(path=file(f"{DUR},\n{PAIR},\n{stray},\n"))
    assert counts(report) == (2, 2, 0, 0, 0, 0)


def test_a_notice_that_is_gone_from_the_next_file_is_taken_down_and_other_kinds_stay(file):
    other = PAIR.replace("23,병용금기", "9,노인주의")
    import_contraindications(path=file(f"{DUR}\n{other}\n"))
    import_contraindications(path=file(f"{DUR}\n{PAIR}\n{PAIR.replace('23,', '24,', 1)}\n"))
    import_contraindications(path=file(f"{DUR}\n{PAIR}\n"))
    assert sorted(DurRule.objects.values_list("kind", "number")) == [("elderly", "9"), ("pair", "23")]


def test_a_lifted_notice_is_passed(file):
    report = import_contraindications(
        path=file(f"{DUR}\n{PAIR}\n{PAIR.replace('정상', '삭제').replace('23,', '24,', 1)}\n")
    )
    assert counts(report) == (2, 1, 0, 0, 1, 0)


def test_one_broken_file_changes_nothing(file):
    import_medicines(path=file(LABELS + TABLET))
    with pytest.raises(Invalid):
        import_medicines(path=file(LABELS + TABLET.replace("202000001", "x"), "next.csv"))
    assert Product.objects.count() == Ingredient.objects.count() == 1
