"""Suggestions as rows of a form: what each could be, where that comes from, and what its amount holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel.quantities import Nutrients, total
from onharu.kernel.wording import amount
from onharu.records.meals.pages import door, suggested_words, words
from onharu.records.meals.pages.suggested_said import Said, Suggestions
from onharu.records.meals.queries import wording
from onharu.records.meals.queries.amounts import Amount, AmountRefused, amount_of
from onharu.records.meals.queries.shelf import facts_by_key, uses_of
from onharu.records.meals.rules import PIECES, WEIGHTS, steps_around

LADDER_ENDS = {"weight": ("g", 2000), "piece": ("개", 30), "portion": ("인분", 20)}
MEMORY, FOUND, MODEL, HABIT, TEXT = "memory", "found", "model", "habit", "text"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a food and its weight; `kind` names the ladder of amounts to step on."""

    name: str
    grams: str
    guess: bool
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One food to pick; `facts` is what the page needs to reckon with it, as JSON."""

    food: int
    name: str
    about: str
    energy: str
    facts: str


@dataclass(frozen=True, slots=True)
class Group:
    """Foods that are offered for the same reason."""

    origin: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the form."""

    said: Said
    number: int
    title: str
    why: str
    sure: str
    photo: int | None
    groups: tuple[Group, ...]
    offered: str
    units: tuple[Unit, ...]
    holds: Nutrients | None
    grams: str
    kcal: str
    sodium: str
    guess: bool
    corrected: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole form; `ladders` are the amounts the steppers walk on, as JSON."""

    rows: tuple[RowShown, ...]
    count: int
    weighed: int
    ready: bool
    kcal: str
    sodium: str
    unknown_kcal: int
    unknown_sodium: int
    ladders: str = field(default_factory=lambda: json.dumps(ladders()))


def ladders() -> dict[str, list[float]]:
    """List the amounts worth a press for weights, pieces and portions."""
    found: dict[str, list[float]] = {}
    for kind, (unit, end) in LADDER_ENDS.items():
        at, steps = Decimal(0), []
        while at < end:
            at = steps_around(at, unit)[1]
            steps.append(float(at))
        found[kind] = steps
    return found


def shown_rows(suggestions: Suggestions, saids: Sequence[Said], today: date) -> Shown:
    """Lay the form out: at most two statements for the foods, one for the habits unless they are remembered."""
    keys = {key for said in saids for key in (said.food, *said.offered, *said.found) if key is not None}
    facts = facts_by_key(suggestions.owner_id, keys)
    eaten = {use.food_key for use in uses_of(suggestions.owner_id)}
    rows = tuple(_row(suggestions, said, number, facts, eaten, today) for number, said in enumerate(saids, start=1))
    kept = [row for row in rows if not row.said.removed]
    summed = total(row.holds for row in kept if row.holds is not None)
    return Shown(
        rows=rows,
        count=len(kept),
        weighed=summed.count,
        ready=not any(row.said.problem for row in rows),
        kcal=amount(summed.nutrients.kcal),
        sodium=amount(summed.nutrients.sodium_mg),
        unknown_kcal=summed.unknown.get("kcal", 0),
        unknown_sodium=summed.unknown.get("sodium_mg", 0),
    )


def _row(
    suggestions: Suggestions, said: Said, number: int, facts: Mapping[int, FoodFacts], eaten: set[int], today: date
) -> RowShown:
    suggestion = suggestions.of(said.row)
    chosen = facts.get(said.food) if said.food is not None else None
    resolved, problem = _resolved(chosen, said)
    holds = chosen.nutrients_of(resolved.grams) if chosen and resolved else None
    listed = tuple(key for key in dict.fromkeys((said.food, *said.found, *said.offered)) if key in facts)
    return RowShown(
        said=said if said.problem else replace(said, problem=problem),
        number=number,
        title=wording.food_name(chosen.name) if chosen else suggested_words.question(suggestions.kind, suggestion),
        why=suggested_words.why(suggestions.kind, suggestion, said.food, today),
        sure=suggested_words.sure(suggestion, said.food),
        photo=suggestion["photo"] if suggestion else None,
        groups=_groups(said, listed, facts, eaten, suggestion),
        offered=",".join(str(key) for key in listed),
        units=units_of(chosen, said.unit) if chosen else (),
        holds=holds,
        grams=f"{amount(resolved.grams)} {chosen.basis_unit}" if chosen and resolved else "",
        kcal=amount(holds.kcal) if holds else "",
        sodium=amount(holds.sodium_mg) if holds else "",
        guess=bool(resolved and wording.is_guess(resolved.grams_source)) or _vague(said, suggestion),
        corrected=words.found_words(said.query, said.corrected) if said.corrected else "",
    )


def _vague(said: Said, suggestion: Mapping[str, Any] | None) -> bool:
    """Whether an amount was only guessed from what was said ("두세 공기") and nobody has touched it."""
    if suggestion is None or not wording.is_guess(suggestion["grams_source"]):
        return False
    same = (said.food, said.quantity, said.unit) == tuple(suggestion[key] for key in ("food", "quantity", "unit"))
    return same and said.food is not None


def _resolved(facts: FoodFacts | None, said: Said) -> tuple[Amount | None, str]:
    if facts is None:
        return None, ""
    try:
        quantity = door.amount_said(said.quantity) or Decimal(0)
        return amount_of(facts, quantity, said.unit, None), ""
    except AmountRefused as problem:
        return None, suggested_words.told(problem)


def _groups(
    said: Said,
    listed: Iterable[int | None],
    facts: Mapping[int, FoodFacts],
    eaten: set[int],
    suggestion: Mapping[str, Any] | None,
) -> tuple[Group, ...]:
    found: dict[str, list[Choice]] = {}
    for key in listed:
        if key is not None:
            origin = _origin(key, said, eaten, suggestion)
            found.setdefault(origin, []).append(choice(facts[key]))
    return tuple(Group(origin, suggested_words.group_title(origin), tuple(of_it)) for origin, of_it in found.items())


def _origin(key: int, said: Said, eaten: set[int], suggestion: Mapping[str, Any] | None) -> str:
    if suggestion and suggestion["origin"] == MEMORY and key == suggestion["food"]:
        return MEMORY
    offered_first = suggestion is not None and key in (suggestion["food"], *suggestion["alternatives"])
    if key in said.found or not offered_first:
        return FOUND
    if key in eaten:
        return HABIT
    return TEXT if suggestion and suggestion["origin"] == TEXT else MODEL


def choice(facts: FoodFacts) -> Choice:
    """Offer a food."""
    return Choice(
        food=facts.id,
        name=wording.food_name(facts.name),
        about=facts.maker,
        energy=suggested_words.energy(facts),
        facts=json.dumps(reckoning(facts), ensure_ascii=False),
    )


def reckoning(facts: FoodFacts) -> dict[str, Any]:
    """List what the page reckons with, for display only: per 100, the units and the usual portion."""
    usual = foods.default_portion(facts)
    return {
        "basis": facts.basis_unit,
        "kcal": None if facts.per_100.kcal is None else float(facts.per_100.kcal),
        "sodium": None if facts.per_100.sodium_mg is None else float(facts.per_100.sodium_mg),
        "usual": [f"{usual.quantity.normalize():f}", usual.unit],
        "units": [[one.name, float(one.grams), one.guess, one.kind, one.words] for one in units_of(facts)],
    }


def units_of(facts: FoodFacts, said: str = "") -> tuple[Unit, ...]:
    """List the units a food can be counted in: its own, the one in use, grams or ml."""
    names = dict.fromkeys([*(one.name for one in facts.units), *([said] if said else []), facts.basis_unit])
    return tuple(_unit(facts, name) for name in names)


def _unit(facts: FoodFacts, name: str) -> Unit:
    one = foods.grams_of(facts, Decimal(1), name)
    plain = name == facts.basis_unit
    return Unit(
        name=name,
        grams=f"{one.grams.normalize():f}",
        guess=one.guess,
        kind="weight" if name in WEIGHTS else "piece" if name in PIECES else "portion",
        words=name if plain else f"{name} ({amount(one.grams)} {facts.basis_unit})",
    )
