"""Fields that many APIs read: days and instants of a lifetime. With `web` the only modules here that speak DRF."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIRST_INSTANT, LAST_INSTANT = datetime(1900, 1, 2, tzinfo=UTC), datetime(2199, 12, 30, tzinfo=UTC)
UNLIKELY = "1900~2199년 사이로 적어 주세요. / Between 1900 and 2199."


class DayField(serializers.DateField):
    """A local day between 1900 and 2199."""

    def to_internal_value(self, value: Any) -> date:
        """Read the day."""
        day = super().to_internal_value(value)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise serializers.ValidationError(UNLIKELY)
        return day


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "08:30"})
class ClockField(serializers.TimeField):
    """A time by the clock on the wall, without seconds or zone: what OpenAPI calls a time has both."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M", "%H:%M:%S"], **more)


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
