"""What people read for the planner's codes: reasons, refusals, what a day is about, minutes counted once.

A reason's parameters are data: they are put into sentences of ours and never read as markup or as a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from onharu.catalog.exercises.public import CAUTION_WORDS, EQUIPMENT_WORDS, LEVEL_WORDS, LOAD_WORDS, TARGET_WORDS
from onharu.kernel.wording import amount
from onharu.names.public import with_particle
from onharu.records.workouts.queries.sentences import SENTENCES
from onharu.records.workouts.rules.overlap import OVERLAP, Counted, Term
from onharu.records.workouts.rules.planning import Reason, Refusal

FOCUS_WORDS: Final[dict[str, Promise]] = {
    "full": pgettext_lazy("what a session trains", "전신"),
    "upper": pgettext_lazy("what a session trains", "상체"),
    "lower": pgettext_lazy("what a session trains", "하체"),
    "push": pgettext_lazy("what a session trains", "밀기"),
    "pull": pgettext_lazy("what a session trains", "당기기"),
    "legs": pgettext_lazy("what a session trains", "다리"),
    "cardio": pgettext_lazy("what a session trains", "유산소"),
    "rest": pgettext_lazy("what a session trains", "쉬는 날"),
}
GOAL_WORDS: Final[dict[str, Promise]] = {
    "health": pgettext_lazy("goal of movement", "건강 유지"),
    "strength": pgettext_lazy("goal of movement", "근력"),
    "muscle": pgettext_lazy("goal of movement", "근육량"),
    "weight": pgettext_lazy("goal of movement", "체중 관리"),
    "stamina": pgettext_lazy("goal of movement", "체력"),
}
_AWAY_WORDS: Final[dict[str, Promise]] = {
    "pain": gettext_lazy("아파서"),
    "dislike": gettext_lazy("하기 싫어서"),
    "equipment": gettext_lazy("기구가 없어서"),
    "often": gettext_lazy("여러 번"),
}
_PART_WORDS: Final[dict[str, Promise]] = {
    "sets": pgettext_lazy("part of a row", "세트"),
    "reps_low": pgettext_lazy("part of a row", "횟수"),
    "reps_high": pgettext_lazy("part of a row", "횟수"),
    "seconds": pgettext_lazy("part of a row", "초"),
    "minutes": pgettext_lazy("part of a row", "분"),
    "rest_seconds": pgettext_lazy("part of a row", "쉬는 시간"),
    "rpe_target": pgettext_lazy("part of a row", "힘든 정도"),
}
# Parameters that are codes, and the words they stand for.
_CODED: Final[dict[str, Mapping[str, Promise]]] = {
    "focus": FOCUS_WORDS,
    "wanted": FOCUS_WORDS,
    "caution": CAUTION_WORDS,
    "equipment": EQUIPMENT_WORDS,
    "region": LOAD_WORDS,
    "target_muscle": TARGET_WORDS,
    "part": _PART_WORDS,
    "why": _AWAY_WORDS,
}
_PARTICLES: Final = {"eul": "을/를", "i": "이/가", "eun": "은/는", "ro": "으로/로"}
_LAST_WEEK: Final = 6


class _Fields(dict[str, str]):
    """The fields of a sentence; what a reason does not say is "—"."""

    def __missing__(self, key: str) -> str:
        return "—"


def focus_words(focus: str) -> str:
    """Name what a day is about; an unknown code, or a person's own words, stay as they are."""
    return str(FOCUS_WORDS.get(focus, focus))


def reason_words(reason: Reason) -> str:
    """Say a reason: "지난 목요일 스쿼트 3×8을 RPE 7로 마쳐서 +2.5 kg"; an unknown code says nothing."""
    quiet = SENTENCES.get(f"{reason.code}:quiet") if "rpe" not in reason.params else None
    sentence = quiet or SENTENCES.get(reason.code)
    return str(sentence).format_map(_fields(reason)) if sentence else ""


def refusal_words(refusal: Refusal) -> str:
    """Say what of a proposal was refused and why."""
    return reason_words(refusal.reason)


def equation_words(once: Counted) -> str:
    """Write minutes counted once as an equation, "45 + 30 − 20 (겹침) = 55분"; empty when nothing overlapped."""
    if not once.equation:
        return ""
    added = " + ".join(amount(term.minutes) for term in once.equation if term.kind != OVERLAP)
    taken = "".join(_overlap_words(term) for term in once.equation if term.kind == OVERLAP)
    return _("{sum} = {minutes}분").format(sum=added + taken, minutes=amount(once.total))


def _overlap_words(term: Term) -> str:
    return " − " + _("{minutes} (겹침)").format(minutes=amount(term.minutes))


def _fields(reason: Reason) -> _Fields:
    """Prepare everything that a sentence may ask for, in the language that is read."""
    params = {key: str(value) for key, value in reason.params.items()}
    fields = _Fields(params)
    if _english() and params.get("name_en"):
        fields["name"] = params["name_en"]
    for key, words in _CODED.items():
        if key in params:
            fields[key] = str(words.get(params[key], params[key]))
    if "level" in params and params["level"].isdigit():
        fields["level"] = str(LEVEL_WORDS.get(int(params["level"]), params["level"]))
    if "regions" in params:
        fields["regions"] = ", ".join(str(LOAD_WORDS.get(one, one)) for one in params["regions"].split(",") if one)
    if "until" in params:
        fields["until"] = _date(params["until"])
    _tell(fields, params)
    return _with_particles(fields)


def _tell(fields: _Fields, params: dict[str, str]) -> None:
    """Add the day and the deed that a reason tells of."""
    if "day" in params:
        fields["when"] = _when(params["day"], params.get("ago", ""))
    if "rpe" in params:
        fields["effort"] = f"RPE {params['rpe']}"
    if count := _count(params):
        fields["did"] = _("{when} {name} {count}").format(when=fields["when"], name=fields["name"], count=count)
    elif "was" in params:
        fields["did"] = _("{when} {name} {was}분").format(
            when=fields["when"], name=fields["name"], was=amount(Decimal(params["was"]))
        )


def _with_particles(fields: _Fields) -> _Fields:
    for key in ("did", "name", "effort", "focus", "regions", "equipment", "what"):
        if key in fields:
            for suffix, pair in _PARTICLES.items():
                fields[f"{key}_{suffix}"] = with_particle(fields[key], pair)
    return fields


def _count(params: dict[str, str]) -> str:
    """Write sets: "3×8" where they are alike, else "8·8·7회"; of seconds "3×30초"."""
    said = params.get("reps") or params.get("seconds")
    if not said:
        return ""
    sets, alike = said.split("·"), len(set(said.split("·"))) == 1
    short = f"{len(sets)}×{sets[0]}" if alike else said
    if "reps" in params:
        return short if alike else _("{reps}회").format(reps=short)
    return _("{seconds}초").format(seconds=short)


def _when(day: str, ago: str) -> str:
    """Name a past day: 어제, 지난 목요일, 일주일 전, 11월 5일."""
    days = int(ago) if ago.isdigit() else 0
    if days == 1:
        return pgettext("within a sentence", "어제")
    if 1 < days <= _LAST_WEEK:
        return _("지난 {weekday}").format(weekday=WEEKDAYS[date.fromisoformat(day).weekday()])
    return pgettext("within a sentence", "일주일 전") if days == _LAST_WEEK + 1 else _date(day)


def _date(day: str) -> str:
    on = date.fromisoformat(day)
    return _("{month}월 {day}일").format(month=on.month, day=on.day, date=on)


def _english() -> bool:
    return (get_language() or "ko").startswith("en")
