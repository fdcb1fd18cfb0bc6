"""Fields of regimens and doses: amounts, days, instants, schedules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from onharu.records.medication.models import Regimen
from onharu.records.medication.rules.schedules.as_json import from_json
from onharu.records.medication.rules.schedules.shapes import Schedule

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIRST_INSTANT, LAST_INSTANT = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 30, tzinfo=UTC)
UNLIKELY = "1900~2199년 사이로 적어 주세요. / Between 1900 and 2199."
MOST_AMOUNT, MOST_STOCK = Decimal(10_000), Decimal(100_000)
LEAST_AMOUNT = Decimal("0.001")


class DayField(serializers.DateField):
    """A local day between 1900 and 2199."""

    def to_internal_value(self, value: Any) -> date:
        """Read the day."""
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise serializers.ValidationError(UNLIKELY)
        return day


class InstantField(serializers.DateTimeField):
    """An instant between 1900 and 2199, ISO 8601."""

    def to_internal_value(self, value: Any) -> datetime:
        """Read the instant."""
        try:
            at = super().to_internal_value(value)
            likely = FIRST_INSTANT <= at <= LAST_INSTANT
        except OverflowError:
            likely = False
        if not likely:
            raise serializers.ValidationError(UNLIKELY)
        return at


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
