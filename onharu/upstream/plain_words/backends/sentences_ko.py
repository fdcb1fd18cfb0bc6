"""A day in Korean sentences, made from its numbers. Particles stand after words that are written here, so they fit."""

from __future__ import annotations

from decimal import Decimal

from onharu.kernel.wording import amount
from onharu.upstream.plain_words.port import DayFacts, Measure

MOST_NAMES = 3
MOST_PIECES = 3
# 은/는, and how "it is" ends after the unit as it is read: 밀리그램이에요, 킬로칼로리예요.
NUTRIENTS = {
    "kcal": "열량은",
    "carbohydrate_g": "탄수화물은",
    "sugars_g": "당류는",
    "fiber_g": "식이섬유는",
    "protein_g": "단백질은",
    "fat_g": "지방은",
    "saturated_fat_g": "포화지방은",
    "cholesterol_mg": "콜레스테롤은",
    "sodium_mg": "나트륨은",
    "potassium_mg": "칼륨은",
    "calcium_mg": "칼슘은",
    "iron_mg": "철은",
    "caffeine_mg": "카페인은",
    "alcohol_g": "알코올은",
}
IS = {
    "kcal": "예요",
    "g": "이에요",
    "mg": "이에요",
    "ml": "예요",
    "kg": "이에요",
    "시간": "이에요",
    "점": "이에요",
    "일째": "예요",
}


def sentences(facts: DayFacts) -> list[str]:
    """Say a day in at most four sentences."""
    if is_empty(facts):
        when = "이날은" if facts.finished else "오늘은 아직"
        return [f"{when} 적은 것이 없어요.", "한 줄만 적어도 하루가 남아요."]
    return [one for one in (_eaten(facts), _nutrients(facts), _moved(facts), _rest(facts)) if one]


def is_empty(facts: DayFacts) -> bool:
    """Whether nothing at all was written on a day that could be read."""
    told = (facts.water_ml, facts.weight_kg, facts.sleep_hours, facts.mood, facts.condition)
    return facts.meals == 0 and not facts.workouts and not facts.tasks_planned and all(one is None for one in told)


def _eaten(facts: DayFacts) -> str:
    if facts.meals is None:
        return "식사 기록은 지금 읽지 못했어요."
    if not facts.meals:
        return "이날은 식사를 적지 않았어요." if facts.finished else "오늘은 아직 식사를 적지 않았어요."
    when = "이날은" if facts.finished else "오늘은 지금까지"
    kcal = next((one for one in facts.measures if one.key == "kcal"), None)
    if kcal is None or kcal.amount is None:
        return f"{when} 식사를 {facts.meals}번 적었어요."
    maybe = " 이상이에요" if kcal.unknown_rows else "예요"
    return f"{when} 식사를 {facts.meals}번 적었고, 열량은 {amount(kcal.amount)} kcal{maybe}."


def _nutrients(facts: DayFacts) -> str:
    if not facts.meals:
        return ""
    others = [one for one in facts.measures if one.key != "kcal" and one.key in NUTRIENTS]
    known = [one for one in others if one.amount is not None]
    pieces = [_known(one) for one in known]
    names = [NUTRIENTS[one.key] for one in others if one.amount is None]
    unknown = ", ".join([*(name[:-1] for name in names[:-1]), *names[-1:]]) + " 정보가 없어요" if names else ""
    if not pieces:
        return f"{unknown}." if unknown else ""
    ending = "이고" if unknown else _is(known[-1])
    return f"{', '.join(pieces)}{ending}{', ' if unknown else ''}{unknown}."


def _known(measure: Measure) -> str:
    words = f"{NUTRIENTS[measure.key]} {amount(measure.amount)} {_unit(measure)}"
    return f"{words} 이상(음식 {measure.unknown_rows}개는 정보 없음)" if measure.unknown_rows else words


def _is(measure: Measure) -> str:
    return "이에요" if measure.unknown_rows else IS[_unit(measure)]


def _unit(measure: Measure) -> str:
    return measure.key.rpartition("_")[2]


def _moved(facts: DayFacts) -> str:
    if not facts.workouts:
        if facts.tasks_planned:
            return f"계획한 운동 {facts.tasks_planned}개는 {'적지 않았어요' if facts.finished else '아직 남아 있어요'}."
        return "운동 기록은 없어요." if facts.finished else "운동 기록은 아직 없어요."
    what = f"운동({_names(facts.workouts)})은"
    if facts.workout_minutes is None:
        done = f"{what} 걸린 시간을 적지 않았어요"
    elif facts.workouts_untimed:
        done = f"{what} {amount(facts.workout_minutes)}분 했고, {facts.workouts_untimed}개는 걸린 시간을 적지 않았어요"
    else:
        done = f"{what} {amount(facts.workout_minutes)}분 했어요"
    if not facts.tasks_planned or facts.tasks_done is None:
        return f"{done}."
    planned = f"계획한 {facts.tasks_planned}개 중 {facts.tasks_done}개를 마쳤어요"
    return f"{done.removesuffix('어요')}고, {planned}."


def _names(names: tuple[str, ...]) -> str:
    shown = list(dict.fromkeys(names))
    return ", ".join(shown[:MOST_NAMES]) + (" 등" if len(shown) > MOST_NAMES else "")


def _rest(facts: DayFacts) -> str:
    told: tuple[tuple[str, Decimal | int | None, str], ...] = (
        ("물은", facts.water_ml, "ml"),
        ("잠은", facts.sleep_hours, "시간"),
        ("기분은 5점 중", facts.mood, "점"),
        ("몸무게는", facts.weight_kg, "kg"),
        ("기록은", facts.streak_days if (facts.streak_days or 0) > 1 else None, "일째"),
        ("몸 상태는 5점 중", facts.condition, "점"),
    )
    pieces = [(f"{what} {_with_unit(value, unit)}", unit) for what, value, unit in told if value is not None]
    pieces = pieces[:MOST_PIECES]
    return f"{', '.join(words for words, _ in pieces)}{IS[pieces[-1][1]]}." if pieces else ""


def _with_unit(value: Decimal | int, unit: str) -> str:
    return f"{amount(value)} {unit}" if unit.isascii() else f"{amount(value)}{unit}"
