"""What several serializers share: bounded amounts, lists of codes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from onharu.records.workouts.models import MOST_KG, MOST_MINUTES, MOST_REPS, MOST_SECONDS, MOST_SETS


class CountField(serializers.IntegerField):
    """A whole number from 0; null is unsaid."""

    def __init__(self, most: int, least: int = 0, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, required=False, allow_null=True, **kwargs)


class SetsField(CountField):
    """How many sets."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MOST_SETS, 1, **kwargs)


class RepsField(CountField):
    """How many repetitions."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MOST_REPS, **kwargs)


class SecondsField(CountField):
    """How many seconds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MOST_SECONDS, **kwargs)


class RestField(CountField):
    """How many seconds of rest between sets, an hour at most."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(3600, **kwargs)


class WholeMinutesField(CountField):
    """How many minutes, whole ones."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MOST_MINUTES, **kwargs)


class NumberField(serializers.DecimalField):
    """A bounded amount, written as a number; null is unsaid."""

    def __init__(self, digits: int, places: int, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(
            max_digits=digits,
            decimal_places=places,
            min_value=Decimal(least),
            max_value=Decimal(most),
            coerce_to_string=False,
            required=False,
            allow_null=True,
            **kwargs,
        )


class KgField(NumberField):
    """A weight to lift, kg."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(6, 2, 0, MOST_KG, **kwargs)


class MinutesField(NumberField):
    """Minutes, a day at most."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(6, 2, 0, MOST_MINUTES, **kwargs)


class RpeField(NumberField):
    """Rate of perceived exertion, 1 to 10."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(3, 1, 1, 10, **kwargs)


class IdField(serializers.IntegerField):
    """An id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)


class CodesField(serializers.ListField):
    """Some of a list of codes, each once."""

    def __init__(self, codes: tuple[str, ...], **kwargs: Any) -> None:
        self.codes = codes
        super().__init__(child=serializers.CharField(max_length=20), max_length=len(codes), **kwargs)

    def to_internal_value(self, value: Any) -> list[str]:
        """Keep the codes in their usual order; one that is not on the list is refused."""
        said = super().to_internal_value(value)
        if set(said) - set(self.codes):
            raise serializers.ValidationError("모르는 값이 있어요. / One of the values is unknown.")
        return [code for code in self.codes if code in said]
