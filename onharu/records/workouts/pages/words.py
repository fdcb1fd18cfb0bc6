"""How exercises, amounts and days are said on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from onharu.catalog.exercises.public import CAUTION_WORDS, EQUIPMENT_WORDS, LEVEL_WORDS, TARGET_WORDS, ExerciseFacts
from onharu.design.templatetags.design import weekday
from onharu.kernel.wording import amount
from onharu.names import public as names
from onharu.records.workouts.actions.writing import SetValues
from onharu.records.workouts.queries.entries import LogEntry, SetEntry, TaskEntry

SKIP_WORDS: dict[str, Promise] = {
    "tired": gettext_lazy("피곤해요"),
    "no_time": gettext_lazy("시간이 없어요"),
    "pain": gettext_lazy("아파요"),
    "no_equipment": gettext_lazy("기구가 없어요"),
    "dislike": gettext_lazy("하기 싫어요"),
    "other": gettext_lazy("다른 까닭"),
}
EFFORT_WORDS: dict[str, Promise] = {
    "5": pgettext_lazy("effort", "아주 가벼움"),
    "6": pgettext_lazy("effort", "가벼움"),
    "7": pgettext_lazy("effort", "알맞음"),
    "8": pgettext_lazy("effort", "힘듦"),
    "9": pgettext_lazy("effort", "아주 힘듦"),
    "10": pgettext_lazy("effort", "한계"),
}
JOINTS = frozenset(" _·,()/-")
MOST_TARGETS = 3
Sets = Sequence[SetEntry] | Sequence[SetValues]


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "ko").startswith("en")


def name_of(name: str, facts: ExerciseFacts | None) -> str:
    """Name an exercise in the language of the page; a person's own name stays theirs."""
    return facts.name_en if facts is not None and facts.name_en and english() else name


def plain(value: Decimal | int | None) -> str:
    """Write a number the way a form field takes it; unknown is empty."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


def spaced(*parts: str) -> str:
    """Join short facts with a middle dot; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def kg(value: Decimal | None) -> str:
    """Write a weight: "42.5 kg"; unknown is nothing."""
    return "" if value is None else f"{plain(value)}\N{NO-BREAK SPACE}kg"


def minutes_words(minutes: Decimal | int | None) -> str:
    """Write whole minutes: "45분", "1분" for less than one; unknown is nothing."""
    if minutes is None:
        return ""
    whole = Decimal(minutes).quantize(Decimal(1), ROUND_HALF_UP)
    return _("{minutes}분").format(minutes=amount(max(whole, Decimal(1)) if minutes else whole))


def kcal(value: Decimal | None) -> str:
    """Write an energy: "210 kcal"; unknown is nothing."""
    return "" if value is None else f"{amount(value)}\N{NO-BREAK SPACE}kcal"


def rpe_words(rpe: Decimal | None) -> str:
    """Write an effort: "RPE 7"; unknown is nothing."""
    return "" if rpe is None else f"RPE\N{NO-BREAK SPACE}{plain(rpe)}"


def dose(task: TaskEntry) -> str:
    """Say what is to be done: "3세트 × 8~12회 · 40 kg · RPE 7" or "30분"."""
    return spaced(_counted(task), kg(task.weight_kg), rpe_words(task.rpe_target))


def _counted(task: TaskEntry) -> str:
    if task.minutes is not None:
        whole = minutes_words(task.minutes)
        return whole if (task.sets or 1) == 1 else f"{sets_words(task.sets or 1)} × {whole}"
    each = reps_words(task.reps_low, task.reps_high) or seconds_words(task.seconds)
    sets = sets_words(task.sets) if task.sets else ""
    return " × ".join(part for part in (sets, each) if part)


def sets_words(count: int) -> str:
    """Count sets: "3세트"."""
    return ngettext("{count}세트", "{count}세트", count).format(count=count)


def reps_words(low: int | None, high: int | None) -> str:
    """Count repetitions: "8회", "8~12회"; unsaid is nothing."""
    ends = dict.fromkeys(str(end) for end in (low, high) if end is not None)
    return ngettext("{count}회", "{count}회", high or low or 0).format(count="~".join(ends)) if ends else ""


def seconds_words(seconds: int | None) -> str:
    """Write seconds: "40초"; unknown is nothing."""
    return "" if seconds is None else _("{seconds}초").format(seconds=seconds)


def set_words(one: SetEntry | SetValues) -> str:
    """Say one set: "8회 · 40 kg · RPE 8"; a set with nothing said is "—"."""
    said = spaced(reps_words(one.reps, None), seconds_words(one.seconds), kg(one.weight_kg), rpe_words(one.rpe))
    return said or "—"


def sets_done_words(sets: Sets) -> str:
    """Sum sets up: "3세트 × 8회 · 40 kg" where they are alike, "8·7·7회 · 40 kg" at one weight, else one by one."""
    if not sets:
        return ""
    said = [set_words(SetValues(one.reps, one.weight_kg, one.seconds)) for one in sets]
    if len(set(said)) == 1:
        return sets_words(len(sets)) if said[0] == "—" else f"{sets_words(len(sets))} × {said[0]}"
    reps = [one.reps for one in sets if one.reps is not None and one.seconds is None]
    if len(reps) == len(sets) and len({one.weight_kg for one in sets}) == 1:
        each = ngettext("{count}회", "{count}회", len(reps)).format(count="·".join(str(count) for count in reps))
        return spaced(each, kg(sets[0].weight_kg))
    return ", ".join(said)


def log_about(log: LogEntry) -> str:
    """Say what was done in a line: "45분 · 3세트 × 8회 · 40 kg · RPE 7"; guessed minutes say 약."""
    minutes = minutes_words(log.minutes)
    if log.minutes_source == "ESTIMATED":
        minutes = _("약 {minutes}").format(minutes=minutes)
    return spaced(minutes, sets_done_words(log.sets), rpe_words(log.rpe), log.note) or _("시간 정보 없음")


def efforts(chosen: Decimal | None) -> list[tuple[str, str]]:
    """List how hard it was to choose from; a value of its own (7.5) is listed too."""
    listed = {"": _("안 적음"), **{code: f"{code} · {words}" for code, words in EFFORT_WORDS.items()}}
    listed.setdefault(plain(chosen), plain(chosen))
    return list(listed.items())


def trains(facts: ExerciseFacts, most: int = 2) -> str:
    """Say what an exercise trains most: "앞허벅지, 엉덩이"."""
    return ", ".join(_words(TARGET_WORDS, facts.targets[:most]))


def about(facts: ExerciseFacts) -> str:
    """Say what an exercise trains and needs: "앞허벅지, 엉덩이 · 맨몸 · 쉬움"."""
    targets = trains(facts, MOST_TARGETS)
    level = str(LEVEL_WORDS[facts.level]) if facts.level else ""
    return spaced(targets, ", ".join(_words(EQUIPMENT_WORDS, facts.equipment)), level)


def cautions(facts: ExerciseFacts) -> str:
    """Say what to mind: "뛰는 동작, 머리 위로 드는 동작"."""
    return ", ".join(_words(CAUTION_WORDS, facts.cautions))


def _words(listed: Mapping[str, Promise], codes: Iterable[str]) -> list[str]:
    return [str(listed[code]) for code in codes if code in listed]


def day_words(day: date, today: date) -> str:
    """Name a day: 오늘, 어제, else "11월 20일 (금)"."""
    near = {0: _("오늘"), -1: _("어제"), 1: _("내일")}
    named = near.get((day - today).days)
    dated = _("{month}월 {day}일").format(month=day.month, day=day.day, date=day)
    return named or f"{dated} ({weekday(day)})"


def with_object(name: str) -> str:
    """Write a name with 을/를."""
    return names.with_particle(name, "을/를")


def to_words(name: str) -> str:
    """Write a name with 으로/로."""
    return names.with_particle(name, "으로/로")


def found_words(query: str, corrected: str) -> str:
    """Say how a slip was understood: "‘스콰트’ → 스쿼트로 찾았어요"."""
    return _("‘{query}’ → {corrected_ro} 찾았어요").format(
        query=query, corrected=corrected, corrected_ro=to_words(corrected)
    )


def marked(name: str, query: str) -> SafeString:
    """Mark the part of a name that a query names, spaces and joints aside; 초성 mark their syllables."""
    letters = [letter for letter in query.casefold() if letter not in JOINTS]
    for start in range(len(name)):
        end = _end_of_match(name, start, letters)
        if end:
            return format_html("{}<mark>{}</mark>{}", name[:start], name[start:end], name[end:])
    return format_html("{}", name)


def _end_of_match(shown: str, start: int, letters: list[str]) -> int:
    place = start
    for letter in letters:
        while start < place < len(shown) and shown[place] in JOINTS:
            place += 1
        char = shown[place : place + 1]
        if not char or letter not in {char.casefold(), names.initials(char)}:
            return 0
        place += 1
    return place if letters else 0
