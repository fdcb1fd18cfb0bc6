"""Fields of regimens and doses: amounts, units, schedules."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from onharu.records.medication.models import Regimen
from onharu.records.medication.rules.schedules.as_json import from_json
from onharu.records.medication.rules.schedules.shapes import Schedule

MOST_AMOUNT, MOST_STOCK = Decimal(10_000), Decimal(100_000)
LEAST_AMOUNT = Decimal("0.001")


class DoseAmountField(serializers.DecimalField):
    """How much of a medicine, in its unit; written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"min_value": LEAST_AMOUNT, "max_value": MOST_AMOUNT, **kwargs}
        super().__init__(max_digits=9, decimal_places=3, coerce_to_string=False, **said)


class StockAmountField(serializers.DecimalField):
    """How much there is of a medicine, in its unit; written as a number."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"min_value": Decimal(0), "max_value": MOST_STOCK, **kwargs}
        super().__init__(max_digits=9, decimal_places=3, coerce_to_string=False, **said)


class UnitField(serializers.ChoiceField):
    """What a medicine is counted in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Regimen.Unit.choices, **kwargs)


@extend_schema_field(OpenApiTypes.OBJECT)
class ScheduleField(serializers.Field[Schedule, Any, Any, Any]):
    """A schedule as an object of the one grammar; see docs/api.md."""

    def to_internal_value(self, data: Any) -> Schedule:
        """Read a schedule; what is not understood is named by its path."""
        try:
            return from_json(data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)[:300]) from None
