"""The shapes of meters, as SVG attribute values. Plain Python; it draws what it is told and judges nothing."""

from dataclasses import dataclass

RING_LENGTH = 100
"""Circles carry pathLength=100, so a percentage is a length."""

WIDEST = 200
"""Beyond twice the target a bar or ring looks the same; the number beside it goes on telling the truth."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where a meter's parts begin and end, in percent of the whole bar or ring. `None` means not drawn."""

    fill: str
    over: str | None
    target_mark: str | None
    floor_mark: str | None
    fill_dash: str
    over_dash: str | None
    now: int
    highest: int


def meter_geometry(*, percent: float | None, over: bool, floor_percent: float | None = None) -> Geometry:
    """Lay out a meter whose value is `percent` of its target.

    When `over`, the bar is rescaled so that the part beyond the target stays visible behind a mark at the target;
    otherwise a value above the target simply fills the bar. `floor_percent` is the lower end of a range.
    """
    value = max(0.0, float(percent or 0))
    is_over = over and value > 100
    scale = 100 / min(value, WIDEST) if is_over else 1.0
    shown = min(value, 100.0) * scale
    beyond = min(value, WIDEST) - 100 if is_over else 0.0
    return Geometry(
        fill=_number(shown),
        over=_number(beyond * scale) if is_over else None,
        target_mark=_number(100 * scale) if is_over else None,
        floor_mark=_number(floor_percent * scale) if floor_percent is not None else None,
        fill_dash=f"{_number(min(value, 100.0))} {RING_LENGTH}",
        over_dash=f"{_number(beyond)} {RING_LENGTH}" if is_over else None,
        now=round(value),
        highest=max(100, round(value)),
    )


def _number(value: float) -> str:
    """A length with a dot for the decimals in every language, and no trailing zeros."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
