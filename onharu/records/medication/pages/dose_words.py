"""How doses are said on the pages: amounts with their unit, times for eyes and for ears, what happened to a dose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from onharu.design.templatetags.design import weekday
from onharu.names import public as names
from onharu.records.medication.rules.schedules.shapes import Anchor, At, AtBedtime, AtMeal, OnWaking

UNIT_WORDS: dict[str, Promise] = {
    "tablet": gettext_lazy("정"),
    "capsule": gettext_lazy("캡슐"),
    "packet": gettext_lazy("포"),
    "ml": gettext_lazy("ml"),
    "drop": gettext_lazy("방울"),
    "puff": gettext_lazy("흡입"),
    "unit": pgettext_lazy("of insulin", "단위"),
    "patch": gettext_lazy("매"),
    "ampoule": gettext_lazy("앰플"),
    "time": gettext_lazy("회"),
}
MEAL_WORDS: dict[str, Promise] = {
    "breakfast": gettext_lazy("아침"),
    "lunch": gettext_lazy("점심"),
    "dinner": gettext_lazy("저녁"),
}
NIGHT, MORNING, NOON, EVENING, LATE = 0, 6, 11, 17, 21
ONE_DAY = 1


def english() -> bool:
    """Whether the page is read in English."""
    return (get_language() or "ko").startswith("en")


def plain(value: Decimal | int | None) -> str:
    """Write a number the way a field takes it; unknown is empty."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


def with_object(words: str) -> str:
    """Write a word as what is done something to: "하루정을"."""
    return names.with_particle(words, "을/를")


def hm(at: datetime | time) -> str:
    """Write a time for eyes: "08:30"."""
    return f"{at.hour:02}:{at.minute:02}"


def part_of_day(at: datetime | time) -> str:
    """Name the part of the day: 새벽, 아침, 낮, 저녁, 밤."""
    parts = (
        (LATE, _("밤")), (EVENING, pgettext_time("저녁")), (NOON, _("낮")), (MORNING, pgettext_time("아침")),
        (NIGHT, _("새벽")),
    )  # fmt: skip
    return next(word for hour, word in parts if at.hour >= hour)


def pgettext_time(word: str) -> str:
    """Name a part of the day, which is no meal."""
    return str({"아침": pgettext_lazy("part of day", "아침"), "저녁": pgettext_lazy("part of day", "저녁")}[word])


def clock_words(at: datetime | time) -> str:
    """Say a time for ears: "아침 8시 30분", "밤 11시"; in English "8:30 AM"."""
    hour = at.hour % 12 or 12
    if english():
        return f"{hour}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"
    minute = f" {at.minute}분" if at.minute else ""
    return f"{part_of_day(at)} {hour}시{minute}"


def day_words(day: date, today: date) -> str:
    """Name a day beside today: 오늘, 내일, 어제, else "11/29 (일)"."""
    near = {0: _("오늘"), 1: _("내일"), 2: _("모레"), -1: _("어제")}
    return near.get((day - today).days) or f"{day.month}/{day.day} ({weekday(day)})"


def moment_words(at: datetime, today: date) -> str:
    """Name a local instant beside today: "오늘 18:30", "내일 08:30"."""
    return f"{day_words(at.date(), today)} {hm(at)}"


def spoken_moment(at: datetime, today: date) -> str:
    """Say a local instant for ears; today's day is left out."""
    said = clock_words(at)
    return said if at.date() == today else f"{day_words(at.date(), today)} {said}"


def span_words(span: timedelta) -> str:
    """Say how long: "2시간 10분", "40분", "3일"."""
    minutes = max(0, int(span.total_seconds()) // 60)
    if minutes >= 24 * 60 and minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("{count}일", "{count}일", days).format(count=days)
    hours, minutes = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("{count}시간", "{count}시간", hours).format(count=hours))
    if minutes or not hours:
        parts.append(ngettext("{count}분", "{count}분", minutes).format(count=minutes))
    return " ".join(parts)


def anchor_words(anchor: Anchor | None) -> str:
    """Say what a dose goes by: "아침 식후 30분", "자기 전"; a time of the clock says itself."""
    match anchor:
        case AtMeal():
            return _meal_words(anchor)
        case AtBedtime():
            return _("자기 전")
        case OnWaking(minutes=0):
            return _("일어나자마자")
        case OnWaking(minutes=minutes):
            return _("일어나서 {minutes}분 뒤").format(minutes=minutes)
        case At() | None:
            return ""


def _meal_words(anchor: AtMeal) -> str:
    said = {
        "before": _("{meal} 식전 {minutes}분") if anchor.minutes else _("{meal} 식전"),
        "right_before": _("{meal} 먹기 바로 전"),
        "with": _("{meal} 먹으면서"),
        "right_after": _("{meal} 먹고 바로"),
        "after": _("{meal} 식후 {minutes}분") if anchor.minutes else _("{meal} 식후"),
        "between": _("{meal} 먹고 속이 비었을 때"),
    }
    return said[anchor.relation].format(meal=MEAL_WORDS[anchor.meal], minutes=anchor.minutes)


def joined(*parts: str) -> str:
    """Join short facts with a middle dot; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def listed(words: Mapping[str, Promise], chosen: str) -> list[tuple[str, str, bool]]:
    """List words to choose from: code, word, whether it is the chosen one."""
    return [(code, str(word), code == chosen) for code, word in words.items()]


def long_day(day: date) -> str:
    """Name a day in full: "11월 22일 (일)"; in English "22 November (Sun)"."""
    return date_format(day, pgettext("date format", "n월 j일")) + f" ({weekday(day)})"
