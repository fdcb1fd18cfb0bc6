"""What a row becomes: hours with their zeros, places in Korea or none, and a reason where it is none."""

import pytest

from onharu.upstream.pharmacy_directory.port import DIRECTORY, LIST
from onharu.upstream.pharmacy_directory.tests.answers import HOURS, ROW, rows
from onharu.upstream.tests.data_go_kr import as_json, as_xml

BOTH = pytest.mark.parametrize("wrap", [lambda rows: as_json(rows, inside=True), as_xml], ids=["JSON", "XML"])


@pytest.fixture
def read(source, say):
    """Send one row, and return what it becomes."""

    def one(**changed):
        say(DIRECTORY, as_json([{**ROW, **changed}], inside=True))
        (page,) = source.pages(DIRECTORY)
        return page.rows[0]

    return one


def test_a_row_becomes_a_pharmacy(read):
    fact = read()
    assert (fact.hpid, fact.name, fact.phone) == ("C1100001", "하루약국", "02-000-0000")
    assert (fact.address, fact.latitude, fact.longitude) == ("서울특별시 강남구 보기로 1, 1층 (역삼동)", 37.5, 127.0)
    assert fact.hours == HOURS
    assert fact.note == "점심시간 13:00~14:00 둘째 주 일요일 휴무"
    assert fact.as_of is None


@pytest.mark.parametrize(
    ("said", "time"),
    [("0900", "0900"), (900, "0900"), ("900", "0900"), (30, "0030"), (0, "0000"), ("0", "0000"), (1900.0, "1900"),
     ("1900.0", "1900"), ("900.00", "0900"), ("09:00", "0900"), ("9:00", "0900"), (2630, "2630"), ("2400", "2400"),
     (9960, "9960"), (" 1830 ", "1830"), (None, ""), ("", ""), ("-", ""), ("휴무", ""), ("09000", ""), (-900, ""),
     ("1900.5", ""), ("９００", "")],
)  # fmt: skip
def test_times_get_their_zeros_back_and_what_is_no_time_is_not_said(read, said, time):
    assert read(dutyTime1s=said).hours[0] == (time, "1900")


def test_a_day_that_is_absent_is_not_said(source, say):
    say(DIRECTORY, as_json([{"hpid": "C1100001", "dutyName": "하루약국"}]))
    (page,) = source.pages(DIRECTORY)
    assert page.rows[0].hours == (("", ""),) * 8
    assert (page.rows[0].latitude, page.rows[0].phone, page.rows[0].note) == (None, "", "")


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(0, 0), ("0.0", "0.0"), (None, None), ("", 127.0), (37.5, None), (127.0, 37.5), ("nan", "nan"), ("inf", 127),
     (39.02, 125.75), (35.68, 139.69), (37.5, -127.0), ("37도", "127도"), (1e300, 127), ("-", "-")],
)  # fmt: skip
def test_a_place_outside_of_korea_is_not_known(read, latitude, longitude):
    fact = read(wgs84Lat=latitude, wgs84Lon=longitude)
    assert (fact.latitude, fact.longitude) == (None, None)


@pytest.mark.parametrize("place", [(33.12, 126.27), (37.24, 131.87), (37.97, 124.63), ("37.5665", " 126.9780 ")])
def test_islands_are_in_korea(read, place):
    fact = read(wgs84Lat=place[0], wgs84Lon=place[1])
    assert (fact.latitude, fact.longitude) == (float(place[0]), float(place[1]))


@BOTH
def test_rows_that_cannot_be_read_are_listed_with_their_place_and_reason(source, say, wrap):
    lines = [*rows(2), {**ROW, "hpid": "C12"}, {**ROW, "hpid": None}, {**ROW, "dutyName": " "},
             {**ROW, "dutyName": "약" * 121}]  # fmt: skip
    say(LIST, wrap(lines))
    (page,) = source.pages(LIST)
    assert ([row.hpid for row in page.rows], page.arrived) == (["C2000000", "C2000001"], 6)
    assert [(one.place, one.hpid) for one in page.refused] == [(3, ""), (4, ""), (5, "C1100001"), (6, "C1100001")]
    assert page.refused[0].reason == "약국ID는 영문자 하나와 숫자 일곱 자리여야 해요 ('C12')"
    assert "이름" in page.refused[2].reason


def test_a_key_that_comes_twice_in_a_page_counts_once_and_a_contradiction_is_told(source, say):
    say(DIRECTORY, as_json([ROW, {**ROW, "rnum": 2, "postCdn1": 62}, {**ROW, "dutyName": "다른약국"}]))
    (page,) = source.pages(DIRECTORY)
    assert [row.name for row in page.rows] == ["하루약국"]
    assert [(one.place, one.name, one.hpid) for one in page.refused] == [(3, "다른약국", "C1100001")]


@BOTH
def test_numbers_and_texts_say_the_same_in_either_format(source, say, wrap):
    say(DIRECTORY, wrap([ROW]))
    (page,) = source.pages(DIRECTORY)
    assert page.rows[0].hours == HOURS
