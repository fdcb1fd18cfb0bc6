"""Reading of JSON that says where it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import TypeVar

Read = TypeVar("Read")


class Told:
    """An object of the JSON and the path to it."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{path or 'schedule'}: must be an object")  # noqa: TRY004  # all faults are of one kind
        self.value = value
        self.path = path

    def at(self, name: str) -> str:
        """Name the path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def wrong(self, name: str, why: str) -> ValueError:
        """Say what is wrong with a field."""
        return ValueError(f"{self.at(name)}: {why}")

    def only(self, *names: str) -> None:
        """Refuse fields that nobody knows."""
        for name in self.value:
            if name not in names:
                raise self.wrong(str(name), "is unknown")

    def kind(self, *kinds: str) -> str:
        """Read which kind of thing this is."""
        return self.one_of("kind", kinds)

    def fields(self, **readers: Callable[[str], Read]) -> dict[str, Read]:
        """Read just these fields of a kind."""
        self.only("kind", *readers)
        return {name: reader(name) for name, reader in readers.items()}

    def one_of(self, name: str, known: tuple[str, ...], default: str | None = None) -> str:
        """Read one of the known words."""
        value = self.value.get(name, default)
        if not isinstance(value, str) or value not in known:
            raise self.wrong(name, f"must be one of {', '.join(known)}")
        return value

    def number(self, name: str) -> int:
        """Read a whole number."""
        value = self.value.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 10**9:
            raise self.wrong(name, "must be a whole number")
        return value

    def maybe_number(self, name: str) -> int | None:
        """Read a whole number; None where none is given."""
        return None if self.value.get(name) is None else self.number(name)

    def one_or_number(self, name: str) -> int:
        """Read a whole number; 1 where none is given."""
        return 1 if name not in self.value else self.number(name)

    def numbers(self, name: str) -> frozenset[int]:
        """Read a list of whole numbers."""
        value = self.value.get(name)
        if not isinstance(value, list) or not all(type(each) is int and abs(each) <= 366 for each in value):
            raise self.wrong(name, "must be a list of whole numbers")
        return frozenset(value)

    def maybe_amount(self, name: str) -> Decimal | None:
        """Read an amount, written as text; None where none is given."""
        value = self.value.get(name)
        if value is None:
            return None
        try:
            amount = Decimal(value) if isinstance(value, str) and len(value) <= 16 else Decimal("NaN")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount != round(amount, 3) or abs(amount) > 10**6:
            raise self.wrong(name, "must be a decimal number in quotes with at most three decimals")
        return amount

    def clock_time(self, name: str) -> time:
        """Read a time of the day."""
        return _time(self.value.get(name), self.at(name))

    def maybe_time(self, name: str) -> time | None:
        """Read a time of the day; None where none is given."""
        return None if self.value.get(name) is None else self.clock_time(name)

    def window(self) -> tuple[time, time] | None:
        """Read two times of the day; None where none are given."""
        value = self.value.get("window")
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            raise self.wrong("window", "must be two times of the day")
        return _time(value[0], self.at("window[0]")), _time(value[1], self.at("window[1]"))

    def items(self, name: str) -> list[Told]:
        """Read a list of objects."""
        value = self.value.get(name)
        if not isinstance(value, list) or len(value) > 100:
            raise self.wrong(name, "must be a list of at most 100")
        return [Told(item, f"{self.at(name)}[{index}]") for index, item in enumerate(value)]

    def part(self, name: str, reader: Callable[[Told], Read]) -> Read | None:
        """Read an object by its own reader; None where none is given."""
        value = self.value.get(name)
        return None if value is None else reader(Told(value, self.at(name)))


def _time(value: object, path: str) -> time:
    if (
        isinstance(value, str)
        and len(value) == 5
        and value[2] == ":"
        and value.isascii()
        and (value[:2] + value[3:]).isdecimal()
    ):
        hour, minute = int(value[:2]), int(value[3:])
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError(f"{path}: must be a time such as 08:00")
