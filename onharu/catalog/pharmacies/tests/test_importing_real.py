"""The official files themselves, line for line, where this machine has them."""

from collections import Counter

import pytest

from onharu.catalog.pharmacies.actions.reading import PharmacyTable
from onharu.catalog.pharmacies.models import Area, Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import areas, import_pharmacies
from onharu.catalog.pharmacies.rules.matching import known, match

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HIRA, SEOUL = "hira_pharmacies_2025-12.csv", "seoul_pharmacy_hours_20241220_mon_sat.csv"


def brought(real_files, *names):
    return [import_pharmacies(path=real_files / "pharmacies" / name) for name in names]


def check_shelf():
    """Both lists of real pharmacies, whichever came first."""
    assert Pharmacy.objects.count() == 25593 - 9 + 5370 - 46 - 5101
    assert Pharmacy.objects.filter(week__isnull=False).count() == 5324
    assert Pharmacy.objects.filter(hpid__isnull=False, hira_id__isnull=False).count() == 5101
    assert Pharmacy.objects.filter(as_of="2024-12-20").count() == 5370 - 46 - 5101, "the newer list leads"
    assert (WeekHours.objects.count(), Pharmacy.objects.filter(latitude=None).count()) == (1818, 3)
    assert not Pharmacy.objects.filter(province="").exists()
    assert Area.objects.get(province="서울", district="강남구", neighbourhood="역삼동").pharmacies == 123
    assert areas("ㅇㅅㄷ")[0].name == "서울 강남구 역삼동"


def test_every_line_is_taken_both_lists_meet_and_a_second_time_nothing_changes(real_files):
    hira, seoul, again, once_more = brought(real_files, HIRA, SEOUL, HIRA, SEOUL)
    assert (hira.read, hira.new, hira.passed, hira.refused, hira.edition) == (25593, 25593, 0, (), "2025-12-01")
    assert (seoul.read, seoul.new, seoul.passed, seoul.refused, seoul.edition) == (5370, 5370, 0, (), "2024-12-20")
    assert seoul.notes == ("병합 5,101 · 모호 4 · 홀로 219 · 겹침 46",)
    assert (again.new, again.changed, again.same) == (0, 0, 25593)
    assert (once_more.new, once_more.changed, once_more.same) == (0, 0, 5370)
    assert Counter(one.reason.split()[0] for one in hira.made_unknown) == {"전화번호": 55}
    check_shelf()


def test_seoul_first_comes_to_the_same_shelf(real_files):
    brought(real_files, SEOUL, HIRA)
    check_shelf()
    ours, theirs = ([known(row) for row in PharmacyTable(real_files / "pharmacies" / name)] for name in (SEOUL, HIRA))
    met = Pharmacy.objects.filter(hpid__isnull=False, hira_id__isnull=False).values_list("hpid", "hira_id")
    assert dict(met) == match(ours, theirs).pairs
