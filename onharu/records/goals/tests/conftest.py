"""A woman of forty, 160 cm and 70 kg, who measures and aims."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from conftest import make_person, signed_in
from onharu.accounts import principal
from onharu.accounts.public import person_of
from onharu.records.goals.actions import measuring
from onharu.records.goals.rules.measuring import Said

DAY = date(2026, 11, 22)


@pytest.fixture
def mina(db):
    """Somebody who could lose weight without harm: a body mass index of 27."""
    return make_person("mina", birth_year=1986, sex="FEMALE", height_cm=160, weight_kg=70)


@pytest.fixture
def person(mina, noon):
    return person_of(mina)


@pytest.fixture
def minas(mina, noon):
    """Mina's browser."""
    return signed_in(mina)


@pytest.fixture
def weigh(mina, noon):
    """Write a weight down, so many days ago."""

    def weighed(kg, days_ago=0, hours=0):
        mina.profile.refresh_from_db()
        said = Said("WEIGHT", Decimal(str(kg)))
        at = noon - timedelta(days=days_ago, hours=hours)
        row = measuring.measure(person=person_of(mina), said=said, at=at)
        principal.reset()
        return row

    return weighed
