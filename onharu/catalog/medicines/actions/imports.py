"""Fills the shelf from official tables: all or nothing, and again without harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction

from onharu.catalog.medicines.actions.indexing import changed, index_products
from onharu.catalog.medicines.actions.notices import store_notices
from onharu.catalog.medicines.actions.permits import store_permits
from onharu.catalog.medicines.actions.reading import MedicineTable
from onharu.catalog.medicines.actions.storing import Tally, store_products
from onharu.catalog.medicines.actions.summaries import summarise
from onharu.catalog.medicines.rules.rows import DurRow, PermitRow, ProductRow
from onharu.kernel.sheets import ImportReport, Progress, nothing_fits

_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def import_medicines(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring labels or permits of medicines onto the shelf and return what happened."""
    return _imported(Path(path), frozenset({"labels", "permits"}), progress)


def import_pills(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring the looks of pills onto the shelf and return what happened."""
    return _imported(Path(path), frozenset({"pills"}), progress)


def import_contraindications(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring a DUR table onto the shelf and return what happened; its kinds of notices are replaced whole."""
    return _imported(Path(path), frozenset({"dur"}), progress)


def _imported(path: Path, kinds: frozenset[str], progress: Progress | None) -> ImportReport:
    table = MedicineTable(path, kinds, progress)
    day = _day_in(path.name)
    tally = Tally()
    with transaction.atomic():
        _store(table, day, tally)
        if not tally.all and not tally.passed and not table.passed:
            raise nothing_fits(table.read, table.refused)
        index_products(tally.touched)
        summarise(tally.touched)
    refused = tuple(sorted([*table.refused, *tally.refused], key=lambda one: one.line))
    return ImportReport(
        shape=table.shape.name,
        says=table.shape.says,
        edition=day.isoformat() if day else "",
        read=table.read,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        passed=table.passed + tally.passed,
        refused=refused,
    )


def _store(table: MedicineTable, day: date | None, tally: Tally) -> None:
    if table.shape.name == "dur":
        # A notice that was lifted is simply not in the next file, so a kind of notices is replaced whole.
        store_notices([row for _, row in table if isinstance(row, DurRow)], day=day, tally=tally)
        changed()
        return
    rows = [row for _, row in table]
    # All at once: the looks of one product may stand far apart in a file, and they are replaced together.
    store_products([_dated(row, day) for row in rows if isinstance(row, ProductRow)], tally=tally)
    store_permits([row for row in rows if isinstance(row, PermitRow)], tally=tally)


def _dated(row: ProductRow, day: date | None) -> ProductRow:
    return row if row.as_of else replace(row, as_of=day)


def _day_in(file_name: str) -> date | None:
    """Read the edition that official files carry in their name."""
    found = _DAY.search(file_name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
