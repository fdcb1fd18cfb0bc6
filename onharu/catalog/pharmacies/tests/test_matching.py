"""Which rows are one pharmacy: never two different ones, whatever the order of the lists."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.pharmacies.rules.matching import bare_name, known, match, metres
from onharu.catalog.pharmacies.rules.rows import PharmacyRow

HOUSE = "서울특별시 강남구 헌릉로571길 7, 1층 (세곡동)"
OTHER_HOUSE = "서울특별시 강남구 밤고개로 200 (세곡동)"
LATITUDE, LONGITUDE = 37.4660, 127.1013
METRE = 1 / 111_195


def nmc(key="C1", name="백세건강약국", phone="02-445-1460", address=HOUSE, north=0.0):
    return known(PharmacyRow(key, "", name, address, phone=phone, **place(north)))


def hira(key="h1", name="백세건강약국", phone="02-445-1460", address=HOUSE, north=0.0):
    return known(PharmacyRow("", key, name, address, phone=phone, **place(north)))


def place(north):
    return {"latitude": None, "longitude": None} if north is None else {
        "latitude": LATITUDE + north * METRE,
        "longitude": LONGITUDE,
    }  # fmt: skip


ONE_PHARMACY = {
    "everything is the same": hira(),
    "another floor of the same house is written": hira(address="서울 강남구 헌릉로571길 7, 강남레체 101호"),
    "the name is spaced and marked another way": hira(name="(주) 백세 건강-약국"),
    "one has no phone": hira(phone=""),
    "the phone is another in the same house": hira(phone="02-445-9999"),
    "the area code is missing": hira(phone="445-1460", north=250, address=OTHER_HOUSE),
    "the house is placed at the other end of its block": hira(north=900),
    "it has no place": hira(north=None, phone=""),
    "it is written at another corner with its phone": hira(address=OTHER_HOUSE, north=290),
    "it moved down the street with its phone": hira(address=OTHER_HOUSE, north=990),
    "the name alone, next door": hira(address="", phone="", north=45),
    "it was renamed and kept its phone and its house": hira(name="세곡약국"),
    "it was renamed and kept its phone, with no address": hira(name="세곡약국", address="", north=45),
}
NOT_ONE = {
    "the name alone, in the same street": hira(address="", phone="", north=55),
    "the name alone, nowhere": hira(address="", phone="", north=None),
    "the phone alone, in the same street": hira(name="세곡약국", address=OTHER_HOUSE, north=55),
    "the phone alone, nowhere": hira(name="세곡약국", address="", north=None),
    "the house alone": hira(name="세곡약국", phone="02-445-9999"),
    "the name and the phone, in another town": hira(address=OTHER_HOUSE, north=1010),
    "nothing at all": hira(name="세곡약국", phone="", address="", north=None),
    "a phone of four digits": hira(name="세곡약국", phone="1460"),
}


@pytest.mark.parametrize("other", ONE_PHARMACY.values(), ids=ONE_PHARMACY)
def test_two_rows_are_one_pharmacy_when(other):
    found = match([nmc()], [other])
    assert found.pairs == {"C1": "h1"}
    assert not found.ambiguous


@pytest.mark.parametrize("other", NOT_ONE.values(), ids=NOT_ONE)
def test_two_rows_stay_two_when_all_they_share_is(other):
    found = match([nmc()], [other])
    assert not found.pairs
    assert not found.ambiguous


def test_several_pharmacies_of_one_house_each_find_their_own():
    ours = [nmc("C1", "일층약국", "02-1111-1111"), nmc("C2", "이층약국", "02-2222-2222"), nmc("C3", "삼층약국", "")]
    theirs = [
        hira("h3", "삼층약국", "02-3333-3333"),
        hira("h2", "이층약국", ""),
        hira("h1", "일층 약국", "02-1111-1111"),
    ]
    assert match(ours, theirs).pairs == {"C1": "h1", "C2": "h2", "C3": "h3"}


def test_the_surer_fit_leaves_nothing_for_a_weaker_one():
    found = match([nmc()], [hira("h1"), hira("h2", phone="02-445-9999")])
    assert found.pairs == {"C1": "h1"}
    assert not found.ambiguous, "h2 fits nobody who is left, and stays alone"


def test_what_fits_two_equally_well_is_paired_with_neither():
    found = match([nmc("C1"), nmc("C2", phone="02-445-9999")], [hira(phone="")])
    assert not found.pairs
    assert found.ambiguous == {"C1", "C2", "h1"}


def test_ambiguous_rows_are_not_given_away_by_a_weaker_rule():
    rows = [hira("h1", phone="", north=0), hira("h2", phone="", address="", north=30)]
    found = match([nmc("C1", phone="02-1"), nmc("C2", phone="02-2222-2222")], rows)
    assert not found.pairs
    assert found.ambiguous >= {"C1", "C2", "h1"}


def test_a_pharmacy_that_its_own_list_has_twice_is_one():
    """NMC gives a pharmacy another number when it is registered anew, and lists both: 46 of the 5,370 in Seoul."""
    found = match([nmc("C1103015"), nmc("C1110118")], [hira()])
    assert found.pairs == {"C1110118": "h1"}
    assert found.twins == {"C1103015": "C1110118"}


@pytest.mark.parametrize("other", [{"phone": ""}, {"name": "세곡약국"}, {"address": ""}, {"phone": "02-1"}])
def test_rows_of_one_list_are_twins_only_when_name_phone_and_house_are_the_same(other):
    assert not match([nmc("C1"), nmc("C2", **other)], []).twins


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("(주)가나안 약국", "가나안약국"), ("㈜ 가나안약국", "가나안약국"), ("주식회사 가나안약국", "가나안약국"),
        ("1(일)약국", "1일약국"), ("E-삼성약국", "e삼성약국"), ("Ｅ삼성 약국", "e삼성약국"), ("약국은 허준", "약국은허준"),
        ("1,2,3약국", "123약국"), ("뉴(NEW) 남대구약국", "뉴new남대구약국"), ("*^^*", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_compared_without_what_lists_write_in_different_ways(written, compared):
    assert bare_name(written) == compared


def test_distances_are_measured_as_on_the_ground():
    assert metres(nmc(), hira(north=300)) == pytest.approx(300, abs=0.5)
    assert metres(nmc(), hira(north=None)) is None
    east = nmc()._replace(longitude=LONGITUDE + 0.01)
    assert metres(nmc(), east) == pytest.approx(882.5, abs=1)


NAMES = st.sampled_from(["온누리약국", "온누리 약국", "백세건강약국", "세곡약국"])
PHONES = st.sampled_from(["", "02-445-1460", "445-1460", "02-445-9999"])
ADDRESSES = st.sampled_from(["", HOUSE, OTHER_HOUSE])
NORTHS = st.sampled_from([None, 0.0, 40.0, 120.0, 290.0, 700.0, 5000.0])
ROWS = st.tuples(NAMES, PHONES, ADDRESSES, NORTHS)
LISTS = st.lists(ROWS, max_size=7)


def lists_of(ours, theirs):
    return (
        [nmc(f"C{place}", *row) for place, row in enumerate(ours)],
        [hira(f"h{place}", *row) for place, row in enumerate(theirs)],
    )


@given(ours=LISTS, theirs=LISTS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(ours, theirs, order):
    first, second = lists_of(ours, theirs)
    found = match(first, second)
    order.shuffle(first)
    order.shuffle(second)
    assert match(first, second) == found


@given(ours=LISTS, theirs=LISTS)
def test_which_list_comes_first_does_not_matter(ours, theirs):
    first, second = lists_of(ours, theirs)
    found, turned = match(first, second), match(second, first)
    assert {(b, a) for a, b in turned.pairs.items()} == set(found.pairs.items())
    assert turned.ambiguous == found.ambiguous
    assert turned.twins == found.twins


@given(ours=LISTS, theirs=LISTS)
def test_every_pair_has_two_kinds_of_evidence_and_nobody_is_paired_twice(ours, theirs):
    first, second = lists_of(ours, theirs)
    found = match(first, second)
    one, other = {row.key: row for row in first}, {row.key: row for row in second}
    assert len(set(found.pairs.values())) == len(found.pairs)
    assert not found.ambiguous & (set(found.pairs) | set(found.pairs.values()) | set(found.twins))
    for a, b in found.pairs.items():
        apart = metres(one[a], other[b])
        named = one[a].name == other[b].name
        called = one[a].phone[-7:] == other[b].phone[-7:] != ""
        housed = one[a].building == other[b].building != ""
        assert named + called + (housed or (apart is not None and apart <= 1000)) >= 2
        assert housed or (apart is not None and apart <= (1000 if named and called else 50))


@given(ours=LISTS, theirs=LISTS)
def test_a_far_away_list_changes_nothing(ours, theirs):
    """What is decided in one town does not depend on what another has."""
    first, second = lists_of(ours, theirs)
    found = match(first, second)
    far = replace(PharmacyRow("", "far", "먼곳약국", "제주특별자치도 제주시 먼길 1", phone="064-1234-5678"))
    more = match([*first, known(replace(far, hpid="C999", hira_id=""))], [*second, known(far)])
    assert more.pairs == {**found.pairs, "C999": "far"}
    assert more.ambiguous == found.ambiguous
