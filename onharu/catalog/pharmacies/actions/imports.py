"""Fills the shelf of pharmacies from official files: all or nothing, in any order, and again without harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from onharu.catalog.pharmacies.actions.reading import PharmacyTable
from onharu.catalog.pharmacies.actions.storing import Tally, end_listing, store_pharmacies
from onharu.catalog.pharmacies.models import Listing
from onharu.kernel import clock
from onharu.kernel.sheets import ImportReport, Progress, nothing_fits

_EDITION = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")


def import_pharmacies(*, path: Path, progress: Progress | None = None) -> ImportReport:
    """Bring a list of pharmacies onto the shelf and return what happened.

    A list of HIRA is of the whole country: what a newer one lacks, and NMC does not list, is marked as gone. One that
    is older than what the shelf has from it changes nothing.
    """
    table = PharmacyTable(Path(path), progress)
    rows = list(table)
    edition = edition_in(Path(path).name) or _written_on(Path(path))
    tally, gone, began = Tally(), 0, clock.now()
    with transaction.atomic():
        if table.shape.whole and edition < _newest(table.shape.name):
            tally.passed = len(rows)
        else:
            dated = [row if row.as_of else replace(row, as_of=edition) for row in rows]
            store_pharmacies(dated, tally=tally, counted=True)
            gone = end_listing("hira", began, clock.local_day(began)) if table.shape.whole else 0
        if not tally.all and not tally.passed and not table.passed:
            raise nothing_fits(table.read, table.refused)
    return ImportReport(
        shape=table.shape.name,
        says=table.shape.says,
        edition=edition.isoformat(),
        read=table.read,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        passed=table.passed + tally.passed,
        refused=tuple(table.refused),
        made_unknown=tuple(table.made_unknown),
        notes=_notes(tally, gone),
    )


def edition_in(file_name: str) -> date | None:
    """Read the edition that official files carry in their name; of a month alone its first day: it is no older."""
    found = _EDITION.search(file_name)
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _written_on(path: Path) -> date:
    """Take the day a file was written for its edition, where neither its lines nor its name tell one."""
    return clock.local_day(datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _newest(kind: str) -> date:
    newest = Listing.objects.filter(kind=kind).aggregate(Max("as_of"))["as_of__max"]
    return newest if isinstance(newest, date) else date.min


def _notes(tally: Tally, gone: int) -> tuple[str, ...]:
    notes = []
    if tally.all:
        notes.append(f"병합 {tally.matched:,} · 모호 {tally.ambiguous:,} · 홀로 {tally.alone:,} · 겹침 {tally.twins:,}")
    if gone:
        notes.append(f"더 이상 목록에 없는 약국 {gone:,}")
    return tuple(notes)
