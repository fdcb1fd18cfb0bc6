"""The sample town: clearly invented, never beside real pharmacies."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from onharu.catalog.pharmacies.actions.sample import sample_rows
from onharu.catalog.pharmacies.models import Area, Pharmacy
from onharu.catalog.pharmacies.public import areas, import_pharmacies, load_sample_town, named, nearby, told
from onharu.catalog.pharmacies.rules.facts import Place
from onharu.catalog.pharmacies.rules.geo import haversine_m, in_korea
from onharu.catalog.pharmacies.rules.hours import always
from onharu.catalog.pharmacies.rules.sample import MIDDLE
from onharu.catalog.pharmacies.tests.lists import hira_file
from onharu.kernel.problems import Invalid

# Where land is nearest: the coast at 울진, and 울릉도.
COASTS = (Place(37.05, 129.42), Place(37.24, 129.36), Place(37.46, 130.86))


def test_it_is_loaded_once_and_found_by_its_name_only(db, noon):
    assert load_sample_town().new == 12
    assert (load_sample_town().new, load_sample_town().same) == (0, 12)
    assert Pharmacy.objects.filter(sample=True).count() == Pharmacy.objects.count() == 12
    (found, *_) = areas("온하루동")
    assert (found.name, found.pharmacies) == ("보기시 보기구 온하루동", 12)
    assert len(named("보기 약국")) == 12
    assert len(nearby(found.place, at=noon).found) == 12


def test_nobody_who_looks_around_meets_it():
    """It lies on open water, farther from any coast than the widest search (20 km)."""
    assert in_korea(MIDDLE)
    assert min(haversine_m(MIDDLE, coast) for coast in COASTS) > 40_000
    assert all(haversine_m(MIDDLE, Place(row.latitude, row.longitude)) < 2000 for row in sample_rows())


def test_no_name_phone_or_address_of_it_could_be_a_real_one():
    for row in sample_rows():
        assert row.name.startswith("보기 약국 ")
        assert row.address.startswith("보기시 보기구 보기로 ")
        assert (row.phone, row.hpid, row.hira_id, row.sample) == ("", "", "", True)


def test_it_has_all_kinds_of_hours():
    weeks = {row.name.rpartition(" ")[2]: row.week for row in sample_rows()}
    assert weeks["7"] is None
    assert always(weeks["2"])
    assert weeks["3"][0] == ((600, 1560),), "past midnight"
    assert weeks["4"][0] == ((540, 750), (810, 1140)), "a gap at noon"
    assert (weeks["4"][6], weeks["5"][6], weeks["5"][7]) == ((), None, None), "closed is not unknown"
    assert weeks["6"][7] == ((600, 1020),), "holiday hours"


def test_at_noon_on_a_sunday_some_are_open_some_closed_and_some_unknown(noon):
    states = {told(row.week, noon, {}).state for row in sample_rows()}
    assert states == {"open", "closed", "unknown"}


def test_the_first_real_list_takes_it_away_and_it_does_not_come_back(db, tmp_path):
    load_sample_town()
    assert import_pharmacies(path=hira_file(tmp_path)).new == 1
    assert not Pharmacy.objects.filter(sample=True).exists()
    assert not Area.objects.filter(neighbourhood="온하루동").exists()
    assert areas("온하루동") == ()
    assert named("보기 약국 2") == ()
    assert load_sample_town() is None
    assert Pharmacy.objects.count() == 1


def test_a_refused_list_leaves_it_where_it_is(db, tmp_path):
    load_sample_town()
    broken = tmp_path / "list.csv"
    broken.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Invalid):
        import_pharmacies(path=broken)
    assert Pharmacy.objects.filter(sample=True).count() == 12


def test_the_demo_brings_it(db):
    call_command("seed_demo", username="demo", days=1, verbosity=0)
    assert get_user_model().objects.filter(username="demo").exists()
    assert Pharmacy.objects.filter(sample=True).count() == 12
