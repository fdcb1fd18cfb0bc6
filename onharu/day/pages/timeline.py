"""A day's meals, workouts and report in one line by the clock. Rows lead to the pages of their rooms by address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.day.parts import Parts
from onharu.kernel.wording import amount
from onharu.records.journal import public as journal
from onharu.records.journal.public import ReportEntry
from onharu.records.meals import public as meals
from onharu.records.meals.public import ItemEntry, MealEntry
from onharu.records.workouts.public import LogEntry, SetEntry


@dataclass(frozen=True, slots=True)
class Row:
    """One food eaten or one exercise done. `id` is unique on the page; `estimated` marks a guess."""

    id: str
    url: str
    name: str
    note: str
    value: str
    unit: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened at one time: a meal, workouts with no meal between them, or the report of the day.

    A `sheet` opens over the page. A report that was written on a later day stands last, without a time.
    """

    id: str
    at: datetime
    icon: str
    title: str
    url: str
    value: str
    unit: str
    note: str
    caution: str
    photo: int | None
    sheet: bool
    rows: tuple[Row, ...]
    timed: bool = True


def moments(parts: Parts, *, hide_energy: bool = False) -> list[Moment]:
    """Lay a day out by the clock; what began at the same time, meals first. A room that failed has no rows."""
    happened: list[tuple[datetime, int, MealEntry | LogEntry | ReportEntry]] = [
        (meal.eaten_at, 0, meal) for meal in (parts.meals.meals if parts.meals else ())
    ]
    happened += [(log.started_at, 1, log) for log in (parts.workouts.logs if parts.workouts else ())]
    report = parts.journal.report if parts.journal else None
    happened += [(report.changed_at, 2, report)] if report and report.says_something else []
    happened.sort(key=lambda one: (one[0], one[1], one[2].id))
    shown: list[Moment] = []
    moving: list[LogEntry] = []
    for _at, _kind, one in happened:
        if isinstance(one, LogEntry):
            moving.append(one)
            continue
        shown += _workout(moving)
        moving = []
        shown.append(_report(one) if isinstance(one, ReportEntry) else _meal(one, hide_energy=hide_energy))
    return shown + _workout(moving)


def _meal(meal: MealEntry, *, hide_energy: bool) -> Moment:
    unknown = 0 if hide_energy else meal.total.unknown.get("kcal", 0)
    return Moment(
        id=f"meal-{meal.id}",
        at=meal.eaten_at,
        icon=meals.SLOT_ICONS[meal.slot],
        title=str(meals.SLOT_WORDS[meal.slot]),
        url=f"/meals/{meal.id}/",
        value="" if hide_energy else amount(meal.total.nutrients.kcal),
        unit="kcal",
        note=meal.note,
        caution=_unknown_energy(unknown),
        photo=meal.photo_id,
        sheet=True,
        rows=tuple(_food(item, hide_energy=hide_energy) for item in meal.items),
    )


def _unknown_energy(count: int) -> str:
    if not count:
        return ""
    return ngettext("{count}개 음식은 열량을 몰라요", "{count}개 음식은 열량을 몰라요", count).format(count=count)


def _food(item: ItemEntry, *, hide_energy: bool) -> Row:
    return Row(
        id=f"item-{item.id}",
        url=f"/meals/items/{item.id}/",
        name=meals.food_name(item.name),
        note=meals.portion(item.quantity, item.unit, item.grams, item.basis_unit),
        value="" if hide_energy else amount(item.nutrients.kcal),
        unit="kcal",
        estimated=meals.is_guess(item.grams_source),
    )


def _workout(logs: list[LogEntry]) -> list[Moment]:
    """Show workouts that follow each other as one moment, which begins with the first."""
    if not logs:
        return []
    first = logs[0]
    minutes = [log.counted_minutes for log in logs if log.counted_minutes is not None]
    unknown = len(logs) - len(minutes)
    return [
        Moment(
            id=f"workout-{first.id}",
            at=first.started_at,
            icon="move-body",
            title=_("운동"),
            url=workouts_url(first.day),
            value=amount(sum(minutes, Decimal(0))) if minutes else "—",
            unit=pgettext("unit", "분"),
            note="",
            caution=_unknown_minutes(unknown),
            photo=None,
            sheet=False,
            rows=tuple(_log(log) for log in logs),
        )
    ]


def _report(report: ReportEntry) -> Moment:
    """Show how the day went, by the clock at which it was last written."""
    return Moment(
        id=f"report-{report.id}",
        at=report.changed_at,
        icon="journal" if report.mood is None else f"mood-{report.mood}",
        title=_("일기"),
        url=f"/journal/?date={report.day.isoformat()}",
        value="",
        unit="",
        note=journal.report_words(report),
        caution=journal.report_line(report),
        photo=None,
        sheet=False,
        rows=(),
        timed=False,
    )


def workouts_url(day: date) -> str:
    """Address a day of the workouts' pages."""
    return f"/workouts/?date={day.isoformat()}"


def _unknown_minutes(count: int) -> str:
    if not count:
        return ""
    return ngettext("{count}개 운동은 시간을 몰라요", "{count}개 운동은 시간을 몰라요", count).format(count=count)


def _log(log: LogEntry) -> Row:
    return Row(
        id=f"log-{log.id}",
        url=f"/workouts/logs/{log.id}/",
        name=log.name,
        note=_sets(log.sets) or log.note,
        value=amount(log.counted_minutes),
        unit=pgettext("unit", "분"),
        estimated=log.minutes_source == "ESTIMATED",
    )


def _sets(sets: Iterable[SetEntry]) -> str:
    """Say how many sets there were and the heaviest weight: "3세트 · 40 kg"."""
    done = list(sets)
    if not done:
        return ""
    heaviest = max((one.weight_kg for one in done if one.weight_kg), default=None)
    count = ngettext("{count}세트", "{count}세트", len(done)).format(count=len(done))
    return count if heaviest is None else f"{count} · {amount(heaviest)}\N{NO-BREAK SPACE}kg"
