"""Moments of a day in words: 아침·저녁 식후 30분에, 30 minutes after breakfast and dinner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from onharu.records.medication.rules.schedules.shapes import Anchor, At, AtBedtime, AtMeal, Meal

_KOREAN_MEALS: Final[dict[Meal, str]] = {"breakfast": "아침", "lunch": "점심", "dinner": "저녁"}


def span_ko(minutes: int) -> str:
    """Say minutes: 30분, 8시간, 1시간 30분."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}시간"] * bool(hours) + [f"{rest}분"] * bool(rest or not hours)
    return " ".join(parts)


def span_en(minutes: int) -> str:
    """Say minutes: 30 minutes, 1 hour, 1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [plural(hours, "hour")] * bool(hours) + [plural(rest, "minute")] * bool(rest or not hours)
    return " ".join(parts)


def plural(count: int, one: str) -> str:
    """Write a number with its word: 1 hour, 3 hours."""
    return f"{count} {one if count == 1 else one + 's'}"


def listed_en(words: Sequence[str]) -> str:
    """Join words: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def places_ko(anchors: Sequence[Anchor]) -> str:
    """Say moments in Korean, with their particle: "아침·저녁 식후 30분, 취침 30분 전에"."""
    said = ", ".join(f"{_meals_ko(group)}{tail}" for tail, group in _grouped(anchors, _tail_ko))
    return said if said.endswith("함께") else f"{said}에"


def places_en(anchors: Sequence[Anchor]) -> str:
    """Say moments in English: "30 minutes after breakfast and dinner, and 30 minutes before bedtime"."""
    said = [f"{head}{_meals_en(group)}" for head, group in _grouped(anchors, _head_en)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"


def _grouped(anchors: Sequence[Anchor], words: Callable[[Anchor], str]) -> list[tuple[str, list[Anchor]]]:
    """Put neighbouring meals together that are said with the same words; what is no meal stays alone."""
    groups: list[tuple[str, list[Anchor]]] = []
    for anchor in anchors:
        said = words(anchor)
        if groups and groups[-1][0] == said and isinstance(anchor, AtMeal):
            groups[-1][1].append(anchor)
        else:
            groups.append((said, [anchor]))
    return groups


def _meals_ko(group: Sequence[Anchor]) -> str:
    return "·".join(_KOREAN_MEALS[one.meal] for one in group if isinstance(one, AtMeal))


def _meals_en(group: Sequence[Anchor]) -> str:
    meals = [one.meal for one in group if isinstance(one, AtMeal)]
    return listed_en(meals) if meals else ""


def _tail_ko(anchor: Anchor) -> str:
    match anchor:
        case At(at):
            return f"{at:%H:%M}"
        case AtBedtime(minutes):
            return f"취침 {span_ko(minutes)} 전" if minutes else "취침 직전"
        case AtMeal():
            return " " + _meal_tail_ko(anchor)
        case _:
            return f"기상 {span_ko(anchor.minutes)} 뒤 공복" if anchor.minutes else "기상 직후 공복"


def _meal_tail_ko(anchor: AtMeal) -> str:
    said = span_ko(anchor.minutes)
    return {
        "before": f"식전 {said}",
        "right_before": "식사 직전",
        "with": "식사와 함께",
        "right_after": "식사 직후",
        "after": f"식후 {said}",
        "between": f"식간(식후 {said})" if anchor.minutes else "식간",
    }[anchor.relation]


def _head_en(anchor: Anchor) -> str:
    match anchor:
        case At(at):
            return f"at {at:%H:%M}"
        case AtBedtime(minutes):
            return f"{span_en(minutes)} before bedtime" if minutes else "right before bedtime"
        case AtMeal():
            return _meal_head_en(anchor) + " "
        case _:
            after = f"{span_en(anchor.minutes)} after waking" if anchor.minutes else "right after waking"
            return f"{after} on an empty stomach"


def _meal_head_en(anchor: AtMeal) -> str:
    said = span_en(anchor.minutes)
    return {
        "before": f"{said} before",
        "right_before": "right before",
        "with": "with",
        "right_after": "right after",
        "after": f"{said} after",
        "between": f"on an empty stomach {said if anchor.minutes else '2 hours'} after",
    }[anchor.relation]
