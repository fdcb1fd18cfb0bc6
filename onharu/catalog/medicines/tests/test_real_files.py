"""The official files themselves, line for line, where this machine has them."""

import pytest

from onharu.catalog.medicines.models import DurRule, DurSalt, Look, Product
from onharu.catalog.medicines.public import facts_of, import_contraindications, import_medicines, import_pills

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DUR_LINES = {
    "병용금기": 1742, "임부금기": 1407, "용량주의": 651, "효능군중복": 375,
    "특정연령대금기": 227, "노인주의": 107, "투여기간주의": 95, "첨가제주의": 19,
}  # fmt: skip


def test_every_label_is_taken_and_a_second_time_nothing_changes(real_files):
    file = real_files / "medicines" / "easy_drug_20240603.csv"
    first = import_medicines(path=file)
    assert (first.read, first.new, first.passed, first.refused) == (4712, 4686, 26, ())
    again = import_medicines(path=file)
    assert (again.new, again.changed, again.same) == (0, 0, 4686)
    geborin = facts_of(["197900277"])["197900277"]
    assert [one.name for one in geborin.ingredients] == ["아세트아미노펜", "카페인무수물", "이소프로필안티피린"]
    assert "\xa0" not in "".join(geborin.sections.values())


def test_every_pill_is_taken_with_all_its_looks(real_files):
    report = import_pills(path=real_files / "pills" / "pill_identification_20230319.csv")
    assert (report.read, report.passed, report.refused) == (25040, 580, ())
    assert Product.objects.count() == report.new
    assert Look.objects.filter(product__item_seq="200209641").count() == 3


@pytest.mark.parametrize(("kind", "lines"), DUR_LINES.items())
def test_every_notice_is_taken(real_files, kind, lines):
    report = import_contraindications(path=real_files / "dur" / f"dur_{kind}_20260312.csv")
    assert (report.read, report.new, report.refused) == (lines, lines, ())


def test_the_original_with_stray_quotes_says_the_same_as_the_clean_copy(real_files):
    first = import_contraindications(path=real_files / "dur" / "OpenData_PotOpenDurIngr_AC20260312.csv")
    assert (first.read, first.new) == (1742, 1742)
    clean = import_contraindications(path=real_files / "dur" / "dur_병용금기_20260312.csv")
    assert (clean.new, clean.changed, clean.same) == (0, 0, 1742)


def test_most_labels_hold_a_substance_that_dur_knows(real_files):
    import_medicines(path=real_files / "medicines" / "easy_drug_20240603.csv")
    for kind in DUR_LINES:
        import_contraindications(path=real_files / "dur" / f"dur_{kind}_20260312.csv")
    known = set(DurSalt.objects.values_list("key", flat=True))
    products = Product.objects.prefetch_related("holds__ingredient").iterator(chunk_size=500)
    found = sum(any(held.ingredient.key in known for held in product.holds.all()) for product in products)
    assert found == 3736
    assert DurRule.objects.count() == sum(DUR_LINES.values())
