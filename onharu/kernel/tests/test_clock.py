from datetime import UTC, date, datetime, time

import pytest

from onharu.kernel import clock


@pytest.mark.parametrize(
    ("at", "zone", "start", "expected"),
    [
        (datetime(2026, 11, 22, 14, 59, tzinfo=UTC), "Asia/Seoul", 0, date(2026, 11, 22)),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "Asia/Seoul", 0, date(2026, 11, 23)),
        (datetime(2026, 11, 22, 17, 59, tzinfo=UTC), "Asia/Seoul", 3, date(2026, 11, 22)),
        (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), "Asia/Seoul", 3, date(2026, 11, 23)),
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), "America/New_York", 0, date(2026, 3, 8)),
    ],
)
def test_an_instant_belongs_to_one_local_day(at, zone, start, expected):
    assert clock.local_day(at, zone, start) == expected


@pytest.mark.parametrize("start", range(7))
@pytest.mark.parametrize("hour", range(24))
def test_a_wall_clock_time_placed_on_a_day_is_found_on_that_day(hour, start):
    at = clock.instant_of(date(2026, 11, 22), time(hour, 30), "Asia/Seoul", start)
    assert clock.local_day(at, "Asia/Seoul", start) == date(2026, 11, 22)


def test_an_unknown_zone_is_a_value_error():
    with pytest.raises(ValueError, match="Nowhere"):
        clock.zone("Nowhere/Land")


def test_now_is_aware():
    assert clock.now().utcoffset() is not None
