"""A street with pharmacies whose hours are known, not known, and gone."""

from __future__ import annotations

import pytest

from tests.pharmacy_shelf import CLOSED_ON_SUNDAY, put


@pytest.fixture
def near_one(db):
    """Open on a Sunday noon until 18:00, 300 m away."""
    return put("참좋은약국", north=300, hpid="C1")


@pytest.fixture
def shut_one(db):
    """Closed on Sundays, 100 m away."""
    return put("주일쉬는약국", week=CLOSED_ON_SUNDAY, north=100, hpid="C2", phone="")


@pytest.fixture
def unknown_one(db):
    """Nobody knows its hours, 200 m away."""
    return put("모르는약국", week=None, north=200, hpid="C3")


@pytest.fixture
def street(near_one, shut_one, unknown_one, noon):
    """All three, on the noon of a Sunday."""
    return near_one, shut_one, unknown_one
