"""Columns whose values are sealed before they reach the database, see `kernel.sealing` and docs/decisions/0095.

Nothing said (NULL, "") stays as it is, so what SQL can ask of a sealed column is whether it says anything. What is
asked for by equality has a blind index beside it; what is ordered or added up is so in Python.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.utils import format_number
from django.db.models.lookups import Exact

from onharu.kernel.sealing import seal, unseal


def within(low: Decimal | float, high: Decimal | float) -> list[MinValueValidator | MaxValueValidator]:
    """Make the validators of a value between two bounds."""
    return [MinValueValidator(Decimal(low)), MaxValueValidator(Decimal(high))]


class SaidNothing(Exact):
    """The one comparison of a sealed text in SQL: with nothing."""

    def get_prep_lookup(self) -> str:
        """Refuse everything but the empty text."""
        if not isinstance(self.rhs, str) or self.rhs:
            raise FieldError("A sealed column is only compared with nothing; ask for equality by a blind index.")
        return self.rhs


class Sealed(models.Field):  # type: ignore[type-arg]  # Django's fields take none when they run
    """What every sealed column does, whatever its values are."""

    nothing: Any = None
    about = b""

    def get_internal_type(self) -> str:
        """Stand as a text in every database."""
        return "TextField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 Django's own
        """Learn which column this is."""
        super().contribute_to_class(cls, name, private_only)
        self.about = f"{cls._meta.db_table}.{self.column}".encode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 Django's own
        """Seal what goes into the database; nothing said stays nothing.

        No constraint sees through a seal, so the column's validators are asked here. Raises ValidationError.
        """
        if value is None or value == self.nothing:
            return None if value is None else ""
        if self.validators:
            self.run_validators(self.as_kept(value))
        return seal(self.bytes_of(value), self.about)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal what is saved; an expression stays one."""
        return value if hasattr(value, "as_sql") else self.get_db_prep_value(value, connection)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        """Open what comes out of the database."""
        if not value:
            return None if value is None else self.nothing
        return self.value_of(unseal(value, self.about))

    def get_lookup(self, lookup_name: str) -> Any:
        """Ask only whether anything is said."""
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        if lookup_name == "exact" and self.nothing == "":
            return SaidNothing
        raise FieldError(f"{self.about.decode()} is sealed; SQL cannot ask for '{lookup_name}' of it.")

    def get_transform(self, lookup_name: str) -> Any:
        """Know of no part of a sealed value."""
        return None

    def as_kept(self, value: Any) -> Any:
        """Give a value as it is once it was kept."""
        return value

    def bytes_of(self, value: Any) -> bytes:
        """Write a value as bytes."""
        raise NotImplementedError

    def value_of(self, plain: bytes) -> Any:
        """Read a value from its bytes."""
        raise NotImplementedError

    def from_plain(self, raw: Any) -> Any:
        """Read a value from what the column held before it was sealed."""
        return raw

    def to_plain(self, value: Any) -> Any:
        """Write a value as the column held it before it was sealed."""
        return value


class SealedTextField(Sealed, models.TextField):  # type: ignore[type-arg]  # Django's fields take none when they run
    """A sealed text. `max_length` counts its signs, not those of what is stored."""

    nothing = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.default_validators = [MaxLengthValidator(self.max_length)]

    def bytes_of(self, value: Any) -> bytes:
        """Write UTF-8."""
        return str(value).encode()

    def value_of(self, plain: bytes) -> str:
        """Read UTF-8."""
        return plain.decode()


class SealedDecimalField(Sealed, models.DecimalField):  # type: ignore[type-arg]  # Django's fields take none when they run
    """A sealed decimal; all values of a column are equally long."""

    def as_kept(self, value: Any) -> Decimal:
        """Give the number in the column's scale."""
        return Decimal(self.to_plain(self.to_python(value)))

    def bytes_of(self, value: Any) -> bytes:
        """Write digits of the column's scale, filled up with spaces."""
        return str(self.to_plain(self.to_python(value))).rjust(self.max_digits + 2).encode()

    def value_of(self, plain: bytes) -> Decimal:
        """Read digits."""
        return Decimal(plain.decode())

    def from_plain(self, raw: Any) -> Any:
        """Read digits."""
        return Decimal(str(raw))

    def to_plain(self, value: Any) -> Any:
        """Write digits of the column's scale."""
        return format_number(value, self.max_digits, self.decimal_places)


class SealedJSONField(Sealed, models.JSONField):
    """A sealed JSON value, read whole."""

    def bytes_of(self, value: Any) -> bytes:
        """Write JSON."""
        return json.dumps(value, ensure_ascii=False).encode()

    def value_of(self, plain: bytes) -> Any:
        """Read JSON."""
        return json.loads(plain)

    def from_plain(self, raw: Any) -> Any:
        """Read JSON."""
        return json.loads(raw)

    def to_plain(self, value: Any) -> Any:
        """Write JSON."""
        return json.dumps(value, ensure_ascii=False)


class SealedBytesField(Sealed, models.BinaryField):  # type: ignore[type-arg]  # Django's fields take none when they run
    """Sealed bytes."""

    nothing = b""

    def bytes_of(self, value: Any) -> bytes:
        """Take them."""
        return bytes(value)

    def value_of(self, plain: bytes) -> bytes:
        """Give them."""
        return plain
