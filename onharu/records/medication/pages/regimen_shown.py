"""The form of a regimen as templates read it: each field with its name, value and fault, each choice with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from onharu.design.templatetags.design import WEEKDAYS
from onharu.records.medication.pages import dose_words as words
from onharu.records.medication.pages.regimen_fields import PHASE_TEXTS, SLOT_TEXTS, TEXTS, Fields, PhaseFields

KINDS: dict[str, Promise] = {
    "slots": gettext_lazy("정해진 때에 (식사나 시각)"),
    "spaced": gettext_lazy("하루 몇 번 고르게"),
    "interval": gettext_lazy("몇 시간마다"),
    "follows": gettext_lazy("다른 약에 이어서"),
    "as_needed": gettext_lazy("필요할 때만"),
}
WHENS: dict[str, Promise] = {
    "at": gettext_lazy("시각으로"),
    "breakfast": gettext_lazy("아침 식사"),
    "lunch": gettext_lazy("점심 식사"),
    "dinner": gettext_lazy("저녁 식사"),
    "bedtime": gettext_lazy("자기 전"),
    "waking": gettext_lazy("일어나서"),
    "": gettext_lazy("안 먹음"),
}
RELATIONS: dict[str, Promise] = {
    "after": gettext_lazy("식후"),
    "before": gettext_lazy("식전"),
    "right_after": gettext_lazy("식직후"),
    "right_before": gettext_lazy("식직전"),
    "with": gettext_lazy("식사와 함께"),
    "between": gettext_lazy("식간 (공복)"),
}
ORIGINS: dict[str, Promise] = {
    "plan": gettext_lazy("정해진 시각부터"),
    "taken": gettext_lazy("마지막으로 먹은 때부터"),
}
SIDES: dict[str, Promise] = {
    "after": pgettext_lazy("beside another medicine", "뒤에"),
    "before": pgettext_lazy("beside another medicine", "앞에"),
}
DAYS: dict[str, Promise] = {
    "daily": gettext_lazy("매일"),
    "every_days": gettext_lazy("며칠마다"),
    "weekdays": gettext_lazy("요일마다"),
    "monthly": gettext_lazy("매달 정한 날"),
    "cycle": gettext_lazy("며칠 먹고 며칠 쉬기"),
}
UNTILS: dict[str, Promise] = {
    "open": gettext_lazy("계속"),
    "days": gettext_lazy("며칠 동안"),
    "date": gettext_lazy("정한 날까지"),
}
CLOCKS: dict[str, Promise] = {
    "wall": gettext_lazy("그곳의 시계 시각에 맞춰요"),
    "elapsed": gettext_lazy("먹는 간격을 그대로 지켜요"),
}
Choice = tuple[str, str, bool]


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field: what it is called, what was typed, what is to be put right."""

    name: str
    value: Any
    wrong: str


@dataclass(frozen=True, slots=True)
class ToldShown:
    """What was understood, said back, or why nothing was."""

    sentence: str = ""
    next: str = ""
    clock: str = ""
    as_needed: bool = False
    follows: bool = False
    unread: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    problem: str = ""


def form_shown(given: Fields, wrong: Mapping[str, str], others: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Lay a form out; `others` are the regimens that this one may follow."""
    limited = bool(given.most or given.gap_hours or given.gap_minutes)
    return {
        "f": {name: FieldShown(name, getattr(given, name), wrong.get(name, "")) for name in TEXTS},
        "units": words.listed(words.UNIT_WORDS, given.unit),
        "unit_word": words.UNIT_WORDS.get(given.unit, ""),
        "untils": words.listed(UNTILS, given.until),
        "clocks": words.listed(CLOCKS, given.clock),
        "reminds": given.reminds,
        "tracks": given.tracks,
        "many": len(given.phases) > 1,
        "phases": [_phase(place, one, wrong, others) for place, one in enumerate(given.phases)],
        "by_hand": any(name.startswith("p") for name in wrong) or (not given.read and bool(wrong)),
        "limits_open": limited or any(name in wrong for name in ("most", "gap_hours", "gap_minutes")),
        "about_open": bool(given.why or given.note or given.tracks) or "count" in wrong or "refill_days" in wrong,
        "problems": [(name, text) for name, text in wrong.items() if text],
    }


def _phase(
    place: int, given: PhaseFields, wrong: Mapping[str, str], others: Sequence[tuple[int, str]]
) -> dict[str, Any]:
    before = f"p{place}-"
    names = (*PHASE_TEXTS, "weekdays")
    return {
        "index": place,
        "number": place + 1,
        "f": {name: FieldShown(before + name, getattr(given, name), wrong.get(before + name, "")) for name in names},
        "kinds": words.listed(KINDS, given.kind),
        "days": words.listed(DAYS, given.days),
        "origins": words.listed(ORIGINS, given.origin),
        "sides": words.listed(SIDES, given.side),
        "others": [("", _("골라 주세요"), not given.regimen)]
        + [(str(pk), name, str(pk) == given.regimen) for pk, name in others],
        "weekdays": [(str(day), str(word), str(day) in given.weekdays) for day, word in enumerate(WEEKDAYS, 1)],
        "slots": [_slot(f"{before}s{number}-", one, wrong) for number, one in enumerate(given.slots)],
    }


def _slot(before: str, given: Any, wrong: Mapping[str, str]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        name: FieldShown(before + name, getattr(given, name), wrong.get(before + name, "")) for name in SLOT_TEXTS
    }
    return shown | {
        "whens": words.listed(WHENS, given.when),
        "relations": words.listed(RELATIONS, given.relation),
    }


def next_words(moments: Sequence[datetime], today: Any) -> str:
    """Name the next times: "오늘 18:30, 내일 08:30"; moments are local."""
    return ", ".join(words.moment_words(at, today) for at in moments)


def clock_words(clock: str) -> str:
    """Say what stays when clocks are changed or somebody travels."""
    return str(CLOCKS[clock])
