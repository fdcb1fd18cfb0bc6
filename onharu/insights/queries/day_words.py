"""The day in words: the facts that are told, their fingerprint, and the words there are for them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from onharu.accounts.public import Visit
from onharu.insights.models import DayWords
from onharu.insights.queries.reading import JOURNAL, MEALS, WORKOUTS
from onharu.insights.rules.seen import WINDOW, Seen
from onharu.kernel.streaks import streak
from onharu.upstream import plain_words
from onharu.upstream.plain_words import DayFacts, Measure, Said

TOLD = ("kcal", "protein_g", "sodium_mg")
BODILY = frozenset({"kcal"})


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown: the words, those of the house beside them, and whether better ones may still come.

    `asked` says that a model is, or should be, asked about these facts and has not answered yet.
    """

    facts: DayFacts
    said: Said
    at_home: Said
    asked: bool


def facts_of(visit: Visit, seen: Seen, language: str) -> DayFacts:
    """Gather what is told of a day. Weight and energy stay out for people who keep those out of sight."""
    today, hidden = seen.today, visit.person.hide_numbers
    run = streak([day.day for day in seen.last(WINDOW) if day.written], seen.day)
    done = [task for task in today.planned if task.state == "done"]
    return DayFacts(
        day=seen.day,
        language=language,
        finished=seen.now is None,
        meals=None if MEALS in seen.failed else len(today.sittings),
        measures=tuple(_measure(seen, key) for key in TOLD if today.foods and not (hidden and key in BODILY)),
        water_ml=today.water_ml,
        workouts=tuple(one.name for one in today.trained),
        workout_minutes=today.minutes,
        workouts_untimed=sum(one.minutes is None for one in today.trained),
        tasks_planned=len(today.planned) or None,
        tasks_done=len(done) if today.planned and WORKOUTS not in seen.failed else None,
        weight_kg=today.weights[-1].kg if today.weights and not hidden else None,
        sleep_hours=today.sleep_hours,
        mood=today.mood,
        condition=today.condition,
        # Within the five weeks that were read; a longer run is left to the page that counts it.
        streak_days=run.days if run.days and not seen.failed and run.days < WINDOW - 7 else None,
        said=today.said if JOURNAL not in seen.failed else (),
    )


def _measure(seen: Seen, key: str) -> Measure:
    limit = seen.limits.get(key)
    return Measure(
        key=key,
        amount=seen.today.known(key),
        low=limit.low if limit else None,
        high=limit.high if limit else None,
        unknown_rows=seen.today.unknown(key),
    )


def fingerprint_of(facts: DayFacts) -> str:
    """Digest what was told, so that a change of the day is noticed."""
    return hashlib.sha256(json.dumps(asdict(facts), default=str, sort_keys=True).encode()).hexdigest()


def words_for(visit: Visit, facts: DayFacts) -> Words:
    """Find the words for a day: a model's, when it gave some for just these facts, else those of the house.

    No statement when nobody would be asked, else one. Nobody is waited for.
    """
    at_home = plain_words.say_day_at_home(facts)
    if is_blank(facts) or not plain_words.asks_a_model(may_leave=visit.person.words_may_leave):
        return Words(facts, at_home, at_home, asked=False)
    row = DayWords.objects.of(visit.person.id).filter(day=facts.day, language=facts.language).first()
    if row is None or row.fingerprint != fingerprint_of(facts):
        return Words(facts, at_home, at_home, asked=True)
    return Words(facts, _said(row) if row.text else at_home, at_home, asked=False)


def is_blank(facts: DayFacts) -> bool:
    """Whether nothing was written of the day: then no model is troubled."""
    told = (facts.meals, facts.water_ml, facts.sleep_hours, facts.mood, facts.condition, facts.weight_kg)
    return not any(told) and not facts.workouts and not facts.said


def _said(row: DayWords) -> Said:
    return Said(
        text=row.text,
        language=row.language,
        source=row.source,
        model=row.model,
        leaves_home=plain_words.leaves_home(),
        by_model=True,
        as_of=row.as_of,
    )
