"""A measure over a span as it is drawn and said: the chart, its mean with n, and the span before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST
from onharu.catalog.intakes.public import Target as Aim
from onharu.day.pages.meters import target_words
from onharu.day.parts import Parts
from onharu.day.trends.measures import BAR, Measure
from onharu.day.trends.rules import WEEK, Span, Sum, over
from onharu.design.charts import Chart, Series, Slot, Target, bar_chart, line_chart
from onharu.design.templatetags.design import weekday

Days = Mapping[date, Parts]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over a span: `said` are its mean and the mean before, each with the number of days."""

    key: str
    name: str
    chart: Chart
    said: tuple[str, ...]
    note: str


def figure_of(
    measure: Measure, span: Span, days: Days, *, today: date, aim: Aim | None, every_day: bool = False
) -> Figure:
    """Draw a measure over a span; `days` holds the span before it too, `aim` is what is aimed at on its last day.

    `every_day` keeps the days on which nothing was measured, so that two charts stand day under day.
    """
    values = values_of(measure, span.days, days)
    return Figure(
        key=measure.key,
        name=str(measure.name),
        chart=_drawn(measure, span, values, aim, every_day=every_day or not measure.seldom),
        said=_said(measure, span, days, today),
        note=_note(measure, span, days),
    )


def values_of(measure: Measure, span_days: Sequence[date], days: Days) -> list[dict[date, Decimal | None]]:
    """Read a measure's series, day by day."""
    read = {day: measure.read(days[day]) for day in span_days}
    width = max(len(measure.names), 1)
    return [{day: values[place] for day, values in read.items()} for place in range(width)]


def day_words(day: date) -> str:
    """Write a day whole: "11월 22일 (일)"."""
    return f"{date_format(day, pgettext('date format', 'n월 j일'))} ({weekday(day)})"


def written(measure: Measure, value: Decimal) -> str:
    """Write a value with its unit: "62.4 kg"."""
    return f"{value:,.{measure.decimals}f} {measure.unit}"


def _drawn(
    measure: Measure,
    span: Span,
    values: Sequence[Mapping[date, Decimal | None]],
    aim: Aim | None,
    *,
    every_day: bool,
) -> Chart:
    names = measure.names or (measure.name,)
    # What is measured now and then stands by distance in time, without the days between.
    days = [day for day in span.days if every_day or values[0][day] is not None]
    series = [Series(str(name), [one[day] for day in days]) for name, one in zip(names, values, strict=True)]
    drawn = bar_chart if measure.kind == BAR else line_chart
    return drawn(
        title=str(measure.name),
        unit=str(measure.unit),
        slots=[_slot(day, span) for day in days],
        series=series,
        target=_aimed(aim),
        decimals=measure.decimals,
    )


def _slot(day: date, span: Span) -> Slot:
    short = weekday(day) if span.kind == WEEK else f"{day.month}.{day.day}"
    return Slot(short, day_words(day), day.toordinal())


def _aimed(aim: Aim | None) -> Target | None:
    if aim is None:
        return None
    words = {AT_LEAST: _("기준 {target} 이상"), AT_MOST: _("기준 {target} 이하")}.get(aim.direction, _("기준 {target}"))
    return Target(words.format(target=target_words(aim)), low=aim.low, high=aim.high)


def _said(measure: Measure, span: Span, days: Days, today: date) -> tuple[str, ...]:
    """Say the mean of the span and of the one before; of two series both."""
    lines = []
    for one, here in ((span, True), (span.before, False)):
        left_out = today if measure.grows else None
        sums = [over(one.days, values, leaving_out=left_out) for values in values_of(measure, one.days, days)]
        if sums[0] is None:
            continue
        mean = _mean_words(measure, sums)
        lines.append(mean if here else _("그 앞 {days}일은 {mean}").format(days=one.length, mean=mean))
        if here and measure.adds_up:
            lines.insert(0, _("합계 {total}").format(total=written(measure, sums[0].total)))
    return tuple(lines)


def _mean_words(measure: Measure, sums: Sequence[Sum | None]) -> str:
    known = [one for one in sums if one is not None]
    fine = max(measure.decimals, 1) if known[0].mean < 100 else measure.decimals
    value = "/".join(f"{one.mean:,.{fine}f}" for one in known)
    return ngettext("평균 {value} {unit} ({n}일)", "평균 {value} {unit} ({n}일)", known[0].n).format(
        value=value, unit=measure.unit, n=known[0].n
    )


def _note(measure: Measure, span: Span, days: Days) -> str:
    """Say that sums with an unknown in them may be too low."""
    count = sum(measure.partial(days[day]) for day in span.days)
    if not count:
        return ""
    return ngettext(
        "{n}일은 모르는 값이 있어서 실제보다 적을 수 있어요.",
        "{n}일은 모르는 값이 있어서 실제보다 적을 수 있어요.",
        count,
    ).format(n=count)
