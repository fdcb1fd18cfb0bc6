"""A day's meals, doses, workouts and report in one line by the clock. Rows lead to their rooms by address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.day.pages.doses import DoseRow, by_minute, dose_row
from onharu.day.parts import Parts
from onharu.kernel.wording import amount
from onharu.records.journal import public as journal
from onharu.records.journal.public import ReportEntry
from onharu.records.meals import public as meals
from onharu.records.meals.public import ItemEntry, MealEntry
from onharu.records.medication.public import DoseEntry
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
    """What happened at one time: a meal, doses of one time, workouts with no meal between them, the day's report.

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
    doses: tuple[DoseRow, ...] = ()


def moments(parts: Parts, *, hide_energy: bool = False) -> list[Moment]:
    """Lay a day out by the clock; what began at the same time, meals first, then doses. A room that failed has no rows.

    Doses that are still to come stand at the time they are planned for.
    """
    shown: list[Moment] = []
    moving: list[LogEntry] = []
    for at, one in _happened(parts):
        if isinstance(one, LogEntry):
            moving.append(one)
            continue
        shown += _workout(moving)
        moving = []
        if isinstance(one, tuple):
            shown.append(_taken(at, one))
        else:
            shown.append(_report(one) if isinstance(one, ReportEntry) else _meal(one, hide_energy=hide_energy))
    return shown + _workout(moving)


Happened = MealEntry | LogEntry | ReportEntry | tuple[DoseEntry, ...]


def _happened(parts: Parts) -> list[tuple[datetime, Happened]]:
    """List what the rooms tell, in the order of the line."""
    found: list[tuple[datetime, int, int, Happened]] = [
        (meal.eaten_at, 0, meal.id, meal) for meal in (parts.meals.meals if parts.meals else ())
    ]
    found += [(at, 1, 0, doses) for at, doses in by_minute(parts.doses.doses if parts.doses else ())]
    found += [(log.started_at, 2, log.id, log) for log in (parts.workouts.logs if parts.workouts else ())]
    report = parts.journal.report if parts.journal else None
    found += [(report.changed_at, 3, report.id, report)] if report and report.says_something else []
    found.sort(key=lambda one: one[:3])
    return [(at, one) for at, _kind, _id, one in found]


def _taken(at: datetime, doses: tuple[DoseEntry, ...]) -> Moment:
    day = doses[0].day
    return Moment(
        id=f"doses-{int(at.timestamp()) // 60}",
        at=at,
        icon="medicine",
        title=_("복약"),
        url=f"/medicines/doses/?date={day.isoformat()}",
        value="",
        unit="",
        note="",
        caution="",
        photo=None,
        sheet=False,
        rows=(),
        doses=tuple(dose_row(dose, day) for dose in doses),
    )


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
