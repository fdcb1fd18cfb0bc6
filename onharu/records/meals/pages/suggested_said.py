"""What the rows of a suggestion say: from the suggestion at first, then from the form that was sent."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from onharu.catalog.foods.public import FoodFacts
from onharu.records.meals.actions.diary import MOST_ITEMS
from onharu.records.meals.models import Analysis, Eaten
from onharu.records.meals.pages import door
from onharu.records.meals.queries.shelf import facts_by_key
from onharu.records.meals.rules import WEIGHTS

ROW_NAME = re.compile(r"[a-z0-9]{1,12}")
MOST_OFFERED = 24


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says now: from the suggestion at first, then from the form. Amounts are as they were written."""

    row: str
    food: int | None = None
    quantity: str = "1"
    unit: str = ""
    removed: bool = False
    offered: tuple[int, ...] = ()
    found: tuple[int, ...] = ()
    query: str = ""
    corrected: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the rows started from: whose they are, what was looked at, and what was suggested, if anything was."""

    owner_id: int
    kind: str
    rows: Sequence[dict[str, Any]] = ()

    def of(self, name: str) -> dict[str, Any] | None:
        """Find what was suggested for a row; a row that the person added has nothing."""
        return self.rows[int(name)] if name.isdecimal() and int(name) < len(self.rows) else None


def suggestions_of(analysis: Analysis) -> Suggestions:
    """Read what an analysis suggests."""
    return Suggestions(analysis.owner_id, analysis.kind, analysis.answer.get("rows", []))


def new_row() -> Said:
    """Make an empty row with a name of its own."""
    return Said(row=f"n{secrets.token_hex(4)}")


def said_first(suggestions: Suggestions) -> list[Said]:
    """Read the rows as they were suggested; nothing suggested is one empty row."""
    weighed = [row["food"] for row in suggestions.rows if _by_hand(row)]
    known = facts_by_key(suggestions.owner_id, weighed) if weighed else {}
    return [_said_by(str(at), row, known) for at, row in enumerate(suggestions.rows)] or [new_row()]


def _by_hand(row: Mapping[str, Any]) -> bool:
    """Whether a row remembers a bowl that was put on the scales: its grams say more than its unit."""
    weighed = row["grams_source"] == Eaten.GramsSource.WEIGHED and row["unit"] not in WEIGHTS
    return bool(weighed and row["grams"] and row["food"] is not None)


def _said_by(name: str, row: Mapping[str, Any], known: Mapping[int, FoodFacts]) -> Said:
    offered = tuple(key for key in (row["food"], *row["alternatives"]) if key is not None)
    quantity, unit = str(row["quantity"]), str(row["unit"])
    if _by_hand(row) and row["food"] in known:
        quantity, unit = f"{Decimal(row['grams']).normalize():f}", known[row["food"]].basis_unit
    return Said(row=name, food=row["food"], quantity=quantity, unit=unit, offered=offered)


def said_in(form: QueryDict) -> list[Said]:
    """Read the rows of a sent form, each once, in its order."""
    names = [name for name in dict.fromkeys(form.getlist("row")) if ROW_NAME.fullmatch(name)]
    return [_said_of(form, name) for name in names[:MOST_ITEMS]]


def _said_of(form: QueryDict, name: str) -> Said:
    food = form.get(f"food-{name}")
    return Said(
        row=name,
        food=door.number_said(food) if food else None,
        quantity=form.get(f"quantity-{name}", "1").strip()[:12],
        unit=form.get(f"unit-{name}", "")[:20],
        removed=f"remove-{name}" in form,
        offered=tuple(door.numbers_said([form.get(f"offered-{name}", "")])[:MOST_OFFERED]),
        query=form.get(f"q-{name}", "").strip()[:60],
    )
