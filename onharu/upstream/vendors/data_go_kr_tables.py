"""Reads whole tables of data.go.kr, page by page, whatever their rows are: the walk that every dataset needs.

Services carry version numbers that drift by themselves, so each table lists the paths that are known to have worked,
newest first; the first that exists is asked. A page that is too much is asked for again in smaller ones. A used-up
quota is held for that table alone until it begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from onharu.upstream.breaker import Breaker
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits
from onharu.upstream.vendors import data_go_kr as dialect

Line = Mapping[str, str]
Row = TypeVar("Row")

# What a smaller page may cure.
TOO_MUCH = frozenset({dialect.EMPTY, dialect.PAGE_TOO_LARGE, "too_big", "deadline"})


class UnfitError(ValueError):
    """A row that cannot be read; the message says why. `key` is what it is known by, where that much was legible."""

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.key = key


@dataclass(frozen=True, slots=True)
class Unfit:
    """A row that could not be read: its place in the table from 1, what it is called, why, and its key if legible."""

    place: int
    name: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """One table: paths below the base URL, the reader of a row, the filter that takes a name, sizes of pages.

    `called` is the column by which people call a row. `key`, where given, tells the rows of one page apart: one that
    says the same as an earlier one is dropped, one that says something else is unfit.
    """

    paths: tuple[str, ...]
    read: Callable[[Line], Row | None]
    name_filter: str = ""
    sizes: tuple[int, ...] = (500, 100, 50, 10)
    called: str = "ITEM_NAME"
    key: Callable[[Row], str] | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[Row]):
    """Rows of one page that could be read, those that could not, how many came, and how many the table holds.

    `cut_short` tells that the source gave fewer rows than it was asked for, though more follow.
    """

    rows: tuple[Row, ...]
    refused: tuple[Unfit, ...]
    arrived: int
    total: int
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Part(Generic[Row]):
    """One page on its place in its table; `next_start` is where to go on, None after the last one."""

    start: int
    next_start: int | None
    read: Read[Row]


def below(organisation: str, *paths: str) -> tuple[str, ...]:
    """Put paths below the number of the organisation that answers under them."""
    return tuple(f"{organisation}/{path}" for path in paths)


def with_paths(
    tables: Mapping[str, Table[Row]], organisation: str, said: Mapping[str, str]
) -> Mapping[str, Table[Row]]:
    """Put an operator's own paths (table to path below the organisation) before the known ones.

    Raises ValueError for a table that is none.
    """
    if unknown := sorted(set(said) - set(tables)):
        raise ValueError(f"no such table: {', '.join(unknown)}")
    return {
        name: replace(table, paths=(*below(organisation, said[name]), *table.paths)) if name in said else table
        for name, table in tables.items()
    }


class Tables(Generic[Row]):
    """Some tables behind one key at one address. `source` names the upstream in logs, faults and its circuit."""

    def __init__(
        self, source: str, tables: Mapping[str, Table[Row]], *, key: str, base_url: str = "", limits: Limits
    ) -> None:
        self._source, self._tables, self._limits = source, tables, limits
        self._key = dialect.decoded(key)
        self._base_url = base_url or dialect.BASE_URL
        self._breaker = Breaker(source)
        self._http = Http(
            source,
            homes=[base_url] if base_url else [],
            limits=limits,
            breaker=self._breaker,
            verdict=dialect.verdict,
        )
        self._found: dict[str, str] = {}  # the path of a table that answered last

    def lacks(self) -> str:
        """Name the key."""
        return "" if self._key else "DATA_GO_KR_KEY"

    def parts(self, table: str, *, start: int = 0) -> Iterator[Part[Row]]:
        """Read a table from a row on; a page that is too much is asked for again in smaller ones."""
        sizes = [size for size in self._tables[table].sizes if start % size == 0]
        if not sizes:
            raise ValueError(f"pages begin at multiples of {self._tables[table].sizes[-1]}")
        while True:
            read = self._page(table, start, sizes)
            size = sizes[0]
            more = read.arrived > 0 and start + size < read.total
            yield Part(start, start + size if more else None, read)
            if not more:
                return
            start += size

    def asked(self, table: str, filters: Mapping[str, str], *, start: int, size: int, limits: Limits) -> Read[Row]:
        """Ask for one page under the newest path that exists, and remember it. Raises Unavailable or Refused."""
        if self.lacks():
            raise Refused(self._source, "key_missing")
        self._refuse_while_held(table)
        known = self._tables[table]
        found = self._found.get(table)
        for path in (found,) if found else known.paths:
            asked = dialect.Asked(path, filters, page=start // size + 1, size=size)
            try:
                sheet = dialect.fetch(self._http, asked, base_url=self._base_url, key=self._key, limits=limits)
            except Refused as fault:
                self._found.pop(table, None)
                if fault.reason != dialect.NO_SERVICE:
                    raise
                continue
            except Unavailable as fault:
                if fault.reason == dialect.QUOTA:
                    self._breaker.hold(table, fault.retry_after or 0)
                raise
            self._found[table] = path
            return replace(_read(known, sheet, start), cut_short=_cut_short(sheet, start, size))
        raise Refused(self._source, dialect.NO_SERVICE)

    def _page(self, table: str, start: int, sizes: list[int]) -> Read[Row]:
        """Read one page at the first of `sizes` that works; those that do not are taken off the list."""
        while True:
            try:
                read = self.asked(table, {}, start=start, size=sizes[0], limits=self._limits)
                if not read.cut_short:
                    return read
                raise Unavailable(self._source, dialect.PAGE_TOO_LARGE)
            except (Unavailable, Refused) as fault:
                if fault.reason not in TOO_MUCH or len(sizes) == 1:
                    raise
                sizes.pop(0)

    def _refuse_while_held(self, table: str) -> None:
        """Ask nothing of a table whose quota is used up until it begins anew."""
        seconds = self._breaker.held(table)
        if seconds > 0:
            raise Unavailable(self._source, dialect.QUOTA, retry_after=int(seconds) + 1)


def _cut_short(sheet: dialect.Sheet, start: int, size: int) -> bool:
    """Whether the server made the page smaller of its own accord: the next page would begin behind rows unread."""
    came = len(sheet.rows)
    return 0 < came < size and start + came < sheet.total and sheet.size is not None and sheet.size < size


def _read(table: Table[Row], sheet: dialect.Sheet, start: int) -> Read[Row]:
    rows: list[Row] = []
    refused: list[Unfit] = []
    seen: dict[Hashable, Row] = {}
    for place, line in enumerate(sheet.rows, start=start + 1):
        try:
            row = table.read(line)
            if row is not None and _is_new(table, row, seen):
                rows.append(row)
        except UnfitError as unfit:
            refused.append(Unfit(place, line.get(table.called, "?")[:60] or "?", str(unfit), unfit.key))
    return Read(tuple(rows), tuple(refused), len(sheet.rows), sheet.total)


def _is_new(table: Table[Row], row: Row, seen: dict[Hashable, Row]) -> bool:
    """Whether no row of this page had the key of this one; raises UnfitError when one had and says otherwise."""
    if table.key is None:
        return True
    key = table.key(row)
    first = seen.setdefault(key, row)
    if first is not row and first != row:
        raise UnfitError(f"이 쪽에 {key}(이)가 다른 내용으로 이미 있어요", key)
    return first is row
