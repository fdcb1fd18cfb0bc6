"""Writing everything of a person into one ZIP file: rows as JSON and CSV, photographs, FHIR. A few rows in memory."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import orjson

from onharu.accounts.public import User, person_of
from onharu.kernel import clock
from onharu.kernel.belongings import Table, count_of, files_of, rows_of
from onharu.rights.actions.fhir_bundle import resources_of
from onharu.rights.rooms import tables
from onharu.rights.rules import shape
from onharu.rights.rules.cells import cell

ROWS_A_TELL = 500
FHIR_SHARE = 0.35  # of the whole work, as measured
Heard = Callable[[int], object]


class Progress:
    """How far an archive is, told once for every percent."""

    def __init__(self, whole: int, heard: Heard) -> None:
        self.whole, self.heard, self.done, self.told = max(whole, 1), heard, 0.0, 0

    def step(self, steps: float = 1) -> None:
        """Count work that was done."""
        self.done += steps
        percent = min(int(self.done * 100 / self.whole), 99)
        if percent > self.told:
            self.told = percent
            self.heard(percent)


def write_archive(user: User, place: IO[bytes], heard: Heard) -> None:
    """Write everything of a person; `heard` is told the percent."""
    listed = list(tables())
    rows = sum(count_of(table, user.pk) for table in listed)
    progress = Progress(int(rows / (1 - FHIR_SHARE)), heard)
    with (
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
        tempfile.TemporaryFile() as main,
    ):
        archive.writestr(shape.ABOUT, shape.README)
        _write_rows(listed, user.pk, archive, main, progress)
        main.seek(0)
        with archive.open(shape.MAIN, "w", force_zip64=True) as member:
            _copy(main, member)
        _write_fhir(user, archive, progress, share=progress.whole - rows)
        _write_files(listed, user.pk, archive)


def _write_rows(
    listed: list[Table], owner_id: int, archive: zipfile.ZipFile, main: IO[bytes], progress: Progress
) -> None:
    seen: dict[str, set[int]] = {}
    left_out = {table.label: dict(table.left_out) for table in listed if table.left_out}
    head = {"format": shape.FORMAT, "version": shape.VERSION, "made_at": clock.now(), "left_out": left_out}
    main.write(orjson.dumps(head)[:-1] + b',"tables":{')
    for place, table in enumerate(listed):
        main.write(b",\n" * bool(place) + orjson.dumps(table.label) + b":[")
        rows = rows_of(table, owner_id, seen)
        _write_table(table, rows, archive, main, progress)
        main.write(b"]")
    main.write(b"}}\n")


def _write_table(
    table: Table, rows: Iterator[dict[str, Any]], archive: zipfile.ZipFile, main: IO[bytes], progress: Progress
) -> None:
    """Write the rows of a table to both: line by line as JSON, and as a CSV table where there is any row."""
    first = next(rows, None)
    if first is None:
        return
    names = list(first)
    with archive.open(f"csv/{table.label.replace('.', '_')}.csv", "w", force_zip64=True) as member:
        text = io.TextIOWrapper(member, encoding="utf-8-sig", newline="", write_through=False)
        sheet = csv.writer(text)
        sheet.writerow(names)
        numbers = _numbers(table)
        row: dict[str, Any] | None = first
        begin = b"\n"
        while row is not None:
            main.write(begin + orjson.dumps(row))
            sheet.writerow(
                [
                    str(row[name] or 0) if name in numbers and row[name] is not None else cell(row[name])
                    for name in names
                ]
            )
            progress.step()
            begin, row = b",\n", next(rows, None)
        text.flush()
        text.detach()


def _numbers(table: Table) -> frozenset[str]:
    """Name the columns whose text in JSON is a decimal number."""
    return frozenset(one.name for one in table.columns() if "Decimal" in type(one).__name__)


def _write_fhir(user: User, archive: zipfile.ZipFile, progress: Progress, *, share: int) -> None:
    with archive.open(shape.FHIR, "w", force_zip64=True) as member:
        member.write(
            b'{"resourceType":"Bundle","type":"collection","timestamp":' + orjson.dumps(clock.now()) + b',"entry":['
        )
        begin = b"\n"
        for resource, part in resources_of(person_of(user), clock.now()):
            entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
            member.write(begin + orjson.dumps(entry))
            begin = b",\n"
            progress.step(part * share)
        member.write(b"]}\n")


def _write_files(listed: list[Table], owner_id: int, archive: zipfile.ZipFile) -> None:
    for table in listed:
        for name, storage, kept in files_of(table, owner_id):
            if storage.exists(kept):
                info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
                with storage.open(kept, "rb") as file, archive.open(info, "w") as member:
                    _copy(file, member)


def _copy(source: Any, target: IO[bytes]) -> None:
    while piece := source.read(1 << 20):
        target.write(piece)
