"""Loads the shipped medicines, once for each edition of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

import onharu.catalog.medicines
from onharu.catalog.medicines.actions.indexing import index_products
from onharu.catalog.medicines.actions.storing import Tally, products_by_seq, store_products
from onharu.catalog.medicines.models import Loaded
from onharu.catalog.medicines.rules.rows import ProductRow
from onharu.catalog.medicines.rules.starter import starter_rows
from onharu.kernel import clock

TABLE = "medicines.starter"
# Part of the edition: raise it when the same files have to be read differently.
READING = b"1"
FOLDER = Path(onharu.catalog.medicines.__path__[0]) / "starter"
FILES = ("medicines.csv", "words.csv")


def load_starter(*, folder: Path = FOLDER) -> Tally | None:
    """Bring the shipped medicines onto the shelf; None when this edition stands there already.

    A product that an official source has led is passed over, whatever the list says of it; one that a later edition
    drops stays, because somebody may take it.
    """
    edition = hashlib.sha256(READING + b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
    if Loaded.objects.filter(table=TABLE, edition=edition).exists():
        return None
    rows = starter_rows(folder)
    tally = Tally()
    with transaction.atomic():
        ours = _not_led_by_others(rows)
        tally.passed = len(rows) - len(ours)
        store_products(ours, tally=tally)
        index_products(tally.touched)
        Loaded.objects.update_or_create(table=TABLE, defaults={"edition": edition, "loaded_at": clock.now()})
    return tally


def _not_led_by_others(rows: tuple[ProductRow, ...]) -> list[ProductRow]:
    kept = products_by_seq(row.item_seq for row in rows)
    return [row for row in rows if row.item_seq not in kept or kept[row.item_seq].starter]
