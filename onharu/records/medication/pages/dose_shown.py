"""Doses as rows: grouped by the time they are planned for, what happened to each, and medicines taken when needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.queries.amounts import amount_words, reason_words
from onharu.records.medication.queries.entries import DoseEntry

TOLD = {"due": "due", "late": "late", "planned": "planned", "taken": "taken", "skipped": "skipped", "undone": "planned"}


@dataclass(frozen=True, slots=True)
class DoseShown:
    """A dose as a row. `sentence` is for ears; `line` says what happened; `dom` names it in the page."""

    id: str
    dom: str
    name: str
    amount: str
    state: str
    line: str
    sentence: str
    over: bool
    by_other: bool
    projected: bool
    corrected: bool

    @property
    def open(self) -> bool:
        """Whether nobody has said yet what became of it."""
        return self.state in {"planned", "due", "late"}


@dataclass(frozen=True, slots=True)
class GroupShown:
    """The doses of one time."""

    key: str
    at: str
    spoken: str
    about: str
    doses: tuple[DoseShown, ...]
    due: bool
    late: bool
    first: bool

    @property
    def waiting(self) -> tuple[DoseShown, ...]:
        """Those of which nothing was said yet."""
        return tuple(one for one in self.doses if one.open)


def local(visit: Visit, at: datetime) -> datetime:
    """Show an instant on this person's wall."""
    return at.astimezone(clock.zone(visit.person.zone))


def dose_shown(visit: Visit, dose: DoseEntry) -> DoseShown:
    """Show a dose as a row."""
    state = TOLD[dose.state]
    amount = amount_words(dose.amount, dose.unit)
    return DoseShown(
        id=dose.id,
        dom=dose.id.replace(".", "-"),
        name=dose.name,
        amount=amount,
        state=state,
        line=line_of(visit, dose),
        sentence=sentence_of(visit, dose),
        over=dose.over_limit,
        by_other=dose.by_other,
        projected=dose.projected,
        corrected=any(event.kind == "corrected" for event in dose.events),
    )


def line_of(visit: Visit, dose: DoseEntry) -> str:
    """Say what became of a dose: "08:35에 1정 먹었어요", "건너뛰었어요 · 약이 떨어졌어요", "아직 안 먹었어요"."""
    if dose.state == "skipped":
        return words.joined(_("건너뛰었어요"), reason_words(dose.reason))
    if dose.state != "taken" or dose.taken_at is None:
        return _("아직 안 먹었어요")
    taken = local(visit, dose.taken_at)
    at = words.hm(taken) if taken.date() == dose.day else words.moment_words(taken, visit.today)
    amount = amount_words(dose.taken_amount or dose.amount, dose.unit)
    return _("{at}에 {amount} 먹었어요").format(at=at, amount=amount)


def sentence_of(visit: Visit, dose: DoseEntry) -> str:
    """Say a dose for ears: "타이레놀 1정, 아침 8시 30분, 아직 안 먹음"."""
    amount = amount_words(dose.amount, dose.unit)
    planned = words.clock_words(local(visit, dose.planned_at)) if dose.planned_at else _("필요할 때")
    return f"{dose.name} {amount}, {planned}, {state_words(visit, dose)}"


def state_words(visit: Visit, dose: DoseEntry) -> str:
    """Say the state of a dose for ears."""
    if dose.state == "taken" and dose.taken_at is not None:
        return _("{at}에 먹음").format(at=words.spoken_moment(local(visit, dose.taken_at), dose.day))
    return _("건너뜀") if dose.state == "skipped" else _("아직 안 먹음")


def groups_of(visit: Visit, doses: Iterable[DoseEntry]) -> list[GroupShown]:
    """Gather planned doses by their minute, the earliest first; `first` marks the first group that waits."""
    planned = [one for one in doses if one.planned_at is not None]
    planned.sort(key=lambda one: (_minute(one), one.name, one.id))
    groups: list[GroupShown] = []
    waited = False
    for at, same in groupby(planned, key=_minute):
        group = _group(visit, at, tuple(same), first=not waited)
        waited = waited or group.first
        groups.append(group)
    return groups


def _minute(dose: DoseEntry) -> datetime:
    at = dose.planned_at
    if at is None:
        raise ValueError(dose.id)
    return at.replace(second=0, microsecond=0)


def _group(visit: Visit, at: datetime, doses: Sequence[DoseEntry], *, first: bool) -> GroupShown:
    rows = tuple(dose_shown(visit, one) for one in doses)
    abouts = list(dict.fromkeys(words.anchor_words(one.anchor) for one in doses))
    here = local(visit, at)
    waiting = any(row.open for row in rows)
    return GroupShown(
        key=f"{here:%Y%m%d%H%M}",
        at=words.hm(here),
        spoken=words.clock_words(here),
        about=words.joined(*abouts),
        doses=rows,
        due=waiting and at <= visit.at,
        late=any(row.state == "late" for row in rows),
        first=first and waiting,
    )


def summary_words(planned: int, taken: int) -> str:
    """Say how a day stands: "6번 중 2번 먹었어요"."""
    if not planned:
        return _("이 날 예정된 약이 없어요")
    if taken >= planned:
        return ngettext("{planned}번 모두 먹었어요", "{planned}번 모두 먹었어요", planned).format(planned=planned)
    return ngettext("{planned}번 중 {taken}번 먹었어요", "{planned}번 중 {taken}번 먹었어요", planned).format(
        planned=planned, taken=taken
    )


def near_day(day: date, today: date) -> str:
    """Name a day in a list of days: "오늘 · 11월 22일 (일)"."""
    said = words.long_day(day)
    near = words.day_words(day, today)
    return said if near.startswith(f"{day.month}/") else words.joined(near, said)
