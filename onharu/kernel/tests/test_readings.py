"""How much of a table must have come before it may take anything away, and when a stopped reading goes on."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from onharu.kernel.readings import stopped, too_little


@pytest.mark.parametrize(
    ("total", "arrived", "refused", "standing", "little"),
    [
        (100, 100, 0, 0, False),
        (100, 90, 0, 0, False),
        (100, 89, 0, 0, True),
        (100, 100, 11, 0, True),
        (0, 0, 0, 0, True),
        (10, 10, 0, 100, True),
        (95, 95, 0, 100, False),
    ],
)
def test_a_table_that_came_by_nine_tenths_may_take_away(total, arrived, refused, standing, little):
    note = SimpleNamespace(total=total, arrived=arrived, refused=refused)
    assert too_little(note, standing=standing) is little


def test_a_stop_names_the_row_it_could_not_read_and_when_to_go_on(noon):
    told = stopped("list", 500, reason="quota", lasting=False, retry_after=60)
    assert (told.row, told.go_on_at, told.lasting) == (501, noon + timedelta(minutes=1), False)
    assert stopped("list", 0, reason="forbidden", lasting=True, retry_after=None).go_on_at is None
