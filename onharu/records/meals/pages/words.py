"""How meals, foods and amounts are said on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onharu.kernel.wording import NUTRIENT_WORDS, fraction
from onharu.names import public as names
from onharu.records.meals.queries.wording import SLOT_ICONS, SLOT_WORDS, food_name

JOINTS = frozenset(" _·,()/-")


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """One of the four meals to choose from."""

    code: str
    name: str
    icon: str
    chosen: bool


def slot_choices(chosen: str) -> list[SlotChoice]:
    """List the four meals with the chosen one marked."""
    return [SlotChoice(code, str(name), SLOT_ICONS[code], code == chosen) for code, name in SLOT_WORDS.items()]


def added_words(foods: list[str]) -> str:
    """Say what was added: "쌀밥을 담았어요." or "음식 3개를 담았어요."."""
    if len(foods) == 1:
        name = food_name(foods[0])
        return _("{name_eul} 담았어요.").format(name=name, name_eul=names.with_particle(name, "을/를"))
    return ngettext("음식 {count}개를 담았어요.", "음식 {count}개를 담았어요.", len(foods)).format(count=len(foods))


def deleted_words(name: str) -> str:
    """Say that a food was deleted."""
    name = food_name(name)
    return _("{name_eul} 지웠어요.").format(name=name, name_eul=names.with_particle(name, "을/를"))


def unknown_words(nutrient: str, count: int) -> str:
    """Say that a sum may be too low; nothing when every food is known."""
    if not count:
        return ""
    name = str(NUTRIENT_WORDS[nutrient].name)
    return ngettext(
        "{count}개 음식은 {nutrient} 정보가 없어 합계가 적게 나올 수 있어요",
        "{count}개 음식은 {nutrient} 정보가 없어 합계가 적게 나올 수 있어요",
        count,
    ).format(count=count, nutrient=name, nutrient_small=name.lower())


def changed_words(name: str, quantity: Decimal, unit: str) -> str:
    """Say what an amount is now: "쌀밥: 1½공기"."""
    return f"{food_name(name)}: {fraction(quantity)}{unit}"


def to_words(place: str) -> str:
    """Write a place or food with 으로/로."""
    return names.with_particle(place, "으로/로")


def found_words(query: str, corrected: str) -> str:
    """Say how a slip was understood: "'김치찌게' → 김치찌개로 찾았어요"."""
    return _("‘{query}’ → {corrected_ro} 찾았어요").format(
        query=query, corrected=corrected, corrected_ro=names.with_particle(corrected, "으로/로")
    )


def day_words(day: date, today: date) -> str:
    """Name a day as people do: 오늘, 어제, 그저께, 내일, else 11월 20일."""
    near = {0: _("오늘"), -1: _("어제"), -2: _("그저께"), 1: _("내일")}
    named = near.get((day - today).days)
    return named or _("{month}월 {day}일").format(month=day.month, day=day.day, date=day)


def marked(name: str, query: str) -> SafeString:
    """Mark the part of a name that a query names, spaces and joints aside; 초성 mark their syllables."""
    shown = food_name(name)
    letters = [letter for letter in query.casefold() if letter not in JOINTS]
    for start in range(len(shown)):
        end = _end_of_match(shown, start, letters)
        if end:
            return format_html("{}<mark>{}</mark>{}", shown[:start], shown[start:end], shown[end:])
    return format_html("{}", shown)


def _end_of_match(shown: str, start: int, letters: list[str]) -> int:
    """Find where the letters end when they are read from `start` on; 0 when they are not read there."""
    place = start
    for letter in letters:
        while place > start and shown[place : place + 1] in JOINTS and place < len(shown):
            place += 1
        char = shown[place : place + 1]
        if letter not in {char.casefold(), names.initials(char)} or not char:
            return 0
        place += 1
    return place if letters else 0


def spaced(parts: Iterable[str]) -> SafeString:
    """Join short facts with a middle dot; empty ones are left out."""
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def neighbours(day: date) -> tuple[date, date]:
    """Name the day before and the day after."""
    return day - timedelta(days=1), day + timedelta(days=1)
