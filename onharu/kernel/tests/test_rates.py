"""How often something may be asked."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from onharu.kernel import clock, rates
from onharu.kernel.problems import TooMany


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def test_what_is_asked_too_often_is_told_when_to_come_back(noon):
    for _ in range(3):
        rates.spend("feed:1", most=3)
    with pytest.raises(TooMany) as refused:
        rates.spend("feed:1", most=3)
    assert 0 < refused.value.retry_after <= 60


def test_names_are_counted_apart(noon):
    rates.spend("feed:1", most=1)
    rates.spend("feed:2", most=1)
    with pytest.raises(TooMany):
        rates.spend("feed:1", most=1)


def test_the_next_minute_begins_anew(noon, monkeypatch):
    rates.spend("feed:1", most=1)
    with pytest.raises(TooMany) as refused:
        rates.spend("feed:1", most=1)
    assert refused.value.retry_after == 60
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(minutes=1))
    rates.spend("feed:1", most=1)
