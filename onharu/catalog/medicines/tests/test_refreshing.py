"""Official tables from the wire: written page by page, gone on with where they stopped, replaced only when whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from onharu.catalog.medicines.models import (
    DurRule,
    DurSalt,
    Ingredient,
    Look,
    Product,
    ProductIngredient,
    ProductNotice,
    Refresh,
)
from onharu.catalog.medicines.public import (
    facts_of,
    import_pills,
    refresh_contraindications,
    refresh_medicines,
    refresh_pills,
)
from onharu.catalog.medicines.rules.interactions import within_age
from onharu.catalog.medicines.tests.tables import SETTING, Backend
from onharu.catalog.medicines.tests.test_imports import PILLS as PILL_HEADER
from onharu.catalog.medicines.tests.test_imports import ROUND
from onharu.kernel import clock, readings
from onharu.kernel.problems import Conflict, Invalid
from onharu.names import public as names
from onharu.upstream import registry
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.medicine_facts import (
    DUR_KINDS,
    LABELS,
    PERMITS,
    PILLS,
    SUBSTANCES,
    HeldFact,
    LookFact,
    NoticeFact,
    ProductFact,
    ProductNoticeFact,
    SubstanceFact,
    notices,
    product_notices,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wire(settings):
    settings.UPSTREAM = SETTING
    registry.reset()
    Backend.reset()
    yield Backend
    Backend.reset()
    registry.reset()


def product(number, table=LABELS, **said):
    name = said.pop("name", f"하루{number}정")
    return ProductFact(item_seq=f"{202000000 + number}", name=name, table=table, company="온하루제약", **said)


def label(number, **said):
    return product(
        number, sections={"efficacy": f"이 약은 두통 {number}에 사용합니다."}, as_of=date(2026, 1, 2), **said
    )


def pill(number, imprint="", **said):
    return product(number, PILLS, look=LookFact(shape="원형", imprint_front=imprint), **said)


def holds(number, place, name, amount="5", code="M000001", unit="밀리그램"):
    held = HeldFact(name=name, code=code, amount=Decimal(amount) if amount else None, unit=unit)
    return SubstanceFact(item_seq=f"{202000000 + number}", product="하루정", place=place, held=held)


def pair(number, **said):
    return NoticeFact(kind="pair", number="", code=f"D{number:06}", name=f"성분{number}", partner_code="D999999",
                      partner_name="상대", salts=((f"M{number:06}", f"염{number}"),), text="같이 먹지 마세요", **said)  # fmt: skip


def age(number, **said):
    return NoticeFact(
        kind="age", number=str(number), code=f"D{number:06}", name=f"성분{number}", age="18세 이하", **said
    )


def splits(number, text="분할불가"):
    return ProductNoticeFact(kind="split", item_seq=f"{202000000 + number}", product="하루정", text=text)


def counts(table):
    return (table.arrived, table.new, table.changed, table.same, table.passed, len(table.refused))


def by_table(report):
    return {table.table: table for table in report.tables}


def shapes(number):
    return [look.imprint_front for look in Look.objects.filter(product__item_seq=202000000 + number).order_by("place")]


def held_by(number):
    held = ProductIngredient.objects.filter(product__item_seq=202000000 + number).select_related("ingredient")
    return [(one.ingredient.name, one.amount and f"{one.amount.normalize():f}", one.unit) for one in held]


# --- products -----------------------------------------------------------------------------------------------


def test_labels_come_onto_the_shelf_and_are_found(wire):
    wire.tables = {LABELS: [label(n) for n in range(7)]}
    report = refresh_medicines()
    assert counts(by_table(report)[LABELS]) == (7, 7, 0, 0, 0, 0)
    assert report.stopped is None
    assert facts_of(["202000003"])["202000003"].sections == {"efficacy": "이 약은 두통 3에 사용합니다."}
    assert names.search("medicines", "하루3정").hits
    assert Product.objects.get(item_seq="202000003").refreshed_at is not None


def test_a_second_time_nothing_changes(wire):
    wire.tables = {
        LABELS: [label(n) for n in range(7)],
        PERMITS: [product(n, PERMITS, supply="OTC", class_code="01140") for n in range(7)],
        SUBSTANCES: [holds(n, place, name) for n in range(7) for place, name in enumerate(("카페인", "아스피린"))],
        PILLS: [pill(n, f"A{n}") for n in range(7)],
    }
    refresh_medicines()
    refresh_pills()
    again = [*refresh_medicines().tables, *refresh_pills().tables]
    assert [(table.new, table.changed) for table in again] == [(0, 0)] * 4
    assert [table.same for table in again][:2] == [7, 7]


def test_progress_is_heard_with_the_whole_in_sight(wire):
    wire.tables = {PILLS: [pill(n) for n in range(7)]}
    heard = []
    refresh_pills(progress=lambda done, total: heard.append((done, total)))
    assert heard == [(3, 7), (6, 7), (7, 7)]


def test_rows_that_could_not_be_read_are_told_with_their_place(wire):
    wire.tables = {PILLS: [pill(0), "이상한약", pill(2), pill(3), "또이상한약"]}
    (table,) = refresh_pills().tables
    assert [(one.line, one.name) for one in table.refused] == [(2, "이상한약"), (5, "또이상한약")]
    assert counts(table) == (5, 3, 0, 0, 0, 2)


def test_products_for_export_are_passed(wire):
    wire.tables = {PILLS: [pill(0), pill(1, name="하루정(수출용)")]}
    assert counts(refresh_pills().tables[0]) == (2, 1, 0, 0, 1, 0)


def test_one_picture_of_two_leads_today_as_tomorrow(wire):
    rows = [label(0), label(0, image_url="https://example.kr/1"), label(1), label(0, image_url="https://example.kr/2")]
    wire.tables = {LABELS: rows}
    refresh_medicines()
    assert Product.objects.get(item_seq="202000000").image_url == "https://example.kr/1"
    assert [table.changed for table in refresh_medicines().tables] == [0, 0, 0]


def test_a_withdrawn_product_is_marked_and_a_new_one_stays_away(wire):
    wire.tables = {LABELS: [label(0), label(1)]}
    refresh_medicines()
    wire.tables = {PERMITS: [product(n, PERMITS, withdrawn=True, withdrawn_on=date(2026, 3, 1)) for n in range(3)]}
    assert counts(by_table(refresh_medicines())[PERMITS]) == (3, 0, 2, 0, 1, 0)
    assert set(Product.objects.values_list("item_seq", "withdrawn_on")) == {
        ("202000000", date(2026, 3, 1)), ("202000001", date(2026, 3, 1))}  # fmt: skip
    wire.tables = {PERMITS: [product(0, PERMITS)]}
    refresh_medicines()
    assert Product.objects.get(item_seq="202000000").withdrawn_on is None


def test_a_permit_never_takes_the_label_s_words(wire):
    wire.tables = {
        LABELS: [label(0, name="활명수")],
        PERMITS: [product(0, PERMITS, name="활명수액", supply="OTC", name_en="H")],
    }
    refresh_medicines()
    found = facts_of(["202000000"])["202000000"]
    assert (found.name, found.supply, found.name_en) == ("활명수", "OTC", "H")
    assert found.sections


def test_an_answer_says_how_old_it_is(wire, noon, browser):
    wire.tables = {LABELS: [label(0), label(1)]}
    refresh_medicines()
    wire.tables[PERMITS] = [product(0, PERMITS, withdrawn=True, withdrawn_on=date(2026, 3, 1))]
    refresh_medicines()
    said = browser.get("/api/medicines/202000000/").json()
    assert (said["as_of"], said["refreshed_at"][:10], said["withdrawn_on"]) == (
        "2026-01-02",
        "2026-11-22",
        "2026-03-01",
    )
    assert browser.get("/api/medicines/202000001/").json()["withdrawn_on"] is None


# --- parts that come on different pages -----------------------------------------------------------------------


def test_looks_on_different_pages_are_one_pill_s(wire):
    wire.tables = {PILLS: [pill(0, "A"), pill(1), pill(2), pill(3), pill(0, "B")]}
    refresh_pills()
    assert shapes(0) == ["A", "B"]
    assert counts(refresh_pills().tables[0])[1:3] == (0, 0)


def test_a_look_that_is_listed_no_more_goes_when_the_table_was_read_whole(wire):
    wire.tables = {PILLS: [pill(0, "A"), pill(1), pill(2), pill(0, "B")]}
    refresh_pills()
    wire.tables = {PILLS: [pill(0, "B"), pill(1), pill(2), pill(3)]}
    refresh_pills()
    assert shapes(0) == ["B"]


def test_a_look_stays_when_nobody_read_the_table_whole(wire):
    wire.tables = {PILLS: [pill(0, "A"), pill(1), pill(2), pill(0, "B")]}
    refresh_pills()
    wire.tables = {PILLS: [pill(0, "B"), pill(1), pill(2), pill(3)]}
    wire.stop(PILLS, 3, Unavailable("data_go_kr", "timeout"))
    refresh_pills()
    wire.stops_at = None
    refresh_pills()
    assert shapes(0) == ["A", "B"]


def test_substances_have_codes_units_and_places(wire):
    wire.tables = {
        LABELS: [label(0), label(1)],
        SUBSTANCES: [
            holds(0, 2, "카페인무수물", "50"),
            holds(0, 1, "아스피린", "300", "M000002"),
            holds(1, 1, "아스피린", None),
        ],
    }
    refresh_medicines()
    assert held_by(0) == [("아스피린", "300", "mg"), ("카페인무수물", "50", "mg")]
    assert held_by(1) == [("아스피린", None, "")]
    assert Ingredient.objects.get(name="아스피린").code in {"M000001", "M000002"}


def test_substances_on_different_pages_are_one_product_s(wire):
    rows = [
        holds(0, 1, "가"),
        holds(1, 1, "나"),
        holds(1, 2, "다"),
        holds(1, 3, "라"),
        holds(1, 4, "마"),
        holds(0, 2, "바"),
    ]
    wire.tables = {LABELS: [label(0), label(1)], SUBSTANCES: rows}
    refresh_medicines()
    assert [name for name, *_ in held_by(0)] == ["가", "바"]
    assert [name for name, *_ in held_by(1)] == ["나", "다", "라", "마"]
    assert by_table(refresh_medicines())[SUBSTANCES].changed == 0


def test_a_substance_that_is_held_no_more_goes_and_a_new_amount_counts(wire):
    wire.tables = {LABELS: [label(0)], SUBSTANCES: [holds(0, 1, "가", "5"), holds(0, 2, "나")]}
    refresh_medicines()
    wire.tables[SUBSTANCES] = [holds(0, 1, "가", "7")]
    refresh_medicines()
    assert held_by(0) == [("가", "7", "mg")]


def test_an_amount_told_twice_is_unknown(wire):
    """Two layers of one tablet add up, three kinds of tablets in one pack do not: which it is stands nowhere."""
    wire.tables = {LABELS: [label(0)], SUBSTANCES: [holds(0, 1001, "가", "325"), holds(0, 2001, "가", "325")]}
    refresh_medicines()
    assert held_by(0) == [("가", None, "")]


def test_substances_replace_what_only_a_name_said(wire):
    wire.tables = {
        PERMITS: [],
        LABELS: [label(0, name="하루정500밀리그램(아세트아미노펜)")],
        SUBSTANCES: [holds(0, 1, "아세트아미노펜", "500")],
    }
    refresh_medicines()
    assert len(held_by(0)) == 1
    assert ProductIngredient.objects.get().source != "품목명"


def test_substances_of_products_that_the_shelf_lacks_are_passed(wire):
    wire.tables = {LABELS: [label(0)], SUBSTANCES: [holds(0, 1, "가"), holds(9, 1, "가")]}
    assert by_table(refresh_medicines())[SUBSTANCES].passed == 1


# --- stopping and going on --------------------------------------------------------------------------------------


def test_a_used_up_quota_stops_and_the_next_run_goes_on(wire, noon):
    wire.tables = {PILLS: [pill(n) for n in range(10)]}
    wire.stop(PILLS, 6, Unavailable("data_go_kr", "quota", retry_after=12 * 3600))
    report = refresh_pills()
    assert counts(report.tables[0]) == (6, 6, 0, 0, 0, 0)
    assert report.tables[0].finished is False
    stopped = report.stopped
    assert (stopped.table, stopped.row, stopped.reason, stopped.lasting) == (PILLS, 7, "quota", False)
    assert stopped.go_on_at == noon + timedelta(hours=12)
    wire.stops_at, wire.asked[:] = None, []
    report = refresh_pills()
    assert wire.asked == [(PILLS, 6), (PILLS, 9)]
    assert (report.tables[0].start, report.tables[0].arrived, report.tables[0].finished) == (6, 4, True)
    assert Product.objects.count() == 10


def test_tables_that_were_read_to_their_end_are_not_read_again_by_the_run_that_goes_on(wire):
    wire.tables = {LABELS: [label(n) for n in range(4)], PERMITS: [product(n, PERMITS) for n in range(8)]}
    wire.stop(PERMITS, 3, Unavailable("data_go_kr", "quota", retry_after=60))
    refresh_medicines()
    wire.stops_at, wire.asked[:] = None, []
    assert [table.table for table in refresh_medicines().tables] == [PERMITS, SUBSTANCES]
    assert wire.asked[0] == (PERMITS, 3)
    wire.asked[:] = []
    refresh_medicines()
    assert wire.asked[0] == (LABELS, 0)


def test_a_stop_before_the_first_page_is_gone_on_with_too(wire):
    wire.tables = {LABELS: [label(0)], PERMITS: [product(0, PERMITS)]}
    wire.stop(PERMITS, 0, Refused("data_go_kr", "not_applied_for"))
    stopped = refresh_medicines().stopped
    assert (stopped.table, stopped.row, stopped.lasting, stopped.go_on_at) == (PERMITS, 1, True, None)
    wire.stops_at, wire.asked[:] = None, []
    refresh_medicines()
    assert wire.asked[0] == (PERMITS, 0)


def test_an_old_stop_is_not_gone_on_with(wire, monkeypatch):
    wire.tables = {PILLS: [pill(n) for n in range(10)]}
    wire.stop(PILLS, 6, Unavailable("data_go_kr", "timeout"))
    refresh_pills()
    wire.stops_at, wire.asked[:] = None, []
    later = clock.now() + readings.TOO_OLD + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    refresh_pills()
    assert wire.asked[0] == (PILLS, 0)


def test_a_run_may_begin_anew(wire):
    wire.tables = {PILLS: [pill(n) for n in range(10)]}
    wire.stop(PILLS, 6, Unavailable("data_go_kr", "timeout"))
    refresh_pills()
    wire.stops_at, wire.asked[:] = None, []
    refresh_pills(anew=True)
    assert wire.asked[0] == (PILLS, 0)


def test_a_fault_of_ours_takes_its_page_back_and_no_other(wire, monkeypatch):
    wire.tables = {PILLS: [pill(n) for n in range(10)]}
    taken = []

    def broken(ids):
        taken.append(ids)
        if len(taken) == 2:
            raise ZeroDivisionError

    monkeypatch.setattr("onharu.catalog.medicines.actions.stages.index_products", broken)
    with pytest.raises(ZeroDivisionError):
        refresh_pills()
    assert Product.objects.count() == 3
    assert Refresh.objects.get().next_start == 3


def test_two_runs_of_one_table_do_not_disturb_each_other(wire):
    wire.tables = {PILLS: [pill(n) for n in range(10)]}

    def meanwhile(done, total):
        Refresh.objects.filter(table=PILLS).update(next_start=9)

    with pytest.raises(Conflict) as conflict:
        refresh_pills(progress=meanwhile)
    assert conflict.value.code == "refresh_runs_elsewhere"
    assert Product.objects.count() == 3


def test_without_a_source_the_operator_is_told_what_to_do(settings):
    settings.UPSTREAM = {}
    registry.reset()
    with pytest.raises(Invalid) as problem:
        refresh_pills()
    assert "DATA_GO_KR_KEY" in problem.value.ko
    assert Refresh.objects.count() == 0


# --- DUR ----------------------------------------------------------------------------------------------------------


def test_notices_on_substances_are_stored_with_their_salts(wire, noon):
    wire.tables = {notices("pair"): [pair(1), pair(2)], notices("age"): [age(n) for n in range(1, 6)]}
    report = refresh_contraindications()
    assert [table.table for table in report.tables][:2] == ["notices.pair", "notices.age"]
    assert counts(by_table(report)["notices.age"]) == (5, 5, 0, 0, 0, 0)
    rule = DurRule.objects.get(kind="age", number="3")
    assert (rule.as_of, rule.source) == (date(2026, 11, 22), "식품의약품안전처 DUR 성분정보")
    assert within_age(rule.age, 18) is True
    assert DurSalt.objects.filter(code="D000001", m_code="M000001").exists()


def test_all_seven_kinds_and_those_on_products_are_asked(wire):
    refresh_contraindications()
    assert [table for table, _ in wire.asked] == [
        *map(notices, DUR_KINDS),
        *(product_notices(kind) for kind in ("age", "pregnancy", "dose", "duration", "elderly", "duplicate", "split")),
    ]


def test_a_second_time_no_notice_changes_and_all_are_of_today(wire, monkeypatch):
    wire.tables = {notices("pair"): [pair(n) for n in range(1, 9)], notices("age"): [age(1)]}
    refresh_contraindications()
    monkeypatch.setattr(clock, "now", lambda: datetime(2030, 1, 1, 3, tzinfo=UTC))
    report = refresh_contraindications()
    assert [(table.new, table.changed) for table in report.tables] == [(0, 0)] * 14
    assert by_table(report)["notices.pair"].same == 8
    assert set(DurRule.objects.values_list("as_of", flat=True)) == {date(2030, 1, 1)}


def test_a_notice_that_was_lifted_goes(wire):
    wire.tables = {notices("age"): [age(n) for n in range(1, 11)]}
    refresh_contraindications()
    wire.tables = {notices("age"): [age(1, lifted=True), *(age(n) for n in range(2, 11))]}
    assert by_table(refresh_contraindications())["notices.age"].passed == 1
    assert DurRule.objects.count() == 9


def test_two_notices_of_one_number_are_both_kept(wire):
    wire.tables = {notices("age"): [age(1), replace(age(1), text="다른 말"), age(1)]}
    refresh_contraindications()
    assert DurRule.objects.count() == 2


@pytest.mark.parametrize("came", [0, 1, 8])
def test_a_kind_is_not_replaced_when_less_than_nine_tenths_of_it_came(wire, came):
    wire.tables = {notices("age"): [age(n) for n in range(1, 11)]}
    refresh_contraindications()
    wire.tables = {
        notices("age"): [age(n, text="새") for n in range(1, came + 1)],
        notices("dose"): [replace(age(1), kind="dose")],
    }
    wire.announced = {notices("age"): 10}
    report = by_table(refresh_contraindications())
    assert (report["notices.age"].kept, report["notices.age"].finished) == (True, False)
    assert DurRule.objects.filter(kind="age", text="").count() == 10
    assert report["notices.dose"].finished
    wire.asked[:] = []
    refresh_contraindications()
    assert wire.asked[0] == ("notices.age", 0)


def test_unreadable_rows_count_as_not_having_come(wire):
    wire.tables = {notices("age"): [age(n) for n in range(1, 11)]}
    refresh_contraindications()
    wire.tables = {notices("age"): ["?", "?", *(age(n) for n in range(3, 11))]}
    assert by_table(refresh_contraindications())["notices.age"].kept
    assert DurRule.objects.count() == 10


def test_a_source_that_announces_nothing_empties_nothing(wire):
    wire.tables = {notices("age"): [age(1)]}
    refresh_contraindications()
    wire.tables = {}
    assert by_table(refresh_contraindications())["notices.age"].kept
    assert DurRule.objects.count() == 1


def test_a_kind_that_was_stopped_is_read_from_its_beginning(wire):
    wire.tables = {notices("age"): [age(n) for n in range(1, 11)]}
    wire.stop(notices("age"), 6, Unavailable("data_go_kr", "timeout"))
    refresh_contraindications()
    assert DurRule.objects.count() == 0
    wire.stops_at, wire.asked[:] = None, []
    report = refresh_contraindications()
    assert wire.asked[0] == ("notices.age", 0)
    assert (report.tables[0].arrived, report.tables[0].kept) == (10, False)
    assert DurRule.objects.count() == 10


def test_notices_on_products_are_kept_for_those_on_the_shelf(wire):
    wire.tables = {LABELS: [label(n) for n in range(4)], product_notices("split"): [splits(n) for n in range(5)]}
    refresh_medicines()
    table = by_table(refresh_contraindications())["product_notices.split"]
    assert counts(table) == (5, 4, 0, 0, 1, 0)
    assert ProductNotice.objects.get(product__item_seq="202000002").text == "분할불가"
    again = by_table(refresh_contraindications())["product_notices.split"]
    assert (again.new, again.changed, again.same) == (0, 0, 4)


def test_a_notice_on_a_product_that_is_listed_no_more_goes(wire):
    wire.tables = {LABELS: [label(n) for n in range(4)], product_notices("split"): [splits(n) for n in range(4)]}
    refresh_medicines()
    refresh_contraindications()
    wire.tables[product_notices("split")] = [splits(0), splits(1, "갈아서도 안 됨"), splits(2)]
    table = by_table(refresh_contraindications())["product_notices.split"]
    assert (table.new, table.changed, table.same) == (1, 2, 2)
    assert sorted(ProductNotice.objects.values_list("product__item_seq", "text")) == [
        ("202000000", "분할불가"), ("202000001", "갈아서도 안 됨"), ("202000002", "분할불가")]  # fmt: skip


def test_notices_on_products_stay_when_too_few_came(wire):
    wire.tables = {LABELS: [label(n) for n in range(4)], product_notices("split"): [splits(n) for n in range(4)]}
    refresh_medicines()
    refresh_contraindications()
    wire.tables[product_notices("split")] = [splits(0)]
    wire.announced = {product_notices("split"): 4}
    assert by_table(refresh_contraindications())["product_notices.split"].kept
    assert ProductNotice.objects.count() == 4


def test_notices_that_came_before_a_stop_are_not_taken_for_old_ones(wire):
    wire.tables = {LABELS: [label(n) for n in range(8)], product_notices("split"): [splits(n) for n in range(8)]}
    refresh_medicines()
    wire.stop(product_notices("split"), 6, Unavailable("data_go_kr", "quota", retry_after=9))
    refresh_contraindications()
    wire.stops_at = None
    report = refresh_contraindications()
    assert [table.table for table in report.tables] == ["product_notices.split"]
    assert (report.tables[0].start, report.tables[0].finished) == (6, True)
    assert ProductNotice.objects.count() == 8


# --- with files ---------------------------------------------------------------------------------------------------


def test_a_product_of_a_file_and_of_the_wire_is_one(wire, tmp_path):
    path = tmp_path / "pills.csv"
    path.write_text(PILL_HEADER + ROUND, encoding="utf-8-sig")
    import_pills(path=path)
    look = LookFact(description="하얀 원형 정제", shape="원형", color_front="하양", imprint_front="HR", imprint_back="500",
                    line_back="-", long_mm=Decimal("7.60"), short_mm=Decimal("7.60"), thick_mm=Decimal("3.60"))  # fmt: skip
    wire.tables = {PILLS: [product(1, PILLS, name="하루정500밀리그람(아세트아미노펜)", look=look, supply="OTC", form="나정",
                                   class_code="01140", class_name="해열.진통.소염제", as_of=date(2024, 1, 1),
                                   image_url="https://example.kr/1")]}  # fmt: skip
    assert counts(refresh_pills().tables[0]) == (1, 0, 0, 1, 0, 0)


def test_the_cost_of_a_page_does_not_grow_with_the_shelf(wire, django_assert_max_num_queries):
    wire.tables = {PILLS: [pill(n, f"A{n}") for n in range(300)]}
    refresh_pills()
    Refresh.objects.all().delete()
    wire.tables = {PILLS: [pill(n, f"A{n}") for n in range(3)]}
    with django_assert_max_num_queries(40):
        refresh_pills()
