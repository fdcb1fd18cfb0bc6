"""Asks data.go.kr, where the Ministry of Food and Drug Safety publishes what it knows of medicines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from onharu.kernel import clock
from onharu.upstream.breaker import Breaker
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.http import Http, Limits
from onharu.upstream.medicine_facts.backends.data_go_kr_rows import UnfitError
from onharu.upstream.medicine_facts.backends.data_go_kr_tables import TABLES, Table, with_paths
from onharu.upstream.medicine_facts.port import (
    LABELS,
    PERMIT_DETAILS,
    Page,
    ProductFact,
    Row,
    UnfitRow,
)
from onharu.upstream.vendors import data_go_kr as dialect

# Somebody is waiting: everything that is asked for one name must be over after three seconds.
FOR_A_NAME = Limits(deadline=3.0, connect=1.5, max_bytes=4_000_000, attempts=2)
FOR_A_PAGE = Limits(deadline=40.0, connect=5.0, max_bytes=40_000_000, attempts=3)
LABELS_AT_ONCE, DETAILS_AT_ONCE = 50, 20
LONGEST_NAME = 40
FOR_EXPORT = "(수출용)"
# What a smaller page may cure.
TOO_MUCH = frozenset({dialect.EMPTY, dialect.PAGE_TOO_LARGE, "too_big", "deadline"})


@dataclass(frozen=True, slots=True)
class _Read:
    """Rows of one page that could be read, those that could not, and how many the table holds."""

    rows: tuple[Row, ...]
    refused: tuple[UnfitRow, ...]
    arrived: int
    total: int


class Backend:
    """One key at one address. `paths` are newer paths of tables, from an operator who knows more than this edition."""

    source = "data_go_kr"
    leaves_home = True
    sends = "names of medicines that this house does not know"
    sends_hint = "Never who asked. Leave DATA_GO_KR_KEY out to ask nobody; files can be imported all the same."

    def __init__(
        self,
        key: str = "",
        base_url: str = "",
        paths: Mapping[str, str] | None = None,
        for_a_name: Limits = FOR_A_NAME,
        for_a_page: Limits = FOR_A_PAGE,
    ) -> None:
        self._key = dialect.decoded(key)
        self._base_url = base_url or dialect.BASE_URL
        self._tables = with_paths(paths) if paths else TABLES
        self._for_a_name, self._for_a_page = for_a_name, for_a_page
        self._breaker = Breaker(self.source)
        self._http = Http(
            self.source,
            homes=[base_url] if base_url else [],
            limits=for_a_page,
            breaker=self._breaker,
            verdict=dialect.verdict,
        )
        self._found: dict[str, str] = {}  # the path of a table that answered last

    def lacks(self) -> str:
        """Name the key."""
        return "" if self._key else "DATA_GO_KR_KEY"

    def products_named(self, name: str) -> tuple[ProductFact, ...]:
        """Ask the plain-language labels, and the permits where they know nothing; three seconds for both.

        Raises Unavailable when an answer holds nothing but other names: then the filter was ignored.
        """
        asked = " ".join(name.split())
        if not 2 <= len(asked) <= LONGEST_NAME:
            return ()
        until = clock.monotonic() + self._for_a_name.deadline
        for table, most in ((LABELS, LABELS_AT_ONCE), (PERMIT_DETAILS, DETAILS_AT_ONCE)):
            found = self._named(table, asked, most, until)
            if found:
                return found
        return ()

    def pages(self, table: str, *, start: int = 0) -> Iterator[Page]:
        """Read a table from a row on; a page that is too much is asked for again in smaller ones."""
        sizes = [size for size in self._tables[table].sizes if start % size == 0]
        if not sizes:
            raise ValueError(f"pages begin at multiples of {self._tables[table].sizes[-1]}")
        while True:
            read = self._page(table, start, sizes)
            size = sizes[0]
            more = read.arrived > 0 and start + size < read.total
            yield Page(
                table=table,
                start=start,
                next_start=start + size if more else None,
                total=read.total,
                arrived=read.arrived,
                rows=read.rows,
                refused=read.refused,
            )
            if not more:
                return
            start += size

    def _page(self, table: str, start: int, sizes: list[int]) -> _Read:
        """Read one page at the first of `sizes` that works; those that do not are taken off the list."""
        while True:
            try:
                return self._asked(table, {}, start=start, size=sizes[0], limits=self._for_a_page)
            except (Unavailable, Refused) as fault:
                if fault.reason not in TOO_MUCH or len(sizes) == 1:
                    raise
                sizes.pop(0)

    def _named(self, table: str, name: str, most: int, until: float) -> tuple[ProductFact, ...]:
        left = until - clock.monotonic()
        if left <= 0:
            raise Unavailable(self.source, "deadline")
        limits = replace(self._for_a_name, deadline=left)
        filters = {self._tables[table].name_filter: name}
        read = self._asked(table, filters, start=0, size=most, limits=limits)
        facts = [row for row in read.rows if isinstance(row, ProductFact)]
        fits = [fact for fact in facts if _plain(name) in _plain(fact.name)]
        if read.arrived and not fits:
            raise Unavailable(self.source, "wrong_rows")
        return _one_each([fact for fact in fits if not fact.withdrawn and FOR_EXPORT not in fact.name])

    def _asked(self, table: str, filters: Mapping[str, str], *, start: int, size: int, limits: Limits) -> _Read:
        """Ask under the newest path that exists, and remember it."""
        if self.lacks():
            raise Refused(self.source, "key_missing")
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
            return _read(known, sheet, start)
        raise Refused(self.source, dialect.NO_SERVICE)

    def _refuse_while_held(self, table: str) -> None:
        """Ask nothing of a table whose quota is used up until it begins anew."""
        seconds = self._breaker.held(table)
        if seconds > 0:
            raise Unavailable(self.source, dialect.QUOTA, retry_after=int(seconds) + 1)


def _read(table: Table, sheet: dialect.Sheet, start: int) -> _Read:
    rows: list[Row] = []
    refused: list[UnfitRow] = []
    for place, line in enumerate(sheet.rows, start=start + 1):
        try:
            row = table.read(line)
        except UnfitError as unfit:
            refused.append(UnfitRow(place, line.get(table.called, "?")[:60] or "?", str(unfit)))
            continue
        if row is not None:
            rows.append(row)
    return _Read(tuple(rows), tuple(refused), len(sheet.rows), sheet.total)


def _plain(name: str) -> str:
    """Spell a name so that spaces, case and composed letters make no difference."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _one_each(facts: list[ProductFact]) -> tuple[ProductFact, ...]:
    """Keep one row of a product: the one with a picture, where rows differ in nothing else."""
    found: dict[str, ProductFact] = {}
    for fact in facts:
        kept = found.get(fact.item_seq)
        if kept is None or (fact.image_url and not kept.image_url):
            found[fact.item_seq] = fact
    return tuple(found.values())
