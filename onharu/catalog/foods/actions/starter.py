"""Loads the shipped table, once for each edition of it."""

from __future__ import annotations

import hashlib
from itertools import islice
from pathlib import Path

from django.db import transaction

from onharu.catalog.foods.actions.imports import BATCH, TableReader
from onharu.catalog.foods.actions.storing import Tally, store_foods
from onharu.catalog.foods.models import Loaded
from onharu.catalog.foods.rules.household import ROOM
from onharu.catalog.foods.rules.rows import FoodRow
from onharu.kernel import clock

TABLE = "foods.starter"
# Part of the edition: raise it when the same CSV has to be read differently.
READING = "1"
FILE = Path(str(ROOM.joinpath("starter", "foods.csv")))


def load_starter(*, file: Path = FILE) -> Tally | None:
    """Bring the shipped foods onto the shelf; None when this edition stands there already.

    Touches rows of its own codes only: what people imported stays, and so does a shipped food that a later edition
    drops, because somebody may have eaten it.
    """
    edition = edition_of(file)
    if Loaded.objects.filter(table=TABLE, edition=edition).exists():
        return None
    with transaction.atomic():
        tally = _load(file)
        Loaded.objects.update_or_create(table=TABLE, defaults={"edition": edition, "loaded_at": clock.now()})
    return tally


def edition_of(file: Path) -> str:
    """Name an edition by what is in the file."""
    return hashlib.sha256(READING.encode() + file.read_bytes()).hexdigest()


def _load(file: Path) -> Tally:
    reader = TableReader(file)
    rows = iter(reader)
    tally = Tally()
    while batch := list(islice(rows, BATCH)):
        foods = [(line, row) for line, row in batch if isinstance(row, FoodRow)]
        store_foods(foods, day=None, tally=tally, starter=True)
    tally.refused.extend(reader.refused)
    tally.index_names()
    return tally
