"""Answers who knows no position: by the name of a 동, or of a pharmacy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from onharu.catalog.pharmacies import public as pharmacies
from onharu.catalog.pharmacies.api.answering import listed
from onharu.catalog.pharmacies.api.asking import Question
from onharu.catalog.pharmacies.public import Area, Near, Nearby

WHAT_THEY_ARE = "약국"
# How many pharmacies of such a name are looked at.
LOOKED_AT = 5
# No area has as many, so that all of them are looked at.
ALL = 10_000


def by_words(question: Question) -> dict[str, Any]:
    """Answer with the pharmacies of the area that the words mean, else with those of such a name."""
    area = _area_meant(question.words)
    if area:
        rows = pharmacies.in_area(area, at=question.at, limit=ALL).found
    else:
        rows = _named(question)
    found = _chosen(rows, question)
    return listed(found, question, area=area, nowhere=not rows)


def _area_meant(words: str) -> Area | None:
    """Find the 동 that is meant: never by the name of a pharmacy, and by a resemblance only if no pharmacy has it."""
    if WHAT_THEY_ARE in words:
        return None
    best = next(iter(pharmacies.areas(words, limit=1)), None)
    if best is None or all(word in best.name for word in words.split()):
        return best
    alike = pharmacies.facts_of(pharmacies.named(words, limit=LOOKED_AT)).values()
    return None if any(words.replace(" ", "") in one.name for one in alike) else best


def _named(question: Question) -> tuple[Near, ...]:
    ids = pharmacies.named(question.words, limit=question.limit)
    facts = pharmacies.facts_of(ids)
    living = {facts[one].id: facts[one] for one in ids if one in facts and facts[one].gone_on is None}
    return tuple(pharmacies.from_place(one, None, question.at) for one in living.values())


def _chosen(rows: Iterable[Near], question: Question) -> Nearby:
    """Take as many as were asked for, and only open ones where those were; count those of unknown hours."""
    found: list[Near] = []
    hidden = 0
    for one in rows:
        if len(found) == question.limit:
            break
        if not question.open_only or one.hours.state == "open":
            found.append(one)
        elif one.hours.state == "unknown":
            if question.with_unknown:
                found.append(one)
            else:
                hidden += 1
    return Nearby(question.at, tuple(found), hidden, empty_shelf=not found and pharmacies.is_empty())
