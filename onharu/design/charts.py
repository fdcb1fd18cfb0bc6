"""Line and bar charts as SVG attribute values. Plain Python; it draws what it is told and judges nothing.

Positions are percentages of the plot, so one drawing fits a phone and a desktop while its words keep the reader's size.
An unknown value (`None`) is a gap: no line passes over it and no bar stands there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from onharu.design.scales import Number, Scale, length, scale_of, written

INSET = 3.0
"""Percent of the width kept free at both ends, so that the first and the last mark are whole."""

EDGE = 6.0

MOST_MARKS = 45
"""More values than this are drawn as a line alone; a value between two gaps keeps its mark."""

MOST_WORDS = 5
WEEK = 7
APART = 12.0
"""Percent of the width between two labels of the horizontal axis; every second one leaves when the chart is narrow."""

LEAST_BAR = 1.2
"""Percent of the height that a bar of zero gets: zero is a value, and a gap is none."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place along the horizontal axis: short `words` under it, `full` words for the table.

    `at` places it by distance (a day's ordinal); without it slots stand evenly.
    """

    words: str
    full: str = ""
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each slot. `marks=False` draws a line alone (a mean)."""

    name: str
    values: Sequence[Number | None]
    marks: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A line (one end) or a band (both ends) to see the values against, and its words: "목표 60–62 kg"."""

    words: str
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Words at a place: `at` in percent, `anchor` start, middle or end; `spare` ones leave a narrow chart."""

    at: str
    words: str
    anchor: str = "middle"
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One value's place, in percent from the left and the top."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series drawn: `path` within 0 0 100 100, its marks, its number (1 or 2, for dash, mark and colour)."""

    name: str
    number: int
    path: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in percent; `number` 1 is plain, 2 is hatched."""

    number: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Band:
    """The target drawn: `y` and `height` in percent; a height of `None` is a line."""

    words: str
    y: str
    height: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: the slot's words and a value of each series, "" where nothing is known."""

    words: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything `chart.html` draws and says. `n` counts the known values of the first series."""

    kind: str
    title: str
    unit: str
    heights: tuple[Word, ...]
    places: tuple[Word, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    target: Band | None
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    n: int
    gaps: int
    lowest: str
    highest: str
    last: str
    last_where: str


def line_chart(
    *,
    title: str,
    unit: str,
    slots: Sequence[Slot],
    series: Sequence[Series],
    target: Target | None = None,
    decimals: int = 0,
    from_zero: bool = False,
) -> Chart:
    """Lay out one or two lines over the same slots, oldest first."""
    scale = _scale(series, target, from_zero=from_zero)
    xs = _places(slots)
    lines = tuple(_line(number, one, xs, scale) for number, one in enumerate(series, start=1))
    return _chart("line", title, unit, _Plot(slots, series, target, decimals, scale, xs), lines=lines)


def bar_chart(
    *,
    title: str,
    unit: str,
    slots: Sequence[Slot],
    series: Sequence[Series],
    target: Target | None = None,
    decimals: int = 0,
) -> Chart:
    """Lay out bars from zero; two series stand side by side. No value may be below zero."""
    scale = _scale(series, target, from_zero=True)
    room = 100 / max(len(slots), 1)
    xs = [room * (index + 0.5) for index in range(len(slots))]
    bars = tuple(
        _bar(number, len(series), x, room, value, scale)
        for number, one in enumerate(series, start=1)
        for x, value in zip(xs, one.values, strict=True)
        if value is not None
    )
    return _chart("bar", title, unit, _Plot(slots, series, target, decimals, scale, xs), bars=bars)


@dataclass(frozen=True, slots=True)
class _Plot:
    """What both kinds of drawing share: what was asked, the vertical axis, and where each slot stands."""

    slots: Sequence[Slot]
    series: Sequence[Series]
    target: Target | None
    decimals: int
    scale: Scale
    xs: Sequence[float]


def _scale(series: Sequence[Series], target: Target | None, *, from_zero: bool) -> Scale:
    values = [float(value) for one in series for value in one.values if value is not None]
    ends = [float(end) for end in (target.low, target.high) if end is not None] if target else []
    return scale_of(values + ends, from_zero=from_zero)


def _places(slots: Sequence[Slot]) -> list[float]:
    """Where each slot stands, in percent: by distance when every slot says `at`, evenly otherwise."""
    known = [one.at for one in slots if one.at is not None]
    ats = known if len(known) == len(slots) else [float(index) for index in range(len(slots))]
    if not ats or max(ats) - min(ats) < 1e-9:
        return [50.0] * len(slots)
    share = (100 - 2 * INSET) / (max(ats) - min(ats))
    return [INSET + (at - min(ats)) * share for at in ats]


def _line(number: int, series: Series, xs: Sequence[float], scale: Scale) -> Line:
    points = list(zip(xs, series.values, strict=True))
    runs = [
        [(x, scale.y(value)) for x, value in run if value is not None]
        for known, run in groupby(points, key=lambda point: point[1] is not None)
        if known
    ]
    path = " ".join(f"M{_run(run)}" for run in runs if len(run) > 1)
    marked = [run for run in runs if len(run) == 1 or (series.marks and len(points) <= MOST_MARKS)]
    marks = tuple(Mark(f"{length(x)}%", f"{length(y)}%") for run in marked for x, y in run)
    return Line(series.name, number, path, marks)


def _run(points: Sequence[tuple[float, float]]) -> str:
    return " L".join(f"{length(x)} {length(y)}" for x, y in points)


def _bar(number: int, of: int, x: float, room: float, value: Number, scale: Scale) -> Bar:
    width = room * 0.68 / of
    left = x - room * 0.34 + width * (number - 1)
    height = max(100 - scale.y(value), LEAST_BAR)
    return Bar(number, f"{length(left)}%", f"{length(100 - height)}%", f"{length(width)}%", f"{length(height)}%")


def _chart(
    kind: str, title: str, unit: str, plot: _Plot, *, lines: tuple[Line, ...] = (), bars: tuple[Bar, ...] = ()
) -> Chart:
    known = [(value, slot) for slot, value in zip(plot.slots, plot.series[0].values, strict=True) if value is not None]
    values = [value for value, _ in known]
    last = known[-1][1] if known else Slot("")
    return Chart(
        kind=kind,
        title=title,
        unit=unit,
        heights=tuple(Word(f"{length(at)}%", words, "end") for at, words in plot.scale.words()),
        places=_words(plot.slots, plot.xs),
        lines=lines,
        bars=bars,
        target=_band(plot.target, plot.scale),
        names=tuple(one.name for one in plot.series),
        rows=_rows(plot),
        n=len(known),
        gaps=len(plot.slots) - len(known),
        lowest=written(min(values, default=None), plot.decimals),
        highest=written(max(values, default=None), plot.decimals),
        last=written(values[-1] if known else None, plot.decimals),
        last_where=last.full or last.words,
    )


def _words(slots: Sequence[Slot], xs: Sequence[float]) -> tuple[Word, ...]:
    """A week has all its labels and more slots have five, none nearer to another than `APART`; every second may go."""
    if not slots:
        return ()
    wanted = xs if len(slots) <= WEEK else [xs[0] + (xs[-1] - xs[0]) * step / (MOST_WORDS - 1) for step in range(5)]
    chosen = [0]
    for at in wanted[1:-1]:
        index = min(range(len(xs)), key=lambda one: abs(xs[one] - at))
        if xs[index] - xs[chosen[-1]] >= APART and xs[-1] - xs[index] >= APART:
            chosen.append(index)
    if len(slots) > 1 and xs[-1] > xs[0]:
        chosen.append(len(slots) - 1)
    return tuple(
        Word(
            f"{length(xs[index])}%",
            slots[index].words,
            _anchor(xs[index]),
            spare=place % 2 == 1 and index != chosen[-1],
        )
        for place, index in enumerate(chosen)
    )


def _anchor(x: float) -> str:
    """Words at an edge grow inwards."""
    if x < EDGE:
        return "start"
    return "end" if x > 100 - EDGE else "middle"


def _band(target: Target | None, scale: Scale) -> Band | None:
    if target is None or (target.low is None and target.high is None):
        return None
    ends = [scale.y(end) for end in (target.high, target.low) if end is not None]
    height = f"{length(ends[1] - ends[0])}%" if len(ends) > 1 and ends[1] - ends[0] > 0 else None
    return Band(target.words, f"{length(ends[0])}%", height)


def _rows(plot: _Plot) -> tuple[Row, ...]:
    """The newest first, as a reader looks for today."""
    columns = [[written(value, plot.decimals) for value in one.values] for one in plot.series]
    values = zip(*columns, strict=True)
    rows = [Row(slot.full or slot.words, row) for slot, row in zip(plot.slots, values, strict=True)]
    return tuple(reversed(rows))
