"""The vertical axis of a chart: round ends, round steps, and numbers as they are written. Plain Python."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | float | Decimal

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: its two ends and the step between its words."""

    low: float
    high: float
    step: float

    def y(self, value: Number) -> float:
        """Percent from the top; what lies outside stays on the edge."""
        share = (float(value) - self.low) / (self.high - self.low)
        return 100 - 100 * min(max(share, 0.0), 1.0)

    def words(self) -> list[tuple[float, str]]:
        """The axis's own numbers, lowest first, each with its percent from the top."""
        decimals = max(0, -math.floor(math.log10(self.step) + 1e-9))
        decimals += round(self.step * 10**decimals, 6) % 1 > 0
        count = round((self.high - self.low) / self.step)
        values = (self.low + index * self.step for index in range(count + 1))
        return [(self.y(value), written(value, decimals)) for value in values]


def scale_of(values: Sequence[float], *, from_zero: bool) -> Scale:
    """Choose round ends around every value, with two to six numbers; no end is below zero when no value is."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    floor = 0.0 if low >= 0 else -math.inf
    low = min(low, 0.0) if from_zero else low
    if high - low < 1e-9:
        low, high = low if from_zero else max(low - 1, floor), high + 1
    step = _step((high - low) / MOST_STEPS)
    return Scale(max(math.floor(low / step + 1e-9) * step, floor), math.ceil(high / step - 1e-9) * step, step)


def _step(least: float) -> float:
    size = 10.0 ** math.floor(math.log10(least))
    return next(size * one for one in STEPS if size * one >= least - 1e-12)


def written(value: Number | None, decimals: int) -> str:
    """A value with commas and `decimals` places; nothing for an unknown one."""
    return "" if value is None else f"{value:,.{decimals}f}"


def length(value: float) -> str:
    """A length with a dot for the decimals in every language, and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
