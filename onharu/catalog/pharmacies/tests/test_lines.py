"""How a line of each official table is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onharu.catalog.pharmacies.models import Listing
from onharu.catalog.pharmacies.rules.matching import known
from onharu.catalog.pharmacies.rules.phones import phone_in
from onharu.catalog.pharmacies.rules.rows import UnfitError
from onharu.catalog.pharmacies.rules.tables import column, day_in, read_hira, read_nmc, shape_of
from onharu.catalog.pharmacies.tests.lists import HIRA_HEADER, NMC_HEADER, hira_line, nmc_line, wire_item


def of_hira(**more):
    return read_hira(dict(zip(map(column, HIRA_HEADER.split(",")), hira_line(**more), strict=True)))


def of_nmc(**more):
    return read_nmc(dict(zip(map(column, NMC_HEADER.split(",")), nmc_line(**more), strict=True)))


def test_a_header_is_known_in_either_language_and_by_the_tags_of_the_service():
    english = [cell.partition("(")[0] for cell in HIRA_HEADER.split(",")]
    korean = [cell.partition("(")[2].removesuffix(")") for cell in HIRA_HEADER.split(",")]
    for header in (HIRA_HEADER.split(","), english, korean, ["\ufeff" + korean[0], *korean[1:]]):
        assert shape_of(frozenset(map(column, header))).name == "hira"
    for header in (NMC_HEADER.split(","), list(wire_item())):
        assert shape_of(frozenset(map(column, header))).name == "nmc"
    assert shape_of(frozenset(map(column, ["품목일련번호", "제품명"]))) is None


def test_a_line_of_hira_tells_where_it_is_and_no_hours():
    row = of_hira(key="JDQ4").row
    assert (row.kind, row.key, row.name, row.week) == ("hira", "JDQ4", "100세건강약국", None)
    assert (row.province, row.district, row.neighbourhood) == ("서울", "강남구", "세곡동")
    assert (row.latitude, row.longitude) == (37.4660448664795, 127.101366881801)


def test_what_a_line_does_not_say_is_taken_from_its_address():
    row = of_hira(province="", district="", neighbourhood="").row
    assert (row.province, row.district, row.neighbourhood) == ("서울", "강남구", "세곡동")
    row = of_hira(province="경기", district="안양만안구", neighbourhood="박달동", address="").row
    assert (row.province, row.district, row.neighbourhood) == ("경기", "안양시 만안구", "박달동")
    row = of_hira(province="세종시", district="세종시", neighbourhood="나성동", address="").row
    assert (row.province, row.district, row.neighbourhood) == ("세종", "", "나성동")


def test_a_line_of_nmc_tells_hours_and_its_day():
    row = of_nmc(hours=[("900", "2000")] * 5 + [("900.0", "1900.0")]).row
    assert row.week == (((540, 1200),),) * 5 + (((540, 1140),), None, None)
    assert (row.kind, row.key, row.as_of) == ("nmc", "C1109587", date(2024, 12, 20))
    assert of_nmc(hours=[("2200", "2600"), ("0", "2400"), ("30", "100")]).row.week[:3] == (
        ((1320, 1560),),
        ((0, 1440),),
        ((30, 60),),
    )


def test_days_that_nobody_tells_of_are_unknown_and_no_hours_at_all_are_no_week():
    assert of_nmc(hours=[("900", "1800")] * 6).row.week[6:] == (None, None)
    assert of_nmc(hours=[]).row.week is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"hours": [("960", "1800")]}, "월요일 960–1800"),
        ({"hours": [("900", "")]}, "월요일 900–-"),
        ({"hours": [("900", "900")]}, "월요일 900–900"),
        ({"hours": [("아침", "저녁")]}, "월요일 아침–저녁"),
        ({"latitude": "0", "longitude": "0"}, "위치 0, 0"),
        ({"latitude": "127.1", "longitude": "37.4"}, "위치 127.1, 37.4"),
        ({"latitude": "NaN"}, "위치 NaN, 127.101366881801"),
        ({"latitude": "", "longitude": "127.1"}, "위치 -, 127.1"),
        ({"phone": "02-000-0000"}, "전화번호 02-000-0000"),
    ],
)
def test_what_cannot_be_true_is_left_out_and_told(more, said):
    found = of_nmc(**more)
    assert found.left_out == (said,)
    assert found.row.week is None or "hours" not in more
    assert found.row.latitude is None or "latitude" not in more


def test_a_line_without_a_key_or_a_name_is_refused_and_what_is_no_pharmacy_is_passed():
    for more in ({"key": ""}, {"name": " "}, {"key": "K" * 121}):
        with pytest.raises(UnfitError):
            of_hira(**more)
    for more in ({"key": ""}, {"name": "-"}, {"key": "A1100001"}, {"key": "1109587"}):
        with pytest.raises(UnfitError):
            of_nmc(**more)
    assert of_hira(kind="의원") is None


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2024-12-20 17:57:20.0", date(2024, 12, 20)), ("20241220", date(2024, 12, 20)), ("2024-13-01", None), ("", None)],
)
def test_a_day_is_read_however_it_is_written(cell, day):
    assert day_in(cell) == day


CELLS = st.one_of(
    st.text(max_size=400),
    st.text("0123456789-.~() ", max_size=80),
    st.text("가나동로길시구 ()123", max_size=400),
    st.sampled_from(
        [
            "서울특별시 " + "가" * 200 + "구 " + "나" * 200 + "로 1 (" + "다" * 100 + "동)",
            "\ufdfa" * 110,
            "\x00",
            "\ud800",
        ]
    ),
)
TEXTS = ("name", "address", "province", "district", "neighbourhood", "phone", "note", "source")


@given(line=st.fixed_dictionaries(dict.fromkeys(("name", "address", "phone", "latitude", "opens1", "note"), CELLS)))
def test_whatever_stands_in_a_cell_fits_the_shelf_or_is_refused(line):
    try:
        row = read_nmc({**line, "hpid": "C1100001", "closes1": line["opens1"], "longitude": line["latitude"]}).row
    except UnfitError:
        return
    compared = known(row)
    said = {name: getattr(row, name) for name in TEXTS} | {
        "key": row.key,
        "bare_name": compared.name,
        "digits": compared.phone,
        "building": compared.building,
    }
    for name, text in said.items():
        assert len(text) <= Listing._meta.get_field(name).max_length
        assert text.isprintable(), "no engine takes a NUL or half a letter"


@given(cell=CELLS, province=st.sampled_from(["", "서울", "경기"]))
def test_a_phone_can_be_pressed_or_is_none(cell, province):
    phone = phone_in(cell, province)
    assert not phone or 8 <= sum(sign in "0123456789" for sign in phone) <= 12
