"""The doses of a day on the 오늘 page: the meter, the rows by the clock, and what is to be taken now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from onharu.day.pages.meters import Meter
from onharu.records.medication import public as medication
from onharu.records.medication.public import DoseDay, DoseEntry

WHOLE = 100
LATELY, SOON = timedelta(hours=4), timedelta(minutes=30)
MOST_AT_ONCE = 40  # what the room of medicines takes in one press
OPEN = ("planned", "due", "late")


@dataclass(frozen=True, slots=True)
class DoseRow:
    """A dose as a row of the line: `open` while nobody said what became of it, `line` says what did."""

    id: str
    dom: str
    name: str
    amount: str
    line: str
    open: bool
    due: bool
    taken: bool
    by_other: bool
    spoken: str

    @property
    def url(self) -> str:
        """Where it is put right, or told of another time."""
        return f"/medicines/doses/{self.id}/"


@dataclass(frozen=True, slots=True)
class DosesNow:
    """Doses that are to be taken about now, at one time: what the card says, and what one press answers."""

    at: datetime
    doses: tuple[DoseEntry, ...]
    come: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(dose.id for dose in self.doses)


def dose_meter(doses: DoseDay | None) -> Meter | None:
    """Draw how many of the planned doses were taken; None on a day without any, or when they could not be read."""
    if doses is None or not doses.planned:
        return None
    whole = doses.taken == doses.planned
    said = ngettext("복약 {planned}번 중 {taken}번", "복약 {planned}번 중 {taken}번", doses.planned)
    return Meter(
        id="meter-doses",
        label=_("복약"),
        value=str(doses.taken),
        unit=pgettext("times", "번"),
        target=str(doses.planned),
        direction="",
        percent=doses.taken * WHOLE // doses.planned,
        floor_percent=None,
        state="within" if whole else "under",
        sentence=said.format(planned=doses.planned, taken=doses.taken),
        unknown="",
    )


def by_minute(doses: Iterable[DoseEntry]) -> list[tuple[datetime, tuple[DoseEntry, ...]]]:
    """Gather doses by the minute they stand at, the earliest first; a dose that was taken back stands nowhere."""
    standing = [(at.replace(second=0, microsecond=0), dose) for dose in doses if (at := dose.at) is not None]
    standing.sort(key=lambda one: (one[0], one[1].name, one[1].id))
    return [(at, tuple(dose for _at, dose in same)) for at, same in groupby(standing, key=lambda one: one[0])]


def dose_row(dose: DoseEntry, day: date) -> DoseRow:
    """Lay a dose out as a row."""
    return DoseRow(
        id=dose.id,
        dom=dose.id.replace(".", "-"),
        name=dose.name,
        amount=medication.amount_words(dose.amount, dose.unit),
        line=_line(dose, day),
        open=dose.state in OPEN,
        due=dose.state in {"due", "late"},
        taken=dose.state == "taken",
        by_other=dose.by_other and dose.state not in OPEN,
        spoken=f"{localtime(dose.at):%H:%M}" if dose.at else "",
    )


def _line(dose: DoseEntry, day: date) -> str:
    if dose.state == "skipped":
        return _("건너뛰었어요")
    if dose.state == "taken" and dose.taken_at is not None:
        taken = localtime(dose.taken_at)
        at = f"{taken:%H:%M}" if taken.date() == day else f"{taken.month}/{taken.day} {taken:%H:%M}"
        return _("{at}에 먹었어요").format(at=at)
    return _("아직 안 먹었어요") if dose.state in {"due", "late"} else _("먹을 예정이에요")


def doses_now(doses: DoseDay | None, at: datetime) -> DosesNow | None:
    """Find what is to be taken about now: the latest due within four hours, else what comes in thirty minutes.

    Doses of one time go together. What was left open for longer stays in the line and is not in the way all day.
    """
    groups = by_minute(dose for dose in doses.doses if dose.planned_at and dose.state in OPEN) if doses else []
    due = [group for group in groups if at - LATELY <= group[0] <= at]
    soon = [group for group in groups if at < group[0] <= at + SOON]
    if not due and not soon:
        return None
    when, found = due[-1] if due else soon[0]
    return DosesNow(at=when, doses=found[:MOST_AT_ONCE], come=bool(due))


def now_words(now: DosesNow) -> tuple[str, str, str]:
    """Say what is to be taken: when, what, and how much of each."""
    at = f"{localtime(now.at):%H:%M}"
    when = _("약 먹을 시간이에요 · {at}") if now.come else _("곧 약 먹을 시간이에요 · {at}")
    names = [dose.name for dose in now.doses]
    return when.format(at=at), _first(names), " · ".join(_amounts(now.doses))


def _first(names: Sequence[str]) -> str:
    rest = len(names) - 1
    if not rest:
        return names[0]
    return ngettext("{name} 외 {count}개", "{name} 외 {count}개", rest).format(name=names[0], count=rest)


def _amounts(doses: Sequence[DoseEntry]) -> list[str]:
    amounts = [medication.amount_words(dose.amount, dose.unit) for dose in doses]
    if len(doses) == 1:
        return amounts
    return [f"{dose.name} {amount}" for dose, amount in zip(doses, amounts, strict=True)]
