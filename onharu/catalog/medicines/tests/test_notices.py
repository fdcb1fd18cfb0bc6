"""Notices that name forms, notices on products themselves, and notices held in memory by the shelf's stamp."""

from datetime import UTC, date, datetime

import pytest

from onharu.catalog.medicines.actions.indexing import changed, index_products
from onharu.catalog.medicines.models import (
    DurRule,
    DurSalt,
    Ingredient,
    LabelSection,
    Mention,
    Product,
    ProductIngredient,
    ProductNotice,
)
from onharu.catalog.medicines.public import (
    NAME,
    SYMPTOM,
    About,
    Asked,
    brief_of,
    import_contraindications,
    interactions,
    load_starter,
    notices_on,
    on_shelf,
)
from onharu.catalog.medicines.queries.notices import notices

pytestmark = pytest.mark.django_db
TABLET, DROPS, UNSAID = "202000001", "202000002", "202000003"
# Verbatim, as the table of 용량주의 and 임부금기 of 2026-03-12 write them.
EYES = "점안용액제/용액용점안분말제/현탁액점안제/안연고제/안겔/점안주사제"
INJECTIONS = "용액주사제/유화주사제/용액용분말주사제/서방성현탁액용분말주사제/용액용동결건조분말주사제"
SEEN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def shelf():
    """Three products of one substance: a tablet, eye drops, and one of which nobody said what it is."""
    held = Ingredient.objects.create(key="티몰롤", name="티몰롤")
    for number, form in ((TABLET, "필름코팅정"), (DROPS, "점안용액제"), (UNSAID, "")):
        product = Product.objects.create(item_seq=number, name=f"약 {number}", form=form, source="시험")
        ProductIngredient.objects.create(product=product, ingredient=held, place=0)
    DurSalt.objects.create(kind="dose", code="D000001", key="티몰롤", name="티몰롤")


def rule(kind="dose", number="1", **said):
    return DurRule.objects.create(kind=kind, number=number, code="D000001", name="티몰롤", source="DUR", **said)


def on_product(item_seq=TABLET, **said):
    product = Product.objects.get(item_seq=item_seq)
    said = {"kind": "split", "mark": said.get("text", "분할불가")[:16], "text": "분할불가", **said}
    return ProductNotice.objects.create(product=product, source="DUR 품목", seen_at=SEEN, **said)


def told(item_seq, about=None):
    return [(one.kind, one.form_unknown) for one in interactions([item_seq], about or About()).findings]


@pytest.mark.parametrize(
    ("forms", "tablet", "drops"),
    [
        ("", True, True),
        ("정제", True, False),
        ("정제/캡슐", True, False),
        ("정제/필름코팅정", True, False),
        (EYES, False, True),
        (INJECTIONS, False, False),
        ("서방정", False, False),
    ],
)
def test_a_notice_that_names_forms_is_shown_with_products_of_these(shelf, forms, tablet, drops):
    rule(most_a_day="티몰롤 30밀리그램", forms=forms)
    assert told(TABLET) == [("dose", False)] * tablet
    assert told(DROPS) == [("dose", False)] * drops
    assert told(UNSAID) == [("dose", bool(forms))], "what nobody said of a product rules nothing out"


def test_of_two_notices_the_one_on_its_form_is_shown(shelf):
    rule(number="1", most_a_day="30밀리그램", forms="정제")
    rule(number="2", most_a_day="0.1밀리리터", forms=EYES)
    (finding,) = interactions([DROPS]).findings
    assert (finding.limit, finding.forms) == ("0.1밀리리터", EYES)
    assert len(interactions([UNSAID]).findings) == 2


def test_a_forbidden_age_of_an_injection_is_nothing_to_a_tablet(shelf):
    rule("age", age="12세미만", forms=INJECTIONS)
    assert told(TABLET, About(age=5)) == []
    assert told(UNSAID, About(age=5)) == [("age", True)]


def test_an_effect_group_of_other_forms_is_no_duplicate(shelf):
    rule("duplicate", group="녹내장", series="베타차단제", forms=EYES)
    assert "duplicate" not in [one.kind for one in interactions([TABLET, DROPS]).findings]
    assert "duplicate" in [one.kind for one in interactions([DROPS, UNSAID]).findings]


def test_a_word_of_the_notice_that_nobody_knows_keeps_it_in_sight(shelf):
    rule(forms="고형제/반고형제/액제")
    assert told(TABLET) == [("dose", True)]


@pytest.mark.slow
def test_the_official_notices_on_doses_meet_the_products_of_their_form(shelf, real_files):
    """Of timolol's kind: real rows, one on tablets and one on eye drops of the same code, found by what they say."""
    import_contraindications(path=real_files / "dur" / "dur_용량주의_20260312.csv")
    both = [
        code
        for code in DurRule.objects.filter(kind="dose", forms="정제").values_list("code", flat=True).distinct()
        if DurRule.objects.filter(kind="dose", code=code, forms__startswith="용액주사제").exists()
    ]
    assert both, "no substance is sold as a tablet and injected any more?"
    key = DurSalt.objects.filter(code=both[0]).values_list("key", flat=True)[0]
    Ingredient.objects.update(key=key)
    forms = {one.forms for one in interactions([TABLET]).findings if one.forms}
    assert "정제" in forms
    assert not any(one.startswith("용액주사제") for one in forms)
    unsaid = {one.forms for one in interactions([UNSAID]).findings if one.form_unknown}
    assert forms < unsaid


# --- notices on a product itself


def test_a_notice_on_a_product_comes_with_it_verbatim(shelf, browser):
    on_product(remark="서방정", noticed_on=date(2020, 1, 2), as_of=date(2026, 11, 1))
    (notice,) = notices_on([TABLET, DROPS, "999999999"])[TABLET]
    assert (notice.kind, notice.text, notice.remark, notice.noticed_on) == (
        "split",
        "분할불가",
        "서방정",
        date(2020, 1, 2),
    )
    assert set(notices_on([DROPS])) == set()
    assert browser.get(f"/api/medicines/{TABLET}/").json()["notices"] == [
        {
            "kind": "split", "substance": None, "text": "분할불가", "remark": "서방정", "group": None,
            "noticed_on": "2020-01-02", "source": "DUR 품목",
        }
    ]  # fmt: skip
    assert browser.get(f"/api/medicines/{DROPS}/").json()["notices"] == []


def test_comparing_tells_what_only_the_product_s_own_notices_say(shelf):
    rule(most_a_day="30밀리그램")
    on_product()
    on_product(kind="dose", code="D000001", text="하루 30밀리그램")
    on_product(kind="dose", code="D999999", text="다른 성분의 용량")
    on_product(kind="pregnancy", code="D000001", text="임부금기")
    told = interactions([TABLET, DROPS]).on_products
    assert set(told) == {TABLET}
    assert [(one.kind, one.code) for one in told[TABLET]] == [
        ("dose", "D999999"), ("pregnancy", "D000001"), ("split", ""),
    ]  # fmt: skip


def test_notices_on_a_hundred_products_cost_one_statement(shelf, django_assert_num_queries):
    on_product()
    with django_assert_num_queries(1):
        notices_on([TABLET] + [f"{300000000 + n}" for n in range(100)])


# --- held in memory


def test_comparing_costs_three_statements_and_five_after_a_change(shelf, django_assert_num_queries):
    rule()
    with django_assert_num_queries(5):
        interactions([TABLET, DROPS])
    for numbers in ([TABLET], [TABLET, DROPS, UNSAID]):
        with django_assert_num_queries(3):
            interactions(numbers)
    changed()
    with django_assert_num_queries(5):
        interactions([TABLET])


def test_a_notice_that_another_process_brought_is_seen_at_once(shelf):
    assert told(TABLET) == []
    rule()
    assert told(TABLET) == [("dose", False)]


def test_a_lifted_notice_is_gone_with_the_stamp(shelf):
    rule()
    assert told(TABLET) == [("dose", False)]
    DurRule.objects.all().delete()
    changed()
    assert told(TABLET) == []


def test_an_import_of_notices_reaches_who_holds_them(shelf, tmp_path, real_files):
    whole = (real_files / "dur" / "dur_노인주의_20260312.csv").read_text(encoding="utf-8-sig").splitlines()
    file = tmp_path / "dur_노인주의_20260312.csv"
    file.write_text("\n".join(whole[:11]), encoding="utf-8")
    import_contraindications(path=file)
    before = notices()
    assert sum(map(len, before.alone.values())) == 10
    file.write_text("\n".join(whole[:6]), encoding="utf-8")
    import_contraindications(path=file)
    assert sum(map(len, notices().alone.values())) == 5


def test_the_same_notices_are_read_once(shelf):
    rule()
    assert notices() is notices()


def test_a_pair_is_looked_up_by_both_of_its_codes(shelf):
    DurSalt.objects.create(kind="pair", code="D000002", key="상대", name="상대")
    rule("pair", partner_code="D000002", text="함께 금기")
    rule("pair", "2", partner_code="D000003", text="아무도 먹지 않는 것과 금기")
    held = notices()
    assert [one.text for one in held.on({"D000001", "D000002"})] == ["함께 금기"]
    assert list(held.on({"D000001"})) == []
    assert held.kinds_on({"D000001"}) == frozenset(), "a pair is nothing on one alone"


# --- withdrawn


@pytest.fixture
def withdrawn(db):
    load_starter()
    made = []
    for place, name in enumerate(("온나은정10밀리그램", "온나은정20밀리그램", "온나은연질캡슐")):
        product = Product.objects.create(item_seq=f"30000000{place}", name=name, source="허가", as_of="2026-05-01")
        LabelSection.objects.create(product=product, kind="efficacy", text="이 약은 야간뇨에 씁니다.", source="시험")
        made.append(product)
    Product.objects.filter(item_seq="300000000").update(withdrawn_on=date(2026, 4, 5))
    index_products([product.pk for product in made])
    return "300000000"


def found(text, kind=NAME):
    return [one.brief for one in on_shelf(Asked(kind, text, False, 20)).products]


def test_a_withdrawn_product_stands_behind_all_living_ones_and_says_so(withdrawn):
    briefs = [one for one in found("온나은") if one.name.startswith("온나은")]
    assert [one.item_seq for one in briefs][-1] == withdrawn
    assert [one.withdrawn_on for one in briefs] == [None, None, date(2026, 4, 5)]
    assert found("온나은")[-1].item_seq == withdrawn, "behind names that only resemble, too"


def test_who_writes_its_very_name_finds_a_withdrawn_product_first(withdrawn):
    first = found("온나은정10밀리그램")[0]
    assert (first.item_seq, first.withdrawn_on) == (withdrawn, date(2026, 4, 5))


def test_no_symptom_proposes_what_was_withdrawn(withdrawn):
    assert not Mention.objects.filter(product__item_seq=withdrawn).exists()
    found_by_words = found("야간뇨에 씁니다", SYMPTOM)
    assert withdrawn not in [one.item_seq for one in (*found("야간뇨", SYMPTOM), *found_by_words)]


def test_every_brief_says_whose_it_is_and_how_old(withdrawn):
    brief = brief_of([withdrawn])[withdrawn]
    assert (brief.source, brief.as_of, brief.withdrawn_on) == ("허가", date(2026, 5, 1), date(2026, 4, 5))
    living = brief_of(["202106092"])["202106092"]
    assert (living.as_of, living.withdrawn_on) == (date(2024, 6, 3), None)


def test_the_api_shows_that_a_product_was_withdrawn(withdrawn, browser):
    assert browser.get(f"/api/medicines/{withdrawn}/").json()["withdrawn_on"] == "2026-04-05"
    rows = browser.get("/api/medicines/search/", {"itemName": "온나은"}).json()["results"]
    assert rows[-1]["withdrawn_on"] == "2026-04-05"
    assert rows[0]["withdrawn_on"] is None
