"""When and how much was taken, as it is asked and as it is told: now, at the planned time, at a time one says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from onharu.accounts.public import Visit
from onharu.kernel import clock
from onharu.kernel.problems import Invalid
from onharu.records.medication.pages import dose_shown as shown
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.regimen_reading import AMOUNT, FRACTIONS
from onharu.records.medication.queries.amounts import REASON_WORDS, amount_words, reason_words
from onharu.records.medication.queries.entries import DoseEntry, EventEntry, RegimenEntry

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?", re.ASCII)
BACK = 3
SLACK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TakingSaid:
    """When something was taken, and how much where that was said."""

    at: datetime
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of the ledger of a dose: what, and who said it when."""

    what: str
    who: str


class TakenAhead(Invalid):
    """A taking told for a time that is still to come."""

    code = "taken_ahead"
    ko = "아직 오지 않은 시각이에요. 먹은 뒤에 적어 주세요."
    en = "That time is still to come. Write it down once you took it."


def taking_said(visit: Visit, said: Mapping[str, Any], planned_at: datetime | None) -> TakingSaid:
    """Read when and how much was taken. Raises Invalid for what is no time, no amount, or still to come."""
    at = _at_said(visit, said, planned_at)
    if at > visit.at + SLACK:
        raise TakenAhead
    return TakingSaid(min(at, visit.at), amount_said(said.get("amount", "")))


def _at_said(visit: Visit, said: Mapping[str, Any], planned_at: datetime | None) -> datetime:
    when = said.get("when", "now")
    if when == "planned" and planned_at is not None:
        return planned_at
    if when == "exact":
        return _instant(said.get("at", ""))
    if when != "told":
        return visit.at
    return clock.instant_of(_day(visit, said.get("day", "")), _time(said.get("time", "")), visit.person.zone)


def _instant(said: str) -> datetime:
    """Read an instant that this room wrote into the address of an undo."""
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        at = datetime.min  # noqa: DTZ901 told apart by its missing zone
    if at.tzinfo is None:
        raise Invalid("time_invalid", "시각을 다시 골라 주세요.", "Choose the time again.")
    return at


def _day(visit: Visit, said: str) -> date:
    if not said:
        return shown.local(visit, visit.at).date()
    return visit.day(said)


def _time(said: str) -> time:
    found = CLOCK.fullmatch(said)
    if found is None:
        raise Invalid("time_invalid", "시각은 08:30처럼 적어 주세요.", "Write times like 08:30.")
    return time(int(found[1]), int(found[2]))


def amount_said(said: str) -> Decimal | None:
    """Read how much was taken; nothing said is as planned. Raises Invalid."""
    text = FRACTIONS.get(said.strip(), said.strip().replace(",", "."))
    if not text:
        return None
    if not AMOUNT.fullmatch(text) or not Decimal(text):
        raise Invalid(
            "amount_invalid", "양은 1, 0.5, ½처럼 0보다 큰 수로 적어 주세요.", "Write an amount above zero: 1, 0.5, ½."
        )
    return Decimal(text)


def sheet_context(visit: Visit, dose: DoseEntry) -> dict[str, Any]:
    """Ask when and how much of a dose was taken, or why it was not."""
    taken = dose.state == "taken"
    settled = taken or dose.state == "skipped"
    planned = shown.local(visit, dose.planned_at) if dose.planned_at else None
    at = dose.taken_at if taken and dose.taken_at else _usual(visit, dose.planned_at)
    chosen = "told" if taken else "now"
    return {
        **_when_context(visit, shown.local(visit, at), planned, chosen),
        "dose": dose,
        "title": f"{dose.name} {amount_words(dose.amount, dose.unit)}",
        "about": words.joined(
            words.moment_words(planned, visit.today) if planned else _("필요할 때"), words.anchor_words(dose.anchor)
        ),
        "line": shown.line_of(visit, dose) if settled else "",
        "action": f"/medicines/doses/{dose.id}/",
        "here": f"/medicines/doses/?date={dose.day.isoformat()}",
        "taken": taken,
        "settled": settled,
        "may_skip": not settled and dose.planned_at is not None,
        "amount": words.plain(dose.taken_amount if taken and dose.taken_amount else dose.amount),
        "unit": words.UNIT_WORDS.get(dose.unit, ""),
        "reasons": words.listed(REASON_WORDS, ""),
        "log": log_of(visit, dose),
    }


def needed_context(visit: Visit, regimen: RegimenEntry, day: date, key: str) -> dict[str, Any]:
    """Ask when and how much of a medicine without a plan was taken."""
    at = visit.at if day == visit.today else visit.person.instant_of(day, visit.clock_time)
    return {
        **_when_context(visit, shown.local(visit, at), None, "now" if day == visit.today else "told"),
        "title": f"{regimen.name} {amount_words(regimen.amount, regimen.unit)}",
        "about": _("필요할 때 먹는 약"),
        "action": f"/medicines/regimens/{regimen.id}/take/",
        "here": f"/medicines/doses/?date={day.isoformat()}",
        "key": key,
        "amount": words.plain(regimen.amount),
        "unit": words.UNIT_WORDS.get(regimen.unit, ""),
    }


def _usual(visit: Visit, planned_at: datetime | None) -> datetime:
    return planned_at if planned_at is not None and planned_at <= visit.at else visit.at


def _when_context(visit: Visit, at: datetime, planned: datetime | None, chosen: str) -> dict[str, Any]:
    now = shown.local(visit, visit.at)
    whens = [("now", _("지금 ({time})").format(time=words.hm(now)), chosen == "now")]
    if planned is not None and planned <= now:
        moment = words.moment_words(planned, visit.today)
        whens.append(("planned", _("정해진 시각 ({time})").format(time=moment), False))
    whens.append(("told", _("다른 시각"), chosen == "told"))
    days = {now.date() - timedelta(days=back) for back in range(BACK)} | {at.date()}
    return {
        "whens": whens,
        "days": [
            (day.isoformat(), _day_option(day, now.date()), day == at.date()) for day in sorted(days, reverse=True)
        ],
        "time": words.hm(at),
    }


def _day_option(day: date, today: date) -> str:
    said, near = f"{day.month}/{day.day}", words.day_words(day, today)
    return near if near.startswith(said) else f"{near} ({said})"


def kept_context(said: Mapping[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    """Show what was typed again, where it could not be written down."""
    return context | {
        "whens": [(code, word, code == said.get("when")) for code, word, _chosen in context["whens"]],
        "days": [(value, word, value == said.get("day")) for value, word, _chosen in context["days"]],
        "time": said.get("time", ""),
        "amount": said.get("amount", ""),
    }


def log_of(visit: Visit, dose: DoseEntry) -> list[LogLine]:
    """Tell all that happened to a dose, in the order it was written down."""
    before: EventEntry | None = None
    lines = []
    for event in dose.events:
        lines.append(LogLine(event_words(visit, dose, event, before), who_words(visit, event)))
        if event.kind in {"taken", "corrected"}:
            before = event
    return lines


def event_words(visit: Visit, dose: DoseEntry, event: EventEntry, before: EventEntry | None = None) -> str:
    """Say one entry of the ledger: "08:35에 1정 먹음", "먹은 시각 08:35 → 08:10", "건너뜀 · 잊었어요"."""
    at = words.moment_words(shown.local(visit, event.at), visit.today)
    amount = amount_words(event.amount or dose.amount, dose.unit)
    if event.kind == "taken":
        return _("{at}에 {amount} 먹음").format(at=at, amount=amount)
    if event.kind == "corrected":
        return _corrected_words(visit, dose, event, before)
    if event.kind == "skipped":
        return words.joined(_("건너뜀"), reason_words(event.reason))
    return {
        "undone": _("되돌림"), "sent": _("알림 보냄"), "shown": _("알림을 봄"), "snoozed": _("알림을 미룸"),
        "late": _("시간이 지남"),
    }.get(event.kind, event.kind)  # fmt: skip


def _corrected_words(visit: Visit, dose: DoseEntry, event: EventEntry, before: EventEntry | None) -> str:
    """Say a correction with both values."""
    old_amount = (before.amount if before else None) or dose.amount
    parts: Sequence[str] = [
        _("고침"),
        _both(
            words.moment_words(shown.local(visit, before.at), visit.today) if before else "—",
            words.moment_words(shown.local(visit, event.at), visit.today),
        ),
        _both(
            amount_words(old_amount, dose.unit),
            amount_words(event.amount or old_amount, dose.unit),
        ),
    ]
    return words.joined(*parts)


def _both(old: str, new: str) -> str:
    return new if old == new else f"{old} → {new}"


def who_words(visit: Visit, event: EventEntry) -> str:
    """Say who wrote an entry down, and when: "내가 · 오늘 08:36에 적음"."""
    at = words.moment_words(shown.local(visit, event.recorded_at), visit.today)
    if event.kind in {"sent", "shown", "late"}:
        return at
    who = _("가족이") if event.by_other else _("내가")
    return _("{who} {at}에 적음").format(who=who, at=at)
