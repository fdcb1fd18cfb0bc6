"""A lunch to ask about; the foods stand in the root conftest."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.records.meals.actions import diary
from onharu.records.meals.actions.diary import Wanted

DAY = date(2026, 11, 22)


@pytest.fixture
def lunch(owner, rice, noon):
    return diary.log_meal(
        owner_id=owner.pk,
        day=DAY,
        slot="LUNCH",
        eaten_at=noon,
        wanted=[Wanted(food=rice.pk, quantity=Decimal(1), unit="공기")],
    )
