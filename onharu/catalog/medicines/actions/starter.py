"""Loads the shipped medicines, once for each edition of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

import onharu.catalog.medicines
from onharu.catalog.medicines.actions.indexing import changed, index_products, index_symptoms
from onharu.catalog.medicines.actions.storing import Tally, products_by_seq, store_products
from onharu.catalog.medicines.actions.summaries import summarise
from onharu.catalog.medicines.models import Loaded
from onharu.catalog.medicines.rules.rows import ProductRow
from onharu.catalog.medicines.rules.starter import starter_rows
from onharu.catalog.medicines.rules.symptoms import FILE as SYMPTOMS
from onharu.kernel import clock

TABLE = "medicines.starter"
VOCABULARY = "medicines.symptoms"
# Part of the edition: raise it when the same files have to be read differently.
READING = b"1"
FOLDER = Path(onharu.catalog.medicines.__path__[0]) / "starter"
FILES = ("medicines.csv", "words.csv")


def load_starter(*, folder: Path = FOLDER) -> Tally | None:
    """Bring the shipped medicines onto the shelf; None when this edition stands there already.

    A product that an official source has led is passed over, whatever the list says of it; one that a later edition
    drops stays, because somebody may take it.
    """
    _read_symptoms_anew()
    edition = _mark(*(folder / name for name in FILES))
    if Loaded.objects.filter(table=TABLE, edition=edition).exists():
        return None
    rows = starter_rows(folder)
    tally = Tally()
    with transaction.atomic():
        ours = _not_led_by_others(rows)
        tally.passed = len(rows) - len(ours)
        store_products(ours, tally=tally)
        index_products(tally.touched)
        summarise(tally.touched)
        _remember(TABLE, edition)
    return tally


def _read_symptoms_anew() -> None:
    """Look for the symptoms of every label again when the vocabulary is another than the one they were found by."""
    edition = _mark(SYMPTOMS)
    if Loaded.objects.filter(table=VOCABULARY, edition=edition).exists():
        return
    with transaction.atomic():
        if index_symptoms():
            changed()
        _remember(VOCABULARY, edition)


def _mark(*files: Path) -> str:
    return hashlib.sha256(READING + b"".join(file.read_bytes() for file in files)).hexdigest()


def _remember(table: str, edition: str) -> None:
    Loaded.objects.update_or_create(table=table, defaults={"edition": edition, "loaded_at": clock.now()})


def _not_led_by_others(rows: tuple[ProductRow, ...]) -> list[ProductRow]:
    kept = products_by_seq(row.item_seq for row in rows)
    return [row for row in rows if row.item_seq not in kept or kept[row.item_seq].starter]
