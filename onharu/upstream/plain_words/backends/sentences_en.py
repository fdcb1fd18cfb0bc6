"""A day in English sentences, made from its numbers."""

from __future__ import annotations

from decimal import Decimal

from onharu.kernel.wording import amount
from onharu.upstream.plain_words.backends.sentences_ko import MOST_NAMES, MOST_PIECES, is_empty
from onharu.upstream.plain_words.port import DayFacts, Measure

NUTRIENTS = {
    "kcal": "energy",
    "carbohydrate_g": "carbohydrate",
    "sugars_g": "sugars",
    "fiber_g": "fibre",
    "protein_g": "protein",
    "fat_g": "fat",
    "saturated_fat_g": "saturated fat",
    "cholesterol_mg": "cholesterol",
    "sodium_mg": "sodium",
    "potassium_mg": "potassium",
    "calcium_mg": "calcium",
    "iron_mg": "iron",
    "caffeine_mg": "caffeine",
    "alcohol_g": "alcohol",
}


def sentences(facts: DayFacts) -> list[str]:
    """Say a day in at most four sentences."""
    if is_empty(facts):
        when = "Nothing was written on this day." if facts.finished else "Nothing is written for today yet."
        return [when, "A short line is enough to keep it."]
    return [one for one in (_eaten(facts), _nutrients(facts), _moved(facts), _rest(facts)) if one]


def _eaten(facts: DayFacts) -> str:
    if facts.meals is None:
        return "The meals cannot be read right now."
    if not facts.meals:
        return "No meal was noted on this day." if facts.finished else "No meal is noted for today yet."
    when = "You noted" if facts.finished else "So far today you noted"
    noted = f"{when} {_counted(facts.meals, 'meal')}"
    kcal = next((one for one in facts.measures if one.key == "kcal"), None)
    if kcal is None or kcal.amount is None:
        return f"{noted}."
    maybe = "at least " if kcal.unknown_rows else ""
    return f"{noted} with {maybe}{amount(kcal.amount)} kcal."


def _nutrients(facts: DayFacts) -> str:
    if not facts.meals:
        return ""
    others = [one for one in facts.measures if one.key != "kcal" and one.key in NUTRIENTS]
    pieces = [_known(one) for one in others if one.amount is not None]
    unknown = [NUTRIENTS[one.key] for one in others if one.amount is None]
    pieces += [f"there is no information on {' or '.join(unknown)}"] if unknown else []
    said = _joined(pieces)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _known(measure: Measure) -> str:
    if not measure.unknown_rows:
        return f"{NUTRIENTS[measure.key]} came to {_with_unit(measure)}"
    foods = f"{_counted(measure.unknown_rows, 'food')} {'say' if measure.unknown_rows > 1 else 'says'} nothing of it"
    return f"{NUTRIENTS[measure.key]} came to at least {_with_unit(measure)} ({foods})"


def _with_unit(measure: Measure) -> str:
    return f"{amount(measure.amount)} {measure.key.rpartition('_')[2]}"


def _moved(facts: DayFacts) -> str:
    if not facts.workouts:
        if facts.tasks_planned:
            rest = "were not noted" if facts.finished else "are still ahead"
            return f"The {facts.tasks_planned} planned exercises {rest}."
        return "No workout was noted." if facts.finished else "No workout is noted yet."
    named = f"({_names(facts.workouts)})"
    if facts.workout_minutes is None:
        done = f"You worked out {named} without noting for how long"
    else:
        done = f"You worked out for {_counted(facts.workout_minutes, 'minute')} {named}"
    if facts.workout_minutes is not None and facts.workouts_untimed:
        done += f", with {facts.workouts_untimed} not timed"
    if not facts.tasks_planned or facts.tasks_done is None:
        return f"{done}."
    return f"{done} and finished {facts.tasks_done} of {_counted(facts.tasks_planned, 'planned exercise')}."


def _names(names: tuple[str, ...]) -> str:
    shown = list(dict.fromkeys(names))
    return ", ".join(shown[:MOST_NAMES]) + (" and more" if len(shown) > MOST_NAMES else "")


def _rest(facts: DayFacts) -> str:
    told: tuple[tuple[str, Decimal | int | None, str], ...] = (
        ("water came to {} ml", facts.water_ml, ""),
        ("you slept {}", facts.sleep_hours, "hour"),
        ("your mood was {} of 5", facts.mood, ""),
        ("you weighed {} kg", facts.weight_kg, ""),
        ("you have written {} in a row", facts.streak_days if (facts.streak_days or 0) > 1 else None, "day"),
        ("you felt {} of 5", facts.condition, ""),
    )
    pieces = [
        words.format(_counted(value, counted) if counted else amount(value))
        for words, value, counted in told
        if value is not None
    ]
    said = _joined(pieces[:MOST_PIECES])
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _counted(value: Decimal | int, what: str) -> str:
    return f"{amount(value)} {what}{'' if value == 1 else 's'}"


def _joined(pieces: list[str]) -> str:
    return ", and ".join([", ".join(pieces[:-1]), pieces[-1]]) if len(pieces) > 1 else "".join(pieces)
