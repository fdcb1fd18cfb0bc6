"""Schedules that are sent as one Korean sentence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from onharu.kernel.problems import Invalid
from onharu.records.medication.api import dose_written as written
from onharu.records.medication.rules.sentences.parsing import parse
from onharu.records.medication.rules.sentences.saying import say
from onharu.records.medication.rules.sentences.shapes import NotUnderstood, Parsed


class SentenceNotUnderstood(Invalid):
    """A sentence no schedule can be made of, or one with words that are not understood. `errors` name the words."""

    code = "sentence_not_understood"


def parsed_of(sentence: str, today: date) -> Parsed:
    """Read a sentence. Raises SentenceNotUnderstood where no schedule can be made of it."""
    language = "en" if written.english() else "ko"
    found = parse(sentence, today=today, language=language)  # type: ignore[arg-type]
    if isinstance(found, Parsed):
        return found
    other = parse(sentence, today=today, language="ko" if language == "en" else "en")
    told = {language: found.told, "ko" if language == "en" else "en": _told(other)}
    raise SentenceNotUnderstood(
        ko=told["ko"], en=told["en"], errors={"sentence": [found.rest or sentence], "missing": list(found.missing)}
    )


def _told(found: Parsed | NotUnderstood) -> str:
    return found.told if isinstance(found, NotUnderstood) else SentenceNotUnderstood.en


def with_sentence(values: dict[str, Any], today: date) -> dict[str, Any]:
    """Put what a sentence says beside what was sent; what was sent leads, and a schedule makes it needless.

    Raises SentenceNotUnderstood, also for words that are left over: a medicine is not added by half a sentence.
    """
    sentence = values.pop("sentence", None)
    if sentence is None or "schedule" in values:
        return values
    found = parsed_of(sentence, today)
    if found.rest:
        raise SentenceNotUnderstood(
            ko=f"알아듣지 못한 말이 있어요: {found.rest}",
            en=f"These words were not understood: {found.rest}",
            errors={"sentence": [found.rest]},
        )
    return {**_said_by(found, values.get("start") or today), **values}


def _said_by(found: Parsed, today: date) -> dict[str, Any]:
    start, end = dates_of(found, today)
    said = {
        "schedule": found.schedule, "amount": found.amount, "unit": found.unit, "start": start, "end": end,
        "name": found.name, "why": found.why,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in {None, ""}}


def dates_of(found: Parsed, today: date) -> tuple[date | None, date | None]:
    """Tell the first and last day that a sentence says; so many days alone begin today."""
    start, end = found.start, found.end
    if found.days is not None and end is None:
        start = start or today
        end = start + timedelta(days=found.days - 1)
    return start, end


def understood(sentence: str, today: date) -> written.Json:
    """Write how a sentence is understood. Raises SentenceNotUnderstood."""
    found = parsed_of(sentence, today)
    start, end = dates_of(found, today)
    language = "en" if written.english() else "ko"
    said = say(found.schedule, found.amount, found.unit, start, end, language=language, today=today)  # type: ignore[arg-type]
    return written.understood(found, said, start, end)
