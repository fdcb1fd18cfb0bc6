"""What was understood of a regimen: read from its sentence into the form, and said back with the next times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from onharu.accounts.public import Visit
from onharu.kernel.problems import Problem
from onharu.records.medication.pages import dose_shown
from onharu.records.medication.pages.dose_words import english, plain
from onharu.records.medication.pages.regimen_fields import Fields, limit_of, phases_of
from onharu.records.medication.pages.regimen_reading import Told, told
from onharu.records.medication.pages.regimen_shown import ToldShown, clock_words, next_words
from onharu.records.medication.queries.standing import is_as_needed, routine_of
from onharu.records.medication.rules.schedules.checks import Fault, faults
from onharu.records.medication.rules.schedules.planning import next_at
from onharu.records.medication.rules.schedules.shapes import Facts, Follows, Limit, Routine, Version
from onharu.records.medication.rules.sentences.parsing import parse
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.rules.sentences.shapes import NotUnderstood, Parsed

SOME_NEXT = 3
A_MINUTE = timedelta(minutes=1)
FAULT_WORDS: dict[str, Promise] = {
    "ends_before_start": gettext_lazy("끝나는 날이 시작하는 날보다 앞이에요."),
    "empty": gettext_lazy("비어 있는 곳이 있어요."),
    "too_many_phases": gettext_lazy("단계가 너무 많아요."),
    "too_many": gettext_lazy("하루에 24번까지 적을 수 있어요."),
    "out_of_range": gettext_lazy("수가 너무 작거나 커요."),
    "limit_under_dose": gettext_lazy("한 번 먹는 양이 24시간 한도보다 많아요."),
    "phase_without_end": gettext_lazy("마지막이 아닌 단계는 며칠 동안인지 적어 주세요."),
    "twice": gettext_lazy("같은 때가 두 번 적혀 있어요."),
    "window_under_interval": gettext_lazy("먹는 시간대가 간격보다 짧아요."),
    "first_outside_window": gettext_lazy("처음 먹는 시각이 먹는 시간대 밖이에요."),
    "gap_broken": gettext_lazy("적은 때가 띄우기로 한 시간보다 가까워요."),
    "more_than_limit": gettext_lazy("하루에 적은 양이 24시간 한도보다 많아요."),
    "never": gettext_lazy("시작하는 날과 끝나는 날 사이에 먹는 날이 없어요."),
    "follows_unknown": gettext_lazy("이어서 먹을 약을 다시 골라 주세요."),
    "follows_chain": gettext_lazy("다른 약에 이어서 먹는 약에는 또 이을 수 없어요."),
}
PLACES = (
    (re.compile(r"amount"), "amount"),
    (re.compile(r"end"), "end"),
    (re.compile(r"limit\.most_in_24h"), "most"),
    (re.compile(r"limit\.gap_minutes"), "gap_hours"),
    (re.compile(r"phases\[(\d+)\]\.(length|amount)"), r"p\1-\2"),
    (re.compile(r"phases\[(\d+)\]\.days\.(n|every|off)"), r"p\1-\2"),
    (re.compile(r"phases\[(\d+)\]\.days.*"), r"p\1-days"),
    (re.compile(r"phases\[(\d+)\]\.when\.slots\[(\d+)\]\.anchor\.minutes"), r"p\1-s\2-minutes"),
    (re.compile(r"phases\[(\d+)\]\.when\.slots\[(\d+)\]\.amount"), r"p\1-s\2-amount"),
    (re.compile(r"phases\[(\d+)\]\.when\.slots\[(\d+)\].*"), r"p\1-s\2-when"),
    (re.compile(r"phases\[(\d+)\]\.when\.(times|first|regimen)"), r"p\1-\2"),
    (re.compile(r"phases\[(\d+)\]\.when.*"), r"p\1-kind"),
)  # fmt: skip


def read_sentence(given: Fields, today: date) -> Fields:
    """Fill a form from its sentence; what the sentence does not say stays, and one that says no schedule leaves all."""
    language = _language()
    read = parse(given.sentence, today=today, language=language)
    name = given.name or read.name
    if isinstance(read, NotUnderstood):
        return replace(given, read=given.sentence, name=name)
    limit: dict[str, Any] = limit_of(read.schedule.limit) if read.schedule.limit != Limit() else {}
    return replace(
        given,
        read=given.sentence,
        name=name,
        amount=plain(read.amount) or given.amount,
        unit=read.unit or given.unit,
        why=given.why or read.why,
        clock=read.schedule.clock,
        phases=phases_of(read.schedule),
        **limit,
        **_span(given, read, today),
    )


def _span(given: Fields, read: Parsed, today: date) -> dict[str, Any]:
    start = read.start.isoformat() if read.start else given.start or today.isoformat()
    if read.end is not None:
        return {"start": start, "until": "date", "end": read.end.isoformat(), "days": ""}
    if read.days is not None:
        return {"start": start, "until": "days", "days": str(read.days), "end": ""}
    return {"start": start, "until": "open", "end": "", "days": ""}


def told_shown(visit: Visit, given: Fields) -> ToldShown:
    """Say back what a form holds, with the next times, and mark what of its sentence was not understood."""
    read = parse(given.read, today=visit.today, language=_language()) if given.read else None
    unread = tuple(read.rest.split()) if read else ()
    if isinstance(read, NotUnderstood) and _untouched(given):
        return ToldShown(unread=unread, problem=read.told)
    doubts = read.doubts if isinstance(read, Parsed) else ()
    found = told(given, visit.today)
    if isinstance(found, dict):
        problem = "" if not given.read and _untouched(given) else next(iter(found.values()))
        return ToldShown(unread=unread, doubts=doubts, problem=problem)
    if wrong := [*_fault_words((one.field, [one.code]) for one in _faults(found))]:
        return ToldShown(unread=unread, doubts=doubts, problem=wrong[0][1])
    return replace(said_back(visit, found, given.unit), unread=unread, doubts=doubts)


def _untouched(given: Fields) -> bool:
    """Whether nobody has said yet at what times of a day."""
    return all(
        phase.kind == "slots" and not any(slot.at for slot in phase.slots) for phase in given.phases
    ) and not any(slot.when not in {"", "at"} for phase in given.phases for slot in phase.slots)


def _faults(found: Told) -> Iterable[Fault]:
    return faults(found.schedule, found.amount, found.start, found.end)


def said_back(visit: Visit, found: Told, unit: str) -> ToldShown:
    """Say a schedule in one sentence with its next times."""
    as_needed = is_as_needed(found.schedule)
    follows = any(isinstance(phase.when, Follows) for phase in found.schedule.phases)
    version = Version(1, visit.at, found.schedule, found.amount, found.start, found.end)
    moments = [] if as_needed or follows else next_moments(visit, (version,), routine_of(visit.person.id))
    return ToldShown(
        sentence=say(found.schedule, found.amount, unit, found.start, found.end, language=_language()),
        next=next_words(moments, dose_shown.local(visit, visit.at).date()),
        clock="" if as_needed else clock_words(found.schedule.clock),
        as_needed=as_needed,
        follows=follows,
    )


def next_moments(visit: Visit, versions: tuple[Version, ...], routine: Routine) -> list[datetime]:
    """Find the next few times of a plan, as they stand on this person's wall."""
    facts, after = Facts(visit.person.zone, routine), visit.at
    moments: list[datetime] = []
    while len(moments) < SOME_NEXT and (at := next_at(versions, facts, after)) is not None:
        moments.append(dose_shown.local(visit, at))
        after = at + A_MINUTE
    return moments


def problems_of(problem: Problem, words: str) -> dict[str, str]:
    """Lay what was refused beside the fields that it names; what names none is said above the form."""
    found = dict(_fault_words(problem.errors.items()))
    return found or {"": words}


def _fault_words(errors: Iterable[tuple[str, Iterable[str]]]) -> Iterable[tuple[str, str]]:
    for path, codes in errors:
        for code in codes:
            if code in FAULT_WORDS:
                yield field_of(path), str(FAULT_WORDS[code])


def field_of(path: str) -> str:
    """Name the field of the form that a path of the JSON means; nothing where none does."""
    return next((match.expand(name) for place, name in PLACES if (match := place.fullmatch(path))), "")


def _language() -> Literal["ko", "en"]:
    return "en" if english() else "ko"
