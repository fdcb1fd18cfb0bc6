"""A value of a column as JSON can carry it, without loss, and back."""

from __future__ import annotations

import base64
import binascii
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BinaryField, DateTimeField, Field

ME, SOMEBODY = "me", "somebody"


def plain(value: Any) -> Any:
    """Write a value: decimals as their digits, instants and days in ISO 8601, bytes in base64."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    return value


def value_of(column: Field[Any, Any], said: Any) -> Any:
    """Read a value for a column. Raises ValidationError for what the column cannot hold."""
    value = _read(column, said)
    if value is None:
        if not column.null:
            raise ValidationError("nothing", code="null")
        return None
    if column.choices and value != "" and value not in dict(column.flatchoices):
        raise ValidationError("no choice", code="choice")
    if isinstance(column, DateTimeField):
        _hold_instant(value)
    column.run_validators(value)
    return value


def _hold_instant(value: datetime) -> None:
    if value.tzinfo is None:
        raise ValidationError("an instant without its zone", code="zone")
    try:
        value.astimezone(UTC)
    except OverflowError as error:
        raise ValidationError("an instant before or after all time", code="time") from error


def _read(column: Field[Any, Any], said: Any) -> Any:
    if said is None:
        return None
    if isinstance(column, BinaryField):
        try:
            return base64.b64decode(said, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise ValidationError("no base64", code="bytes") from error
    if "\x00" in said if isinstance(said, str) else False:
        raise ValidationError("a NUL", code="nul")
    return column.to_python(said)
