"""What addresses and phone cells of official lists say."""

import pytest

from onharu.catalog.pharmacies.rules.areas import Parts, district_of, parts_of, province_in
from onharu.catalog.pharmacies.rules.phones import phone_in, same_phone

ADDRESSES = {
    "서울특별시 강남구 헌릉로571길 7, 강남레체 1층 101호 (세곡동)": ("서울", "강남구", "세곡동", "헌릉로571길 7"),
    "서울특별시 영등포구 양평로 24, (당산동6가)": ("서울", "영등포구", "당산동6가", "양평로 24"),
    "경기도 안양시 만안구 박달로 518, (박달동)": ("경기", "안양시 만안구", "박달동", "박달로 518"),
    "경기도 남양주시 오남읍 양지로 47-63, (오남읍)": ("경기", "남양주시", "오남읍", "양지로 47-63"),
    "충청남도 서산시 지곡면 충의로 1192, (지곡면)": ("충남", "서산시", "지곡면", "충의로 1192"),
    "세종특별자치시 한누리대로 499, 1층 (나성동)": ("세종", "", "나성동", "한누리대로 499"),
    "강원특별자치도 원주시 일산로 20": ("강원", "원주시", "", "일산로 20"),
    "강원도 원주시 일산로 20 (일산동, 원일프라자)": ("강원", "원주시", "일산동", "일산로 20"),
    "서울특별시 강서구 공항대로 지하267, 발산역(5호선) 515-106호 (마곡동)": ("서울", "강서구", "마곡동", "공항대로 지하267"),
    "부산광역시 부산진구 가야대로 100 (개금동)": ("부산", "부산진구", "개금동", "가야대로 100"),
    "서울특별시 종로구 새문안로 103-1, 1층 (신문로1가)": ("서울", "종로구", "신문로1가", "새문안로 103-1"),
    "경기도 화성시 동탄순환대로12길 8, 105호 (산척동)": ("경기", "화성시", "산척동", "동탄순환대로12길 8"),
    "서울특별시 강남구 역삼동 123-4번지 1층": ("서울", "강남구", "역삼동", "역삼동 123-4"),
    "전북특별자치도 완주군 봉동읍 낙평리 11": ("전북", "완주군", "봉동읍", "낙평리 11"),
    "서울특별시 중구 명동길 74 (명동2가": ("서울", "중구", "명동2가", "명동길 74"),
}  # fmt: skip


@pytest.mark.parametrize(("address", "said"), ADDRESSES.items(), ids=[one[:24] for one in ADDRESSES])
def test_an_address_says_where_it_lies(address, said):
    province, district, neighbourhood, house = said
    assert parts_of(address) == Parts(province, district, neighbourhood, f"{province} {district} {house}")


@pytest.mark.parametrize("address", ["", " ", "(역삼동)", "Seoul Gangnam-gu", "역삼동 약국", "1", ",,,,"])
def test_what_is_no_address_says_nothing(address):
    assert parts_of(address) == Parts()


def test_two_spellings_of_a_house_are_one_house():
    one, other = "서울특별시 강남구 삼성로 14, 1층", "서울 강남구  삼성로14 (개포동, 개포자이)"
    assert parts_of(one).building == parts_of(other).building
    assert parts_of(one).building != parts_of("서울특별시 강남구 삼성로 14-1").building
    assert parts_of(one).building != parts_of("서울특별시 송파구 삼성로 14").building


@pytest.mark.parametrize(
    ("word", "province"),
    [("서울", "서울"), ("서울특별시", "서울"), ("경기도", "경기"), ("전라북도", "전북"), ("전북특별자치도", "전북"), ("충북", "충북"),
     ("세종특별자치시", "세종"), ("제주특별자치도", "제주"), ("안양시", ""), ("", ""), ("서울대학교", "")],
)  # fmt: skip
def test_a_province_has_one_short_name(word, province):
    assert province_in(word) == province


@pytest.mark.parametrize(
    ("word", "province", "district"),
    [("안양만안구", "경기", "안양시 만안구"), ("부산금정구", "부산", "금정구"), ("부산진구", "부산", "부산진구"), ("서산시", "충남", "서산시"),
     ("강남구", "서울", "강남구"), ("세종시", "세종", ""), ("광주시", "경기", "광주시"), ("부산기장군", "부산", "기장군"), ("", "서울", "")],
)  # fmt: skip
def test_a_district_is_spelled_as_in_an_address(word, province, district):
    assert district_of(word, province) == district


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("02-445-1460", "02-445-1460"), ("031-468-3354", "031-468-3354"), ("070-7718-1316", "070-7718-1316"),
     ("0507-1362-3665", "0507-1362-3665"), ("050-71319-1323", "050-71319-1323"), ("028610422", "02-861-0422"),
     ("0518067588", "051-806-7588"), ("07041893430", "070-4189-3430"), ("050713539527", "0507-1353-9527"),
     ("061-642-8356~6", "061-642-8356"), ("063-538-7755,6", "063-538-7755"), ("061-552-2460-1", "061-552-2460"),
     (" 02 - 445 - 1460 ", "02-445-1460"), ("1588-1234", "1588-1234"), ("1599-1234", "1599-1234"), ("02-", ""), ("5", ""),
     ("-", ""), ("", ""), ("0000", ""), ("02-000-0000", ""), ("02-0000-0000", ""), ("042-070-4406-4338", ""),
     ("전화 없음", ""), ("02-2088", "")],
)  # fmt: skip
def test_a_phone_is_kept_as_people_write_it(cell, shown):
    assert phone_in(cell) == shown


@pytest.mark.parametrize(
    ("cell", "province", "shown"),
    [("568-8277", "서울", "02-568-8277"), ("2201-9469", "서울", "02-2201-9469"), ("4713366", "경북", "054-4713366"),
     ("471-3366", "", "471-3366"), ("031-468-3354", "서울", "031-468-3354"), ("1588-1234", "서울", "1588-1234")],
)  # fmt: skip
def test_a_number_without_its_area_code_gets_the_one_of_its_province(cell, province, shown):
    assert phone_in(cell, province) == (shown if shown != "471-3366" else "")


def test_phones_are_compared_by_digits_and_a_lost_area_code_does_not_matter():
    assert same_phone("024451460", "4451460")
    assert same_phone("024451460", "24451460")
    assert not same_phone("024451460", "024451461")
    assert not same_phone("024451460", "1460")
    assert not same_phone("", "")
