"""Holidays as published: 월력요항 of 우주항공청 and the notices of 인사혁신처."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from onharu.kernel import holidays
from onharu.kernel.holidays import ExtraHoliday

pytestmark = pytest.mark.django_db

# Every day off that is no plain Sunday, by year.
PUBLISHED = {
    2024: (
        "01-01 02-09 02-10 02-11 02-12 03-01 04-10 05-05 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25"
    ),
    2025: (
        "01-01 01-27 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25"
    ),
    2026: (
        "01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 09-24 09-25 09-26 "
        "10-03 10-05 10-09 12-25"
    ),
    2027: (
        "01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 "
        "10-03 10-04 10-09 10-11 12-25 12-27"
    ),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_years_holidays_are_the_published_ones(year):
    found = holidays.holidays_between(date(year, 1, 1), date(year, 12, 31))
    assert [f"{day:%m-%d}" for day in found] == PUBLISHED[year].split()


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 2, 10), "설날"),
        (date(2024, 2, 12), "설날 대체 휴일"),  # 11 February 2024 was a Sunday
        (date(2024, 4, 10), "국회의원 선거일"),
        (date(2025, 1, 27), "임시공휴일"),
        (date(2025, 1, 29), "설날"),
        (date(2025, 6, 3), "대통령 선거일"),
        (date(2025, 10, 6), "추석"),
        (date(2025, 10, 8), "추석 대체 휴일"),
        (date(2026, 2, 17), "설날"),
        (date(2026, 6, 3), "지방선거일"),
        (date(2026, 9, 25), "추석"),
        (date(2027, 2, 7), "설날"),
        (date(2027, 2, 9), "설날 대체 휴일"),
        (date(2027, 9, 15), "추석"),
    ],
)
def test_a_holiday_is_called_by_its_korean_name(day, name):
    assert holidays.names(day) == (name,)


def test_two_holidays_on_one_day_are_both_named():
    assert set(holidays.names(date(2025, 5, 5))) == {"부처님오신날", "어린이날"}


def test_a_saturday_of_chuseok_has_no_substitute():
    # 추석 연휴 is made good only for Sundays: 26 September 2026 is a Saturday.
    assert not holidays.is_holiday(date(2026, 9, 28))


def test_the_first_of_may_is_a_public_holiday_from_2026_only():
    assert [year for year in range(2023, 2028) if holidays.is_holiday(date(year, 5, 1))] == [2026, 2027]


def test_a_plain_sunday_is_no_holiday_and_no_working_day():
    sunday = date(2026, 11, 22)
    assert not holidays.is_holiday(sunday)
    assert holidays.working_days_between(sunday, sunday) == ()


def test_the_working_day_after_the_long_chuseok_of_2025_is_ten_days_later():
    assert holidays.next_working_day(date(2025, 10, 2)) == date(2025, 10, 10)
    assert holidays.last_working_day_by(date(2025, 10, 9)) == date(2025, 10, 2)


def test_a_working_day_is_its_own_last_and_not_its_own_next():
    monday = date(2026, 11, 23)
    assert holidays.last_working_day_by(monday) == monday
    assert holidays.next_working_day(monday) == date(2026, 11, 24)


def test_a_temporary_holiday_of_the_table_counts_and_is_named():
    day = date(2026, 11, 24)
    ExtraHoliday.objects.create(day=day, name="임시공휴일")
    assert holidays.names(day) == ("임시공휴일",)
    assert holidays.next_working_day(date(2026, 11, 23)) == date(2026, 11, 25)


def test_a_temporary_holiday_beside_a_known_one_keeps_both_names():
    ExtraHoliday.objects.create(day=date(2026, 12, 25), name="특별한 날")
    assert holidays.names(date(2026, 12, 25)) == ("기독탄신일", "특별한 날")


def test_a_stretch_over_the_turn_of_the_year_is_whole(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = holidays.holidays_between(date(2026, 12, 20), date(2027, 1, 10))
    assert list(found) == [date(2026, 12, 25), date(2027, 1, 1)]


def test_no_stretch_of_four_years_is_longer_than_is_looked_for():
    working = holidays.working_days_between(date(2024, 1, 1), date(2027, 12, 31))
    gaps = [after - before for before, after in pairwise(working)]
    assert max(gaps) <= timedelta(days=holidays.LONGEST_STRETCH // 2)


def test_staff_write_a_temporary_holiday(admin_client):
    response = admin_client.post("/admin/kernel/extraholiday/add/", {"day": "2026-11-24", "name": "임시공휴일"})
    assert response.status_code == 302
    assert holidays.is_holiday(date(2026, 11, 24))


# What 월력요항 counted a year ahead, and what was proclaimed or passed after it.
@pytest.mark.parametrize(
    ("year", "red", "off", "later"),
    [
        (2025, 68, 119, {date(2025, 1, 27), date(2025, 6, 3)}),
        (2026, 70, 118, {date(2026, 5, 1), date(2026, 7, 17)}),
    ],
)
def test_a_year_has_as_many_red_days_as_were_published(year, red, off, later):
    first, last = date(year, 1, 1), date(year, 12, 31)
    known = set(holidays.holidays_between(first, last)) - later
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert sum(day.weekday() == 6 or day in known for day in days) == red
    assert sum(day.weekday() >= 5 or day in known for day in days) == off
