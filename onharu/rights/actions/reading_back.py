"""Reading an archive back into an empty account, all or nothing. What the archive says of itself is not believed."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson
from django.core.files.base import File
from django.db import transaction

from onharu.accounts.public import User
from onharu.kernel import days
from onharu.kernel.belongings import ArchiveRefused, Ids, Row, Written, count_of, restore
from onharu.kernel.images import plain
from onharu.kernel.objects import Objects
from onharu.kernel.problems import Invalid
from onharu.rights.rooms import ROOMS, forget, tables
from onharu.rights.rules import shape

DAYS = "kernel.dayversion"
MOST_DAYS = 200_000
MOST_ROWS = 2_000_000
MOST_WORDS = 20  # that an archive says of itself
# The rows of each table, one a line, on disk: an archive of any length takes the memory of a few rows.
Told = Mapping[str, IO[bytes]]


def read_back(*, user_id: int, path: Path) -> dict[str, int]:
    """Read an archive into an account that holds nothing yet; returns how many rows of each table.

    Raises ArchiveRefused, and changes nothing then.
    """
    with _opened(path) as archive, _told(archive) as told, _written() as written, transaction.atomic():
        User.objects.select_for_update().get(pk=user_id)
        _hold_empty(user_id)
        counted = _restored(archive, told, user_id, written)
    forget(user_id)
    return counted


def _restored(archive: zipfile.ZipFile, told: Told, user_id: int, written: Written) -> dict[str, int]:
    def file_of(name: str) -> File[bytes]:
        return File(io.BytesIO(_photo(archive, name)))

    def rows_of(label: str) -> Iterator[Row]:
        return _rows(told, label)

    counted: dict[str, int] = {}
    ids: Ids = {}
    for room in ROOMS:
        counted |= restore(room.tables, user_id, rows_of, ids, file_of, written)
    touched = [_day_of(row) for row in islice(_rows(told, DAYS), MOST_DAYS + 1)]
    if len(touched) > MOST_DAYS:
        raise ArchiveRefused("날짜가 너무 많아요.", "it tells of too many days.")
    days.touch_all(user_id, touched)
    return counted


@contextmanager
def _written() -> Iterator[Written]:
    """Note the files that are written, and delete them again where the rows are rolled back."""
    written: Written = []
    try:
        yield written
    except BaseException:
        for storage, name in written:
            storage.delete(name)
        raise


def _day_of(row: Row) -> tuple[date, str]:
    try:
        return date.fromisoformat(row["day"]), str(row["part"])[:16]
    except (ValueError, TypeError, KeyError) as error:
        raise ArchiveRefused("날짜를 읽을 수 없어요.", "a day cannot be read.") from error


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            _hold_members(archive)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ArchiveRefused("파일이 깨졌거나 ZIP이 아니에요.", "it is broken or no ZIP file.") from error


def _hold_members(archive: zipfile.ZipFile) -> None:
    """Raise ArchiveRefused for names that lead elsewhere, names said twice, and what would swell."""
    members = archive.infolist()
    if len(members) > shape.MOST_MEMBERS or len({one.filename for one in members}) != len(members):
        raise ArchiveRefused("파일이 너무 많거나 이름이 겹쳐요.", "too many members, or a name said twice.")
    for one in members:
        fault = "locked" if one.flag_bits & 1 else shape.refusal(one.filename, one.file_size, one.compress_size)
        if fault:
            raise ArchiveRefused("이름이나 크기가 맞지 않는 것이 있어요.", f"a member is not as it should be: {fault}.")


@contextmanager
def _told(archive: zipfile.ZipFile) -> Iterator[Told]:
    """Read onharu.json to its end, and put its rows aside by table."""
    told: dict[str, IO[bytes]] = {}
    head: dict[str, Any] = {}
    known, rows = {table.label for table in tables()}, 0
    with ExitStack() as held:
        for name, row in _members(archive):
            if not name:
                head |= row
            elif name not in known:
                raise ArchiveRefused("모르는 표가 있어요.", "it has tables that are not known here.")
            elif row is None and name not in told:
                told[name] = held.enter_context(tempfile.TemporaryFile())
            else:
                told[name].write(_line(row))
            rows += 1
            if len(head) > MOST_WORDS or rows > MOST_ROWS:
                raise ArchiveRefused("너무 많이 적혀 있어요.", "it says too much.")
        _hold_head(head)
        if not told:
            raise ArchiveRefused("기록이 없어요.", "it has no tables.")
        yield told


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, Any]]:
    try:
        with archive.open(shape.MAIN) as raw, io.TextIOWrapper(raw, encoding="utf-8") as text:
            yield from Objects(text).tables("tables")
    except KeyError as error:
        raise ArchiveRefused("onharu.json이 없어요.", "there is no onharu.json.") from error
    except Invalid as error:
        raise ArchiveRefused("onharu.json을 읽을 수 없어요.", "onharu.json cannot be read.") from error


def _line(row: Any) -> bytes:
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:  # half a letter, or a number that no column holds
        raise ArchiveRefused("둘 수 없는 값이 있어요.", "it has a value that nothing can hold.") from error


def _rows(told: Told, label: str) -> Iterator[Row]:
    if file := told.get(label):
        file.seek(0)
        for line in file:
            yield orjson.loads(line)


def _hold_head(head: Mapping[str, Any]) -> None:
    if head.get("format") != shape.FORMAT:
        raise ArchiveRefused("온하루에서 내보낸 파일이 아니에요.", "it was not made by Onharu.")
    if head.get("version") != shape.VERSION:
        raise ArchiveRefused("다른 판의 온하루가 만든 파일이에요.", "it was made by another edition of Onharu.")


def _hold_empty(user_id: int) -> None:
    held = [table.label for table in tables() if not table.stays and not table.onto and count_of(table, user_id)]
    if held:
        raise ArchiveRefused(
            "이미 기록이 있는 계정이에요. 새 계정에 가져와 주세요.", "the account holds records already."
        )


def _photo(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        raw = archive.read(name)
    except KeyError as error:
        raise ArchiveRefused("사진 파일이 빠졌어요.", "a photograph is missing.") from error
    try:
        return plain(raw)
    except Invalid as error:
        raise ArchiveRefused("사진이 아닌 파일이 있어요.", "a photograph is none.") from error
