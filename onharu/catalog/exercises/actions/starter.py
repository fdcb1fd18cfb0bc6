"""Loads the shipped exercises, once for each edition of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

import onharu.catalog.exercises
from onharu.catalog.exercises.actions.imports import TableReader
from onharu.catalog.exercises.actions.storing import Tally, store
from onharu.catalog.exercises.models import Loaded
from onharu.kernel import clock
from onharu.kernel.problems import Invalid

TABLE = "exercises.starter"
# Part of the edition: raise it when the same CSV has to be read differently.
READING = "1"
FILE = Path(onharu.catalog.exercises.__path__[0]) / "starter" / "exercises.csv"


def load_starter(*, file: Path = FILE) -> Tally | None:
    """Bring the shipped exercises onto the shelf; None when this edition stands there already.

    Touches rows of its own codes only: what people imported stays, and so does a shipped exercise that a later edition
    drops, because somebody may have done it. Raises Invalid when a line of it is refused.
    """
    edition = hashlib.sha256(READING.encode() + file.read_bytes()).hexdigest()
    if Loaded.objects.filter(table=TABLE, edition=edition).exists():
        return None
    reader = TableReader(file)
    rows = [read.row for read in reader.rows()]
    if reader.refused:
        lines = [f"{one.line}: {one.name}: {one.reason}" for one in reader.refused]
        raise Invalid("broken_starter", "기본 운동 표를 읽을 수 없어요.", "Broken starter.", errors={"lines": lines})
    tally = Tally()
    with transaction.atomic():
        store(rows, tally=tally, starter=True)
        tally.announce()
        Loaded.objects.update_or_create(table=TABLE, defaults={"edition": edition, "loaded_at": clock.now()})
    return tally
