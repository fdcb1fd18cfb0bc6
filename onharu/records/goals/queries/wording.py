"""What targets, goals and measurements are called, and how their numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onharu.catalog.intakes.public import AT_LEAST, AT_MOST
from onharu.kernel.wording import NUTRIENT_WORDS, NutrientWords, amount
from onharu.records.goals.rules import measuring
from onharu.records.goals.rules.targets import MINUTES, SLEEP, WATER

TARGET_WORDS: Mapping[str, NutrientWords] = {
    **NUTRIENT_WORDS,
    WATER: NutrientWords(name=_("물"), unit="ml", spoken_unit=_("밀리리터")),
    MINUTES: NutrientWords(name=_("움직임"), unit="min", spoken_unit=pgettext_lazy("unit", "분")),
    SLEEP: NutrientWords(name=_("잠"), unit="h", spoken_unit=pgettext_lazy("unit", "시간")),
}
UNIT_WORDS: Mapping[str, str | Promise] = {"min": pgettext_lazy("unit", "분"), "h": pgettext_lazy("unit", "시간")}
KIND_WORDS: Mapping[str, str | Promise] = {
    measuring.WEIGHT: _("체중"),
    measuring.WAIST: _("허리둘레"),
    measuring.BLOOD_PRESSURE: _("혈압"),
    measuring.GLUCOSE: _("혈당"),
}
CONTEXT_WORDS: Mapping[str, str | Promise] = {
    measuring.FASTING: _("공복"),
    measuring.BEFORE_MEAL: _("식전"),
    measuring.AFTER_MEAL: _("식후"),
    measuring.BEDTIME: _("자기 전"),
}
GOAL_WORDS: Mapping[str, str | Promise] = {
    "WEIGHT": _("체중"),
    "STRENGTH": _("근력"),
    "HABIT": _("습관"),
    "MINUTES": _("운동 시간"),
}
HABIT_WORDS: Mapping[str, str | Promise] = {
    "WORKOUT": _("운동하기"),
    "MEALS": _("식사 적기"),
    "JOURNAL": _("하루 적기"),
    "MEASURE": _("몸 재기"),
}
NOTE_WORDS: Mapping[str, str | Promise] = {
    "under_age": _("19세 전에는 어른의 기준을 쓰지 않아요."),
    "maternity": _("임신·수유 중에는 다른 어른의 기준을 쓰지 않아요. 필요한 양은 의료진과 정해 주세요."),
    "age_table": _("키나 몸무게를 몰라서 같은 나이의 평균으로 어림했어요."),
    "numbers_hidden": _("숫자를 보지 않기로 해서 열량은 빼고 보여 드려요."),
    "floor": _("더 줄이지 않아요. 안정 시 대사량과 하한 아래로는 권하지 않아요."),
    "protein_for_older": _("65세부터는 단백질을 체중 1 kg에 1.0~1.2 g 먹도록 권하는 지침이 있어요."),
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A target as it is written: "1,850~2,050", and the word that belongs to its direction."""

    amount: str
    word: str


def unit_of(key: str) -> str:
    """Name the unit of a target in the reader's language."""
    unit = TARGET_WORDS[key].unit
    return str(UNIT_WORDS.get(unit, unit))


def bound(direction: str, low: Decimal | None, high: Decimal | None) -> Bound:
    """Write the ends of a target."""
    if direction == AT_LEAST:
        return Bound(amount(low), str(pgettext_lazy("target", "이상")))
    if direction == AT_MOST:
        return Bound(amount(high), str(pgettext_lazy("target", "이하")))
    return Bound(f"{amount(low)}~{amount(high)}", "")


def value_words(value: Decimal, value2: Decimal | None = None) -> str:
    """Write a measurement: "62.4", "118/76"."""
    first = _plain(value)
    return first if value2 is None else f"{first}/{_plain(value2)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
