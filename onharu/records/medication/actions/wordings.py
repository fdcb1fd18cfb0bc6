"""The wordings of a regimen: how one is made of what is said, refused where it cannot be planned, and written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict

from onharu.kernel.problems import Invalid
from onharu.records.medication.models import Regimen, RegimenVersion
from onharu.records.medication.queries.entries import by_taking
from onharu.records.medication.rules.schedules.as_json import from_json, to_json
from onharu.records.medication.rules.schedules.checks import Fault, faults
from onharu.records.medication.rules.schedules.shapes import AtMeal, Follows, Schedule, Slots
from onharu.records.medication.rules.sentences.saying import say

MOST_SENTENCE = 300


class ScheduleRefused(Invalid):
    """A schedule that cannot be planned; `errors` name each part and what is wrong with it."""

    code = "schedule_invalid"
    ko = "이 일정으로는 복용 시각을 정할 수 없어요. 표시된 곳을 확인해 주세요."
    en = "No times can be planned from this schedule. Check the parts that are named."


class WordingSaid(TypedDict, total=False):
    """What of a schedule is said; what is left out stays."""

    schedule: Schedule
    amount: Decimal
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A schedule with amount and dates."""

    schedule: Schedule
    amount: Decimal
    start: date
    end: date | None


def wording_of(newest: RegimenVersion | None, said: WordingSaid, today: date) -> Wording:
    """Make a wording of what is said and what held before. Raises ScheduleRefused where there is no schedule."""
    if newest is None:
        if "schedule" not in said:
            raise ScheduleRefused(errors={"schedule": ["schedule | sentence"]})
        return Wording(said["schedule"], said.get("amount", Decimal(1)), said.get("start", today), said.get("end"))
    return Wording(
        said["schedule"] if "schedule" in said else from_json(newest.schedule),
        said.get("amount", newest.amount),
        said.get("start", newest.start),
        said.get("end", newest.end),
    )


def check(owner_id: int, regimen_id: int | None, wording: Wording) -> None:
    """Refuse what cannot be planned. Raises ScheduleRefused."""
    found = faults(wording.schedule, wording.amount, wording.start, wording.end)
    if found:
        raise ScheduleRefused(errors=_errors(found))
    for follows in _followed(wording.schedule):
        _check_leader(owner_id, regimen_id, follows)


def _errors(found: Iterable[Fault]) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for fault in found:
        errors.setdefault(fault.field or "schedule", []).append(fault.code)
    return errors


def _followed(schedule: Schedule) -> list[Follows]:
    return [phase.when for phase in schedule.phases if isinstance(phase.when, Follows)]


def _check_leader(owner_id: int, regimen_id: int | None, follows: Follows) -> None:
    """A regimen follows a living one of the same person that follows none itself."""
    mine = Regimen.objects.of(owner_id).alive().filter(pk=follows.regimen).exclude(pk=regimen_id)
    newest = RegimenVersion.objects.of(owner_id).filter(regimen__in=mine).order_by("-n").first()
    if newest is None or _followed(from_json(newest.schedule)):
        raise ScheduleRefused(errors={"schedule": ["follows_unknown"]})
    if regimen_id is not None:
        others = RegimenVersion.objects.of(owner_id).filter(regimen__deleted_at__isnull=True).order_by("regimen", "n")
        latest = {version.regimen_id: from_json(version.schedule) for version in others}
        if any(one.regimen == regimen_id for schedule in latest.values() for one in _followed(schedule)):
            raise ScheduleRefused(errors={"schedule": ["follows_chain"]})


def write_wording(regimen: Regimen, wording: Wording, *, since: datetime, stops: bool = False) -> RegimenVersion:
    """Append a wording that holds from `since` on, and keep with the regimen what its plan hangs on."""
    last = RegimenVersion.objects.of(regimen.owner_id).filter(regimen=regimen).order_by("-n").first()
    regimen.by_meals, regimen.by_takings = hangs_on_meals(wording.schedule), hangs_on_takings(wording.schedule)
    Regimen.objects.filter(pk=regimen.pk).update(by_meals=regimen.by_meals, by_takings=regimen.by_takings)
    return RegimenVersion.objects.create(
        owner_id=regimen.owner_id,
        regimen=regimen,
        n=1 if last is None else last.n + 1,
        since=since,
        schedule=to_json(wording.schedule),
        sentence=sentence_of(wording, regimen.unit)[:MOST_SENTENCE],
        amount=wording.amount,
        start=wording.start,
        end=wording.end,
        stops=stops,
        created_at=since,
    )


def sentence_of(wording: Wording, unit: str) -> str:
    """Say a wording in one Korean sentence."""
    return say(wording.schedule, wording.amount, unit, wording.start, wording.end, language="ko")


def hangs_on_meals(schedule: Schedule) -> bool:
    """Whether any dose stands by a meal."""
    slots = (slot for phase in schedule.phases if isinstance(phase.when, Slots) for slot in phase.when.slots)
    return any(isinstance(slot.anchor, AtMeal) for slot in slots)


def hangs_on_takings(schedule: Schedule) -> bool:
    """Whether doses move with a taking: the last one, or one of a regimen that is followed."""
    return bool(_followed(schedule)) or by_taking(schedule)
