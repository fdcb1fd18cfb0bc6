"""A neighbourhood is found as people type it, and a pharmacy by its name; without anybody's position."""

from datetime import UTC, date, datetime

import pytest

from onharu.catalog.pharmacies.models import Area, Pharmacy
from onharu.catalog.pharmacies.public import area, areas, import_pharmacies, in_area, named
from onharu.catalog.pharmacies.queries.search import spoken
from onharu.catalog.pharmacies.tests.lists import hira_file, hira_line, nmc_file, nmc_line
from onharu.names import public as names

TOWNS = {
    "역삼약국": ("서울특별시 강남구 테헤란로 1 (역삼동)", 37.500, 127.036),
    "강남온누리약국": ("서울특별시 강남구 테헤란로 9 (역삼동)", 37.501, 127.037),
    "테헤란약국": ("서울특별시 강남구 테헤란로 99 (역삼동)", 37.510, 127.050),
    "논현약국": ("서울특별시 강남구 논현로 1 (논현동)", 37.511, 127.021),
    "박달약국": ("경기도 안양시 만안구 박달로 518, (박달동)", 37.402, 126.910),
    "신사약국": ("서울특별시 강남구 도산대로 1 (신사동)", 37.516, 127.020),
    "은평신사약국": ("서울특별시 은평구 가좌로 1 (신사동)", 37.596, 126.910),
    "나성약국": ("세종특별자치시 한누리대로 499 (나성동)", 36.487, 127.259),
}
# A Monday, ten in the morning in Seoul.
TEN = datetime(2024, 12, 23, 1, tzinfo=UTC)


@pytest.fixture
def towns(db, tmp_path):
    lines = [
        hira_line(f"h{n}", name=name, phone="", address=address, latitude=str(north), longitude=str(east),
                  province="", district="", neighbourhood="")
        for n, (name, (address, north, east)) in enumerate(TOWNS.items())
    ]  # fmt: skip
    import_pharmacies(path=hira_file(tmp_path, *lines))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "found"),
    [("역삼동", "서울 강남구 역삼동"), ("역삼", "서울 강남구 역삼동"), ("강남구 역삼동", "서울 강남구 역삼동"), ("서울 역삼동", "서울 강남구 역삼동"),
     ("ㅇㅅㄷ", "서울 강남구 역삼동"), ("역쌈동", "서울 강남구 역삼동"), ("강남구", "서울 강남구"), ("강남", "서울 강남구"),
     ("안양 박달동", "경기 안양시 만안구 박달동"), ("만안구", "경기 안양시 만안구"), ("나성동", "세종 나성동"), ("세종", "세종"),
     ("은평구 신사동", "서울 은평구 신사동")],
)  # fmt: skip
def test_an_area_is_found_as_people_type_it(towns, typed, found):
    assert areas(typed)[0].name == found


def test_two_neighbourhoods_of_one_name_are_both_found(towns):
    assert {one.name for one in areas("신사동")[:2]} == {"서울 강남구 신사동", "서울 은평구 신사동"}


@pytest.mark.parametrize("typed", ["", " ", "강남역 11번 출구 스타벅스", "존재하지않는동네", "\x00", "1"])
def test_what_the_lists_do_not_know_is_not_guessed(towns, typed):
    assert areas(typed) == ()


def test_an_area_tells_its_middle_and_how_many_pharmacies_it_has(towns):
    found = areas("역삼동")[0]
    assert (found.province, found.district, found.neighbourhood, found.pharmacies) == ("서울", "강남구", "역삼동", 3)
    assert (found.place.latitude, found.place.longitude) == (37.501, 127.037), "one that lies far off does not move it"
    assert area(found.id) == found
    assert area(0) is None


def test_what_an_area_has_is_listed_from_its_middle(towns):
    near = in_area(areas("역삼동")[0], at=TEN)
    assert [one.pharmacy.name for one in near.found] == ["강남온누리약국", "역삼약국", "테헤란약국"]
    assert near.found[0].distance_m == 0
    assert [one.pharmacy.name for one in in_area(areas("역삼동")[0], at=TEN, limit=1).found] == ["강남온누리약국"]
    assert len(in_area(areas("강남구")[0], at=TEN).found) == 5


def test_open_ones_of_an_area_leave_out_those_nobody_knows_and_say_how_many(towns):
    address, north, east = TOWNS["역삼약국"]
    more = {"name": "역삼약국", "phone": "", "address": address, "latitude": str(north), "longitude": str(east)}
    import_pharmacies(path=nmc_file(towns, nmc_line(**more)))
    near = in_area(areas("역삼동")[0], at=TEN, open_only=True)
    assert [one.pharmacy.name for one in near.found] == ["역삼약국"]
    assert near.hidden_unknown == 2
    assert in_area(areas("역삼동")[0], at=TEN, open_only=True, limit=1).hidden_unknown == 1, (
        "only those that are nearer"
    )
    asked = in_area(areas("역삼동")[0], at=TEN, open_only=True, with_unknown=True)
    assert (len(asked.found), asked.hidden_unknown) == (3, 0)


def test_a_pharmacy_is_found_by_name(towns):
    for typed in ("강남온누리약국", "강남 온누리", "ㄱㄴㅇㄴㄹ", "강남온누라약국"):
        assert Pharmacy.objects.get(pk=named(typed)[0]).name == "강남온누리약국"
    assert named("있지도않은이름의약국") == ()


def test_searches_cost_the_same_however_much_is_found(towns, django_assert_num_queries):
    areas("역삼동")
    named("약국")
    with django_assert_num_queries(2):
        areas("역삼동")
    with django_assert_num_queries(1):
        named("약국")
    for typed in ("박달동", "역삼동"):
        where = areas(typed)[0]
        in_area(where, at=TEN)
        with django_assert_num_queries(2):
            in_area(where, at=TEN)


def test_an_area_keeps_its_id_and_goes_with_its_last_pharmacy(towns, monkeypatch):
    where = areas("박달동")[0]
    Pharmacy.objects.filter(name="박달약국").update(gone_on=date(2026, 1, 1))
    lines = [hira_line("h77", name="역삼새약국", phone="", address=TOWNS["역삼약국"][0], neighbourhood="")]
    import_pharmacies(path=hira_file(towns, *lines, edition="2026-01"))
    assert area(where.id) is None
    assert "박달동" not in {hit.text for hit in names.search("neighbourhoods", "박달동").hits}
    assert Area.objects.get(neighbourhood="역삼동").pharmacies == 4


@pytest.mark.parametrize(
    ("place", "calls"),
    [
        (("서울", "강남구", "역삼동"), {"서울 강남구 역삼동", "역삼동", "강남구 역삼동", "서울 역삼동"}),
        (("경기", "안양시 만안구", "박달동"), {"경기 안양시 만안구 박달동", "박달동", "안양시 만안구 박달동", "만안구 박달동", "안양시 박달동", "경기 박달동"}),
        (("세종", "", "나성동"), {"세종 나성동", "나성동"}),
        (("서울", "강남구", ""), {"서울 강남구", "강남구"}),
        (("경기", "안양시 만안구", ""), {"경기 안양시 만안구", "안양시 만안구", "만안구", "경기 만안구"}),
        (("세종", "", ""), {"세종"}),
    ],
)  # fmt: skip
def test_an_area_is_called_in_several_ways_its_full_name_first(place, calls):
    assert set(spoken(*place)) == calls
    assert spoken(*place)[0] == " ".join(word for word in place if word)
